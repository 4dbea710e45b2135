package report

import (
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
