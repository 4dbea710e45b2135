package model

import (
	"time"
	"unsafe"

	"whetstone/internal/measure"
	"whetstone/internal/questionnaire"
)

// WholeID and WholeName stand for all questions together.
const (
	WholeID   = "whole"
	WholeName = "All together"
)

// GroupResult is the score of a group of items: a competency, an area, an outcome, a pillar or the
// whole.
type GroupResult struct {
	ID   string
	Name string
	// About explains the group in a few words.
	About string
	Score measure.Score
	// Target is the target: a competency's own, of an area and the whole the mean of those of its answered
	// competencies; 0 where there is none.
	Target float64
	// Chance is how likely it lies below its target; not Known where no chance is said.
	Chance measure.Chance
	// Judgement compares with the assessment before; nil where there is nothing to compare with.
	Judgement *measure.Judgement
}

// CompetencyResult is what one assessment says of one competency.
type CompetencyResult struct {
	GroupResult
	Area string
	// Section has the items asked, the target and its importance.
	Section Section
	// Standing is what the band says against the target. It is shown where no chance is said.
	Standing measure.Standing
	// Lowest is the item that was answered lowest, nil where none was answered.
	Lowest *Item
	// Practices suit the competency at the assessment's scope; a history has none.
	Practices []questionnaire.Practice
	// Guides are the pages to print on the competency.
	Guides []questionnaire.Guide
}

// Result is what a finished assessment says.
type Result struct {
	Assessment *Assessment
	Answers    Answers
	Scope      questionnaire.Scope
	Craft      questionnaire.Craft
	Whole      GroupResult
	// Areas, Outcomes and Pillars are in the model's order; only those with items asked.
	Areas    []GroupResult
	Outcomes []GroupResult
	Pillars  []GroupResult
	// Competencies are in the questionnaire's order.
	Competencies []CompetencyResult
	// Chances are what the answers say against the targets. Of an assessment that was finished before chances
	// came, or with too few competencies answered, none is Said.
	Chances measure.Chances
	// First is the competency that is named first; "" where nothing stands out.
	First string
	// LookFirst and Carries are competency ids: where to look first, and what carries the manager, the most
	// telling first. Only what is likely at or above its target carries.
	LookFirst, Carries []string
	// Previous is the latest assessment before that can be compared with it, nil for the first.
	Previous *Previous
	// Rerating is the look back that goes with the assessment; nil if none was offered.
	Rerating *Rerating
	// Agreed are the levels that manager and mentors have agreed on, by competency, the oldest first. They
	// stand beside the scores; a mentor's view of the result has none.
	Agreed map[string][]AgreedLevel
}

// ResultSize estimates the bytes of the result of so many competencies: it has about as many other groups, and each has a
// verdict.
func ResultSize(competencies int) int {
	const each = unsafe.Sizeof(CompetencyResult{}) + unsafe.Sizeof(GroupResult{}) + 2*unsafe.Sizeof(measure.Judgement{})
	return int(unsafe.Sizeof(Result{})) + competencies*int(each)
}

// Competency finds what the result says of one competency.
func (r *Result) Competency(id string) (CompetencyResult, bool) {
	for i := range r.Competencies {
		if r.Competencies[i].ID == id {
			return r.Competencies[i], true
		}
	}
	return CompetencyResult{}, false
}

// Previous is the assessment that a result is compared with.
type Previous struct {
	Assessment *Assessment
	// Between counts the assessments that lie between the two: they can't be compared as well.
	Between int
	// ScopeChanged reports whether the manager answered for another scope then. If so, only the whole is compared, on
	// the items that both share.
	ScopeChanged bool
	// VersionChanged reports whether the questionnaire of the same scope has another version than it had then: what is
	// compared rests on the questions that both ask.
	VersionChanged bool
	// Shared counts the items answered in both assessments.
	Shared int
	// Targets are the competencies whose target differs from then, whoever changed it.
	Targets []TargetChange
}

// TargetChange is a competency whose target differs between two assessments.
type TargetChange struct {
	Competency string
	Name       string
	From, To   float64
}

// Progress says how far a draft has come.
type Progress struct {
	Assessment *Assessment
	Scope      questionnaire.Scope
	Craft      questionnaire.Craft
	Areas      []AreaProgress
	// Given counts the items with an answer, "It did not come up" included; Asked all items.
	Given, Asked int
	// Next is the first competency with an unanswered item, and NextItem that item; "" when all are answered.
	Next, NextItem string
	// Minutes is about how long the rest will take.
	Minutes int
	// WorkedAt is when the draft was last worked on: when it was begun, or an answer was last kept.
	WorkedAt time.Time
}

