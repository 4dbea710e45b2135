package app

import (
	"cmp"
	"slices"

	"whetstone/internal/disclosure"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// What a closed cycle publishes, computed from numbers that are at hand: this file reads no store.

// scored is what one contributor answered, as means: by competency, by area and of the whole.
type scored struct {
	model.LedgerAnswer
	scope  string
	values map[string]float64
}

// means are a person's scores: of a competency the mean of what was answered, of an area the mean of its
// competencies, of the whole the mean of all competencies.
func (r reports) means(sums map[string]model.LevelSum) map[string]float64 {
	values := map[string]float64{}
	var all []float64
	for _, area := range r.library.Model.Areas {
		var own []float64
		for _, competency := range area.Competencies {
			if sum := sums[competency.ID]; sum.Count > 0 {
				values[competency.ID] = float64(sum.Sum) / float64(sum.Count)
				own = append(own, values[competency.ID])
			}
		}
		values[area.ID] = mean(own)
		all = append(all, own...)
	}
	values[model.WholeID] = mean(all)
	return values
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// figures makes what a decision lets be published of some people's scores.
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
		for _, part := range c.partsOf(id, decision.Finest()) {
			finer = append(finer, values(part))
		}
		return teamFigure(id, decision.Publish(level, values(id), finer...), withheld(decision.Reason(level)))
	}
	whole = figure(disclosure.Whole, model.WholeID)
	for _, area := range c.library.Model.Areas {
		areas = append(areas, figure(disclosure.Area, area.ID))
		for _, competency := range area.Competencies {
			competencies = append(competencies, figure(disclosure.Competency, competency.ID))
		}
	}
	return whole, areas, competencies
}

// partsOf are the competencies or areas, whichever is the level, of which an area or the whole is the mean.
func (r reports) partsOf(id string, level disclosure.Level) (parts []string) {
	for _, area := range r.library.Model.Areas {
		if id != area.ID && id != model.WholeID {
			continue
		}
		if level == disclosure.Area {
			parts = append(parts, area.ID)
			continue
		}
		for _, competency := range area.Competencies {
			parts = append(parts, competency.ID)
		}
	}
	return parts
}

// teamFigure is a result as it is frozen.
func teamFigure(id string, result disclosure.Result, reason model.Withheld) model.TeamFigure {
	if !result.Published {
		return model.TeamFigure{ID: id, Withheld: reason}
	}
	figure := model.TeamFigure{ID: id, Mean: model.Figure(result.Mean), Step: result.Step}
	if spread := result.Spread; spread.Published {
		figure.Quartiles = []model.Figure{model.Figure(spread.LowerQuartile), model.Figure(spread.Median), model.Figure(spread.UpperQuartile)}
		figure.Spread = &spread.Deviation
	}
	return figure
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

// compareScopes orders scopes as the model does; those that it doesn't know come last.
func (r reports) compareScopes(x, y string) int {
	place := func(id string) int {
		at := slices.IndexFunc(r.library.Model.Scopes, func(s questionnaire.Scope) bool { return s.ID == id })
		if at < 0 {
			return len(r.library.Model.Scopes)
		}
		return at
	}
	return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x, y))
}

// withheldAggregate is what a cycle publishes where nothing may be: it holds the names of all figures, the
// reason, and nothing that depends on an answer.
func (r reports) withheldAggregate(cycle *model.Cycle, reason model.Withheld) *model.TeamAggregate {
	aggregate := &model.TeamAggregate{
		CycleID: cycle.ID, Withheld: reason, Marks: r.marks(cycle),
		Whole: model.TeamFigure{ID: model.WholeID, Withheld: reason},
	}
	ofCompetency := reason
	if cycle.Form == model.PulseForm {
		ofCompetency = model.NotAsked
	}
	for _, area := range r.library.Model.Areas {
		aggregate.Areas = append(aggregate.Areas, model.TeamFigure{ID: area.ID, Withheld: reason})
		for _, competency := range area.Competencies {
			aggregate.Competencies = append(aggregate.Competencies, model.TeamFigure{ID: competency.ID, Withheld: ofCompetency})
		}
	}
	return aggregate
}

// marks are the shipped marks by scope and competency: those of the cycle's questionnaire, or of all scopes
// where any counts. Whose scopes were among the contributors doesn't show.
func (r reports) marks(cycle *model.Cycle) map[string]map[string]float64 {
	marks := map[string]map[string]float64{}
	for _, q := range r.library.Questionnaires {
		if cycle.QuestionnaireID != "" && q.ID != cycle.QuestionnaireID || marks[q.Scope] != nil {
			continue // a shipped questionnaire comes before an operator's own of the same scope
		}
		own := map[string]float64{}
		for _, section := range q.Sections {
			own[section.Competency] = section.Target
		}
		marks[q.Scope] = own
	}
	return marks
}
