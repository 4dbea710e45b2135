package model

import "time"

// ReviewLimit is how many reviews of mentors a manager's history may hold for more of them to be brought in. It is more
// than anybody asks for: ten mentors a quarter take twenty-five years to reach it.
const ReviewLimit = 1000

// FileKept is how long a file that was sent to be brought in is kept for its sender to look at what is new in it.
const FileKept = time.Hour

// PartKind is of what kind a part of an exported history is.
type PartKind string

// The kinds, in the order in which they are told of.
const (
	AssessmentPart PartKind = "assessment"
	CommitmentPart PartKind = "commitment"
	EntryPart      PartKind = "entry"
	MapPart        PartKind = "map"
	ReviewPart     PartKind = "review"
	TargetsPart    PartKind = "targets"
	CadencePart    PartKind = "cadence"
)

// PartKinds are the kinds, in their order.
var PartKinds = []PartKind{AssessmentPart, CommitmentPart, EntryPart, MapPart, ReviewPart, TargetsPart, CadencePart}

// PartState says how a part of a file relates to what is here.
type PartState string

// The states.
const (
	// NewPart isn't here yet.
	NewPart PartState = "new"
	// SamePart is here just so.
	SamePart PartState = "same"
	// OtherPart is here, and differs.
	OtherPart PartState = "other"
)

// FilePart is one thing that an exported history holds.
type FilePart struct {
	Kind PartKind
	// Reference is its id in the file: that by which it is known here, too.
	Reference string
	State     PartState
	// At is its moment or day: when an assessment, a map or a review was finished or sent, a commitment made, the day of
	// an entry. Zero for targets and cadence.
	At time.Time
	// Title is what it calls itself or says, "" for nothing.
	Title string
	// Differs names in what it differs from what is here.
	Differs []string

	// Open tells of a commitment that is not closed.
	Open bool
	// Of is the reference of the assessment that a review is of.
	Of string
	// Competencies is of how many a review has a rating.
	Competencies int
}

// SentFile is a file that somebody sent to be brought in.
type SentFile struct {
	// Digest stands for what is in it.
	Digest string
	// Content is it, compressed; empty once it was brought in.
	Content []byte
	// Outcome says what was brought in; "" before.
	Outcome string
	SentAt  time.Time
}

// ImportCheck is what would become of a file that was sent, or what became of it.
type ImportCheck struct {
	SentAt time.Time
	// Seen stands for all that is told here: what is brought in is what was shown.
	Seen  string
	Parts []FilePart
	// Room says what there is no room for, a sentence each: nothing can be brought in then.
	Room []string
	// Brought counts what was brought in, by kind; nil before that.
	Brought map[PartKind]int
}

// Count counts the parts of a kind in a state.
func (c *ImportCheck) Count(kind PartKind, state PartState) int { return len(c.Of(kind, state)) }

// Of gives the parts of a kind in a state.
func (c *ImportCheck) Of(kind PartKind, state PartState) []FilePart {
	var parts []FilePart
	for _, part := range c.Parts {
		if part.Kind == kind && part.State == state {
			parts = append(parts, part)
		}
	}
	return parts
}

// All counts the parts in a state.
func (c *ImportCheck) All(state PartState) int {
	count := 0
	for _, part := range c.Parts {
		if part.State == state {
			count++
		}
	}
	return count
}

// FileError is what is wrong with a file that was sent.
type FileError struct {
	// Line and Column count from 1; Line is 0 where no place can be named.
	Line, Column int
	// Path leads to the field, Reason says what is wrong with it.
	Path, Reason string
}

// ScopeTarget is a manager's own target for a competency at a scope.
type ScopeTarget struct {
	Scope string
	Target
}

// References are the ids under which what was brought in is exported, by the ids of the rows; what is missing is exported
// under its own.
type References map[string]string

// Of is the id under which something is exported.
func (r References) Of(id string) string {
	if reference, brought := r[id]; brought {
		return reference
	}
	return id
}

// FileReview is a mentor's review as a file has it, with what is agreed on. The assessment that it is of is named as in
// the file, and so is the mentor.
type FileReview struct {
	MentorReview
	Agreements []AgreedLevel
}
