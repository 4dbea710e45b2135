package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// TeamResult returns what a closed cycle published, beside those before it, to any confirmed member alike. A cycle
// that isn't closed, or a team that they aren't a confirmed member of, is model.ErrNotFound.
func (a *App) TeamResult(ctx context.Context, managerID, teamID, cycleID string) (*model.TeamResult, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	closed, err := a.store.ClosedCycles(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(closed, func(one model.ClosedCycle) bool { return one.Cycle.ID == cycleID })
	if at < 0 {
		return nil, model.ErrNotFound
	}
	practices, err := a.teamPractices(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	resultOf := a.reports.ResultsOf(page, closed)
	result := resultOf(closed[at])
	for _, one := range closed[:at] {
		result.Before = append(result.Before, resultOf(one))
	}
	result.Practices = report.Towards(practices, closed, cycleID)
	if err := a.addNames(ctx, result, managerID, closed[at]); err != nil {
		return nil, err
	}
	result.Hidden, err = a.store.Hidden(ctx, managerID)
	return result, err
}

// TeamResultCSV returns what a closed cycle published as a table: a head, then one row a figure. What members
// show by name isn't in it. Errors are those of TeamResult.
func (a *App) TeamResultCSV(ctx context.Context, managerID, teamID, cycleID string) ([][]string, error) {
	result, err := a.TeamResult(ctx, managerID, teamID, cycleID)
	if err != nil {
		return nil, err
	}
	return append(report.TeamHead(), report.ResultRows(result.Team.Name, result)...), nil
}

// TeamSheet returns what a closed cycle published as one page to print. Errors are those of TeamResult.
func (a *App) TeamSheet(ctx context.Context, managerID, teamID, cycleID string) (*model.TeamSheet, error) {
	result, err := a.TeamResult(ctx, managerID, teamID, cycleID)
	if err != nil {
		return nil, err
	}
	return a.reports.TeamSheet(result), nil
}
