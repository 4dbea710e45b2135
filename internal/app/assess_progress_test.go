package app_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

func TestProgressCountsByArea(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	progress := must(w.Progress(t.Context(), w.manager, id))(t)
	if progress.Given != 0 || progress.Asked != 38 || progress.Next != "design" || progress.Minutes != 13 {
		t.Errorf("at the start: %d of %d, next %q, %d minutes", progress.Given, progress.Asked, progress.Next, progress.Minutes)
	}
	if progress.Scope.ID != "first-team" || progress.Craft.ID != "software" {
		t.Errorf("for %+v, %+v", progress.Scope, progress.Craft)
	}
	// "It did not come up" is an answer; a note by itself isn't.
	w.save(id,
		app.AnswerInput{Item: "design.link.hardest-part", Level: "4"},
		app.AnswerInput{Item: "design.first-team.rests-on", Level: "0"},
		app.AnswerInput{Item: "design.first-team.unheard-objection", Level: "2"},
		app.AnswerInput{Item: "tradeoffs.link.choose-again", Level: "", Note: "a note alone"},
		app.AnswerInput{Item: "debt.link.price-of-leaving-it", Level: "1"},
	)
	progress = must(w.Progress(t.Context(), w.manager, id))(t)
	if progress.Given != 4 || progress.Next != "tradeoffs" || progress.Minutes != 12 {
		t.Errorf("later: %d, next %q, %d minutes", progress.Given, progress.Next, progress.Minutes)
	}
	type count struct{ given, asked, competencies int }
	want := map[string]count{"judgement": {3, 10, 3}, "direction": {1, 9, 3}, "people": {0, 9, 3}, "self": {0, 10, 3}}
	for _, area := range progress.Areas {
		if got := (count{area.Given, area.Asked, len(area.Competencies)}); got != want[area.Area.ID] {
			t.Errorf("%s: %+v, want %+v", area.Area.ID, got, want[area.Area.ID])
		}
	}
	w.answer(id, levels{"": {3}})
	progress = must(w.Progress(t.Context(), w.manager, id))(t)
	if progress.Given != 38 || progress.Next != "" || progress.Minutes != 0 {
		t.Errorf("at the end: %d, next %q, %d minutes", progress.Given, progress.Next, progress.Minutes)
	}
}

func TestQuestionPagesFollowTheModel(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	all := w.library.Model.Competencies()
	for i, competency := range all {
		page := must(w.QuestionPage(t.Context(), w.manager, id, competency.ID))(t)
		before, after := "", ""
		if i > 0 {
			before = all[i-1].ID
		}
		if i < len(all)-1 {
			after = all[i+1].ID
		}
		if page.Before != before || page.After != after || page.Position != i+1 || page.Count != 12 {
			t.Errorf("%s: between %q and %q, %d of %d", competency.ID, page.Before, page.After, page.Position, page.Count)
		}
		if page.Area.ID != competency.Area || len(page.Areas) != 4 {
			t.Errorf("%s: area %s of %d", competency.ID, page.Area.ID, len(page.Areas))
		}
		if len(page.Parts) != 1 || page.Parts[0].Competency != competency || page.Address() != competency.ID || len(page.Items()) < 3 || page.Name != competency.Name {
			t.Errorf("%s: the page is %q of %+v", competency.ID, page.Name, page.Parts)
		}
		if part := page.Parts[0]; len(part.Earlier) != 0 || !part.EarlierAt.IsZero() {
			t.Errorf("%s: earlier answers the first time: %v", competency.ID, part.Earlier)
		}
	}
	if _, err := w.QuestionPage(t.Context(), w.manager, id, "juggling"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("an unknown competency gives %v, want not found", err)
	}
}

// A pulse asks one area a page, and each of its competencies leads there, as in an address of an earlier version.
func TestPulseAsksAnAreaAPage(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.PulseForm)
	for i, area := range w.library.Model.Areas {
		for _, competency := range area.Competencies {
			page := must(w.QuestionPage(t.Context(), w.manager, id, competency.ID))(t)
			if page.Name != area.Name || page.Address() != area.Competencies[0].ID || page.Position != i+1 || page.Count != 4 {
				t.Errorf("%s: %q at %s, %d of %d", competency.ID, page.Name, page.Address(), page.Position, page.Count)
			}
			if len(page.Parts) != 3 || len(page.Items()) != 3 {
				t.Errorf("%s: %d competencies, %d questions", competency.ID, len(page.Parts), len(page.Items()))
			}
			if first, last := i == 0, i == 3; (page.Before == "") != first || (page.After == "") != last ||
				!last && page.After != w.library.Model.Areas[i+1].Competencies[0].ID || !first && page.Before != w.library.Model.Areas[i-1].Competencies[0].ID {
				t.Errorf("%s: between %q and %q", competency.ID, page.Before, page.After)
			}
		}
	}
	if _, err := w.QuestionPage(t.Context(), w.manager, id, "juggling"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("an unknown competency gives %v, want not found", err)
	}
}

