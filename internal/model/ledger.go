package model

import "whetstone/internal/disclosure"

// Observation is something that this instance published about a set of people, as the ledger keeps it: by tokens, and
// without anybody's answers.
type Observation = disclosure.Observation

// Shown is the kind of an observation that a person made known of themself, by name.
const Shown = disclosure.Shown

// Known is whom people know, by tokens.
type Known = disclosure.Known

// LedgerAnswer names one assessment of one person, by tokens.
type LedgerAnswer = disclosure.Answer

// LedgerSet is a set of answers with what was published about it.
type LedgerSet struct {
	ID           string
	Answers      []LedgerAnswer
	Observations []Observation
}

// LevelSum sums up one contributor's answers to one competency: how many were answered with a level, and the
// sum of the levels.
type LevelSum struct{ Sum, Count int }

// Contributed is one contributor of a cycle that is being closed: their tokens, the scope that they answered
// for, and their answers summed up by competency.
type Contributed struct {
	LedgerAnswer
	Scope string
	Sums  map[string]LevelSum
}

// ClosedCycle is a closed cycle with what it published.
type ClosedCycle struct {
	Cycle     *Cycle
	Aggregate *TeamAggregate
	// SetID is the set of its contributors in the ledger; "" where they were too few.
	SetID string
}
