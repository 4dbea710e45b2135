package disclosure

import (
	"context"
	"slices"
)

// margin is the relative width by which the arithmetic of the bound may be off, a
// generous one. A candidate so close to the threshold is taken to be beyond it.
const margin = 1e-7

// promise is what was promised to an answer: the effective group, and whether it holds jointly over levels for its
// areas and the whole as well.
type promise struct {
	group   float64
	jointly bool
}

// with is the promise once the answer is in one more observation.
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
	// level is what is weighed of the answers; jointly tells that it is by all levels.
	level   Level
	jointly bool
	answers []Answer
	shares  []float64
}

// kept says whether so many times what was promised to every answer is kept; candidate are what is promised to those
// that a candidate has, too.
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
		// Turned round, so that what is not a number keeps no promise.
		if !(weighed.shares[i]*max(promised.group, SmallestEffectiveGroup)*times <= 1-margin) {
			return false
		}
	}
	return true
}

// keeping returns the first of the options that keeps the promise to everybody, or -1. The options are the same sets
// at a level, in different steps, which keep so many times the promise.
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

// reserve is how many times the promise the figures of a level keep in each of the Steps. Fine figures of competencies
// and areas tell much of the whole; where they would leave little for the cycles to come, a coarser step is taken
// while there is something left to keep. In the long run more cycles are published so.
func (l Level) reserve(thresholds Thresholds) []float64 {
	if l == Whole || !thresholds.kept() {
		return []float64{1, 1, 1}
	}
	return []float64{5.0 / 3, 4.0 / 3, 1}
}

// holds says whether gate 2 lets stand all that was published.
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

// needsAlone tells whether levels have to be looked at by themselves. Who knows the figures of all levels knows at
// least what those of one tell. But answers of the FirstRules were promised no more, and of one that was shown by name
// what it says of a single competency is left to be hidden.
func (l *Ledger) needsAlone(candidate []Observation) bool {
	return l.first || len(l.shown) > 0 ||
		slices.ContainsFunc(candidate, func(observation Observation) bool { return !observation.Thresholds.kept() })
}

// byItself is the system of a level alone.
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

// workOut works a system out, or notes that it is too large to be.
func (l *Ledger) workOut(ctx context.Context, system *system) error {
	if system.work() > l.work {
		l.large = true
		return nil
	}
	return system.workOut(ctx)
}

// options puts options to a system: a trial of their sets, and for each option the variances of its roundings.
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

// those are answers by their numbers.
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

// accumulate adds a part of some answers to what is explained of them, and to the variance before.
func (t *trial) accumulate(noises [][]float64, option int, answers []Answer, explained, prior []float64) {
	shares := t.shares(noises[option])
	for place, answer := range answers {
		number := t.numbers[answer]
		variance := t.prior(number)
		prior[place] += variance
		explained[place] += variance * shares[number]
	}
}
