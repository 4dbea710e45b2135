package model

import "time"

// DateLayout is how a date (without a time of day) is stored and how an HTML date field sends it.
const DateLayout = "2006-01-02"

// Date strips the time of day: midnight UTC of the same calendar day in UTC. Periods are whole days.
func Date(moment time.Time) time.Time {
	year, month, day := moment.UTC().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// LongDate writes a date the one way that the product writes dates: "3 March 2026".
func LongDate(moment time.Time) string { return moment.UTC().Format("2 January 2006") }
