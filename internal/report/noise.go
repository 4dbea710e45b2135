package report

import (
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// Few reports whether so few questions have an answer that the whole can't be compared with another assessment.
func Few(given, asked int) bool {
	return float64(given) < measure.Defaults().MinimumShareOfShorterForm*float64(asked)
}

// Unread returns the names of what would have no score: competencies, in a pulse areas, with too few answers on the
// scale.
func Unread(progress *model.Progress, answers model.Answers) []string {
	constants := measure.Defaults()
	var names []string
	for _, area := range progress.Areas {
		inArea := 0
		for _, competency := range area.Competencies {
			scored := 0
			for _, item := range competency.Section.Items {
				if answers.Get(item.ID).Level.Scored() {
					scored++
				}
			}
			inArea += scored
			if progress.Assessment.Form == model.FullForm && scored < constants.MinimumAnsweredCompetency {
				names = append(names, competency.Competency.Name)
			}
		}
		if progress.Assessment.Form == model.PulseForm && inArea < constants.MinimumAnsweredPulseArea {
			names = append(names, area.Area.Name)
		}
	}
	return names
}

// ScoredLevels returns the answers on the scale by item id.
func ScoredLevels(assessment *model.Assessment, answers model.Answers) map[string]int {
	levels := map[string]int{}
	for _, section := range assessment.Sections {
		for _, item := range section.Items {
			if level := answers.Get(item.ID).Level; level.Scored() {
				levels[item.ID] = int(level)
			}
		}
	}
	return levels
}

// ShowsNoise reports whether an earlier assessment shows how much the answers of a later one vary: one of
// the same questionnaire in full. A pulse tells nothing about spread (one item a competency).
func ShowsNoise(earlier, later *model.Assessment) bool {
	return earlier.QuestionnaireID == later.QuestionnaireID && earlier.Form == model.FullForm
}
