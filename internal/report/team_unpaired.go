package report

import (
	"whetstone/internal/disclosure"
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// unpaired is what the published means say of the change since the latest earlier cycle of the same form and
// questionnaire that published any, where nothing is compared; nil where there is none. It is computed from what was
// published and from documented constants alone.
func unpaired(result *model.TeamResult, all []model.ClosedCycle) *model.TeamUnpaired {
	if result.Compared != nil || result.Aggregate.Withheld != model.Published {
		return nil
	}
	var earlier *model.ClosedCycle
	for i := range all {
		other := &all[i]
		if other.Cycle.ClosedAt.Before(result.Cycle.ClosedAt) && other.Aggregate.Withheld == model.Published &&
			other.Cycle.Form == result.Cycle.Form && other.Cycle.QuestionnaireID == result.Cycle.QuestionnaireID {
			earlier = other
		}
	}
	if earlier == nil {
		return nil
	}
	said := &model.TeamUnpaired{Since: earlier.Cycle, Changes: map[string]string{}}
	add := func(level disclosure.Level, figures ...model.TeamFigure) {
		for _, figure := range figures {
			before, found := earlier.Aggregate.Figure(figure.ID)
			if found && before.Withheld == model.Published && figure.Withheld == model.Published {
				said.Changes[figure.ID] = string(measure.Defaults().TeamApart(
					publishedMean(earlier.Aggregate, before), publishedMean(result.Aggregate, figure), level.Variance()))
			}
		}
	}
	add(disclosure.Whole, result.Aggregate.Whole)
	add(disclosure.Area, result.Aggregate.Areas...)
	add(disclosure.Competency, result.Aggregate.Competencies...)
	return said
}

func publishedMean(aggregate *model.TeamAggregate, figure model.TeamFigure) measure.TeamMean {
	return measure.TeamMean{Mean: figure.Mean.Value, People: aggregate.Contributors, Step: figure.Step}
}
