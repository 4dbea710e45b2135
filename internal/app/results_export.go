package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// ExportAssessment returns one of a manager's finished assessments, by itself. A draft is
// model.ErrNotFound.
func (a *App) ExportAssessment(ctx context.Context, managerID, id string) (*report.ExportedHistory, error) {
	finished, err := a.finished(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	return a.referred(ctx, managerID, a.reports.Export(a.reports.History([]model.Answered{finished}), false))
}

// referred puts the ids under which the assessments of an export are exported.
func (a *App) referred(ctx context.Context, managerID string, export *report.ExportedHistory) (*report.ExportedHistory, error) {
	references, err := a.store.References(ctx, managerID)
	for i := range export.Assessments {
		export.Assessments[i].Refer(references)
	}
	return export, err
}

// ExportScores gives one of a manager's finished assessments with what changed since the one that it is compared with.
// A draft is model.ErrNotFound.
func (a *App) ExportScores(ctx context.Context, managerID, id string) (*report.ExportedHistory, error) {
	finished, err := a.finished(ctx, managerID, id)
	if err != nil {
		return nil, err
	}
	result := a.reports.Result(finished.Assessment, finished.Answers)
	if _, err := a.compareWithPrevious(ctx, result); err != nil {
		return nil, err
	}
	return a.referred(ctx, managerID, a.reports.Export(&model.History{Results: []*model.Result{result}}, false))
}