// How a level is chosen is shown to a manager without another assessment, and the draft begins at its first question.
func TestBeginning(t *testing.T) {
	w := newWorld(t)
	expect := func(when, id string, want model.Beginning) {
		t.Helper()
		if got := must(w.Begin(t.Context(), w.manager, id))(t); got != want {
			t.Errorf("%s: %+v, want %+v", when, got, want)
		}
	}
	first := w.start("first-team", model.FullForm)
	expect("the first time", first, model.Beginning{Next: "design", Example: true})
	w.save(first, app.AnswerInput{Item: hardToUndo, Level: "3"})
	expect("once begun", first, model.Beginning{Next: "design"})
	w.answer(first, levels{"": {3}})
	expect("all answered", first, model.Beginning{})
	w.finish(first)
	if _, err := w.Begin(t.Context(), w.manager, first); !errors.Is(err, model.ErrFinished) {
		t.Errorf("a finished one: %v, want that it is finished", err)
	}
	expect("the second time", w.start("first-team", model.PulseForm), model.Beginning{Next: "design"})
}

// Of several drafts the one last worked on comes first, wherever the manager resumes.
func TestTheDraftLastWorkedOnComesFirst(t *testing.T) {
	w := newWorld(t)
	first := w.start("first-team", model.FullForm)
	w.now = w.now.Add(time.Hour)
	second := w.start("wider-scope", model.FullForm)
	expect := func(id string) {
		t.Helper()
		drafts := must(w.Results(t.Context(), w.manager))(t).Drafts
		if len(drafts) != 2 || drafts[0].Assessment.ID != id || !drafts[0].WorkedAt.Equal(w.now) {
			t.Errorf("first of %d drafts is %+v, want %s", len(drafts), drafts[0], id)
		}
		if draft := must(w.StartChoices(t.Context(), w.manager))(t).Draft; draft.Assessment.ID != id {
			t.Errorf("the start page offers to resume %s, want %s", draft.Assessment.ID, id)
		}
	}
	expect(second)
	w.now = w.now.Add(time.Hour)
	w.save(first, app.AnswerInput{Item: hardToUndo, Level: "3"})
	expect(first)
}

func TestQuestionPageHasTheAnswersOfLastTime(t *testing.T) {
	w := newWorld(t)
	const link, own, objection = "design.link.hardest-part", "design.first-team.rests-on", "design.first-team.unheard-objection"
	first := w.start("first-team", model.FullForm)
	w.answer(first, levels{"": {3}, "design": {2, model.Absent, model.Blank}})
	w.finish(first)
	firstDay := model.Zone{}.Day(w.now)
	w.now = w.now.Add(quarter)
	// The pulse after it asks one item only; the page of the next full one shows that one's answer,
	// which is the latest.
	pulse := w.start("first-team", model.PulseForm)
	w.answer(pulse, levels{"": {5}, "systems": {model.Blank}})
	w.save(pulse, app.AnswerInput{Item: "systems.link.past-the-list", Level: "", Note: "a note alone is no answer"})
	w.finish(pulse)
	w.now = w.now.Add(quarter)
	id := w.start("first-team", model.FullForm)
	w.save(id, app.AnswerInput{Item: own, Level: "1"})
	page := must(w.QuestionPage(t.Context(), w.manager, id, "design"))(t)
	if part := page.Parts[0]; len(part.Earlier) != 1 || part.Earlier[link].Level != 5 || !part.EarlierAt.Equal(firstDay.Add(quarter)) {
		t.Errorf("design: %+v of %v", part.Earlier, part.EarlierAt)
	}
	if page.Answers.Get(own).Level != 1 || page.Answers.Get(objection).Level != model.Blank {
		t.Errorf("design, now: %+v", page.Answers)
	}
	page = must(w.QuestionPage(t.Context(), w.manager, id, "systems"))(t)
	if part := page.Parts[0]; len(part.Earlier) != 3 || !part.EarlierAt.Equal(firstDay) {
		t.Errorf("systems, which the pulse left blank: %+v of %v", part.Earlier, part.EarlierAt)
	}
	// Another scope shares the link items only.
	wider := w.start("wider-scope", model.FullForm)
	page = must(w.QuestionPage(t.Context(), w.manager, wider, "design"))(t)
	if part := page.Parts[0]; len(part.Earlier) != 1 || part.Earlier[link].Level != 5 {
		t.Errorf("another scope: %+v", part.Earlier)
	}
}

func TestFinishedAssessmentHasNoQuestions(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, levels{"": {3}})
	for name, call := range map[string]func() error{
		"progress":  func() error { _, err := w.Progress(t.Context(), w.manager, id); return err },
		"questions": func() error { _, err := w.QuestionPage(t.Context(), w.manager, id, "design"); return err },
		"answers":   func() error { _, err := w.Answers(t.Context(), w.manager, id); return err },
		"review":    func() error { _, err := w.Review(t.Context(), w.manager, id); return err },
		"deletion":  func() error { return w.DeleteDraft(t.Context(), w.manager, id) },
	} {
		if err := call(); !errors.Is(err, model.ErrFinished) {
			t.Errorf("%s gives %v, want the error for a finished assessment", name, err)
		}
	}
}
