package disclosure

import (
	"cmp"
	"maps"
	"slices"
)

// Connected returns those of the observations that bear on the given sets: the
// ones that have a person in common with a set, and, over and over, the ones that
// have a person in common with those. The order is kept.
//
// The chain has to be followed to its end. Two answers are related only if they are the same person's, and
// observations only if they have a person in common. So what nothing connects with the candidate says nothing about
// its people, and the candidate says nothing about theirs: leaving it out changes no posterior variance. But a team
// that has nobody in common with the candidate, and has a member in common with one that does, matters twice: its
// figures sharpen what is known of that member, and the candidate may be the figure that gives one of its own people
// away. Looking at direct neighbours only would miss both.
//
// [Decide] and its companions themselves leave out what is not connected. A caller with a large store can use this
// function, or the same walk in its own query, to load less: handing in more than needed changes nothing, less would
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

// Ledger is what has been published, in the form that the gates use. What it computes once serves several decisions.
// It isn't safe for concurrent use.
type Ledger struct {
	// observations are those that bear on the people asked about, first the given ones, sorted, then those that were
	// taken in, each with its answers in order.
	observations []Observation
	// shown are the answers that were shown by name, shownBy how many each person showed.
	shown   map[Answer]struct{}
	shownBy map[string]int
	// promises are what was promised to each answer.
	promises map[Answer]promise
	// near are the people asked about.
	near []string
	// vouched are the people whose answers aren't known, as a circle sees it; nil for all.
	vouched map[string]bool
	// first reports whether something was published under the FirstRules.
	first bool
	// parts and alone are the systems computed so far: of the parts of an answer by all levels, and of the levels by
	// themselves.
	parts, alone [3]*system
	// work is how much computing may take, see WorkLimit.
	work int
	// large is set once it would take more.
	large bool
}

// WorkLimit bounds what computing one system may take, in multiplications: some seconds' worth. What is so closely
// connected that it takes more can't be checked, and nothing more is published about it. That depends on who took part
// in what, never on a clock, so machines of different speed decide alike.
const WorkLimit = 1_000_000_000

// Read checks the observations, takes those that are [Connected] with the sets (all when there are no sets), and puts
// them in order. The error names what is wrong with one, as with a set.
func Read(published []Observation, sets ...[]Answer) (*Ledger, error) {
	for _, observation := range published {
		if err := observation.check(); err != nil {
			return nil, err
		}
	}
	l := &Ledger{shown: map[Answer]struct{}{}, shownBy: map[string]int{}, promises: map[Answer]promise{}, work: WorkLimit}
	for _, set := range sets {
		if err := checkSet(set); err != nil {
			return nil, err
		}
		for _, answer := range sorted(set) {
			l.near = append(l.near, answer.Person)
		}
	}
	if len(sets) > 0 {
		published = Connected(published, sets...)
	}
	for _, observation := range published {
		if observation.Kind == Shown {
			l.show(observation.Answers[0])
			continue
		}
		observation.Answers = sorted(observation.Answers)
		l.observations = append(l.observations, observation)
		l.promise(observation)
	}
	slices.SortFunc(l.observations, compareObservations)
	return l, nil
}

// show notes that an answer is known by name. What was computed before is no longer valid.
func (l *Ledger) show(answer Answer) {
	if _, before := l.shown[answer]; before {
		return
	}
	l.shown[answer] = struct{}{}
	l.shownBy[answer.Person]++
	l.parts, l.alone = [3]*system{}, [3]*system{}
}

// Take adds what a decision allows to be published, and so is.
func (l *Ledger) Take(decision Decision) {
	for _, observation := range decision.observations {
		l.observations = append(l.observations, observation)
		l.promise(observation)
		for _, systems := range [][3]*system{l.parts, l.alone} {
			for _, system := range systems {
				if system == nil {
					continue
				}
				if row, some := system.sum(observation); some {
					system.add(row)
				}
			}
		}
	}
}

// apartCopy returns a copy of the ledger that can be added to separately.
func (l *Ledger) apartCopy() *Ledger {
	counted := *l
	counted.parts, counted.alone = [3]*system{}, [3]*system{}
	counted.observations, counted.promises = slices.Clip(l.observations), maps.Clone(l.promises)
	return &counted
}
