package model

import (
	"time"

	"whetstone/internal/disclosure"
	"whetstone/internal/questionnaire"
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

// CycleState says how far a cycle has come.
type CycleState string

const (
	// CyclePlanned has not opened yet.
	CyclePlanned CycleState = "planned"
	// CycleOpen takes contributions.
	CycleOpen CycleState = "open"
	// CycleDue is past its last day and about to be closed: it takes nothing any more.
	CycleDue CycleState = "due"
	// CycleClosed is computed and frozen.
	CycleClosed CycleState = "closed"
)

// Cycle is one round of a team: who was confirmed before it opened may contribute one assessment that was
// finished while it was open, or a few days before.
type Cycle struct {
	ID, TeamID, Name string
	Form             Form
	// QuestionnaireID is the one questionnaire that counts; "" for any.
	QuestionnaireID string
	// OpensAt is its first moment, ClosesAt the first moment after it.
	OpensAt, ClosesAt time.Time
	// CountsFrom is the moment from which on a finished assessment counts in it: the beginning of a day, up to
	// LongestBefore days before it opens.
	CountsFrom time.Time
	// ClosedAt is zero until it was closed.
	ClosedAt time.Time
	// SmallestGroup and SmallestEffectiveGroup are the thresholds in force, set when it was made.
	SmallestGroup          int
	SmallestEffectiveGroup float64
	// SmallestKnown is how many of the other contributors each contributor has to know personally; 0 under the first
	// rules.
	SmallestKnown int
	// Rules are the ones in force when it opened; they decide what it publishes.
	Rules Rules
}

// Earlier reports whether the cycle opened by rules that are no longer those of new cycles.
func (c *Cycle) Earlier() bool { return c.Rules < disclosure.KeptRules }

// State returns how far the cycle has come.
func (c *Cycle) State(now time.Time) CycleState {
	switch {
	case !c.ClosedAt.IsZero():
		return CycleClosed
	case now.Before(c.OpensAt):
		return CyclePlanned
	case now.Before(c.ClosesAt):
		return CycleOpen
	}
	return CycleDue
}

// LastMoment is the last one of the cycle's last day.
func (c *Cycle) LastMoment() time.Time { return c.ClosesAt.Add(-time.Millisecond) }

// Counts reports whether a member counts in the cycle: confirmed before it opened.
func (c *Cycle) Counts(member Membership) bool {
	return member.Confirmed() && member.ConfirmedAt.Before(c.OpensAt)
}

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
}

// CycleInput is what the form of a cycle sends, as typed.
type CycleInput struct {
	Name, Form, Questionnaire string
	// Opens and Closes are its first and its last day, "2026-09-01"; Opens "" means now.
	Opens, Closes string
	// Before is for how many days before it opens it counts what was finished; "" for the usual number.
	Before string
	// Outcome is what became of the team's practice; a cycle that opens now asks for it.
	Outcome OutcomeInput
	// From identifies where it comes from, so that what one client makes can be bounded.
	From string
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
	// Peers are the teams that agreed to compare.
	Peers []TeamPeer
	// Hidden is the visitor's own smallest effective group over all that was published about them: "hidden
	// among 6"; 0 where nothing was published about them.
	Hidden int
	// Practice is what the team is at; nil for nothing. PracticeOpened is the cycle that has opened since: it is time to
	// say what became of it. Proposals counts what is proposed.
	Practice       *TeamPractice
	PracticeOpened *Cycle
	Proposals      int
}

// Enough says whether so many people can make a cycle that publishes something.
type Enough struct {
	// Counting counts those who can take part, Needed is how many have to. From Safe on, one of them can miss a cycle, and
	// it is still published with its competencies; 0 where no number is known.
	Counting, Needed, Safe int
}

// Short reports whether they are too few for anything to be published.
func (e Enough) Short() bool { return e.Counting < e.Needed }

// Tight reports whether they are enough, but none of them can be missed.
func (e Enough) Tight() bool { return !e.Short() && e.Counting < e.Safe }

