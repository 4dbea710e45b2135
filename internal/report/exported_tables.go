package report

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// Table is an export as rows, for a spreadsheet.
type Table struct {
	Columns []Column
	each    func(e *ExportedHistory, assessment *ExportedAssessment, hindsight map[string]string, visit func(row []string) error) error
}

// Column is a column of a table, and what stands in it.
type Column struct{ Name, Meaning string }

// Head returns the names of the columns.
func (t Table) Head() []string {
	names := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		names[i] = column.Name
	}
	return names
}

// Each hands over the rows of an assessment of an export; hindsight gives the levels of a look back at it, by item.
func (t Table) Each(e *ExportedHistory, assessment ExportedAssessment, hindsight map[string]string, visit func(row []string) error) error {
	return t.each(e, &assessment, hindsight, visit)
}

// Rows returns an export as a table: its head, then its rows.
func (e *ExportedHistory) Rows(table Table) [][]string {
	rows := [][]string{table.Head()}
	hindsight := e.hindsight()
	for _, assessment := range e.Assessments {
		_ = table.Each(e, assessment, hindsight[assessment.ID], func(row []string) error { rows = append(rows, row); return nil })
	}
	return rows
}

// column is a column and how a row of it is written.
type column[Row any] struct {
	name, meaning string
	value         func(Row) string
}

// table makes a table of columns and of what tells its rows.
func table[Row any](columns []column[Row], rows func(assessmentRow, map[string]string, func(Row) error) error) Table {
	made := Table{each: func(e *ExportedHistory, assessment *ExportedAssessment, hindsight map[string]string, visit func([]string) error) error {
		return rows(assessmentRow{e, assessment}, hindsight, func(row Row) error {
			cells := make([]string, len(columns))
			for i, column := range columns {
				cells[i] = column.value(row)
			}
			return visit(cells)
		})
	}}
	for _, column := range columns {
		made.Columns = append(made.Columns, Column{column.name, column.meaning})
	}
	return made
}

// assessmentRow is what all rows of an assessment have in common.
type assessmentRow struct {
	*ExportedHistory
	a *ExportedAssessment
}

// of makes the columns that tell of an assessment those of another table.
func of[Row any](assessment func(Row) assessmentRow) []column[Row] {
	columns := make([]column[Row], len(assessmentColumns))
	for i, own := range assessmentColumns {
		columns[i] = column[Row]{own.name, own.meaning, func(row Row) string { return own.value(assessment(row)) }}
	}
	return columns
}

var assessmentColumns = []column[assessmentRow]{
	{"assessment", "The id of the assessment.", func(r assessmentRow) string { return cell(r.a.ID) }},
	{"name", "Your own name for it.", func(r assessmentRow) string { return cell(r.a.Name) }},
	{"finished", "When it was finished, in UTC.", func(r assessmentRow) string { return r.a.FinishedAt.Format(time.RFC3339) }},
	{"period_start", "The first day that it speaks of.", func(r assessmentRow) string { return r.a.PeriodStart }},
	{"period_end", "The last day.", func(r assessmentRow) string { return r.a.PeriodEnd }},
	{"questionnaire", "The id of the questionnaire.", func(r assessmentRow) string { return cell(r.a.Questionnaire) }},
	{"questionnaire_name", "Its name.", func(r assessmentRow) string { return cell(r.a.QuestionnaireName) }},
	{"version", "Its version.", func(r assessmentRow) string { return strconv.Itoa(r.a.QuestionnaireVersion) }},
	{"scope", "The id of what you answered for.", func(r assessmentRow) string { return cell(r.a.Scope) }},
	{"scope_name", "Its name.", func(r assessmentRow) string {
		scope, _ := r.reports().Library.Model.Scope(r.a.Scope)
		return cell(scope.Name)
	}},
	{"craft", "The id of where the examples came from.", func(r assessmentRow) string { return cell(r.a.Craft) }},
	{"craft_name", "Its name.", func(r assessmentRow) string {
		craft, _ := r.reports().Library.Model.Craft(r.a.Craft)
		return cell(craft.Name)
	}},
	{"form", "full, or pulse: one question a competency.", func(r assessmentRow) string { return string(r.a.Form) }},
}

