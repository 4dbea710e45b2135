package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// CloseSlowly closes a cycle that is never decided about: it tells that it has begun, and goes on until its context
// ends.
func (a *App) CloseSlowly(ctx context.Context, begun chan<- struct{}) error {
	return a.close(ctx, func(*store.Store) (*model.Cycle, error) {
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	})
}
