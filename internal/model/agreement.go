package model

import "time"

// Party is one of the two who agree on a level.
type Party string

// The two parties.
const (
	ManagerParty Party = "manager"
	MentorParty  Party = "mentor"
)

// AgreedLevel is a level that a manager and one mentor agree on, with one sentence: proposed by one, confirmed by the
// other. It stands beside the score and doesn't change it.
type AgreedLevel struct {
	ReviewID   string
	Competency string
	// Level is 1.0 to 5.0 in steps of 0.5.
	Level      float64
	Sentence   string
	ProposedBy Party
	ProposedAt time.Time
	// ConfirmedAt is zero until the other has confirmed it.
	ConfirmedAt time.Time
	// Revision counts the proposals and their confirmations, so that nobody confirms a different one from the one they saw,
	// and nobody undoes an agreement of which they saw only the proposal.
	Revision int
	// With is the mentor's name, or the label of their link where they gave none.
	With string
	// SetAside reports whether the manager has set the review aside that it belongs to.
	SetAside bool
}

// AgreementInput is what a proposal sends, as typed.
type AgreementInput struct {
	// Level is "1" to "5" in steps of "0.5".
	Level    string
	Sentence string
	// Revision is that of the proposal that the page showed, "" for none.
	Revision string
	// Answers says that nothing was typed: a button agreed to what was proposed, or took it back.
	Answers bool
}
