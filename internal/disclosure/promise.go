package disclosure

// margin is the relative width by which the arithmetic of the bound may be off, a
// generous one. A candidate so close to the threshold is taken to be beyond it.
const margin = 1e-9

// finest is gate 2: it returns the first of the options that keeps the promise to
// everybody, or -1. The options are the same sets in different steps.
func (h history) finest(level Level, options [][]Observation) int {
	alone, together := h.alone(level, options), h.together(options)
	for i := range options {
		if alone.kept(i) && together.kept(i) {
			return i
		}
	}
	return -1
}

// holds says whether gate 2 lets stand all that was published at a level.
func (h history) holds(level Level) bool {
	nothing := [][]Observation{nil}
	return h.alone(level, nothing).kept(0) && h.together(nothing).kept(0)
}

// weighed are answers, with the effective group that each was promised and, for
// each option, the share of its variance that would be explained: the inverse of
// the effective group that it would have.
type weighed struct {
	answers  []Answer
	promised []float64
	shares   [][]float64
}

// kept says whether an option keeps the promise to every answer.
func (w weighed) kept(option int) bool {
	for place, share := range w.shares[option] {
		// Turned round, so that what is not a number keeps no promise.
		if !(share*w.promised[place] <= 1-margin) {
			return false
		}
	}
	return true
}

// alone weighs the answers of a level by what was published at that level, and
// the options.
func (h history) alone(level Level, options [][]Observation) weighed {
	before := h.at(level)
	listed := h.ledger(level, level.variances(), before, options[0])
	same := func(Level) float64 { return 1 }
	sums := make([][]sum, len(options))
	for i, option := range options {
		sums[i] = listed.sums(option, same)
	}
	return weighed{
		answers:  listed.answers,
		promised: listed.promised(before, options[0]),
		shares:   listed.shares(merged(listed.sums(before, same)), sums),
	}
}

// promised returns the effective group that each answer was promised: the largest
// of those with which it was published.
func (l ledger) promised(lists ...[]Observation) []float64 {
	promised := make([]float64, len(l.answers))
	for i := range promised {
		promised[i] = SmallestEffectiveGroup
	}
	for _, observations := range lists {
		for _, observation := range observations {
			for _, answer := range observation.Answers {
				if place, unknown := l.places[answer]; unknown {
					promised[place] = max(promised[place], observation.Thresholds.EffectiveGroup)
				}
			}
		}
	}
	return promised
}

// The numbers of areas and of competencies in each, which the shipped model has
// and the arithmetic of all levels together is for.
const (
	areas              = 4
	competenciesInArea = 3
)

// part is one of three independent parts of the answer to a competency. The answers
// of one person in one sitting are twelve numbers; a part is their mean (the whole),
// what an area lies above that, or what a competency lies above its area.
type part struct {
	// level is the finest whose figures tell of this part.
	level Level
	// variances are those of the part in an answer to one competency.
	variances variances
	// weight is what the variance of the rounding of an observation of a level is
	// divided by, 0 where the level says nothing of this part.
	weight func(Level) float64
}

// parts follow from the variances of the levels. As an area is the mean of its three
// competencies and the whole that of its four areas, with the same variances for all
// competencies and all areas,
//
//	whole = W      area = W + A      competency = W + A + C
//
// where the parts do not correlate, so that their variances add up: that of A is the
// difference between area and whole, that of C between competency and area.
//
// The figures of a set separate in the same way, as all of a level are about the same
// people and rounded alike, to v, the variance of a sum's error. Each part is seen
// with an error of its own, which is independent of the others:
//
//	     by competencies    by areas      by the whole
//	W    v/12               v/4           v
//	A    v/3 * (1-1/4)      v * (1-1/4)   not
//	C    v * (1-1/3)        not           not
//
// The mean of twelve roundings has a twelfth of the variance; the difference of one of
// four from the mean of the four has 1-1/4 of it, and one of three from theirs 1-1/3.
func parts() [3]part {
	competency, area, whole := Competency.variances(), Area.variances(), Whole.variances()
	const besideAreas, besideCompetencies = 1 - 1.0/areas, 1 - 1.0/competenciesInArea
	return [3]part{
		{Whole, whole, func(level Level) float64 {
			return [...]float64{areas * competenciesInArea, areas, 1}[level]
		}},
		{Area, area.less(whole), func(level Level) float64 {
			return [...]float64{competenciesInArea / besideAreas, 1 / besideAreas, 0}[level]
		}},
		{Competency, competency.less(area), func(level Level) float64 {
			return [...]float64{1 / besideCompetencies, 0, 0}[level]
		}},
	}
}

func (v variances) less(other variances) variances {
	return variances{person: v.person - other.person, sitting: v.sitting - other.sitting}
}

// together weighs what a person answered to one competency by what was published at
// all levels, and the options. Shown answers are left out: their W and A are known.
//
//	share = sum over the parts of (variance of the part * its share) / sum of variances
func (h history) together(options [][]Observation) weighed {
	all := h.ledger(Whole, Whole.variances(), h.observations, options[0])
	found := weighed{answers: all.answers, promised: all.promised(h.observations, options[0])}
	prior := make([]float64, len(all.answers))
	for range options {
		found.shares = append(found.shares, make([]float64, len(all.answers)))
	}
	for _, part := range parts() {
		listed := h.ledger(part.level, part.variances, h.observations, options[0])
		sums := make([][]sum, len(options))
		for i, option := range options {
			sums[i] = listed.sums(option, part.weight)
		}
		shares := listed.shares(merged(listed.sums(h.observations, part.weight)), sums)
		for place, answer := range all.answers {
			from := listed.places[answer]
			variance := listed.person[from] + part.variances.sitting
			prior[place] += variance
			for i := range shares {
				found.shares[i][place] += variance * shares[i][from]
			}
		}
	}
	for _, shares := range found.shares {
		for place := range shares {
			shares[place] /= prior[place]
		}
	}
	return found
}
