package kit

import (
	"whetstone/internal/measure"
)

// Position returns a level's place on the scale, as a share of its width, clamped to its ends.
func Position(level float64) string {
	const width = measure.HighestLevel - measure.LowestLevel
	share := (level - measure.LowestLevel) / width
	return Unit(100*min(max(share, 0), 1)) + "%"
}

// Span is the width between two levels on the scale.
func Span(lower, upper float64) string {
	const width = measure.HighestLevel - measure.LowestLevel
	lower, upper = max(lower, measure.LowestLevel), min(upper, measure.HighestLevel)
	return Unit(100*(upper-lower)/width) + "%"
}
