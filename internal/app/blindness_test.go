package app_test

import (
	"sync"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// blindShare is a share with result and ratings, opened by a new mentor.
func (w *world) blindShare(assessment string) (*visitor, string) {
	w.t.Helper()
	v := w.visitor()
	return v, v.open(w.link(assessment, blindly))
}

func TestRatingAfterTheRevealStandsApart(t *testing.T) {
	w := newWorld(t)
	v, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	if saved := v.rate(share, "debt", "4", "I saw it in the release"); saved.Revision != 1 || saved.Later || saved.Conflict {
		t.Errorf("before: %+v", saved)
	}
	v.rate(share, "debt", "5", "I saw it in the release")
	v.reveal(share, "debt")
	if saved := v.rate(share, "debt", "2", "I saw it in the release"); !saved.Later || saved.Revision != 3 {
		t.Errorf("after: %+v", saved)
	}
	rating := v.rating(share, "debt")
	if rating.Level != 5 || rating.Later != 2 || rating.Current() != 2 || !rating.Blind() || rating.Looked() || rating.Comment == "" {
		t.Errorf("kept is %+v", rating)
	}
	row := v.beside(share).Rows[0]
	if row.Agreement.MentorMean != 5 || row.Agreement.Mentors != 1 || row.Agreement.Verdict != measure.SelfLower || row.MentorLower >= 5 || row.MentorUpper <= 5 {
		t.Errorf("side by side: %+v", row.Agreement)
	}
	// The first one again is no later one; a comment alone is none either.
	if saved := v.rate(share, "debt", "5", "I saw it in the release, twice"); !saved.Later {
		t.Errorf("back: %+v", saved)
	}
	if saved := v.rate(share, "debt", "5", "thrice"); saved.Later {
		t.Errorf("a comment: %+v", saved)
	}
	if rating := v.rating(share, "debt"); rating.Level != 5 || rating.Later != model.Blank || rating.Comment != "thrice" {
		t.Errorf("kept is %+v", rating)
	}
}

func TestWhoLooksFirstIsNotBlind(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "", "before I look")
	v.reveal(share, "debt")
	if saved := v.rate(share, "debt", "2", "before I look"); !saved.Later {
		t.Errorf("saved: %+v", saved)
	}
	if rating := v.rating(share, "debt"); !rating.Looked() || rating.Blind() || rating.Later != 2 {
		t.Errorf("kept is %+v", rating)
	}
	if row := v.beside(share).Rows[0]; row.Agreement.Verdict != measure.NoAgreement || row.Agreement.Mentors != 0 || row.MentorUpper != 0 {
		t.Errorf("side by side: %+v", row)
	}
	v.send(share, "Bo")
	row := w.conversation(id).Rows[0]
	if len(row.Ratings) != 1 || row.Ratings[0].Rating.Later != 2 || !row.Ratings[0].Rating.Looked() || row.Agreement.Mentors != 0 {
		t.Errorf("in conversation: %+v", row)
	}
}

func TestNotObservedIsAWordButNoLevel(t *testing.T) {
	w := newWorld(t)
	v, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	v.rate(share, "debt", "0", "")
	v.rate(share, "coaching", "3", "")
	v.reveal(share, model.RevealRated)
	beside := v.beside(share)
	if len(beside.Rows) != 2 || beside.Rows[0].Rating.Blind() || beside.Rows[0].Rating.Looked() ||
		beside.Rows[0].Agreement.Verdict != measure.NoAgreement {
		t.Errorf("side by side: %+v", beside.Rows)
	}
	if given, toReveal := beside.Shared.Given(); given != 2 || toReveal != 0 {
		t.Errorf("%d given, %d to reveal", given, toReveal)
	}
}

// Before a reveal no page of a mentor holds a score, whichever address they try.
func TestNothingIsSeenBeforeItIsRevealed(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	v := w.visitor()
	share := v.open(w.link(w.sit("first-team", model.FullForm, contrast)))
	v.rate(share, "debt", "3", "")
	if beside := v.beside(share); len(beside.Rows) != 0 || len(beside.Discuss) != 0 {
		t.Errorf("side by side shows %+v", beside.Rows)
	}
	result, history := must(w.SharedResult(t.Context(), v.mentor, share))(t), must(w.SharedHistory(t.Context(), v.mentor, share))(t)
	if result.Result != nil || result.Unrated != 11 || history.History != nil || history.Unrated != 11 {
		t.Errorf("result %+v, history %+v", result, history)
	}
	shared := must(w.Shared(t.Context(), v.mentor, share))(t)
	if shared.Assessment.Noise != (measure.Noise{}) || shared.Assessment.Constants != (measure.Constants{}) || shared.Earlier != 1 {
		t.Errorf("the share holds %+v", shared.Assessment)
	}
	for _, competency := range shared.Competencies {
		if competency.Section.Target != 0 || competency.Section.Importance != 0 || competency.Section.Definition == "" {
			t.Errorf("the target of %s is seen: %+v", competency.ID, competency.Section)
		}
	}
	v.reveal(share, "debt")
	beside := v.beside(share)
	if len(beside.Rows) != 1 || beside.Rows[0].Competency.ID != "debt" || beside.Rows[0].Competency.Judgement != nil {
		t.Errorf("side by side shows %+v", beside.Rows)
	}
	if result := must(w.SharedResult(t.Context(), v.mentor, share))(t); result.Result != nil || result.Unrated != 11 {
		t.Errorf("one competency revealed the result: %+v", result)
	}
	notFound(t, "revealing what isn't there", w.Reveal(t.Context(), v.mentor, share, "pottery"))
	v.reveal(share, model.RevealAll)
	result, history = must(w.SharedResult(t.Context(), v.mentor, share))(t), must(w.SharedHistory(t.Context(), v.mentor, share))(t)
	if result.Result == nil || result.Unrated != 0 || len(history.History.Results) != 2 {
		t.Errorf("after all: result %+v, history %+v", result, history)
	}
}

