package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// compactionPause is how long after a deletion had the database's file written anew the next one waits
// for it, since nobody can save meanwhile and anybody can delete what they just began.
const compactionPause = 10 * time.Minute

// compaction is what is known of the writing anew.
type compaction struct {
	mutex sync.Mutex
	// last is when a deletion had it done.
	last time.Time
	// due tells that something deleted waits for it.
	due bool
}

// begin tells whether a deletion may have the file written anew now; if not, it is due from then on.
func (c *compaction) begin(now time.Time) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if now.Sub(c.last) < compactionPause {
		c.due = true
		return false
	}
	c.last = now
	return true
}

// postpone notes that something deleted waits.
func (c *compaction) postpone() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.due = true
}

// take tells whether something waits, and takes it on.
func (c *compaction) take() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	due := c.due
	c.due = false
	return due
}

// erase makes an end of what rows leave in the files that were deleted just now, or sees to it that this is
// done later.
func (a *App) erase(ctx context.Context) model.Erasure {
	if a.store.Engine() == store.SQLite && !a.compaction.begin(a.now()) {
		return model.Erasure{Reach: model.ErasedLater}
	}
	// The rows are gone: a browser that goes away must not keep their traces.
	return a.overwrite(context.WithoutCancel(ctx))
}

// overwrite makes an end of what deleted rows leave in the files, and notes if that has to be tried again.
func (a *App) overwrite(ctx context.Context) model.Erasure {
	erasure := a.store.Overwrite(ctx)
	if erasure.Reach == model.ErasedRows {
		a.compaction.postpone()
	}
	return erasure
}

// Upkeep does what nobody asks for. Call it at the start of a server and about hourly: it ends what has
// idled, sessions and mentors alike, forgets old tries at secrets, and makes up for deletions that are not
// listed yet and for compactions that were put off. What waited for one when an earlier process ended isn't
// known, so the first call compacts.
func (a *App) Upkeep(ctx context.Context) error {
	if err := errors.Join(a.EndIdleSessions(ctx), a.store.ListErasures(ctx)); err != nil {
		return err
	}
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.DeleteMentorsSeenBefore(ctx, a.now().Add(-model.SessionIdle)); err != nil {
			return err
		}
		if err := tx.DeleteInvitationsBefore(ctx, a.now()); err != nil {
			return err
		}
		return tx.DeleteAttemptsBefore(ctx, a.now().Add(-attemptWindow))
	})
	if err != nil || !a.compaction.take() {
		return err
	}
	return a.overwrite(ctx).Problem
}
