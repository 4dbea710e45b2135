package store_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestMentorIsFoundByTheCurrentTokenAndShortlyByTheOneBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addMentor(t, s, "bo")
		addMentor(t, s, "cy")
		later := noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error {
			return tx.ReplaceMentorToken(t.Context(), browserOf("bo"), "new token", later)
		})
		found := func(token string, seenAfter, replacedAfter time.Time) string {
			t.Helper()
			mentor, err := s.MentorByToken(t.Context(), token, seenAfter, replacedAfter)
			if err != nil && !errors.Is(err, model.ErrNotFound) {
				t.Fatal(err)
			}
			if err == nil && mentor.TokenHash != token {
				t.Errorf("it came with the token %q", mentor.TokenHash)
			}
			return mentor.ID
		}
		before := noon.Add(-time.Hour)
		if found("new token", before, later) != "bo" || found("token of cy", before, later) != "cy" {
			t.Error("the current tokens find nobody")
		}
		if found("token of bo", before, later.Add(-time.Second)) != "bo" || found("token of bo", before, later) != "" {
			t.Error("the token before doesn’t hold exactly for a while")
		}
		if found("", before, before) != "" || found("new token", later, before) != "" {
			t.Error("an empty or an idle token finds somebody")
		}
		inTx(t, s, func(tx *store.Store) error {
			if hash, err := tx.MentorToken(t.Context(), browserOf("bo")); err != nil || hash != "new token" {
				t.Errorf("the current token is %q, %v", hash, err)
			}
			if hash, err := tx.MentorToken(t.Context(), browserOf("nobody")); err != nil || hash != "" {
				t.Errorf("nobody’s token is %q, %v", hash, err)
			}
			return tx.SeeMentor(t.Context(), browserOf("cy"), later.Add(time.Minute))
		})
		inTx(t, s, func(tx *store.Store) error { return last(tx.DeleteMentorsSeenBefore(t.Context(), later)) })
		if s.Count(t, "mentors") != 1 || found("token of cy", before, before) != "cy" {
			t.Error("not exactly the idle mentor was removed")
		}
	})
}

func TestGrantsLeadToSharesUntilTheyAreTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addFinished(t, s, "ann", "one", 0)
		addShare(t, s, someShare("ann", "one", "share"))
		addMentor(t, s, "bo", "share")
		addMentor(t, s, "cy")
		inTx(t, s, func(tx *store.Store) error {
			again, err := tx.Grant(t.Context(), "bo", "share", noon)
			if again {
				t.Error("a grant was added twice")
			}
			return err
		})
		if share, err := s.GrantedShare(t.Context(), "bo", "share"); err != nil || share.ManagerID != "ann" {
			t.Errorf("granted is %+v, %v", share, err)
		}
		for _, other := range []string{"cy", "", "ann"} {
			if _, err := s.GrantedShare(t.Context(), other, "share"); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%q: %v, want not found", other, err)
			}
			if list, err := s.GrantedShares(t.Context(), other); err != nil || len(list) != 0 {
				t.Errorf("%q has %v, %v", other, list, err)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.TakeGrant(t.Context(), "bo", "share") })
		if list, err := s.GrantedShares(t.Context(), "bo"); err != nil || len(list) != 0 {
			t.Errorf("left are %v, %v", list, err)
		}
	})
}

func TestRevealsAreKeptFromTheFirstOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addFinished(t, s, "ann", "one", 0)
		addFinished(t, s, "ann", "two", 1)
		addFinished(t, s, "ann", "three", 2)
		addFinished(t, s, "bea", "other", 0)
		revealed := func(assessment string) int {
			t.Helper()
			all, err := s.Reveals(t.Context(), "bo", assessment)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		later := noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.Reveal(t.Context(), "bo", "two", "design", noon), tx.Reveal(t.Context(), "bo", "two", "design", later),
				tx.Reveal(t.Context(), "bo", "two", "pottery", noon))
		})
		if all, err := s.Reveals(t.Context(), "bo", "two"); err != nil || len(all) != 1 || !all["design"].Equal(noon) {
			t.Errorf("revealed are %v, %v", all, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.RevealAssessment(t.Context(), "bo", "two", later) })
		if revealed("two") != 2 || revealed("one") != 0 {
			t.Error("not exactly one assessment was revealed")
		}
		inTx(t, s, func(tx *store.Store) error { return tx.RevealHistory(t.Context(), "bo", "two", later) })
		if revealed("one") != 2 || revealed("two") != 2 || revealed("three") != 0 || revealed("other") != 0 {
			t.Error("not exactly what lies before was revealed")
		}
		if all, err := s.Reveals(t.Context(), "cy", "two"); err != nil || len(all) != 0 {
			t.Errorf("another mentor has seen %v, %v", all, err)
		}
	})
}
