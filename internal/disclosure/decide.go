package disclosure

import (
	"context"
	"errors"
	"math"
)

// Reason is why something isn't published. It follows from memberships and ticks, never from what was answered.
type Reason int

// The reasons.
const (
	// Allowed is published.
	Allowed Reason = iota
	// TooFew are fewer people than the thresholds ask for.
	TooFew
	// Strangers are people of whom one knows too few of the others.
	Strangers
	// Differs from another set of the same answers by too few people.
	Differs
	// Near is the same of a set of a cycle that is near this one.
	Near
	// Inferred would let somebody's answers be read too closely, from everything together.
	Inferred
	// TooLarge is what hangs together so closely that it is too much to be checked.
	TooLarge
)

// Candidate is what may perhaps be published.
type Candidate struct {
	// Sets is one set, the contributors of a team's cycle, or the sides of a split of them, which are published
	// together or not at all.
	Sets [][]Answer
	// Thresholds are those of the cycle.
	Thresholds Thresholds
	// Finest is the finest level that the cycle measures.
	Finest Level
	// Window is when the answers were given, Known whom the contributors know.
	Window Window
	Known  Known
}

// observation is what would become known of one of the sets.
func (c Candidate) observation(kind Kind, level Level, set []Answer, step float64) Observation {
	return Observation{Kind: kind, Level: level, Answers: set, Step: step, Thresholds: c.Thresholds, Window: c.Window, Known: c.Known}
}

// check says what is wrong with a candidate, or nil.
func (c Candidate) check() error {
	if err := c.Thresholds.Check(); err != nil {
		return err
	}
	if len(c.Sets) == 0 {
		return errors.New("disclosure: there is no set to decide about")
	}
	if c.Finest < Competency || c.Finest > Whole {
		return errors.New("disclosure: there is no such finest level")
	}
	for _, set := range c.Sets {
		if err := checkSet(set); err != nil {
			return err
		}
	}
	return nil
}

// Decision is what may be published of a candidate, level by level. It depends on
// who took part in what, and on nothing that anybody answered: it holds no answer,
// and is made without any.
type Decision struct {
	steps        [3]float64
	reasons      [3]Reason
	derived      [3]bool
	observations []Observation
}

// Step returns how coarsely the means of a level are to be rounded, in levels of
// the answer scale, and false when the level is withheld.
func (d Decision) Step(level Level) (step float64, published bool) {
	if level < Competency || level > Whole {
		return 0, false
	}
	return d.steps[level], d.steps[level] > 0
}

// Finest is the finest level that is published by itself; the coarser ones follow from it. It is Whole where nothing is.
func (d Decision) Finest() Level {
	for _, level := range Levels() {
		if d.steps[level] > 0 && !d.derived[level] {
			return level
		}
	}
	return Whole
}

// Reason is why a level is withheld, or Allowed.
func (d Decision) Reason(level Level) Reason { return d.reasons[level] }

// Observations returns what becomes known when everything that the decision allows
// is published. The caller stores it in the same transaction as the figures: the
// next decision has to know of it.
func (d Decision) Observations() []Observation { return d.observations }

// Decide says whether the means of the sets may be published, and how coarsely, for each level. published is all that
// this instance published before that is [Connected] with the sets, by all teams, or more; their order doesn't matter.
//
// The error names what is wrong with the input: thresholds below the floor, a
// person twice in one set, a token or a step that is missing, no set at all. It is
// the context's where that ended before.
func Decide(ctx context.Context, published []Observation, candidate Candidate) (Decision, error) {
	if err := candidate.check(); err != nil {
		return Decision{}, err
	}
	ledger, err := Read(published, candidate.Sets...)
	if err != nil {
		return Decision{}, err
	}
	return ledger.Decide(ctx, candidate)
}

