package app

import (
	"context"
	"errors"

	"whetstone/internal/model"
)

var errNotBuilt = errors.New("not built yet")

// Teams lists a manager's teams, by name.
func (a *App) Teams(ctx context.Context, managerID string) ([]model.TeamSummary, error) {
	return nil, errNotBuilt
}

// MakeTeam makes a team whose first steward the manager is.
func (a *App) MakeTeam(ctx context.Context, managerID string, input model.TeamInput) (string, error) {
	return "", errNotBuilt
}

// MakeTeamAsNew is MakeTeam for somebody who is nobody yet: it gives the token of a new session, then the team.
func (a *App) MakeTeamAsNew(ctx context.Context, label string, input model.TeamInput) (string, string, error) {
	return "", "", errNotBuilt
}

// TeamPage gives what every page of a team knows.
func (a *App) TeamPage(ctx context.Context, managerID, teamID string) (*model.TeamPage, error) {
	return nil, errNotBuilt
}

// Team gives the first page of a team.
func (a *App) Team(ctx context.Context, managerID, teamID string) (*model.TeamHome, error) {
	return nil, errNotBuilt
}

// ChangeTeam changes what a team says of itself.
func (a *App) ChangeTeam(ctx context.Context, managerID, teamID string, input model.TeamInput) error {
	return errNotBuilt
}
