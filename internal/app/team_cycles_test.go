package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestCycleForm(t *testing.T) {
	w := newTeam(t)
	today := model.Zone{}.Day(w.now)
	in := func(days int) string { return today.AddDate(0, 0, days).Format(model.DateLayout) }
	right := model.CycleInput{Name: "Spring", Form: "full", Opens: in(10), Closes: in(20)}
	for name, one := range map[string]struct {
		change func(*model.CycleInput)
		fields []string
	}{
		"nothing":                  {func(i *model.CycleInput) { *i = model.CycleInput{} }, []string{"name", "form", "closes"}},
		"a name too long":          {func(i *model.CycleInput) { i.Name = strings.Repeat("n", 81) }, []string{"name"}},
		"an unknown form":          {func(i *model.CycleInput) { i.Form = "half" }, []string{"form"}},
		"an unknown questionnaire": {func(i *model.CycleInput) { i.Questionnaire = "astrology" }, []string{"questionnaire"}},
		"an opening in the past":   {func(i *model.CycleInput) { i.Opens = in(-1) }, []string{"opens"}},
		"an opening far ahead":     {func(i *model.CycleInput) { i.Opens, i.Closes = in(367), in(370) }, []string{"opens"}},
		"no date":                  {func(i *model.CycleInput) { i.Opens = "soon" }, []string{"opens"}},
		"a close before":           {func(i *model.CycleInput) { i.Closes = in(9) }, []string{"closes"}},
		"a close in the past":      {func(i *model.CycleInput) { i.Opens, i.Closes = "", in(-1) }, []string{"closes"}},
		"no close":                 {func(i *model.CycleInput) { i.Closes = "" }, []string{"closes"}},
		"more than 120 days":       {func(i *model.CycleInput) { i.Closes = in(10 + 121) }, []string{"closes"}},
	} {
		input := right
		one.change(&input)
		_, err := w.MakeCycle(t.Context(), w.manager, w.team, input)
		expectFields(t, name, err, one.fields...)
	}
	planned := must(w.MakeCycle(t.Context(), w.manager, w.team, right))(t)
	page := must(w.CurrentCycle(t.Context(), w.manager, w.team, planned))(t)
	if page.State != model.CyclePlanned || !page.Cycle.OpensAt.Equal(today.AddDate(0, 0, 10)) || !page.Cycle.ClosesAt.Equal(today.AddDate(0, 0, 21)) ||
		page.Cycle.SmallestGroup != 5 || page.Cycle.SmallestEffectiveGroup != 3 {
		t.Errorf("the planned cycle is %+v", page.Cycle)
	}
	for _, one := range []struct{ opens, closes, field string }{
		{in(20), in(30), "opens"}, {in(5), in(10), "closes"}, {in(12), in(13), "opens"}, {"", in(40), "closes"}, {in(10), in(20), "opens"},
	} {
		_, err := w.MakeCycle(t.Context(), w.manager, w.team, model.CycleInput{Name: "Other", Form: "full", Opens: one.opens, Closes: one.closes})
		expectFields(t, "an overlap of "+one.opens+" to "+one.closes, err, one.field)
	}
	for _, one := range [][2]string{{in(21), in(30)}, {"", in(9)}} {
		must(w.MakeCycle(t.Context(), w.manager, w.team, model.CycleInput{Name: "Beside", Form: "full", Opens: one[0], Closes: one[1]}))(t)
	}
	choices := must(w.CycleChoices(t.Context(), w.manager, w.team))(t)
	if len(choices.Questionnaires) != 3 || choices.Chosen.Closes != in(14) {
		t.Errorf("the choices are %+v", choices)
	}
	home := must(w.Team(t.Context(), w.manager, w.team))(t)
	if home.Current.State != model.CycleOpen || len(home.Cycles) != 3 {
		t.Errorf("the home shows %+v", home.Current)
	}
}

