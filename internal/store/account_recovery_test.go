package store_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestRecoveryKeyIsReplaced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addSession(t, s, "one", "ann", noon)
		if key, err := s.RecoveryKey(t.Context(), "ann"); err != nil || key != (model.RecoveryKey{}) {
			t.Errorf("got %+v, %v, before there is a key", key, err)
		}
		for number, hash := range []string{"old", "new"} {
			made := noon.Add(time.Duration(number) * time.Hour)
			inTx(t, s, func(tx *store.Store) error { return tx.PutRecoveryKey(t.Context(), "ann", hash, made) })
			if got, err := s.RecoveryKey(t.Context(), "ann"); err != nil || got.Hash != hash || !got.Made.Equal(made) {
				t.Errorf("got %+v, %v, want %s of %v", got, err, hash, made)
			}
		}
		if got, err := s.ManagerByRecoveryKey(t.Context(), "new"); err != nil || got != "ann" {
			t.Errorf("the new key is that of %q, %v", got, err)
		}
		for _, hash := range []string{"old", "", "another"} {
			if _, err := s.ManagerByRecoveryKey(t.Context(), hash); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("the key %q: %v, want not found", hash, err)
			}
		}
		session, err := s.SessionByToken(t.Context(), "hash of one", noon.Add(-time.Hour))
		if err != nil || !session.Keyed {
			t.Errorf("the session doesn’t know of the key: %+v, %v", session, err)
		}
		other := addSession(t, s, "two", "bea", noon)
		if session, err := s.SessionByToken(t.Context(), other.TokenHash, noon.Add(-time.Hour)); err != nil || session.Keyed {
			t.Errorf("another manager’s session has a key: %+v, %v", session, err)
		}
	})
}

func TestAttemptsAreCountedByWindow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		later := noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error {
			for _, window := range []time.Time{noon, noon, later} {
				if err := tx.CountAttempt(t.Context(), "recovery", "someone", window); err != nil {
					return err
				}
			}
			return nil
		})
		count := func(purpose, subject string, window time.Time) int {
			t.Helper()
			got, err := s.Attempts(t.Context(), purpose, subject, window)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if first, second := count("recovery", "someone", noon), count("recovery", "someone", later); first != 2 || second != 1 {
			t.Errorf("%d and %d tries, want 2 and 1", first, second)
		}
		if count("recovery", "another", noon) != 0 || count("sharing", "someone", noon) != 0 {
			t.Error("another’s tries were counted")
		}
		inTx(t, s, func(tx *store.Store) error { return last(tx.DeleteAttemptsBefore(t.Context(), later)) })
		if count("recovery", "someone", noon) != 0 || count("recovery", "someone", later) != 1 {
			t.Error("not exactly the old windows were forgotten")
		}
	})
}
