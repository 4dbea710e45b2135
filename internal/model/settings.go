package model

import (
	"time"

	"whetstone/internal/questionnaire"
)

// Device is a browser that is signed in for a manager.
type Device struct {
	// SessionID names the session that the device holds.
	SessionID string
	// Label is what the browser calls itself, such as "Firefox on Linux"; "" if that isn't known.
	Label string
	// Way is how it came in, CameAs what pages call whom it was opened for.
	Way      Way
	CameAs   string
	SignedIn time.Time
	// Seen is the last visit, kept to about a day.
	Seen time.Time
}

// Devices are the devices of a manager, as one of them sees them.
type Devices struct {
	This   Device
	Others []Device
	// WayBack reports whether something leads back in, so that even this device can be ended; Keyed whether that is a
	// recovery key.
	WayBack, Keyed bool
}

// Settings is what the settings page shows.
type Settings struct {
	Scopes []questionnaire.Scope
	// Ways are those by which the manager comes back.
	Ways WaysIn
	// Devices counts the signed-in devices, including this one.
	Devices int
	// Finished counts the finished assessments.
	Finished int
	Next     NextAssessment
}

// Holdings counts what is kept of a manager.
type Holdings struct {
	Finished, Drafts, Answers, Notes, Targets, Devices, Keys int
	// Identities and Passkeys count those by which the manager comes in.
	Identities, Passkeys int
	// Shares counts the links made; Reviews counts what mentors have written through them.
	Shares, Reviews int
	// Teams counts the teams that the manager is in.
	Teams int
	// Commitments counts those of their plan, closed ones among them.
	Commitments int
	// Entries counts those of their log.
	Entries int
	// Maps counts their depth maps, one that is still being made among them.
	Maps int
	// Cadences is 1 where the manager chose how often to be assessed, Feeds 1 where a calendar can read what is due.
	Cadences, Feeds int
	// Files is 1 where a file waits to be brought in.
	Files int
	// Proposals counts what they propose to teams.
	Proposals int
	// Mentors is 1 where what others shared with them is kept under their sign-in.
	Mentors int
	// ShownMaps counts the teams to which they show on whom they rely.
	ShownMaps int
	// Organising is 1 where they organise this installation by a code of its operator's.
	Organising int
}

// Written reports whether the manager wrote or chose anything, beyond beginning an assessment.
func (h Holdings) Written() bool {
	return h.Finished+h.Answers+h.Targets+h.Teams+h.Commitments+h.Entries+h.Maps+h.Cadences+h.Feeds > 0
}

// Alone reports whether nothing is kept of the manager and nothing else leads to them than one session: whoever comes in
// there next takes nothing over, and is seen by nobody.
func (h Holdings) Alone() bool {
	h.Devices = max(h.Devices-1, 0)
	return h == Holdings{}
}

// Any reports whether there is an assessment, finished or not, a place in a team, a plan, a log, a map or a role: what would be
// left behind in a browser.
func (h Holdings) Any() bool {
	return h.Finished+h.Drafts+h.Teams+h.Commitments+h.Entries+h.Maps+h.Organising > 0
}

// Reach is how far a deletion reached.
type Reach int

const (
	// ErasedFromFile means that the database's files hold nothing more of it.
	ErasedFromFile Reach = iota
	// ErasedRows means that no row is left, but fragments may remain in unused parts of the database's file.
	ErasedRows
	// ErasedLater means that no row is left, and that rewriting the database's file has to wait, since it was
	// rewritten for another deletion a short time ago.
	ErasedLater
	// ErasedUnwritten means that no row is left, and that there was nothing left that the manager wrote or chose. For
	// what they deleted earlier, the database's file will be rewritten.
	ErasedUnwritten
	// ErasedOnServer means that no row is left, and that the database server decides what remains in its files.
	ErasedOnServer
)

// Erasure says how far a deletion reached.
type Erasure struct {
	Reach Reach
	// Problem is what kept it from reaching further, for the log; nil if nothing went wrong.
	Problem error
}

// RecoveryKey is what is kept of a recovery key; zero if there is none.
type RecoveryKey struct {
	// Hash is that of the words.
	Hash string
	Made time.Time
	// Further counts the keys that open the same beside it: those of histories that were laid together.
	Further int
}

// markLength is enough of a hash to tell a manager's keys apart.
const markLength = 16

// Mark names the key in the form that replaces it; "" if there is none.
func (k RecoveryKey) Mark() string { return k.Hash[:min(len(k.Hash), markLength)] }

// Recovery is what the page that takes a recovery key has to warn of.
type Recovery struct {
	// Held reports whether this browser holds assessments, which it will give up for those of the key.
	Held bool
	// WayBack reports whether something else leads back to those.
	WayBack bool
}

// RecoveryInput is what the form for opening a history with its key sends.
type RecoveryInput struct {
	// Words are the words of the key, as typed.
	Words string
	// Leave says that the browser may give up the assessments that it holds.
	Leave bool
	// From identifies where the try comes from, so that guessing can be slowed; no address can be read from it.
	From string
	// Label is what the browser calls itself.
	Label string
}
