package app

import "context"

// Mark is a short random text that tells this installation from others. It is the same in all of its processes.
func (a *App) Mark(ctx context.Context) (string, error) { return a.store.Mark(ctx) }
