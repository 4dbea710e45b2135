package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// TeamTrends returns a team's closed cycles over time, and those of the teams that agreed to compare, with what
// is asked and not agreed on yet. Anyone who isn't
// a confirmed member gets model.ErrNotFound.
func (a *App) TeamTrends(ctx context.Context, managerID, teamID string) (*model.TeamTrends, error) {
	page, err := a.confirmedPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	trends, err := a.trends(ctx, page, managerID)
	if err != nil {
		return nil, err
	}
	peers, err := a.store.Peers(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	for _, peer := range peers {
		closed, err := a.store.PeerCycles(ctx, managerID, teamID, peer.Team.ID)
		if err != nil {
			return nil, err
		}
		trends.Peers = append(trends.Peers, model.PeerTrends{Team: peer.Team, Since: peer.Since, Results: a.peerResults(peer.Team, closed)})
	}
	if trends.Declined, err = a.declinedPeers(ctx, managerID, teamID); err != nil {
		return nil, err
	}
	trends.Requests, err = a.peerRequests(ctx, page, managerID)
	return trends, err
}

// trends returns a team's closed cycles, the oldest first.
func (a *App) trends(ctx context.Context, page *model.TeamPage, managerID string) (*model.TeamTrends, error) {
	closed, err := a.store.ClosedCycles(ctx, managerID, page.Team.ID)
	if err != nil {
		return nil, err
	}
	trends, resultOf := &model.TeamTrends{TeamPage: *page}, a.reports.ResultsOf(page, closed)
	if trends.Practices, err = a.teamPractices(ctx, a.store, managerID, page.Team.ID); err != nil {
		return nil, err
	}
	for _, one := range closed {
		result := resultOf(one)
		result.Practices = report.Towards(trends.Practices, closed, one.Cycle.ID)
		trends.Results = append(trends.Results, result)
	}
	return trends, nil
}

// peerResults are what another team published: nothing about its members, and no advice.
func (a *App) peerResults(team model.Team, closed []model.ClosedCycle) []*model.TeamResult {
	resultOf := a.reports.ResultsOf(&model.TeamPage{Team: team, Now: a.now()}, closed)
	var results []*model.TeamResult
	for _, one := range closed {
		result := resultOf(one)
		result.Gaps = nil
		results = append(results, result)
	}
	return results
}

// TeamTrendsCSV returns what TeamTrends does as a table: a head, then one row a figure of a cycle, the team's
// own first. Errors are those of TeamTrends.
func (a *App) TeamTrendsCSV(ctx context.Context, managerID, teamID string) ([][]string, error) {
	trends, err := a.TeamTrends(ctx, managerID, teamID)
	if err != nil {
		return nil, err
	}
	rows := report.TeamHead()
	for _, result := range trends.Results {
		rows = append(rows, report.ResultRows(trends.Team.Name, result)...)
	}
	for _, peer := range trends.Peers {
		for _, result := range peer.Results {
			rows = append(rows, report.ResultRows(peer.Team.Name, result)...)
		}
	}
	return rows, nil
}
