package model

// Submission is a form that was sent, so that one that arrives twice is carried out once.
type Submission struct {
	// Holder is who carries it out, or did; Beats counts the signs of life that they gave.
	Holder string
	Beats  int
	// Outcome is the answer, sealed; nil for as long as there is none.
	Outcome []byte
}
