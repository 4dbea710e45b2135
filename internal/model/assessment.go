package model

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/questionnaire"
)

// Item is one question with its anchors, as it was worded when its assessment was started.
type Item = questionnaire.Item

// Scale names the five levels that are answered with.
type Scale = questionnaire.Scale

// Constants are what an assessment is measured with.
type Constants = measure.Constants

// Form is the length of an assessment: full or pulse.
type Form = questionnaire.Form

// The two forms: every item, or one item for each competency.
const (
	FullForm  = questionnaire.FormFull
	PulseForm = questionnaire.FormPulse
)

// State says whether an assessment can still be changed.
type State string

const (
	// Draft is an assessment that is being answered.
	Draft State = "draft"
	// Complete is a finished assessment: it never changes again.
	Complete State = "finished"
)

// NoteLimit is the greatest length of a note, in characters.
const NoteLimit = 2000

// DraftLimit is how many drafts a manager can have before another is begun, AssessmentLimit how many assessments in
// all. They are more than anybody needs: a pulse every week takes eight years to reach the second.
const (
	DraftLimit      = 5
	AssessmentLimit = 400
)

// Assessment is one assessment of one manager: a draft while it is answered, and once finished an
// immutable record that carries all that is needed to recompute its result.
type Assessment struct {
	ID                   string
	ManagerID            string
	QuestionnaireID      string
	QuestionnaireVersion int
	// Name is the manager's own name for a finished assessment; "" for none.
	Name string
	// QuestionnaireName is the title that the questionnaire had at the start.
	QuestionnaireName string
	Scope             string
	Craft             string
	Form              Form
	// PeriodStart and PeriodEnd are the first and last day that the answers speak of. While the
	// assessment is a draft, PeriodEnd is zero.
	PeriodStart time.Time
	PeriodEnd   time.Time
	StartedAt   time.Time
	FinishedAt  time.Time
	State       State
	Scale       Scale
	Sections    []Section
	// Noise and Constants are frozen at the finish; zero before.
	Noise     measure.Noise
	Constants Constants
	// BroughtAt is when it was brought in from a file; zero for one that was answered here.
	BroughtAt time.Time
}

// Brought reports whether it was brought in from a file. Such an assessment is its manager's own record and nobody
// else's measure: a file can be written by hand.
func (a *Assessment) Brought() bool { return !a.BroughtAt.IsZero() }

// Section is one competency of an assessment: what it means at this scope, the target and its
// importance, and the items asked. In a draft the target is the shipped one; at the finish the
// manager's own is frozen here, where they have one.
type Section = questionnaire.Section

// Section finds a competency's section.
func (a *Assessment) Section(competency string) (Section, bool) {
	for _, section := range a.Sections {
		if section.Competency == competency {
			return section, true
		}
	}
	return Section{}, false
}

// Item finds an item and the competency that it belongs to.
func (a *Assessment) Item(id string) (item Item, competency string, found bool) {
	for _, section := range a.Sections {
		for i := range section.Items {
			if section.Items[i].ID == id {
				return section.Items[i], section.Competency, true
			}
		}
	}
	return Item{}, "", false
}

// Asks reports whether an item is asked.
func (a *Assessment) Asks(id string) bool {
	_, _, found := a.Item(id)
	return found
}

// AsksTheSame reports whether two assessments are known to ask the very same items, as those of one questionnaire do:
// what an assessment asks is read once and shared.
func (a *Assessment) AsksTheSame(other *Assessment) bool {
	return slices.EqualFunc(a.Sections, other.Sections, func(one, other Section) bool {
		return len(one.Items) == len(other.Items) && (len(one.Items) == 0 || &one.Items[0] == &other.Items[0])
	})
}

// Asked counts the items asked.
func (a *Assessment) Asked() int {
	count := 0
	for _, section := range a.Sections {
		count += len(section.Items)
	}
	return count
}

// StartChoices is what the start page offers, and what is preselected.
type StartChoices struct {
	Questionnaires []QuestionnaireChoice
	Crafts         []questionnaire.Craft
	Chosen         StartInput
	// Draft is the manager's latest draft, nil if there is none.
	Draft *Progress
	// Mentors is what is new of what the manager's mentors say, Cycles are the open ones to which they contribute nothing
	// yet.
	Mentors MentorNews
	Cycles  []ContributionOffer
}

// QuestionnaireChoice is a questionnaire as the start page offers it.
type QuestionnaireChoice struct {
	Questionnaire *questionnaire.Questionnaire
	FullItems     int
	PulseItems    int
}

// StartInput is what the start form sends, as typed.
type StartInput struct {
	Questionnaire string
	Craft         string
	Form          string
	// From stands for where it comes from, so that what one client makes can be bounded.
	From string
	// Zone is that in which the manager's days are counted.
	Zone Zone
}

// Level is an answer on the five-level scale: 1 to 5, or one of the two missing values.
type Level int

const (
	// Blank is no answer (yet).
	Blank Level = -1
	// Absent is the answer "It did not come up".
	Absent Level = 0
)

// Scored reports whether the level counts in a score: 1 to 5.
func (l Level) Scored() bool { return l >= 1 && l <= 5 }

// Valid reports whether the level is one that a form can send.
func (l Level) Valid() bool { return l >= Blank && l <= 5 }

// ReadLevel reads a level as a form sends it, "" for Blank; valid is false for what no form offers.
func ReadLevel(typed string) (level Level, valid bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return Blank, true
	}
	number, err := strconv.Atoi(typed)
	if level = Level(number); err != nil || level == Blank || !level.Valid() {
		return Blank, false
	}
	return level, true
}

// ReadHalfLevel reads a level in steps of a half, from 1 to 5, as a form sends it; valid is false for what no form
// offers.
func ReadHalfLevel(typed string) (level float64, valid bool) {
	level, err := strconv.ParseFloat(strings.TrimSpace(typed), 64)
	if err != nil || !HalfLevel(level) {
		return 0, false
	}
	return level, true
}

// HalfLevel reports whether a number is a level in steps of a half, from 1 to 5.
func HalfLevel(level float64) bool { return level >= 1 && level <= 5 && math.Mod(level*2, 1) == 0 }

// Typed returns the level as a form sends it: "" for Blank.
func (l Level) Typed() string {
	if l == Blank {
		return ""
	}
	return strconv.Itoa(int(l))
}

// Answer is what a manager said to one item.
type Answer struct {
	Item  string
	Level Level
	// Note is the most recent example, in the manager's words; "" for none.
	Note string
	// Revision counts the writes of this answer, from 1; 0 means never written. A page sends the
	// revision that it last saw, which shows when another tab has written in between.
	Revision int
	// Spent is the time spent on the page, as attributed to this answer.
	Spent     time.Duration
	UpdatedAt time.Time
}

// Answers are the answers of one assessment by item id.
type Answers map[string]Answer

// Get returns the answer to an item; a blank one where there is none.
func (a Answers) Get(item string) Answer {
	if answer, found := a[item]; found {
		return answer
	}
	return Answer{Item: item, Level: Blank}
}

// Given counts the items of a section that have an answer, "It did not come up" included.
func (a Answers) Given(section Section) int {
	count := 0
	for _, item := range section.Items {
		if a.Get(item.ID).Level != Blank {
			count++
		}
	}
	return count
}

// Target is a manager's own target and importance for one competency at one scope.
type Target struct {
	Competency string
	// Value is 2.0 to 4.0 in steps of 0.5.
	Value float64
	// Importance is 1 to 3.
	Importance int
}
