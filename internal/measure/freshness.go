package measure

import "math"

// EvidenceHalfLife is after how many days an example tells half as much of how somebody works now: two quarters.
const EvidenceHalfLife = 180

// EvidenceYear is for how many days back an example is looked for before it is said that nothing was noted in a year.
const EvidenceYear = 365

// FreshFrom is the freshness from which evidence is called fresh: that of an example from within the last quarter.
const FreshFrom = 0.7

// Freshness is how much an example of so many days ago tells of today, from 1 for today to 0 for never:
//
//	Freshness = 2^(-days / EvidenceHalfLife)
//
// An example of half a year ago counts half, one of a year ago a quarter. Of several the latest counts: older ones
// beside it make it neither fresher nor staler. A day that is yet to come counts as today. It is no part of a score.
//
// Source: that evidence of somebody's conduct is discounted exponentially with its age is the forgetting factor of
// Jøsang and Ismail 2002; the half-life is our choice.
func Freshness(days int) float64 {
	return math.Exp2(-float64(max(days, 0)) / EvidenceHalfLife)
}
