package model

import "time"

// CalendarKind says what falls on a day. It is all that a calendar is told: no names, no results and nobody's words.
type CalendarKind string

// What falls on a day.
const (
	PulseDue      CalendarKind = "pulse"
	FullDue       CalendarKind = "full"
	CommitmentDue CalendarKind = "commitment"
	CycleEnds     CalendarKind = "cycle"
	ShareEnds     CalendarKind = "share"
)

// CalendarEntry is something that falls on a day.
type CalendarEntry struct {
	Kind CalendarKind
	// UID names it for ever, whatever day it moves to, and gives away no id.
	UID string
	Day time.Time
}

// Calendar is what a calendar is told of a manager's days.
type Calendar struct {
	Entries []CalendarEntry
	CalendarVersion
}

// CalendarVersion says how new a calendar is.
type CalendarVersion struct {
	// Sequence counts its changes, from 0; ChangedAt is when it last did.
	Sequence  int
	ChangedAt time.Time
}

// CalendarFeed is an address that a calendar reads by itself; zero if there is none.
type CalendarFeed struct {
	// SecretHash is that of the secret in the address, which is kept nowhere.
	SecretHash string
	MadeAt     time.Time
	// ReadAt is when a calendar last read it, to about a day; zero if none has.
	ReadAt time.Time
}

// Exists reports whether there is one.
func (f CalendarFeed) Exists() bool { return f.SecretHash != "" }

// Mark names the address in the forms that replace and end it; "" if there is none.
func (f CalendarFeed) Mark() string { return f.SecretHash[:min(len(f.SecretHash), markLength)] }

// Reminders is what the page of a manager's reminders shows.
type Reminders struct {
	Next NextAssessment
	Feed CalendarFeed
	// Mail says whether and where they come by mail.
	Mail MailReminders
	// PulseMinutes and FullMinutes are about how long each form takes.
	PulseMinutes, FullMinutes int
}
