package model

import "time"

// UndoJoining is how long laying two histories together can be undone.
const UndoJoining = 24 * time.Hour

// Joining is that two histories were laid together, while it can be undone.
type Joining struct {
	// FormerID is the manager whose history became the other's.
	FormerID string
	// MadeAt is when, Until until when it can be undone.
	MadeAt, Until time.Time
}

// Any reports whether there is one.
func (j Joining) Any() bool { return !j.Until.IsZero() }

// TwoHistories are what there is to see before two histories are laid together: that of a browser and that of who came to it.
type TwoHistories struct {
	Choice
	// HereFinished and ThereFinished are the finished assessments of both, the latest first.
	HereFinished, ThereFinished []*Assessment
	Clashes
	// Waits is that one of the two was laid together with another a short time ago, which has to be settled first; zero if
	// not.
	Waits Joining
	// OwnViews counts what the person wrote as a mentor of either history, in this browser or under either's sign-in: it then
	// no longer counts.
	OwnViews int
}

// Clashes are what two histories both have and of which only one can be kept: that of the one that somebody signed in to.
type Clashes struct {
	// Scopes are those for which both have targets.
	Scopes []string
	// Cadence, Calendar and Keys say that both have chosen a rhythm, have an address that calendars read, have a recovery key.
	Cadence, Calendar, Keys bool
	// Teams are those in which both have a place.
	Teams []TwiceIn
}

// TwiceIn is a team in which somebody has two places, with the names there.
type TwiceIn struct{ Team, Here, There string }
