package model

import (
	"strconv"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/questionnaire"
)

// Limits of a plan: commitments, days, and characters.
const (
	// OpenLimit is how many commitments a manager is at, at a time; CommitmentLimit how many are kept in all.
	OpenLimit       = 3
	CommitmentLimit = 300
	// UsualCommitment and LongestCommitment are for how many days a commitment is made where nothing else is chosen,
	// and at most.
	UsualCommitment, LongestCommitment = 42, 366
	// OccasionLimit bounds what follows "When", ActionLimit what follows "I will", NoticeLimit how one would notice.
	OccasionLimit, ActionLimit, NoticeLimit = 200, 400, 300
	// LineLimit bounds what is said of what became of a commitment.
	LineLimit = 300
)

// Bets are the chances on offer, in per cent, that the next full assessment finds a rise.
var Bets = []int{10, 20, 30, 40, 50, 60, 70, 80, 90}

// Became is what became of a commitment, as its manager says it.
type Became string

const (
	// Kept was done whenever its occasion came.
	Kept Became = "kept"
	// PartlyKept was done some of the times.
	PartlyKept Became = "partly"
	// NotKept was not done.
	NotKept Became = "not"
	// Dropped was given up, for a reason.
	Dropped Became = "dropped"
)

// FollowUp is what became of a commitment at one time.
type FollowUp struct {
	Became Became
	// Line says so in a line, of a dropped one the reason; "" for nothing.
	Line string
	// Carried tells that the manager goes on with it.
	Carried bool
	ToldAt  time.Time
}

// Commitment is what a manager means to do: when an occasion comes, an action, until a day.
type Commitment struct {
	ID string
	// Competency is what it serves.
	Competency NamedCompetency
	// Practice is the id of the one that it began with; "" for their own words. Domain is that of a depth map for which it
	// was made, in the manager's words; "" for none.
	Practice, Domain string
	// Occasion completes "When ...", Action "I will ...". Notice says how it would be noticed; "" for nothing.
	Occasion, Action, Notice string
	// Until is the last day of it.
	Until time.Time
	// Bet is how likely its manager called a rise of the competency, in per cent; 0 for no bet.
	Bet int
	// Revision counts its changes, from 1.
	Revision int
	MadeAt   time.Time
	// ClosedAt is zero while they are at it.
	ClosedAt time.Time
	// FollowUps are the oldest first.
	FollowUps []FollowUp
}

// Open tells whether its manager is still at it.
func (c *Commitment) Open() bool { return c.ClosedAt.IsZero() }

// Seen is the seen token of what a page shows of it.
func (c *Commitment) Seen() string { return strconv.Itoa(c.Revision) }

// Last is what was said of it last; found is false where nothing was.
func (c *Commitment) Last() (last FollowUp, found bool) {
	if len(c.FollowUps) == 0 {
		return FollowUp{}, false
	}
	return c.FollowUps[len(c.FollowUps)-1], true
}

// Due tells whether its last day has come, where it is that day.
func (c *Commitment) Due(today time.Time) bool { return c.Open() && !today.Before(c.Until) }

// Carried is the last day that it gets where it is carried on today and nothing else is chosen.
func (c *Commitment) Carried(today time.Time) time.Time {
	if until := today.AddDate(0, 0, UsualCommitment); until.After(c.Until) {
		return until
	}
	return c.Until
}

// Plan is what a manager is at, and what became of what they were at before.
type Plan struct {
	// Open are the oldest first, Closed the latest closed first.
	Open, Closed []Commitment
	Bets         Bet
}

// Bet says how well a manager's bets agree with what came.
type Bet struct {
	// Settled are the oldest first.
	Settled []SettledBet
	// Waiting counts those that no assessment has settled yet.
	Waiting int
	// Needs is how many have to be settled before their score is said.
	Needs int
	// Calibration is zero before that.
	Calibration measure.Calibration
}

// SettledBet is a bet with what the assessments said.
type SettledBet struct {
	Commitment Commitment
	// From and To are the assessments between which the change was judged.
	From, To  *Assessment
	Judgement measure.Judgement
	// Rose tells that the judgement is "rose" or "may have risen".
	Rose bool
}

// Followed is a commitment of which its manager said, before an assessment, what became of it.
type Followed struct {
	Commitment Commitment
	FollowUp   FollowUp
	// Judgement is how its competency moved in that assessment; nil where there is nothing to compare with.
	Judgement *measure.Judgement
}

// CommitmentInput is what the form of a commitment sends, as typed.
type CommitmentInput struct {
	Competency, Practice, Domain    string
	Occasion, Action, Notice, Until string
	// Bet is in per cent; "" for none.
	Bet string
	// Seen is the seen token of what the page had shown; "" for a new one.
	Seen string
}

// CommitmentStart is with what the form of a commitment is filled in: a practice or a competency, and a domain of one of
// the manager's depth maps; "" for nothing.
type CommitmentStart struct {
	Practice, Competency, Map, Domain string
}

// CommitmentForm is what the page of a commitment offers.
type CommitmentForm struct {
	// Competencies can be chosen, in the model's order.
	Competencies []NamedCompetency
	// Practice is what the form was filled in from; nil for the manager's own words.
	Practice *questionnaire.Practice
	// Bets tells that there is an assessment from which a rise can be judged.
	Bets bool
	// Open are the commitments that the manager is at.
	Open []Commitment
	// Input is what stands in the form to begin with.
	Input CommitmentInput
}

// Full tells whether the manager is at as many as can be.
func (f *CommitmentForm) Full() bool { return len(f.Open) >= OpenLimit }

// FollowUpInput is what is said of one commitment, as typed.
type FollowUpInput struct {
	Commitment   string
	Became, Line string
	// Carry tells that it is carried on, until a day; "" for the usual time.
	Carry bool
	Until string
	// Seen is the seen token of what the page had shown.
	Seen string
}

// Following is what an assessment asks before its first question.
type Following struct {
	Progress *Progress
	// Commitments are those of which nothing was said since the assessment was begun.
	Commitments []Commitment
	// Today is the manager's day.
	Today time.Time
	// Inputs are what stands in the form, by the id of the commitment.
	Inputs map[string]FollowUpInput
}
