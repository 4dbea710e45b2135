package measure

import "math"

// GapVerdict says whether a manager and one mentor have come closer between two
// reviews.
type GapVerdict string

const (
	// GapNarrowed: the gap changed, with a P below ChangedLevel, and is smaller.
	GapNarrowed GapVerdict = "narrowed"
	// GapMayHaveNarrowed: the same, with a P below PossibleLevel only.
	GapMayHaveNarrowed GapVerdict = "may-have-narrowed"
	// GapWidened: the gap changed and is larger, on the side where it was.
	GapWidened GapVerdict = "widened"
	// GapMayHaveWidened: the same, with a P below PossibleLevel only.
	GapMayHaveWidened GapVerdict = "may-have-widened"
	// GapTurned: the gap changed to the other side: whoever saw the competency
	// higher now sees it lower, and the gap is more than half as large as it was.
	GapTurned GapVerdict = "turned"
	// GapMayHaveTurned: the same, with a P below PossibleLevel only.
	GapMayHaveTurned GapVerdict = "may-have-turned"
	// GapSteady: the change is within the noise.
	GapSteady GapVerdict = "too-small-to-tell"
	// GapNotComparable: the assessments share too few items of the competency, or
	// the mentor has not rated it both times.
	GapNotComparable GapVerdict = "not-comparable"
)

// GapChange is how the gap between a manager and one mentor changed from one
// review to the next, for one competency.
type GapChange struct {
	// Earlier and Later are the gaps as either review shows them: the manager's
	// score minus the mentor's rating, -4 to 4 levels.
	Earlier, Later float64
	// Change is that of the gap on the shared items, in levels. It is Later minus
	// Earlier where both assessments hold the same answered items, and can differ
	// from that elsewhere.
	Change float64
	// StandardError is that of Change, in levels.
	StandardError float64
	// Degrees (nu) are the degrees of freedom of Student's t.
	Degrees float64
	// P is the two-sided probability of a Change at least this large if neither view has changed, 0 to 1, unadjusted.
	P float64
	// Verdict is what P and the two gaps say together.
	Verdict GapVerdict
}

// GapChange says whether the gap to one and the same mentor changed. Another mentor has another yardstick, so both
// ratings must be the same mentor's.
//
// change is that of the manager's own answers, on the items of the competency
// that both assessments share. earlierSelf and laterSelf are the scores that either
// review shows, 1 to 5 levels; the ratings are the mentor's levels.
//
//	Earlier = earlierSelf - earlierRating        Later = laterSelf - laterRating
//	Change  = mean change of shared items - (laterRating - earlierRating)
//	SE^2    = SE_change^2 + 2*occasional
//	P       = 2 * (1 - F(|Change| / SE))
//
// where F is the distribution function of Student's t with the nu of change. The
// mentor's stable part is in both ratings and cancels.
//
//	not comparable   fewer shared items than MinimumSharedCompetency, or a rating
//	                 off the scale
//	steady           P >= PossibleLevel, or Later - Earlier does not go the way of
//	                 Change
//	turned           the sign of Later is another than that of Earlier, and
//	                 |Later| > |Earlier|/2
//	narrowed         otherwise, and |Later| < |Earlier|
//	widened          otherwise
//
// and the last three "may have" where P >= ChangedLevel.
//
// Where the assessments differ in their answered items, the scores can move differently from the shared items. The
// numbers shown remain those of the reviews, and a verdict is given only where both ways of reading them go in the
// same direction, so that numbers and words never contradict each other.
//
// A gap that has crossed to the other side has narrowed if it is nearer to zero than to the mirror image of what it
// was. From 1.5 levels above to 1.4 below it would be a hair smaller, but the two have not come closer.
//
// If they are not comparable, only P is filled in, with 1.
//
// Source: as for Constants.Change.
func (c Constants) GapChange(mentor MentorConstants, change Change, earlierSelf, laterSelf float64, earlierRating, laterRating int) GapChange {
	if change.Shared < max(1, c.MinimumSharedCompetency) || !onScale(earlierRating) || !onScale(laterRating) {
		return GapChange{P: 1, Verdict: GapNotComparable}
	}
	gap := GapChange{
		Earlier: earlierSelf - float64(earlierRating),
		Later:   laterSelf - float64(laterRating),
		Change:  change.MeanChange - float64(laterRating-earlierRating),
		StandardError: math.Sqrt(change.StandardError*change.StandardError +
			2*mentor.OccasionalVariance),
		Degrees: change.Degrees,
		P:       1,
	}
	if gap.Change != 0 {
		gap.P = twoSidedP(gap.Change/gap.StandardError, gap.Degrees)
	}
	gap.Verdict = c.readGap(gap)
	return gap
}

func (c Constants) readGap(gap GapChange) GapVerdict {
	verdict, _ := c.read(gap.P, gap.Change)
	// The product is 0 when the shown gaps are equal, which has no direction.
	if verdict == WithinNoise || tidy(gap.Later-gap.Earlier)*gap.Change <= 0 {
		return GapSteady
	}
	sure := verdict == Changed
	earlier, later := math.Abs(gap.Earlier), math.Abs(gap.Later)
	switch crossed := gap.Earlier*gap.Later < 0; {
	case crossed && tidy(later-earlier/2) > 0:
		return either(sure, GapTurned, GapMayHaveTurned)
	case later < earlier:
		return either(sure, GapNarrowed, GapMayHaveNarrowed)
	default:
		return either(sure, GapWidened, GapMayHaveWidened)
	}
}

func either(sure bool, changed, possible GapVerdict) GapVerdict {
	if sure {
		return changed
	}
	return possible
}
