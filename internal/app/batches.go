package app

import (
	"context"
	"time"

	"whetstone/internal/store"
)

const (
	// stepLimit bounds one step of background work, since a shutdown waits for it.
	stepLimit = 20 * time.Second
	// longestRest bounds the pause between two batches.
	longestRest = 250 * time.Millisecond
)

// unbroken runs one step of background work, unless the context has ended. If the context ends during the step, as it
// does at a shutdown, the step still finishes: a statement cut short would keep the database from closing cleanly.
func unbroken(ctx context.Context, step func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), stepLimit)
	defer cancel()
	return step(limited)
}

// inBatches runs batch, which does part of a large job in one transaction, until nothing is left or the context ends.
// What was done stays done, and the next call goes on from there. Between batches it rests for as long as the last one
// took, so that it uses at most half of the database's time and people can save.
func inBatches(ctx context.Context, batch func(context.Context) (more bool, err error)) error {
	for more := true; more; {
		started := time.Now()
		err := unbroken(ctx, func(ctx context.Context) (err error) {
			more, err = batch(ctx)
			return err
		})
		if err != nil || !more {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(min(time.Since(started), longestRest)):
		}
	}
	return nil
}

// deleteOld deletes in batches what is older than a moment. remove, inside a transaction, reports whether there may be
// more.
func (a *App) deleteOld(ctx context.Context, before time.Time,
	remove func(tx *store.Store, ctx context.Context, before time.Time) (more bool, err error)) error {
	return inBatches(ctx, func(ctx context.Context) (more bool, err error) {
		err = a.store.InTx(ctx, func(tx *store.Store) (err error) {
			more, err = remove(tx, ctx, before)
			return err
		})
		return more, err
	})
}

// deleteListed deletes in batches what list finds to be due, after an id. That reads every row, and nobody who saves
// should wait for it: so it runs before the transaction, in which remove checks again.
func (a *App) deleteListed(ctx context.Context, list func(ctx context.Context, after string) ([]string, error),
	remove func(tx *store.Store, ctx context.Context, ids []string) error) error {
	after := ""
	return inBatches(ctx, func(ctx context.Context) (more bool, err error) {
		ids, err := list(ctx, after)
		if err != nil || len(ids) == 0 {
			return false, err
		}
		after = ids[len(ids)-1]
		return true, a.store.InTx(ctx, func(tx *store.Store) error { return remove(tx, ctx, ids) })
	})
}
