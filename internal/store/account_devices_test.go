package store_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// devicesOf lists the ids of a manager's live sessions.
func devicesOf(t *testing.T, s *store.Store, manager string) (ids []string) {
	t.Helper()
	devices, err := s.Devices(t.Context(), manager, noon.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, device := range devices {
		ids = append(ids, device.SessionID)
	}
	return ids
}

func TestDevicesAreThoseOfAManager(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addSession(t, s, "of bea", "bea", noon)
		addSession(t, s, "idle", "ann", noon.Add(-time.Hour))
		addSession(t, s, "earlier", "ann", noon)
		inTx(t, s, func(tx *store.Store) error {
			if err := tx.CreateBrowser(t.Context(), model.Browser{ID: "phone", CreatedAt: noon, Label: "Safari on iPhone"}); err != nil {
				return err
			}
			return tx.CreateSession(t.Context(), model.Session{
				ID: "later", BrowserID: "phone", ManagerID: "ann", TokenHash: "hash of later", CreatedAt: noon, SeenAt: noon.Add(time.Hour),
			})
		})
		devices, err := s.Devices(t.Context(), "ann", noon.Add(-time.Hour))
		if err != nil || len(devices) != 2 {
			t.Fatalf("%+v, %v", devices, err)
		}
		want := model.Device{SessionID: "later", Label: "Safari on iPhone", SignedIn: noon, Seen: noon.Add(time.Hour)}
		if devices[0] != want || devices[1].SessionID != "earlier" || devices[1].Label != "" {
			t.Errorf("got %+v", devices)
		}
	})
}

func TestEndedSessionGoesWithItsBrowser(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		kept := addSession(t, s, "kept", "ann", noon)
		addSession(t, s, "ended", "ann", noon)
		addSession(t, s, "of bea", "bea", noon)
		// A second session in the browser of the first keeps that browser.
		inTx(t, s, func(tx *store.Store) error {
			return tx.CreateSession(t.Context(), model.Session{
				ID: "beside", BrowserID: kept.BrowserID, ManagerID: "ann", TokenHash: "hash of beside", CreatedAt: noon, SeenAt: noon,
			})
		})
		end := func(manager, id string) error {
			return s.InTx(t.Context(), func(tx *store.Store) error { return tx.EndSession(t.Context(), manager, id) })
		}
		for _, foreign := range []string{"of bea", "nothing"} {
			if err := end("ann", foreign); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("ending %q: %v, want not found", foreign, err)
			}
		}
		for _, id := range []string{"ended", "beside"} {
			if err := end("ann", id); err != nil {
				t.Errorf("ending %q: %v", id, err)
			}
		}
		if got := s.Count(t, "browsers"); got != 2 {
			t.Errorf("%d browsers are left, want the two with a session", got)
		}
		if _, err := s.SessionByToken(t.Context(), "hash of ended", noon.Add(-time.Hour)); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the ended session gives %v", err)
		}
	})
}

func TestOtherSessionsAreEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		for _, id := range []string{"this", "second", "third"} {
			addSession(t, s, id, "ann", noon)
		}
		addSession(t, s, "of bea", "bea", noon)
		inTx(t, s, func(tx *store.Store) error { return tx.EndOtherSessions(t.Context(), "ann", "this") })
		if got := devicesOf(t, s, "ann"); len(got) != 1 || got[0] != "this" {
			t.Errorf("left are %q", got)
		}
		if got := devicesOf(t, s, "bea"); len(got) != 1 {
			t.Errorf("another manager is left with %q", got)
		}
		if got := s.Count(t, "browsers"); got != 2 {
			t.Errorf("%d browsers are left, want 2", got)
		}
	})
}

func TestBrowsersWithoutASessionAreForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addSession(t, s, "live", "", noon)
		addSession(t, s, "idle", "", noon.Add(-time.Hour))
		inTx(t, s, func(tx *store.Store) error {
			return last(tx.DeleteSessionsSeenBefore(t.Context(), noon.Add(-time.Hour)))
		})
		unused, err := s.BrowsersWithoutSession(t.Context(), "")
		if err != nil || len(unused) != 1 {
			t.Fatalf("without a session are %v, %v", unused, err)
		}
		if after, err := s.BrowsersWithoutSession(t.Context(), unused[0]); err != nil || len(after) != 0 {
			t.Errorf("after that one come %v, %v", after, err)
		}
		// One that has a session by then stays.
		inTx(t, s, func(tx *store.Store) error {
			return tx.DeleteBrowsersWithoutSession(t.Context(), append(unused, "browser of live"))
		})
		if got := s.Count(t, "browsers"); got != 1 {
			t.Errorf("%d browsers are left, want 1", got)
		}
	})
}
