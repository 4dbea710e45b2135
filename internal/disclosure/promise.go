package disclosure

import (
	"context"
	"slices"
)

// margin is a generous bound on the relative error of the bound's arithmetic. A candidate that close to the threshold
// is taken to be beyond it.
const margin = 1e-7

// promise is what was promised to an answer: the effective group, and whether it also holds jointly over all levels
// for its areas and the whole.
type promise struct {
	group   float64
	jointly bool
}

// with returns the promise once the answer is in one more observation.
func (p promise) with(thresholds Thresholds) promise {
	return promise{max(p.group, SmallestEffectiveGroup, thresholds.EffectiveGroup), p.jointly || thresholds.kept()}
}

// promise notes what the answers of an observation are promised.
func (l *Ledger) promise(observation Observation) {
	l.first = l.first || !observation.Thresholds.kept()
	for _, answer := range observation.Answers {
		l.promises[answer] = l.promises[answer].with(observation.Thresholds)
	}
}

// weighed are answers, with the share of its variance that is explained of each: the inverse of its effective group.
type weighed struct {
	// level is what is weighed of the answers; jointly reports whether it is by all levels.
	level   Level
	jointly bool
	answers []Answer
	shares  []float64
}

// kept reports whether every answer gets so many times what it was promised; candidate holds what is promised to those
// that are also in the candidate.
func (l *Ledger) kept(weighed weighed, candidate []Observation, times float64) bool {
	own := map[Answer]promise{}
	for _, observation := range candidate {
		for _, answer := range observation.Answers {
			own[answer] = l.promises[answer].with(observation.Thresholds)
		}
	}
	for i, answer := range weighed.answers {
		promised, candidate := own[answer]
		if !candidate {
			promised = l.promises[answer]
		}
		if weighed.jointly && weighed.level != Competency && !promised.jointly {
			continue
		}
		// Inverted, so that NaN never counts as a kept promise.
		if !(weighed.shares[i]*max(promised.group, SmallestEffectiveGroup)*times <= 1-margin) {
			return false
		}
	}
	return true
}

// keeping returns the first of the options that keeps the promise to everybody, or -1. The options are the same sets
// at one level, in different steps, each to keep so many times the promise.
func (l *Ledger) keeping(ctx context.Context, level Level, options [][]Observation, times []float64) (int, error) {
	weighings, err := l.weigh(ctx, level, options)
	if err != nil || l.large {
		return -1, err
	}
	for i, option := range options {
		if slices.ContainsFunc(weighings[i], func(w weighed) bool { return !l.kept(w, option, times[i]) }) {
			continue
		}
		kept, err := l.keptInCircles(ctx, option, times[i])
		if err != nil || l.large {
			return -1, err
		}
		if kept {
			return i, nil
		}
	}
	return -1, nil
}

// once keeps the promise as it was made.
var once = []float64{1}

// reserve is how many times the promise a level's figures must keep in each of the Steps. Fine figures of competencies
// and areas reveal much about the whole. If they would leave little for later cycles, a coarser step is taken while
// something is left. In the long run, more cycles are published that way.
func (l Level) reserve(thresholds Thresholds) []float64 {
	if l == Whole || !thresholds.kept() {
		return []float64{1, 1, 1}
	}
	return []float64{5.0 / 3, 4.0 / 3, 1}
}

// holds reports whether everything that was published passes gate 2.
func (l *Ledger) holds(ctx context.Context) (bool, error) {
	for _, level := range Levels() {
		if kept, err := l.keeping(ctx, level, [][]Observation{nil}, once); err != nil || kept < 0 {
			return false, err
		}
	}
	return true, nil
}

// weigh weighs all answers for each option: jointly over the levels, and where that isn't stricter, by the level of the
// options alone.
func (l *Ledger) weigh(ctx context.Context, level Level, options [][]Observation) ([][]weighed, error) {
	found := make([][]weighed, len(options))
	together, err := l.together(ctx, options)
	if err != nil || l.large {
		return nil, err
	}
	for i := range found {
		found[i] = together[i]
	}
	if !l.needsAlone(options[0]) {
		return found, nil
	}
	alone, err := l.byItself(ctx, level)
	if err != nil || l.large {
		return nil, err
	}
	tried, noises := alone.options(options)
	answers := tried.those(tried.about)
	for i := range found {
		all := tried.shares(noises[i])
		shares := make([]float64, len(answers))
		for place, number := range tried.about {
			shares[place] = all[number]
		}
		found[i] = append(found[i], weighed{level: level, answers: answers, shares: shares})
	}
	return found, nil
}

