package report

import (
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// comparable reports whether two assessments ask enough of the same questions to be read as one line: the
// rule by which pairs are compared, on what was asked.
func comparable(earlier, later *model.Assessment) bool {
	if earlier.AsksTheSame(later) {
		return true
	}
	shared := countItems(later, func(item *model.Item) bool { return earlier.Asks(item.ID) })
	shorter := min(earlier.Asked(), later.Asked())
	return float64(shared) >= later.Constants.MinimumShareOfShorterForm*float64(shorter)
}

// AnswerOf finds the answer to an item in a result; nil where there is none.
func AnswerOf(result *model.Result, item string) *model.Answer {
	answer := result.Answers.Get(item)
	return &answer
}

// History says what assessments mean together, the oldest first.
func (r Reports) History(assessments []model.Answered) *model.History {
	history := &model.History{TrendNeeds: measure.Defaults().MinimumTrendAssessments}
	for i, answered := range assessments {
		result := r.within(assessments[:i], answered)
		if answered.Rerating != nil {
			result.Rerating = r.LookBackAmong(assessments[:i], answered)
		}
		history.Results = append(history.Results, result)
		r.addToStretch(history, result)
	}
	r.addTrends(history)
	return history
}

// addTrends adds the trend of the latest stretch that has one.
func (r Reports) addTrends(history *model.History) {
	for i := len(history.Stretches) - 1; i >= 0; i-- {
		trend := r.trend(history.Stretches[i])
		if trend == nil {
			continue
		}
		if i == len(history.Stretches)-1 {
			history.Trend = trend
		} else {
			history.EarlierTrend = trend
		}
		return
	}
}

// LookBackAmong returns what an answered look back says of the earlier assessment that it looks back at; nil if that
// is not among before.
func (r Reports) LookBackAmong(before []model.Answered, answered model.Answered) *model.Rerating {
	for _, earlier := range before {
		if earlier.Assessment.ID == answered.Rerating.EarlierID {
			rerating := *answered.Rerating
			r.LookBack(&rerating, answered.Assessment, earlier.Assessment, earlier.Answers)
			return &rerating
		}
	}
	return nil
}

// addToStretch continues the latest stretch with a result, or starts a new one beside it.
func (r Reports) addToStretch(history *model.History, result *model.Result) {
	reason := model.FirstStretch
	if count := len(history.Stretches); count > 0 {
		last := &history.Stretches[count-1]
		before := last.Results[len(last.Results)-1].Assessment
		switch {
		case before.Scope != result.Assessment.Scope:
			reason = model.ScopeBreak
		case !comparable(before, result.Assessment):
			reason = model.VersionBreak
		default:
			last.Results = append(last.Results, result)
			return
		}
	}
	history.Stretches = append(history.Stretches, model.Stretch{
		Scope: result.Scope, QuestionnaireName: result.Assessment.QuestionnaireName,
		Break: reason, Results: []*model.Result{result},
	})
}
