package kit

import (
	"slices"
	"testing"
	"time"
)

// Every axis of time names its year, also within one, and its dates have room.
func TestTicksDateTheAxis(t *testing.T) {
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 10, 0, 0, 0, time.UTC)
	}
	for _, test := range []struct {
		first, last time.Time
		want        []string
	}{
		{day(2026, 2, 10), day(2026, 5, 11), []string{"Mar 2026", "Apr", "May"}},
		{day(2026, 2, 10), day(2026, 11, 20), []string{"Mar 2026", "May", "Jul", "Sep", "Nov"}},
		{day(2025, 11, 20), day(2026, 4, 2), []string{"Dec 2025", "2026", "Feb", "Mar", "Apr"}},
		{day(2024, 8, 1), day(2026, 6, 1), []string{"2025", "Jul", "2026"}},
		{day(2016, 8, 1), day(2026, 6, 1), []string{"2018", "2020", "2022", "2024", "2026"}},
	} {
		chart := TrendChart{First: test.first, Last: test.last}
		var words []string
		before := -tickRoom
		for _, tick := range chart.ticks() {
			words = append(words, tick.words)
			if tick.x-before < tickRoom || tick.x < plotLeft || tick.x > plotRight {
				t.Errorf("%s has no room at %.0f", tick.words, tick.x)
			}
			before = tick.x
		}
		if !slices.Equal(words, test.want) {
			t.Errorf("from %v to %v: %q, want %q", test.first, test.last, words, test.want)
		}
	}
}
