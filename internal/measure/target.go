package measure

import (
	"cmp"
	"math"
	"slices"
)

// Standing is where a score lies relative to its target.
type Standing string

const (
	// Above: the lower end of the band is at or above the target.
	Above Standing = "above"
	// Below: the upper end of the band is below the target.
	Below Standing = "below"
	// Open: the band holds the target, so it is too close to call.
	Open Standing = "open"
	// Unknown: there is no score.
	Unknown Standing = "unknown"
)

// Standing compares the band of s with target, in levels. The band carries its
// constants with it, which is why none are asked for here.
//
//	above     Lower >= target
//	below     Upper < target
//	open      otherwise
//	unknown   s is not Known
func (s Score) Standing(target float64) Standing {
	switch {
	case !s.Known:
		return Unknown
	case s.Lower >= target:
		return Above
	case s.Upper < target:
		return Below
	default:
		return Open
	}
}

// Targeted is a competency's score with its target.
type Targeted struct {
	Competency string
	Score      Score
	// Target is in levels: 2.0 to 4.0 in steps of 0.5.
	Target float64
	// Importance is 1 to 3.
	Importance int
}

// Standing is that of the score against the target.
func (t Targeted) Standing() Standing { return t.Score.Standing(t.Target) }

// Gaps returns the competencies that stand Below, the largest first, by
//
//	Importance * (Target - Score.Value)
//
// Ties go to the smaller standard error, then to the earlier in targeted. The result can be empty, and is never
// truncated; targeted is not changed.
func Gaps(targeted []Targeted) []Targeted {
	return rank(targeted, Below, func(t Targeted) float64 {
		return float64(t.Importance) * (t.Target - t.Score.Value)
	})
}

// Strengths returns the competencies that stand Above, the largest first, by
//
//	Score.Value - Target
//
// whatever their importance. Ties go to the smaller standard error, then to the earlier in targeted. The result can be
// empty, and is never truncated; targeted is not changed.
func Strengths(targeted []Targeted) []Targeted {
	return rank(targeted, Above, func(t Targeted) float64 {
		return t.Score.Value - t.Target
	})
}

func rank(targeted []Targeted, standing Standing, size func(Targeted) float64) []Targeted {
	var chosen []Targeted
	for _, t := range targeted {
		if t.Standing() == standing {
			chosen = append(chosen, t)
		}
	}
	slices.SortStableFunc(chosen, func(a, b Targeted) int {
		return cmp.Or(
			cmp.Compare(tidy(size(b)), tidy(size(a))),
			cmp.Compare(tidy(a.Score.StandardError), tidy(b.Score.StandardError)),
		)
	})
	return chosen
}

// tidy drops digits that come only from floating-point arithmetic. Without it, a gap of three times a third would rank
// before one of 1, although they tie.
func tidy(value float64) float64 {
	const scale = 1e9
	return math.Round(value*scale) / scale
}
