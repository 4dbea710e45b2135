package measure

import "math"

// Paired is one item that was answered in both of two assessments. Same items
// only: the same immutable item id.
type Paired struct {
	// Competency is the one that the item belongs to.
	Competency string
	// Change is the later answer minus the earlier one, in levels, -4 to 4.
	Change float64
}

// Change is the mean change of the items that two assessments share, with its
// uncertainty. It is the number behind a verdict, not yet the verdict.
type Change struct {
	// Shared (K) is the number of items answered in both assessments.
	Shared int
	// MeanChange is in levels, later minus earlier, -4 to 4.
	MeanChange float64
	// StandardError (SE_change) is in levels, and 0 when nothing is shared.
	StandardError float64
	// Degrees (nu) are the degrees of freedom of Student's t, and 0 when nothing
	// is shared.
	Degrees float64
	// P is the two-sided probability of a mean change at least this large when nothing has changed, 0 to 1; 1 when
	// nothing is shared. It is not adjusted for other changes looked at together with it: see Constants.Family.
	P float64
}

// Change is the mean of the changes of the shared items, with
//
//	SE_change^2 = s2/K + 2*so2*q + 2*sg2        q = sum(k_c^2)/K^2
//	P           = 2 * (1 - F(|mean| / SE_change))
//
// where F is the distribution function of Student's t with nu degrees of
// freedom. pairs are the shared items of the group that is compared, in any
// order; noise is that of all items the two assessments share.
//
// Source: Jacobson and Truax (1991), with the noise estimated within the person.
func (c Constants) Change(pairs []Paired, noise Noise) Change {
	if len(pairs) == 0 {
		return Change{P: 1}
	}
	counts := newTally()
	sum := 0.0
	for _, pair := range pairs {
		counts = counts.add(pair.Competency)
		sum += pair.Change
	}
	change := Change{
		Shared:        len(pairs),
		MeanChange:    sum / float64(len(pairs)),
		StandardError: c.changeStandardError(counts, noise),
		Degrees:       noise.Degrees,
		P:             1,
	}
	// A change of zero is never taken as a sign of one, even where the noise is 0 and the quotient would be NaN.
	if change.MeanChange != 0 {
		change.P = twoSidedP(change.MeanChange/change.StandardError, noise.Degrees)
	}
	return change
}

// Limit is the mean change, in levels, that a change looked at alone has to
// exceed, up or down, for its P to fall below level:
//
//	t(1 - level/2, nu) * SE_change
//
// level lies between 0 and 1, both excluded: ChangedLevel or PossibleLevel. The
// limit holds for single verdicts; a member of a family may have to go further.
// Where there is nothing to test (Degrees is 0) no change is enough: +Inf.
func (ch Change) Limit(level float64) float64 {
	if ch.Degrees == 0 {
		return math.Inf(1)
	}
	return studentQuantile(1-level/2, ch.Degrees) * ch.StandardError
}
