package disclosure

import "slices"

// DecideComparison says for each level whether a word may be published about how
// those who are in both of two cycles changed ("rose", "too small to tell").
// earlier and later are the sets of the two cycles as they were published; their
// order is of no importance. published, thresholds (those of the later cycle) and
// errors are as in [Decide].
//
// A level is compared when both cycles published it, at least as many people as
// the thresholds ask for are in both and not shown by name, and the bound holds
// with the comparison counted as published. It is counted as two means over those
// in both, one of each cycle, each rounded to half of the finer of the steps in
// which the cycles were published. That is more than a word can tell, in each way
// that one could read "that sum counted as published":
//
//   - two means, of which only the difference goes into the word. From both one
//     also learns what those who left or joined answered, all in one;
//   - the errors of rounding of the two, (n*step/2)^2/12 each, add up to half of
//     what the difference would have if it were itself rounded to the step.
//
// Where the same people are in both cycles and both were published in the finest
// step, those two means stand published already. The word adds nothing, the level
// is compared without more, and no observation is to be stored for it.
//
// [Decision.Step] gives the step of the finer cycle, to say that a level is
// compared; nothing is printed in it.
func DecideComparison(published []Observation, earlier, later []Answer, thresholds Thresholds) (Decision, error) {
	if err := thresholds.Check(); err != nil {
		return Decision{}, err
	}
	known, err := historyOf(published, earlier, later)
	if err != nil {
		return Decision{}, err
	}
	earlier, later = sorted(earlier), sorted(later)
	earlierBoth, laterBoth := inBoth(earlier, later), inBoth(later, earlier)
	same := len(earlierBoth) == len(earlier) && len(laterBoth) == len(later)
	var decision Decision
	for _, level := range Levels() {
		one, wasOne := known.figure(level, earlier)
		other, wasOther := known.figure(level, later)
		enough := min(len(known.unshown(level, earlierBoth)), len(known.unshown(level, laterBoth))) >= thresholds.Group
		if !wasOne || !wasOther || !enough {
			continue
		}
		step := min(one.Step, other.Step)
		if same && max(one.Step, other.Step) <= Steps()[0] {
			decision.steps[level] = step
			continue
		}
		counted := []Observation{
			{Kind: Compared, Level: level, Answers: earlierBoth, Step: step / 2, Thresholds: one.Thresholds},
			{Kind: Compared, Level: level, Answers: laterBoth, Step: step / 2, Thresholds: Strictest(thresholds, other.Thresholds)},
		}
		if known.finest(level, [][]Observation{counted}) == 0 {
			decision.steps[level] = step
			decision.observations = append(decision.observations, counted...)
			known.add(counted)
		}
	}
	return decision, nil
}

// figure returns the finest published mean of a set at a level, and false when
// there is none.
func (h history) figure(level Level, answers []Answer) (Observation, bool) {
	var finest Observation
	found := false
	for _, observation := range h.at(level) {
		if observation.Kind == Figure && slices.Equal(observation.Answers, answers) && (!found || observation.Step < finest.Step) {
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
