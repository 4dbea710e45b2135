package report

import (
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// NoiseBetween is the noise by which one assessment of a history is compared with an earlier one, see compare.
func NoiseBetween(assessments []model.Answered, earlier, later int) measure.Noise {
	if later == earlier+1 {
		return assessments[later].Assessment.Noise
	}
	return pairNoise(assessments[earlier], assessments[later])
}

// pairNoise estimates the noise of two assessments that don't follow one another, with the constants of the later one.
// For different questionnaires it is the prior, and so it is for two that share no two items of any competency: they
// show no spread.
func pairNoise(earlier, later model.Answered) measure.Noise {
	constants := later.Assessment.Constants
	if earlier.Assessment.QuestionnaireID != later.Assessment.QuestionnaireID {
		return constants.PriorNoise()
	}
	return constants.EstimateNoise(AllPairs(later.Assessment, later.Answers, earlier.Answers))
}

// sharedItem is an item that was answered on the scale in two assessments.
type sharedItem struct {
	item   *model.Item
	paired measure.Paired
}

// sharedItems are the items that two assessments have in common, computed once for everything that is compared.
func sharedItems(later *model.Assessment, laterAnswers, earlierAnswers model.Answers) []sharedItem {
	items := leveledItems(later, laterAnswers)
	shared := make([]sharedItem, 0, len(items))
	for _, now := range items {
		if then := earlierAnswers.Get(now.item.ID).Level; now.level.Scored() && then.Scored() {
			shared = append(shared, sharedItem{now.item, measure.Paired{Competency: now.competency, Change: float64(now.level - then)}})
		}
	}
	return shared
}

// pairs adds the chosen ones of the items that two assessments have in common.
func pairs(all []measure.Paired, shared []sharedItem, chosen choice) []measure.Paired {
	for _, each := range shared {
		if chosen(each.item) {
			all = append(all, each.paired)
		}
	}
	return all
}

// AllPairs are all items that were answered on the scale in both assessments.
func AllPairs(later *model.Assessment, laterAnswers, earlierAnswers model.Answers) []measure.Paired {
	shared := sharedItems(later, laterAnswers, earlierAnswers)
	return pairs(make([]measure.Paired, 0, len(shared)), shared, anyItem)
}

// askTheSame reports whether two assessments are known to ask the very same items, as those of one
// questionnaire do: what an assessment asks is read once and shared.
func askTheSame(one, other *model.Assessment) bool {
	return slices.EqualFunc(one.Sections, other.Sections, func(a, b model.Section) bool {
		return len(a.Items) == len(b.Items) && (len(a.Items) == 0 || &a.Items[0] == &b.Items[0])
	})
}

func countItems(assessment *model.Assessment, chosen choice) int {
	count := 0
	for _, section := range assessment.Sections {
		for i := range section.Items {
			if chosen(&section.Items[i]) {
				count++
			}
		}
	}
	return count
}

// Compare judges the change between an earlier assessment and a result. The whole and the areas are one family; the
// rest are judged alone and belong in tables. Across a change of scope only the whole is judged, on the items that
// both assessments ask. Across versions of a questionnaire, too, only the items that both ask count: nobody left out
// what only one of them asks.
//
// noise is that of the pair. An assessment and the one before it are judged with the noise frozen in the later one, so
// that their verdicts are the same wherever they are shown, and in an export. It was estimated from the latest full
// assessment of the same questionnaire before the later one: where a pulse stands between, that is not the pulse,
// which has no spread to show. Any other pair has its own noise, of pairNoise.
func (r Reports) Compare(result *model.Result, earlier *model.Assessment, earlierAnswers model.Answers, noise measure.Noise) {
	later := result.Assessment
	previous := &model.Previous{
		Assessment:   earlier,
		ScopeChanged: earlier.Scope != later.Scope,
		VersionChanged: earlier.QuestionnaireID == later.QuestionnaireID && earlier.Scope == later.Scope &&
			earlier.QuestionnaireVersion != later.QuestionnaireVersion,
		Targets: r.targetChanges(earlier, later),
	}
	result.Previous = previous
	shared := sharedItems(later, result.Answers, earlierAnswers)
	same := askTheSame(earlier, later)
	room := make([]measure.Paired, 0, 3*len(shared)) // for the whole, all areas, and one of the other groups at a time
	comparison := func(kind measure.Kind, group *model.GroupResult, chosen choice) measure.Comparison {
		compared := measure.Comparison{Kind: kind, LaterAsked: group.Score.Asked}
		if previous.ScopeChanged || previous.VersionChanged {
			within := chosen
			chosen = func(item *model.Item) bool {
				return within(item) && earlier.Asks(item.ID) && later.Asks(item.ID)
			}
			compared.LaterAsked = countItems(later, chosen)
		}
		compared.EarlierAsked = compared.LaterAsked
		if !same {
			compared.EarlierAsked = countItems(earlier, chosen)
		}
		compared.Pairs = pairs(room, shared, chosen)
		return compared
	}
	family := make([]measure.Comparison, 0, 1+len(result.Areas))
	add := func(member measure.Comparison) {
		family, room = append(family, member), member.Pairs[len(member.Pairs):]
	}
	add(comparison(measure.Whole, &result.Whole, anyItem))
	previous.Shared = len(family[0].Pairs)
	if !previous.ScopeChanged {
		for i := range result.Areas {
			add(comparison(measure.Area, &result.Areas[i], r.inArea(result.Areas[i].ID)))
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
		judgement := later.Constants.Judge(comparison(kind, group, chosen), noise)
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

// targetChanges lists the competencies of both assessments whose targets differ.
func (r Reports) targetChanges(earlier, later *model.Assessment) []model.TargetChange {
	var changes []model.TargetChange
	for _, section := range later.Sections {
		then, found := earlier.Section(section.Competency)
		if found && then.Target != section.Target {
			competency, _ := r.Place(section.Competency)
			changes = append(changes, model.TargetChange{
				Competency: competency.ID, Name: competency.Name, From: then.Target, To: section.Target,
			})
		}
	}
	return changes
}
