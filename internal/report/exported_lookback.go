package report

import (
	"fmt"
	"maps"
	"strconv"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// ExportedLookBack is some competencies of an earlier assessment, rated again with hindsight.
type ExportedLookBack struct {
	// Earlier is the id of the assessment that it looks back at.
	Earlier      string                    `json:"earlier"`
	Competencies []ExportedLookBackSection `json:"competencies"`
}

// ExportedLookBackSection is one competency seen with hindsight. Change is the verdict on hindsight
// against the answers of then: a standard that rose reads "fell".
type ExportedLookBackSection struct {
	Competency string                   `json:"competency"`
	Change     *ExportedJudgement       `json:"change"`
	Answers    []ExportedLookBackAnswer `json:"answers"`
}

// ExportedLookBackAnswer is one answer with hindsight: 1 to 5, or 0 for what did not come up.
type ExportedLookBackAnswer struct {
	Item  string `json:"item"`
	Level int    `json:"level"`
}

// ExportLookBack is a look back as an export holds it; nil for none.
func ExportLookBack(rerating *model.Rerating) *ExportedLookBack {
	exported := &ExportedLookBack{Earlier: rerating.EarlierID, Competencies: []ExportedLookBackSection{}}
	for _, section := range rerating.Sections {
		own := ExportedLookBackSection{
			Competency: section.Section.Competency, Change: exportJudgement(section.Judgement),
			Answers: []ExportedLookBackAnswer{},
		}
		for _, item := range section.Section.Items {
			if level, answered := rerating.Levels[item.ID]; answered {
				own.Answers = append(own.Answers, ExportedLookBackAnswer{item.ID, int(level)})
			}
		}
		exported.Competencies = append(exported.Competencies, own)
	}
	return exported
}

// Levels returns the levels of a look back by item.
func (b *ExportedLookBack) Levels() map[string]string {
	levels := map[string]string{}
	for _, section := range b.Competencies {
		for _, answer := range section.Answers {
			levels[answer.Item] = strconv.Itoa(answer.Level)
		}
	}
	return levels
}

func (e *ExportedLookBack) rerating(assessmentID string) (*model.Rerating, error) {
	rerating := &model.Rerating{
		AssessmentID: assessmentID, EarlierID: e.Earlier, State: model.ReratingAnswered, Levels: map[string]model.Level{},
	}
	if len(e.Competencies) > mostGroups {
		return nil, fmt.Errorf("looking_back: it holds more than %d competencies", mostGroups)
	}
	for _, section := range e.Competencies {
		rerating.Competencies = append(rerating.Competencies, section.Competency)
		for _, answer := range section.Answers {
			level := model.Level(answer.Level)
			if !level.Valid() || level == model.Blank {
				return nil, fmt.Errorf("looking_back: %s: level: %d is not from 0 to %d", printable(answer.Item), answer.Level, measure.HighestLevel)
			}
			rerating.Levels[answer.Item] = level
		}
	}
	return rerating, nil
}

// sections are what a look back rates, as the store wants it.
func (b *ExportedLookBack) sections() (sections []model.ReratedSection) {
	for _, exported := range b.Competencies {
		section := model.ReratedSection{Section: model.Section{}}
		section.Section.Competency = exported.Competency
		for _, answer := range exported.Answers {
			section.Section.Items = append(section.Section.Items, model.Item{ID: answer.Item, Competency: exported.Competency})
		}
		sections = append(sections, section)
	}
	return sections
}

func sameLookBack(one, other *model.Rerating) bool {
	if one == nil || other == nil {
		return one == other
	}
	return one.EarlierID == other.EarlierID && maps.Equal(one.Levels, other.Levels)
}
