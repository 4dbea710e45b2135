package report

import (
	"time"

	"whetstone/internal/model"
)

// AddLast puts beside a competency what its mentor said of it last time, unless a later time stands there already. It
// waits until they have rated it, and until a change of that is kept apart: they have asked to see it, or seen something
// else that could lean them.
func AddLast(competency *model.SharedCompetency, own model.OwnReview) {
	if competency.Last != nil || competency.LastWaits {
		return
	}
	for _, one := range own.Ratings {
		if one.Competency.ID != competency.ID {
			continue
		}
		if rating := competency.Rating; rating.Current() == model.Blank || rating.CanLean() {
			competency.LastWaits = true
			return
		}
		competency.Last = &model.LastTime{OwnRating: one, At: own.FinishedAt}
	}
}

// OwnWordsFormat names the layout of what a mentor exports of their own.
const OwnWordsFormat = "whetstone-own-words-1"

// ExportedOwnWords is what a mentor has written, with nothing of the managers' scores.
type ExportedOwnWords struct {
	Format  string              `json:"format"`
	Reviews []ExportedOwnReview `json:"reviews"`
}

// ExportedOwnReview is one review as its mentor exports it. Moments are left out where there is none.
type ExportedOwnReview struct {
	Sharer      string              `json:"sharer"`
	PeriodStart string              `json:"period_start"`
	PeriodEnd   string              `json:"period_end"`
	Name        string              `json:"name,omitzero"`
	Asked       string              `json:"asked,omitzero"`
	Answer      string              `json:"answer,omitzero"`
	Overall     string              `json:"overall,omitzero"`
	Question    string              `json:"question,omitzero"`
	Reply       string              `json:"reply,omitzero"`
	StartedAt   time.Time           `json:"started_at"`
	SentAt      *time.Time          `json:"sent_at,omitzero"`
	ReadAt      *time.Time          `json:"read_at,omitzero"`
	Ratings     []ExportedOwnRating `json:"ratings"`
	Moves       []ExportedMove      `json:"map_moves,omitzero"`
}

// ExportedOwnRating is one rating. Of Level and Later 0 means "not observed", null none.
type ExportedOwnRating struct {
	Competency string               `json:"competency"`
	Level      *int                 `json:"level"`
	Later      *int                 `json:"later_level"`
	Comment    string               `json:"comment,omitzero"`
	Agreed     *ExportedAgreedLevel `json:"agreed,omitzero"`
}

// ExportOwnWords is what a mentor has written as an export holds it.
func ExportOwnWords(list []model.OwnReview) *ExportedOwnWords {
	export := &ExportedOwnWords{Format: OwnWordsFormat, Reviews: []ExportedOwnReview{}}
	for _, own := range list {
		review := own.Review
		one := ExportedOwnReview{
			Sharer: own.Sharer, PeriodStart: own.PeriodStart.Format(model.DateLayout), PeriodEnd: own.PeriodEnd.Format(model.DateLayout),
			Name: review.Name, Asked: review.Asked, Answer: review.Answer, Overall: review.Overall, Question: review.Question, Reply: review.Reply,
			StartedAt: review.StartedAt, SentAt: exportMoment(review.SentAt), ReadAt: exportMoment(review.ReadAt), Ratings: []ExportedOwnRating{},
			Moves: exportMoves(review),
		}
		for _, rating := range own.Ratings {
			one.Ratings = append(one.Ratings, ExportedOwnRating{
				Competency: rating.Competency.ID, Level: exportLevel(rating.Rating.Level), Later: exportLevel(rating.Rating.Later),
				Comment: rating.Rating.Comment, Agreed: exportAgreed(rating.Agreed),
			})
		}
		export.Reviews = append(export.Reviews, one)
	}
	return export
}
