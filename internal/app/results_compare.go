package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// compareWithPrevious adds to a result what changed since the latest assessment before it that can be compared, and
// returns that assessment; nil if there was none. It is mostly the one just before; only otherwise are all of them read.
func (a *App) compareWithPrevious(ctx context.Context, result *model.Result) (*model.Answered, error) {
	for _, most := range []int{1, store.All} {
		before, err := a.store.Before(ctx, result.Assessment, most)
		if err != nil {
			return nil, err
		}
		at, best := a.reports.CompareWithin(result, before)
		if at < 0 {
			return nil, nil
		}
		if best || most == store.All {
			return &before[at], nil
		}
	}
	return nil, nil
}
