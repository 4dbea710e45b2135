package app

import (
	"context"

	"whetstone/internal/model"
)

// RatingPage is not built yet.
func (a *App) RatingPage(ctx context.Context, mentor model.Mentor, shareID, competency string) (*model.RatingPage, error) {
	return nil, errUnbuilt
}

// SaveRating is not built yet.
func (a *App) SaveRating(ctx context.Context, mentor model.Mentor, shareID, competency string, input model.RatingInput) (model.SavedRating, error) {
	return model.SavedRating{}, errUnbuilt
}

// SaveWords is not built yet.
func (a *App) SaveWords(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput) (revision int, elsewhere bool, err error) {
	return 0, false, errUnbuilt
}

// SendReview is not built yet.
func (a *App) SendReview(ctx context.Context, mentor model.Mentor, shareID string, input model.WordsInput) error {
	return errUnbuilt
}
