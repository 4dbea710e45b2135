package app

import (
	"context"

	"whetstone/internal/model"
)

// Received is not built yet.
func (a *App) Received(ctx context.Context, mentor model.Mentor) ([]model.Received, error) {
	return nil, errUnbuilt
}

// Shared is not built yet.
func (a *App) Shared(ctx context.Context, mentor model.Mentor, shareID string) (*model.Shared, error) {
	return nil, errUnbuilt
}

// EndedShare is not built yet.
func (a *App) EndedShare(ctx context.Context, mentor model.Mentor, shareID string) (*model.EndedShare, error) {
	return nil, errUnbuilt
}

// ForgetShare is not built yet.
func (a *App) ForgetShare(ctx context.Context, mentor model.Mentor, shareID string, withdraw bool) error {
	return errUnbuilt
}
