package report

import (
	"cmp"
	"slices"

	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

func mean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// TeamFigure returns a decision's result in the form in which it is frozen.
func TeamFigure(id string, result disclosure.Result, reason model.Withheld) model.TeamFigure {
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

// Means are a person's scores: of a competency the mean of what was answered, of an area the mean of its
// competencies, of the whole the mean of all competencies.
func (r Reports) Means(sums map[string]model.LevelSum) map[string]float64 {
	values := map[string]float64{}
	var all []float64
	for _, area := range r.Library.Model.Areas {
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

// PartsOf are the competencies or areas, whichever is the level, of which an area or the whole is the mean.
func (r Reports) PartsOf(id string, level disclosure.Level) (parts []string) {
	for _, area := range r.Library.Model.Areas {
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

// CompareScopes orders scopes as the model does; unknown ones come last.
func (r Reports) CompareScopes(x, y string) int {
	place := func(id string) int {
		at := slices.IndexFunc(r.Library.Model.Scopes, func(s questionnaire.Scope) bool { return s.ID == id })
		if at < 0 {
			return len(r.Library.Model.Scopes)
		}
		return at
	}
	return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x, y))
}

// WithheldAggregate is what a cycle publishes where nothing may be: it holds the names of all figures and the reason,
// and nothing that depends on an answer.
func (r Reports) WithheldAggregate(cycle *model.Cycle, reason model.Withheld) *model.TeamAggregate {
	aggregate := &model.TeamAggregate{
		CycleID: cycle.ID, Withheld: reason, Targets: r.targets(cycle),
		Whole: model.TeamFigure{ID: model.WholeID, Withheld: reason},
	}
	ofCompetency := reason
	if cycle.Form == model.PulseForm {
		ofCompetency = model.NotAsked
	}
	for _, area := range r.Library.Model.Areas {
		aggregate.Areas = append(aggregate.Areas, model.TeamFigure{ID: area.ID, Withheld: reason})
		for _, competency := range area.Competencies {
			aggregate.Competencies = append(aggregate.Competencies, model.TeamFigure{ID: competency.ID, Withheld: ofCompetency})
		}
	}
	return aggregate
}

// targets are the shipped targets by scope and competency: those of the cycle's questionnaire, or of all scopes where
// any counts. Which scopes the contributors answered for doesn't show.
func (r Reports) targets(cycle *model.Cycle) map[string]map[string]float64 {
	targets := map[string]map[string]float64{}
	for _, q := range r.Library.Questionnaires {
		if cycle.QuestionnaireID != "" && q.ID != cycle.QuestionnaireID || targets[q.Scope] != nil {
			continue // a shipped questionnaire comes before an operator's own of the same scope
		}
		own := map[string]float64{}
		for _, section := range q.Sections {
			own[section.Competency] = section.Target
		}
		targets[q.Scope] = own
	}
	return targets
}
