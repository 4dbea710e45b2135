package report

import (
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// trend gives the verdict on a stretch of sittings, on the questions that all of its full ones share;
// nil until there are enough of them. Pulses ask too little to be a point of a line.
func (r Reports) trend(stretch model.Stretch) *model.Trend {
	var sittings []*model.Result
	for _, snapshot := range stretch.Snapshots {
		if snapshot.Assessment.Form == model.FullForm {
			sittings = append(sittings, snapshot)
		}
	}
	if len(sittings) == 0 {
		return nil
	}
	latest := sittings[len(sittings)-1].Assessment
	constants := latest.Constants
	if len(sittings) < constants.MinimumTrendSittings || !latest.FinishedAt.After(sittings[0].Assessment.FinishedAt) {
		return nil
	}
	days := make([]float64, len(sittings))
	for i, sitting := range sittings {
		days[i] = sitting.Assessment.FinishedAt.Sub(sittings[0].Assessment.FinishedAt).Hours() / 24
	}
	shared := trendItems(sittings)
	noise := constants.EstimateTrendNoise(days, trendRows(shared, anyItem))
	trend := &model.Trend{
		Scope: stretch.Scope,
		From:  sittings[0].Assessment.PeriodEnd, To: latest.PeriodEnd,
		Sittings: len(sittings), Shared: len(shared),
	}
	comparison := func(kind measure.Kind, chosen choice) measure.TrendComparison {
		return measure.TrendComparison{Kind: kind, Rows: trendRows(shared, chosen), ShortestAsked: shortestAsked(sittings, chosen)}
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

// trendItem is an item that was answered on the scale in every sitting of a trend.
type trendItem struct {
	item *model.Item
	row  measure.Row
}

// trendItems are the items that all sittings of a trend have in common.
func trendItems(sittings []*model.Result) []trendItem {
	var shared []trendItem
	for _, section := range sittings[0].Assessment.Sections {
		for i := range section.Items {
			item := &section.Items[i]
			levels := make([]int, 0, len(sittings))
			for _, sitting := range sittings {
				if level := sitting.Answers.Get(item.ID).Level; level.Scored() {
					levels = append(levels, int(level))
				}
			}
			if len(levels) == len(sittings) {
				shared = append(shared, trendItem{item, measure.Row{Competency: section.Competency, Levels: levels}})
			}
		}
	}
	return shared
}

// trendRows are the chosen ones of the items that all sittings have in common.
func trendRows(shared []trendItem, chosen choice) []measure.Row {
	var rows []measure.Row
	for _, each := range shared {
		if chosen(each.item) {
			rows = append(rows, each.row)
		}
	}
	return rows
}

// shortestAsked is how many of the chosen items the sitting asked that asked the fewest.
func shortestAsked(sittings []*model.Result, chosen choice) int {
	fewest := countItems(sittings[0].Assessment, chosen)
	for i, sitting := range sittings[1:] {
		if !askTheSame(sittings[i].Assessment, sitting.Assessment) {
			fewest = min(fewest, countItems(sitting.Assessment, chosen))
		}
	}
	return fewest
}

// TrendOf is the trend of a history, without the rest of what a history says.
func (r Reports) TrendOf(sittings []model.Sitting) *model.Trend {
	var history model.History
	for _, sitting := range sittings {
		bare := &model.Result{Assessment: sitting.Assessment, Answers: sitting.Answers}
		bare.Scope, _ = r.Library.Model.Scope(sitting.Assessment.Scope)
		r.addToStretch(&history, bare)
	}
	r.addTrends(&history)
	return history.Trend
}
