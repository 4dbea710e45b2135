package report

import (
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// EarlierToCompare returns which of the assessments before a later one, the oldest first, its changes are changes
// from, and -1 where there are none. That is the latest that can be compared with it: a full one is compared with the
// last full one of the scope, also where a pulse, or one with a few answers, lies between. best reports that none
// could be compared better, further back than these.
func (r Reports) EarlierToCompare(before []model.Answered, later model.Answered) (at int, best bool) {
	if r.adjacent {
		return len(before) - 1, true
	}
	at, most := -1, -1
	for i := len(before) - 1; i >= 0; i-- {
		if rank := r.rank(before[i], later); rank > most {
			at, most = i, rank
		}
		if most == bestRank {
			break
		}
	}
	return at, most == bestRank
}

// bestRank is the rank of an assessment that can be compared in every way.
const bestRank = 8 + 4 + 2 + 1

// rank says how well an assessment can be compared with an earlier one, the higher the better. The whole counts most,
// then that both are for one scope, then that a full one is not compared with a pulse, then that an area can be
// compared where the whole can't.
func (r Reports) rank(earlier, later model.Answered) int {
	pair := pairOf(earlier.Assessment, later.Assessment, later.Answers, earlier.Answers)
	constants := later.Assessment.Constants
	rank := 0
	if constants.Comparable(pair.comparison(measure.Whole, anyItem, later.Assessment.Asked())) {
		rank = 8 + 1
	}
	if !pair.scopeChanged {
		rank += 4
		if rank < 8 && slices.ContainsFunc(r.Library.Model.Areas, func(area questionnaire.Area) bool {
			chosen := r.inArea(area.ID)
			return constants.Comparable(pair.comparison(measure.Area, chosen, countItems(later.Assessment, chosen)))
		}) {
			rank++
		}
	}
	if earlier.Assessment.Form == model.FullForm || later.Assessment.Form == model.PulseForm {
		rank += 2
	}
	return rank
}

// pair is what two assessments have in common.
type pair struct {
	earlier, later *model.Assessment
	shared         []sharedItem
	// room is where the pairs of the next comparison are put.
	room []measure.Paired
	// scopeChanged and versionChanged are those of model.Previous; same tells that both ask the very same items.
	scopeChanged, versionChanged, same bool
}

func pairOf(earlier, later *model.Assessment, laterAnswers, earlierAnswers model.Answers) pair {
	return pair{
		earlier: earlier, later: later, shared: sharedItems(later, laterAnswers, earlierAnswers),
		scopeChanged: earlier.Scope != later.Scope,
		versionChanged: earlier.QuestionnaireID == later.QuestionnaireID && earlier.Scope == later.Scope &&
			earlier.QuestionnaireVersion != later.QuestionnaireVersion,
		same: earlier.AsksTheSame(later),
	}
}

// comparison is that of the chosen items, of which the later assessment asks so many. Across scopes and across
// versions it is of those items alone that both ask.
func (p *pair) comparison(kind measure.Kind, chosen choice, asked int) measure.Comparison {
	compared := measure.Comparison{Kind: kind, LaterAsked: asked}
	if p.scopeChanged || p.versionChanged {
		within := chosen
		chosen = func(item *model.Item) bool {
			return within(item) && p.earlier.Asks(item.ID) && p.later.Asks(item.ID)
		}
		compared.LaterAsked = countItems(p.later, chosen)
	}
	compared.EarlierAsked = compared.LaterAsked
	if !p.same {
		compared.EarlierAsked = countItems(p.earlier, chosen)
	}
	compared.Pairs = pairs(p.room, p.shared, chosen)
	return compared
}

// CompareWithin compares a result with the one of those before it that EarlierToCompare chooses, and returns what that
// does. Where there are none it does nothing.
func (r Reports) CompareWithin(result *model.Result, before []model.Answered) (at int, best bool) {
	at, best = r.EarlierToCompare(before, model.Answered{Assessment: result.Assessment, Answers: result.Answers})
	if at >= 0 {
		r.Compare(result, before[at].Assessment, before[at].Answers, result.Assessment.Noise)
		result.Previous.Between = len(before) - 1 - at
	}
	return at, best
}

// NoiseBetween returns the noise by which one assessment of a history is compared with an earlier one, see Compare.
func (r Reports) NoiseBetween(assessments []model.Answered, earlier, later int) measure.Noise {
	if at, _ := r.EarlierToCompare(assessments[:later], assessments[later]); earlier == at || earlier == later-1 {
		return assessments[later].Assessment.Noise
	}
	return pairNoise(assessments[earlier], assessments[later])
}

// pairNoise estimates the noise of any two assessments, with the constants of the later one. For different
// questionnaires it is the prior, and so it is for two that share no two items of any competency: they show no spread.
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
// noise is that of the pair. An assessment and the one of EarlierToCompare, or the one just before it, are judged with the
// noise frozen in the later one, so that their verdicts are the same wherever they are shown, and in an export. It was
// estimated from the latest full assessment of the same questionnaire before the later one: a pulse has no spread to
// show. Any other pair has its own noise, of pairNoise.
func (r Reports) Compare(result *model.Result, earlier *model.Assessment, earlierAnswers model.Answers, noise measure.Noise) {
	later := result.Assessment
	pair := pairOf(earlier, later, result.Answers, earlierAnswers)
	previous := &model.Previous{
		Assessment: earlier, ScopeChanged: pair.scopeChanged, VersionChanged: pair.versionChanged,
		Targets: r.targetChanges(earlier, later),
	}
	result.Previous = previous
	pair.room = make([]measure.Paired, 0, 3*len(pair.shared)) // for the whole, all areas, and one of the other groups at a time
	family := make([]measure.Comparison, 0, 1+len(result.Areas))
	add := func(member measure.Comparison) {
		family, pair.room = append(family, member), member.Pairs[len(member.Pairs):]
	}
	add(pair.comparison(measure.Whole, anyItem, result.Whole.Score.Asked))
	previous.Shared = len(family[0].Pairs)
	if !previous.ScopeChanged {
		for i := range result.Areas {
			add(pair.comparison(measure.Area, r.inArea(result.Areas[i].ID), result.Areas[i].Score.Asked))
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
		judgement := later.Constants.Judge(pair.comparison(kind, chosen, group.Score.Asked), noise)
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
