package measure

import "math"

// TeamMean is a team's mean as it was published.
type TeamMean struct {
	// Mean is in levels, People is of how many, and Step what it was rounded to.
	Mean   float64
	People int
	Step   float64
}

// TeamApart judges the change from one published mean to another as if nobody were in both. It needs nothing but what
// was published and the variance of an answer between people and days (u + e of its level), so it tells nothing that
// a reader couldn't work out:
//
//	SE^2 = (u + e)*(1/n1 + 1/n2) + (step1^2 + step2^2)/12
//	P    = 2*(1 - Phi(|later - earlier|/SE))
//
// Where most people are the same, it is cautious: what is lasting in each of them cancels, and is counted all the same.
// A mean that is only known to lie at a value or beyond is taken to lie at it, which is cautious, too.
func (c Constants) TeamApart(earlier, later TeamMean, variance float64) TeamVerdict {
	if earlier.People <= 0 || later.People <= 0 {
		return TeamTooSmallToTell
	}
	squared := variance*(1/float64(earlier.People)+1/float64(later.People)) + (earlier.Step*earlier.Step+later.Step*later.Step)/12
	change := later.Mean - earlier.Mean
	p := math.Erfc(math.Abs(change) / math.Sqrt(2*squared))
	return c.readTeam(p, change)
}
