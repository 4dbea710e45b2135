package app

import (
	"context"

	"whetstone/internal/store"
)

// erasing deletes something by its id for good and notes it in the same transaction, so that a restored backup
// doesn't bring it back.
func (a *App) erasing(ctx context.Context, id string, remove func(*store.Store) error) error {
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		if err := remove(tx); err != nil {
			return err
		}
		return tx.NoteErasure(ctx, a.now(), id)
	})
	if err != nil {
		return err
	}
	// The deletion stands, whatever happens to the list's file: upkeep catches up later and reports what is in the
	// way.
	_ = a.store.ListErasures(context.WithoutCancel(ctx))
	return nil
}
