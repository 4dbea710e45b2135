package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// someInstallation has something in each setting.
func someInstallation() model.Installation {
	return model.Installation{
		Name: "“Odd” Works 漢字", Welcome: "Good that you are here.", Contact: "ann@example.org", PulseWeeks: 5, FullWeeks: 20, SmallestGroup: 7,
		OrganisersOnly: true, Closed: []string{"mail", "openid:https://id.example.org/staff"}, ChangedAt: noon,
	}
}

func TestInstallationIsReadAsItWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		fresh, err := s.Installation(t.Context())
		if err != nil || len(fresh.Closed) > 0 || !fresh.ChangedAt.IsZero() || fresh.Proposed() != model.ProposedCadence || fresh.OrganisersOnly {
			t.Errorf("a new installation has %+v, %v", fresh, err)
		}
		mark, err := s.Mark(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.PutInstallation(t.Context(), someInstallation()) })
		got, err := s.Installation(t.Context())
		if err != nil || !reflect.DeepEqual(got, someInstallation()) {
			t.Errorf("read %+v, %v", got, err)
		}
		if after, err := s.Mark(t.Context()); err != nil || after != mark {
			t.Errorf("the mark was %q and is %q, %v", mark, after, err)
		}
	})
}

func TestOrganisers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		identity := model.Identity{ID: "an identity", Way: model.ByOpenID, Issuer: "https://id.example.org", Subject: "one", Name: "Ann", Address: "ann@example.org", Made: noon}
		inTx(t, s, func(tx *store.Store) error {
			return errors.Join(tx.PutIdentity(t.Context(), "ann", identity),
				tx.PutOrganiserCode(t.Context(), "early", noon), tx.PutOrganiserCode(t.Context(), "late", noon.Add(time.Hour)))
		})
		session := model.Session{ManagerID: "ann", Way: identity.Way, Issuer: identity.Issuer, Subject: identity.Subject}
		expect := func(what string, session model.Session, wantGranted, wantKnown bool, wantAddress string) {
			t.Helper()
			granted, known, address, err := s.Organising(t.Context(), session)
			if err != nil || granted != wantGranted || known != wantKnown || address != wantAddress {
				t.Errorf("%s: granted %v, known %v, address %q, %v", what, granted, known, address, err)
			}
		}
		expect("who came by the identity", session, false, true, "ann@example.org")
		other := session
		other.ManagerID = "bea"
		expect("somebody else's session", other, false, false, "")
		visit := model.Session{ManagerID: "ann"}
		expect("who came by a visit", visit, false, false, "")
		// What the issuer says now counts, not what it said once.
		identity.Address = ""
		inTx(t, s, func(tx *store.Store) error { return tx.SeeIdentity(t.Context(), identity, noon) })
		expect("who has no confirmed address any more", session, false, true, "")

		inTx(t, s, func(tx *store.Store) error {
			if err := tx.UseOrganiserCode(t.Context(), "early", noon); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("a code that has ended: %v", err)
			}
			return tx.UseOrganiserCode(t.Context(), "late", noon)
		})
		inTx(t, s, func(tx *store.Store) error {
			if err := tx.UseOrganiserCode(t.Context(), "late", noon); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("a code that was used: %v", err)
			}
			if _, err := tx.DeleteOrganiserCodesBefore(t.Context(), noon); err != nil {
				return err
			}
			return errors.Join(tx.MakeOrganiser(t.Context(), "ann", noon), tx.MakeOrganiser(t.Context(), "ann", noon.Add(time.Hour)))
		})
		expect("who entered a code", visit, true, false, "")
		if count, err := s.Organisers(t.Context()); err != nil || count != 1 {
			t.Errorf("%d organise, %v", count, err)
		}
		inTx(t, s, func(tx *store.Store) error {
			ended, err := tx.EndOrganisers(t.Context())
			if ended != 1 {
				t.Errorf("%d ended", ended)
			}
			return err
		})
		expect("once all have ended", visit, false, false, "")
	})
}
