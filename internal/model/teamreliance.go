package model

import "time"

// Reliance is on whom somebody relies for a domain, as they show it to a team: neither how deep they are nor how much
// hangs on it.
type Reliance struct {
	Domain string
	Own    bool
	// Name and InText are what the domain was called when it was placed.
	Name, InText string
	// Whom is on whom they rely, "" for nobody yet.
	Whom string
}

// ShownMap is what a member of a team shows of one of their depth maps, copied when they showed it.
type ShownMap struct {
	ID, MemberID, MapID string
	// PlacedAt is when the map was finished.
	PlacedAt  time.Time
	Reliances []Reliance
}

// NamedMap is whose map stands side by side with others, and of when it is.
type NamedMap struct {
	Name     string
	PlacedAt time.Time
}

// NamedReliance is on whom a member relies for a domain; Whom "" for nobody yet.
type NamedReliance struct{ Name, Whom string }

// DomainReliances is who of those who show it relies on whom for a domain.
type DomainReliances struct {
	Name, InText string
	// Alone have nobody yet, Relying have somebody; each in the order of the roster.
	Alone   []string
	Relying []NamedReliance
}

// TeamReliances is on whom the members of a team rely who show it, side by side.
type TeamReliances struct {
	TeamPage
	// Maps are those that are shown, in the order of the roster.
	Maps []NamedMap
	// Domains are those that anybody shows: where most are alone first.
	Domains []DomainReliances
	// Shows reports whether the visitor shows theirs.
	Shows bool
}

// OwnReliances is what a member shows a team of their depth map, and what they could.
type OwnReliances struct {
	TeamPage
	// Map is their last finished map; nil for none. Offered is what it has to show: the domains that matter.
	Map     *DepthMap
	Offered []Reliance
	// Shown is what they show now; nil for nothing. Newer reports whether Map is another one than the one shown.
	Shown *ShownMap
	Newer bool
	// Ticked are the domains of Offered that they show now.
	Ticked map[string]bool
}

// ReliancesInput is what the form by which a member shows a map sends.
type ReliancesInput struct {
	// Map is the map whose domains were offered.
	Map string
	// Ticked are the domains that are ticked, Seen those that were ticked as the page saw them.
	Ticked, Seen []string
}

// OwnPlace is a member's own place in a team.
type OwnPlace struct {
	TeamPage
	// Shows reports whether they show the team on whom they rely.
	Shows bool
}
