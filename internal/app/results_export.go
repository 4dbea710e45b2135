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
	return a.reports.Export(a.reports.History([]model.Answered{finished}), false), nil
}
