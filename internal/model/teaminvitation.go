package model

import "time"

// InvitationKind is what an invitation invites to, and how.
type InvitationKind string

const (
	// JoinLink is a link for joining.
	JoinLink InvitationKind = "join-link"
	// JoinCode is a short code for joining.
	JoinCode InvitationKind = "join-code"
	// CompareCode is a code by which the steward of another team agrees that both see each other's
	// aggregates.
	CompareCode InvitationKind = "compare-code"
)

// TeamInvitation lets people into a team, or lets a sister team compare. Only the hash of its secret is
// kept.
type TeamInvitation struct {
	ID, TeamID string
	Kind       InvitationKind
	SecretHash string
	CreatedAt  time.Time
	ExpiresAt  time.Time
	// RevokedAt is zero unless it was revoked.
	RevokedAt time.Time
	// Uses counts the people who came by it; Places is how many it lets in, 0 for one older than that limit, and for a
	// code to compare, which serves once.
	Uses, Places int
}

// InvitationInput is what the form of an invitation sends, as typed.
type InvitationInput struct {
	Kind InvitationKind
	// Days is how many days it stays open, Places how many people it lets in.
	Days, Places string
	// From identifies where it comes from, so that what one client makes can be bounded.
	From string
}

// TeamInvitations are the live invitations of a team, as its stewards see them.
type TeamInvitations struct {
	TeamPage
	Live []TeamInvitation
}

// MadeInvitation is an invitation that was made just now. Its secret is kept nowhere else.
type MadeInvitation struct {
	TeamPage
	Invitation TeamInvitation
	Secret     string
}

// Full reports whether as many people have used the invitation as it lets in.
func (i TeamInvitation) Full() bool { return i.Places > 0 && i.Uses >= i.Places }

// Live reports whether the invitation still opens.
func (i TeamInvitation) Live(now time.Time) bool {
	return i.RevokedAt.IsZero() && now.Before(i.ExpiresAt)
}

// JoinInput is what the form for joining a team sends.
type JoinInput struct {
	// Secret is that of a link, or a code as typed.
	Secret string
	Kind   InvitationKind
	Name   string
	// Agreed says that the terms were read.
	Agreed bool
	// From identifies where the try comes from, so that guessing can be slowed, and joining bounded.
	From string
}

// JoinTerms is what people read before joining.
type JoinTerms struct {
	Team Team
	// Stewards are the names of those who steward it.
	Stewards []string
	// Members counts those in it.
	Members int
	// Minutes is about how long a full assessment takes.
	Minutes int
	// Already reports whether the visitor is in it.
	Already bool
	// Full reports whether as many people have used the invitation as it lets in.
	Full bool
}
