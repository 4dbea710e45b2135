package main

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// upkeepInterval is how often the app does its background work, closingInterval how often it checks whether a team's
// cycle is past its last day.
const (
	upkeepInterval  = time.Hour
	closingInterval = time.Minute
)

// repeat does work at once and then at intervals until the context ends, which work has to heed. A failure is logged,
// and the work tried again the next time.
func repeat(ctx context.Context, interval time.Duration, work func(context.Context) error, to *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		// Work that a shutdown ended hasn't failed.
		if err := work(ctx); err != nil && !(ctx.Err() != nil && errors.Is(err, ctx.Err())) {
			to.Warn("the upkeep failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