// CurrentCycle is a cycle that isn't closed, as one member sees it.
type CurrentCycle struct {
	Cycle *Cycle
	// Enough says whether those whom it counts are enough.
	Enough Enough
	State  CycleState
	// Counting counts the members who may contribute.
	Counting int
	// Contributors is how many had contributed at the start of the day; 0 for fewer than the smallest
	// group.
	Contributors int
	// Counts reports whether the visitor may contribute; Mine is the assessment that they contribute, nil for
	// none; Suitable are those that they could.
	Counts   bool
	Mine     *Assessment
	Suitable []*Assessment
	// Seen is the token that a page sends back with a choice of what counts.
	Seen string
	// Known counts those whom the visitor ticked as people they know and whom the cycle counts.
	Known int
	// Comparable is the latest closed cycle of its form that published something, with when the change since is said; nil
	// for none.
	Comparable *TeamComparable
}

// CyclePage is the page of a cycle that isn't closed.
type CyclePage struct {
	TeamPage
	CurrentCycle
}

// CycleChoices is what the form of a new cycle offers.
type CycleChoices struct {
	TeamPage
	// Questionnaires are those that a cycle can be bound to.
	Questionnaires []QuestionnaireChoice
	// Chosen is the form as it is shown first.
	Chosen CycleInput
	// SmallestGroup and SmallestEffectiveGroup are the thresholds that it would have.
	SmallestGroup          int
	SmallestEffectiveGroup float64
	// Enough says whether the members are enough for it.
	Enough Enough
	// Comparable are the latest closed cycles of each form that published something, with when the change since is said.
	Comparable []TeamComparable
	// Practice is what the team is at, of which the form asks what became; nil for nothing.
	Practice *TeamPractice
}

// TeamResult is a closed cycle with what it published, and the names that go with it.
type TeamResult struct {
	TeamPage
	Cycle     *Cycle
	Aggregate *TeamAggregate
	// Names are those of the whole, the areas and the competencies, by id; AreaOf gives a competency's
	// area.
	Names  map[string]string
	AreaOf map[string]string
	// Items is how many questions are asked about a competency, by its id, in the first scope.
	Items  map[string]int
	Scopes []questionnaire.Scope
	// Compared is the cycle that the words of change refer to; nil for none.
	Compared *Cycle
	// Unpaired is what the published means say of change where nothing is compared; nil where they say nothing.
	Unpaired *TeamUnpaired
	// Gaps are the three competencies furthest below the targets, as published, with what a team can do. Those that are
	// too close to call come after the others.
	Gaps []TeamGap
	// Named are the members who show their own area scores, by name; Opens reports whether the visitor may show
	// theirs, Shows that they do. NamedHeld says why nobody may.
	Named        []NamedScores
	MayShow      bool
	Shows        bool
	Contributed  bool
	NamesBlocked Withheld
	// Own are the reader's own scores in it, in tenths, by the id of the figure: for the reader alone. nil where they
	// contributed nothing, or have deleted it.
	Own map[string]float64
	// Hidden is the visitor's own smallest effective group; 0 where nothing was published about them.
	Hidden int
	// Before are the team's closed cycles before this one, the oldest first; only in a result read by itself.
	Before []*TeamResult
	// Practices are what the team was at on its way to this cycle, the oldest first: what it had agreed on since the
	// cycle before had opened. Of another team it holds none.
	Practices []TeamPractice
}

// LatestPublished is the latest of a team's results, the oldest first, that published anything, with the very latest
// where that published nothing; the latest alone where none did. Both are nil without results.
func LatestPublished(results []*TeamResult) (latest, failed *TeamResult) {
	if len(results) == 0 {
		return nil, nil
	}
	last := results[len(results)-1]
	for i := len(results) - 1; i >= 0; i-- {
		if results[i].Aggregate.Withheld == Published {
			if results[i] != last {
				failed = last
			}
			return results[i], failed
		}
	}
	return last, nil
}

