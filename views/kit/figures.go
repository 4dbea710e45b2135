package kit

import (
	"fmt"

	"whetstone/internal/measure"
	"whetstone/internal/rounding"
)

// Score writes a score to one decimal, rounded by package rounding.
func Score(value float64) string { return rounding.Decimal(value) }

// Band writes an interval, clamped to the scale.
func Band(s measure.Score) string {
	lower, upper := BandEnds(s)
	return lower + " to " + upper
}

// BandEnds writes the two ends of a Band.
func BandEnds(s measure.Score) (lower, upper string) {
	return Score(max(s.Lower, measure.LowestLevel)), Score(min(s.Upper, measure.HighestLevel))
}

// Standing says where a score lies relative to its target.
func Standing(s measure.Standing) string {
	switch s {
	case measure.Above:
		return "above your target"
	case measure.Below:
		return "below your target"
	case measure.Open:
		return "too close to call"
	}
	return "too few answers"
}

// Decimal writes a constant with as many decimals as it has.
func Decimal(value float64) string { return fmt.Sprintf("%g", value) }

// Percent writes a share of one as a percentage.
func Percent(share float64) string { return fmt.Sprintf("%g %%", share*100) }
