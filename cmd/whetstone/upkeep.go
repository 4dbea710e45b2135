package main

import (
	"context"
	"log/slog"
	"time"
)

// upkeepInterval is how often the app does what nobody asks for, closingInterval how often it looks whether a
// team's cycle is past its last day.
const (
	upkeepInterval  = time.Hour
	closingInterval = time.Minute
)

// repeat does work at once and then again and again, until the context ends. What fails is logged, and
// tried the next time. A stop lets work finish, since a statement that is broken off would keep the
// database from being closed cleanly.
func repeat(ctx context.Context, interval time.Duration, work func(context.Context) error, to *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		if err := work(limited); err != nil {
			to.Warn("the upkeep failed", "error", err)
		}
		cancel()
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
