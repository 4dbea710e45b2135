package app_test

import (
	"errors"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// Whoever knows the id of another manager's assessment learns and changes nothing, and can't even
// tell it from one that does not exist.
func TestOtherManagersAssessmentsAreNotFound(t *testing.T) {
	w := newWorld(t)
	finished := w.sit("first-team", model.FullForm, varied)
	draft := w.start("first-team", model.FullForm)
	w.answer(draft, varied)
	eve := w.newManager()
	for _, id := range []string{finished, draft, "no such id", ""} {
		for name, call := range map[string]func() error{
			"progress":  func() error { _, err := w.Progress(t.Context(), eve, id); return err },
			"questions": func() error { _, err := w.QuestionPage(t.Context(), eve, id, "design"); return err },
			"answers":   func() error { _, err := w.Answers(t.Context(), eve, id); return err },
			"review":    func() error { _, err := w.Review(t.Context(), eve, id); return err },
			"result":    func() error { _, err := w.Result(t.Context(), eve, id); return err },
			"finish":    func() error { return w.Finish(t.Context(), eve, id, true) },
			"deletion":  func() error { return w.DeleteDraft(t.Context(), eve, id) },
			"save": func() error {
				_, err := w.SaveAnswers(t.Context(), eve, id, []app.AnswerInput{{Item: hardToUndo, Level: 1}})
				return err
			},
			"save of nothing": func() error {
				_, err := w.SaveAnswers(t.Context(), eve, id, []app.AnswerInput{{Item: hardToUndo, Level: model.Blank}})
				return err
			},
			"empty save": func() error { _, err := w.SaveAnswers(t.Context(), eve, id, nil); return err },
		} {
			if err := call(); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s of %q gives %v, want not found", name, id, err)
			}
		}
	}
	if summaries := must(w.Results(t.Context(), eve))(t); len(summaries.Drafts)+len(summaries.Finished) != 0 {
		t.Error("the other manager's list is not empty")
	}
	if got := must(w.Answers(t.Context(), w.manager, draft))(t).Get(hardToUndo); got.Level != 4 || got.Revision != 1 {
		t.Errorf("an answer was changed: %+v", got)
	}
}
