package kit

import (
	"fmt"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// The words of a depth map that more than one wing says: what depths are called, and the rows of how much hangs on a domain.
var (
	DepthNames = map[model.Depth]string{model.NoDepth: "None", model.Conversant: "Conversant", model.Working: "Working", model.Deep: "Deep"}
	WeightRows = map[model.Weight]string{model.High: "Much hangs on it", model.Medium: "It would cost weeks", model.Low: "Hardly noticed"}
)

// DepthName is what the depth of an id is called, "" for none.
func DepthName(id string) string { return DepthNames[model.Depth(id)] }

// WeightRow is the row of the weight of an id, "" for none.
func WeightRow(id string) string { return WeightRows[model.Weight(id)] }

// DomainInText is a domain inside a sentence.
func DomainInText(p model.Placement) string { return text.Isolated(p.InText) }

// PlaceWords says where a domain stands in a depth map: "none, much hangs on it".
func PlaceWords(p model.Placement) string {
	return InText(DepthNames[p.Depth]) + ", " + InText(WeightRows[p.Weight])
}

// MoveWords says which domain a mentor would move, and where to, after "would move": "security and privacy from none to
// working".
func MoveWords(move model.MapMove) string {
	words := DomainInText(move.From)
	if move.Depth != move.From.Depth {
		words += fmt.Sprintf(" from %s to %s", InText(DepthNames[move.From.Depth]), InText(DepthNames[move.Depth]))
	}
	if move.Weight != move.From.Weight {
		if move.Depth != move.From.Depth {
			words += ", and"
		}
		words += fmt.Sprintf(" from “%s” to “%s”", InText(WeightRows[move.From.Weight]), InText(WeightRows[move.Weight]))
	}
	return words
}
