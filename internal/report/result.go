package report

import (
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
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

// leveledItems pairs the items of an assessment with their levels, computed once for everything that is made of them.
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

// lowestItems returns the ids of a section's items that have its lowest level, none if none has one.
func lowestItems(section model.Section, answers model.Answers) []string {
	var lowest []string
	least := model.Level(questionnaire.HighestLevel)
	for _, item := range section.Items {
		level := answers.Get(item.ID).Level
		switch {
		case !level.Scored() || level > least:
			continue
		case level < least:
			least, lowest = level, nil
		}
		lowest = append(lowest, item.ID)
	}
	return lowest
}

// scoring scores the groups of one assessment.
type scoring struct {
	assessment *model.Assessment
	items      []leveled
	// clusters and levels are buffers that the groups share.
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
	targeted := make([]measure.Targeted, 0, len(assessment.Sections))
	result.Competencies = make([]model.CompetencyResult, 0, len(assessment.Sections))
	for _, section := range assessment.Sections {
		competency := r.competencyResult(scores, section)
		result.Competencies = append(result.Competencies, competency)
		targeted = append(targeted, measure.Targeted{
			Competency: section.Competency, Score: competency.Score,
			Target: section.Target, Importance: section.Importance,
		})
	}
	for _, strength := range measure.Strengths(targeted) {
		result.Strengths = append(result.Strengths, strength.Competency)
	}
	for _, gap := range measure.Gaps(targeted) {
		result.Gaps = append(result.Gaps, gap.Competency)
	}
	return result
}

// groups scores the areas, outcomes and pillars that the assessment asks about.
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
	return model.CompetencyResult{
		GroupResult: scored,
		Area:        area.ID,
		Section:     section,
		Standing:    scored.Score.Standing(section.Target),
	}
}

// WithPractices puts beside each competency of a result what can be done about a gap in it, beginning with what works
// on its lowest answers.
func (r Reports) WithPractices(result *model.Result) *model.Result {
	for i := range result.Competencies {
		competency := &result.Competencies[i]
		competency.Practices = r.Library.PracticesFor(competency.ID, result.Assessment.Scope, result.Assessment.Craft,
			lowestItems(competency.Section, result.Answers)...)
		competency.Guides = r.Library.GuidesFor(competency.ID)
	}
	return result
}
