package app

import (
	"context"
)

// ShowScores shows one's own area scores by name, or stops it.
func (a *App) ShowScores(ctx context.Context, managerID, teamID, cycleID string, show bool) error {
	return errNotBuilt
}
