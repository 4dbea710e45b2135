package app

import (
	"context"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// compareWithPrevious adds to a result what changed since the sitting before it, if there was one.
func (a *App) compareWithPrevious(ctx context.Context, result *model.Result) error {
	later := result.Assessment
	finished, err := a.store.Assessments(ctx, later.ManagerID, model.Complete)
	if err != nil {
		return err
	}
	for i, candidate := range finished {
		if candidate.ID != later.ID {
			continue
		}
		if i+1 == len(finished) {
			return nil
		}
		earlier, err := a.store.Assessment(ctx, later.ManagerID, finished[i+1].ID)
		if err != nil {
			return err
		}
		answers, err := a.store.Answers(ctx, later.ManagerID, earlier.ID)
		if err != nil {
			return err
		}
		a.compare(result, earlier, answers, later.Noise)
		return nil
	}
	return nil
}

// compare judges the change between an earlier sitting and a result. The whole and the areas are one
// family; the rest are judged alone and belong in tables. Across a change of scope only the whole is
// judged, on the items that both sittings ask.
//
// noise is that of the pair. A sitting and the one before it are judged with the noise frozen in the
// later one, so that their verdicts read the same wherever they are shown, and in an export. It was
// estimated from the latest full sitting of the same questionnaire before the later one: where a pulse
// stands between, that is not the pulse, which has no spread to show. Any other pair has its own noise,
// of pairNoise.
func (r reports) compare(result *model.Result, earlier *model.Assessment, earlierAnswers model.Answers, noise measure.Noise) {
	later := result.Assessment
	previous := &model.Previous{
		Assessment:   earlier,
		ScopeChanged: earlier.Scope != later.Scope,
		Marks:        r.markChanges(earlier, later),
	}
	result.Previous = previous
	comparison := func(kind measure.Kind, chosen choice) measure.Comparison {
		if previous.ScopeChanged {
			within := chosen
			chosen = func(item model.Item) bool {
				_, _, inEarlier := earlier.Item(item.ID)
				_, _, inLater := later.Item(item.ID)
				return within(item) && inEarlier && inLater
			}
		}
		return measure.Comparison{
			Kind:         kind,
			Pairs:        pairs(later, result.Answers, earlierAnswers, chosen),
			EarlierAsked: countItems(earlier, chosen),
			LaterAsked:   countItems(later, chosen),
		}
	}
	family := []measure.Comparison{comparison(measure.Whole, anyItem)}
	previous.Shared = len(family[0].Pairs)
	if !previous.ScopeChanged {
		for _, area := range result.Areas {
			family = append(family, comparison(measure.Area, r.inArea(area.ID)))
		}
	}
	judgements := later.Constants.Family(family, noise)
	result.Whole.Judgement = &judgements[0]
	if previous.ScopeChanged {
		return
	}
	for i := range result.Areas {
		result.Areas[i].Judgement = &judgements[i+1]
	}
	alone := func(group *model.GroupResult, kind measure.Kind, chosen choice) {
		judgement := later.Constants.Judge(comparison(kind, chosen), noise)
		group.Judgement = &judgement
	}
	for i := range result.Outcomes {
		alone(&result.Outcomes[i], measure.OutcomeOrPillar, inOutcome(result.Outcomes[i].ID))
	}
	for i := range result.Pillars {
		alone(&result.Pillars[i], measure.OutcomeOrPillar, inPillar(result.Pillars[i].ID))
	}
	for i := range result.Competencies {
		alone(&result.Competencies[i].GroupResult, measure.Competency, inCompetency(result.Competencies[i].ID))
	}
}

// noiseBetween is the noise by which one sitting of a history is compared with an earlier one, see compare.
func noiseBetween(sittings []store.Sitting, earlier, later int) measure.Noise {
	if later == earlier+1 {
		return sittings[later].Assessment.Noise
	}
	return pairNoise(sittings[earlier], sittings[later])
}

// pairNoise estimates the noise of two sittings that don't follow one another, with the constants of the
// later one. Different questionnaires keep the prior, as do two that share no two items of one
// competency: they show no spread.
func pairNoise(earlier, later store.Sitting) measure.Noise {
	constants := later.Assessment.Constants
	if earlier.Assessment.QuestionnaireID != later.Assessment.QuestionnaireID {
		return constants.PriorNoise()
	}
	return constants.EstimateNoise(pairs(later.Assessment, later.Answers, earlier.Answers, anyItem))
}

// pairs are the chosen items that were answered on the scale in both sittings.
func pairs(later *model.Assessment, laterAnswers, earlierAnswers model.Answers, chosen choice) []measure.Paired {
	var shared []measure.Paired
	for _, section := range later.Sections {
		for _, item := range section.Items {
			now, then := laterAnswers.Get(item.ID).Level, earlierAnswers.Get(item.ID).Level
			if chosen(item) && now.Scored() && then.Scored() {
				shared = append(shared, measure.Paired{Competency: section.Competency, Change: float64(now - then)})
			}
		}
	}
	return shared
}

func countItems(assessment *model.Assessment, chosen choice) int {
	count := 0
	for _, section := range assessment.Sections {
		for _, item := range section.Items {
			if chosen(item) {
				count++
			}
		}
	}
	return count
}

// markChanges lists the competencies of both sittings whose marks differ.
func (r reports) markChanges(earlier, later *model.Assessment) []model.MarkChange {
	var changes []model.MarkChange
	for _, section := range later.Sections {
		then, found := earlier.Section(section.Competency)
		if found && then.Target != section.Target {
			competency, _ := r.place(section.Competency)
			changes = append(changes, model.MarkChange{
				Competency: competency.ID, Name: competency.Name, From: then.Target, To: section.Target,
			})
		}
	}
	return changes
}
