package model

import "sync/atomic"

// Answered is a finished assessment with its answers.
type Answered struct {
	Assessment *Assessment
	Answers    Answers
	// Rerating is the look back that was answered after it; nil if there is none.
	Rerating *Rerating
	// Kept is where a report keeps what it makes of answers that are remembered; nil for any others.
	Kept *atomic.Value
}
