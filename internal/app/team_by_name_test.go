package app_test

import (
	"errors"
	"slices"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Nobody shows anything until they say so; five have to stay unshown; what was shown counts as known though it
// is hidden again.
func TestShowingScoresByName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(8)...)
		everybody := append(names(7), steward)
		cycle := w.open(model.FullForm)
		for _, name := range everybody {
			w.contribute(cycle, name, levels{"": {3}, "design": {4, 4, 4}, "tradeoffs": {5}})
		}
		show := func(name string, show bool) error {
			return w.ShowScores(t.Context(), w.people[name], w.team, cycle, show)
		}
		if err := show("m1", true); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("shown before the close: %v", err)
		}
		w.close(cycle)
		if got := w.outcome("m1", cycle); got.Named != nil || !got.MayShow || got.Shows || !got.Contributed {
			t.Errorf("at first: %+v", got.Named)
		}
		if got := w.outcome("m8", cycle); got.MayShow || got.Contributed {
			t.Error("whoever contributed nothing may show something")
		}
		if err := show("m8", true); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("nothing was contributed, and yet: %v", err)
		}
		w.ok(show("m1", true))
		w.ok(show("m1", true))
		got := w.outcome("m2", cycle)
		// Judgement is the mean of 4, 5 and 3.
		if len(got.Named) != 1 || got.Named[0].Name != "m1" || !slices.Equal(got.Named[0].Scores, []float64{4, 3, 3, 3}) || !got.MayShow || got.Shows {
			t.Errorf("shown are %+v", got.Named)
		}
		if got := w.outcome("m1", cycle); !got.Shows || got.MayShow {
			t.Error("whoever shows is offered to")
		}
		w.ok(show("m1", false))
		if got := w.outcome("m2", cycle); got.Named != nil {
			t.Errorf("hidden again, and yet: %+v", got.Named)
		}
		w.ok(show("m2", true))
		w.ok(show("m3", true))
		// Five of eight are left, one of the three shown hidden again.
		expectFields(t, "a fourth", show("m4", true), "show")
		for _, name := range []string{"m4", "m5"} {
			if got := w.outcome(name, cycle); got.MayShow || got.NamesBlocked != model.TooFew {
				t.Errorf("%s may show: %+v, %q", name, got.MayShow, got.NamesBlocked)
			}
		}
		w.ok(show("m1", true))
		if got := w.outcome("m8", cycle); len(got.Named) != 3 {
			t.Errorf("shown are %+v", got.Named)
		}
		w.ok(w.LeaveTeam(t.Context(), w.people["m2"], w.team))
		if got := w.outcome("m8", cycle); len(got.Named) != 2 {
			t.Errorf("after one left, shown are %+v", got.Named)
		}
		expectFields(t, "in the place of one who left", show("m4", true), "show")
	})
}

// What is shown is that of the assessment that was contributed, and stays when others come.
func TestShownScoresAreFrozen(t *testing.T) {
	w := newTeam(t, names(6)...)
	everybody := append(names(6), steward)
	first := w.run(alike(2, everybody...))
	w.run(alike(4, everybody...))
	w.ok(w.ShowScores(t.Context(), w.people["m1"], w.team, first, true))
	if got := w.outcome("m2", first).Named; len(got) != 1 || got[0].Scores[0] != 2 {
		t.Errorf("shown are %+v", got)
	}
	if got := w.outcome("m2", w.cycles()[0]).Named; got != nil {
		t.Errorf("shown in another cycle are %+v", got)
	}
	few := w.run(alike(3, names(4)...))
	expectFields(t, "in a cycle of too few", w.ShowScores(t.Context(), w.people["m1"], w.team, few, true), "show")
}
