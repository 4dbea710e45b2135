package model

import (
	"time"

	"whetstone/internal/disclosure"
)

// Rules are a version of the rules for what a cycle publishes.
type Rules = disclosure.Rules

// Limits of what a team takes.
const (
	// PurposeLimit bounds what a team says of itself, in characters; LabelLimit bounds its name, the names
	// of its members and cycles.
	PurposeLimit = 300
	// SmallestGroup is the least number of people that any published figure is of; a team can ask for more,
	// up to LargestSmallestGroup, never for fewer.
	SmallestGroup, LargestSmallestGroup = 5, 20
	// WaitLimit is how many can wait to be confirmed at once: a link that has spread fills that, and takes no member's
	// place. One invitation lets in up to LargestInvitation, so that others still let somebody in when it has spread;
	// UsualPlaces is what its form begins with.
	WaitLimit, LargestInvitation, UsualPlaces = 300, 100, 25
	// ShortestInvitation, LongestInvitation and UsualInvitation are how long an invitation lives, in days.
	ShortestInvitation, LongestInvitation, UsualInvitation = 1, 30, 7
	// LongestCycle is how long a cycle can stay open, in days.
	LongestCycle = 120
	// UsualBefore and LongestBefore are for how many days before it opens a cycle counts what was finished, where nothing
	// else is chosen, and at most.
	UsualBefore, LongestBefore = 14, 30
	// TeamLimit is how many teams one manager can be in. MemberLimit, CycleLimit and PeerLimit are how many members,
	// cycles and teams to compare with a team has at most; InvitationLimit is how many invitations of it there are
	// that haven't expired, revoked ones included. They are more than anybody needs, and keep an attacker from filling
	// the server.
	TeamLimit, MemberLimit, CycleLimit, PeerLimit, InvitationLimit = 50, 1000, 500, 20, 200
	// KnownLimit is how many of a team one member can tick as people they know.
	KnownLimit = 150
)

// Role is what a member may do in a team. A steward sees no more of the answers than any member.
type Role string

// The roles.
const (
	// Steward opens and closes cycles, invites, confirms, renames and hands over.
	Steward Role = "steward"
	// Member takes part.
	Member Role = "member"
)

// Team is a group of managers who want to see where they stand together.
type Team struct {
	ID, Name, Purpose string
	// SmallestGroup is the least number of people that a figure of the next cycle is of. It can only rise.
	SmallestGroup int
	// Zone is the one that the days of its cycles are counted in, for everybody in it.
	Zone      Zone
	CreatedAt time.Time
}

// Membership is one manager's place in one team.
type Membership struct {
	// ID names the place in addresses; it says nothing of the manager.
	ID        string
	TeamID    string
	ManagerID string
	// Name is what the member is called in the team.
	Name string
	Role Role
	// JoinedAt orders the roster and is shown to nobody. ConfirmedAt is zero until a steward confirmed the
	// member; a cycle counts those who were confirmed before it opened.
	JoinedAt, ConfirmedAt time.Time
}

// Confirmed reports whether a steward has confirmed the member.
func (m Membership) Confirmed() bool { return !m.ConfirmedAt.IsZero() }

// TeamInput is what the form of a team sends, as typed.
type TeamInput struct {
	Name, Purpose string
	// SmallestGroup is a whole number.
	SmallestGroup string
	// MemberName is what the maker is called in the team; left out when a team is changed.
	MemberName string
	// From identifies where it comes from, so that what one client makes can be bounded.
	From string
	// Zone names the time zone that the team's days are counted in; "" is UTC for a new team, and leaves another as
	// it is.
	Zone string
	// Seen is the token of the team as the page saw it; "" for a new one.
	Seen string
	// Caller is who makes a new one: where organisers alone open teams, they have to be one.
	Caller Caller
}

// TeamSummary is one of a manager's teams in their list.
type TeamSummary struct {
	Team    Team
	Role    Role
	Members int
	// Confirmed reports whether the manager has been confirmed.
	Confirmed bool
	// Open is the cycle that is open, nil if none is; Latest the latest closed one.
	Open, Latest *Cycle
	// Contributed reports whether the manager contributes to the open one.
	Contributed bool
}

