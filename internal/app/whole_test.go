package app

import (
	"context"
	"whetstone/internal/report"
)

// WholeHistory is what an export of a history holds, made in memory at once: what the files that are written a few
// assessments at a time are held against.
func (a *App) WholeHistory(ctx context.Context, managerID string) (*report.ExportedHistory, error) {
	assessments, err := a.store.History(ctx, managerID)
	if err != nil {
		return nil, err
	}
	incomplete, err := a.store.Incomplete(ctx, managerID)
	if err != nil {
		return nil, err
	}
	references, err := a.store.References(ctx, managerID)
	if err != nil {
		return nil, err
	}
	export := a.reports.Export(a.reports.History(assessments), !incomplete)
	for i := range export.Assessments {
		export.Assessments[i].Refer(references)
	}
	export.ExportedRest, err = a.exportedRest(ctx, managerID, assessments, references)
	return export, err
}
