package model

import (
	"time"

	"whetstone/internal/disclosure"
)

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
