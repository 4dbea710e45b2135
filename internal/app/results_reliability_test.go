package app_test

import (
	"testing"

	"whetstone/internal/model"
)

func TestReliabilityComesInStepsFromThoseWhoAllowedIt(t *testing.T) {
	w := newWorld(t)
	allow := func(allowed bool) {
		t.Helper()
		if err := w.AllowReliability(t.Context(), w.manager, allowed); err != nil {
			t.Fatal(err)
		}
	}
	figures := func() []model.NamedReliability {
		t.Helper()
		return must(w.Method(t.Context(), w.manager))(t).Reliabilities
	}
	// Managers who agree with themselves: high on everything, or low on everything, with some grain.
	sit := func(number int) {
		base := model.Level(1 + number%4)
		given := []model.Level{base, base + 1, base, base}
		if number%3 == 0 {
			given = []model.Level{base + 1, base, base, base + 1}
		}
		w.sit("first-team", model.FullForm, levels{"": given})
	}
	for number := range 29 {
		w.manager = w.newManager()
		allow(true)
		sit(number)
	}
	// These don't count: one who didn't allow it, one who took it back, a second assessment, a pulse.
	w.manager = w.newManager()
	sit(1)
	w.manager = w.newManager()
	allow(true)
	allow(false)
	sit(2)
	if got := figures(); len(got) != 0 {
		t.Fatalf("a figure before thirty: %+v", got)
	}
	w.manager = w.newManager()
	allow(true)
	w.sit("first-team", model.PulseForm, steady)
	if got := figures(); len(got) != 0 {
		t.Fatalf("a pulse made a figure: %+v", got)
	}
	// A manager who allows it afterwards counts with what they have finished.
	w.manager = w.newManager()
	sit(3)
	allow(true)
	at30 := figures()
	if len(at30) != 4 {
		t.Fatalf("want a figure for each area, got %+v", at30)
	}
	for _, figure := range at30 {
		if figure.Step != 30 || figure.Persons != 30 || figure.Alpha < 0.9 || figure.Alpha > 1 || figure.Lower >= figure.Alpha || figure.Upper <= figure.Alpha {
			t.Errorf("%s: %+v", figure.AreaName, figure.Reliability)
		}
	}
	w.manager = w.newManager()
	allow(true)
	w.sit("first-team", model.FullForm, steady)
	if got := figures(); len(got) != 4 || got[0] != at30[0] {
		t.Errorf("the figure moved between two steps: %+v", got)
	}
	if !must(w.Method(t.Context(), w.manager))(t).Allowed || must(w.Method(t.Context(), ""))(t).Allowed {
		t.Error("who has allowed it is told wrong")
	}
}
