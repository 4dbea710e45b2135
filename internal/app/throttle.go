package app

import (
	"context"
	"sync"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// The purposes under which tries at a secret are counted, each separately.
const (
	recoveryPurpose = "recovery"
	sharePurpose    = "share"
	calendarPurpose = "calendar"
	linkPurpose     = "mail link"
	stopPurpose     = "stop mail"
	signInPurpose   = "sign-in"
	passkeyPurpose  = "passkey"
	organisePurpose = "organise"
)

// The tries of one client that open nothing are bounded in a window of time. A key of 128 bits can't be guessed, nor a
// link of 256. The limit spares the database the tries, and protects a secret even if part of it becomes known. There
// is no limit for all clients together, since one of them could then lock out everybody.
const (
	attemptLimit  = 10
	attemptWindow = 10 * time.Minute
)

// throttled returns a model.Throttled error for a client who has to wait before trying again, nil for any other.
func (a *App) throttled(ctx context.Context, data *store.Store, purpose, from string) (refusal, err error) {
	now := a.now()
	start := now.Truncate(attemptWindow)
	count, err := data.Attempts(ctx, purpose, from, start)
	if err != nil || count < attemptLimit {
		return nil, err
	}
	return &model.Error{Kind: model.Throttled, Wait: start.Add(attemptWindow).Sub(now)}, nil
}

// countFailure counts a try that opened nothing, and forgets tries that no longer matter.
func (a *App) countFailure(ctx context.Context, tx *store.Store, purpose, from string) error {
	now := a.now()
	if err := tx.CountAttempt(ctx, purpose, from, now.Truncate(attemptWindow)); err != nil {
		return err
	}
	_, err := tx.DeleteAttemptsBefore(ctx, now.Add(-attemptWindow))
	return err
}

// missed counts a try at a secret that opened nothing, where a right one never is refused for what others tried, and
// returns how it is refused.
func (a *App) missed(ctx context.Context, purpose, from string) error {
	refusal, err := a.throttled(ctx, a.store, purpose, from)
	if err == nil && refusal == nil {
		refusal = model.ErrNotFound
		err = a.store.InTx(ctx, func(tx *store.Store) error { return a.countFailure(ctx, tx, purpose, from) })
	}
	if err != nil {
		return err
	}
	return refusal
}

// readLimit is how often one calendar is read in a window of time, at each process: many times what calendars do. It
// bounds what one address that became known can cost.
const readLimit = 60

// reads counts how often each calendar is read.
type reads struct {
	mutex sync.Mutex
	// start is that of the window in which they are counted.
	start  time.Time
	counts map[string]int
}

// take counts one more, and returns how long to wait where that is too many.
func (r *reads) take(calendar string, now time.Time) (wait time.Duration) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if start := now.Truncate(attemptWindow); !start.Equal(r.start) {
		r.start, r.counts = start, map[string]int{}
	}
	if r.counts[calendar] >= readLimit {
		return r.start.Add(attemptWindow).Sub(now)
	}
	r.counts[calendar]++
	return 0
}
