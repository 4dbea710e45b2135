package report

import (
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// choice picks items out of an assessment: those of an area, of an outcome, of a pillar.
type choice func(item *model.Item) bool

func anyItem(*model.Item) bool { return true }

// leveled is an item that was asked and the level it was answered with.
type leveled struct {
	item       *model.Item
	competency string
	level      model.Level
}

// leveledItems pairs the items of an assessment with their levels, once for all that is made of them.
func leveledItems(assessment *model.Assessment, answers model.Answers) []leveled {
	items := make([]leveled, 0, assessment.Asked())
	for _, section := range assessment.Sections {
		for i := range section.Items {
			item := &section.Items[i]
			items = append(items, leveled{item, section.Competency, answers.Get(item.ID).Level})
		}
	}
	return items
}

func inOutcome(id string) choice {
	return func(item *model.Item) bool { return slices.Contains(item.Outcomes, id) }
}

func inPillar(id string) choice {
	return func(item *model.Item) bool { return item.Pillar == id }
}

func inCompetency(id string) choice {
	return func(item *model.Item) bool { return item.Competency == id }
}

// lowestItem is the item of a section that was answered lowest, nil where none was answered on the scale. Among
// equals it is the first that has a note, else the first.
func lowestItem(section model.Section, answers model.Answers) *model.Item {
	var lowest *model.Item
	var least model.Answer
	for i := range section.Items {
		answer := answers.Get(section.Items[i].ID)
		if !answer.Level.Scored() {
			continue
		}
		if lowest == nil || answer.Level < least.Level || answer.Level == least.Level && least.Note == "" && answer.Note != "" {
			lowest, least = &section.Items[i], answer
		}
	}
	return lowest
}

// scoring scores the groups of one assessment.
type scoring struct {
	assessment *model.Assessment
	items      []leveled
	// clusters and levels are room for one group after the other.
	clusters []measure.Cluster
	levels   []int
}

// group scores the chosen items of the assessment.
func (s *scoring) group(id, name, about string, chosen choice, minimum int) model.GroupResult {
	clusters, levels := s.clusters[:0], s.levels[:0]
	asked := 0
	for _, each := range s.items {
		if !chosen(each.item) {
			continue
		}
		asked++
		if !each.level.Scored() {
			continue
		}
		levels = append(levels, int(each.level))
		if last := len(clusters) - 1; last >= 0 && clusters[last].Competency == each.competency {
			clusters[last].Levels = levels[len(levels)-1-len(clusters[last].Levels):]
		} else {
			clusters = append(clusters, measure.Cluster{Competency: each.competency, Levels: levels[len(levels)-1:]})
		}
	}
	return model.GroupResult{
		ID: id, Name: name, About: about,
		Score: s.assessment.Constants.Score(clusters, asked, minimum, s.assessment.Noise),
	}
}

func newScoring(assessment *model.Assessment, answers model.Answers) *scoring {
	items := leveledItems(assessment, answers)
	return &scoring{
		assessment: assessment, items: items,
		clusters: make([]measure.Cluster, 0, len(assessment.Sections)), levels: make([]int, 0, len(items)),
	}
}

// Result computes the scores of an assessment, with the noise and constants frozen in it.
func (r Reports) Result(assessment *model.Assessment, answers model.Answers) *model.Result {
	result := &model.Result{Assessment: assessment, Answers: answers}
	result.Scope, _ = r.Library.Model.Scope(assessment.Scope)
	result.Craft, _ = r.Library.Model.Craft(assessment.Craft)
	scores := newScoring(assessment, answers)
	result.Whole = scores.group(model.WholeID, model.WholeName, "all questions", anyItem, assessment.Constants.MinimumAnsweredGroup)
	result.Areas, result.Outcomes, result.Pillars = r.groups(scores)
	result.Competencies = make([]model.CompetencyResult, 0, len(assessment.Sections))
	for _, section := range assessment.Sections {
		result.Competencies = append(result.Competencies, r.competencyResult(scores, section))
	}
	r.addChances(result)
	return result
}

// addChances says what the answers tell against the targets.
func (r Reports) addChances(result *model.Result) {
	constants := result.Assessment.Constants
	targeted := make([]measure.Targeted, 0, len(result.Competencies))
	all := make([]int, 0, len(result.Competencies))
	for i, competency := range result.Competencies {
		targeted = append(targeted, measure.Targeted{
			Competency: competency.ID, Score: competency.Score,
			Target: competency.Section.Target, Importance: competency.Section.Importance,
		})
		all = append(all, i)
	}
	chances := constants.Chances(targeted, result.Assessment.Noise)
	result.Chances = chances
	for i := range chances.Competencies {
		result.Competencies[i].Chance = chances.Competencies[i]
	}
	addGroupChance(&result.Whole, chances, targeted, all)
	for i := range result.Areas {
		var own []int
		for j := range result.Competencies {
			if result.Competencies[j].Area == result.Areas[i].ID {
				own = append(own, j)
			}
		}
		addGroupChance(&result.Areas[i], chances, targeted, own)
	}
	if constants.KnowsChances() {
		rankByChance(result, targeted)
	} else {
		rankByBand(result, targeted)
	}
}

// addGroupChance adds the target and the chance of an area or the whole, which consists of the competencies of these
// positions. Where it has no score, it has no chance.
func addGroupChance(group *model.GroupResult, chances measure.Chances, targeted []measure.Targeted, positions []int) {
	answered := 0.0
	for _, i := range positions {
		if targeted[i].Score.Answered > 0 {
			group.Target += targeted[i].Target
			answered++
		}
	}
	if answered > 0 {
		group.Target /= answered
	}
	if group.Score.Known {
		group.Chance = chances.Of(positions)
	}
}

// rankByChance ranks where to look first and what carries, by chances where they are said.
func rankByChance(result *model.Result, targeted []measure.Targeted) {
	if first, named := result.Chances.First(targeted); named {
		result.First = targeted[first].Competency
	}
	for _, i := range result.Chances.LookFirst(targeted) {
		result.LookFirst = append(result.LookFirst, targeted[i].Competency)
	}
	for _, i := range result.Chances.Carries(targeted) {
		above := targeted[i].Score.Value >= targeted[i].Target
		if result.Chances.Said {
			above = result.Chances.Competencies[i].LikelyAbove()
		}
		if above {
			result.Carries = append(result.Carries, targeted[i].Competency)
		}
	}
}

// rankByBand ranks by the rule of assessments that were finished before chances came: first what the band puts below
// its target, then the rest of what has a score. What the band puts above carries.
func rankByBand(result *model.Result, targeted []measure.Targeted) {
	for _, gap := range measure.Gaps(targeted) {
		result.LookFirst = append(result.LookFirst, gap.Competency)
	}
	if len(result.LookFirst) > 0 {
		result.First = result.LookFirst[0]
	}
	for _, i := range result.Chances.LookFirst(targeted) {
		if id := targeted[i].Competency; targeted[i].Score.Known && !slices.Contains(result.LookFirst, id) {
			result.LookFirst = append(result.LookFirst, id)
		}
	}
	for _, strength := range measure.Strengths(targeted) {
		result.Carries = append(result.Carries, strength.Competency)
	}
}

// groups scores the areas, outcomes and pillars of which the assessment asks something.
func (r Reports) groups(scores *scoring) (areas, outcomes, pillars []model.GroupResult) {
	constants := scores.assessment.Constants
	areaMinimum := constants.MinimumAnsweredGroup
	if scores.assessment.Form == model.PulseForm {
		areaMinimum = constants.MinimumAnsweredPulseArea
	}
	add := func(groups []model.GroupResult, id, name, about string, chosen choice, minimum int) []model.GroupResult {
		scored := scores.group(id, name, about, chosen, minimum)
		if scored.Score.Asked == 0 {
			return groups
		}
		return append(groups, scored)
	}
	areas = make([]model.GroupResult, 0, len(r.Library.Model.Areas))
	for _, area := range r.Library.Model.Areas {
		areas = add(areas, area.ID, area.Name, area.About, r.inArea(area.ID), areaMinimum)
	}
	outcomes = make([]model.GroupResult, 0, len(r.Library.Model.Outcomes))
	for _, outcome := range r.Library.Model.Outcomes {
		outcomes = add(outcomes, outcome.ID, outcome.Name, outcome.About, inOutcome(outcome.ID), constants.MinimumAnsweredGroup)
	}
	pillars = make([]model.GroupResult, 0, len(r.Library.Model.Pillars))
	for _, pillar := range r.Library.Model.Pillars {
		pillars = add(pillars, pillar.ID, pillar.Name, "", inPillar(pillar.ID), constants.MinimumAnsweredGroup)
	}
	return areas, outcomes, pillars
}

// inArea picks the items of an area's competencies.
func (r Reports) inArea(id string) choice {
	area, _ := r.Library.Model.Area(id)
	return func(item *model.Item) bool {
		for i := range area.Competencies {
			if area.Competencies[i].ID == item.Competency {
				return true
			}
		}
		return false
	}
}

func (r Reports) competencyResult(scores *scoring, section model.Section) model.CompetencyResult {
	competency, area := r.Place(section.Competency)
	scored := scores.group(competency.ID, competency.Name, section.Definition,
		inCompetency(section.Competency), scores.assessment.Constants.MinimumAnsweredCompetency)
	scored.Target = section.Target
	return model.CompetencyResult{
		GroupResult: scored,
		Area:        area.ID,
		Section:     section,
		Standing:    scored.Score.Standing(section.Target),
	}
}

// WithPractices puts beside each competency of a result the answer that pulls it down most and what can be done about
// it, first what works on that answer.
func (r Reports) WithPractices(result *model.Result) *model.Result {
	for i := range result.Competencies {
		competency := &result.Competencies[i]
		competency.Lowest = lowestItem(competency.Section, result.Answers)
		var serving []string
		if competency.Lowest != nil {
			serving = []string{competency.Lowest.ID}
		}
		competency.Practices = r.Library.PracticesFor(competency.ID, result.Assessment.Scope, result.Assessment.Craft, serving...)
		competency.Guides = r.Library.GuidesFor(competency.ID)
	}
	return result
}
