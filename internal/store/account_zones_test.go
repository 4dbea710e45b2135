package store_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func inZone(t *testing.T, name string) model.Zone {
	t.Helper()
	zone, found := model.ReadZone(name)
	if !found {
		t.Fatalf("there is no zone %q", name)
	}
	return zone
}

// A session and a mentor keep the zone that their browser tells, until one is chosen.
func TestZoneOfABrowser(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addSession(t, s, "one", "ann", noon)
		addSession(t, s, "two", "ann", noon)
		inTx(t, s, func(tx *store.Store) error {
			return tx.CreateMentor(t.Context(), model.Mentor{ID: "mia", BrowserID: "mia", TokenHash: "mia", CreatedAt: noon, SeenAt: noon}, "")
		})
		told := func(name string) model.ToldZone { return model.ToldZone{Zone: inZone(t, name)} }
		chosen := func(name string) model.ToldZone { return model.ToldZone{Zone: inZone(t, name), Chosen: true} }
		for _, step := range []struct {
			days model.ToldZone
			told bool
			want model.ToldZone
		}{
			{told("Pacific/Auckland"), true, told("Pacific/Auckland")},
			{told("Europe/Berlin"), true, told("Europe/Berlin")},
			{chosen("America/Lima"), false, chosen("America/Lima")},
			{told("Europe/Berlin"), true, chosen("America/Lima")},
			{model.ToldZone{}, false, model.ToldZone{}},
			{told("Europe/Berlin"), true, told("Europe/Berlin")},
		} {
			inTx(t, s, func(tx *store.Store) error {
				if err := tx.SetSessionZone(t.Context(), "one", step.days, step.told); err != nil {
					return err
				}
				return tx.SetMentorZone(t.Context(), "mia", step.days, step.told)
			})
			session, err := s.SessionByToken(t.Context(), "hash of one", noon.Add(-time.Hour))
			if err != nil || session.Days != step.want {
				t.Errorf("the session has %+v, %v, want %+v", session.Days, err, step.want)
			}
			mentor, err := s.MentorByToken(t.Context(), "mia", noon.Add(-time.Hour), noon)
			if err != nil || mentor.Days != step.want {
				t.Errorf("the mentor has %+v, %v, want %+v", mentor.Days, err, step.want)
			}
		}
		if other, err := s.SessionByToken(t.Context(), "hash of two", noon.Add(-time.Hour)); err != nil || other.Days != (model.ToldZone{}) {
			t.Errorf("the other session has %+v, %v", other.Days, err)
		}
	})
}

// What an earlier program kept has its days in UTC, as it had, until somebody tells otherwise.
func TestZonesOfAnEarlierDatabase(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		before := earlier(t, address, 10)
		for _, statement := range []string{
			`INSERT INTO managers (id, created_at) VALUES ('ann', 1)`,
			`INSERT INTO browsers (id, created_at, label) VALUES ('here', 1, '')`,
			`INSERT INTO sessions (id, token_hash, browser_id, manager_id, created_at, seen_at) VALUES ('one', 'one', 'here', 'ann', 1, 1)`,
			`INSERT INTO mentors (id, token_hash, rotated_at, created_at, seen_at) VALUES ('mia', 'mia', 1, 1, 1)`,
			`INSERT INTO teams (id, name, purpose, smallest_group, created_at) VALUES ('team', 'Platform', '', 5, 1)`,
			`INSERT INTO team_members (id, team_id, manager_id, name, role, joined_at, confirmed_at) VALUES ('place', 'team', 'ann', 'Ann', 'steward', 1, 1)`,
		} {
			if err := before.ExecAlone(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		s := storetest.Open(t, address)
		session, err := s.SessionByToken(t.Context(), "one", time.UnixMilli(0))
		if err != nil || session.Days != (model.ToldZone{}) {
			t.Errorf("the session has %+v, %v", session.Days, err)
		}
		mentor, err := s.MentorByToken(t.Context(), "mia", time.UnixMilli(0), noon)
		if err != nil || mentor.Days != (model.ToldZone{}) {
			t.Errorf("the mentor has %+v, %v", mentor.Days, err)
		}
		page, err := s.Team(t.Context(), "ann", "team")
		if err != nil || page.Team.Zone.Name() != "UTC" {
			t.Errorf("the team has %q, %v", page.Team.Zone.Name(), err)
		}
		change := model.Team{ID: "team", Name: "Changed", SmallestGroup: 5}
		for _, want := range []string{"UTC", "Asia/Tokyo"} {
			if want != "UTC" {
				change.Zone = inZone(t, want)
			}
			inTx(t, s, func(tx *store.Store) error { return tx.ChangeTeam(t.Context(), "ann", change) })
			if page, err := s.Team(t.Context(), "ann", "team"); err != nil || page.Team.Zone.Name() != want {
				t.Errorf("the changed team has %q, %v, want %s", page.Team.Zone.Name(), err, want)
			}
		}
	})
}
