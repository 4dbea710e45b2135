package app

import (
	"whetstone/internal/disclosure"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

// This file computes what a closed cycle publishes, from numbers at hand; it reads no store.

// scored is what one contributor answered, as means: by competency, by area and of the whole.
type scored struct {
	model.LedgerAnswer
	scope  string
	values map[string]float64
}

// figures computes what a decision allows to be published of some people's scores.
func (c *closure) figures(decision disclosure.Decision, people []scored) (whole model.TeamFigure, areas, competencies []model.TeamFigure) {
	figure := func(level disclosure.Level, id string) model.TeamFigure {
		if level == disclosure.Competency && c.cycle.Form == model.PulseForm {
			return model.TeamFigure{ID: id, Withheld: model.NotAsked}
		}
		values := func(id string) []float64 {
			values := make([]float64, len(people))
			for i, one := range people {
				values[i] = one.values[id]
			}
			return values
		}
		var finer [][]float64
		for _, part := range c.reports.PartsOf(id, decision.Finest()) {
			finer = append(finer, values(part))
		}
		return report.TeamFigure(id, decision.Publish(level, values(id), finer...), withheld(decision.Reason(level)))
	}
	whole = figure(disclosure.Whole, model.WholeID)
	for _, area := range c.reports.Library.Model.Areas {
		areas = append(areas, figure(disclosure.Area, area.ID))
		for _, competency := range area.Competencies {
			competencies = append(competencies, figure(disclosure.Competency, competency.ID))
		}
	}
	return whole, areas, competencies
}

// pair is one person's scores in two cycles.
type pair struct{ earlier, later map[string]float64 }

// addWords judges the changes: the whole and the areas as one family, each competency alone.
func (c *closure) addWords(pairs []pair, allowed func(disclosure.Level) bool) {
	differences := func(id string) []float64 {
		values := make([]float64, len(pairs))
		for i, one := range pairs {
			values[i] = one.later[id] - one.earlier[id]
		}
		return values
	}
	var family []*model.TeamFigure
	if allowed(disclosure.Whole) {
		family = append(family, &c.aggregate.Whole)
	}
	if allowed(disclosure.Area) {
		for i := range c.aggregate.Areas {
			family = append(family, &c.aggregate.Areas[i])
		}
	}
	var members [][]float64
	for _, figure := range family {
		members = append(members, differences(figure.ID))
	}
	constants := measure.Defaults()
	for i, change := range constants.SignFlipFamily(members) {
		family[i].Change = string(change.Verdict)
	}
	if allowed(disclosure.Competency) {
		for i := range c.aggregate.Competencies {
			figure := &c.aggregate.Competencies[i]
			figure.Change = string(constants.SignFlip(differences(figure.ID)).Verdict)
		}
	}
}
