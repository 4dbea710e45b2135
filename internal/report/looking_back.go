package report

import (
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// FirstItem is the field of the first question of a look back.
func FirstItem(rerating *model.Rerating) string {
	for _, section := range rerating.Sections {
		for _, item := range section.Section.Items {
			return "level." + item.ID
		}
	}
	return "skip"
}

// LookBack fills in what a look back looks back at, and what it says.
func (r Reports) LookBack(rerating *model.Rerating, later, earlier *model.Assessment, then model.Answers) {
	rerating.EarlierEnd, rerating.Then = earlier.PeriodEnd, then
	for _, competency := range rerating.Competencies {
		if section, found := later.Section(competency); found {
			rerating.Sections = append(rerating.Sections, r.reratedSection(rerating, section, later))
		}
	}
}

// reratedSection keeps of a competency the items that were answered on the scale then, and judges the look back
// against those answers. Both are about the same months, so the judgement asks whether they differ by more than
// re-answering alone would explain.
func (r Reports) reratedSection(rerating *model.Rerating, section model.Section, later *model.Assessment) model.ReratedSection {
	competency, _ := r.Place(section.Competency)
	rerated := model.ReratedSection{Name: competency.Name, Section: section}
	rerated.Section.Items = nil
	var differences []measure.Paired
	for _, item := range section.Items {
		before := rerating.Then.Get(item.ID).Level
		if !before.Scored() {
			continue
		}
		rerated.Section.Items = append(rerated.Section.Items, item)
		if now := rerating.Levels[item.ID]; now.Scored() {
			rerated.Then += float64(before)
			rerated.Hindsight += float64(now)
			differences = append(differences, measure.Paired{Competency: section.Competency, Change: float64(now - before)})
		}
	}
	rerated.Shared = len(differences)
	if rerated.Shared > 0 {
		rerated.Then /= float64(rerated.Shared)
		rerated.Hindsight /= float64(rerated.Shared)
	}
	if rerating.State == model.ReratingAnswered {
		judgement := later.Constants.Judge(measure.Comparison{
			Kind: measure.Competency, Pairs: differences,
			EarlierAsked: len(rerated.Section.Items), LaterAsked: len(rerated.Section.Items),
		}, later.Noise)
		rerated.Judgement = &judgement
	}
	return rerated
}
