package app

import "context"

// Ready tells whether the use cases can be served: the database answers, and its schema is the one that is
// needed. Its error is for an operator, and nobody else.
func (a *App) Ready(ctx context.Context) error { return a.store.Ready(ctx) }
