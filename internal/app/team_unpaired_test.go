package app_test

import (
	"testing"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// One of eight is replaced: the word over those in both is withheld, and a cautious one, from what is published alone,
// stands instead. With the same eight it doesn't.
func TestOneReplacedPersonLeavesACautiousWord(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(8)...)
	first := w.run(alike(2, append(names(7), steward)...))
	if result := w.outcome("m1", first); result.Unpaired != nil {
		t.Errorf("the first cycle is set beside %+v", result.Unpaired)
	}
	second := w.run(alike(4, append(names(8)[1:], steward)...))
	result := w.outcome("m1", second)
	if result.Compared != nil || result.Unpaired == nil || result.Unpaired.Since.ID != first {
		t.Fatalf("compared with %+v, set beside %+v", result.Compared, result.Unpaired)
	}
	for _, id := range []string{model.WholeID, "people", "debt"} {
		if got := result.Unpaired.Changes[id]; got != string(measure.TeamRose) {
			t.Errorf("%s reads %q", id, got)
		}
	}
	third := w.run(alike(4, append(names(8)[1:], steward)...))
	if result := w.outcome("m1", third); result.Compared == nil || result.Unpaired != nil {
		t.Errorf("of the same people: compared with %+v, set beside %+v", result.Compared, result.Unpaired)
	}
	choices, err := w.CycleChoices(t.Context(), w.people[steward], w.team)
	w.ok(err)
	if want := (model.TeamComparable{Since: choices.Comparable[0].Since, People: 8, Replaced: 3}); len(choices.Comparable) != 1 || choices.Comparable[0] != want || want.Since.ID != third {
		t.Errorf("the form of the next cycle says %+v", choices.Comparable)
	}
	if current := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, w.open(model.PulseForm)))(t); current.Comparable != nil {
		t.Errorf("a cycle of pulses is compared with %+v", current.Comparable)
	}
}

// After a cycle that published nothing, the latest that did is still what the next is set beside, as its form says.
func TestAWithheldCycleIsPassedOver(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(8)...)
	all := append(names(7), steward)
	first := w.run(alike(2, all...))
	withheld := w.run(alike(3, names(2)...))
	says := func(where string, one *model.TeamComparable) {
		t.Helper()
		if one == nil || one.Since.ID != first || one.Between == nil || one.Between.ID != withheld || one.Replaced != 0 {
			t.Errorf("%s says %+v", where, one)
		}
	}
	choices := must(w.CycleChoices(t.Context(), w.people[steward], w.team))(t)
	if len(choices.Comparable) != 1 {
		t.Fatalf("the form says %+v", choices.Comparable)
	}
	says("the form", &choices.Comparable[0])
	third := w.open(model.FullForm)
	says("the page", must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, third))(t).Comparable)
	for _, name := range all {
		w.contribute(third, name, levels{"": {4}})
	}
	w.close(third)
	if result := w.outcome("m1", third); result.Compared != nil || result.Unpaired == nil || result.Unpaired.Since.ID != first {
		t.Errorf("compared with %+v, set beside %+v", result.Compared, result.Unpaired)
	}
}

// The cautious word is a function of what both cycles published: whatever else differs, it is the same.
func TestCautiousWordTellsNothingNew(t *testing.T) {
	t.Parallel()
	words := func(given func(number int) model.Level) map[string]string {
		w := newTeam(t, names(8)...)
		w.run(alike(3, append(names(7), steward)...))
		second := map[string]model.Level{}
		for number, name := range names(8) {
			second[name] = given(number)
		}
		return w.outcome("m1", w.run(second)).Unpaired.Changes
	}
	mixed := words(func(number int) model.Level { return model.Level(2 + 2*(number%2)) })
	even := words(func(int) model.Level { return 3 })
	for id, word := range even {
		if mixed[id] != word {
			t.Errorf("%s reads %q and %q, though the means are the same", id, word, mixed[id])
		}
	}
}