// A cycle can be given up until its last day is over, with what was contributed; nothing is published.
func TestCancelledCyclesPublishNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(4)...)
		cycle := w.open(model.FullForm)
		id := w.contribute(cycle, "m1", levels{"": {3}})
		w.ok(w.CancelCycle(t.Context(), w.people[steward], w.team, cycle))
		if _, err := w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the cycle is still there: %v", err)
		}
		// The assessment is free for another cycle.
		other := w.open(model.FullForm)
		w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, other, counting(id)))
		w.now = w.now.AddDate(0, 0, 15)
		expectFields(t, "cancelling after the last day", w.CancelCycle(t.Context(), w.people[steward], w.team, other), "cycle")
		w.ok(w.CloseDueCycles(t.Context()))
		expectFields(t, "cancelling a closed one", w.CancelCycle(t.Context(), w.people[steward], w.team, other), "cycle")
		planned := must(w.MakeCycle(t.Context(), w.people[steward], w.team, model.CycleInput{
			Name: "Later", Form: "full", Opens: w.now.AddDate(0, 0, 2).Format(model.DateLayout), Closes: w.now.AddDate(0, 0, 3).Format(model.DateLayout),
		}))(t)
		expectFields(t, "closing what isn’t open", w.CloseCycle(t.Context(), w.people[steward], w.team, planned), "cycle")
		w.ok(w.CancelCycle(t.Context(), w.people[steward], w.team, planned))
	})
}

// How many have contributed is told from five on, and moves once a day: what happens in a day doesn’t show
// in it, a withdrawal no more than a contribution.
func TestCountOfContributionsMovesOnceADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(6)...)
		cycle := w.open(model.FullForm)
		count := func() int {
			t.Helper()
			return must(w.CurrentCycle(t.Context(), w.people["m6"], w.team, cycle))(t).Contributors
		}
		tick := func() { t.Helper(); w.ok(w.CloseDueCycles(t.Context())) }
		tick()
		for _, name := range names(4) {
			w.contribute(cycle, name, levels{"": {3}})
		}
		next := func() { w.now = model.Zone{}.Day(w.now).AddDate(0, 0, 1).Add(time.Hour); tick() }
		next()
		if got := count(); got != 0 {
			t.Errorf("of four it tells %d", got)
		}
		w.contribute(cycle, "m5", levels{"": {3}})
		w.contribute(cycle, "m6", levels{"": {3}})
		tick()
		if got := count(); got != 0 {
			t.Errorf("on the same day it tells %d", got)
		}
		next()
		if got := count(); got != 6 {
			t.Errorf("on the next day it tells %d, want 6", got)
		}
		w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, cycle, model.ContributionInput{}))
		w.ok(w.LeaveTeam(t.Context(), w.people["m2"], w.team))
		if _, err := w.DeleteEverything(t.Context(), w.people["m3"], true); err != nil {
			t.Fatal(err)
		}
		tick()
		if got := count(); got != 6 {
			t.Errorf("after withdrawals on the same day it tells %d, want 6", got)
		}
		next()
		if got := count(); got != 0 {
			t.Errorf("of the three that are left it tells %d", got)
		}
	})
}

// What doesn’t count is refused with the reason.
func TestContributionsThatDoNotCount(t *testing.T) {
	w := newTeam(t, names(5)...)
	before := w.take("m1", "first-team", model.FullForm, levels{"": {3}})
	w.now = w.now.AddDate(0, 0, 15)
	w.join("late")
	cycle := must(w.MakeCycle(t.Context(), w.people[steward], w.team, model.CycleInput{
		Name: "Spring", Form: "full", Questionnaire: "first-team", Closes: w.now.AddDate(0, 0, 14).Format(model.DateLayout),
	}))(t)
	w.confirm("late")
	pulse := w.take("m1", "first-team", model.PulseForm, levels{"": {3}})
	wider := w.take("m1", "wider-scope", model.FullForm, levels{"": {3}})
	thin := w.take("m1", "first-team", model.FullForm, levels{
		"": {3}, "design": {3, model.Absent, model.Absent}, "debt": {model.Absent}, "vision": {4, 4, model.Blank},
	})
	lateOne := w.take("late", "first-team", model.FullForm, levels{"": {3}})
	for what, one := range map[string]struct{ name, assessment, words string }{
		"finished before":       {"m1", before, "finished from 4 March 2026 to 1 April 2026"},
		"a pulse":               {"m1", pulse, "counts full assessments"},
		"another questionnaire": {"m1", wider, "another questionnaire"},
		"too few answers":       {"m1", thin, "All twelve competencies need a score to count; too little is answered for: Design, Technical debt."},
		"confirmed too late":    {"late", lateOne, "confirmed after this cycle had opened"},
	} {
		err := w.Contribute(t.Context(), w.people[one.name], w.team, cycle, counting(one.assessment))
		expectFields(t, what, err, "assessment")
		if invalid, ok := errors.AsType[*model.Error](err); ok && !strings.Contains(invalid.Message("assessment"), one.words) {
			t.Errorf("%s: %q, want %q", what, invalid.Message("assessment"), one.words)
		}
	}
	offers := w.offers("m1", thin)
	if len(offers) != 1 || len(offers[0].Lacking) != 2 || offers[0].Members != 6 {
		t.Errorf("the offers are %+v", offers)
	}
	for _, id := range []string{before, pulse, wider} {
		if offers := w.offers("m1", id); len(offers) != 0 {
			t.Errorf("offered is %+v", offers)
		}
	}
	good, better := w.take("m1", "first-team", model.FullForm, levels{"": {3}}), w.take("m1", "first-team", model.FullForm, levels{"": {4}})
	page := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle))(t)
	if len(page.Suitable) != 2 || page.Suitable[0].ID != better || page.Mine != nil || !page.Counts || page.Counting != 6 {
		t.Errorf("suitable are %+v", page.Suitable)
	}
	w.acquaint()
	w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, cycle, counting(good)))
	w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, cycle, counting(better)))
	page = must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle))(t)
	offers = w.offers("m1", good)
	if page.Mine == nil || page.Mine.ID != better || len(offers) != 1 || !offers[0].Other || offers[0].Contributed {
		t.Errorf("contributed is %+v, offered %+v", page.Mine, offers)
	}
	if late := must(w.CurrentCycle(t.Context(), w.people["late"], w.team, cycle))(t); late.Counts || late.Suitable != nil {
		t.Errorf("one who was confirmed too late sees %+v", late)
	}
}

