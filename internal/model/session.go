package model

import "time"

// SessionIdle is how long a session lives without a visit. It is long because people come back
// quarterly.
const SessionIdle = 400 * 24 * time.Hour

// Manager is a person who takes assessments, known through a session. Nothing else is needed to begin; ways in that are
// added later lead back to the same manager.
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
	// WayBack reports whether the manager comes back without this session, by a recovery key or an identity; Keyed that
	// they have a recovery key, Sharing that they have made shares.
	WayBack, Keyed, Sharing bool
	// Elsewhere reports whether another device is signed in for the manager, too.
	Elsewhere bool
	// Way is how the session came to act for the manager, CameAs what pages call whom it was opened for.
	Way    Way
	CameAs string
	// Issuer and Subject are those of the identity that it was opened by, "" for a way in that needs nobody to vouch.
	Issuer, Subject string
}
