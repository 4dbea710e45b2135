package model

// Sitting is a finished assessment with its answers.
type Sitting struct {
	Assessment *Assessment
	Answers    Answers
	// Rerating is the look back that was answered after it; nil if there is none.
	Rerating *Rerating
}