// TeamUnpaired is what the published means of two cycles say of change, as if nobody were in both.
type TeamUnpaired struct {
	// Since is the earlier cycle.
	Since *Cycle
	// Changes are words of measure.TeamVerdict, by the id of the figure.
	Changes map[string]string
}

// TeamComparable says when the change from a closed cycle that published something to the next of its form is said in a
// word over those in both.
type TeamComparable struct {
	Since *Cycle
	// Between is the latest cycle after it, if that published nothing: no such word is said then, whoever takes part.
	Between *Cycle
	// People took part in it. From Replaced on, of whom others take the place, it is said as it is where the same people
	// take part; 0 where that is never so.
	People, Replaced int
}

// TeamGap is one of the widest gaps of a team, with what it could do together.
type TeamGap struct {
	Competency NamedCompetency
	Mean       Figure
	// Target is the shipped target, and Scope the one that it is for.
	Target    float64
	Scope     questionnaire.Scope
	Practices []questionnaire.Practice
	// Close tells that the mean is too close to the target to be called below it.
	Close bool
}

// NamedScores are the area scores that one member shows by name, in the model's order of areas.
type NamedScores struct {
	Name   string
	Scores []float64
}

// TeamTrends are a team's published figures over its cycles.
type TeamTrends struct {
	TeamPage
	// Results are the closed cycles, the oldest first.
	Results []*TeamResult
	// Peers are the teams that agreed to compare, each with its own cycles, the oldest first, in order of
	// their names.
	Peers []PeerTrends
	// Practices are what the team has agreed on, the oldest first.
	Practices []TeamPractice
}

// TeamPeer is a team that agreed to compare.
type TeamPeer struct {
	Team  Team
	Since time.Time
}

// PeerOffer is a team as a steward of another sees it before agreeing that both compare.
type PeerOffer struct {
	TeamPage
	// Code is the one that was entered, Other the team that made it, and Members how many are confirmed in it.
	Code    string
	Other   Team
	Members int
	// Cycles are its closed ones that published something, the oldest first.
	Cycles []ClosedCycle
}

// PeerTrends are the published figures of a team that agreed to compare.
type PeerTrends struct {
	Team Team
	// Since is when both agreed.
	Since   time.Time
	Results []*TeamResult
}

// ContributionOffer is an open cycle that a result could be contributed to, as its results page shows it.
type ContributionOffer struct {
	Team  Team
	Cycle *Cycle
	// Contributed reports whether this assessment is contributed; Other that another of the manager's is.
	Contributed, Other bool
	// Contributes reports whether any of the manager's is.
	Contributes bool
	// Seen is the token that a page sends back with the choice.
	Seen string
	// Lacking are the names of the competencies without a score, which keep it from counting.
	Lacking []string
	// Enough says whether those who may contribute are enough.
	Enough Enough
	// Members counts those who may contribute, Known those of them whom the manager ticked as people they know.
	Members, Known int
}

// Uncontributed keeps the offers of cycles that something of the manager's could count in, and nothing does yet.
func Uncontributed(offers []ContributionOffer) []ContributionOffer {
	return those(offers, func(offer ContributionOffer) bool { return !offer.Contributes && !offer.Short() })
}

// Short reports whether too few may contribute for the cycle to publish anything: then nobody needs to answer for it.
func (o ContributionOffer) Short() bool { return o.Members < o.Cycle.SmallestGroup }

// ContributionInput is what a form sends of whether an assessment counts in a cycle.
type ContributionInput struct {
	// Assessment is the one that the form is about, "" for whichever counts.
	Assessment string
	Counts     bool
	// Seen is the token of what counted as the page saw it.
	Seen string
}

// KnownShort reports whether too few are ticked for it to count.
func (o ContributionOffer) KnownShort() bool { return o.Known < o.Cycle.SmallestKnown }

// WaitingMembers is a team whose steward has somebody to confirm.
type WaitingMembers struct {
	TeamID, Team string
	// Count is how many wait.
	Count int
}
