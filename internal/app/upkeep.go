package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// compactionPause is how long after a deletion had the database's file written anew the next one waits
// for it, since nobody can save meanwhile and anybody can delete what they just began.
const compactionPause = 10 * time.Minute

// compaction paces the writing anew. What waits for it is noted in the database.
type compaction struct {
	mutex sync.Mutex
	// last is when a deletion had it done.
	last time.Time
}

// begin tells whether a deletion may have the file written anew now.
func (c *compaction) begin(now time.Time) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if now.Sub(c.last) < compactionPause {
		return false
	}
	c.last = now
	return true
}

// erase makes an end of what rows leave in the files that were deleted just now, or leaves it to the upkeep.
func (a *App) erase(ctx context.Context) model.Erasure {
	if a.store.Engine() == database.SQLite && !a.compaction.begin(a.now()) {
		return model.Erasure{Reach: model.ErasedLater}
	}
	// The rows are gone: a browser that goes away must not keep their traces.
	return a.store.Overwrite(context.WithoutCancel(ctx))
}

// Upkeep does what nobody asks for. Call it at the start of a server and about hourly: it ends what has
// idled, sessions and mentors alike, forgets old tries at secrets and forms that were sent, and makes up for deletions that are not
// listed yet and for compactions that were put off or that an earlier process didn't come to. Several processes
// may. A context that ends lets the step at work finish, and begins no other.
func (a *App) Upkeep(ctx context.Context) error {
	// What other processes have erased mustn't stay in the memory of this one.
	defer a.store.Forget()
	err := a.EndIdleSessions(ctx)
	// What was deleted before a stop is listed, too.
	err = errors.Join(err, unbroken(context.WithoutCancel(ctx), a.store.ListErasures))
	if err != nil {
		return err
	}
	now := a.now()
	for _, old := range []struct {
		before time.Time
		remove func(*store.Store, context.Context, time.Time) (more bool, err error)
	}{
		{now.Add(-model.SessionIdle), (*store.Store).DeleteMentorsSeenBefore},
		{now, (*store.Store).DeleteInvitationsBefore},
		{now.Add(-attemptWindow), (*store.Store).DeleteAttemptsBefore},
		{now.Add(-submissionKept), (*store.Store).DeleteSubmissionsBefore},
	} {
		if err := a.deleteOld(ctx, old.before, old.remove); err != nil {
			return err
		}
	}
	return unbroken(ctx, func(ctx context.Context) error {
		due, err := a.store.CompactionDue(ctx)
		if err != nil || !due {
			return err
		}
		return a.store.Overwrite(ctx).Problem
	})
}