// answerRow is one answer.
type answerRow struct {
	assessmentRow
	answer    *ExportedAnswer
	hindsight string
}

func (r answerRow) ofAssessment() assessmentRow { return r.assessmentRow }

// AnswerTable has one row an answer.
var AnswerTable = table(append(of(answerRow.ofAssessment),
	column[answerRow]{"area", "The id of the competency’s area.", func(r answerRow) string {
		_, area := r.reports().Place(r.answer.Item.Competency)
		return cell(area.ID)
	}},
	column[answerRow]{"area_name", "Its name.", func(r answerRow) string {
		_, area := r.reports().Place(r.answer.Item.Competency)
		return cell(area.Name)
	}},
	column[answerRow]{"competency", "The id of the competency.", func(r answerRow) string { return cell(r.answer.Item.Competency) }},
	column[answerRow]{"competency_name", "Its name.", func(r answerRow) string { return cell(r.reports().Named(r.answer.Item.Competency).Name) }},
	column[answerRow]{"item", "The id of the question; it means the same for ever.", func(r answerRow) string { return cell(r.answer.Item.ID) }},
	column[answerRow]{"item_hash", "A hash of the question as it was worded.", func(r answerRow) string { return r.answer.ItemHash }},
	column[answerRow]{"text", "The question.", func(r answerRow) string { return cell(r.answer.Item.Text) }},
	column[answerRow]{"state", "answered, absent (it did not come up) or blank.", func(r answerRow) string { return string(r.answer.State) }},
	column[answerRow]{"level", "The answer, 1 to 5.", func(r answerRow) string {
		if r.answer.Level == nil {
			return ""
		}
		return strconv.Itoa(*r.answer.Level)
	}},
	column[answerRow]{"level_looking_back", "The level that you gave it later, looking back.", func(r answerRow) string { return r.hindsight }},
	column[answerRow]{"note", "Your note.", func(r answerRow) string { return cell(r.answer.Note) }},
), func(of assessmentRow, hindsight map[string]string, visit func(answerRow) error) error {
	for i := range of.a.Competencies {
		answers := of.a.Competencies[i].Answers
		for j := range answers {
			if err := visit(answerRow{of, &answers[j], hindsight[answers[j].Item.ID]}); err != nil {
				return err
			}
		}
	}
	return nil
})

// scoreRow is the score of the whole, an area, an outcome, a pillar or a competency.
type scoreRow struct {
	assessmentRow
	kind, id   string
	score      *ExportedScore
	change     *ExportedJudgement
	chance     *ExportedChance
	target     float64
	importance int
	standing   measure.Standing
	// answered and asked count questions; they are told even where there is no score.
	answered, asked int
}

func (r scoreRow) ofAssessment() assessmentRow { return r.assessmentRow }

// name is what the group is called.
func (r scoreRow) name() string {
	known := r.reports().Library.Model
	switch r.kind {
	case string(measure.Whole):
		return model.WholeName
	case string(measure.Competency):
		return r.reports().Named(r.id).Name
	case "outcome":
		outcome, _ := known.Outcome(r.id)
		return outcome.Name
	case "pillar":
		pillar, _ := known.Pillar(r.id)
		return pillar.Name
	}
	area, _ := known.Area(r.id)
	return area.Name
}

