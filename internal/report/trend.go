package report

import (
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// trend returns the verdict on a stretch of assessments, on the questions that all of its full ones share; nil until
// there are enough of them. Pulses ask too little to be points of a line.
func (r Reports) trend(stretch model.Stretch) *model.Trend {
	var assessments []*model.Result
	for _, result := range stretch.Results {
		if result.Assessment.Form == model.FullForm {
			assessments = append(assessments, result)
		}
	}
	if len(assessments) == 0 {
		return nil
	}
	latest := assessments[len(assessments)-1].Assessment
	constants := latest.Constants
	if len(assessments) < constants.MinimumTrendAssessments || !latest.FinishedAt.After(assessments[0].Assessment.FinishedAt) {
		return nil
	}
	days := make([]float64, len(assessments))
	for i, answered := range assessments {
		days[i] = answered.Assessment.FinishedAt.Sub(assessments[0].Assessment.FinishedAt).Hours() / 24
	}
	shared := trendItems(assessments)
	noise := constants.EstimateTrendNoise(days, trendRows(shared, anyItem))
	trend := &model.Trend{
		Scope: stretch.Scope,
		From:  assessments[0].Assessment.PeriodEnd, To: latest.PeriodEnd,
		Assessments: len(assessments), Shared: len(shared),
	}
	comparison := func(kind measure.Kind, chosen choice) measure.TrendComparison {
		return measure.TrendComparison{Kind: kind, Rows: trendRows(shared, chosen), ShortestAsked: shortestAsked(assessments, chosen)}
	}
	var family []measure.TrendComparison
	for _, area := range r.Library.Model.Areas {
		if countItems(latest, r.inArea(area.ID)) == 0 {
			continue
		}
		family = append(family, comparison(measure.Area, r.inArea(area.ID)))
		trend.Groups = append(trend.Groups, model.TrendGroup{ID: area.ID, Name: area.Name})
	}
	family = append(family, comparison(measure.Whole, anyItem))
	trend.Groups = append(trend.Groups, model.TrendGroup{ID: model.WholeID, Name: model.WholeName})
	for i, judgement := range constants.TrendFamily(days, family, noise) {
		trend.Groups[i].Judgement = overSpan(judgement)
	}
	for _, section := range latest.Sections {
		competency, _ := r.Place(section.Competency)
		judgement := constants.JudgeTrend(days, comparison(measure.Competency, inCompetency(competency.ID)), noise)
		trend.Competencies = append(trend.Competencies, model.TrendGroup{ID: competency.ID, Name: competency.Name, Judgement: overSpan(judgement)})
	}
	return trend
}

// overSpan reads a trend's verdict as one on the change over its span, so that it is worded and
// exported as every other verdict is.
func overSpan(judgement measure.TrendJudgement) measure.Judgement {
	return measure.Judgement{
		Verdict: judgement.Verdict, Direction: judgement.Direction, Obstacle: judgement.Obstacle,
		Change: measure.Change{
			Shared: judgement.Trend.Shared, MeanChange: judgement.Trend.Change,
			StandardError: judgement.Trend.StandardError, Degrees: judgement.Trend.Degrees, P: judgement.Trend.P,
		},
		AdjustedP: judgement.AdjustedP,
	}
}

// trendItem is an item that was answered on the scale in every assessment of a trend.
type trendItem struct {
	item *model.Item
	row  measure.Row
}

// trendItems are the items that all assessments of a trend have in common.
func trendItems(assessments []*model.Result) []trendItem {
	var shared []trendItem
	for _, section := range assessments[0].Assessment.Sections {
		for i := range section.Items {
			item := &section.Items[i]
			levels := make([]int, 0, len(assessments))
			for _, answered := range assessments {
				if level := answered.Answers.Get(item.ID).Level; level.Scored() {
					levels = append(levels, int(level))
				}
			}
			if len(levels) == len(assessments) {
				shared = append(shared, trendItem{item, measure.Row{Competency: section.Competency, Levels: levels}})
			}
		}
	}
	return shared
}

// trendRows are the chosen ones of the items that all assessments have in common.
func trendRows(shared []trendItem, chosen choice) []measure.Row {
	var rows []measure.Row
	for _, each := range shared {
		if chosen(each.item) {
			rows = append(rows, each.row)
		}
	}
	return rows
}

// shortestAsked returns how many of the chosen items were asked by the assessment that asked the fewest.
func shortestAsked(assessments []*model.Result, chosen choice) int {
	fewest := countItems(assessments[0].Assessment, chosen)
	for i, answered := range assessments[1:] {
		if !assessments[i].Assessment.AsksTheSame(answered.Assessment) {
			fewest = min(fewest, countItems(answered.Assessment, chosen))
		}
	}
	return fewest
}

// TrendOf returns the trend of a history, without the rest of what a history says.
func (r Reports) TrendOf(assessments []model.Answered) *model.Trend {
	var history model.History
	for _, answered := range assessments {
		bare := &model.Result{Assessment: answered.Assessment, Answers: answered.Answers}
		bare.Scope, _ = r.Library.Model.Scope(answered.Assessment.Scope)
		r.addToStretch(&history, bare)
	}
	r.addTrends(&history)
	return history.Trend
}
