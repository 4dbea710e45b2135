package model

import "time"

// MoveLimit is how many characters the words may have that a mentor adds to a move on a depth map.
const MoveLimit = 500

// MapMove is what a mentor answers to the one question about a shared depth map: which domain they would move, and where
// to.
type MapMove struct {
	MapID string
	// MapAt is when the map was finished.
	MapAt time.Time
	// From is the domain as the map has it; one without an id says that the mentor answers nothing, or no longer does.
	From Placement
	// Depth and Weight are those that it would have.
	Depth  Depth
	Weight Weight
	// Words are the mentor's own; "" for none.
	Words string
	// Revision counts the writes, from 1; 0 means never written.
	Revision  int
	UpdatedAt time.Time
}

// Said reports whether there is an answer.
func (m MapMove) Said() bool { return m.From.Domain != "" }

// Move is what a review says of a map; one that says nothing where there is none.
func (r *MentorReview) Move(mapID string) MapMove {
	for _, move := range r.Moves {
		if move.MapID == mapID {
			return move
		}
	}
	return MapMove{MapID: mapID}
}

// Moved are the moves that a review says, on whichever maps.
func (r *MentorReview) Moved() (said []MapMove) {
	for _, move := range r.Moves {
		if move.Said() {
			said = append(said, move)
		}
	}
	return said
}

// NewMove reports whether a move was written after the manager had read the review.
func (r *MentorReview) NewMove(move MapMove) bool { return r.since(move.UpdatedAt) }

// MentorMove is what one mentor would move on a map, as its manager reads it there.
type MentorMove struct {
	MapMove
	// MentorID tells one mentor from another; By is what they call themself, or the label of their link.
	MentorID, By string
	// AssessmentID and ReviewID lead to all that they say.
	AssessmentID, ReviewID string
}

// MoveInput is what the form of a move sends, as typed. A depth or weight of "" leaves the domain's as it is.
type MoveInput struct {
	Domain, Depth, Weight, Words string
	// Seen says what the page saw.
	Seen string
}

// MapOfShare says which depth map a share shows.
type MapOfShare struct {
	ID string
	// FinishedAt is when it was finished, Among when all maps of its manager were, where all were read.
	FinishedAt time.Time
	Among      []time.Time
}

// SharedMap is a depth map as a mentor sees it.
type SharedMap struct {
	Shared *Shared
	// Reading is nil while the map could lean a rating that is still to be given blind: Shared.MapWaits says which.
	Reading *DepthReading
	// Move is what the mentor answers to the one question about it.
	Move MapMove
}
