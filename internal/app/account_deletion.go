package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// DeleteAssessment removes one of a manager's finished assessments with everything that belongs to it, and reports how
// far that reached: its answers and notes, the look back at it, its shares, and what mentors wrote through them. meant
// says that the manager confirmed it; without it, it is a model.Invalid error on the field "meant". A draft is
// model.ErrNotFound here: see DeleteDraft.
func (a *App) DeleteAssessment(ctx context.Context, managerID, id string, meant bool) (model.Erasure, error) {
	state, err := a.store.State(ctx, managerID, id)
	if err != nil {
		return model.Erasure{}, err
	}
	if state != model.Complete {
		return model.Erasure{}, model.ErrNotFound
	}
	if !meant {
		return model.Erasure{}, refused("meant", "Tick the box to say that this assessment may be deleted.")
	}
	err = a.erasing(ctx, id, func(tx *store.Store) error { return tx.DeleteAssessment(ctx, managerID, id) })
	if err != nil {
		return model.Erasure{}, err
	}
	return a.erase(ctx), nil
}
