package model

import "time"

// OwnReview is one review as its mentor finds it among their own words.
type OwnReview struct {
	AssessmentID, ManagerID string
	// Sharer is the name under which the manager appeared.
	Sharer string
	// PeriodStart and PeriodEnd are those of the assessment, FinishedAt is when it was finished.
	PeriodStart, PeriodEnd, FinishedAt time.Time
	Review                             *MentorReview
	// Ratings are those with a level, a comment or an agreed level.
	Ratings []OwnRating
}

// OwnRating is what a mentor said of one competency.
type OwnRating struct {
	Competency NamedCompetency
	Rating     Rating
	// Agreed is the level that both agreed on; nil if there is none.
	Agreed *AgreedLevel
	// Waits is the share by which they are asked about it again, while what they said could lean what they say now; "" for none.
	Waits string
}

// LastTime is what a mentor said of a competency last time, of an assessment finished At.
type LastTime struct {
	OwnRating
	At time.Time
}
