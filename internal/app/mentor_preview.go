package app

import (
	"context"

	"whetstone/internal/model"
)

// PreviewShare returns what a mentor would see through the share that a form describes, which is not made. Its
// errors are those of MakeShare.
func (a *App) PreviewShare(ctx context.Context, managerID, assessmentID string, input model.ShareInput) (*model.SharePreview, error) {
	share, err := a.shareFrom(ctx, managerID, assessmentID, input)
	if err != nil {
		return nil, err
	}
	return a.preview(ctx, share)
}

// SharePreview returns what a mentor sees through one of a manager's shares, with nothing rated yet.
func (a *App) SharePreview(ctx context.Context, managerID, shareID string) (*model.SharePreview, error) {
	share, err := a.store.Share(ctx, managerID, shareID)
	if err != nil {
		return nil, err
	}
	return a.preview(ctx, share)
}

// exampleRating is the rating shown on those pages of a preview that come after rating.
const exampleRating = 3

// preview makes a mentor's pages with the same code as the real ones.
func (a *App) preview(ctx context.Context, share *model.Share) (*model.SharePreview, error) {
	shown, err := a.shown(ctx, share, newReview("", share.AssessmentID))
	if err != nil {
		return nil, err
	}
	preview := &model.SharePreview{Shared: shown}
	if share.Scope.Rating {
		first := shown.Competencies[0].ID
		preview.Rating = ratingPage(shown, first)
		rating := model.Rating{Competency: first, Level: exampleRating, Later: model.Blank}
		if share.Scope.Result {
			rating.RevealedAt = a.now()
		}
		rated := newReview("", share.AssessmentID)
		rated.Ratings[first] = rating
		if preview.Words, err = a.shown(ctx, share, rated); err != nil {
			return nil, err
		}
	}
	if share.Scope.Map {
		if preview.Map, err = a.previewMap(ctx, share, shown); err != nil {
			return nil, err
		}
	}
	if !share.Scope.Result {
		return preview, nil
	}
	assessments, err := a.sharedAssessments(ctx, share, true)
	if err != nil {
		return nil, err
	}
	preview.Result = a.reports.LatestResult(assessments)
	if share.Scope.History {
		preview.History = &model.SharedHistory{Shared: shown, History: a.reports.History(assessments)}
	}
	if share.Scope.Rating {
		preview.Beside = a.reports.SideBySide(preview.Words, assessments[len(assessments)-1], nil)
	}
	return preview, nil
}

// previewMap is the page of the depth map as after rating all that it waits for.
func (a *App) previewMap(ctx context.Context, share *model.Share, shown *model.Shared) (*model.SharedMap, error) {
	rated := *shown
	rated.MapWaits = nil
	return a.mapOf(ctx, share, &rated)
}