// ScoreTable has one row a score: of the whole, the areas, the outcomes, the pillars and the competencies.
var ScoreTable = table(append(of(scoreRow.ofAssessment),
	column[scoreRow]{"kind", "whole, area, outcome, pillar or competency.", func(r scoreRow) string { return r.kind }},
	column[scoreRow]{"id", "The id of what is scored.", func(r scoreRow) string { return cell(r.id) }},
	column[scoreRow]{"id_name", "Its name.", func(r scoreRow) string { return cell(r.name()) }},
	column[scoreRow]{"answered", "How many of its questions were answered with a level.", func(r scoreRow) string { return strconv.Itoa(r.answered) }},
	column[scoreRow]{"asked", "How many were asked.", func(r scoreRow) string { return strconv.Itoa(r.asked) }},
	column[scoreRow]{"score", "The mean of the answers; empty where there are too few.", func(r scoreRow) string {
		return where(r.score, func(s *ExportedScore) float64 { return s.Value })
	}},
	column[scoreRow]{"band_lower", "The lower end of the 80 % band.", func(r scoreRow) string {
		return where(r.score, func(s *ExportedScore) float64 { return s.Lower })
	}},
	column[scoreRow]{"band_upper", "The upper end.", func(r scoreRow) string {
		return where(r.score, func(s *ExportedScore) float64 { return s.Upper })
	}},
	column[scoreRow]{"target", "Your target then; of an area and the whole the mean of its competencies’.", func(r scoreRow) string {
		if r.target == 0 {
			return ""
		}
		return decimals(r.target)
	}},
	column[scoreRow]{"importance", "How much the competency counts, 1 to 3.", func(r scoreRow) string {
		if r.importance == 0 {
			return ""
		}
		return strconv.Itoa(r.importance)
	}},
	column[scoreRow]{"chance_below", "The chance of lying below the target, 0 to 1; empty where none is said.", func(r scoreRow) string {
		return where(r.chance, func(c *ExportedChance) float64 { return c.Below })
	}},
	column[scoreRow]{"expected_shortfall", "How far below the target to expect it, in levels.", func(r scoreRow) string {
		return where(r.chance, func(c *ExportedChance) float64 { return c.Shortfall })
	}},
	column[scoreRow]{"standing", "A competency’s band against its target: above, below, open or unknown.", func(r scoreRow) string { return string(r.standing) }},
	column[scoreRow]{"compared_with", "The id of the assessment that the change is a change from.", func(r scoreRow) string { return cell(r.a.ComparedWith) }},
	column[scoreRow]{"change", "The mean change of the questions answered both times, in levels.", func(r scoreRow) string {
		if r.change == nil || r.change.Verdict == measure.NotComparable {
			return ""
		}
		return decimals(r.change.MeanChange)
	}},
	column[scoreRow]{"change_verdict", "changed, possible, noise or not_comparable.", func(r scoreRow) string {
		if r.change == nil {
			return ""
		}
		return string(r.change.Verdict)
	}},
	column[scoreRow]{"change_direction", "rose or fell, where it is more than noise or may be.", func(r scoreRow) string {
		if r.change == nil {
			return ""
		}
		return string(r.change.Direction)
	}},
), func(of assessmentRow, _ map[string]string, visit func(scoreRow) error) error {
	for _, group := range of.a.Groups {
		row := scoreRow{assessmentRow: of, kind: group.Kind, id: group.ID, score: group.Score, change: group.Change, chance: group.Chance, target: group.Target}
		row.answered, row.asked = of.counts(group.Kind, group.ID)
		if err := visit(row); err != nil {
			return err
		}
	}
	for _, section := range of.a.Competencies {
		row := scoreRow{
			assessmentRow: of, kind: string(measure.Competency), id: section.Competency, score: section.Score, change: section.Change,
			chance: section.Chance, target: section.Target, importance: section.Importance, standing: section.Standing,
		}
		row.answered, row.asked = of.counts(row.kind, row.id)
		if err := visit(row); err != nil {
			return err
		}
	}
	return nil
})

// counts counts the questions of a group that were answered with a level, and all that were asked.
func (r assessmentRow) counts(kind, id string) (answered, asked int) {
	chosen := r.reports().chosen(kind, id)
	for i := range r.a.Competencies {
		for j := range r.a.Competencies[i].Answers {
			answer := &r.a.Competencies[i].Answers[j]
			if !chosen(&answer.Item) {
				continue
			}
			asked++
			if answer.Level != nil {
				answered++
			}
		}
	}
	return answered, asked
}

// chosen picks the items of a group by its kind and id.
func (r Reports) chosen(kind, id string) choice {
	switch kind {
	case "outcome":
		return inOutcome(id)
	case "pillar":
		return inPillar(id)
	case string(measure.Area):
		return r.inArea(id)
	case string(measure.Competency):
		return inCompetency(id)
	}
	return anyItem
}

// where writes a number of something, and nothing where that is missing.
func where[T any](something *T, value func(*T) float64) string {
	if something == nil {
		return ""
	}
	return decimals(value(something))
}

// decimals writes a number of a table.
func decimals(value float64) string { return strconv.FormatFloat(value, 'f', 4, 64) }

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
