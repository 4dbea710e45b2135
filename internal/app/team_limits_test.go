package app_test

import (
	"fmt"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// An attacker can't fill the server with teams, invitations, cycles and agreements, nor a link with members.
func TestTeamsHaveLimits(t *testing.T) {
	ctx := t.Context()
	w := newTeam(t, "bea")
	team := model.TeamInput{Name: "One more", SmallestGroup: "5", MemberName: "ann"}
	for range model.TeamLimit - 1 {
		must(w.MakeTeam(ctx, w.people[steward], team))(t)
	}
	_, err := w.MakeTeam(ctx, w.people[steward], team)
	expectFields(t, "a team too many", err, "name")

	other := w.stranger()
	made, err := w.Invite(ctx, other.people[steward], other.team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
	w.ok(err)
	_, err = w.JoinTeam(ctx, w.people[steward], model.JoinInput{Secret: made.Secret, Kind: model.JoinLink, Name: "ann", Agreed: true, From: "x"})
	expectFields(t, "joining a team too many", err, "name")

	for range model.InvitationLimit - 1 {
		made, err := w.Invite(ctx, other.people[steward], other.team, model.InvitationInput{Kind: model.JoinCode, Days: "7", Places: "100"})
		w.ok(err)
		w.ok(w.RevokeInvitation(ctx, other.people[steward], other.team, made.Invitation.ID))
	}
	_, err = w.Invite(ctx, other.people[steward], other.team, model.InvitationInput{Kind: model.JoinCode, Days: "7", Places: "100"})
	expectFields(t, "an invitation too many", err, "days")
	w.now = w.now.AddDate(0, 0, 8)
	_, err = w.Invite(ctx, other.people[steward], other.team, model.InvitationInput{Kind: model.JoinCode, Days: "7", Places: "100"})
	w.ok(err)
}

func TestTeamsAreFull(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := newTeamOn(t, s, "bea")
		made, err := w.Invite(ctx, w.people[steward], w.team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
		w.ok(err)
		// Straight into the store, as all of it through the use cases takes long.
		crowd := func(what string, count int, confirmed time.Time) {
			w.ok(s.InTx(ctx, func(tx *store.Store) error {
				for i := range count {
					id := fmt.Sprintf("%s %d", what, i)
					if err := tx.CreateManager(ctx, model.Manager{ID: id, CreatedAt: w.now}); err != nil {
						return err
					}
					err := tx.AddMember(ctx, model.Membership{
						ID: id, TeamID: w.team, ManagerID: id, Name: id, Role: model.Member, JoinedAt: w.now, ConfirmedAt: confirmed,
					})
					if err != nil {
						return err
					}
				}
				return nil
			}))
		}
		joins := func(as string) error {
			_, _, err := w.JoinTeamAsNew(ctx, "Firefox on Linux", model.JoinInput{Secret: made.Secret, Kind: model.JoinLink, Name: as, Agreed: true, From: "x"})
			return err
		}
		// Those who wait take no place of a member, and members none of those who wait.
		crowd("waiting", model.WaitLimit-1, time.Time{})
		w.ok(joins("the last who may wait"))
		expectFields(t, "one too many who wait", joins("one more"), "name")
		crowd("member", model.MemberLimit-3, w.now)
		w.ok(w.ConfirmMember(ctx, w.people[steward], w.team, "waiting 1"))
		expectFields(t, "a member too many", w.ConfirmMember(ctx, w.people[steward], w.team, "waiting 2"), "member")
		w.ok(joins("in the place of one"))
		w.ok(w.DeclineAll(ctx, w.people[steward], w.team, w.now))
		if page := must(w.TeamPage(ctx, w.people[steward], w.team))(t); page.Waiting != 0 || page.Members != model.MemberLimit {
			t.Errorf("%d are members and %d wait", page.Members, page.Waiting)
		}
		w.ok(w.RemoveMember(ctx, w.people[steward], w.team, "member 1"))
		w.ok(s.InTx(ctx, func(tx *store.Store) error {
			for i := range model.CycleLimit {
				opens := w.now.AddDate(-3, 0, i)
				err := tx.CreateCycle(ctx, w.people[steward], &model.Cycle{
					ID: fmt.Sprintf("cycle %d", i), TeamID: w.team, Name: "Cycle", Form: model.FullForm,
					OpensAt: opens, ClosesAt: opens.Add(time.Hour), SmallestGroup: 5, SmallestEffectiveGroup: 3,
				})
				if err != nil {
					return err
				}
			}
			return nil
		}))
		_, err = w.MakeCycle(ctx, w.people[steward], w.team, model.CycleInput{
			Name: "One more", Form: string(model.FullForm), Closes: w.now.AddDate(0, 0, 3).Format(model.DateLayout),
		})
		expectFields(t, "a cycle too many", err, "name")
		for range model.PeerLimit {
			peer := w.stranger()
			w.ok(s.InTx(ctx, func(tx *store.Store) error {
				return tx.AskPeer(ctx, w.people[steward], w.team, peer.team, w.now)
			}))
		}
		w.ok(s.InTx(ctx, func(tx *store.Store) error { // so that it has something to compare
			return tx.PutAggregate(ctx, &model.TeamAggregate{CycleID: "cycle 0", Contributors: 5}, "")
		}))
		last := w.stranger(names(4)...)
		last.run(alike(3, append(names(4), steward)...))
		made, err = w.Invite(ctx, last.people[steward], last.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"})
		w.ok(err)
		expectFields(t, "a comparison too many", w.AskToCompare(ctx, w.people[steward], w.team, made.Secret, "x"), "code")
	})
}
