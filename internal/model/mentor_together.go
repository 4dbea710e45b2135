package model

// Together lays two reviews of one assessment together, which two browsers of one person have written, and returns the one
// that stays, with all that it says from now on, the one that goes, and whether the words on the whole are other than before. The one that was sent and not set aside stays, and
// where that is true of both or neither, the first. What only one of them says is kept. Where both say something, the one
// that was sent counts, or else the newer. Of the ratings, and of the moves on depth maps, only those that change are left
// in the one that stays.
func Together(first, second *MentorReview) (stays, goes *MentorReview, words bool) {
	stays, goes = first, second
	even := first.Counts() == second.Counts() && first.SentAt.IsZero() == second.SentAt.IsZero()
	if !even && (second.Counts() || !first.Counts() && !second.SentAt.IsZero()) {
		stays, goes = second, first
	}
	words = stays.takeWords(goes, even && goes.WordsAt.After(stays.WordsAt))
	changed := map[string]Rating{}
	for competency, rating := range goes.Ratings {
		before := stays.Rating(competency)
		if after := before.with(rating, even && rating.UpdatedAt.After(before.UpdatedAt)); after != before {
			changed[competency] = after
		}
	}
	stays.Ratings = changed
	stays.Moves = stays.takeMoves(goes, even)
	return stays, goes, words
}

// takeWords takes over from another review what this one leaves out, and all that the other says where that is newer; it reports whether that
// was anything.
func (r *MentorReview) takeWords(other *MentorReview, newer bool) (taken bool) {
	takes := func(own, others string) bool {
		takes := others != own && others != "" && (own == "" || newer)
		taken = taken || takes
		return takes
	}
	if takes(r.Name, other.Name) {
		r.Name = other.Name
	}
	if takes(r.Overall, other.Overall) {
		r.Overall = other.Overall
	}
	if takes(r.Question, other.Question) {
		r.Question, r.Reply, r.RepliedAt = other.Question, other.Reply, other.RepliedAt
	}
	if takes(r.Answer, other.Answer) {
		r.Asked, r.Answer = other.Asked, other.Answer
	}
	return taken
}

// takeMoves gives the moves of another review that this one takes over: where it says nothing of a map, and where the other
// says something newer. A move stays whole, since a domain of one and a place of the other would be nobody's answer.
func (r *MentorReview) takeMoves(other *MentorReview, even bool) (taken []MapMove) {
	for _, others := range other.Moved() {
		own := r.Move(others.MapID)
		if !own.Said() || even && others.UpdatedAt.After(own.UpdatedAt) {
			taken = append(taken, others)
		}
	}
	return taken
}

// with is a rating with what another of the same competency says and this one leaves out, or says later.
func (r Rating) with(other Rating, newer bool) Rating {
	if other.Current() != Blank && (r.Current() == Blank || newer) {
		r.Level, r.Later = other.Level, other.Later
	}
	if other.Comment != "" && (r.Comment == "" || newer) {
		r.Comment = other.Comment
	}
	return r
}