// needsAlone reports whether levels have to be considered by themselves. Knowing the figures of all levels reveals at
// least as much as those of one. But answers under the FirstRules were promised no more than that, and of an answer
// shown by name, what it says about a single competency is still to be hidden.
func (l *Ledger) needsAlone(candidate []Observation) bool {
	return l.first || len(l.shown) > 0 ||
		slices.ContainsFunc(candidate, func(observation Observation) bool { return !observation.Thresholds.kept() })
}

// byItself returns the system of one level by itself.
func (l *Ledger) byItself(ctx context.Context, level Level) (*system, error) {
	if l.alone[level] == nil {
		system := l.system(level, level.variances(), func(other Level) float64 {
			if other == level {
				return 1
			}
			return 0
		}, l.observations)
		if err := l.workOut(ctx, system); err != nil || l.large {
			return nil, err
		}
		l.alone[level] = system
	}
	return l.alone[level], nil
}

// workOut computes a system, or notes that it is too large.
func (l *Ledger) workOut(ctx context.Context, system *system) error {
	if system.work() > l.work {
		l.large = true
		return nil
	}
	return system.workOut(ctx)
}

// options tries options on a system: it returns a trial of their sets and, for each option, the variances of its
// roundings.
func (s *system) options(options [][]Observation) (tried *trial, noises [][]float64) {
	var sums []sum
	noises = make([][]float64, len(options))
	for i, option := range options {
		for _, observation := range option {
			if sum, some := s.sum(observation); some {
				noises[i] = append(noises[i], sum.noise)
				if i == 0 {
					sums = append(sums, sum)
				}
			}
		}
	}
	return s.try(sums), noises
}

// those returns answers by their numbers.
func (s *system) those(numbers []int) []Answer {
	answers := make([]Answer, len(numbers))
	for i, number := range numbers {
		answers[i] = s.answers[number]
	}
	return answers
}

// The numbers of areas and of competencies in each, which the shipped model has
// and the arithmetic of all levels together is for.
const (
	areas              = 4
	competenciesInArea = 3
)

// part is one of three independent parts of the answer to a competency. The answers
// of one person in one assessment are twelve numbers; a part is their mean (the whole),
// what an area lies above that, or what a competency lies above its area.
type part struct {
	// level is the finest level whose figures reveal this part.
	level Level
	// variances are those of the part in an answer to one competency.
	variances variances
	// weight is what the variance of the rounding of an observation of a level is divided by, 0 if the level says
	// nothing about this part.
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
	return variances{person: v.person - other.person, assessment: v.assessment - other.assessment}
}

// together weighs what a person answered, to one competency, for one area and as a whole, by what was published at all
// levels, and the options. Shown answers are left out: their W and A are known.
//
//	share = sum over its parts of (variance of the part * its share) / sum of variances
//
// As the parts are independent before anything is published, and every figure separates into figures of parts with
// errors that are independent, they are so afterwards: the posterior variance of a sum of parts is the sum of theirs.
func (l *Ledger) together(ctx context.Context, options [][]Observation) ([][]weighed, error) {
	var trials [3]*trial
	var noises [3][][]float64
	for i, part := range parts() {
		if l.parts[i] == nil {
			system := l.system(part.level, part.variances, part.weight, l.observations)
			if err := l.workOut(ctx, system); err != nil || l.large {
				return nil, err
			}
			l.parts[i] = system
		}
		trials[i], noises[i] = l.parts[i].options(options)
	}
	answers := trials[0].those(trials[0].about)
	found := make([][]weighed, len(options))
	for option := range options {
		explained, prior := make([]float64, len(answers)), make([]float64, len(answers))
		found[option] = make([]weighed, 3)
		for i := range trials {
			level := [3]Level{Whole, Area, Competency}[i]
			trials[i].accumulate(noises[i], option, answers, explained, prior)
			shares := make([]float64, len(answers))
			for place := range answers {
				shares[place] = explained[place] / prior[place]
			}
			found[option][level] = weighed{level: level, jointly: true, answers: answers, shares: shares}
		}
	}
	return found, nil
}

// accumulate adds a part of some answers to their explained variance, and to their prior variance.
func (t *trial) accumulate(noises [][]float64, option int, answers []Answer, explained, prior []float64) {
	shares := t.shares(noises[option])
	for place, answer := range answers {
		number := t.numbers[answer]
		variance := t.prior(number)
		prior[place] += variance
		explained[place] += variance * shares[number]
	}
}
