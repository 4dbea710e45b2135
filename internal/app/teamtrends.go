package app

import (
	"context"

	"whetstone/internal/model"
)

// TeamTrends gives a team's cycles over time.
func (a *App) TeamTrends(ctx context.Context, managerID, teamID string) (*model.TeamTrends, error) {
	return nil, errNotBuilt
}

// TeamTrendsCSV gives a team's cycles over time as a table.
func (a *App) TeamTrendsCSV(ctx context.Context, managerID, teamID string) ([][]string, error) {
	return nil, errNotBuilt
}
