package app

import (
	"context"
	"maps"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// Reveal notes that a mentor is shown the manager's scores from now on: of one competency, of those that they have
// rated or commented on (model.RevealRated), of those for which the depth map waits (model.RevealMap), or of all that the share shows (model.RevealAll). A level that they give
// after that is kept apart. What the share doesn't show is model.ErrNotFound.
func (a *App) Reveal(ctx context.Context, mentor model.Mentor, shareID, what string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := a.openedShare(ctx, tx, mentor, shareID, needResult)
		if err != nil {
			return err
		}
		switch what {
		case model.RevealAll:
			return a.revealShown(ctx, tx, share, mentor.ID)
		case model.RevealRated:
			return a.revealRated(ctx, tx, share, mentor)
		case model.RevealMap:
			return a.revealMap(ctx, tx, mentor, share)
		}
		asks, err := tx.Asks(ctx, share.ManagerID, share.AssessmentID, what)
		if err != nil {
			return err
		}
		if !asks {
			return model.ErrNotFound
		}
		return tx.Reveal(ctx, mentor.ID, share.AssessmentID, what, a.now())
	})
}

func (a *App) revealRated(ctx context.Context, tx *store.Store, share *model.Share, mentor model.Mentor) error {
	review, err := a.reviewOf(ctx, tx, mentor, share)
	if err != nil {
		return err
	}
	for _, rating := range review.Ratings {
		if rating.Current() == model.Blank {
			continue
		}
		if err := tx.Reveal(ctx, mentor.ID, share.AssessmentID, rating.Competency, a.now()); err != nil {
			return err
		}
	}
	return nil
}

// SideBySide returns what a mentor and the manager say of the competencies that are revealed. A share that
// doesn't show the result, or that allows no rating, is model.ErrNotFound.
func (a *App) SideBySide(ctx context.Context, mentor model.Mentor, shareID string) (*model.SideBySide, error) {
	found, err := a.sharing(ctx, mentor, shareID, needBoth)
	if err != nil {
		return nil, err
	}
	assessments, err := a.sharedAssessments(ctx, found.share, false)
	if err != nil {
		return nil, err
	}
	agreements, err := a.store.ReviewAgreements(ctx, found.review.ID)
	if err != nil {
		return nil, err
	}
	if err := a.leanLater(ctx, mentor, found, slices.Collect(maps.Values(found.review.Ratings))); err != nil {
		return nil, err
	}
	return a.reports.SideBySide(found.shown, assessments[0], agreements), nil
}

// sharedAssessments reads the assessments that a share is bound to, the oldest first, as a mentor may see them: the
// shared one last, and those before it where the share shows them and they are wanted.
func (a *App) sharedAssessments(ctx context.Context, share *model.Share, withHistory bool) ([]model.Answered, error) {
	var assessments []model.Answered
	if withHistory && share.Scope.History {
		all, err := a.store.History(ctx, share.ManagerID)
		if err != nil {
			return nil, err
		}
		if assessments = report.UpTo(all, share.AssessmentID); assessments == nil {
			return nil, model.ErrNotFound // deleted in the meantime
		}
	} else {
		one, err := a.finished(ctx, share.ManagerID, share.AssessmentID)
		if err != nil {
			return nil, err
		}
		assessments = []model.Answered{one}
	}
	for i := range assessments {
		assessments[i] = report.AnsweredForMentor(assessments[i], share.Scope.Notes)
	}
	return assessments, nil
}

// SharedResult returns the whole result as a mentor sees it, with the change since the assessment before where
// the history is shared and was revealed, too. While they may still rate blind, there is no result yet but
// the number of competencies that looking would mark. A share that doesn't show the result is
// model.ErrNotFound.
func (a *App) SharedResult(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedResult, error) {
	found, err := a.sharing(ctx, mentor, shareID, needResult)
	if err != nil {
		return nil, err
	}
	if !found.shown.Revealed() {
		return &model.SharedResult{Shared: found.shown, Unrated: unrated(found.shown)}, nil
	}
	// A mentor who had the competencies shown one by one has not asked to see the earlier assessments.
	revealed, err := a.store.HistoryRevealed(ctx, mentor.ID, found.share.AssessmentID)
	if err != nil {
		return nil, err
	}
	assessments, err := a.sharedAssessments(ctx, found.share, revealed)
	if err != nil {
		return nil, err
	}
	return &model.SharedResult{Shared: found.shown, Result: a.reports.LatestResult(assessments)}, nil
}

// unrated counts the competencies that revealing everything would mark as not blind.
func unrated(shared *model.Shared) int {
	count := 0
	for _, competency := range shared.Competencies {
		if competency.Rating.RevealedAt.IsZero() && competency.Rating.Current() == model.Blank {
			count++
		}
	}
	return count
}

// SharedHistory returns the history up to the shared assessment as a mentor sees it, once they have asked for
// all that the share shows: until then there is the number of competencies that this would mark as not
// blind. A share that doesn't show it is model.ErrNotFound.
func (a *App) SharedHistory(ctx context.Context, mentor model.Mentor, shareID string) (*model.SharedHistory, error) {
	found, err := a.sharing(ctx, mentor, shareID, needHistory)
	if err != nil {
		return nil, err
	}
	revealed, err := a.store.HistoryRevealed(ctx, mentor.ID, found.share.AssessmentID)
	if err != nil {
		return nil, err
	}
	if !revealed {
		return &model.SharedHistory{Shared: found.shown, Unrated: unrated(found.shown)}, nil
	}
	assessments, err := a.sharedAssessments(ctx, found.share, true)
	if err != nil {
		return nil, err
	}
	return &model.SharedHistory{Shared: found.shown, History: a.reports.History(assessments)}, nil
}
