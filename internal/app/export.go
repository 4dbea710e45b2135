package app

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// ExportFormat names the layout of an export, so that a reader of an old file knows what it holds.
const ExportFormat = "whetstone-assessment-1"

// ExportedAssessment is a finished assessment with all that is needed to recompute its scores.
type ExportedAssessment struct {
	Format               string              `json:"format"`
	ID                   string              `json:"id"`
	Questionnaire        string              `json:"questionnaire"`
	QuestionnaireVersion int                 `json:"questionnaire_version"`
	QuestionnaireName    string              `json:"questionnaire_name"`
	Scope                string              `json:"scope"`
	Craft                string              `json:"craft"`
	Form                 model.Form          `json:"form"`
	PeriodStart          string              `json:"period_start"`
	PeriodEnd            string              `json:"period_end"`
	StartedAt            time.Time           `json:"started_at"`
	FinishedAt           time.Time           `json:"finished_at"`
	Scale                questionnaire.Scale `json:"scale"`
	Noise                measure.Noise       `json:"noise"`
	Constants            measure.Constants   `json:"constants"`
	Competencies         []ExportedSection   `json:"competencies"`
	Groups               []ExportedGroup     `json:"groups"`
}

// ExportedSection is one competency with its mark, its answers and its score.
type ExportedSection struct {
	questionnaire.Rubric
	Target     float64          `json:"target"`
	Importance int              `json:"importance"`
	Standing   measure.Standing `json:"standing"`
	Score      *ExportedScore   `json:"score"`
	Answers    []ExportedAnswer `json:"answers"`
}

// ExportedGroup is the score of an area, an outcome, a pillar or the whole.
type ExportedGroup struct {
	Kind  string         `json:"kind"`
	ID    string         `json:"id"`
	Score *ExportedScore `json:"score"`
}

// ExportedScore is a score with its band; null in an export where too little was answered.
type ExportedScore struct {
	Value         float64 `json:"value"`
	StandardError float64 `json:"standard_error"`
	Lower         float64 `json:"band_lower"`
	Upper         float64 `json:"band_upper"`
	Answered      int     `json:"answered"`
	Asked         int     `json:"asked"`
}

// ExportedAnswer is one item with its answer.
type ExportedAnswer struct {
	Item     model.Item `json:"item"`
	ItemHash string     `json:"item_hash"`
	// Level is 1 to 5; null for no level.
	Level *int `json:"level"`
	// State is "answered", "absent" (it did not come up) or "blank".
	State   string  `json:"state"`
	Note    string  `json:"note"`
	Seconds float64 `json:"seconds_spent"`
}

// Export gives a result as the JSON export has it.
func Export(result *model.Result) ExportedAssessment {
	a := result.Assessment
	export := ExportedAssessment{
		Format: ExportFormat, ID: a.ID,
		Questionnaire: a.QuestionnaireID, QuestionnaireVersion: a.QuestionnaireVersion, QuestionnaireName: a.QuestionnaireName,
		Scope: a.Scope, Craft: a.Craft, Form: a.Form,
		PeriodStart: a.PeriodStart.Format(model.DateLayout), PeriodEnd: a.PeriodEnd.Format(model.DateLayout),
		StartedAt: a.StartedAt, FinishedAt: a.FinishedAt,
		Scale: a.Scale, Noise: a.Noise, Constants: a.Constants,
	}
	for _, competency := range result.Competencies {
		section := ExportedSection{
			Rubric: competency.Section.Rubric, Target: competency.Section.Target,
			Importance: competency.Section.Importance, Standing: competency.Standing,
			Score: exportScore(competency.Score),
		}
		for _, item := range competency.Section.Items {
			section.Answers = append(section.Answers, exportAnswer(item, result.Answers.Get(item.ID)))
		}
		export.Competencies = append(export.Competencies, section)
	}
	export.Groups = append(export.Groups, ExportedGroup{"whole", result.Whole.ID, exportScore(result.Whole.Score)})
	export.Groups = appendGroups(export.Groups, "area", result.Areas)
	export.Groups = appendGroups(export.Groups, "outcome", result.Outcomes)
	export.Groups = appendGroups(export.Groups, "pillar", result.Pillars)
	return export
}

func appendGroups(exported []ExportedGroup, kind string, groups []model.GroupResult) []ExportedGroup {
	for _, group := range groups {
		exported = append(exported, ExportedGroup{kind, group.ID, exportScore(group.Score)})
	}
	return exported
}

func exportScore(score measure.Score) *ExportedScore {
	if !score.Known {
		return nil
	}
	return &ExportedScore{score.Value, score.StandardError, score.Lower, score.Upper, score.Answered, score.Asked}
}

func exportAnswer(item model.Item, answer model.Answer) ExportedAnswer {
	exported := ExportedAnswer{
		Item: item, ItemHash: item.Hash(), State: answerState(answer.Level),
		Note: answer.Note, Seconds: answer.Spent.Seconds(),
	}
	if answer.Level.Scored() {
		level := int(answer.Level)
		exported.Level = &level
	}
	return exported
}

func answerState(level model.Level) string {
	switch {
	case level.Scored():
		return "answered"
	case level == model.Absent:
		return "absent"
	}
	return "blank"
}

// ExportRows gives a result as the CSV export has it: a head, then one row an answer.
func ExportRows(result *model.Result) [][]string {
	a := result.Assessment
	rows := [][]string{{"assessment", "finished", "period_start", "period_end", "questionnaire", "version", "scope",
		"craft", "form", "competency", "item", "text", "state", "level", "note"}}
	for _, competency := range result.Competencies {
		for _, item := range competency.Section.Items {
			answer := result.Answers.Get(item.ID)
			level := ""
			if answer.Level.Scored() {
				level = strconv.Itoa(int(answer.Level))
			}
			rows = append(rows, []string{
				cell(a.ID), a.FinishedAt.Format(time.RFC3339), a.PeriodStart.Format(model.DateLayout), a.PeriodEnd.Format(model.DateLayout),
				cell(a.QuestionnaireID), strconv.Itoa(a.QuestionnaireVersion), cell(a.Scope), cell(a.Craft), string(a.Form),
				cell(competency.ID), cell(item.ID), cell(item.Text), answerState(answer.Level), level, cell(answer.Note),
			})
		}
	}
	return rows
}

// formulaStarts are the characters with which a text may be taken for a formula: wide forms count
// too, as some spreadsheets read them like the narrow ones.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// cell keeps a spreadsheet from running a text as a formula: it leads such a text with an apostrophe.
func cell(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + text
	}
	return text
}
