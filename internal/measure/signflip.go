package measure

import (
	"math"
	"math/bits"
	"slices"
)

// TeamVerdict says how a team's mean changed from one cycle to the next, over the
// people who took part in both. The word is all that is published of a
// comparison: no p, and below 10 people nothing about the spread.
type TeamVerdict string

const (
	// TeamRose: the mean is higher, and the p is below ChangedLevel.
	TeamRose TeamVerdict = "rose"
	// TeamMayHaveRisen: the same, with a p below PossibleLevel only.
	TeamMayHaveRisen TeamVerdict = "may-have-risen"
	// TeamTooSmallToTell: chance alone produces as much often enough.
	TeamTooSmallToTell TeamVerdict = "too-small-to-tell"
	// TeamMayHaveFallen is TeamMayHaveRisen the other way round.
	TeamMayHaveFallen TeamVerdict = "may-have-fallen"
	// TeamFell is TeamRose the other way round.
	TeamFell TeamVerdict = "fell"

	// TeamLeansUp: the mean is higher, over too few people for a test.
	TeamLeansUp TeamVerdict = "leans-up"
	// TeamLeansDown: the mean is lower, over too few people for a test.
	TeamLeansDown TeamVerdict = "leans-down"
	// TeamEven: the mean is the same, over too few people for a test.
	TeamEven TeamVerdict = "even"
)

const (
	// signFlipQuantum is how many steps of the lattice make one level. A
	// competency's score is a mean of 2 to 5 answers, so a multiple of 1/60. An
	// area's is the mean of three of those, of 1/180, and the whole the mean of
	// twelve, of 1/720. So is every difference of two of them.
	signFlipQuantum = 720

	// signFlipPeople is the least number of people for a test. Below it no
	// differences, whatever they are, have a p below 0.05: five people who all
	// rise have one of 2/2^5 = 0.0625. It is a matter of who took part, never of
	// what they answered.
	signFlipPeople = 6

	// enumeratedPeople is up to how many people all assignments of signs are enumerated, about half a million; above
	// that, they are counted by their sums.
	enumeratedPeople = 20
)

// TeamChange is the mean change of the people who took part in two cycles, in one score: of a competency, an area or
// the whole. Only Verdict may be published: MeanChange or a p would reveal more about one person's answers.
type TeamChange struct {
	// People (n) is the number of differences.
	People int
	// MeanChange is in levels, later minus earlier, -4 to 4, and 0 without people.
	MeanChange float64
	// DirectionOnly reports whether there are too few people for a test, so that the verdict is only leaning up,
	// leaning down or even.
	DirectionOnly bool
	// P is the two-sided probability of a mean at least this large if every difference could as well have been its
	// opposite, above 0 to 1. It is 1 where DirectionOnly is true.
	P float64
	// AdjustedP is what the verdict was read from: the Holm-adjusted p of a member
	// of a family, the plain P of a single score. 0 to 1.
	AdjustedP float64
	Verdict   TeamVerdict
}

// SignFlip returns the verdict on a single score, unadjusted: of a competency. The
// whole and the areas are judged together, by SignFlipFamily.
//
// differences are one a person, of all who took part in both cycles: the later
// score minus the earlier, -4 to 4 levels, in any order. With d_i the
// differences and s_i signs,
//
//	P = share of the 2^n assignments of signs s_i = +1 or -1
//	    for which |sum(s_i * d_i)| >= |sum(d_i)|
//
// Ties count, and so do the assignment that was observed and its opposite: P is
// never below 2/2^n. A difference of 0 is a person who did not change, and remains
// one of the n. Then
//
//	rose, fell            P < ChangedLevel
//	may have risen, ...   P < PossibleLevel
//	too small to tell     otherwise
//
// and below six people, for whom no p can be below 0.05, only the direction of the sum. The test assumes nothing about
// the distribution of the differences, except that without a change in the team each could as well have gone the other
// way.
//
// The differences are first rounded to whole steps of 1/720 level, which every
// mean over 2 to 5 answers, over three such means and over twelve hits. So ties
// are ties of whole numbers, and P does not depend on the order of people. Another
// mean (of seven answers, say) is moved by 1/1440 level at most.
//
// Up to 20 people all assignments are enumerated. Above that, they are counted by their sums, with the same result. Up
// to 53 people that is exact too, as every share is a multiple of 2^-53; for more, P is right to nine digits at least.
//
// Source: the randomisation test of paired differences, Fisher (1935), "The Design
// of Experiments", section 21; Pitman (1937), "Significance tests which may be
// applied to samples from any populations", Supplement to the Journal of the Royal
// Statistical Society 4.
func (c Constants) SignFlip(differences []float64) TeamChange {
	return c.SignFlipFamily([][]float64{differences})[0]
}