// A second link to the same assessment can't make anybody blind again, nor can withdrawing.
func TestWhatWasRevealedStaysRevealed(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v := w.visitor()
	shown := v.open(w.link(id, func(i *model.ShareInput) { *i = model.ShareInput{Label: "a", Sharer: "b", Days: "1", Result: true} }))
	if result := must(w.SharedResult(t.Context(), v.mentor, shown))(t); result.Result == nil {
		t.Error("a share without ratings has a gate")
	}
	share := v.open(w.link(id, blindly))
	if saved := v.rate(share, "debt", "2", ""); !saved.Later {
		t.Errorf("the rating counts as blind: %+v", saved)
	}
	if err := w.ForgetShare(t.Context(), v.mentor, share, true); err != nil {
		t.Fatal(err)
	}
	share = v.open(w.link(id, func(i *model.ShareInput) { i.Result, i.History, i.Notes = false, false, false }))
	if rating := v.rating(share, "debt"); rating.Current() != model.Blank || !rating.Looked() {
		t.Errorf("after the withdrawal: %+v", rating)
	}
	if saved := v.rate(share, "debt", "2", ""); !saved.Later {
		t.Errorf("the rating counts as blind: %+v", saved)
	}
	notFound(t, "a reveal of what isn't shown", w.Reveal(t.Context(), v.mentor, share, model.RevealAll))
	_, err := w.SideBySide(t.Context(), v.mentor, share)
	notFound(t, "side by side of what isn't shown", err)
}

// A mentor who saw the history has seen the earlier assessments, too.
func TestHistoryRevealsTheEarlierAssessments(t *testing.T) {
	for name, scope := range map[string]func(*model.ShareInput){
		"on request": func(*model.ShareInput) {},
		"at once":    func(i *model.ShareInput) { i.Rating = false },
	} {
		w := newWorld(t)
		earlier := w.sit("first-team", model.FullForm, steady)
		latest := w.sit("first-team", model.FullForm, contrast)
		after := w.sit("first-team", model.FullForm, contrast)
		v := w.visitor()
		share := v.open(w.link(latest, scope))
		if name == "on request" {
			v.reveal(share, "debt")
			if saved := v.rate(v.open(w.link(earlier, blindly)), "coaching", "4", ""); saved.Later {
				t.Errorf("%s: one competency revealed the earlier ones", name)
			}
			v.reveal(share, model.RevealAll)
		}
		if saved := v.rate(v.open(w.link(earlier, blindly)), "debt", "2", ""); !saved.Later {
			t.Errorf("%s: the earlier assessment is rated blind: %+v", name, saved)
		}
		if saved := v.rate(v.open(w.link(after, blindly)), "debt", "2", ""); saved.Later {
			t.Errorf("%s: a later assessment isn't blind: %+v", name, saved)
		}
	}
}

// Having every competency shown one by one shows nothing of the earlier assessments, through no link.
func TestRevealingOneByOneShowsNoHistory(t *testing.T) {
	w := newWorld(t)
	earlier := w.sit("first-team", model.FullForm, steady)
	latest := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(latest)
	shares := []string{share, v.open(w.link(latest))}
	for i, competency := range must(w.Shared(t.Context(), v.mentor, share))(t).Competencies {
		v.reveal(shares[i%2], competency.ID)
	}
	for _, one := range shares {
		if result := must(w.SharedResult(t.Context(), v.mentor, one))(t).Result; result == nil || result.Previous != nil {
			t.Errorf("the result is %+v", result)
		}
	}
	if history := must(w.SharedHistory(t.Context(), v.mentor, shares[1]))(t); history.History != nil || history.Unrated != 0 {
		t.Errorf("the history is %+v", history)
	}
	if saved := v.rate(v.open(w.link(earlier, blindly)), "debt", "2", ""); saved.Later {
		t.Error("the earlier assessment isn’t blind")
	}
	v.reveal(shares[1], model.RevealAll)
	if history := must(w.SharedHistory(t.Context(), v.mentor, shares[1]))(t); history.History == nil {
		t.Error("the history doesn’t open")
	}
	if result := must(w.SharedResult(t.Context(), v.mentor, shares[0]))(t).Result; result.Previous != nil {
		t.Error("the share without history compares")
	}
	if saved := v.rate(v.open(w.link(earlier, blindly)), "coaching", "2", ""); !saved.Later {
		t.Error("the earlier assessment is blind")
	}
}

// The rating either counts as given before or stands apart, and a level that was revealed never changes.
func TestRevealAndSaveAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		id := w.sit("first-team", model.FullForm, contrast)
		for range 10 {
			v, share := w.blindShare(id)
			v.rate(share, "debt", "3", "")
			seen := app.SeenRating(v.rating(share, "debt"))
			var running sync.WaitGroup
			var saved model.SavedRating
			running.Go(func() {
				var err error
				saved, err = w.SaveRating(t.Context(), v.mentor, share, "debt", model.RatingInput{Level: "5", Seen: seen})
				if err != nil {
					t.Error(err)
				}
			})
			running.Go(func() {
				if err := w.Reveal(t.Context(), v.mentor, share, model.RevealRated); err != nil {
					t.Error(err)
				}
			})
			running.Wait()
			want := model.Rating{Level: 5, Later: model.Blank}
			if saved.Later {
				want = model.Rating{Level: 3, Later: 5}
			}
			if got := v.rating(share, "debt"); got.Level != want.Level || got.Later != want.Later || got.RevealedAt.IsZero() {
				t.Errorf("saved %+v, kept %+v", saved, got)
			}
		}
	})
}
