package model

// Answered is a finished assessment with its answers.
type Answered struct {
	Assessment *Assessment
	Answers    Answers
	// Rerating is the look back that was answered after it; nil if there is none.
	Rerating *Rerating
}
