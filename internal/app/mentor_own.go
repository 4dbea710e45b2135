package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// OwnWords lists what a mentor has written, the latest first: also through links that have ended or that they took off
// their list, but nothing of a manager for whom their browser has acted, and nothing by a link for one person alone where they
// aren't signed in as that person. What they are asked about again waits, while it could lean what they say now. Nobody's
// are model.ErrNotFound.
func (a *App) OwnWords(ctx context.Context, mentor model.Mentor) ([]model.OwnReview, error) {
	if mentor.ID == "" {
		return nil, model.ErrNotFound
	}
	list, err := a.store.ReviewedBy(ctx, mentor)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(own model.OwnReview) bool { return mentor.Is(own.ManagerID) })
	asked, err := a.stillAsked(ctx, mentor)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := a.addOwn(ctx, mentor, &list[i]); err != nil {
			return nil, err
		}
		addWaits(&list[i], asked)
	}
	return list, nil
}

// askedNow is an assessment that a mentor can rate, with what they say of it so far.
type askedNow struct {
	share      *model.Share
	assessment *model.Assessment
	review     *model.MentorReview
}

// stillAsked lists what a mentor can rate now.
func (a *App) stillAsked(ctx context.Context, mentor model.Mentor) ([]askedNow, error) {
	shares, err := a.store.GrantedShares(ctx, mentor.ID)
	if err != nil {
		return nil, err
	}
	var list []askedNow
	for _, share := range shares {
		if !share.Scope.Rating || share.State(a.now()) != model.ShareLive || mentor.Is(share.ManagerID) {
			continue
		}
		assessment, err := a.store.Assessment(ctx, share.ManagerID, share.AssessmentID)
		if errors.Is(err, model.ErrNotFound) { // deleted in the meantime
			continue
		}
		if err != nil {
			return nil, err
		}
		review, err := a.reviewOf(ctx, a.store, mentor, share)
		if err != nil {
			return nil, err
		}
		list = append(list, askedNow{share, assessment, review})
	}
	return list, nil
}

// leantBy reports whether what its mentor said of a competency of an earlier assessment could lean what they say of it now.
func (one askedNow) leantBy(managerID string, finished time.Time, competency string) bool {
	return one.share.ManagerID == managerID && finished.Before(one.assessment.FinishedAt) && one.review.Rating(competency).CanLean() &&
		slices.ContainsFunc(one.assessment.Sections, func(section model.Section) bool { return section.Competency == competency })
}

// addWaits notes which ratings of a review wait, and for what.
func addWaits(own *model.OwnReview, list []askedNow) {
	for i, rating := range own.Ratings {
		for _, one := range list {
			if one.leantBy(own.ManagerID, own.FinishedAt, rating.Competency.ID) {
				own.Ratings[i].Waits = one.share.ID
			}
		}
	}
}

// leanLater notes that a mentor is shown what they rated of the assessment of a share, where they have rated a later one of
// the same manager: what they change there from then on is kept apart. What they have still to rate there stays blind, since
// nobody forgets what they are writing of the earlier one beside it.
func (a *App) leanLater(ctx context.Context, mentor model.Mentor, found *sharing, ratings []model.Rating) error {
	ratings = slices.DeleteFunc(ratings, func(rating model.Rating) bool { return rating.Current() == model.Blank })
	if len(ratings) == 0 {
		return nil
	}
	list, err := a.stillAsked(ctx, mentor)
	if err != nil {
		return err
	}
	var seen []glimpse
	for _, one := range list {
		for _, rating := range ratings {
			if one.leantBy(found.share.ManagerID, found.shown.Assessment.FinishedAt, rating.Competency) &&
				one.review.Rating(rating.Competency).Current() != model.Blank {
				seen = append(seen, glimpse{one.share.AssessmentID, rating.Competency})
			}
		}
	}
	return a.noteGlimpses(ctx, mentor, seen)
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

// OwnWordsExport returns the same as a file has it, with what waits: who takes the file has read that, so what they rate of
// it from then on is kept apart.
func (a *App) OwnWordsExport(ctx context.Context, mentor model.Mentor) (*report.ExportedOwnWords, error) {
	list, err := a.OwnWords(ctx, mentor)
	if err != nil {
		return nil, err
	}
	again, err := a.stillAsked(ctx, mentor)
	if err != nil {
		return nil, err
	}
	var seen []glimpse
	for _, own := range list {
		for _, rating := range own.Ratings {
			for _, one := range again {
				if one.leantBy(own.ManagerID, own.FinishedAt, rating.Competency.ID) {
					seen = append(seen, glimpse{one.share.AssessmentID, rating.Competency.ID})
				}
			}
		}
	}
	return report.ExportOwnWords(list), a.noteGlimpses(ctx, mentor, seen)
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

// addLast puts beside each competency what its mentor said of it last time, and what was agreed then, once they have rated
// it and it can lean them no more.
func (a *App) addLast(ctx context.Context, mentor model.Mentor, share *model.Share, shown *model.Shared) error {
	list, err := a.store.ReviewedBy(ctx, mentor)
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
