package measure

// Verdict says what a change between two assessments, or the trend over several,
// means.
type Verdict string

const (
	// Changed: P is below ChangedLevel.
	Changed Verdict = "changed"
	// Possible: P is below PossibleLevel, but not below ChangedLevel.
	Possible Verdict = "possible"
	// WithinNoise: the change is too small to tell.
	WithinNoise Verdict = "noise"
	// NotComparable: the assessments share too few items, or are too few for a
	// trend; see Obstacle.
	NotComparable Verdict = "not_comparable"
)

// Direction is that of a change which is Changed or Possible. It is empty for
// the other verdicts, so that noise cannot be given an arrow.
type Direction string

const (
	// Rose: the later assessment is higher, or the line through all goes up.
	Rose Direction = "rose"
	// Fell: the later assessment is lower, or the line through all goes down.
	Fell Direction = "fell"
)

// Obstacle is why assessments are not comparable. It is empty when they are.
type Obstacle string

const (
	// TooFewShared: fewer shared items than Constants.MinimumShared asks for.
	TooFewShared Obstacle = "too_few_shared"
	// TooSmallShare: shared items enough, but they are a smaller part of the
	// shorter form than MinimumShareOfShorterForm.
	TooSmallShare Obstacle = "too_small_share"
	// TooFewAssessments: fewer assessments than a trend needs.
	TooFewAssessments Obstacle = "too_few_sittings"
)

// Kind is the sort of group that is compared. It sets how many shared items a
// comparison needs.
type Kind string

// The kinds of group.
const (
	Whole           Kind = "whole"
	Area            Kind = "area"
	OutcomeOrPillar Kind = "outcome_or_pillar"
	Competency      Kind = "competency"
)

// Comparison is one group of items, as two assessments have it.
type Comparison struct {
	Kind Kind
	// Pairs are the items of the group that were answered in both assessments.
	Pairs []Paired
	// EarlierAsked and LaterAsked are the numbers of items of the group that
	// either assessment's form held, answered or not. Across a change of scope only
	// link items are compared, so only link items are counted here too.
	EarlierAsked, LaterAsked int
}

// ShareOfShorterForm is the number of shared items divided by the number of
// items in the shorter of the two forms, from 0 to 1, and 0 when that form is
// empty. It is taken of the shorter form, so that a pulse can be compared with a
// full questionnaire that holds all its items.
func (comparison Comparison) ShareOfShorterForm() float64 {
	return share(len(comparison.Pairs), min(comparison.EarlierAsked, comparison.LaterAsked))
}

func share(shared, asked int) float64 {
	if asked <= 0 {
		return 0
	}
	return float64(shared) / float64(asked)
}

// Judgement is a verdict with the numbers that it rests on.
type Judgement struct {
	Verdict   Verdict
	Direction Direction
	Obstacle  Obstacle
	// Change holds no numbers beyond Shared, with a P of 1, when the assessments
	// are not comparable, so that none can be shown by mistake.
	Change Change
	// AdjustedP is what the verdict was read from: the Holm-adjusted p of a
	// member of a family, the plain P of a single comparison. 0 to 1.
	AdjustedP float64
}

// MinimumShared is the number of shared items that kind needs to be compared. For any other kind it is the strictest,
// that of the whole.
func (c Constants) MinimumShared(kind Kind) int {
	switch kind {
	case Area:
		return c.MinimumSharedArea
	case OutcomeOrPillar:
		return c.MinimumSharedOutcomeOrPillar
	case Competency:
		return c.MinimumSharedCompetency
	default:
		return c.MinimumSharedWhole
	}
}

// Judge returns the verdict on a single comparison, unadjusted: of a competency,
// an outcome or a pillar. About one such mark in twenty is chance, so it belongs
// in a table that says so and never in a headline. The whole and the areas are
// judged together, by Family.
//
//	not comparable   fewer shared items than MinimumShared, or a share of the
//	                 shorter form under MinimumShareOfShorterForm
//	changed          P < ChangedLevel
//	possible         P < PossibleLevel
//	noise            otherwise
//
// noise is that of all items the two assessments share, not only of this group.
func (c Constants) Judge(comparison Comparison, noise Noise) Judgement {
	judgement, tested := c.judgeAlone(comparison, noise)
	if tested {
		c.readInto(&judgement, judgement.Change.P)
	}
	return judgement
}

// Family judges comparisons that are shown together: the whole and the four areas. It reads the rules of Judge from
// Holm-adjusted p-values, so that, as far as the noise is modelled rightly, the chance of any false "changed" among
// them stays below ChangedLevel, and of any false "possible" or stronger below PossibleLevel. Members that are not
// comparable are not tests and do not count.
//
// The judgements come in the order of members, one each. They are the verdicts
// to show wherever one of the members appears; a member must not be judged again
// by itself.
//
// Source: Holm (1979).
func (c Constants) Family(members []Comparison, noise Noise) []Judgement {
	judgements := make([]Judgement, len(members))
	tested := make([]int, 0, len(members))
	pValues := make([]float64, 0, len(members))
	for i, member := range members {
		var comparable bool
		if judgements[i], comparable = c.judgeAlone(member, noise); comparable {
			tested, pValues = append(tested, i), append(pValues, judgements[i].Change.P)
		}
	}
	for position, adjusted := range holmAdjust(pValues) {
		c.readInto(&judgements[tested[position]], adjusted)
	}
	return judgements
}

// Comparable reports whether two assessments share enough of a group to be compared.
func (c Constants) Comparable(comparison Comparison) bool {
	return c.obstacle(comparison.Kind, len(comparison.Pairs), comparison.ShareOfShorterForm()) == ""
}

// judgeAlone works out the change of one comparison, and reports whether it is a test: what is not comparable is judged
// with that.
func (c Constants) judgeAlone(comparison Comparison, noise Noise) (judgement Judgement, tested bool) {
	if obstacle := c.obstacle(comparison.Kind, len(comparison.Pairs), comparison.ShareOfShorterForm()); obstacle != "" {
		return Judgement{
			Verdict:   NotComparable,
			Obstacle:  obstacle,
			Change:    Change{Shared: len(comparison.Pairs), P: 1},
			AdjustedP: 1,
		}, false
	}
	return Judgement{Change: c.Change(comparison.Pairs, noise)}, true
}

// readInto completes the judgement of a test by its p-value, adjusted or not.
func (c Constants) readInto(judgement *Judgement, p float64) {
	judgement.AdjustedP = p
	judgement.Verdict, judgement.Direction = c.read(p, judgement.Change.MeanChange)
}

// obstacle says why assessments that share so many items, and such a share of their
// shortest form, are not comparable, or "" when they are. The share is compared
// as a quotient: 3/5 is the same float64 as 0.6, but 0.6*5 need not be a 3.
func (c Constants) obstacle(kind Kind, shared int, share float64) Obstacle {
	switch {
	case shared < max(1, c.MinimumShared(kind)):
		return TooFewShared
	case share < c.MinimumShareOfShorterForm:
		return TooSmallShare
	default:
		return ""
	}
}

func (c Constants) read(p, meanChange float64) (Verdict, Direction) {
	direction := Rose
	if meanChange < 0 {
		direction = Fell
	}
	switch {
	case p < c.ChangedLevel:
		return Changed, direction
	case p < c.PossibleLevel:
		return Possible, direction
	default:
		return WithinNoise, ""
	}
}
