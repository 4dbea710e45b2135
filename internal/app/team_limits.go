package app

import (
	"context"
	"fmt"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// tooMany returns a model.Invalid error on a field if there are already as many of something as there can be.
func tooMany(count, limit int, field, message string) error {
	if count < limit {
		return nil
	}
	return refused(field, fmt.Sprintf(message, limit))
}

// roomForTeam is a model.Invalid error on the field "name" for a manager who is in as many teams as one can be.
func roomForTeam(ctx context.Context, tx *store.Store, managerID string) error {
	teams, err := tx.TeamsOf(ctx, managerID)
	if err != nil {
		return err
	}
	return tooMany(len(teams), model.TeamLimit, "name", "You are in %d teams, as many as one person can be in. Leave one that you don’t need any more.")
}

// roomToWait is a model.Invalid error on the field "name" for a team in which as many wait as can.
func (a *App) roomToWait(ctx context.Context, tx *store.Store, teamID string) error {
	counts, err := tx.TeamCounts(ctx, teamID, a.now())
	if err != nil {
		return err
	}
	return tooMany(counts.Waiting, model.WaitLimit, "name", "%d people wait to be confirmed in this team, as many as can. Ask a steward to confirm or decline them, and try again then.")
}

// roomForMember is a model.Invalid error on the field "member" for a team with as many confirmed members as can be.
func (a *App) roomForMember(ctx context.Context, tx *store.Store, teamID string) error {
	counts, err := tx.TeamCounts(ctx, teamID, a.now())
	if err != nil {
		return err
	}
	return tooMany(counts.Members, model.MemberLimit, "member", "This team has %d members, as many as a team can have. Remove one who has gone before you confirm another.")
}

// roomForInvitation is a model.Invalid error on the field "days" for a team with as many invitations as can be.
func (a *App) roomForInvitation(ctx context.Context, tx *store.Store, teamID string) error {
	counts, err := tx.TeamCounts(ctx, teamID, a.now())
	if err != nil {
		return err
	}
	return tooMany(counts.Invitations, model.InvitationLimit, "days", "The team has made %d invitations that would not have expired yet. One link can be used by many people; use one of those, or wait until some have expired.")
}

// roomForPeers is a model.Invalid error on the field "code" where one of two teams compares with as many as can be.
func (a *App) roomForPeers(ctx context.Context, tx *store.Store, teamIDs ...string) error {
	for _, teamID := range teamIDs {
		counts, err := tx.TeamCounts(ctx, teamID, a.now())
		if err != nil {
			return err
		}
		err = tooMany(counts.Peers, model.PeerLimit, "code", "One of the two teams compares with %d others already, as many as it can. End a comparison first.")
		if err != nil {
			return err
		}
	}
	return nil
}
