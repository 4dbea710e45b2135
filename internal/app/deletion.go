package app

import (
	"context"

	"whetstone/internal/model"
)

// DeleteAssessment is not built yet.
func (a *App) DeleteAssessment(ctx context.Context, managerID, id string, meant bool) (model.Erasure, error) {
	return model.Erasure{}, errUnbuilt
}
