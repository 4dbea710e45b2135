package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"whetstone/internal/model"
)

const (
	// writingProven is how long a successful test write counts, so that frequent readiness probes write little.
	writingProven = 5 * time.Second
	// longestWait is how long a write may have to wait for others, such as the compaction of a large file.
	longestWait = time.Minute
)

// writing is when a test write last succeeded.
type writing struct {
	mutex  sync.Mutex
	proven time.Time
}

// Ready reports whether the use cases can be served: the database answers, its schema is the one that is needed, and
// something can be written. Its error is meant for operators only.
func (a *App) Ready(ctx context.Context) error {
	if err := a.store.Ready(ctx); err != nil {
		return err
	}
	a.writing.mutex.Lock()
	defer a.writing.mutex.Unlock()
	since := a.now().Sub(a.writing.proven)
	if since < writingProven {
		return nil
	}
	err := a.store.TryWriting(ctx, a.random())
	switch {
	case err == nil:
		a.writing.proven = a.now()
	case model.KindOf(err) == model.Unreachable && ctx.Err() != nil && since < longestWait:
		return nil // others write just now
	default:
		return fmt.Errorf("nothing can be written: %w", err)
	}
	return nil
}
