package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// ConversationExport returns a conversation as a file has it; its errors are those of Conversation.
func (a *App) ConversationExport(ctx context.Context, managerID, assessmentID string) (*report.ExportedConversation, error) {
	conversation, err := a.Conversation(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	assessment := conversation.Result.Assessment
	export := &report.ExportedConversation{
		Format: report.ConversationFormat, Assessment: assessment.ID,
		PeriodStart: assessment.PeriodStart.Format(model.DateLayout), PeriodEnd: assessment.PeriodEnd.Format(model.DateLayout),
		Noise: assessment.Noise, Constants: assessment.Constants,
		Reviews: []report.ExportedReview{}, Competencies: []report.ExportedBothViews{}, GapsOverTime: []report.ExportedGapLine{},
	}
	for _, review := range conversation.Reviews {
		export.Reviews = append(export.Reviews, report.ExportReview(review, conversation.Rows))
	}
	for _, row := range conversation.Rows {
		export.Competencies = append(export.Competencies, report.ExportBothViews(row))
	}
	for _, line := range conversation.Lines {
		export.GapsOverTime = append(export.GapsOverTime, report.ExportGapLine(line))
	}
	references, err := a.store.References(ctx, managerID)
	export.Refer(references)
	return export, err
}
