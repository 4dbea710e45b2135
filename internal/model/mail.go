package model

import "time"

// MailLinkLife is how long a link in a mail opens something.
const MailLinkLife = 10 * time.Minute

// MailAsk is somebody who asks for a link in a mail.
type MailAsk struct {
	// Address is as it was typed.
	Address string
	// Adding says that they want to add the address to the history of their browser.
	Adding bool
	// Browser is what their browser kept of an earlier time, "" for nothing; From a client's code. Known is what a browser is
	// known by in which somebody has come in by this address before, "" for any other.
	Browser, From, Known string
}

// MailAsked is what came of it.
type MailAsked struct {
	// Address is where the mail goes.
	Address string
	// Secret is that of the link, "" if no mail is to go out, which nobody must be told.
	Secret string
	// Browser is what the browser that asked has to keep: only with it does the link open anything.
	Browser string
}

// MailLink is a link on its way.
type MailLink struct {
	SecretHash, BrowserHash string
	// Address is whose it is.
	Address string
	// ManagerID is whose way in the address is to be; "" where somebody comes in.
	ManagerID string
	Expires   time.Time
}

// MailOpening is somebody who has opened a link.
type MailOpening struct {
	// Secret is that of the link, Browser what the browser kept.
	Secret, Browser string
	// From is a client's code, Label what the browser calls itself.
	From, Label string
	// Only says that nobody comes in by a link here: it confirms an address of whoever is signed in, to be written to.
	Only bool
}

// MailAddressLimit is how many characters an address may have as it is typed.
const MailAddressLimit = 254

// ReminderKind says what a manager is reminded of by mail. It is all that the mail says: no names, no results and nobody's
// words. What a calendar is told has the same kinds.
type ReminderKind string

// What somebody is reminded of beside what falls on a day.
const (
	MentorWrote    ReminderKind = "mentor"
	LevelsProposed ReminderKind = "levels"
	CycleAsks      ReminderKind = "contribution"
	MembersWait    ReminderKind = "members"
	TeamAsks       ReminderKind = "peers"
	DraftWaits     ReminderKind = "draft"
	MapWaits       ReminderKind = "map"
)

// Reminder is one thing that a manager is reminded of.
type Reminder struct {
	Kind ReminderKind
	// Day is the one on which it falls; zero for what waits.
	Day time.Time
	// Key names it, so that nobody is reminded of it twice.
	Key string
}

// ReminderMail is what one mail reminds a manager of.
type ReminderMail struct {
	// To is the address.
	To string
	// Today is the reader's day.
	Today time.Time
	// Stop is the secret with which anybody who has the mail ends such mails.
	Stop      string
	Reminders []Reminder
}

// MailReminders says whether and where a manager is reminded by mail.
type MailReminders struct {
	ManagerID string
	// To is the identity whose address it is; the zero value where they are not reminded by mail.
	To Identity
	// Failures counts the mails in a row that the address's server didn't take.
	Failures int
	// Addresses are the identities to choose from, each with another address.
	Addresses []Identity
}

// On reports whether there are reminders by mail.
func (m MailReminders) On() bool { return m.To.ID != "" }
