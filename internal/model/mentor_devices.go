package model

import "time"

// MentorBrowser is one of the browsers in which a mentor goes on with what was shared with them.
type MentorBrowser struct {
	ID string
	// Label is what the browser called itself, such as "Firefox on Linux"; "" if it came before that was kept.
	Label string
	// AddedAt is when it came, SeenAt the last visit, kept to about a day.
	AddedAt, SeenAt time.Time
	// Here reports whether it is the one that asks.
	Here bool
}

// MentorDevices is what a mentor reads of their browsers.
type MentorDevices struct {
	Browsers []MentorBrowser
	Key      RecoveryKey
	// Signed reports whether the browser's own session acts for a manager; Kept that the mentor is kept under their
	// sign-in, KeptElsewhere that it is under another's.
	Signed, Kept, KeptElsewhere bool
}

// MentorCode is a code by which a mentor goes on with another device, shown once.
type MentorCode struct {
	Code      string
	ExpiresAt time.Time
}

// ContinueInput is what the form sends by which a mentor goes on in this browser with what they began in another.
type ContinueInput struct {
	// Code is a code from the other device or the twelve words of a mentor's key, as typed.
	Code string
	// Drop says that two views of the same result may become one.
	Drop bool
	// Mentor is the mentor that this browser is known as; zero if it never opened a share.
	Mentor Mentor
	// ManagerID is the manager that the browser's own session acts for, or "": managers can't review themselves.
	ManagerID string
	// From identifies where the try comes from, so that guessing can be slowed; Label is what the browser calls itself.
	From, Label string
}

// Keeping is what a browser holds as a mentor's, and could be kept under the sign-in that is open in it.
type Keeping struct {
	// Received is what was shared, the latest first.
	Received []Received
}
