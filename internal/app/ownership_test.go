package app_test

import (
	"errors"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// Knowing the id of another manager's assessment, one learns and changes nothing, and can't even tell it from one that
// doesn't exist.
func TestOtherManagersAssessmentsAreNotFound(t *testing.T) {
	w := newWorld(t)
	finished := w.sit("first-team", model.FullForm, varied)
	draft := w.start("first-team", model.FullForm)
	w.answer(draft, varied)
	eve := w.newManager()
	for _, id := range []string{finished, draft, "no such id", ""} {
		for name, call := range map[string]func() error{
			"progress":  func() error { _, err := w.Progress(t.Context(), eve, id); return err },
			"begin":     func() error { _, err := w.Begin(t.Context(), eve, id); return err },
			"questions": func() error { _, err := w.QuestionPage(t.Context(), eve, id, "design"); return err },
			"answers":   func() error { _, err := w.Answers(t.Context(), eve, id); return err },
			"review":    func() error { _, err := w.Review(t.Context(), eve, id); return err },
			"result":    func() error { _, err := w.Result(t.Context(), eve, id); return err },
			"finish":    func() error { return w.Finish(t.Context(), eve, id, true, model.Zone{}) },
			"deletion":  func() error { return w.DeleteDraft(t.Context(), eve, id) },
			"save": func() error {
				_, err := w.SaveAnswers(t.Context(), eve, id, []app.AnswerInput{{Item: hardToUndo, Level: "1"}})
				return err
			},
			"save of nothing": func() error {
				_, err := w.SaveAnswers(t.Context(), eve, id, []app.AnswerInput{{Item: hardToUndo, Level: ""}})
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

// The same holds for shares, by managers and by mentors: every id of someone else's looks like one that doesn't exist.
func TestOtherPeoplesSharesAreNotFound(t *testing.T) {
	w := newWorld(t)
	c := w.talk()
	other := w.talk() // a quarter later
	ok(t, "the extension", w.extend(c.share, "9"))
	eve, stranger := w.newManager(), w.visitor()
	agree := model.AgreementInput{Level: "3", Sentence: "x"}
	for name, call := range map[string]func() error{
		"form":         func() error { _, err := w.ShareForm(t.Context(), eve, c.assessment, ""); return err },
		"making":       func() error { _, err := w.MakeShare(t.Context(), eve, c.assessment, shareInput()); return err },
		"new preview":  func() error { _, err := w.PreviewShare(t.Context(), eve, c.assessment, shareInput()); return err },
		"share":        func() error { _, err := w.Share(t.Context(), eve, c.share); return err },
		"preview":      func() error { _, err := w.SharePreview(t.Context(), eve, c.share); return err },
		"extending":    func() error { return w.ExtendShare(t.Context(), eve, c.share, "9", "") },
		"extending on": func() error { return w.ExtendShare(t.Context(), eve, c.share, "x", "") },
		"revoking":     func() error { return w.RevokeShare(t.Context(), eve, c.share) },
		"conversation": func() error { _, err := w.Conversation(t.Context(), eve, c.assessment); return err },
		"export":       func() error { _, err := w.ConversationExport(t.Context(), eve, c.assessment); return err },
		"removing":     func() error { return w.RemoveShare(t.Context(), eve, c.share) },
		"reading":      func() error { return w.ReadReview(t.Context(), eve, c.assessment, c.review, "") },
		"proposal":     func() error { return w.ProposeLevel(t.Context(), eve, c.assessment, c.review, "debt", agree) },
		"confirmation": func() error { return w.ConfirmLevel(t.Context(), eve, c.assessment, c.review, "debt", "1") },
		"withdrawal":   func() error { return w.WithdrawLevel(t.Context(), eve, c.assessment, c.review, "debt", "1") },
		"deletion":     func() error { _, err := w.DeleteAssessment(t.Context(), eve, c.assessment, true); return err },
		// A review of another assessment of one's own.
		"other review": func() error { return w.ReadReview(t.Context(), w.manager, c.assessment, other.review, "") },
		"other level":  func() error { return w.ProposeLevel(t.Context(), w.manager, c.assessment, other.review, "debt", agree) },
	} {
		notFound(t, name, call())
	}
	for what, mentor := range map[string]model.Mentor{"another mentor": other.mentor, "nobody": stranger.mentor, "a made-up one": {ID: "made up"}} {
		for name, call := range map[string]func() error{
			"share":   func() error { _, err := w.Shared(t.Context(), mentor, c.share); return err },
			"to rate": func() error { _, err := w.SharedToRate(t.Context(), mentor, c.share); return err },
			"end":     func() error { _, err := w.EndedShare(t.Context(), mentor, c.share); return err },
			"page":    func() error { _, err := w.RatingPage(t.Context(), mentor, c.share, "debt"); return err },
			"rating": func() error {
				_, err := w.SaveRating(t.Context(), mentor, c.share, "debt", model.RatingInput{Level: "1"})
				return err
			},
			"words": func() error {
				_, _, err := w.SaveWords(t.Context(), mentor, c.share, model.WordsInput{Overall: "x"})
				return err
			},
			"sending": func() error {
				_, _, err := w.SendReview(t.Context(), mentor, c.share, model.WordsInput{Overall: "x"})
				return err
			},
			"reveal":       func() error { return w.Reveal(t.Context(), mentor, c.share, model.RevealAll) },
			"side by side": func() error { _, err := w.SideBySide(t.Context(), mentor, c.share); return err },
			"result":       func() error { _, err := w.SharedResult(t.Context(), mentor, c.share); return err },
			"history":      func() error { _, err := w.SharedHistory(t.Context(), mentor, c.share); return err },
			"proposal":     func() error { return w.MentorProposeLevel(t.Context(), mentor, c.share, "debt", agree) },
			"confirmation": func() error { return w.MentorConfirmLevel(t.Context(), mentor, c.share, "debt", "1") },
			"withdrawal":   func() error { return w.MentorWithdrawLevel(t.Context(), mentor, c.share, "debt", "1") },
			"forgetting":   func() error { return w.ForgetShare(t.Context(), mentor, c.share, true) },
		} {
			notFound(t, name+" by "+what, call())
		}
	}
	if list := must(w.Shares(t.Context(), eve))(t); len(list) != 0 {
		t.Error("the other manager has shares")
	}
	if revoked := must(w.RevokeShares(t.Context(), eve))(t); revoked != 0 {
		t.Errorf("the other manager revoked %d", revoked)
	}
	if list := must(w.Received(t.Context(), stranger.mentor))(t); len(list) != 0 {
		t.Error("nobody has received something")
	}
	if rating := c.rating(c.share, "debt"); rating.Level != 4 || rating.Revision != 1 {
		t.Errorf("a rating was changed: %+v", rating)
	}
}
