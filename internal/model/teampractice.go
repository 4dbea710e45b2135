package model

import (
	"time"

	"whetstone/internal/questionnaire"
)

// Limits of what a team can agree on: characters, proposals of one member at a time, and practices of a team in all.
const (
	TeamWordsLimit, ProposalLimit, TeamPracticeLimit = 300, 3, 500
)

// Replaced tells that another practice took the place of a team's before anybody said what became of it.
const Replaced Became = "replaced"

// TeamOutcomes are what a steward can say became of a team's practice.
var TeamOutcomes = []Became{Kept, PartlyKept, Dropped}

// TeamProposal is something that a member proposes their team should do.
type TeamProposal struct {
	ID string
	// Words say what the team would do. Competency is what it serves, zero for none in particular; Practice is the id of
	// the one that it began with, "" for the member's own words.
	Words, Practice string
	Competency      NamedCompetency
	// By is what its member is called in the team; Mine tells that it is the visitor's own.
	By     string
	Mine   bool
	MadeAt time.Time
}

// TeamPractice is what a team has agreed to do until its next cycle.
type TeamPractice struct {
	ID              string
	Words, Practice string
	Competency      NamedCompetency
	// EndedAt is zero while the team is at it.
	SetAt, EndedAt time.Time
	// Became is what became of it, "" while the team is at it; Line says more, "" for nothing.
	Became Became
	Line   string
}

// Open tells whether the team is still at it.
func (p *TeamPractice) Open() bool { return p.EndedAt.IsZero() }

// TeamPractices is what a team is at, what is proposed to it, and what it was at before.
type TeamPractices struct {
	TeamPage
	// Current is what the team is at; nil for nothing.
	Current *TeamPractice
	// Opened is the cycle that has opened since: it is time to say what became of the practice. It is nil before.
	Opened *Cycle
	// Proposals are the oldest first, Past the latest first.
	Proposals []TeamProposal
	Past      []TeamPractice
	// Gaps are the widest of the latest result that has any; From is the cycle that published them.
	Gaps []TeamGap
	From *Cycle
	// Competencies can be chosen, in the model's order.
	Competencies []NamedCompetency
	// Input is what stands in the form to begin with.
	Input ProposalInput
}

// ProposalInput is what the form of a proposal sends, as typed.
type ProposalInput struct {
	Words, Competency, Practice string
	// From identifies where it comes from, so that what one client makes can be bounded.
	From string
}

// OutcomeInput is what a steward says became of a team's practice, as typed.
type OutcomeInput struct {
	// Practice is the one that the page showed.
	Practice     string
	Became, Line string
	// Carry tells that the team goes on with it.
	Carry bool
}

// Said tells whether anything was said.
func (i OutcomeInput) Said() bool { return i.Became != "" }

// TeamSheet is what a cycle published on one page to print, for a team that talks about it.
type TeamSheet struct {
	*TeamResult
	// Strongest are the competencies with the highest mean, or the areas where only those are published.
	Strongest []TeamFigure
	// Asked are the widest gaps, to be talked about. Lowest is the lowest area, where no competency is published; else nil.
	Asked  []SheetGap
	Lowest *SheetArea
}

// SheetGap is a gap with the anchors of its competency.
type SheetGap struct {
	TeamGap
	Anchors questionnaire.Anchors
}

// SheetArea is a figure of an area with the names of its competencies.
type SheetArea struct {
	TeamFigure
	Competencies []string
}
