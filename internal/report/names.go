package report

import (
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// MinutesLeft returns how long the unanswered questions take, by the draft's own wording, which may be of an earlier
// version.
func MinutesLeft(draft *model.Assessment, answers model.Answers) int {
	var left []model.Section
	for _, section := range draft.Sections {
		items := section.Items
		section.Items = nil
		for _, item := range items {
			if answers.Get(item.ID).Level == model.Blank {
				section.Items = append(section.Items, item)
			}
		}
		if len(section.Items) > 0 {
			left = append(left, section)
		}
	}
	if len(left) == 0 {
		return 0
	}
	return questionnaire.ReadingOf(draft.Scale, left, draft.Craft, draft.Form).Minutes()
}

// Place returns the names of a competency and its area. An id that the model no longer has, as in an old assessment,
// serves as its own name.
func (r Reports) Place(id string) (questionnaire.Competency, questionnaire.Area) {
	competency, found := r.Library.Model.Competency(id)
	if !found {
		return questionnaire.Competency{ID: id, Name: id}, questionnaire.Area{}
	}
	area, _ := r.Library.Model.Area(competency.Area)
	return competency, area
}
