package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestCodesAndKeysLeadToTheirMentor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addMentor(t, s, "bo")
		addMentor(t, s, "cy")
		bo, cy := model.Mentor{ID: "bo", BrowserID: "browser of bo"}, model.Mentor{ID: "cy", BrowserID: "browser of cy"}
		later := noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.PutMentorCode(t.Context(), bo, "first", later), tx.PutMentorCode(t.Context(), bo, "second", later),
				tx.PutMentorKey(t.Context(), cy, "former", noon), tx.PutMentorKey(t.Context(), cy, "key", later))
		})
		if got, err := s.MentorByCode(t.Context(), "second", noon); got.BrowserID != bo.BrowserID || err != nil {
			t.Errorf("the code was made in %q, %v", got.BrowserID, err)
		}
		for code, want := range map[string]string{"first": "", "second": "bo", "": ""} {
			if got, err := s.MentorByCode(t.Context(), code, noon); got.ID != want || (err == nil) != (want != "") {
				t.Errorf("the code %q leads to %q, %v", code, got.ID, err)
			}
		}
		if _, err := s.MentorByCode(t.Context(), "second", later); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("a code that has expired: %v", err)
		}
		for key, want := range map[string]string{"former": "", "key": "cy"} {
			if got, err := s.MentorByKey(t.Context(), key); got.ID != want || (err == nil) != (want != "") {
				t.Errorf("the key %q leads to %q, %v", key, got.ID, err)
			}
		}
		if key, err := s.MentorKey(t.Context(), "cy"); err != nil || key.Hash != "key" || !key.Made.Equal(later) {
			t.Errorf("the key is %+v, %v", key, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DropMentorCode(t.Context(), "bo") })
		if _, err := s.MentorByCode(t.Context(), "second", noon); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("a code that was used: %v", err)
		}
		// Who has a key may come back after any time; the browsers of both end.
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(last(tx.DeleteMentorBrowsersSeenBefore(t.Context(), noon)), last(tx.DeleteMentorsSeenBefore(t.Context(), noon)))
		})
		if s.Count(t, "mentors") != 1 || s.Count(t, "mentor_browsers") != 0 || s.Count(t, "mentor_keys") != 1 {
			t.Errorf("left are %d mentors, %d browsers and %d keys", s.Count(t, "mentors"), s.Count(t, "mentor_browsers"), s.Count(t, "mentor_keys"))
		}
	})
}

// Two browsers of one person become one mentor, with what both opened, wrote and saw.
func TestJoiningMentors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		for number, id := range []string{"one", "two", "three", "four"} {
			addFinished(t, s, "ann", id, number)
			addShare(t, s, someShare("ann", id, "share of "+id))
		}
		addMentor(t, s, "phone", "share of one", "share of two", "share of three")
		addMentor(t, s, "desk", "share of one", "share of two", "share of four")
		addReview(t, s, "phone", "share of one", "one", "phone one")
		addReview(t, s, "desk", "share of one", "one", "desk one")
		addReview(t, s, "phone", "share of two", "two", "phone two")
		addReview(t, s, "desk", "share of two", "two", "desk two")
		addReview(t, s, "phone", "share of three", "three", "phone three")
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.SendReview(t.Context(), "phone", "phone two", noon), tx.Reveal(t.Context(), "phone", "one", "systems", noon),
				tx.NoteMentorOwner(t.Context(), model.Mentor{ID: "phone", BrowserID: "browser of phone"}, "ann", noon),
				tx.PutMentorKey(t.Context(), model.Mentor{ID: "phone", BrowserID: "browser of phone"}, "key", noon), tx.CountOpening(t.Context(), "share of one", "phone", noon, noon))
		})
		if both, err := s.ReviewedByBoth(t.Context(), "phone", "desk"); err != nil || both != 2 {
			t.Errorf("%d are reviewed by both, %v", both, err)
		}
		if sharers, err := s.SharersWith(t.Context(), "desk"); err != nil || !slices.Equal(sharers, []string{"ann"}) {
			t.Errorf("shared with it have %v, %v", sharers, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.JoinMentors(t.Context(), "phone", "desk", noon) })
		for assessment, want := range map[string]string{"one": "desk one", "two": "phone two", "three": "phone three"} {
			if review, err := s.Review(t.Context(), "desk", assessment, noon); err != nil || review == nil || review.ID != want {
				t.Errorf("of %s there is %+v, %v, want %s", assessment, review, err, want)
			}
		}
		if s.Count(t, "reviews") != 3 || s.Count(t, "mentors") != 1 || s.Count(t, "mentor_keys") != 1 || s.Count(t, "share_openings") != 1 {
			t.Error("something of the first is left, or was lost")
		}
		if list, err := s.GrantedShares(t.Context(), "desk"); err != nil || len(list) != 4 {
			t.Errorf("it opens %d shares, %v", len(list), err)
		}
		if revealed, err := s.Reveals(t.Context(), "desk", "one"); err != nil || revealed["systems"].IsZero() || revealed["design"].IsZero() {
			t.Errorf("revealed are %v, %v", revealed, err)
		}
		for token, owned := range map[string]bool{"token of phone": true, "token of desk": false} {
			if mentor, err := s.MentorByToken(t.Context(), token, noon.Add(-time.Hour), noon); err != nil || mentor.ID != "desk" || mentor.Is("ann") != owned {
				t.Errorf("the %s leads to %+v, %v", token, mentor, err)
			}
		}
		if owners, err := s.MentorOwners(t.Context(), "desk"); err != nil || !slices.Equal(owners, []string{"ann"}) {
			t.Errorf("its browsers have acted for %v, %v", owners, err)
		}
		desk := model.Mentor{ID: "desk", BrowserID: "browser of desk"}
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.InheritMentorOwners(t.Context(), desk, "browser of phone"), tx.InheritMentorOwners(t.Context(), desk, "browser of phone"),
				tx.NoteMentorOwner(t.Context(), desk, "ann", noon), tx.NoteMentorOwner(t.Context(), desk, "nobody", noon), tx.NoteMentorOwner(t.Context(), model.Mentor{ID: "none"}, "ann", noon))
		})
		if mentor, err := s.MentorByToken(t.Context(), "token of desk", noon.Add(-time.Hour), noon); err != nil || !slices.Equal(mentor.Owners, []string{"ann"}) {
			t.Errorf("what is passed on is %+v, %v", mentor, err)
		}
		browsers, err := s.MentorBrowsers(t.Context(), "desk", noon.Add(-time.Hour))
		if err != nil || len(browsers) != 2 || browsers[0].Label != "Firefox on Linux" || !browsers[0].AddedAt.Equal(noon) {
			t.Errorf("the browsers are %+v, %v", browsers, err)
		}
		inTx(t, s, func(tx *store.Store) error {
			return tx.EndOtherMentorBrowsers(t.Context(), model.Mentor{ID: "desk", BrowserID: "browser of phone"})
		})
		if s.Count(t, "mentor_browsers") != 1 {
			t.Error("the other browser was not ended")
		}
		if s.Count(t, "mentor_owners") != 2 {
			t.Error("for whom a browser acted is forgotten with it, though its key isn’t")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
		if s.Count(t, "mentor_owners") != 0 {
			t.Error("a manager who is deleted is still noted")
		}
	})
}
