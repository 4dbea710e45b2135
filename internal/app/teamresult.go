package app

import (
	"context"

	"whetstone/internal/model"
)

// TeamResult gives what a closed cycle published.
func (a *App) TeamResult(ctx context.Context, managerID, teamID, cycleID string) (*model.TeamResult, error) {
	return nil, errNotBuilt
}

// TeamResultCSV gives what a closed cycle published as a table.
func (a *App) TeamResultCSV(ctx context.Context, managerID, teamID, cycleID string) ([][]string, error) {
	return nil, errNotBuilt
}
