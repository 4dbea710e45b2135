package model

import "time"

// Home is what the first page of a known browser shows.
type Home struct {
	// Today is the reader's day.
	Today time.Time
	// WorkingOn are the manager's open commitments, the oldest first.
	WorkingOn []Commitment
	// Drafts are the manager's, the one last worked on first.
	Drafts []*Progress
	// MapDraft is a depth map that the manager is making, LatestMap the latest that is finished; nil for none. OffersMap
	// reports whether they are offered a first one.
	MapDraft  *DepthMap
	LatestMap *DepthReading
	OffersMap bool
	// Mentors is what is new of what mentors say.
	Mentors MentorNews
	// Cycles are those that are open and count the manager.
	Cycles []ContributionOffer
	// ToConfirm are the teams that the manager stewards and in which somebody waits.
	ToConfirm []WaitingMembers
	// ToCompare are teams that ask to compare with one that the manager stewards.
	ToCompare []PeersToAnswer
	// Latest is what the manager's latest assessment means, without practices; nil where there is none.
	Latest *Result
	// Next says when the next assessment is due.
	Next NextAssessment
	// Received are the live links that the browser has opened as a mentor, the latest opened first. Opened reports
	// whether it has opened any, be they live or not.
	Received []Received
	Opened   bool
	// ToAnswer are levels that managers propose to the mentor.
	ToAnswer []LevelNotice
	// Laid is that of two histories that can still be undone; zero if there is none.
	Laid Joining
}

// Due are the commitments whose last day has come.
func (h *Home) Due() []Commitment {
	return those(h.WorkingOn, func(commitment Commitment) bool { return commitment.Due(h.Today) })
}

// ToJoin are the open cycles to which the manager contributes nothing yet.
func (h *Home) ToJoin() []ContributionOffer { return Uncontributed(h.Cycles) }

// Joined are the open cycles to which the manager contributes.
func (h *Home) Joined() []ContributionOffer {
	return those(h.Cycles, func(offer ContributionOffer) bool { return offer.Contributes })
}

// ToRate are the live links that ask for the mentor's view, of which none was sent yet.
func (h *Home) ToRate() []Received {
	return those(h.Received, func(one Received) bool { return one.Scope.Rating && one.SentAt.IsZero() })
}

// Answered are the live links that ask for nothing more.
func (h *Home) Answered() []Received {
	return those(h.Received, func(one Received) bool { return !one.Scope.Rating || !one.SentAt.IsZero() })
}

// Waiting counts what waits.
func (h *Home) Waiting() int {
	maps := 0
	if h.MapDraft != nil {
		maps = 1
	}
	return len(h.Due()) + len(h.Drafts) + maps + len(h.Mentors.Reviews) + len(h.Mentors.Levels) + len(h.ToJoin()) + len(h.ToConfirm) +
		len(h.ToCompare) + len(h.ToRate()) + len(h.ToAnswer)
}

// those are the elements of a list for which something holds.
func those[T any](list []T, holds func(T) bool) (chosen []T) {
	for _, one := range list {
		if holds(one) {
			chosen = append(chosen, one)
		}
	}
	return chosen
}
