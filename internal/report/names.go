package report

import (
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// MinutesLeft returns how long the unanswered questions take, by the draft's own wording, which may be of an earlier
// version.
func MinutesLeft(draft *model.Assessment, answers model.Answers) int {
	var left []model.Section
	for _, section := range draft.Sections {
		switch answers.Given(section) {
		case len(section.Items):
			continue
		case 0: // all of it is left
		default:
			section.Items = slices.DeleteFunc(slices.Clone(section.Items), func(item model.Item) bool {
				return answers.Get(item.ID).Level != model.Blank
			})
		}
		left = append(left, section)
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
