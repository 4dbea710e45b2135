package results_test

import (
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/results"
)

// few are judgements of the whole and the four areas, none of which can be compared.
func few() []measure.Judgement {
	one := incomparable(measure.TooFewShared, 1)
	return []measure.Judgement{one, one, one, one, one}
}

// historyOf is a history of an assessment and the result compared with it.
func historyOf(latest *model.Result) *model.History {
	return &model.History{Results: []*model.Result{full(nil), latest}, TrendNeeds: 4}
}

// trendOf has the judgements of four areas and, last, of the whole.
func trendOf(whole measure.Judgement, areas ...measure.Judgement) *model.Trend {
	trend := &model.Trend{From: month(time.March), To: month(time.November), Assessments: 4}
	for _, area := range areas {
		trend.Groups = append(trend.Groups, model.TrendGroup{ID: "judgement", Name: "Judgement", Judgement: area})
	}
	trend.Groups = append(trend.Groups, model.TrendGroup{ID: model.WholeID, Name: model.WholeName, Judgement: whole})
	return trend
}

// What can't be compared has not been found unmoved.
func TestHistoryHeadlineOfAPair(t *testing.T) {
	none := few()
	for want, latest := range map[string]*model.Result{
		"One assessment so far; the second makes a comparison.":                                         full(nil),
		"Since March 2026 nothing has moved beyond what re-answering alone would do.":                   since(full(nil), noise()),
		"Judgement rose by a whole level since March 2026.":                                             since(full(nil), noise(), moved(measure.Changed, 1)),
		"The last two assessments share too little to be compared.":                                     since(full(nil), none[0], none[1:]...),
		"In the areas that can be compared, nothing has moved beyond what re-answering alone would do.": since(full(nil), none[0]),
	} {
		expect(t, "a pair", results.HistoryHeadline(historyOf(latest)), want)
	}
}

func TestHistoryHeadlineOfATrend(t *testing.T) {
	none := few()
	for want, trend := range map[string]*model.Trend{
		"Over four assessments nothing has moved beyond what re-answering alone would do.":                                   trendOf(noise(), noise()),
		"Over four assessments, Judgement rose by a whole level.":                                                            trendOf(none[0], moved(measure.Changed, 1)),
		"The last four full assessments share too little to be compared.":                                                    trendOf(none[0], none[1:]...),
		"Over four assessments nothing has moved beyond what re-answering alone would do in the areas that can be compared.": trendOf(none[0], noise()),
	} {
		history := historyOf(since(full(nil), noise()))
		history.Trend = trend
		expect(t, "a trend", results.HistoryHeadline(history), want)
	}
}

func TestCompareHeadline(t *testing.T) {
	none := few()
	for want, later := range map[string]*model.Result{
		"Nothing moved beyond what re-answering alone would do.": since(full(nil), noise()),
		"Judgement rose by a whole level.":                       since(full(nil), none[0], moved(measure.Changed, 1)),
		"These two share too little to compare as a whole.":      since(full(nil), none[0]),
		"These two share too little to be compared.":             since(full(nil), none[0], none[1:]...),
	} {
		expect(t, "a pair", results.CompareHeadline(&model.Comparison{Earlier: full(nil), Later: later}), want)
	}
}
