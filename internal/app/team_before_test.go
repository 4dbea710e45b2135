package app_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
)

// openCounting opens a cycle of a week that counts what was finished so many days before.
func (w *teamWorld) openCounting(before string) string {
	w.t.Helper()
	w.acquaint()
	return must(w.MakeCycle(w.t.Context(), w.people[steward], w.team, model.CycleInput{
		Name: "Cycle", Form: "full", Before: before, Closes: w.now.AddDate(0, 0, 7).Format(model.DateLayout),
	}))(w.t)
}

// "Since 3 March" means since that day began, where the team’s days are counted; and up to thirty days before count, if
// the steward wants so.
func TestCycleCountsWholeDaysBeforeItOpens(t *testing.T) {
	t.Parallel()
	for before, want := range map[string]struct{ morning, week, month bool }{
		"0": {true, false, false}, "": {true, true, false}, "7": {true, true, false}, "30": {true, true, true},
	} {
		w := newTeam(t, names(5)...)
		opening := w.now.AddDate(0, 1, 0)
		take := func(at time.Time) string {
			w.now = at
			return w.take("m1", "first-team", model.FullForm, levels{"": {3}})
		}
		month, week := take(opening.AddDate(0, 0, -28)), take(opening.AddDate(0, 0, -7))
		morning := take(time.Date(opening.Year(), opening.Month(), opening.Day(), 0, 0, 1, 0, time.UTC))
		w.now = opening
		cycle := w.openCounting(before)
		for id, counts := range map[string]bool{morning: want.morning, week: want.week, month: want.month} {
			if got := len(w.offers("m1", id)) == 1; got != counts {
				t.Errorf("up to %q days before: offered %v, want %v", before, got, counts)
			}
			if err := w.Contribute(t.Context(), w.people["m1"], w.team, cycle, counting(id)); (err == nil) != counts {
				t.Errorf("up to %q days before: %v", before, err)
			}
		}
	}
}

func TestCycleNamesDaysBeforeThatAreWrong(t *testing.T) {
	t.Parallel()
	w := newTeam(t)
	for _, before := range []string{"-1", "31", "two", "1.5"} {
		_, err := w.MakeCycle(t.Context(), w.manager, w.team, model.CycleInput{
			Name: "Cycle", Form: "full", Before: before, Closes: w.now.AddDate(0, 0, 7).Format(model.DateLayout),
		})
		expectFields(t, before, err, "before")
	}
}

// What has counted in one cycle counts in no other of the team, though its days fall into both.
func TestAssessmentCountsInOneCycleAtMost(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(5)...)
	first := w.openCounting("0")
	taken := map[string]string{}
	for _, name := range append(names(5), steward) {
		taken[name] = w.contribute(first, name, levels{"": {3}})
	}
	w.ok(w.CloseCycle(t.Context(), w.people[steward], w.team, first))
	w.now = w.now.AddDate(0, 0, 10)
	second := w.openCounting("30")
	if offers := w.offers("m1", taken["m1"]); len(offers) != 0 {
		t.Errorf("offered again: %+v", offers)
	}
	expectFields(t, "again", w.Contribute(t.Context(), w.people["m1"], w.team, second, counting(taken["m1"])), "assessment")
	if page := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, second))(t); len(page.Suitable) != 0 {
		t.Errorf("suitable are %+v", page.Suitable)
	}
}

// Days that count touch those of the cycle before: the gate takes both for one, so one more person silences the second.
func TestCyclesWhoseCountedDaysTouchAreOne(t *testing.T) {
	t.Parallel()
	for before, published := range map[string]bool{"0": true, "30": false} {
		w := newTeam(t, names(11)...)
		first := w.openCounting("0")
		for _, name := range names(11) {
			w.contribute(first, name, levels{"": {3}})
		}
		w.ok(w.CloseCycle(t.Context(), w.people[steward], w.team, first))
		w.now = w.now.AddDate(0, 0, 29)
		second := w.openCounting(before)
		for _, name := range append(names(11), steward) {
			w.contribute(second, name, levels{"": {3}})
		}
		w.ok(w.CloseCycle(t.Context(), w.people[steward], w.team, second))
		if got := w.outcome("m1", second).Aggregate; (got.Whole.Withheld == model.Published) != published {
			t.Errorf("up to %s days before: %+v", before, got.Whole)
		}
	}
}
