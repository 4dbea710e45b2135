package store_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestCadence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		read := func(manager string) model.Cadence {
			t.Helper()
			cadence, err := s.Cadence(t.Context(), manager)
			if err != nil {
				t.Fatal(err)
			}
			return cadence
		}
		if got := read("ann"); got != (model.Cadence{}) {
			t.Errorf("before anything is chosen it is %+v", got)
		}
		first, then := model.Cadence{PulseWeeks: 6, FullWeeks: 13, ChosenAt: noon}, model.Cadence{FullWeeks: 52, ChosenAt: noon.Add(time.Hour)}
		for _, cadence := range []model.Cadence{first, then} {
			inTx(t, s, func(tx *store.Store) error { return tx.PutCadence(t.Context(), "ann", cadence) })
			if got := read("ann"); got != cadence {
				t.Errorf("it is %+v, want %+v", got, cadence)
			}
		}
		if got := read("bea"); got != (model.Cadence{}) {
			t.Errorf("another manager's is %+v", got)
		}
	})
}
