package app

import (
	"context"

	"whetstone/internal/model"
)

// ExportedConversation is a conversation with all its words and numbers.
type ExportedConversation struct{}

// Conversation is not built yet.
func (a *App) Conversation(ctx context.Context, managerID, assessmentID string) (*model.Conversation, error) {
	return nil, errUnbuilt
}

// ReadReview is not built yet.
func (a *App) ReadReview(ctx context.Context, managerID, assessmentID, reviewID string) error {
	return errUnbuilt
}

// ConversationExport is not built yet.
func (a *App) ConversationExport(ctx context.Context, managerID, assessmentID string) (*ExportedConversation, error) {
	return nil, errUnbuilt
}