// SignFlipFamily judges scores that are shown together: the whole and the four
// areas of one team over two cycles. It reads the rules of SignFlip from
// Holm-adjusted p-values, as Family does for one person. The changes come in the
// order of members, one each; members with too few people for a test do not count.
//
// In a family of five, six and seven people can at most have "may have risen":
// 5 * 2/2^7 = 0.078. From eight on, with 5 * 2/2^8 = 0.039, the whole or an area can
// have risen.
//
// Source: Holm (1979).
func (c Constants) SignFlipFamily(members [][]float64) []TeamChange {
	changes := make([]TeamChange, len(members))
	var tested []int
	var pValues []float64
	for i, differences := range members {
		steps := latticeSteps(differences)
		sum := total(steps)
		changes[i] = TeamChange{People: len(steps), P: 1, AdjustedP: 1}
		if len(steps) > 0 {
			changes[i].MeanChange = float64(sum) / float64(signFlipQuantum*len(steps))
		}
		if len(steps) < signFlipPeople {
			changes[i].DirectionOnly = true
			changes[i].Verdict = leaning(sum)
			continue
		}
		changes[i].P = signFlipP(steps)
		tested = append(tested, i)
		pValues = append(pValues, changes[i].P)
	}
	for position, adjusted := range holmAdjust(pValues) {
		change := &changes[tested[position]]
		change.AdjustedP = adjusted
		change.Verdict = c.readTeam(adjusted, change.MeanChange)
	}
	return changes
}

func leaning(sum int) TeamVerdict {
	switch {
	case sum > 0:
		return TeamLeansUp
	case sum < 0:
		return TeamLeansDown
	default:
		return TeamEven
	}
}

func (c Constants) readTeam(p, meanChange float64) TeamVerdict {
	verdict, direction := c.read(p, meanChange)
	rose := direction == Rose
	switch {
	case verdict == Changed && rose:
		return TeamRose
	case verdict == Changed:
		return TeamFell
	case verdict == Possible && rose:
		return TeamMayHaveRisen
	case verdict == Possible:
		return TeamMayHaveFallen
	default:
		return TeamTooSmallToTell
	}
}

// latticeSteps are the differences, rounded to whole steps.
func latticeSteps(differences []float64) []int {
	steps := make([]int, len(differences))
	for i, difference := range differences {
		steps[i] = int(math.Round(difference * signFlipQuantum))
	}
	return steps
}

// signFlipP returns the share of assignments of signs whose sum is at least as far from 0 as that of steps, by
// whichever way is quicker.
func signFlipP(steps []int) float64 {
	if len(steps) <= enumeratedPeople {
		return signFlipByEnumeration(steps)
	}
	return signFlipByCounting(steps)
}

// signFlipByEnumeration goes through all assignments, for one step to 60 of them.
// The last step keeps its sign, since an assignment and its opposite are equally
// far from 0. From one assignment to the next a single sign changes, in the order
// of a Gray code.
func signFlipByEnumeration(steps []int) float64 {
	signed := slices.Clone(steps)
	sum := total(signed)
	observed := max(sum, -sum)
	assignments := uint64(1) << (len(signed) - 1)
	extreme := uint64(0)
	for next := uint64(1); next <= assignments; next++ {
		if sum >= observed || sum <= -observed {
			extreme++
		}
		if next < assignments {
			i := bits.TrailingZeros64(next)
			sum -= 2 * signed[i]
			signed[i] = -signed[i]
		}
	}
	return float64(extreme) / float64(assignments)
}

// signFlipByCounting goes through the sums. Only the sizes of the steps matter to
// them. With T the sum of the sizes and u the sum of those that have a minus,
//
//	sum(s_i * d_i) = T - 2u
//
// and by symmetry the share of sums that are as far from 0 as an observed one of
// O > 0 is twice that of u <= (T - O)/2. So a table of the shares of u up to there
// will do. Each step x in turn has a minus in half of the assignments:
//
//	share(u) = (share before(u) + share before(u - x)) / 2
//
// All sizes are first divided by what divides them all, which leaves a table of
// competencies, for one, with a small part of its cells. Every summand is positive,
// so nothing cancels.
func signFlipByCounting(steps []int) float64 {
	sum := total(steps)
	observed := max(sum, -sum)
	if observed == 0 {
		return 1
	}
	sizes := make([]int, len(steps))
	divisor := 0
	for i, step := range steps {
		sizes[i] = max(step, -step)
		divisor = greatestCommonDivisor(divisor, sizes[i])
	}
	// In one order, regardless of the people's, so that even the last digits are the same.
	slices.Sort(sizes)
	// T - O is twice the sum of the steps against the direction, so it is even.
	last := (total(sizes) - observed) / 2 / divisor
	shares := make([]float64, last+1)
	shares[0] = 1
	reached := 0
	for _, size := range sizes {
		size /= divisor
		reached = min(last, reached+size)
		// Downwards, so that the cells further down still hold the previous values.
		for u := reached; u >= size; u-- {
			shares[u] = (shares[u] + shares[u-size]) / 2
		}
		for u := range min(size, reached+1) {
			shares[u] /= 2
		}
	}
	tail := 0.0
	for _, share := range shares {
		tail += share
	}
	return min(1, 2*tail)
}

func total(steps []int) int {
	sum := 0
	for _, step := range steps {
		sum += step
	}
	return sum
}

// greatestCommonDivisor is Euclid's; that of 0 and a number is the number.
func greatestCommonDivisor(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
