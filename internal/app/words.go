package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// SaveWords keeps what a mentor calls themself, says on the whole and asks back, and gives its revision. Two
// tabs are treated as SaveRating does. Bad input is a model.Invalid error on "name", "overall" or "question".
func (a *App) SaveWords(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput) (revision int, elsewhere bool, err error) {
	input = cleanWords(input)
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needRating)
		if err != nil {
			return err
		}
		if err := checkWords(input); err != nil {
			return err
		}
		review, saved, err := a.saveWords(ctx, tx, mentor, share, input)
		if err == nil {
			revision, elsewhere = review.Revision, saved
		}
		return err
	})
	if err != nil {
		return 0, false, err
	}
	return revision, elsewhere, nil
}

func cleanWords(input model.WordsInput) model.WordsInput {
	input.Name, input.Overall, input.Question = cleanLine(input.Name), cleanText(input.Overall), cleanText(input.Question)
	return input
}

func checkWords(input model.WordsInput) error {
	var fields fieldErrors
	fields.bound("name", "the name", input.Name, model.LabelLimit)
	fields.bound("overall", "what you say on the whole", input.Overall, model.CommentLimit)
	fields.bound("question", "your question", input.Question, model.QuestionLimit)
	return fields.err()
}

// saveWords is the part of SaveWords that writes; the review that it gives is one without an id where there
// is nothing to keep yet.
func (a *App) saveWords(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share, input model.WordsInput) (review *model.MentorReview, elsewhere bool, err error) {
	review, seen, err := tx.Review(ctx, mentor.ID, share.AssessmentID, a.now())
	if err != nil {
		return nil, false, err
	}
	sent := []string{input.Name, input.Overall, input.Question}
	if review == nil {
		if slices.Equal(sent, []string{"", "", ""}) {
			return newReview(mentor.ID, share), false, nil
		}
		if review, seen, err = a.begunReview(ctx, tx, mentor, share); err != nil {
			return nil, false, err
		}
	}
	stored := []string{review.Name, review.Overall, review.Question}
	merged, elsewhere := merge(glimpses(seen).at(cleanRevision(input.Revision), len(stored)), stored, sent)
	if slices.Equal(merged, stored) {
		return review, elsewhere, nil
	}
	review.Name, review.Overall, review.Question = merged[0], merged[1], merged[2]
	review.Revision++
	return review, elsewhere, tx.PutWords(ctx, review, glimpses(seen).with(review.Revision, merged), a.now())
}

// SendReview saves the words on the whole and sends the review: its manager sees it from then on. One that
// says nothing is a model.Invalid error on "overall"; the words are checked as in SaveWords. Sending it once
// more changes nothing but the words.
func (a *App) SendReview(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput) error {
	input = cleanWords(input)
	return a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needRating)
		if err != nil {
			return err
		}
		if err := checkWords(input); err != nil {
			return err
		}
		review, _, err := a.saveWords(ctx, tx, mentor, share, input)
		if err != nil {
			return err
		}
		if !says(review) {
			return model.InvalidFields([]model.FieldError{{
				Field: "overall", Message: "Rate one competency or write a few words before you send this; there is nothing in it yet.",
			}})
		}
		return tx.SendReview(ctx, mentor.ID, review.ID, a.now())
	})
}

// says tells whether there is anything in a review.
func says(review *model.MentorReview) bool {
	for _, rating := range review.Ratings {
		if rating.Current() != model.Blank || rating.Comment != "" {
			return true
		}
	}
	return review.Overall != "" || review.Question != ""
}
