package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// near fails the test unless got is want to within tolerance.
func near(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %v, want %v (to within %v)", name, got, want, tolerance)
	}
}

// seeded returns a source of random numbers that is the same in every run.
func seeded(run uint64) *rand.Rand { return rand.New(rand.NewPCG(2026, run)) }

// people returns the answers that people, by number from first to last, gave in a
// assessment of their own of a cycle.
func people(cycle string, first, last int) []Answer {
	var answers []Answer
	for i := first; i <= last; i++ {
		answers = append(answers, Answer{Person: fmt.Sprintf("p%02d", i), Assessment: fmt.Sprintf("p%02d in %s", i, cycle)})
	}
	return answers
}

// join puts sets together.
func join(sets ...[]Answer) []Answer {
	var all []Answer
	for _, set := range sets {
		all = append(all, set...)
	}
	return all
}

// one makes a candidate of a single set.
func one(set []Answer) [][]Answer { return [][]Answer{set} }

// figures returns the observations of a set, published in a step at all levels.
func figures(set []Answer, step float64) []Observation {
	var observations []Observation
	for _, level := range Levels() {
		observations = append(observations, Observation{Level: level, Answers: set, Step: step})
	}
	return observations
}

// steps are those of a decision by level, 0 for withheld.
type steps [3]float64

// everybody knows everybody of the sets.
func everybody(sets ...[]Answer) Known {
	known := Known{}
	var all []string
	for _, set := range sets {
		for _, answer := range set {
			all = append(all, answer.Person)
		}
	}
	for _, person := range all {
		known[person] = all
	}
	return known
}

// candidate is one of which everybody knows everybody.
func candidate(sets [][]Answer, thresholds Thresholds) Candidate {
	return Candidate{Sets: sets, Thresholds: thresholds, Known: everybody(sets...)}
}

// before are thresholds under the FirstRules.
func before(group int, effective float64) Thresholds {
	return Thresholds{Group: group, EffectiveGroup: effective, Rules: FirstRules}
}

// kept are thresholds under the rules of today.
func kept(group int, effective float64) Thresholds {
	return Thresholds{Group: group, EffectiveGroup: effective, Known: SmallestKnown, Rules: KeptRules}
}

// decided returns the steps of a decision that must not fail.
func decided(t testing.TB, published []Observation, sets [][]Answer, thresholds Thresholds) (steps, Decision) {
	t.Helper()
	decision, err := Decide(t.Context(), published, candidate(sets, thresholds))
	if err != nil {
		t.Fatal(err)
	}
	return stepsOf(decision), decision
}

func stepsOf(decision Decision) (found steps) {
	for _, level := range Levels() {
		found[level], _ = decision.Step(level)
	}
	return found
}

// alone returns the effective groups of all answers by the figures of one level.
func alone(t testing.TB, published []Observation, level Level) map[Answer]float64 {
	t.Helper()
	ledger, err := Read(published)
	if err != nil {
		t.Fatal(err)
	}
	system, err := ledger.byItself(t.Context(), level)
	if err != nil {
		t.Fatal(err)
	}
	tried := system.try(nil)
	all, groups := tried.shares(nil), map[Answer]float64{}
	for _, number := range tried.about {
		groups[system.answers[number]] = 1 / all[number]
	}
	return groups
}

// jointly returns the effective groups of all answers by the figures of all levels.
func jointly(t testing.TB, published []Observation) [3]map[Answer]float64 {
	t.Helper()
	ledger, err := Read(published)
	if err != nil {
		t.Fatal(err)
	}
	weighings, err := ledger.together(t.Context(), [][]Observation{nil})
	if err != nil {
		t.Fatal(err)
	}
	var groups [3]map[Answer]float64
	for level, weighed := range weighings[0] {
		groups[level] = weighed.groups()
	}
	return groups
}

// smallest is the smallest of the effective groups by the figures of a level alone.
func smallest(t testing.TB, published []Observation, level Level) float64 {
	t.Helper()
	return leastOf(alone(t, published, level))
}

func leastOf(groups map[Answer]float64) float64 {
	least := math.Inf(1)
	for _, group := range groups {
		least = min(least, group)
	}
	return least
}
