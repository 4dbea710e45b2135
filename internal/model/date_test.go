package model_test

import (
	"testing"
	"time"

	"whetstone/internal/model"
)

func zone(t *testing.T, name string) model.Zone {
	t.Helper()
	found, ok := model.ReadZone(name)
	if !ok {
		t.Fatalf("there is no zone %q", name)
	}
	return found
}

// Sunday noon in Auckland is Sunday there, though the rest of the world has Saturday.
func TestDayOfAMoment(t *testing.T) {
	noon := time.Date(2026, time.November, 28, 23, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{"Pacific/Auckland": "29 November 2026", "America/New_York": "28 November 2026"} {
		if got := zone(t, name).LongDate(noon); got != want {
			t.Errorf("in %s it is %s, want %s", name, got, want)
		}
	}
	var untold model.Zone
	if got := untold.LongTime(noon); got != "28 November 2026, 23:00 UTC" {
		t.Errorf("where nobody told a zone it is %s", got)
	}
	if got := zone(t, "Pacific/Auckland").LongTime(noon); got != "29 November 2026, 12:00" {
		t.Errorf("in Auckland it is %s", got)
	}
}

// Two moments of one day are one day, by the zone in which somebody reads them.
func TestLongDates(t *testing.T) {
	evening := time.Date(2026, time.November, 28, 20, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		zone string
		last time.Time
		want string
	}{
		{"Etc/UTC", evening.Add(3 * time.Hour), "28 November 2026"},
		{"Europe/Berlin", evening.Add(3 * time.Hour), "28 November 2026 to 29 November 2026"},
		{"Pacific/Auckland", evening.Add(3 * time.Hour), "29 November 2026"},
	} {
		if got := zone(t, test.zone).LongDates(evening, test.last); got != test.want {
			t.Errorf("in %s: %q, want %q", test.zone, got, test.want)
		}
	}
}

// A day begins at its first moment, also where the clocks are changed at midnight.
func TestBeginOfADay(t *testing.T) {
	for name, days := range map[string][]string{
		"Pacific/Auckland": {"2026-11-29", "2026-04-05"}, "UTC": {"2026-01-01"}, "America/Santiago": {"2024-09-08", "2024-04-07"},
		"Asia/Beirut": {"2022-03-27"}, "America/Havana": {"2024-03-10", "2024-11-03"}, "America/St_Johns": {"2010-03-14", "2010-11-07"},
		"Australia/Lord_Howe": {"2026-10-04"}, "Asia/Kathmandu": {"2026-06-01"},
	} {
		where := zone(t, name)
		for _, typed := range days {
			day, _ := time.Parse(model.DateLayout, typed)
			begin := where.Begin(day)
			if got := where.Day(begin); !got.Equal(day) {
				t.Errorf("%s in %s begins on %s", typed, name, model.LongDay(got))
			}
			if before := where.Day(begin.Add(-time.Millisecond)); !before.Before(day) {
				t.Errorf("%s in %s has begun before %s", typed, name, begin)
			}
			if begin.Location() != time.UTC {
				t.Errorf("%s in %s begins at %s, which is no moment in UTC", typed, name, begin)
			}
		}
	}
}

func TestReadZone(t *testing.T) {
	for _, name := range model.ZoneNames() {
		if got := zone(t, name).Name(); got != name {
			t.Errorf("the zone %q is called %q", name, got)
		}
	}
	for _, name := range []string{"", "Local", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe/../Europe/Berlin", "europe/berlin\x00", "UTC+1 ", "posix/Europe/Berlin"} {
		if found, ok := model.ReadZone(name); ok || found.Known() || found.Name() != "" {
			t.Errorf("%q is read as the zone %q", name, found.Name())
		}
	}
}
