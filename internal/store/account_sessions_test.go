package store_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// addSession adds a session in a browser of its own.
func addSession(t *testing.T, s *store.Store, id, manager string, seen time.Time) model.Session {
	t.Helper()
	session := model.Session{
		ID: id, BrowserID: "browser of " + id, ManagerID: manager,
		TokenHash: "hash of " + id, CreatedAt: noon, SeenAt: seen,
	}
	inTx(t, s, func(tx *store.Store) error {
		if err := tx.CreateBrowser(t.Context(), model.Browser{ID: session.BrowserID, CreatedAt: noon}); err != nil {
			return err
		}
		return tx.CreateSession(t.Context(), session)
	})
	return session
}

func TestSessionIsFoundByItsToken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		want := addSession(t, s, "one", "ann", noon)
		got, err := s.SessionByToken(t.Context(), "hash of one", noon.Add(-time.Hour))
		if err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
		if _, err := s.SessionByToken(t.Context(), "hash of another", noon.Add(-time.Hour)); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("an unknown token gives %v, want not found", err)
		}
	})
}

// A mentor's session will act for no manager.
func TestSessionWithoutAManager(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addSession(t, s, "guest", "", noon)
		got, err := s.SessionByToken(t.Context(), "hash of guest", noon.Add(-time.Hour))
		if err != nil || got.ManagerID != "" {
			t.Errorf("got manager %q, %v", got.ManagerID, err)
		}
	})
}

func TestTwoSessionsNeverShareAToken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		first := addSession(t, s, "one", "", noon)
		second := model.Session{ID: "two", BrowserID: first.BrowserID, TokenHash: first.TokenHash, CreatedAt: noon, SeenAt: noon}
		err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.CreateSession(t.Context(), second) })
		if err == nil {
			t.Error("a second session took the same token hash")
		}
	})
}

func TestIdleSessionIsNotFoundAndIsRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		idle := addSession(t, s, "idle", "ann", noon)
		live := addSession(t, s, "live", "ann", noon.Add(time.Millisecond))
		limit := noon // seen at the limit is idle, a millisecond later is not
		if _, err := s.SessionByToken(t.Context(), idle.TokenHash, limit); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the idle session gives %v, want not found", err)
		}
		inTx(t, s, func(tx *store.Store) error { return last(tx.DeleteSessionsSeenBefore(t.Context(), limit)) })
		if left := s.Count(t, "sessions"); left != 1 {
			t.Errorf("%d are left, want 1", left)
		}
		if _, err := s.SessionByToken(t.Context(), live.TokenHash, limit); err != nil {
			t.Errorf("the live session: %v", err)
		}
		// What idles is the session, not the person: a recovery key will lead back to them.
		if s.Count(t, "managers") != 1 {
			t.Error("the manager went with the session")
		}
	})
}

func TestVisitIsNoted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		session := addSession(t, s, "one", "", noon)
		other := addSession(t, s, "two", "", noon)
		later := noon.Add(48 * time.Hour)
		inTx(t, s, func(tx *store.Store) error { return tx.SeeSession(t.Context(), session.ID, later) })
		seen, err := s.SessionByToken(t.Context(), session.TokenHash, noon)
		if err != nil || !seen.SeenAt.Equal(later) || !seen.CreatedAt.Equal(noon) {
			t.Errorf("got %+v, %v", seen, err)
		}
		if _, err := s.SessionByToken(t.Context(), other.TokenHash, noon); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the other session was noted too: %v", err)
		}
	})
}

func TestRowsOfAManagerGoWithThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		for _, manager := range []string{"ann", "bea"} {
			addSession(t, s, "session of "+manager, manager, noon)
			addDraft(t, s, manager, "draft of "+manager)
			if err := put(t.Context(), s, manager, "draft of "+manager, model.Answer{Item: "design.0", Level: 3, UpdatedAt: noon}); err != nil {
				t.Fatal(err)
			}
			inTx(t, s, func(tx *store.Store) error {
				return tx.PutTargets(t.Context(), manager, "first-team", []model.Target{{Competency: "design", Value: 2, Importance: 1}})
			})
		}
		tables := []string{"managers", "sessions", "assessments", "assessment_sections", "assessment_items", "answers", "targets"}
		before := map[string]int{}
		for _, table := range tables {
			before[table] = s.Count(t, table)
		}
		if err := s.ExecAlone(t.Context(), "DELETE FROM managers WHERE id = $1", "ann"); err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if got, want := s.Count(t, table), before[table]/2; got != want {
				t.Errorf("%s has %d rows, want the %d of the other manager", table, got, want)
			}
		}
	})
}
