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

// someTeam adds a team of a steward and members, all confirmed an hour before noon.
func someTeam(t *testing.T, s *store.Store, id string, steward string, members ...string) {
	t.Helper()
	confirmed := noon.Add(-time.Hour)
	inTx(t, s, func(tx *store.Store) error {
		maker := model.Membership{
			ID: id + " of " + steward, TeamID: id, ManagerID: steward, Name: steward, Role: model.Steward,
			JoinedAt: confirmed, ConfirmedAt: confirmed,
		}
		team := model.Team{ID: id, Name: "Team " + id, Purpose: "Why", SmallestGroup: 5, CreatedAt: confirmed}
		if err := tx.CreateTeam(t.Context(), team, maker); err != nil {
			return err
		}
		for _, member := range members {
			err := tx.AddMember(t.Context(), model.Membership{
				ID: id + " of " + member, TeamID: id, ManagerID: member, Name: member, Role: model.Member,
				JoinedAt: confirmed, ConfirmedAt: confirmed,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// someCycle adds a cycle that is open from noon for a day.
func someCycle(t *testing.T, s *store.Store, steward, team, id string) *model.Cycle {
	t.Helper()
	cycle := &model.Cycle{
		ID: id, TeamID: team, Name: "Cycle " + id, Form: model.FullForm, OpensAt: noon, ClosesAt: noon.Add(24 * time.Hour),
		SmallestGroup: 5, SmallestEffectiveGroup: 3.5,
	}
	inTx(t, s, func(tx *store.Store) error { return tx.CreateCycle(t.Context(), steward, cycle) })
	return cycle
}

// refused expects that a change in a transaction of its own finds nothing to change.
func refused(t *testing.T, s *store.Store, what string, work func(tx *store.Store) error) {
	t.Helper()
	if err := s.InTx(t.Context(), work); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("%s: %v, want not found", what, err)
	}
}

func TestTeamIsReadByItsMembers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "carl", "eve")
		someTeam(t, s, "one", "ann", "bea")
		waiting := model.Membership{ID: "w", TeamID: "one", ManagerID: "carl", Name: "Carl", Role: model.Member, JoinedAt: noon}
		for range 2 {
			inTx(t, s, func(tx *store.Store) error { return tx.AddMember(t.Context(), waiting) })
		}
		for _, manager := range []string{"ann", "bea", "carl"} {
			page, err := s.Team(t.Context(), manager, "one")
			team := page.Team
			if err != nil || team.Name != "Team one" || team.Purpose != "Why" || team.SmallestGroup != 5 || !team.CreatedAt.Equal(noon.Add(-time.Hour)) {
				t.Errorf("%s reads %+v, %v", manager, team, err)
			}
			if page.Me.ManagerID != manager || page.Me.Confirmed() != (manager != "carl") || page.Members != 2 || page.Waiting != 1 || page.Stewards != 1 {
				t.Errorf("%s reads %+v", manager, page)
			}
			members, err := s.Members(t.Context(), manager, "one")
			told := model.Membership{ID: "w", TeamID: "one", Name: "Carl", Role: model.Member}
			if err != nil || len(members) != 3 || !slices.Contains(members, told) {
				t.Errorf("%s reads of the members %+v, %v", manager, members, err)
			}
		}
		for _, manager := range []string{"eve", ""} {
			if _, err := s.Team(t.Context(), manager, "one"); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%q reads the team: %v", manager, err)
			}
			if members, err := s.Members(t.Context(), manager, "one"); err != nil || len(members) != 0 {
				t.Errorf("%q reads the members %+v, %v", manager, members, err)
			}
		}
		teams, err := s.TeamsOf(t.Context(), "carl")
		if err != nil || len(teams) != 1 || teams[0].Confirmed || teams[0].Members != 2 || teams[0].Role != model.Member {
			t.Errorf("the teams are %+v, %v", teams, err)
		}
		if cycles, err := s.Cycles(t.Context(), "carl", "one"); err != nil || len(cycles) != 0 {
			t.Errorf("one who waits reads %+v, %v", cycles, err)
		}
	})
}

