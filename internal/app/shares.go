package app

import (
	"context"
	"errors"

	"whetstone/internal/model"
)

// errUnbuilt stands for what is being built.
var errUnbuilt = errors.New("not built yet")

// ShareForm is not built yet.
func (a *App) ShareForm(ctx context.Context, managerID, assessmentID string) (*model.ShareForm, error) {
	return nil, errUnbuilt
}

// PreviewShare is not built yet.
func (a *App) PreviewShare(ctx context.Context, managerID, assessmentID string, input model.ShareInput) (*model.SharePreview, error) {
	return nil, errUnbuilt
}

// MakeShare is not built yet.
func (a *App) MakeShare(ctx context.Context, managerID, assessmentID string, input model.ShareInput) (*model.MadeShare, error) {
	return nil, errUnbuilt
}

// Shares is not built yet.
func (a *App) Shares(ctx context.Context, managerID string) ([]model.ShareSummary, error) {
	return nil, errUnbuilt
}

// Share is not built yet.
func (a *App) Share(ctx context.Context, managerID, shareID string) (*model.ShareDetail, error) {
	return nil, errUnbuilt
}

// SharePreview is not built yet.
func (a *App) SharePreview(ctx context.Context, managerID, shareID string) (*model.SharePreview, error) {
	return nil, errUnbuilt
}

// ExtendShare is not built yet.
func (a *App) ExtendShare(ctx context.Context, managerID, shareID, days string) error {
	return errUnbuilt
}

// RevokeShare is not built yet.
func (a *App) RevokeShare(ctx context.Context, managerID, shareID string) error {
	return errUnbuilt
}

// RevokeShares is not built yet.
func (a *App) RevokeShares(ctx context.Context, managerID string) (int, error) {
	return 0, errUnbuilt
}
