package app

import (
	"context"
)

// CloseCycle closes a cycle.
func (a *App) CloseCycle(ctx context.Context, managerID, teamID, cycleID string) error {
	return errNotBuilt
}

// CloseDueCycles closes the cycles that are past their last day.
func (a *App) CloseDueCycles(ctx context.Context) error {
	return errNotBuilt
}
