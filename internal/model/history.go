package model

import (
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/questionnaire"
)

// NameLimit is the greatest length of an assessment's name, in characters.
const NameLimit = 80

// History is all of a manager's finished assessments, and what they say together.
type History struct {
	// Stretches are the lines of the trends, oldest first: a change of scope, or a version of the
	// questionnaire that shares too little with the one before, starts a new one.
	Stretches []Stretch
	// Results are all finished assessments, oldest first, each compared with the one before.
	Results []*Result
	// Trend is the verdict on the latest stretch; nil until it has enough assessments.
	Trend *Trend
	// EarlierTrend is the verdict on the latest earlier stretch that has one, where the latest stretch has none yet.
	EarlierTrend *Trend
	// TrendNeeds is how many full assessments of one scope a trend takes.
	TrendNeeds int
	// Drafts is how many assessments are in progress.
	Drafts int
}

// Latest is the latest result; nil if there is none.
func (h *History) Latest() *Result {
	if len(h.Results) == 0 {
		return nil
	}
	return h.Results[len(h.Results)-1]
}

// Assessments are those of the snapshots, oldest first.
func (h *History) Assessments() (all []*Assessment) {
	for _, result := range h.Results {
		all = append(all, result.Assessment)
	}
	return all
}

// Break says why a stretch of a history does not go on from the one before.
type Break string

const (
	// FirstStretch starts the history.
	FirstStretch Break = ""
	// ScopeBreak is a change of what the manager answers for.
	ScopeBreak Break = "scope"
	// VersionBreak is a version of the questionnaire that shares too little with the one before.
	VersionBreak Break = "version"
)

// Stretch is a run of assessments that can be read as one line.
type Stretch struct {
	Scope questionnaire.Scope
	// QuestionnaireName is the title of the questionnaire.
	QuestionnaireName string
	Break             Break
	// Results are oldest first.
	Results []*Result
}

// Trend is the verdict on several assessments: a straight line through the scores of the questions that
// all of them share.
type Trend struct {
	Scope       questionnaire.Scope
	From, To    time.Time
	Assessments int
	// Shared counts the questions answered in all of the assessments.
	Shared int
	// Groups are the whole and the areas, one family, the whole last.
	Groups []TrendGroup
	// Competencies are judged alone and belong in a table.
	Competencies []TrendGroup
}

// TrendGroup is the verdict on one group's trend.
type TrendGroup struct {
	ID, Name  string
	Judgement measure.Judgement
}

// Comparison sets two assessments side by side.
type Comparison struct {
	// Earlier is the first of the two; Later holds the judgements of the change.
	Earlier, Later *Result
	// All are the manager's finished assessments, to choose two others from, oldest first.
	All []*Assessment
	// Items are the questions of either assessment, by competency.
	Items []ComparedSection
}

// ComparedSection is one competency's questions in two assessments.
type ComparedSection struct {
	ID, Name string
	Items    []ComparedItem
}

// ComparedItem is one question in two assessments. Where only one of them asked it, the other's answer is
// nil.
type ComparedItem struct {
	Item Item
	// Then is the item as the earlier assessment asked it, zero if it did not.
	Then           Item
	Earlier, Later *Answer
	// Reworded reports whether the wording differs in spelling between the two.
	Reworded bool
}
