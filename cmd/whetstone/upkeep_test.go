package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Work that a shutdown ended early isn't a failure to report to an operator.
func TestStoppedUpkeepIsNoFailure(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	var log bytes.Buffer
	repeat(ctx, upkeepInterval, func(ctx context.Context) error {
		stop()
		return ctx.Err()
	}, slog.New(slog.NewTextHandler(&log, nil)))
	if log.Len() > 0 {
		t.Errorf("the log says\n%s", &log)
	}
}

// The upkeep goes on after a failure, which it logs, and ends with its context.
func TestUpkeepIsRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), 2*upkeepInterval+time.Minute)
		defer stop()
		var log bytes.Buffer
		runs := 0
		repeat(ctx, upkeepInterval, func(context.Context) error {
			runs++
			return errors.New("once more")
		}, slog.New(slog.NewTextHandler(&log, nil)))
		if runs != 3 || strings.Count(log.String(), `msg="the upkeep failed" error="once more"`) != 3 {
			t.Errorf("it ran %d times, with the log\n%s", runs, &log)
		}
	})
}
