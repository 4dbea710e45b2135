package disclosure

import (
	"fmt"
	"testing"
)

var (
	all      = steps{0.1, 0.1, 0.1}
	withheld = steps{}
)

// publish publishes sets in the finest step, one after the other.
func publish(sets ...[]Answer) []Observation {
	var published []Observation
	for _, set := range sets {
		published = append(published, figures(set, 0.1)...)
	}
	return published
}

func TestHeads(t *testing.T) {
	team := people("1", 1, 12)
	tests := []struct {
		name       string
		published  []Observation
		candidate  [][]Answer
		thresholds Thresholds
		want       steps
	}{
		{"a group of four", nil, one(people("1", 1, 4)), Floor(), withheld},
		{"a group of five", nil, one(people("1", 1, 5)), Floor(), all},
		{"nobody", nil, one(nil), Floor(), withheld},
		{"a group of seven where eight are asked for", nil, one(people("1", 1, 7)), before(8, 3), withheld},
		{"a group of eight where eight are asked for", nil, one(people("1", 1, 8)), before(8, 3), all},
		{"the rest would be four", publish(team), one(team[:8]), Floor(), withheld},
		{"the rest would be five", publish(team), one(team[:7]), Floor(), all},
		{"the rest would be five where six were promised", raised(publish(team), before(6, 3)), one(team[:7]), Floor(), withheld},
		{"the rest would be one, the other way round", publish(team[:11]), one(team), Floor(), withheld},
		{"the very same set once more", publish(team), one(team), Floor(), all},
		{"sides of six and six", publish(team), [][]Answer{team[:6], team[6:]}, Floor(), all},
		{"sides of eight and four", publish(team), [][]Answer{team[:8], team[8:]}, Floor(), withheld},
		{"two sides of five leave out two", publish(team), [][]Answer{team[:5], team[5:10]}, Floor(), withheld},
		{"three sides, one of two", publish(team), [][]Answer{team[:5], team[5:10], team[10:]}, Floor(), withheld},
		// The same people, but another assessment: nothing cancels exactly.
		{"one fewer in another cycle", publish(team), one(people("2", 1, 11)), Floor(), all},
		{"four of a sister team's assessments are the same", publish(team), one(join(people("1", 9, 12), people("1", 21, 25))), Floor(), all},
		{"all but four of a sister team's are the same", publish(team), one(join(people("1", 6, 12), people("1", 21, 24))), Floor(), withheld},
		// A sister team of all but one is the attack by the complement.
		{"a sister team of all but one", publish(team), one(team[1:]), Floor(), withheld},
		{"a sister team of all but one and five others", publish(team), one(join(team[1:], people("1", 21, 25))), Floor(), withheld},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := decided(t, test.published, test.candidate, test.thresholds)
			// Coarser steps are the second gate's affair.
			for _, level := range Levels() {
				if (got[level] > 0) != (test.want[level] > 0) {
					t.Errorf("%v is published in %v, want %v", level, got[level], test.want[level])
				}
			}
		})
	}
}

func raised(published []Observation, thresholds Thresholds) []Observation {
	for i := range published {
		published[i].Thresholds = thresholds
	}
	return published
}

// Withheld levels withhold nothing from the others: only what is published counts.
func TestWhatWasWithheldIsNoDifference(t *testing.T) {
	team := people("1", 1, 12)
	published := publish(team)[:1] // the competencies only
	got, _ := decided(t, published, one(team[:8]), before(5, 3))
	if got[Competency] != 0 || got[Area] == 0 || got[Whole] == 0 {
		t.Errorf("published in %v, want competencies withheld only", got)
	}
	// By the rules of today the competencies give away the areas, too.
	if got, _ := decided(t, published, one(team[:8]), Floor()); got != withheld {
		t.Errorf("published in %v, want all withheld", got)
	}
}

func TestWrongInputIsRefused(t *testing.T) {
	good := people("1", 1, 6)
	twice := append(people("1", 1, 6), Answer{Person: "p01", Assessment: "another"})
	tests := []struct {
		name       string
		published  []Observation
		sets       [][]Answer
		thresholds Thresholds
	}{
		{"thresholds of nought", nil, one(good), Thresholds{}},
		{"no set", nil, nil, Floor()},
		{"a person twice", nil, one(twice), Floor()},
		{"a token missing", nil, one(append(people("1", 1, 6), Answer{Person: "p07"})), Floor()},
		{"a person twice in what was published", publish(twice), one(good), Floor()},
		{"no step", []Observation{{Answers: good}}, one(good), Floor()},
		{"no such level", []Observation{{Level: 3, Answers: good, Step: 0.1}}, one(good), Floor()},
		{"no such kind", []Observation{{Kind: 3, Answers: good, Step: 0.1}}, one(good), Floor()},
		{"two shown in one", []Observation{{Kind: Shown, Answers: good[:2]}}, one(good), Floor()},
		{"low thresholds in what was published", raised(publish(good), before(4, 3)), one(good), Floor()},
	}
	for _, test := range tests {
		if decision, err := Decide(t.Context(), test.published, candidate(test.sets, test.thresholds)); err == nil {
			t.Errorf("%s: no error, published in %v", test.name, stepsOf(decision))
		} else if len(decision.Observations()) > 0 || stepsOf(decision) != withheld {
			t.Errorf("%s: something is published in spite of an error", test.name)
		}
	}
}

func TestThresholds(t *testing.T) {
	for _, low := range []Thresholds{kept(4, 3), kept(5, 2.9), kept(0, 0), kept(5, nan()), {5, 3, 3, KeptRules}} {
		if _, err := NewThresholds(low.Group, low.Known, low.EffectiveGroup); err == nil {
			t.Errorf("%+v is taken", low)
		}
	}
	if err := before(5, 3).Check(); err != nil {
		t.Errorf("the rules before knew nobody: %v", err)
	}
	high, err := NewThresholds(8, 6, 4.5)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		all  []Thresholds
		want Thresholds
	}{
		{nil, kept(5, 3)},
		{[]Thresholds{{}, before(4, 1)}, kept(5, 3)},
		{[]Thresholds{high, Floor()}, high},
		{[]Thresholds{before(6, 5), high, before(7, nan())}, Thresholds{8, 5, 6, KeptRules}},
	}
	for _, test := range tests {
		if got := Strictest(test.all...); got != test.want {
			t.Errorf("Strictest(%v) = %v, want %v", test.all, got, test.want)
		}
	}
}

// A raise asks more for new answers, and nothing in hindsight for the old ones, whose
// cycles promised less; but a promise once made binds all who come later.
func TestRaisesHoldForLaterCycles(t *testing.T) {
	// Whoever leaves in between can be guessed at: the area is known as among four.
	first, second := people("1", 1, 8), people("2", 1, 7)
	published := figures(first, 0.1)
	got, decision := decided(t, published, one(second), before(5, 3))
	if got[Area] == 0 {
		t.Fatal("the second cycle is withheld, so that the test shows nothing")
	}
	published = append(published, decision.Observations()...)
	lowest := smallest(t, published, Area)
	third := people("3", 21, 40)
	for i := range third {
		third[i].Person = fmt.Sprint("q", i)
	}
	third[0].Person = first[0].Person
	strict := before(5, lowest+1)
	if got, _ := decided(t, published, one(third), strict); got != all {
		t.Errorf("after a raise a new group of twenty is published in %v, want %v", got, all)
	}
	if got, _ := decided(t, raised(published, strict), one(third), before(5, 3)); got[Area] != 0 {
		t.Errorf("answers that were promised more are exposed more, in steps of %v", got[Area])
	}
}