// A member confirmed after the opening counts from the next cycle.
func TestWhoIsConfirmedLateCountsFromTheNextCycle(t *testing.T) {
	w := newTeam(t, names(4)...)
	first := w.open(model.FullForm)
	w.join("late")
	w.confirm("late")
	for _, name := range append(names(4), steward) {
		w.contribute(first, name, levels{"": {3}})
	}
	w.close(first)
	second := w.run(alike(3, append(names(4), steward, "late")...))
	if got := []int{w.outcome("late", first).Aggregate.Contributors, w.outcome("late", second).Aggregate.Contributors}; !slices.Equal(got, []int{5, 6}) {
		t.Errorf("contributors are %v, want 5 and 6", got)
	}
}

// Until the close a contribution can be taken back; afterwards nothing goes in or out.
func TestContributionsEndWithTheClose(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(6)...)
		cycle := w.open(model.FullForm)
		for _, name := range append(names(5), steward) {
			w.contribute(cycle, name, levels{"": {3}})
		}
		late := w.take("m6", "first-team", model.FullForm, levels{"": {5}})
		w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, cycle, model.ContributionInput{}))
		w.ok(w.Contribute(t.Context(), w.people["m1"], w.team, cycle, model.ContributionInput{}))
		closes := must(w.CurrentCycle(t.Context(), w.people["m6"], w.team, cycle))(t).Cycle.ClosesAt
		w.now = closes
		for _, closed := range []bool{false, true} {
			if closed {
				w.ok(w.CloseDueCycles(t.Context()))
			}
			err := w.Contribute(t.Context(), w.people["m6"], w.team, cycle, counting(late))
			expectFields(t, "a late contribution", err, "assessment")
			if invalid, ok := errors.AsType[*model.Error](err); ok && invalid.Message("assessment") != "This cycle is closed, so this counts for nothing there. Your assessment is yours as before." {
				t.Errorf("it says %q", invalid.Message("assessment"))
			}
			expectFields(t, "a late withdrawal", w.Contribute(t.Context(), w.people["m2"], w.team, cycle, model.ContributionInput{}), "assessment")
		}
		if got := w.outcome("m1", cycle); got.Aggregate.Contributors != 5 || got.Contributed {
			t.Errorf("published is %+v", got.Aggregate)
		}
		if got := w.outcome("m2", cycle); !got.Contributed || got.Hidden != 5 {
			t.Errorf("a contributor is hidden among %d", got.Hidden)
		}
		// Who contributed what is forgotten: only the ledger's tokens are left.
		if left := must(w.store.Contributions(t.Context(), w.people["m2"]))(t); len(left) != 0 {
			t.Errorf("the closed cycle still knows %v", left)
		}
		must(w.Result(t.Context(), w.people["m6"], late))(t)
	})
}
