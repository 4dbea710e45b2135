package results_test

import (
	"slices"
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
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
	trend := &model.Trend{Scope: questionnaire.Scope{InText: "leading a first team"}, From: month(time.March), To: month(time.November), Assessments: 4}
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
		"Since March 2026 nothing has moved beyond what re-answering alone would do.":                                        trendOf(none[0], none[1:]...),
		"Over four assessments nothing has moved beyond what re-answering alone would do in the areas that can be compared.": trendOf(none[0], noise()),
	} {
		history := historyOf(since(full(nil), noise()))
		history.Trend = trend
		expect(t, "a trend", results.HistoryHeadline(history), want)
	}
}

// The headline is the strongest finding of its page, and no sentence below it says otherwise.
func TestHistoryHeadlineIsTheStrongestFinding(t *testing.T) {
	const unmoved = "beyond what re-answering alone would do"
	promoted := since(full(nil), moved(measure.Changed, -1))
	promoted.Previous.ScopeChanged = true
	settled := since(full(nil), noise())
	settled.Previous.ScopeChanged = true
	far := since(full(nil), noise(), moved(measure.Possible, 0.6))
	far.Previous.Between = 2
	for name, test := range map[string]struct {
		latest         *model.Result
		trend, earlier *model.Trend
		headline       string
		below          []string
	}{
		"a trend over an unmoved pair": {since(full(nil), noise()), trendOf(noise(), moved(measure.Possible, 0.6)), nil,
			"Over four assessments, Judgement may have risen by 0.6.",
			[]string{"From March 2026 to the latest alone the step is too small to tell; the line through all of them tells more."}},
		"a pair over an unmoved trend": {since(full(nil), noise(), moved(measure.Possible, 1)), trendOf(noise(), noise()), nil,
			"Judgement may have risen by a whole level since March 2026.",
			[]string{"A straight line through all four doesn’t show it yet."}},
		"a change over what may be one": {since(full(nil), moved(measure.Changed, 1)), trendOf(noise(), moved(measure.Possible, 0.6)), nil,
			"The whole rose by a whole level since March 2026.",
			[]string{"Over four assessments, Judgement may have risen by 0.6."}},
		"a trend over as strong a pair": {far, trendOf(noise(), moved(measure.Possible, 0.7)), nil,
			"Over four assessments, Judgement may have risen by 0.7.",
			[]string{"Compared with March 2026, the latest that can be compared in full, Judgement may have risen by 0.6; noise could still explain it."}},
		"nothing, said once": {since(full(nil), noise()), trendOf(noise(), noise()), nil,
			"Over four assessments nothing has moved " + unmoved + ".", nil},
		"across scopes": {promoted, nil, nil,
			"On the twelve questions that both share, you fell by a whole level. A new line has begun.",
			[]string{"The scope changed from “” to “”, so a new line starts beside the old one. On the twelve questions that both share, you fell by a whole level."}},
		"a line that has ended": {settled, nil, trendOf(moved(measure.Changed, 1)),
			"Over four assessments of leading a first team, the whole rose by a whole level.",
			[]string{"The scope changed from “” to “”, so a new line starts beside the old one. On the 36 questions that both share, nothing moved beyond noise."}},
	} {
		history := historyOf(test.latest)
		history.Trend, history.EarlierTrend = test.trend, test.earlier
		expect(t, name, results.HistoryHeadline(history), test.headline)
		below := results.HistorySentences(history)
		if !slices.Equal(below, test.below) {
			t.Errorf("%s: below the headline stands %q", name, below)
		}
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
