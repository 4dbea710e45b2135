package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

const secretNote = "the shared build, again"

// noted is an assessment with a note on every item and a name.
func (w *world) noted(given levels) string {
	w.t.Helper()
	id := w.start("first-team", model.FullForm)
	w.answer(id, given)
	draft := must(w.Progress(w.t.Context(), w.manager, id))(w.t).Assessment
	for _, section := range draft.Sections {
		for position, item := range section.Items {
			w.save(id, app.AnswerInput{Item: item.ID, Level: given.of(section.Competency, position).Typed(), Note: secretNote})
		}
	}
	w.finish(id)
	if err := w.Rename(w.t.Context(), w.manager, id, "My own name", ""); err != nil {
		w.t.Fatal(err)
	}
	w.now = w.now.Add(quarter)
	return id
}

// everything is all that a mentor can see through a share, as one text.
func (v *visitor) everything(share string) string {
	v.w.t.Helper()
	t, ctx := v.w.t, v.w.t.Context()
	pages := []any{must(v.w.Shared(ctx, v.mentor, share))(t), must(v.w.Received(ctx, v.mentor))(t)}
	if page, err := v.w.RatingPage(ctx, v.mentor, share, "debt"); err == nil {
		pages = append(pages, page)
	}
	if page, err := v.w.SideBySide(ctx, v.mentor, share); err == nil {
		pages = append(pages, page)
	}
	if page, err := v.w.SharedResult(ctx, v.mentor, share); err == nil {
		pages = append(pages, page)
	}
	if page, err := v.w.SharedHistory(ctx, v.mentor, share); err == nil {
		pages = append(pages, page)
	}
	return string(must(json.Marshal(pages))(t))
}

func TestEachBoxOpensItsOwnPagesAlone(t *testing.T) {
	w := newWorld(t)
	w.noted(steady)
	id := w.noted(contrast)
	for bits := range 16 {
		scope := model.ShareScope{Result: bits&1 > 0, History: bits&2 > 0, Notes: bits&4 > 0, Rating: bits&8 > 0}
		input := shareInput()
		input.Result, input.History, input.Notes, input.Rating = scope.Result, scope.History, scope.Notes, scope.Rating
		made, err := w.MakeShare(t.Context(), w.manager, id, input)
		if !scope.Result && (!scope.Rating || scope.History || scope.Notes) {
			expectFields(t, "a share that shows nothing", err, "scope")
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		v := w.visitor()
		share := v.open(made)
		if scope.Result {
			v.reveal(share, model.RevealAll)
		}
		_, err = w.SharedResult(t.Context(), v.mentor, share)
		opens(t, scope, "the result", err, scope.Result)
		_, err = w.SharedHistory(t.Context(), v.mentor, share)
		opens(t, scope, "the history", err, scope.History)
		_, err = w.SideBySide(t.Context(), v.mentor, share)
		opens(t, scope, "side by side", err, scope.Result && scope.Rating)
		_, err = w.RatingPage(t.Context(), v.mentor, share, "debt")
		opens(t, scope, "the page of a rating", err, scope.Rating)
		_, err = w.SaveRating(t.Context(), v.mentor, share, "debt", model.RatingInput{Level: "2"})
		opens(t, scope, "a rating", err, scope.Rating)
		_, _, err = w.SaveWords(t.Context(), v.mentor, share, model.WordsInput{Overall: "well"})
		opens(t, scope, "words", err, scope.Rating)
		_, _, err = w.SendReview(t.Context(), v.mentor, share, model.WordsInput{Overall: "well"})
		opens(t, scope, "sending", err, scope.Rating)
		seen := v.everything(share)
		if strings.Contains(seen, secretNote) != scope.Notes {
			t.Errorf("%+v: a note is seen: %t", scope, !scope.Notes)
		}
		if scope.Result {
			result := must(w.SharedResult(t.Context(), v.mentor, share))(t).Result
			if (result.Previous != nil) != scope.History || (result.Whole.Judgement != nil) != scope.History {
				t.Errorf("%+v: the result is compared with %+v", scope, result.Previous)
			}
		}
		for _, private := range []string{"My own name", "my mentor in platform", w.manager, made.Share.SecretHash} {
			if strings.Contains(seen, private) {
				t.Errorf("%+v: %q is seen", scope, private)
			}
		}
	}
}

func opens(t *testing.T, scope model.ShareScope, what string, err error, allowed bool) {
	t.Helper()
	if allowed && err != nil {
		t.Errorf("%+v: %s gives %v", scope, what, err)
	}
	if !allowed {
		notFound(t, what, err)
	}
}

// What is shared never changes under the mentor's eyes.
func TestShareIsBoundToItsAssessment(t *testing.T) {
	w := newWorld(t)
	w.noted(steady)
	id := w.noted(contrast)
	v := w.visitor()
	share := v.open(w.link(id))
	v.reveal(share, model.RevealAll)
	before := v.everything(share)
	targets := []model.Target{{Competency: "debt", Value: 2, Importance: 1}}
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(targets...)); err != nil {
		t.Fatal(err)
	}
	if err := w.Rename(t.Context(), w.manager, id, "Another name", app.SeenName("My own name")); err != nil {
		t.Fatal(err)
	}
	w.noted(levels{"": {5}})
	offer := w.result(w.sit("first-team", model.FullForm, contrast)).Rerating
	if err := w.AnswerRerating(t.Context(), w.manager, offer.AssessmentID, lookBack(offer, 1)); err != nil {
		t.Fatal(err)
	}
	w.link(id, func(i *model.ShareInput) { i.Question = "Another question" })
	other := w.visitor()
	elsewhere := other.open(w.link(id))
	other.rate(elsewhere, "debt", "1", "what another mentor says")
	other.send(elsewhere, "Another mentor")
	review := w.conversation(id).Reviews[0]
	if err := w.ProposeLevel(t.Context(), w.manager, id, review.ID, "debt", model.AgreementInput{Level: "2", Sentence: "With another."}); err != nil {
		t.Fatal(err)
	}
	if err := w.extend(share, "90"); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(quarter / 2)
	// The time of the share's end alone has changed.
	shared := must(w.Shared(t.Context(), v.mentor, share))(t)
	strip := func(text, end string) string { return strings.ReplaceAll(text, end, "THE END") }
	was := string(must(json.Marshal(must(w.Share(t.Context(), w.manager, share))(t).Share.CreatedAt.AddDate(0, 0, 14)))(t))
	if strip(before, was) != strip(v.everything(share), string(must(json.Marshal(shared.Share.ExpiresAt))(t))) {
		t.Error("what the mentor sees has changed")
	}
}

// An answered look back of a shared assessment stays the manager's.
func TestLookBackIsNotShared(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	id := w.sit("first-team", model.FullForm, contrast)
	offer := w.result(id).Rerating
	if err := w.AnswerRerating(t.Context(), w.manager, id, lookBack(offer, 1)); err != nil {
		t.Fatal(err)
	}
	v := w.visitor()
	share := v.open(w.link(id))
	v.reveal(share, model.RevealAll)
	result, history := must(w.SharedResult(t.Context(), v.mentor, share))(t).Result, must(w.SharedHistory(t.Context(), v.mentor, share))(t).History
	if result.Rerating != nil || history.Results[1].Rerating != nil || history.Drafts != 0 {
		t.Error("the look back is shared")
	}
	if w.result(id).Rerating == nil || w.history().Results[1].Rerating == nil {
		t.Error("the manager's own look back is gone")
	}
}
