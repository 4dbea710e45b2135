package app

import (
	"context"

	"whetstone/internal/measure"
	"whetstone/internal/model"
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
		a.compare(result, earlier, answers)
		return nil
	}
	return nil
}

// compare judges the change between an earlier sitting and a result. The whole and the areas are one
// family; the rest are judged alone and belong in tables. Across a change of scope only the whole is
// judged, on the items that both sittings ask.
func (r reports) compare(result *model.Result, earlier *model.Assessment, earlierAnswers model.Answers) {
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
			family = append(family, comparison(measure.Area, r.belongs(area.ID)))
		}
	}
	judgements := later.Constants.Family(family, later.Noise)
	result.Whole.Judgement = &judgements[0]
	if previous.ScopeChanged {
		return
	}
	for i := range result.Areas {
		result.Areas[i].Judgement = &judgements[i+1]
	}
	alone := func(group *model.GroupResult, kind measure.Kind, chosen choice) {
		judgement := later.Constants.Judge(comparison(kind, chosen), later.Noise)
		group.Judgement = &judgement
	}
	for i := range result.Outcomes {
		alone(&result.Outcomes[i], measure.OutcomeOrPillar, r.belongs(result.Outcomes[i].ID))
	}
	for i := range result.Pillars {
		alone(&result.Pillars[i], measure.OutcomeOrPillar, r.belongs(result.Pillars[i].ID))
	}
	for i := range result.Competencies {
		own := result.Competencies[i].ID
		alone(&result.Competencies[i].GroupResult, measure.Competency, func(item model.Item) bool { return item.Competency == own })
	}
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
