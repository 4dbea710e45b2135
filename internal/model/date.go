package model

import (
	"regexp"
	"sync"
	"time"

	_ "time/tzdata" // the time zones, on whatever machine
)

// DateLayout is how a date (without a time of day) is stored and how an HTML date field sends it.
const DateLayout = "2006-01-02"

// A day is kept as midnight UTC of its date, whoever's day it is. Only a Zone turns a moment into somebody's day: the
// machine's own time zone never matters.

// LongDay formats a day the one way that the product shows days: "3 March 2026".
func LongDay(day time.Time) string { return day.Format("2 January 2006") }

// Zone is the time zone that somebody's days are counted in. The zero Zone, for somebody whose zone is unknown, is
// UTC.
type Zone struct{ location *time.Location }

// zoneName matches what names in the time zone database look like.
var zoneName = regexp.MustCompile(`^[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}$`)

// longestZoneName bounds what is looked up at all.
const longestZoneName = 64

// zones caches those that were looked up: at most as many as the time zone database has.
var zones sync.Map

// ReadZone finds a time zone by the name that the time zone database gives it, such as "Pacific/Auckland"; found is
// false for any other name, and for "".
func ReadZone(name string) (zone Zone, found bool) {
	if len(name) > longestZoneName || !zoneName.MatchString(name) || name == "Local" {
		return Zone{}, false
	}
	if known, found := zones.Load(name); found {
		return Zone{known.(*time.Location)}, true
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, false
	}
	zones.Store(name, location)
	return Zone{location}, true
}

// Known reports whether the zone is known.
func (z Zone) Known() bool { return z.location != nil }

// Name is that of the time zone database; "" for an unknown zone.
func (z Zone) Name() string {
	if z.location == nil {
		return ""
	}
	return z.location.String()
}

func (z Zone) at(moment time.Time) time.Time {
	if z.location == nil {
		return moment.UTC()
	}
	return moment.In(z.location)
}

// Day is the day of a moment in this zone.
func (z Zone) Day(moment time.Time) time.Time {
	year, month, day := z.at(moment).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Begin is the moment at which a day begins in this zone, as a moment in UTC. Where the clocks are put forward at
// midnight that is one o'clock.
func (z Zone) Begin(day time.Time) time.Time {
	if z.location == nil {
		return day
	}
	begin := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, z.location)
	if _, end := begin.ZoneBounds(); z.Day(begin).Before(day) && !end.IsZero() {
		begin = end
	}
	if earlier := begin.Add(-time.Hour); z.Day(earlier).Equal(day) { // the clocks went back over midnight
		begin = earlier
	}
	return begin.UTC()
}

// LongDate writes the day of a moment in this zone: "3 March 2026".
func (z Zone) LongDate(moment time.Time) string { return LongDay(z.Day(moment)) }

// LongDates writes the days of two moments in this zone, and a day that is both once: "3 March 2026 to 5 April 2026".
func (z Zone) LongDates(first, last time.Time) string {
	return Span(z.LongDate(first), z.LongDate(last))
}

// Span writes two ends, and one that is both once: "March 2026 to May 2026".
func Span(first, last string) string {
	if first == last {
		return first
	}
	return first + " to " + last
}

// ShortDate writes the day of a moment in this zone where there is little room: "3 Mar 2026".
func (z Zone) ShortDate(moment time.Time) string { return z.Day(moment).Format("2 Jan 2006") }

// Month writes the month of a moment in this zone: "March 2026".
func (z Zone) Month(moment time.Time) string { return z.Day(moment).Format("January 2006") }

// LongTime writes a moment in this zone: "3 March 2026, 15:04", and says that it is UTC where the zone is unknown.
func (z Zone) LongTime(moment time.Time) string { return z.LongDate(moment) + ", " + z.Clock(moment) }

// Apart writes the day of a moment in this zone so that it can be told from others: with the time of day where another is
// of the same day, to the second where it is of the same minute, and to the millisecond where it is of the same second.
func (z Zone) Apart(moment time.Time, others []time.Time) string {
	layouts := []string{"", "15:04", "15:04:05", "15:04:05.000"}
	needed := 0
	for _, other := range others {
		if other.Equal(moment) || !z.Day(other).Equal(z.Day(moment)) {
			continue
		}
		for needed = max(needed, 1); needed < len(layouts)-1 && z.clock(other, layouts[needed]) == z.clock(moment, layouts[needed]); needed++ {
		}
	}
	if needed == 0 {
		return z.LongDate(moment)
	}
	return z.LongDate(moment) + ", " + z.clock(moment, layouts[needed])
}

// Span writes the days of two moments in this zone: "from 3 March 2026 to 9 March 2026", or "on 3 March 2026" where they are
// one.
func (z Zone) Span(first, last time.Time) string {
	if z.Day(first).Equal(z.Day(last)) {
		return "on " + z.LongDate(first)
	}
	return "from " + z.LongDate(first) + " to " + z.LongDate(last)
}

// Hour is the hour of a moment's clock, 0 to 23.
func (z Zone) Hour(moment time.Time) int { return z.at(moment).Hour() }

// Clock writes the time of day of a moment in this zone: "15:04", and says that it is UTC where the zone is unknown.
func (z Zone) Clock(moment time.Time) string { return z.clock(moment, "15:04") }

func (z Zone) clock(moment time.Time, layout string) string {
	clock := z.at(moment).Format(layout)
	if z.location == nil {
		clock += " UTC"
	}
	return clock
}
