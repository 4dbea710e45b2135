package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// OwnWords lists what a mentor has written, the latest first: also through links that have ended or that they took off
// their list, but nothing of the manager whose browser they are in. Nobody's are model.ErrNotFound.
func (a *App) OwnWords(ctx context.Context, mentor model.Mentor) ([]model.OwnReview, error) {
	if mentor.ID == "" {
		return nil, model.ErrNotFound
	}
	list, err := a.store.ReviewedBy(ctx, mentor.ID)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(own model.OwnReview) bool { return own.ManagerID == mentor.ManagerID })
	for i := range list {
		if err := a.addOwn(ctx, mentor, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// addOwn reads one review of a mentor, with what was agreed on.
func (a *App) addOwn(ctx context.Context, mentor model.Mentor, own *model.OwnReview) error {
	review, err := a.reviewBy(ctx, a.store, mentor.ID, own.AssessmentID)
	if err != nil {
		return err
	}
	assessment, err := a.store.Assessment(ctx, own.ManagerID, own.AssessmentID)
	if err != nil {
		return err
	}
	agreements, err := a.store.ReviewAgreements(ctx, review.ID)
	if err != nil {
		return err
	}
	own.Review = report.ReviewForMentor(review)
	own.PeriodStart, own.PeriodEnd = assessment.PeriodStart, assessment.PeriodEnd
	for _, section := range assessment.Sections {
		rating := review.Rating(section.Competency)
		one := model.OwnRating{Competency: a.reports.Named(section.Competency), Rating: rating}
		for _, agreed := range agreements {
			if agreed.Competency == section.Competency && !agreed.ConfirmedAt.IsZero() {
				one.Agreed = &agreed
			}
		}
		if rating.Current() != model.Blank || rating.Comment != "" || one.Agreed != nil {
			own.Ratings = append(own.Ratings, one)
		}
	}
	return nil
}

// OwnWordsExport returns the same as a file has it.
func (a *App) OwnWordsExport(ctx context.Context, mentor model.Mentor) (*report.ExportedOwnWords, error) {
	list, err := a.OwnWords(ctx, mentor)
	if err != nil {
		return nil, err
	}
	return report.ExportOwnWords(list), nil
}

// OwnReview is one review of a mentor; any other is model.ErrNotFound.
func (a *App) OwnReview(ctx context.Context, mentor model.Mentor, reviewID string) (*model.OwnReview, error) {
	list, err := a.OwnWords(ctx, mentor)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Review.ID == reviewID {
			return &list[i], nil
		}
	}
	return nil, model.ErrNotFound
}

// DeleteOwnReview deletes a review of a mentor, at its manager, too, with its ratings and what was agreed on. What was
// revealed to them stays noted, so that nobody counts as blind again.
func (a *App) DeleteOwnReview(ctx context.Context, mentor model.Mentor, reviewID string) error {
	own, err := a.OwnReview(ctx, mentor, reviewID)
	if err != nil {
		return err
	}
	return a.erasing(ctx, reviewID, func(tx *store.Store) error { return tx.DeleteReview(ctx, mentor.ID, own.AssessmentID) })
}

// addLast puts beside each competency that a mentor has rated what they said of it last time, and what was agreed then.
// Before they rate it, nothing should sway them, not even they themselves.
func (a *App) addLast(ctx context.Context, mentor model.Mentor, share *model.Share, shown *model.Shared) error {
	list, err := a.store.ReviewedBy(ctx, mentor.ID)
	if err != nil {
		return err
	}
	for _, own := range list { // the latest first
		if own.ManagerID != share.ManagerID || !own.FinishedAt.Before(shown.Assessment.FinishedAt) {
			continue
		}
		if err := a.addOwn(ctx, mentor, &own); err != nil {
			return err
		}
		for i := range shown.Competencies {
			report.AddLast(&shown.Competencies[i], own)
		}
	}
	return nil
}
