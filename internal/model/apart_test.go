package model_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
)

// Moments of one day, one minute and one second are written so that each can be told from the others.
func TestMomentsAreWrittenApart(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, time.March, 3, 10, 15, 3, 250e6, time.UTC)
	for want, others := range map[string][]time.Time{
		"3 March 2026":                   {day, day.AddDate(0, 0, 1)},
		"3 March 2026, 10:15 UTC":        {day.Add(time.Hour), day},
		"3 March 2026, 10:15:03 UTC":     {day.Add(time.Hour), day.Add(time.Second), day.Add(time.Hour)},
		"3 March 2026, 10:15:03.250 UTC": {day.Add(time.Millisecond), day.Add(time.Second), day},
	} {
		if got := (model.Zone{}).Apart(day, others); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
