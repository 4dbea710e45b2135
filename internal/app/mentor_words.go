package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// SaveWords keeps what a mentor answers to the manager's question, calls themself, says on the whole and asks back, and
// returns the review as it is kept then. Two tabs are treated as in SaveAnswers. Bad input is a model.Invalid error on
// "answer", "name", "overall" or "question".
func (a *App) SaveWords(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput) (kept *model.MentorReview, conflict bool, err error) {
	return a.keepWords(ctx, mentor, shareID, input, func(*store.Store, *model.MentorReview) error { return nil })
}

// keepWords saves the words on the whole, and, if nothing is in conflict, continues in the same transaction.
func (a *App) keepWords(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput, then func(*store.Store, *model.MentorReview) error) (kept *model.MentorReview, conflict bool, err error) {
	input = cleanWords(input)
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needRating)
		if err != nil {
			return err
		}
		if err := checkWords(input); err != nil {
			return err
		}
		if kept, conflict, err = a.saveWords(ctx, tx, mentor, share, input); err != nil || conflict {
			return err
		}
		return then(tx, kept)
	})
	if err != nil {
		return nil, false, err
	}
	return kept, conflict, nil
}

// SeenWords says what a page saw of the words on the whole of a review, as Seen does of an answer.
func SeenWords(review *model.MentorReview) string {
	return seenToken(review.Revision, wordsOf(review)...)
}

// wordsOf are the words on the whole of a review, in the order in which they are compared.
func wordsOf(review *model.MentorReview) []string {
	return []string{review.Name, review.Overall, review.Question, review.Answer}
}

func cleanWords(input model.WordsInput) model.WordsInput {
	input.Name, input.Overall, input.Question = cleanLine(input.Name), cleanText(input.Overall), cleanText(input.Question)
	input.Answer = cleanText(input.Answer)
	return input
}

func checkWords(input model.WordsInput) error {
	var fields fieldErrors
	fields.bound("answer", "your answer", input.Answer, model.CommentLimit)
	fields.bound("name", "the name", input.Name, model.LabelLimit)
	fields.bound("overall", "what you say on the whole", input.Overall, model.CommentLimit)
	fields.bound("question", "your question", input.Question, model.QuestionLimit)
	return fields.err()
}

// saveWords is the part of SaveWords that writes; the review that it returns is one without an id where there
// is nothing to keep yet.
func (a *App) saveWords(ctx context.Context, tx *store.Store, mentor model.Mentor, share *model.Share, input model.WordsInput) (review *model.MentorReview, conflict bool, err error) {
	if review, err = tx.Review(ctx, mentor.ID, share.AssessmentID, a.now()); err != nil {
		return nil, false, err
	}
	if review == nil {
		if input.Name+input.Overall+input.Question+input.Answer == "" {
			return newReview(mentor.ID, share.AssessmentID), false, nil
		}
		if review, err = a.begunReview(ctx, tx, mentor, share); err != nil {
			return nil, false, err
		}
	}
	if review.Answer == "" {
		review.Asked = share.Question
	}
	if review.Asked == "" {
		input.Answer = "" // nothing was asked
	}
	stored := wordsOf(review)
	if review.Reply != "" {
		if another := input.Question; another != "" && another != review.Question && digest(another) != digests(input.Seen, len(stored))[2] {
			return nil, false, refused("question", "They have answered your question as it was, so that one stays. Move what you typed here into another field, and leave this one empty: then the rest is saved.")
		}
		input.Question = review.Question // it was answered as it is, and stays
	}
	merged, conflict := merge(input.Seen, stored, []string{input.Name, input.Overall, input.Question, input.Answer})
	if slices.Equal(merged, stored) {
		return review, conflict, nil
	}
	review.Name, review.Overall, review.Question, review.Answer = merged[0], merged[1], merged[2], merged[3]
	review.Revision++
	return review, conflict, tx.PutWords(ctx, review, a.now())
}

// SendReview saves the words on the whole and sends the review: its manager sees it from then on. One that
// says nothing is a model.Invalid error on "overall"; the words are checked and kept as in SaveWords, and where
// they are in conflict nothing is sent. Sending it once more changes nothing but the words.
func (a *App) SendReview(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput) (kept *model.MentorReview, conflict bool, err error) {
	return a.keepWords(ctx, mentor, shareID, input, func(tx *store.Store, review *model.MentorReview) error {
		if !says(review) {
			return refused("overall", "Rate one competency or write a few words before you send this; there is nothing in it yet.")
		}
		return tx.SendReview(ctx, mentor.ID, review.ID, a.now())
	})
}

// says reports whether there is anything in a review.
func says(review *model.MentorReview) bool {
	for _, rating := range review.Ratings {
		if rating.Current() != model.Blank || rating.Comment != "" {
			return true
		}
	}
	return review.Overall+review.Question+review.Answer != "" || len(review.Moved()) > 0
}
