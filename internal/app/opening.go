package app

import (
	"context"

	"whetstone/internal/model"
)

// Mentor is not built yet.
func (a *App) Mentor(ctx context.Context, token string) (mentor model.Mentor, fresh bool, err error) {
	return model.Mentor{}, false, errUnbuilt
}

// Invitation is not built yet.
func (a *App) Invitation(ctx context.Context, input model.OpenInput) (*model.Invitation, error) {
	return nil, errUnbuilt
}

// OpenShare is not built yet.
func (a *App) OpenShare(ctx context.Context, input model.OpenInput) (model.Opened, error) {
	return model.Opened{}, errUnbuilt
}
