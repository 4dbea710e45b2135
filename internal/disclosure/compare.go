package disclosure

import (
	"context"
	"slices"
)

// DecideComparison says for each level whether a word may be published about how
// those who are in both of two cycles changed ("rose", "too small to tell").
// earlier are the sets of the two cycles as they were published, the later one as
// a candidate of one set. published and errors are as in [Decide].
func DecideComparison(ctx context.Context, published []Observation, earlier []Answer, later Candidate) (Decision, error) {
	if err := later.check(); err != nil {
		return Decision{}, err
	}
	ledger, err := Read(published, append([][]Answer{earlier}, later.Sets...)...)
	if err != nil {
		return Decision{}, err
	}
	return ledger.DecideComparison(ctx, earlier, later)
}

// DecideComparison is the function of this name, about what is connected with the people that the ledger was read for.
//
// A level is compared when both cycles published it, at least as many people as
// the thresholds ask for are in both and not shown by name, each of whom knows enough of the others, and the bound
// holds with the comparison counted as published. It is counted as two means over those
// in both, one of each cycle, each rounded to half of the finer of the steps in
// which the cycles were published. That is more than a word can tell, in each way
// that one could read "that sum counted as published":
//
//   - two means, of which only the difference goes into the word. From both one
//     also learns what those who left or joined answered, all in one;
//   - the errors of rounding of the two, (n*step/2)^2/12 each, add up to half of
//     what the difference would have if it were itself rounded to the step.
//
// As with the figures, the coarser levels follow from the finest that passes.
//
// Where the same people are in both cycles and both were published in the finest
// step, those two means stand published already. The word adds nothing, the level
// is compared without more, and no observation is to be stored for it.
//
// [Decision.Step] gives the step of the finer cycle, to say that a level is
// compared; nothing is printed in it.
func (l *Ledger) DecideComparison(ctx context.Context, earlier []Answer, later Candidate) (Decision, error) {
	if err := later.check(); err != nil {
		return Decision{}, err
	}
	earlier, now := sorted(earlier), sorted(later.Sets[0])
	earlierBoth, laterBoth := inBoth(earlier, now), inBoth(now, earlier)
	same := len(earlierBoth) == len(earlier) && len(laterBoth) == len(now)
	counted := l
	if !later.Thresholds.kept() {
		counted = l.apartCopy()
	}
	var decision Decision
	for level := later.Finest; level <= Whole; level++ {
		one, wasOne := l.figure(level, earlier)
		other, wasOther := l.figure(level, now)
		decision.reasons[level] = Inferred
		if !wasOne || !wasOther {
			continue
		}
		if reason := l.headsInBoth(level, earlierBoth, laterBoth, later); reason != Allowed {
			decision.reasons[level] = reason
			continue
		}
		step := min(one.Step, other.Step)
		var pair []Observation
		if !same || max(one.Step, other.Step) > Steps()[0] {
			before := one
			before.Kind, before.Level, before.Answers, before.Step = Compared, level, earlierBoth, step/2
			after := later.observation(Compared, level, laterBoth, step/2)
			after.Thresholds = Strictest(later.Thresholds, other.Thresholds)
			after.Thresholds.Rules = max(later.Thresholds.Rules, other.Thresholds.Rules, FirstRules)
			pair = []Observation{before, after}
			kept, err := counted.keeping(ctx, level, [][]Observation{pair}, once)
			if err != nil {
				return Decision{}, err
			}
			if kept < 0 {
				if counted.large {
					decision.reasons[level] = TooLarge
				}
				continue
			}
		}
		decision.observations = append(decision.observations, pair...)
		if later.Thresholds.kept() {
			for coarser := level; coarser <= Whole; coarser++ {
				decision.steps[coarser], decision.reasons[coarser] = step, Allowed
			}
			break
		}
		decision.steps[level], decision.reasons[level] = step, Allowed
		counted.Take(Decision{observations: pair})
	}
	return decision, nil
}

// headsInBoth is gate 1 for those in both of two cycles, at a level and, under today's rules, at those that follow
// from it.
func (l *Ledger) headsInBoth(level Level, earlier, later []Answer, candidate Candidate) Reason {
	last := level
	if candidate.Thresholds.kept() {
		last = Whole
	}
	for ; level <= last; level++ {
		one, other := l.unshown(level, earlier), l.unshown(level, later)
		if min(len(one), len(other)) < candidate.Thresholds.Group {
			return TooFew
		}
		if candidate.Thresholds.kept() && len(candidate.Known.short(other, candidate.Thresholds.Known)) > 0 {
			return Strangers
		}
	}
	return Allowed
}

// figure returns the finest published mean of a set at a level, also where it follows from those of a finer level, and
// false when there is none.
func (l *Ledger) figure(level Level, answers []Answer) (Observation, bool) {
	var finest Observation
	found := false
	for _, observation := range l.observations {
		if observation.Kind == Figure && l.tells(observation, level) && slices.Equal(observation.Answers, answers) && (!found || observation.Step < finest.Step) {
			finest, found = observation, true
		}
	}
	return finest, found
}

// inBoth returns the answers of a set whose people have an answer in another, too.
func inBoth(set, other []Answer) []Answer {
	people := make(map[string]struct{}, len(other))
	for _, answer := range other {
		people[answer.Person] = struct{}{}
	}
	var both []Answer
	for _, answer := range set {
		if _, there := people[answer.Person]; there {
			both = append(both, answer)
		}
	}
	return both
}
