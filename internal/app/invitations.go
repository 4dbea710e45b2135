package app

import (
	"context"

	"whetstone/internal/model"
)

// Invite makes an invitation and gives its secret.
func (a *App) Invite(ctx context.Context, managerID, teamID string, kind model.InvitationKind, days string) (string, model.TeamInvitation, error) {
	return "", model.TeamInvitation{}, errNotBuilt
}

// RevokeInvitation ends an invitation.
func (a *App) RevokeInvitation(ctx context.Context, managerID, teamID, invitationID string) error {
	return errNotBuilt
}

// JoinTerms gives what one reads before joining.
func (a *App) JoinTerms(ctx context.Context, managerID string, input model.JoinInput) (*model.JoinTerms, error) {
	return nil, errNotBuilt
}

// JoinTeam lets a manager into a team.
func (a *App) JoinTeam(ctx context.Context, managerID string, input model.JoinInput) (string, error) {
	return "", errNotBuilt
}

// JoinTeamAsNew is JoinTeam for somebody who is nobody yet: it gives the token of a new session, then the team.
func (a *App) JoinTeamAsNew(ctx context.Context, label string, input model.JoinInput) (string, string, error) {
	return "", "", errNotBuilt
}
