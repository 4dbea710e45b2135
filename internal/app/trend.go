package app

import "whetstone/internal/model"

// trendSittings is how many full sittings of one scope a trend takes.
const trendSittings = 4

func (r reports) trend(model.Stretch) *model.Trend { return nil }
