package app

import (
	"context"
)

// AgreeToCompare agrees that two teams see each other's aggregates.
func (a *App) AgreeToCompare(ctx context.Context, managerID, teamID, code, from string) error {
	return errNotBuilt
}

// EndComparison ends such an agreement.
func (a *App) EndComparison(ctx context.Context, managerID, teamID, peerTeamID string) error {
	return errNotBuilt
}
