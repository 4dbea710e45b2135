package app

import (
	"context"

	"whetstone/internal/model"
)

// Reveal is not built yet.
func (a *App) Reveal(ctx context.Context, mentor model.Mentor, shareID, what string) error {
	return errUnbuilt
}

// SideBySide is not built yet.
func (a *App) SideBySide(ctx context.Context, mentor model.Mentor, shareID string) (*model.SideBySide, error) {
	return nil, errUnbuilt
}

// SharedResult is not built yet.
func (a *App) SharedResult(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedResult, error) {
	return nil, errUnbuilt
}

// SharedHistory is not built yet.
func (a *App) SharedHistory(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedHistory, error) {
	return nil, errUnbuilt
}
