package store_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestCalendarFeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		first := model.CalendarFeed{SecretHash: "one", MadeAt: noon}
		second := model.CalendarFeed{SecretHash: "two", MadeAt: noon.Add(time.Hour)}
		theirs := model.CalendarFeed{SecretHash: "three", MadeAt: noon}
		opens := func(hash, manager string, want model.CalendarFeed) {
			t.Helper()
			got, feed, err := s.FeedBySecret(t.Context(), hash)
			if manager == "" {
				if !errors.Is(err, model.ErrNotFound) {
					t.Errorf("%q opens %+v, %v", hash, feed, err)
				}
			} else if err != nil || got != manager || feed != want {
				t.Errorf("%q opens %s’s %+v, %v, want %+v", hash, got, feed, err, want)
			}
		}
		opens("one", "", first)
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.PutCalendarFeed(t.Context(), "ann", first), tx.PutCalendarFeed(t.Context(), "bea", theirs))
		})
		opens("one", "ann", first)
		first.ReadAt = noon.Add(time.Minute)
		inTx(t, s, func(tx *store.Store) error { return tx.SeeCalendarFeed(t.Context(), "one", first.ReadAt) })
		opens("one", "ann", first)
		inTx(t, s, func(tx *store.Store) error { return tx.PutCalendarFeed(t.Context(), "ann", second) })
		opens("one", "", first)
		opens("two", "ann", second)
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.EndCalendarFeed(t.Context(), "bea", "two"), tx.EndCalendarFeed(t.Context(), "ann", "one"))
		})
		opens("two", "ann", second)
		inTx(t, s, func(tx *store.Store) error { return tx.EndCalendarFeed(t.Context(), "ann", "two") })
		opens("two", "", second)
		if feed, err := s.CalendarFeed(t.Context(), "ann"); err != nil || feed.Exists() {
			t.Errorf("in the end there is %+v, %v", feed, err)
		}
		opens("three", "bea", theirs)
	})
}

// A calendar grows newer with each change, and only then.
func TestCalendarVersions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		renew := func(digest string, now time.Time) (version model.CalendarVersion) {
			t.Helper()
			inTx(t, s, func(tx *store.Store) (err error) {
				version, err = tx.RenewCalendarVersion(t.Context(), "ann", digest, now)
				return err
			})
			return version
		}
		later := noon.Add(time.Hour)
		for _, one := range []struct {
			digest string
			now    time.Time
			want   model.CalendarVersion
		}{
			{"a", noon, model.CalendarVersion{ChangedAt: noon}},
			{"a", later, model.CalendarVersion{ChangedAt: noon}},
			{"b", later, model.CalendarVersion{Sequence: 1, ChangedAt: later}},
			{"a", later, model.CalendarVersion{Sequence: 2, ChangedAt: later}},
		} {
			if got := renew(one.digest, one.now); got != one.want {
				t.Errorf("%s gives %+v, want %+v", one.digest, got, one.want)
			}
		}
		if digest, version, err := s.CalendarVersion(t.Context(), "ann"); err != nil || digest != "a" || version.Sequence != 2 {
			t.Errorf("kept is %s, %+v, %v", digest, version, err)
		}
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			_, err := tx.RenewCalendarVersion(t.Context(), "nobody", "a", noon)
			return err
		})
		if !errors.Is(err, model.ErrNotFound) {
			t.Errorf("of nobody: %v", err)
		}
	})
}

// Without a session days are counted as on the last visit with a known zone.
func TestLatestZone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addSession(t, s, "desk", "ann", noon)
		addSession(t, s, "phone", "ann", noon.Add(time.Hour))
		addSession(t, s, "new", "ann", noon.Add(2*time.Hour))
		latest := func(manager string) string {
			t.Helper()
			zone, err := s.LatestZone(t.Context(), manager)
			if err != nil {
				t.Fatal(err)
			}
			return zone.Name()
		}
		if got := latest("ann"); got != "" {
			t.Errorf("at first it is %q", got)
		}
		for session, name := range map[string]string{"desk": "Asia/Tokyo", "phone": "America/New_York"} {
			zone, _ := model.ReadZone(name)
			inTx(t, s, func(tx *store.Store) error {
				return tx.SetSessionZone(t.Context(), session, model.ToldZone{Zone: zone}, true)
			})
		}
		if got := latest("ann"); got != "America/New_York" {
			t.Errorf("it is %q", got)
		}
		if got := latest("bea"); got != "" {
			t.Errorf("another manager's is %q", got)
		}
	})
}
