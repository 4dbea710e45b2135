package model

// Submission is a form that was sent, so that one that arrives twice is carried out once.
type Submission struct {
	// Holder is whoever carries it out, or did; Beats counts their signs of life.
	Holder string
	Beats  int
	// Outcome is the answer, sealed; nil for as long as there is none.
	Outcome []byte
}
