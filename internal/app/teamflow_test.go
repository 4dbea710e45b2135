package app_test

import (
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestTeamFromTheFirstPageToTheResult(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(5)...)
		given := map[string]model.Level{steward: 3, "m1": 2, "m2": 3, "m3": 4, "m4": 2, "m5": 4}
		first := w.run(given)
		second := w.run(given)
		for _, cycle := range []string{first, second} {
			result := w.outcome("m3", cycle)
			if result.Aggregate.Contributors != 6 || result.Aggregate.Whole.Mean.Value != 3 {
				t.Errorf("%+v", result.Aggregate)
			}
		}
		t.Logf("%+v", w.outcome("m1", second).Aggregate)
		t.Log(w.outcome("m1", second).Hidden, w.outcome("m1", second).MayShow)
		home := must(w.Team(t.Context(), w.people["m1"], w.team))(t)
		if home.Latest == nil || home.Latest.Cycle.ID != second || len(home.Trends.Results) != 2 {
			t.Errorf("the home is %+v", home)
		}
	})
}
