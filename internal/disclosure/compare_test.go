package disclosure

import (
	"slices"
	"testing"
)

// compared returns the levels that may be compared, and what is counted for them.
func compared(t *testing.T, published []Observation, earlier, later []Answer) (steps, []Observation) {
	t.Helper()
	decision, err := DecideComparison(t.Context(), published, earlier, candidate(one(later), before(5, 3)))
	if err != nil {
		t.Fatal(err)
	}
	return stepsOf(decision), decision.Observations()
}

func TestComparisons(t *testing.T) {
	tests := []struct {
		name           string
		earlier, later []Answer
		step           float64
		want           steps
	}{
		{"the same people", people("1", 1, 9), people("2", 1, 9), 0.1, all},
		{"the same people in coarse steps", people("1", 1, 9), people("2", 1, 9), 0.5, steps{0.5, 0.5, 0.5}},
		{"four in both", people("1", 1, 9), people("2", 6, 14), 0.1, withheld},
		{"five in both and five others each", people("1", 1, 10), people("2", 6, 15), 0.1, all},
		{"one who left", people("1", 1, 9), people("2", 1, 8), 0.1, withheld},
		{"two who joined", people("1", 1, 8), people("2", 1, 10), 0.1, withheld},
		{"one who left, in coarse steps", people("1", 1, 20), people("2", 1, 19), 0.5, steps{0.5, 0.5, 0.5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			published := append(figures(test.earlier, test.step), figures(test.later, test.step)...)
			got, counted := compared(t, published, test.earlier, test.later)
			if got != test.want {
				t.Errorf("compared in %v, want %v", got, test.want)
			}
			for _, observation := range counted {
				if observation.Kind != Compared || observation.Step != test.step/2 {
					t.Errorf("counted in steps of %v as kind %v", observation.Step, observation.Kind)
				}
			}
			for _, level := range Levels() {
				if group := smallest(t, append(published, counted...), level); got[level] > 0 && group < 3 {
					t.Errorf("%v: the smallest effective group is %v after the comparison", level, group)
				}
			}
		})
	}
}

// A word is counted, so that later decisions know of it; nothing is counted where
// both means stand published in the finest step.
func TestComparisonsAreCounted(t *testing.T) {
	earlier, later := people("1", 1, 10), people("2", 6, 15)
	_, counted := compared(t, publish(earlier, later), earlier, later)
	if len(counted) != 6 || !slices.Equal(counted[0].Answers, earlier[5:]) || !slices.Equal(counted[1].Answers, later[:5]) {
		t.Errorf("%d observations are counted, of %v; want two of those in both at each level", len(counted), counted)
	}
	if _, counted := compared(t, publish(people("1", 1, 9), people("2", 1, 9)), people("1", 1, 9), people("2", 1, 9)); len(counted) != 0 {
		t.Errorf("%d observations are counted for the same people", len(counted))
	}
}

// Who is withheld in one of the cycles is compared with nothing.
func TestWithheldLevelsAreNotCompared(t *testing.T) {
	earlier, later := people("1", 1, 9), people("2", 1, 9)
	published := append(publish(earlier), figures(later, 0.1)[0])
	if got, _ := compared(t, published, earlier, later); got != (steps{0.1, 0, 0}) {
		t.Errorf("compared in %v, want the competencies only", got)
	}
}

func TestShowing(t *testing.T) {
	team := people("1", 1, 8)
	published := publish(team)
	for i, want := range []bool{true, true, true, false} {
		observation, allowed, err := DecideShowing(t.Context(), published, team, team[i], Floor())
		if err != nil {
			t.Fatal(err)
		}
		if allowed != want {
			t.Errorf("the name of number %d: allowed %v, want %v", i+1, allowed, want)
		}
		if allowed {
			published = append(published, observation)
			if groups := alone(t, published, Area); len(groups) != 7-i {
				t.Errorf("%d answers are left to hide, want %d", len(groups), 7-i)
			}
			if _, again, err := DecideShowing(t.Context(), published, team, team[i], Floor()); err != nil || !again {
				t.Errorf("showing the same again: %v, %v", again, err)
			}
		} else if observation.Answers != nil {
			t.Error("an observation is handed out for what is not allowed")
		}
	}
	for _, level := range []Level{Area, Whole} {
		group := smallest(t, published, level)
		// Five are left, and the rounding of a mean of eight.
		if group < 5 || group > 5.5 {
			t.Errorf("%v: the smallest effective group is %v, want that of five", level, group)
		}
	}
	if _, _, err := DecideShowing(t.Context(), published, team, people("2", 1, 1)[0], Floor()); err == nil {
		t.Error("an answer that is in no set of the cycle can be shown")
	}
}

func TestShowingIsRefused(t *testing.T) {
	team := people("1", 1, 12)
	tests := []struct {
		name       string
		published  []Observation
		answer     Answer
		thresholds Thresholds
		want       bool
	}{
		{"in a team of twelve", publish(team), team[0], Floor(), true},
		{"where twelve have to stay unshown", publish(team), team[0], kept(12, 3), false},
		{"where their side of a split is of five", publish(team, team[:5], team[5:]), team[0], Floor(), false},
		{"where the other side is of five", publish(team, team[:5], team[5:]), team[11], Floor(), true},
		{"where the rest beside a sister team is of five", publish(team, join(team[5:], people("1", 21, 25))), team[0], Floor(), false},
		// Two people left, and the figures of the five who stayed tell what the two
		// answered together. With one of them known, they would tell it of the other.
		{"where somebody else would stand out", publish(team[:7], people("2", 3, 7), people("3", 3, 7), people("4", 3, 7)), team[0], Floor(), false},
	}
	for _, test := range tests {
		_, allowed, err := DecideShowing(t.Context(), test.published, team, test.answer, test.thresholds)
		if err != nil {
			t.Fatal(err)
		}
		if allowed != test.want {
			t.Errorf("showing %s: allowed %v, want %v", test.name, allowed, test.want)
		}
	}
}

// Names that are shown count for all that comes later: a set of six of whom two are
// known is one of four.
func TestShownNamesHideNobodyLater(t *testing.T) {
	team := people("1", 1, 12)
	published := publish(team)
	for _, answer := range team[:2] {
		observation, allowed, err := DecideShowing(t.Context(), published, team, answer, Floor())
		if err != nil || !allowed {
			t.Fatal(allowed, err)
		}
		published = append(published, observation)
	}
	got, _ := decided(t, published, [][]Answer{team[:6], team[6:]}, before(5, 3))
	if got[Competency] == 0 || got[Area] != 0 || got[Whole] != 0 {
		t.Errorf("a split is published in %v, want the competencies only, which nobody showed", got)
	}
	// The areas follow from the competencies: by the rules of today these are withheld, too.
	if got, _ := decided(t, published, [][]Answer{team[:6], team[6:]}, Floor()); got != withheld {
		t.Errorf("a split is published in %v, want it withheld", got)
	}
	if got, _ := decided(t, published, [][]Answer{team[:7], team[7:]}, Floor()); got[Area] == 0 {
		t.Errorf("a split that leaves five unshown on either side is withheld")
	}
}
