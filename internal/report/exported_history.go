package report

import (
	"strconv"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

const (
	// HistoryFormat names the layout of an export and its version, so that a reader of an old file knows what it
	// holds. A version that adds fields alone raises the number after the point: files of any such version are read.
	HistoryFormat = "whetstone-history-1.2"
	// firstHistoryFormat is that of the first version, in which each assessment is compared with the one before it,
	// also where that is a pulse or has a few answers.
	firstHistoryFormat = "whetstone-history-1"
)

// ExportedHistory is finished assessments with all that is needed to recompute their scores and
// verdicts. One that holds everything has what else its manager keeps as well.
type ExportedHistory struct {
	Format string `json:"format"`
	// Whole reports whether these are all assessments that the manager ever finished. If not, an earlier one from
	// which an assessment's noise was estimated may be missing: not exported, or deleted.
	Whole bool          `json:"whole_history"`
	Model ExportedModel `json:"model"`
	// Assessments are oldest first.
	Assessments []ExportedAssessment `json:"assessments"`
	// Trend is the verdict on the latest stretch; null until it has enough assessments.
	Trend *ExportedTrend `json:"trend"`
	ExportedRest

	// names tell what the ids stand for, for tables.
	names *questionnaire.Library
}

// reports know the groups of an export, and their names if it was just made.
func (e *ExportedHistory) reports() Reports {
	if e.names == nil {
		return Reports{Library: e.library()}
	}
	return Reports{Library: e.names}
}

// hindsight returns the levels of look backs by the assessment that they look back at and by item.
func (e *ExportedHistory) hindsight() map[string]map[string]string {
	levels := map[string]map[string]string{}
	for _, assessment := range e.Assessments {
		if assessment.LookingBack == nil {
			continue
		}
		levels[assessment.LookingBack.Earlier] = assessment.LookingBack.Levels()
	}
	return levels
}

// ExportedModel is what groups are made of, by id. What an item belongs to besides, its outcomes and
// its pillar, stands in the item.
type ExportedModel struct {
	Areas    []ExportedArea `json:"areas"`
	Outcomes []string       `json:"outcomes"`
	Pillars  []string       `json:"pillars"`
}

// ExportedArea is an area with the ids of its competencies.
type ExportedArea struct {
	ID           string   `json:"id"`
	Competencies []string `json:"competencies"`
}

// ExportedAssessment is one finished assessment.
type ExportedAssessment struct {
	ID                   string              `json:"id"`
	Name                 string              `json:"name"`
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
	// ComparedWith is the id of the assessment before that every change here is a change from: the latest that can be
	// compared; "" for none.
	ComparedWith string            `json:"compared_with"`
	Competencies []ExportedSection `json:"competencies"`
	Groups       []ExportedGroup   `json:"groups"`
	// LookingBack is how an earlier assessment was seen after this one; null if it was not asked or not
	// answered, or where the earlier one is not in the export.
	LookingBack *ExportedLookBack `json:"looking_back"`
}

// ExportedLookBack is some competencies of an earlier assessment, rated again with hindsight.
type ExportedLookBack struct {
	// Earlier is the id of the assessment that it looks back at.
	Earlier      string                    `json:"earlier"`
	Competencies []ExportedLookBackSection `json:"competencies"`
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

// ExportedSection is one competency with its target, its answers, its score and its change.
type ExportedSection struct {
	questionnaire.Rubric
	Target     float64          `json:"target"`
	Importance int              `json:"importance"`
	Standing   measure.Standing `json:"standing"`
	// Chance is that of lying below the target; it is left out where none is said.
	Chance  *ExportedChance    `json:"chance,omitzero"`
	Score   *ExportedScore     `json:"score"`
	Change  *ExportedJudgement `json:"change"`
	Answers []ExportedAnswer   `json:"answers"`
}

// ExportedGroup is the score of an area, an outcome, a pillar or the whole, and its change.
type ExportedGroup struct {
	Kind  string         `json:"kind"`
	ID    string         `json:"id"`
	Score *ExportedScore `json:"score"`
	// Target is the mean of the targets of an area's or the whole's answered competencies, and Chance that of lying below
	// it. Both are left out where no chance is said.
	Target float64            `json:"target,omitzero"`
	Chance *ExportedChance    `json:"chance,omitzero"`
	Change *ExportedJudgement `json:"change"`
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

// ExportedChance is how likely something lies below its target, and what that was worked out from.
type ExportedChance struct {
	Below             float64 `json:"below"`
	Shortfall         float64 `json:"expected_shortfall"`
	Estimate          float64 `json:"estimate"`
	StandardDeviation float64 `json:"standard_deviation"`
}

// ExportedJudgement is a verdict on a change with the numbers that it rests on; null in an export
// where there is nothing to compare with.
type ExportedJudgement struct {
	Verdict       measure.Verdict   `json:"verdict"`
	Direction     measure.Direction `json:"direction"`
	Obstacle      measure.Obstacle  `json:"obstacle"`
	Shared        int               `json:"shared_items"`
	MeanChange    float64           `json:"mean_change"`
	StandardError float64           `json:"standard_error"`
	Degrees       float64           `json:"degrees_of_freedom"`
	P             float64           `json:"p"`
	AdjustedP     float64           `json:"adjusted_p"`
}

// ExportedTrend is the verdict on several assessments.
type ExportedTrend struct {
	From        time.Time `json:"from"`
	To          time.Time `json:"to"`
	Assessments int       `json:"sittings"`
	Shared      int       `json:"shared_items"`
	// Groups are the whole and the areas, judged as one family.
	Groups       []ExportedTrendGroup `json:"groups"`
	Competencies []ExportedTrendGroup `json:"competencies"`
}

// ExportedTrendGroup is the trend of one group.
type ExportedTrendGroup struct {
	ID     string             `json:"id"`
	Change *ExportedJudgement `json:"change"`
}

// ExportedAnswer is one item with its answer.
type ExportedAnswer struct {
	Item     model.Item `json:"item"`
	ItemHash string     `json:"item_hash"`
	// Level is 1 to 5; null for no level.
	Level *int `json:"level"`
	// State is "answered", "absent" (it did not come up) or "blank".
	State   AnswerState `json:"state"`
	Note    string      `json:"note"`
	Seconds float64     `json:"seconds_spent"`
	// WrittenAt is when an answer with a note was last changed; it is left out without one.
	WrittenAt time.Time `json:"written_at,omitzero"`
}

// AnswerState says what became of an item.
type AnswerState string

func exportModel(m questionnaire.Model) ExportedModel {
	exported := ExportedModel{Areas: []ExportedArea{}, Outcomes: []string{}, Pillars: []string{}}
	for _, area := range m.Areas {
		own := ExportedArea{ID: area.ID, Competencies: []string{}}
		for _, competency := range area.Competencies {
			own.Competencies = append(own.Competencies, competency.ID)
		}
		exported.Areas = append(exported.Areas, own)
	}
	for _, outcome := range m.Outcomes {
		exported.Outcomes = append(exported.Outcomes, outcome.ID)
	}
	for _, pillar := range m.Pillars {
		exported.Pillars = append(exported.Pillars, pillar.ID)
	}
	return exported
}

// ExportResult is a result as an export holds it.
func ExportResult(result *model.Result) ExportedAssessment {
	a := result.Assessment
	export := ExportedAssessment{
		ID: a.ID, Name: a.Name,
		Questionnaire: a.QuestionnaireID, QuestionnaireVersion: a.QuestionnaireVersion, QuestionnaireName: a.QuestionnaireName,
		Scope: a.Scope, Craft: a.Craft, Form: a.Form,
		PeriodStart: a.PeriodStart.Format(model.DateLayout), PeriodEnd: a.PeriodEnd.Format(model.DateLayout),
		StartedAt: a.StartedAt, FinishedAt: a.FinishedAt,
		Scale: a.Scale, Noise: a.Noise, Constants: a.Constants,
		Competencies: []ExportedSection{},
	}
	if result.Previous != nil {
		export.ComparedWith = result.Previous.Assessment.ID
	}
	if result.Rerating != nil {
		export.LookingBack = ExportLookBack(result.Rerating)
	}
	for _, competency := range result.Competencies {
		section := ExportedSection{
			Rubric: competency.Section.Rubric, Target: competency.Section.Target,
			Importance: competency.Section.Importance, Standing: competency.Standing, Chance: exportChance(competency.Chance),
			Score: exportScore(competency.Score), Change: exportJudgement(competency.Judgement),
			Answers: []ExportedAnswer{},
		}
		for _, item := range competency.Section.Items {
			section.Answers = append(section.Answers, exportAnswer(item, result.Answers.Get(item.ID)))
		}
		export.Competencies = append(export.Competencies, section)
	}
	export.Groups = appendGroups(nil, "whole", []model.GroupResult{result.Whole})
	export.Groups = appendGroups(export.Groups, "area", result.Areas)
	export.Groups = appendGroups(export.Groups, "outcome", result.Outcomes)
	export.Groups = appendGroups(export.Groups, "pillar", result.Pillars)
	return export
}

func appendGroups(exported []ExportedGroup, kind string, groups []model.GroupResult) []ExportedGroup {
	for _, group := range groups {
		one := ExportedGroup{Kind: kind, ID: group.ID, Score: exportScore(group.Score), Change: exportJudgement(group.Judgement)}
		if one.Chance = exportChance(group.Chance); one.Chance != nil {
			one.Target = group.Target
		}
		exported = append(exported, one)
	}
	return exported
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

func exportTrend(trend *model.Trend) *ExportedTrend {
	if trend == nil {
		return nil
	}
	return &ExportedTrend{
		From: trend.From, To: trend.To, Assessments: trend.Assessments, Shared: trend.Shared,
		Groups: exportTrendGroups(trend.Groups), Competencies: exportTrendGroups(trend.Competencies),
	}
}

func exportTrendGroups(groups []model.TrendGroup) []ExportedTrendGroup {
	exported := []ExportedTrendGroup{}
	for _, group := range groups {
		exported = append(exported, ExportedTrendGroup{group.ID, exportJudgement(&group.Judgement)})
	}
	return exported
}

func exportJudgement(judgement *measure.Judgement) *ExportedJudgement {
	if judgement == nil {
		return nil
	}
	change := judgement.Change
	return &ExportedJudgement{
		Verdict: judgement.Verdict, Direction: judgement.Direction, Obstacle: judgement.Obstacle,
		Shared: change.Shared, MeanChange: change.MeanChange, StandardError: change.StandardError,
		Degrees: change.Degrees, P: change.P, AdjustedP: judgement.AdjustedP,
	}
}

func exportChance(chance measure.Chance) *ExportedChance {
	if !chance.Known {
		return nil
	}
	return &ExportedChance{chance.Below, chance.Shortfall, chance.Estimate, chance.StandardDeviation}
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
	if answer.Note != "" {
		exported.WrittenAt = answer.UpdatedAt
	}
	return exported
}

func answerState(level model.Level) AnswerState {
	switch {
	case level.Scored():
		return AnsweredState
	case level == model.Absent:
		return AbsentState
	}
	return BlankState
}

// Export returns a history as an export has it.
func (r Reports) Export(history *model.History, whole bool) *ExportedHistory {
	export := r.ExportHead(history.Trend, whole)
	for _, result := range history.Results {
		export.Assessments = append(export.Assessments, ExportResult(result))
	}
	return &export
}

// ExportHead returns an export without its assessments.
func (r Reports) ExportHead(trend *model.Trend, whole bool) ExportedHistory {
	return ExportedHistory{
		Format: HistoryFormat, Whole: whole, Model: exportModel(r.Library.Model),
		Assessments: []ExportedAssessment{}, Trend: exportTrend(trend), names: r.Library,
	}
}

const (
	// AnsweredState is an answer on the scale.
	AnsweredState AnswerState = "answered"
	// AbsentState is the answer "It did not come up".
	AbsentState AnswerState = "absent"
	// BlankState is no answer.
	BlankState AnswerState = "blank"
)
