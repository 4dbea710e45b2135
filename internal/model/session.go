package model

import "time"

// SessionIdle is how long a session lives without a visit. It is long because people come back
// quarterly.
const SessionIdle = 400 * 24 * time.Hour

// Manager is a person who takes assessments. There is no account: a manager is known only through
// a session.
type Manager struct {
	ID        string
	CreatedAt time.Time
}

// Browser is one browser on one device. It outlives its sessions, so that "this device" keeps
// meaning the same when a session is replaced.
type Browser struct {
	ID        string
	CreatedAt time.Time
	// Label is what the browser calls itself, such as "Firefox on Linux".
	Label string
}

// ToldZone is the zone in which a session counts days: the one that its browser last reported, unless its owner has
// chosen another.
type ToldZone struct {
	Zone   Zone
	Chosen bool
}

// Session ties a browser to what it may do: at present, act as one manager. Only the hash of its token is stored.
type Session struct {
	ID        string
	BrowserID string
	// ManagerID is "" for a session that acts for no manager.
	ManagerID string
	TokenHash string
	CreatedAt time.Time
	// SeenAt is the last visit, kept to about a day.
	SeenAt time.Time
	// Renewed reports whether the token that the browser came with replaced another one, which still holds.
	Renewed bool
	// Days are counted in this zone.
	Days ToldZone
	// Keyed reports whether the manager has a recovery key, Sharing that they have made shares.
	Keyed, Sharing bool
}
