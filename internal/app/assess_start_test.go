package app_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

func TestStartNamesEachFieldThatIsWrong(t *testing.T) {
	w := newWorld(t)
	for name, test := range map[string]struct {
		change func(*model.StartInput)
		fields []string
	}{
		"no questionnaire": {func(in *model.StartInput) { in.Questionnaire = "" }, []string{"questionnaire"}},
		"unknown one":      {func(in *model.StartInput) { in.Questionnaire = "third-team" }, []string{"questionnaire"}},
		"unknown craft":    {func(in *model.StartInput) { in.Craft = "pottery" }, []string{"craft"}},
		"unknown form":     {func(in *model.StartInput) { in.Form = "long" }, []string{"form"}},
		"all of them": {func(in *model.StartInput) { *in = model.StartInput{} },
			[]string{"questionnaire", "craft", "form"}},
	} {
		input := w.input("first-team", model.FullForm)
		test.change(&input)
		_, _, asNew := w.StartAsNew(t.Context(), "a browser", input)
		expectFields(t, name, asNew, test.fields...)
		_, err := w.Start(t.Context(), w.manager, input)
		expectFields(t, name, err, test.fields...)
	}
	if drafts := must(w.Results(t.Context(), w.manager))(t).Drafts; len(drafts) != 0 {
		t.Errorf("%d drafts were started", len(drafts))
	}
}

func TestStartAsksWhatTheFormAsks(t *testing.T) {
	w := newWorld(t)
	for form, items := range map[model.Form]int{model.FullForm: 38, model.PulseForm: 12} {
		id := w.start("first-team", form)
		progress := must(w.Progress(t.Context(), w.manager, id))(t)
		draft := progress.Assessment
		if progress.Asked != items || len(draft.Sections) != 12 {
			t.Errorf("%s: %d items in %d competencies", form, progress.Asked, len(draft.Sections))
		}
		if draft.QuestionnaireID != "first-team" || draft.Scope != "first-team" || draft.Craft != "software" ||
			draft.Form != form || draft.State != model.Draft || !draft.StartedAt.Equal(w.now) || !draft.PeriodEnd.IsZero() {
			t.Errorf("%s: the draft is %+v", form, draft)
		}
	}
	pulse := must(w.Progress(t.Context(), w.manager, w.start("first-team", model.PulseForm)))(t).Assessment
	whole, _ := w.library.Questionnaire("first-team")
	for i, section := range pulse.Sections {
		if len(section.Items) != 1 || section.Items[0].ID != whole.Sections[i].Pulse {
			t.Errorf("the pulse asks %d of %s, want %s alone", len(section.Items), section.Competency, whole.Sections[i].Pulse)
		}
	}
}

// The first start makes manager, session and draft together, or none of them.
func TestFirstStartMakesAllOrNothing(t *testing.T) {
	w := newWorld(t)
	input := w.input("first-team", model.PulseForm)
	token, id, err := w.StartAsNew(t.Context(), "Firefox on Linux", input)
	if err != nil {
		t.Fatal(err)
	}
	session := w.session(token)
	if got := must(w.Progress(t.Context(), session.ManagerID, id))(t).Assessment; got.ID != id || session.ManagerID == w.manager {
		t.Errorf("%+v belongs to %+v", got, session)
	}
	if devices := must(w.Devices(t.Context(), session))(t); devices.This.Label != "Firefox on Linux" {
		t.Errorf("the devices are %+v", devices)
	}
	// The draft, which is made last, can't be: its id is taken.
	taken := app.New(w.store, w.library, func() time.Time { return w.now }, func() func() string {
		ids := []string{"another manager", id, "another token", "another browser", "another session"}
		return func() string {
			next := ids[0]
			ids = ids[1:]
			return next
		}
	}(), app.Secret)
	if _, _, err := taken.StartAsNew(t.Context(), "", input); err == nil {
		t.Error("a draft was made under an id that is taken")
	}
	if _, _, err := w.Session(t.Context(), "another token"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the session of the failed start: %v, want not found", err)
	}
	if _, err := w.DeleteEverything(t.Context(), "another manager", true); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the manager of the failed start: %v, want not found", err)
	}
	input.Craft = "pottery"
	_, _, err = w.StartAsNew(t.Context(), "", input)
	expectFields(t, "an unknown craft", err, "craft")
}

// Two presses of the button, and a start page that was opened twice, give one draft.
func TestStartingTheSameTwiceGivesOneDraft(t *testing.T) {
	w := newWorld(t)
	first := w.start("first-team", model.FullForm)
	input := w.input("first-team", model.FullForm)
	w.now = w.now.Add(10 * 24 * time.Hour)
	if second := must(w.Start(t.Context(), w.manager, input))(t); second != first {
		t.Errorf("a second start gives %s, not the %s that holds no answer yet", second, first)
	}
	if since := must(w.Progress(t.Context(), w.manager, first))(t).Assessment.PeriodStart; since.Format(model.DateLayout) != "2025-12-13" {
		t.Errorf("the period begins %v, want three months before the later start", since)
	}
	input.Craft = "applied-science"
	other := must(w.Start(t.Context(), w.manager, input))(t)
	if other == first {
		t.Error("a start with another craft gave the same draft")
	}
	w.answer(first, levels{"": {3}})
	if third := w.start("first-team", model.FullForm); third == first || third == other {
		t.Error("a start after the first answers gave a draft that was there")
	}
}

func TestStartBeginsWithUsualChoices(t *testing.T) {
	w := newWorld(t)
	for _, manager := range []string{"", w.manager} {
		choices := must(w.StartChoices(t.Context(), manager))(t)
		if want := (model.StartInput{Form: "full"}); choices.Chosen != want {
			t.Errorf("chosen at first: %+v, want %+v", choices.Chosen, want)
		}
		if len(choices.Questionnaires) != 3 || choices.Questionnaires[0].FullItems != 38 || choices.Questionnaires[0].PulseItems != 12 {
			t.Errorf("on offer: %+v", choices.Questionnaires)
		}
		if len(choices.Crafts) != 2 || choices.Draft != nil {
			t.Errorf("choices: %+v", choices)
		}
	}
}

func TestStartGoesOnFromTheLastAssessment(t *testing.T) {
	w := newWorld(t)
	w.sit("wider-scope", model.FullForm, levels{"": {3}})
	draft := w.start("wider-scope", model.PulseForm)
	choices := must(w.StartChoices(t.Context(), w.manager))(t)
	want := model.StartInput{Questionnaire: "wider-scope", Craft: "software", Form: "full"}
	if choices.Chosen != want {
		t.Errorf("chosen: %+v, want %+v", choices.Chosen, want)
	}
	if choices.Draft == nil || choices.Draft.Assessment.ID != draft {
		t.Errorf("the draft that waits: %+v", choices.Draft)
	}
}

// Whatever the gap since the last time, the period is the last three months: a longer one would lift levels by itself.
func TestThePeriodIsAlwaysTheLastThreeMonths(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	for _, then := range []time.Time{w.now, w.now.AddDate(2, 0, 0), w.now.AddDate(2, 0, 0)} {
		w.now = then
		id := w.start("first-team", model.FullForm)
		draft := must(w.Progress(t.Context(), w.manager, id))(t).Assessment
		if want := (model.Zone{}).Day(then).AddDate(0, -3, 0); !draft.PeriodStart.Equal(want) {
			t.Errorf("started on %v for the time since %v", then, draft.PeriodStart)
		}
		w.answer(id, varied)
		w.finish(id)
	}
}
