package app

import (
	"context"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// The purposes under which tries at a secret are counted, each separately.
const (
	recoveryPurpose = "recovery"
	sharePurpose    = "share"
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
