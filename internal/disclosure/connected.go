package disclosure

import (
	"cmp"
	"slices"
)

// Connected returns those of the observations that bear on the given sets: the
// ones that have a person in common with a set, and, over and over, the ones that
// have a person in common with those. The order is kept.
//
// The chain has to be followed to its end. Two answers have something to do with
// each other only when they are of the same person, and observations only when
// they have a person in common. So what nothing connects with the candidate says
// nothing about its people, and the candidate says nothing about theirs: leaving
// it out changes no posterior variance. But a team that has nobody in common with
// the candidate, and has a member in common with one that does, matters twice: its
// figures sharpen what is known of that member, and the candidate may be the
// figure that gives one of its own people away. Looking at direct neighbours only
// would miss both.
//
// [Decide] and its companions leave out what is not connected by themselves. A
// caller with a large store can use this function, or the same walk in its own
// query, to load less: handing in more than needed changes nothing, less would
// break the promise.
func Connected(published []Observation, sets ...[]Answer) []Observation {
	byPerson := make(map[string][]int)
	for i, observation := range published {
		for _, answer := range observation.Answers {
			byPerson[answer.Person] = append(byPerson[answer.Person], i)
		}
	}
	reached := make([]bool, len(published))
	met := make(map[string]struct{})
	var waiting []string
	meet := func(answers []Answer) {
		for _, answer := range answers {
			if _, before := met[answer.Person]; !before {
				met[answer.Person] = struct{}{}
				waiting = append(waiting, answer.Person)
			}
		}
	}
	for _, set := range sets {
		meet(set)
	}
	for len(waiting) > 0 {
		person := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		for _, i := range byPerson[person] {
			if !reached[i] {
				reached[i] = true
				meet(published[i].Answers)
			}
		}
	}
	var connected []Observation
	for i, observation := range published {
		if reached[i] {
			connected = append(connected, observation)
		}
	}
	return connected
}

// compareObservations orders observations, of sorted answers, in a way that does
// not depend on the order in which a store returns them. Sums of floating-point
// numbers depend on their order in the last digit, and a decision must not.
func compareObservations(a, b Observation) int {
	return cmp.Or(
		cmp.Compare(a.Level, b.Level),
		slices.CompareFunc(a.Answers, b.Answers, compareAnswers),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Step, b.Step),
		cmp.Compare(a.Thresholds.EffectiveGroup, b.Thresholds.EffectiveGroup),
	)
}

// history is what has been published, as the gates look at it.
type history struct {
	// observations are those that bear on the candidate, in their order, each with
	// its answers in order.
	observations []Observation
	// shown are the answers that were shown by name.
	shown map[Answer]struct{}
}

// historyOf checks the observations, takes those that are connected with the
// sets (all when there are no sets), and puts them in order.
func historyOf(published []Observation, sets ...[]Answer) (history, error) {
	for _, observation := range published {
		if err := observation.check(); err != nil {
			return history{}, err
		}
	}
	for _, set := range sets {
		if err := checkSet(set); err != nil {
			return history{}, err
		}
	}
	known := history{shown: make(map[Answer]struct{})}
	if len(sets) > 0 {
		published = Connected(published, sets...)
	}
	for _, observation := range published {
		if observation.Kind == Shown {
			known.shown[observation.Answers[0]] = struct{}{}
			continue
		}
		observation.Answers = sorted(observation.Answers)
		known.observations = append(known.observations, observation)
	}
	slices.SortFunc(known.observations, compareObservations)
	return known, nil
}

// add takes in what is published now, of answers in order.
func (h *history) add(observations []Observation) {
	h.observations = append(h.observations, observations...)
	slices.SortFunc(h.observations, compareObservations)
}

// at returns the observations at a level.
func (h history) at(level Level) []Observation {
	var found []Observation
	for _, observation := range h.observations {
		if observation.Level == level {
			found = append(found, observation)
		}
	}
	return found
}