// Only a steward’s statements change a team, and the smallest group only rises.
func TestStewardshipStandsInTheStatements(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea", "carl", "eve")
		someTeam(t, s, "one", "ann", "bea", "carl")
		someTeam(t, s, "two", "eve")
		someCycle(t, s, "ann", "one", "c")
		change := model.Team{ID: "one", Name: "Changed", SmallestGroup: 7}
		invitation := model.TeamInvitation{ID: "i", TeamID: "one", Kind: model.JoinCode, SecretHash: "h", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		inTx(t, s, func(tx *store.Store) error { return tx.CreateInvitation(t.Context(), "ann", invitation) })
		inTx(t, s, func(tx *store.Store) error { return tx.AskPeer(t.Context(), "eve", "two", "one", noon) })
		for _, manager := range []string{"bea", "eve", ""} {
			refused(t, s, manager+" changes it", func(tx *store.Store) error { return tx.ChangeTeam(t.Context(), manager, change) })
			refused(t, s, manager+" confirms", func(tx *store.Store) error { return tx.ConfirmMember(t.Context(), manager, "one", "one of bea", noon) })
			refused(t, s, manager+" removes", func(tx *store.Store) error { return tx.RemoveMember(t.Context(), manager, "one", "one of carl") })
			refused(t, s, manager+" promotes", func(tx *store.Store) error { return tx.MakeSteward(t.Context(), manager, "one", "one of bea") })
			refused(t, s, manager+" plans", func(tx *store.Store) error {
				return tx.CreateCycle(t.Context(), manager, &model.Cycle{ID: "x", TeamID: "one", Form: model.FullForm, OpensAt: noon, ClosesAt: noon.Add(1), SmallestGroup: 5, SmallestEffectiveGroup: 3})
			})
			refused(t, s, manager+" invites", func(tx *store.Store) error {
				return tx.CreateInvitation(t.Context(), manager, model.TeamInvitation{ID: "j", TeamID: "one", Kind: model.JoinCode, SecretHash: "k"})
			})
			refused(t, s, manager+" revokes", func(tx *store.Store) error { return tx.RevokeInvitation(t.Context(), manager, "one", "i", noon) })
			refused(t, s, manager+" asks", func(tx *store.Store) error { return tx.AskPeer(t.Context(), manager, "one", "two", noon) })
			refused(t, s, manager+" agrees", func(tx *store.Store) error { return tx.AgreePeer(t.Context(), manager, "one", "two", noon) })
			refused(t, s, manager+" ends it", func(tx *store.Store) error { return tx.DeletePeer(t.Context(), manager, "one", "two", noon) })
			inTx(t, s, func(tx *store.Store) error {
				done, err := tx.DeleteCycle(t.Context(), manager, "one", "c", noon)
				if done {
					t.Errorf("%s cancelled a cycle", manager)
				}
				return err
			})
			if list, err := s.Invitations(t.Context(), manager, "one", noon); err != nil || len(list) != 0 {
				t.Errorf("%s reads the invitations: %+v, %v", manager, list, err)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.ChangeTeam(t.Context(), "ann", change) })
		change.SmallestGroup = 6
		inTx(t, s, func(tx *store.Store) error { return tx.ChangeTeam(t.Context(), "ann", change) })
		page, err := s.Team(t.Context(), "bea", "one")
		if team := page.Team; err != nil || team.Name != "Changed" || team.SmallestGroup != 7 {
			t.Errorf("the team is %+v, %v", team, err)
		}
		refused(t, s, "removing oneself", func(tx *store.Store) error { return tx.RemoveMember(t.Context(), "ann", "one", "one of ann") })
		if list, err := s.Invitations(t.Context(), "ann", "one", noon); err != nil || len(list) != 1 || list[0] != invitation {
			t.Errorf("the invitations are %+v, %v", list, err)
		}
	})
}

func TestInvitationOpensWhileItLives(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		someTeam(t, s, "one", "ann", "bea")
		invitation := model.TeamInvitation{ID: "i", TeamID: "one", Kind: model.CompareCode, SecretHash: "h", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		inTx(t, s, func(tx *store.Store) error { return tx.CreateInvitation(t.Context(), "ann", invitation) })
		open := func(kind model.InvitationKind, hash string, at time.Time) error {
			_, terms, err := s.InvitationBySecret(t.Context(), kind, hash, at)
			if err == nil && (terms.Team.ID != "one" || terms.Members != 2 || !slices.Equal(terms.Stewards, []string{"ann"})) {
				t.Errorf("the terms are %+v", terms)
			}
			return err
		}
		for name, one := range map[string]struct {
			kind model.InvitationKind
			hash string
			at   time.Time
			dead bool
		}{
			"at the end":        {model.CompareCode, "h", noon.Add(time.Hour - time.Millisecond), false},
			"after it":          {model.CompareCode, "h", noon.Add(time.Hour), true},
			"of another kind":   {model.JoinCode, "h", noon, true},
			"of another secret": {model.CompareCode, "", noon, true},
		} {
			if err := open(one.kind, one.hash, one.at); errors.Is(err, model.ErrNotFound) != one.dead {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, want := range []bool{true, false} {
			inTx(t, s, func(tx *store.Store) error {
				done, err := tx.SpendInvitation(t.Context(), "i", noon)
				if done != want {
					t.Errorf("spent: %v, want %v", done, want)
				}
				return err
			})
		}
		if err := open(model.CompareCode, "h", noon); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("it opens once it is spent: %v", err)
		}
		inTx(t, s, func(tx *store.Store) error {
			return last(tx.DeleteInvitationsBefore(t.Context(), noon.Add(2*time.Hour)))
		})
		if s.Count(t, "team_invitations") != 0 {
			t.Error("an expired invitation is kept")
		}
	})
}
