package app

import (
	"context"
	"errors"

	"whetstone/internal/model"
)

// compareWithPrevious adds to a result what changed since the assessment before it, and returns that assessment; nil
// if there was none.
func (a *App) compareWithPrevious(ctx context.Context, result *model.Result) (*model.Answered, error) {
	earlier, err := a.store.Before(ctx, result.Assessment)
	if errors.Is(err, model.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	a.reports.Compare(result, earlier.Assessment, earlier.Answers, result.Assessment.Noise)
	return &earlier, nil
}