// Decide is like the function of the same name, for what is connected with the people that the ledger was read for.
//
// The finest level that passes is published, in the finest of [Steps] with which both gates pass it: the count of
// heads, and the bound on what can be inferred. The coarser levels follow from it. Whoever has the printed means of
// all competencies has those of the areas and the whole, to within the rounding; so these are printed as the means of
// the printed ones, and reveal nothing that those don't. Gate 1 has to hold for them all the same.
//
// For the bound, the candidate is put to all that was published; every answer that any of it is about, of whatever
// team and time, has then at each level an
//
//	effective group = 1 / (1 - posterior variance / prior variance)
//
// which must not be smaller than what was promised to the answer: the thresholds of the candidate for its own answers,
// and those with which they were published for the others. One mean of n people has an effective group of n and,
// because of its rounding, a little more. The finer steps keep some reserve, see reserve.
//
// Under the FirstRules each level is decided by itself, from the finest on, counting those before it as published.
func (l *Ledger) Decide(ctx context.Context, candidate Candidate) (Decision, error) {
	if err := candidate.check(); err != nil {
		return Decision{}, err
	}
	own := make([][]Answer, len(candidate.Sets))
	for i, set := range candidate.Sets {
		own[i] = sorted(set)
	}
	candidate.Sets = own
	if candidate.Thresholds.kept() {
		return l.decideJointly(ctx, candidate)
	}
	return l.decideEach(ctx, candidate)
}

func (l *Ledger) decideJointly(ctx context.Context, candidate Candidate) (Decision, error) {
	var decision Decision
	for level := candidate.Finest; level <= Whole; level++ {
		reason := Allowed
		for coarser := level; coarser <= Whole && reason == Allowed; coarser++ {
			reason = l.heads(coarser, candidate)
		}
		step := 0.0
		if reason == Allowed {
			var err error
			if step, reason, err = l.finest(ctx, level, candidate); err != nil {
				return Decision{}, err
			}
		}
		decision.reasons[level] = reason
		if step == 0 {
			continue
		}
		for coarser := level; coarser <= Whole; coarser++ {
			decision.steps[coarser], decision.reasons[coarser] = derivedStep(step, level, coarser), Allowed
			decision.derived[coarser] = coarser > level
		}
		for _, set := range candidate.Sets {
			decision.observations = append(decision.observations, candidate.observation(Figure, level, set, step))
		}
		break
	}
	return decision, nil
}

// derivedStep returns how coarsely the mean of printed figures of a finer level is printed. It reveals nothing that
// those don't, however fine it is, but it is no more exact than they are: their errors of rounding leave
// step/sqrt(12*count) of it, and it is printed in the finest step whose own error is at least two thirds of that.
func derivedStep(step float64, finest, level Level) float64 {
	if level == finest {
		return step
	}
	count := [3][3]float64{{1, competenciesInArea, areas * competenciesInArea}, {0, 1, areas}, {0, 0, 1}}[finest][level]
	for _, own := range Steps() {
		if step <= 1.5*own*math.Sqrt(count) {
			return own
		}
	}
	return step
}

func (l *Ledger) decideEach(ctx context.Context, candidate Candidate) (Decision, error) {
	var decision Decision
	// What is decided for a level counts for the next ones, and is undone at the end: the caller takes it in.
	counted := l.apartCopy()
	for level := candidate.Finest; level <= Whole; level++ {
		reason := counted.heads(level, candidate)
		step := 0.0
		if reason == Allowed {
			var err error
			if step, reason, err = counted.finest(ctx, level, candidate); err != nil {
				return Decision{}, err
			}
		}
		decision.reasons[level] = reason
		if step == 0 {
			continue
		}
		decision.steps[level] = step
		var found Decision
		for _, set := range candidate.Sets {
			found.observations = append(found.observations, candidate.observation(Figure, level, set, step))
		}
		decision.observations = append(decision.observations, found.observations...)
		counted.Take(found)
	}
	return decision, nil
}

// finest is gate 2: it returns the finest step in which the sets of a candidate keep the promise to everybody, or 0
// with the reason.
func (l *Ledger) finest(ctx context.Context, level Level, candidate Candidate) (step float64, reason Reason, err error) {
	var options [][]Observation
	for _, step := range Steps() {
		var option []Observation
		for _, set := range candidate.Sets {
			option = append(option, candidate.observation(Figure, level, set, step))
		}
		options = append(options, option)
	}
	i, err := l.keeping(ctx, level, options, level.reserve(candidate.Thresholds))
	switch {
	case err != nil || i >= 0:
		if i >= 0 {
			step = Steps()[i]
		}
		return step, Allowed, err
	case l.large:
		return 0, TooLarge, nil
	}
	return 0, Inferred, nil
}
