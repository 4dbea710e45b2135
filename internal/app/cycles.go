package app

import (
	"context"

	"whetstone/internal/model"
)

// CycleChoices gives what the form of a new cycle offers.
func (a *App) CycleChoices(ctx context.Context, managerID, teamID string) (*model.CycleChoices, error) {
	return nil, errNotBuilt
}

// MakeCycle plans a cycle.
func (a *App) MakeCycle(ctx context.Context, managerID, teamID string, input model.CycleInput) (string, error) {
	return "", errNotBuilt
}

// CancelCycle gives up a cycle.
func (a *App) CancelCycle(ctx context.Context, managerID, teamID, cycleID string) error {
	return errNotBuilt
}

// CurrentCycle gives a cycle that isn't closed.
func (a *App) CurrentCycle(ctx context.Context, managerID, teamID, cycleID string) (*model.CyclePage, error) {
	return nil, errNotBuilt
}
