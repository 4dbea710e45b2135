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

// compactionPause is how long the next compaction waits after one that a deletion caused: nobody can save during it,
// and anybody can delete what they just began.
const compactionPause = 10 * time.Minute

// compaction paces the rewriting of the file. What waits for it is noted in the database.
type compaction struct {
	mutex sync.Mutex
	// last is when a deletion last caused it.
	last time.Time
}

// begin reports whether a deletion may have the file rewritten now.
func (c *compaction) begin(now time.Time) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if now.Sub(c.last) < compactionPause {
		return false
	}
	c.last = now
	return true
}

// erase removes what rows deleted just now leave in the files, or leaves that to the upkeep.
func (a *App) erase(ctx context.Context) model.Erasure {
	if a.store.Engine() == database.SQLite && !a.compaction.begin(a.now()) {
		return model.Erasure{Reach: model.ErasedLater}
	}
	// The rows are gone, and their traces must go too, even if the browser goes away.
	return a.store.Overwrite(context.WithoutCancel(ctx))
}

// Upkeep does the background work. Call it when a server starts and about hourly; several processes may do so. It ends
// idle sessions and mentors, forgets old tries at secrets and old forms, and catches up on deletions that are not
// listed yet and compactions that were put off or never reached. If the context ends, the step in hand still finishes,
// and no other is begun.
func (a *App) Upkeep(ctx context.Context) error {
	// What other processes have erased must leave the memory of this one.
	defer a.store.Forget()
	err := a.EndIdleSessions(ctx)
	// What was deleted before a shutdown is listed, too.
	err = errors.Join(err, unbroken(context.WithoutCancel(ctx), a.store.ListErasures))
	if err != nil {
		return err
	}
	now := a.now()
	for _, old := range []struct {
		before time.Time
		remove func(*store.Store, context.Context, time.Time) (more bool, err error)
	}{
		{now.Add(-model.SessionIdle), (*store.Store).DeleteMentorBrowsersSeenBefore},
		{now.Add(-model.SessionIdle), (*store.Store).DeleteMentorsSeenBefore},
		{now, (*store.Store).DeleteInvitationsBefore},
		{now, (*store.Store).DeleteArrivalsBefore},
		{now, (*store.Store).DeleteMailLinksBefore},
		{now, (*store.Store).DeleteOrganiserCodesBefore},
		{now.Add(-remindersKept), (*store.Store).DeleteReminderMailsBefore},
		{now, (*store.Store).DeleteJoiningsBefore},
		{now, (*store.Store).DeleteChallengesBefore},
		{now.Add(-attemptWindow), (*store.Store).DeleteAttemptsBefore},
		{now.Add(-model.FileKept), (*store.Store).DeleteSentFilesBefore},
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
