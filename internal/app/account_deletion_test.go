package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

func TestFinishedAssessmentIsDeletedWithAllThatHangsOnIt(t *testing.T) {
	w := newWorld(t)
	first, second := w.sit("first-team", model.FullForm, steady), w.sit("first-team", model.FullForm, contrast)
	third := w.sit("first-team", model.FullForm, contrast)
	draft := w.start("first-team", model.FullForm)
	made := w.link(second)
	v := w.visitor()
	share := v.open(made)
	v.rate(share, "debt", "4", "what I saw")
	v.send(share, "Bo")
	kept := v.open(w.link(first, blindly))
	if w.result(third).Rerating == nil {
		t.Fatal("nothing looks back at the second")
	}
	_, err := w.DeleteAssessment(t.Context(), w.manager, second, false)
	expectFields(t, "a deletion that isn't meant", err, "meant")
	_, err = w.DeleteAssessment(t.Context(), w.newManager(), second, false)
	notFound(t, "someone else’s deletion", err)
	_, err = w.DeleteAssessment(t.Context(), w.manager, draft, true)
	notFound(t, "deleting a draft as a finished one", err)
	whole := must(w.WholeHistory(t.Context(), w.manager))(t)
	if erasure := must(w.DeleteAssessment(t.Context(), w.manager, second, true))(t); erasure.Reach != model.ErasedFromFile {
		t.Errorf("the deletion reached %+v", erasure)
	}
	_, err = w.DeleteAssessment(t.Context(), w.manager, second, true)
	notFound(t, "deleting it twice", err)
	_, err = w.Result(t.Context(), w.manager, second)
	notFound(t, "its result", err)
	_, err = w.Invitation(t.Context(), model.OpenInput{Secret: made.Secret})
	notFound(t, "its link", err)
	_, err = w.Shared(t.Context(), v.mentor, share)
	notFound(t, "its share", err)
	_, err = w.EndedShare(t.Context(), v.mentor, share)
	notFound(t, "the end of its share", err)
	if list := must(w.Received(t.Context(), v.mentor))(t); len(list) != 1 || list[0].ShareID != kept {
		t.Errorf("received are %+v", list)
	}
	if result := w.result(third); result.Previous.Assessment.ID != first || result.Rerating != nil {
		t.Errorf("the third is compared with %+v, looks back %+v", result.Previous.Assessment, result.Rerating)
	}
	// What its numbers rest on may be gone, and the export says so.
	export := must(w.WholeHistory(t.Context(), w.manager))(t)
	if !whole.Whole || export.Whole || len(export.Assessments) != 2 {
		t.Errorf("whole %t, then %t, of %d", whole.Whole, export.Whole, len(export.Assessments))
	}
	if again := must(report.Recompute(bytes.NewReader(must(json.Marshal(export))(t))))(t); len(again.Differences) != 0 {
		t.Errorf("recomputed are %v", again.Differences)
	}
}

func TestDeletingEverythingEndsTheShares(t *testing.T) {
	w := newWorld(t)
	made := w.link(w.sit("first-team", model.FullForm, contrast))
	v := w.visitor()
	share := v.open(made)
	v.rate(share, "debt", "4", "")
	if held := must(w.Holdings(t.Context(), w.manager))(t); held.Shares != 1 || held.Reviews != 0 {
		t.Errorf("held are %+v", held)
	}
	if _, err := w.DeleteEverything(t.Context(), w.manager, true); err != nil {
		t.Fatal(err)
	}
	_, err := w.Invitation(t.Context(), model.OpenInput{Secret: made.Secret})
	notFound(t, "the link", err)
	_, err = w.SaveRating(t.Context(), v.mentor, share, "debt", model.RatingInput{Level: "2"})
	if !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a rating gives %v", err)
	}
}
