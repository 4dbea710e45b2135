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
