package model

import (
	"time"

	"whetstone/internal/questionnaire"
)

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
	// Requests are those that neither side has ended and that aren't agreed on yet, the oldest first.
	Requests []PeerRequest
	// Declined are the teams that declined what this one had asked lately.
	Declined []PeerRefusal
	// Practices are what the team has agreed on, the oldest first.
	Practices []TeamPractice
}

// TeamPeer is a team that agreed to compare.
type TeamPeer struct {
	Team  Team
	Since time.Time
}

// PeerRequest is that one of two teams asked to compare and the other has not agreed yet.
type PeerRequest struct {
	// Other is the team on the other side, with how many are confirmed in it.
	Other   Team
	Members int
	AskedAt time.Time
	// Ours reports whether the own team asked.
	Ours bool
	// Cycles are the closed ones of the team that asked that published something, the oldest first; for the stewards who are
	// asked alone.
	Cycles []ClosedCycle
}

// PeerRefusal is that another team, by its name, declined to compare, and when.
type PeerRefusal struct {
	Other string
	At    time.Time
}

// PeersToAnswer is a team that asks to compare with one that a manager stewards.
type PeersToAnswer struct {
	TeamID, Team, OtherID, Other string
	// Since is when it asked.
	Since time.Time
}

// PeerOffer is a team as a steward of another sees it before asking that both compare.
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
