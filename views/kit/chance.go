package kit

import (
	"fmt"

	"whetstone/internal/measure"
)

// ChanceFigure writes a chance of lying below a target: "8 in 10".
func ChanceFigure(chance measure.Chance) string {
	switch tenths := chance.Tenths(); tenths {
	case 10:
		return "more than 19 in 20"
	case 0:
		return "fewer than 1 in 20"
	default:
		return fmt.Sprintf("%d in 10", tenths)
	}
}

// Chances writes the same for a sentence: "8 chances in 10".
func Chances(chance measure.Chance) string {
	switch tenths := chance.Tenths(); tenths {
	case 10:
		return "more than 19 chances in 20"
	case 0:
		return "fewer than 1 chance in 20"
	case 1:
		return "1 chance in 10"
	default:
		return fmt.Sprintf("%d chances in 10", tenths)
	}
}

// ChanceWords words a chance of lying below a target, as it reads under "Against your target". They follow the figure,
// which always stands with them.
func ChanceWords(chance measure.Chance) string {
	switch tenths := chance.Tenths(); {
	case tenths >= 9:
		return "very likely below"
	case tenths >= 7:
		return "likely below"
	case tenths >= 4:
		return "could be either"
	case tenths >= 2:
		return "likely at or above"
	default:
		return "very likely at or above"
	}
}

// Against says where something lies against its target: by its chance where one is said, "likely below, 8 in 10",
// else by what its band says.
func Against(chance measure.Chance, standing measure.Standing) string {
	if !chance.Known {
		return Standing(standing)
	}
	return ChanceWords(chance) + ", " + ChanceFigure(chance)
}
