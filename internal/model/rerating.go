package model

import (
	"time"

	"whetstone/internal/measure"
)

// ReratingState says what became of the offer to look back.
type ReratingState string

const (
	// ReratingOffered means that it waits for an answer.
	ReratingOffered ReratingState = "offered"
	// ReratingAnswered means that it was answered; the offer is made once.
	ReratingAnswered ReratingState = "answered"
	// ReratingSkipped means that it was skipped; the offer is not made again.
	ReratingSkipped ReratingState = "skipped"
)

// Rerating is a look back: after an assessment the manager rates two competencies of the one before again, knowing
// what they know now. It shows whether the standard has shifted rather than the person (a "then-test" of response
// shift, Howard and Dailey 1979). It never replaces the original answers.
type Rerating struct {
	// AssessmentID is the assessment after which it was offered, EarlierID the one it looks back at.
	AssessmentID string
	EarlierID    string
	// EarlierEnd is the last day of the period that it looks back at.
	EarlierEnd   time.Time
	Competencies []string
	State        ReratingState
	// Levels are the answers of the look back, by item id; Then are those of the assessment that it looks
	// back at.
	Levels map[string]Level
	Then   Answers
	// Sections are the competencies with the items that both assessments asked, as worded now.
	Sections []ReratedSection
}

// ReratedSection is one competency looked back at.
type ReratedSection struct {
	Name    string
	Section Section
	// Then and Hindsight are the mean answers of then and of the look back, over the items that have
	// both; Shared counts them.
	Then, Hindsight float64
	Shared          int
	// Judgement reports whether the two differ beyond noise; nil before it is answered.
	Judgement *measure.Judgement
}
