package model

import (
	"time"

	"whetstone/internal/measure"
)

// Reliability is Cronbach's alpha of one area's items over this instance's managers, as it was
// computed when a step of their number was reached. It is frozen until the next step.
type Reliability struct {
	QuestionnaireID      string
	QuestionnaireVersion int
	// Area is the id of the area.
	Area string
	// Step is the number of managers that was reached: 30, then every 10 more.
	Step int
	// Persons are those of them who answered all of the area's items.
	Persons int
	// Alpha is Cronbach's alpha; Lower and Upper are Feldt's 95 % limits.
	Alpha, Lower, Upper float64
	ComputedAt          time.Time
}

// NamedReliability is a reliability with the names that a page shows.
type NamedReliability struct {
	Reliability
	// Questionnaire and AreaName are what the questionnaire and the area are called.
	Questionnaire, AreaName string
}

// Method is what "How we measure" shows.
type Method struct {
	Constants measure.Constants
	// Reliabilities are the figures of this instance; none until enough managers have allowed it.
	Reliabilities []NamedReliability
	// Allowed reports whether this manager lets their answers count.
	Allowed bool
}