// TeamCounts is how many of each limited thing a team has: confirmed members, those who wait, invitations that haven't
// expired, revoked ones included, and teams that it compares with.
type TeamCounts struct{ Members, Waiting, Invitations, Peers int }

// TeamPage is what every page of a team knows.
type TeamPage struct {
	Team Team
	// Me is the visitor's own place.
	Me Membership
	// Members counts those who are confirmed, Waiting those who wait to be. A visitor who still waits is told neither.
	Members, Waiting int
	// Stewards counts the stewards; where there is none, any confirmed member may take over.
	Stewards int
	Now      time.Time
}

// UsualPlaces is how many people a new invitation lets in by default: no more than the team has room for.
func (p *TeamPage) UsualPlaces() int {
	return max(1, min(UsualPlaces, MemberLimit-p.Members-p.Waiting, WaitLimit-p.Waiting))
}

// TeamRoster is a team's members, as its confirmed members see them.
type TeamRoster struct {
	TeamPage
	// Roster is everybody in it: the confirmed ones, then those who wait, each by name.
	Roster []Membership
	// Counted are the ids of the others who count in a cycle that has opened and isn't closed: nobody can remove them
	// until it closes. For stewards only.
	Counted map[string]bool
	// Enough says whether the members are enough for the next cycle.
	Enough Enough
}

// TeamAcquaintances is which people of a team a member knows.
type TeamAcquaintances struct {
	TeamPage
	// Others are the other confirmed members, by name; Known are the ids of those who are ticked.
	Others []Membership
	Known  map[string]bool
	// Needed is how many must be ticked to contribute.
	Needed int
	// Current is the open or due cycle, else the next planned one; nil if there is none.
	Current *CurrentCycle
}

// AcquaintancesInput is what a form sends of whom a member knows, by the ids of their places.
type AcquaintancesInput struct {
	Ticked []string
	// Seen are those who were ticked as the page saw it; nil of a page that an earlier version made, which is taken as
	// it comes.
	Seen []string
}

// Ticked counts those who are ticked.
func (t *TeamAcquaintances) Ticked() (count int) {
	for _, member := range t.Others {
		if t.Known[member.ID] {
			count++
		}
	}
	return count
}

// TeamHome is the first page of a team.
type TeamHome struct {
	TeamPage
	// StewardNames are those who steward it, by name; for a visitor who waits to be confirmed.
	StewardNames []string
	// Current is the open or due cycle, else the next planned one; nil if there is none.
	Current *CurrentCycle
	// Enough says whether the members are enough for the next one.
	Enough Enough
	// Cycles are all of them, the latest first.
	Cycles []*Cycle
	// Latest is what the latest closed cycle published that published anything, or else what the latest says of why it
	// did not; nil before the first. Failed is the latest closed cycle where that published nothing, and one before did.
	Latest, Failed *TeamResult
	// Invitations are the live ones; for stewards alone.
	Invitations []TeamInvitation
	// Peers are the teams that agreed to compare, Requests what either side has asked and is not agreed on yet.
	Peers    []TeamPeer
	Requests []PeerRequest
	// Declined are the teams that declined what this one had asked lately.
	Declined []PeerRefusal
	// Hidden is the visitor's own smallest effective group over all that was published about them: "hidden
	// among 6"; 0 where nothing was published about them.
	Hidden int
	// Practice is what the team is at; nil for nothing. PracticeOpened is the cycle that has opened since: it is time to
	// say what became of it. Proposals counts what is proposed.
	Practice       *TeamPractice
	PracticeOpened *Cycle
	Proposals      int
}

// WaitingMembers is a team whose steward has somebody to confirm.
type WaitingMembers struct {
	TeamID, Team string
	// Count is how many wait, and Latest when the last of them came.
	Count  int
	Latest time.Time
}