// AreaProgress is one area of a draft.
type AreaProgress struct {
	Area         questionnaire.Area
	Competencies []CompetencyProgress
	Given, Asked int
}

// CompetencyProgress is one competency of a draft.
type CompetencyProgress struct {
	Competency   questionnaire.Competency
	Section      Section
	Given, Asked int
}

// QuestionPage is one page of a draft, to be answered: a competency, or in a pulse an area.
type QuestionPage struct {
	// Progress is how far the whole draft is.
	*Progress
	Area questionnaire.Area
	// Parts are the competencies that the page asks about; Name is the page's name.
	Parts []QuestionPart
	Name  string
	QuestionPlace
	// Answers are those of the draft; to what the page doesn't ask, the levels alone.
	Answers Answers
	// Again tells whether an assessment was finished before, since which things were noted.
	Again bool
}

// QuestionPlace is where a page of questions stands among those of its draft.
type QuestionPlace struct {
	// Position and Count place the page, from 1.
	Position, Count int
	// Before and After are the first competencies of the neighbouring pages; "" at the ends.
	Before, After string
}

// Address is the competency in the page's address. Any other competency of the page leads to it, too.
func (p *QuestionPage) Address() string { return p.Parts[0].Competency.ID }

// Items are all that the page asks.
func (p *QuestionPage) Items() (items []Item) {
	for _, part := range p.Parts {
		items = append(items, part.Section.Items...)
	}
	return items
}

// QuestionPart is one competency on a page of questions.
type QuestionPart struct {
	Competency questionnaire.Competency
	Section    Section
	// Earlier holds by item what was answered last time; it is empty the first time.
	Earlier map[string]EarlierAnswer
	// EarlierAsked holds by id the assessments that asked one of these items in other words.
	EarlierAsked map[string]*Assessment
	// Noted are what the manager's log says of it since the last finished assessment, the newest first, at most
	// NotedLatest; MoreNoted counts the others.
	Noted     []LogEntry
	MoreNoted int
}

// EarlierAnswer is what was answered to an item last time: in the latest finished assessment in which it was answered.
type EarlierAnswer struct {
	Answer
	// Of is that assessment's id, and At the last day of its period.
	Of string
	At time.Time
	// Reworded reports whether it asked the item in other words, as an earlier version of a questionnaire may.
	Reworded bool
}

// Beginning is where a draft that was just started leads.
type Beginning struct {
	// Next is the first competency with an unanswered item; "" when all are answered.
	Next string
	// Follow reports whether it is asked first what became of the manager's commitments.
	Follow bool
	// Example reports whether the manager has not been shown yet how a level is chosen.
	Example bool
}

// Review is a draft, all of it, before it is finished.
type Review struct {
	Progress
	Answers Answers
	// Few reports whether too few questions have an answer to compare the whole with another assessment; the manager is asked
	// once. Unread are the names of what has too few answers for a score: competencies, in a pulse areas.
	Few    bool
	Unread []string
	// Careless are signs of answers given without reading; the manager is asked once.
	Careless []measure.CarelessReason
	// Scored counts the answers on the scale.
	Scored int
}

// Welcome is what the landing page shows.
type Welcome struct {
	// Sample is a result made of invented answers by the same code as a real one.
	Sample *Result
	// Full and Pulse describe the first questionnaire's two forms: minutes and number of items.
	FullMinutes, FullItems, PulseMinutes, PulseItems int
	// FullPages is how many pages the full form has: one a competency.
	FullPages int
}

// TargetChoices is a manager's targets for a scope beside the shipped ones.
type TargetChoices struct {
	Scope questionnaire.Scope
	Rows  []TargetChoice
	// Own reports whether the manager has targets of their own.
	Own bool
}

// TargetChoice is one competency's target: as it stands, and as shipped.
type TargetChoice struct {
	Competency questionnaire.Competency
	Area       questionnaire.Area
	Definition string
	Chosen     Target
	Shipped    Target
	// Seen is the token that a page sends back with the choice.
	Seen string
}

// TargetInput is what a form sends for one competency's target.
type TargetInput struct {
	Target
	// Shipped asks for the shipped target, whatever it is, in the place of Target.
	Shipped bool
	// Seen is the token of the choice as the page saw it.
	Seen string
}

// Summaries is a manager's list of assessments.
type Summaries struct {
	Drafts   []*Progress
	Finished []*Result
	// Mentors is what is new of what mentors say.
	Mentors MentorNews
}
