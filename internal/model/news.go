package model

import "time"

// Unread reports whether a manager has never said that they had read a review: all of it is new to them.
func (r *MentorReview) Unread() bool { return r.ReadAt.IsZero() }

// since reports whether something that was written at a moment came after the manager had read the review.
func (r *MentorReview) since(written time.Time) bool { return !r.Unread() && written.After(r.ReadAt) }

// NewWords reports whether the words on the whole were written after the manager had read the review.
func (r *MentorReview) NewWords() bool { return r.since(r.WordsAt) }

// NewRating reports whether the rating was written after the manager had read its review.
func (r ReviewRating) NewRating() bool { return r.Review.since(r.Rating.UpdatedAt) }

// NewLevel reports whether the mentor answered or proposed a level after the manager had read their review.
func (r ReviewRating) NewLevel() bool { return r.settled() || r.proposed() }

// settled reports whether the mentor confirmed, declined or took back a level after the review was read.
func (r ReviewRating) settled() bool {
	if r.Review.since(r.TakenBack) {
		return true
	}
	return r.Agreed != nil && r.Agreed.ProposedBy == ManagerParty && r.Review.since(r.Agreed.ConfirmedAt)
}

// proposed reports whether the mentor proposed a level after the review was read, which waits to be confirmed.
func (r ReviewRating) proposed() bool {
	return r.Agreed != nil && r.Agreed.ProposedBy == MentorParty && r.Agreed.ConfirmedAt.IsZero() && r.Review.since(r.Agreed.ProposedAt)
}

// ReviewNews is what a mentor wrote since the manager last said that they had read the review.
type ReviewNews struct {
	// Words tells of the words on the whole.
	Words bool
	// Ratings are the competencies of ratings and comments, Gone of those that were taken back. Levels are those of
	// levels that were agreed to, declined or taken back. A level that waits to be confirmed is in none of them: it
	// stays until it is answered.
	Ratings, Gone, Levels []NamedCompetency
	// Moves are what they would move on a depth map, those that they took back among them.
	Moves []MapMove
}

// Any reports whether there is something.
func (n ReviewNews) Any() bool {
	return n.Words || len(n.Ratings)+len(n.Gone)+len(n.Levels)+len(n.Moves) > 0
}

// News is what is new in one of the reviews of a conversation since it was last read; nothing where it never was, since
// all of it is new then.
func (c *Conversation) News(review *MentorReview) ReviewNews {
	news := ReviewNews{Words: review.NewWords()}
	for _, move := range review.Moves {
		if review.NewMove(move) {
			news.Moves = append(news.Moves, move)
		}
	}
	for _, competency := range c.Result.Competencies {
		named := NamedCompetency{ID: competency.ID, Name: competency.Name}
		rating, said := c.rating(review, competency.ID)
		switch {
		case !rating.NewRating():
		case said && (rating.Rating.Current() != Blank || rating.Rating.Comment != ""):
			news.Ratings = append(news.Ratings, named)
		default:
			news.Gone = append(news.Gone, named)
		}
		if rating.settled() {
			news.Levels = append(news.Levels, named)
		}
	}
	return news
}

// rating finds what a review says of a competency, and reports whether a row of the conversation has it.
func (c *Conversation) rating(review *MentorReview, competency string) (ReviewRating, bool) {
	for _, row := range c.Rows {
		for _, rating := range row.Ratings {
			if row.Competency.ID == competency && rating.Review == review {
				return rating, true
			}
		}
	}
	return ReviewRating{Review: review, Rating: review.Rating(competency)}, false
}

// ReviewNotice is the quiet sign that a review has come in, or that something in it is new.
type ReviewNotice struct {
	ReviewID string
	// ShareID is the link that it was begun with.
	ShareID string
	// Assessment is what it is about, without its sections.
	Assessment *Assessment
	// Name is the mentor's name, or the label of their link.
	Name string
	At   time.Time
	// Again reports whether the manager had read it before: the rest is what came since.
	Again bool
	// Words tells of the words on the whole, Asks of a question back.
	Words, Asks bool
	// Ratings and Levels count the ratings, and the levels that the mentor agreed to, declined or took back; Moves the
	// answers about a depth map.
	Ratings, Levels, Moves int
}

// LevelNotice is the sign that one side of a review proposes levels that wait for the other.
type LevelNotice struct {
	ReviewID, ShareID string
	// Assessment is what the review is about, without its sections; nil where a mentor is told.
	Assessment *Assessment
	// Name is who proposes.
	Name string
	// Competencies are those of the levels.
	Competencies []NamedCompetency
	// ProposedAt is when each of them was.
	ProposedAt []time.Time
}

// MentorNews is what is new to a manager of what their mentors say.
type MentorNews struct {
	// Reviews are the latest first.
	Reviews []ReviewNotice
	// Levels wait to be confirmed.
	Levels []LevelNotice
}

// Of keeps the news of one assessment.
func (n MentorNews) Of(assessmentID string) MentorNews {
	return n.only(func(assessment, _ string) bool { return assessment == assessmentID })
}

// Through keeps the news of reviews that were begun with one link.
func (n MentorNews) Through(shareID string) MentorNews {
	return n.only(func(_, share string) bool { return share == shareID })
}

func (n MentorNews) only(keep func(assessment, share string) bool) (kept MentorNews) {
	for _, review := range n.Reviews {
		if keep(review.Assessment.ID, review.ShareID) {
			kept.Reviews = append(kept.Reviews, review)
		}
	}
	for _, level := range n.Levels {
		if keep(level.Assessment.ID, level.ShareID) {
			kept.Levels = append(kept.Levels, level)
		}
	}
	return kept
}

// Any reports whether there is something.
func (n MentorNews) Any() bool { return len(n.Reviews)+len(n.Levels) > 0 }
