package app

import "context"

// Mark is a short random text that tells this installation from others. All of its processes give the same.
func (a *App) Mark(ctx context.Context) (string, error) { return a.store.Mark(ctx) }
