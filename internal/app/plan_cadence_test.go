package app_test

import (
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

func (w *world) next() model.NextAssessment {
	w.t.Helper()
	return must(w.NextAssessment(w.t.Context(), w.manager, model.Zone{}))(w.t)
}

// Until a manager chooses, a cadence is only proposed, and nothing is due by it.
func TestNothingIsDueBeforeACadenceIsChosen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	w.now = w.now.Add(2 * quarter)
	if got := w.next(); got.Cadence != model.ProposedCadence || got.Due.Form != model.FullForm || len(got.Dated()) != 0 || got.Come(w.now) {
		t.Errorf("before it is %+v", got)
	}
	w.ok(w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: model.UsualRhythm}))
	if got := w.next(); !got.Come(w.now) || len(got.Dated()) != 1 {
		t.Errorf("then it is %+v", got)
	}
	today := model.Zone{}.Day(w.now)
	w.sit("first-team", model.FullForm, steady)
	w.now = w.now.Add(-quarter)
	want := []model.Due{{Form: model.PulseForm, Day: today.AddDate(0, 0, 42)}, {Form: model.FullForm, Day: today.AddDate(0, 0, 91)}}
	if got := w.next(); got.Come(today) || len(got.Dated()) != 2 || got.Dated()[0] != want[0] || got.Dated()[1] != want[1] {
		t.Errorf("after it is %+v", got)
	}
	w.ok(w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: model.NoRhythm}))
	if got := w.next(); !got.Off() || !got.Cadence.Chosen() || len(got.Dated()) != 0 {
		t.Errorf("turned off it is %+v", got)
	}
	if theirs := must(w.NextAssessment(t.Context(), w.newManager(), model.Zone{}))(t); theirs.Cadence.Chosen() || !theirs.First {
		t.Errorf("another manager has %+v", theirs)
	}
}

func TestCadenceNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for what, one := range map[string]struct {
		input model.CadenceInput
		want  []string
	}{
		"nothing chosen":           {model.CadenceInput{}, []string{"rhythm"}},
		"no weeks":                 {model.CadenceInput{Rhythm: model.OwnRhythm}, []string{"pulse"}},
		"no numbers":               {model.CadenceInput{Rhythm: model.OwnRhythm, Pulse: "a few", Full: "1.5"}, []string{"pulse", "full"}},
		"too few and too many":     {model.CadenceInput{Rhythm: model.OwnRhythm, Pulse: "0", Full: "53"}, []string{"pulse", "full"}},
		"a pulse that never comes": {model.CadenceInput{Rhythm: model.OwnRhythm, Pulse: "6", Full: "7"}, []string{"pulse"}},
		"as often as full ones":    {model.CadenceInput{Rhythm: model.OwnRhythm, Pulse: "6", Full: "6"}, []string{"pulse"}},
	} {
		expectFields(t, what, w.SaveCadence(t.Context(), w.manager, one.input), one.want...)
	}
	if w.next().Cadence.Chosen() {
		t.Error("something was kept")
	}
	for what, one := range map[string]struct {
		input model.CadenceInput
		want  model.Cadence
	}{
		"pulses alone": {model.CadenceInput{Rhythm: model.OwnRhythm, Pulse: " 4 "}, model.Cadence{PulseWeeks: 4}},
		"full alone":   {model.CadenceInput{Rhythm: model.OwnRhythm, Full: "52"}, model.Cadence{FullWeeks: 52}},
		"both":         {model.CadenceInput{Rhythm: model.OwnRhythm, Pulse: "1", Full: "12"}, model.Cadence{PulseWeeks: 1, FullWeeks: 12}},
		"usual":        {model.CadenceInput{Rhythm: model.UsualRhythm, Pulse: "7"}, model.ProposedCadence},
	} {
		w.ok(w.SaveCadence(t.Context(), w.manager, one.input))
		if got := w.next().Cadence; got.PulseWeeks != one.want.PulseWeeks || got.FullWeeks != one.want.FullWeeks {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

// What was chosen elsewhere since a page was shown is not overwritten by it unasked.
func TestCadenceChangedElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seen := app.SeenCadence(model.Cadence{})
	save := func(rhythm, full, seen string) error {
		return w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: rhythm, Full: full, Seen: seen})
	}
	w.ok(save(model.UsualRhythm, "", seen))
	w.now = w.now.Add(time.Hour)
	w.ok(save(model.UsualRhythm, "", seen)) // sent again
	if got := w.next().Cadence.ChosenAt; !got.Equal(w.now.Add(-time.Hour)) {
		t.Errorf("the same choice counts from %s", got)
	}
	if err := save(model.OwnRhythm, "26", seen); model.KindOf(err) != model.Conflict {
		t.Errorf("from an old page: %v", err)
	}
	if got := w.next().Cadence; !got.Like(model.ProposedCadence) {
		t.Errorf("now it is %+v", got)
	}
	w.ok(save(model.OwnRhythm, "26", app.SeenCadence(w.next().Cadence)))
	if got := w.next().Cadence; got.FullWeeks != 26 || got.PulseWeeks != 0 {
		t.Errorf("in the end it is %+v", got)
	}
}
