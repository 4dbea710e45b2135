package app

import (
	"context"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// Conversation returns what a manager's mentors say of one of their finished assessments, those who have sent
// it and those who can't any more. A draft is model.ErrNotFound.
func (a *App) Conversation(ctx context.Context, managerID, assessmentID string) (*model.Conversation, error) {
	result, err := a.Result(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	reviews, err := a.store.Reviews(ctx, managerID, a.now())
	if err != nil {
		return nil, err
	}
	agreements, err := a.store.Agreements(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	conversation := a.reports.Conversation(result, reviews, agreements)
	if conversation.Waiting, err = a.store.WaitingShares(ctx, managerID, assessmentID, a.now()); err != nil {
		return nil, err
	}
	assessments, err := a.store.History(ctx, managerID)
	if err != nil {
		return nil, err
	}
	if len(assessments) > 0 {
		conversation.Latest = assessments[len(assessments)-1].Assessment.ID
	}
	conversation.Lines = a.reports.GapLines(report.UpTo(assessments, assessmentID), reviews)
	return conversation, nil
}

// SetReviewAside keeps a review of one of a manager's assessments out of every comparison, or lets it count again. One that
// they don't see is model.ErrNotFound.
func (a *App) SetReviewAside(ctx context.Context, managerID, assessmentID, reviewID string, aside bool) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := tx.VisibleReview(ctx, managerID, assessmentID, reviewID, a.now()); err != nil {
			return err
		}
		var at time.Time
		if aside {
			at = a.now()
		}
		return tx.SetAside(ctx, managerID, reviewID, at)
	})
}

// ConversationWith is Conversation with one mentor alone: of the others, nothing is in it. A review that the manager
// doesn't see is model.ErrNotFound.
func (a *App) ConversationWith(ctx context.Context, managerID, assessmentID, reviewID string) (*model.Conversation, error) {
	all, err := a.Conversation(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	for _, review := range all.Reviews {
		if review.ID == reviewID {
			return a.reports.Conversation(all.Result, []*model.MentorReview{review}, nil), nil
		}
	}
	return nil, model.ErrNotFound
}

// MentorLines returns both views of each competency over the latest stretch of a manager's history, as the conversation of
// the latest assessment does; none without a manager.
func (a *App) MentorLines(ctx context.Context, managerID string) ([]model.GapLine, error) {
	reviews, err := a.store.Reviews(ctx, managerID, a.now())
	if err != nil || len(reviews) == 0 {
		return nil, err
	}
	assessments, err := a.store.History(ctx, managerID)
	if err != nil || len(assessments) == 0 {
		return nil, err
	}
	return a.reports.GapLines(assessments, reviews), nil
}

// SeenReply says what a page saw of the answer to a mentor's question, and of the question, as Seen does of an answer.
func SeenReply(review *model.MentorReview) string { return seenToken(0, review.Reply, review.Question) }

// Reply answers the question that a mentor asks back, once: what was answered before is replaced. An empty or a long one,
// and one to a question that was changed since the page showed it, is a model.Invalid error on "reply", one that was
// written elsewhere since the page saw it a model.Conflict, and a review that the manager doesn't see or that asks nothing
// model.ErrNotFound.
func (a *App) Reply(ctx context.Context, managerID, assessmentID, reviewID, reply, seen string) error {
	reply = cleanText(reply)
	return a.store.InTx(ctx, func(tx *store.Store) error {
		mentorID, err := tx.VisibleReview(ctx, managerID, assessmentID, reviewID, a.now())
		if err != nil {
			return err
		}
		var fields fieldErrors
		fields.require("reply", "your answer", reply, model.CommentLimit, "Write your answer first.")
		if err := fields.err(); err != nil {
			return err
		}
		review, err := tx.Review(ctx, mentorID, assessmentID, a.now())
		if err != nil {
			return err
		}
		stored := []string{review.Reply, review.Question}
		if strings.Count(seen, tokenDivider) < len(stored) {
			stored = stored[:1] // a page that an earlier version made says nothing of the question
		} else if digests(seen, len(stored))[1] != digest(review.Question) {
			return refused("reply", "They have changed their question since this page was shown. Read what they ask now, and change your answer to it before you send it.")
		}
		if _, err := mergeFields(seen, []string{"reply"}, stored, []string{reply}); err != nil {
			return err
		}
		if review.Reply == reply {
			return nil
		}
		return tx.Reply(ctx, managerID, reviewID, reply, a.now())
	})
}

// ReadReview notes that a manager has read a review of one of their assessments: as it stood at seen, which is
// the Seen of the review on their page, or as it stands where that is none. What was written after that stays
// unread. One that they don't see is model.ErrNotFound.
func (a *App) ReadReview(ctx context.Context, managerID, assessmentID, reviewID, seen string) error {
	read := a.now()
	if milliseconds, err := strconv.ParseInt(seen, 10, 64); err == nil && milliseconds >= 0 && milliseconds < read.UnixMilli() {
		read = time.UnixMilli(milliseconds)
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := tx.VisibleReview(ctx, managerID, assessmentID, reviewID, a.now()); err != nil {
			return err
		}
		return tx.ReadReview(ctx, managerID, reviewID, read)
	})
}
