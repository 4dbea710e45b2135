package report

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

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

const (
	// AnsweredState is an answer on the scale.
	AnsweredState AnswerState = "answered"
	// AbsentState is the answer "It did not come up".
	AbsentState AnswerState = "absent"
	// BlankState is no answer.
	BlankState AnswerState = "blank"
)

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

func (e *ExportedAssessment) answered() (answered model.Answered, err error) {
	assessment := &model.Assessment{
		ID: e.ID, Name: e.Name, State: model.Complete,
		QuestionnaireID: e.Questionnaire, QuestionnaireVersion: e.QuestionnaireVersion, QuestionnaireName: e.QuestionnaireName,
		Scope: e.Scope, Craft: e.Craft, Form: e.Form,
		StartedAt: e.StartedAt, FinishedAt: e.FinishedAt,
		Scale: e.Scale, Noise: e.Noise, Constants: e.Constants,
	}
	answered = model.Answered{Assessment: assessment, Answers: model.Answers{}}
	if !e.Form.Valid() {
		return answered, fmt.Errorf("form: %s is none", inWords(string(e.Form)))
	}
	if err := checkNumbers(e.Noise, e.Constants); err != nil {
		return answered, err
	}
	if assessment.PeriodStart, err = time.Parse(model.DateLayout, e.PeriodStart); err != nil {
		return answered, fmt.Errorf("period_start: %s is no day", inWords(e.PeriodStart))
	}
	if assessment.PeriodEnd, err = time.Parse(model.DateLayout, e.PeriodEnd); err != nil {
		return answered, fmt.Errorf("period_end: %s is no day", inWords(e.PeriodEnd))
	}
	if len(e.Competencies) > mostGroups {
		return answered, fmt.Errorf("it asks about more than %d competencies", mostGroups)
	}
	for _, section := range e.Competencies {
		if err := section.addTo(answered); err != nil {
			return answered, fmt.Errorf("%s: %w", printable(section.Competency), err)
		}
	}
	if e.LookingBack != nil {
		answered.Rerating, err = e.LookingBack.rerating(e.ID)
	}
	return answered, err
}

// addTo puts a competency with its items and answers into an assessment.
func (e ExportedSection) addTo(answered model.Answered) error {
	if _, twice := answered.Assessment.Section(e.Competency); twice {
		return errors.New("it stands twice")
	}
	section := model.Section{Rubric: e.Rubric, Target: e.Target, Importance: e.Importance}
	for _, exported := range e.Answers {
		item := exported.Item
		answer, err := exported.answer()
		_, twice := answered.Answers[item.ID]
		switch {
		case err != nil:
		case twice:
			err = errors.New("it stands twice")
		case item.Competency != e.Competency:
			err = fmt.Errorf("it belongs to the competency %s", inWords(item.Competency))
		case len(answered.Answers) == mostAsked:
			err = fmt.Errorf("it is one more than %d items", mostAsked)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", printable(item.ID), err)
		}
		answered.Answers[item.ID] = answer
		section.Items = append(section.Items, item)
	}
	answered.Assessment.Sections = append(answered.Assessment.Sections, section)
	return nil
}

func (e ExportedAnswer) answer() (model.Answer, error) {
	answer := model.Answer{Item: e.Item.ID, Note: e.Note, UpdatedAt: e.WrittenAt}
	if e.Seconds < 0 || e.Seconds > mostSecondsSpent {
		return answer, fmt.Errorf("seconds_spent: %v is not from 0 to %v", e.Seconds, mostSecondsSpent)
	}
	answer.Spent = time.Duration(math.Round(e.Seconds * float64(time.Second)))
	switch {
	case e.Level != nil:
		if answer.Level = model.Level(*e.Level); !answer.Level.Scored() {
			return answer, fmt.Errorf("level: %d is not from %d to %d", *e.Level, measure.LowestLevel, measure.HighestLevel)
		}
	case e.State == AbsentState:
		answer.Level = model.Absent
	case e.State == BlankState:
		answer.Level = model.Blank
	default:
		return answer, fmt.Errorf("state: %s goes with a level, and there is none", inWords(string(e.State)))
	}
	return answer, nil
}

// assessment checks an assessment, and hands it on.
func (h *historyReader) assessment(at place, e *ExportedAssessment) error {
	before := len(h.wrong)
	if !h.trusted {
		h.checkAssessment(at, e)
	}
	h.seen["finished "+e.ID] = true
	answered, err := e.answered()
	if err != nil && len(h.wrong) == before {
		h.fail(at, "This can’t be: "+err.Error()+".")
	}
	if len(h.wrong) > before {
		return nil
	}
	if answered.Rerating != nil {
		answered.Rerating.Sections = e.LookingBack.sections()
	}
	return h.hand(func() error { return h.visit.Assessment(answered) })
}

func (h *historyReader) checkAssessment(at place, e *ExportedAssessment) {
	h.id(at, model.AssessmentPart, e.ID)
	h.line(at, e.Name, model.NameLimit, false, "name")
	_, found := h.reports.Library.Questionnaire(e.Questionnaire)
	h.known(at, "questionnaire", e.Questionnaire, found, "questionnaire")
	h.place(at, e.Scope, e.Craft)
	h.moment(at, e.StartedAt, firstMoment, "started_at")
	h.moment(at, e.FinishedAt, e.StartedAt, "finished_at")
	if e.FinishedAt.Before(h.last) {
		h.fail(at, "This was finished before the assessment that it follows; the oldest comes first.", "finished_at")
	}
	h.last = e.FinishedAt
	start := h.day(at, e.PeriodStart, firstMoment, h.now, "period_start")
	h.day(at, e.PeriodEnd, start, h.now.Add(oneDay), "period_end")
	for _, number := range numbersOf(e.Noise, e.Constants) {
		if wrong := number.wrong(); wrong != "" {
			h.fail(at, "This can’t be: "+wrong+".", number.where, number.name)
		}
	}
	for name, words := range map[string]string{"absent": e.Scale.Absent, "instruction": e.Scale.Instruction} {
		h.line(at, words, longestScaleText, true, "scale", name)
	}
	h.line(at, e.Scale.Between.Two, longestScaleText, true, "scale", "between", "2")
	h.line(at, e.Scale.Between.Four, longestScaleText, true, "scale", "between", "4")
	for i, section := range e.Competencies {
		h.checkSection(at, e, i, section)
	}
	if e.LookingBack == nil {
		return
	}
	if !h.seen["finished "+e.LookingBack.Earlier] || e.LookingBack.Earlier == e.ID {
		h.fail(at, "No assessment before it has this id.", "looking_back", "earlier")
	}
	if len(e.LookingBack.Levels()) == 0 {
		h.fail(at, "This looks back at nothing.", "looking_back")
	}
}

func (h *historyReader) checkSection(at place, e *ExportedAssessment, number int, section ExportedSection) {
	path := func(rest ...any) []any { return append([]any{"competencies", number}, rest...) }
	h.competency(at, section.Competency, path("competency")...)
	if section.Target < measure.LowestLevel || section.Target > measure.HighestLevel {
		h.fail(at, fmt.Sprintf("A target is from %d to %d.", measure.LowestLevel, measure.HighestLevel), path("target")...)
	}
	if section.Importance < 1 || section.Importance > 3 {
		h.fail(at, "An importance is from 1 to 3.", path("importance")...)
	}
	for i, answer := range section.Answers {
		path := func(rest ...any) []any { return append(path("answers", i), rest...) }
		if answer.Level != nil && !model.Level(*answer.Level).Scored() {
			h.fail(at, fmt.Sprintf("A level is from %d to %d.", measure.LowestLevel, measure.HighestLevel), path("level")...)
		}
		if (answer.Level != nil) != (answer.State == AnsweredState) {
			h.fail(at, inWords(string(answer.State))+" doesn’t go with the level.", path("state")...)
		}
		h.text(at, answer.Note, model.NoteLimit, false, path("note")...)
		if answer.Note == "" && !answer.WrittenAt.IsZero() {
			h.fail(at, "There is no note that was written then.", path("written_at")...)
		}
		if !answer.WrittenAt.IsZero() {
			h.moment(at, answer.WrittenAt, firstMoment, path("written_at")...)
		}
		if answer.Seconds < 0 || answer.Seconds > mostSecondsSpent {
			h.fail(at, "Nobody spends that long on a question.", path("seconds_spent")...)
		}
		if answer.ItemHash != answer.Item.Hash() {
			h.fail(at, "The words of this question were changed since it was exported: its hash doesn’t fit them.", path("item_hash")...)
		}
	}
}

// AssessmentDiffers names in what an assessment of a file differs from the one that is here. What is worked out from the
// answers is no part of either.
func AssessmentDiffers(own, file model.Answered) []string {
	var d differing
	one, other := own.Assessment, file.Assessment
	d.unless(one.Name == other.Name, "name")
	d.unless(one.PeriodStart.Equal(other.PeriodStart) && one.PeriodEnd.Equal(other.PeriodEnd) &&
		one.StartedAt.Equal(other.StartedAt) && one.FinishedAt.Equal(other.FinishedAt), "days")
	d.unless(one.QuestionnaireID == other.QuestionnaireID && one.QuestionnaireVersion == other.QuestionnaireVersion &&
		one.QuestionnaireName == other.QuestionnaireName && one.Scope == other.Scope && one.Craft == other.Craft &&
		one.Form == other.Form && one.Scale.Hash() == other.Scale.Hash(), "questionnaire")
	d.unless(one.Noise == other.Noise && one.Constants == other.Constants, "measures")
	d.unless(len(one.Sections) == len(other.Sections), "questions")
	for i := range min(len(one.Sections), len(other.Sections)) {
		here, there := one.Sections[i], other.Sections[i]
		d.unless(here.Target == there.Target && here.Importance == there.Importance, "targets")
		d.unless(here.Rubric.Hash() == there.Rubric.Hash() && slices.EqualFunc(here.Items, there.Items, func(one, other model.Item) bool {
			return one.Hash() == other.Hash()
		}), "questions")
		for _, item := range there.Items {
			said, read := own.Answers.Get(item.ID), file.Answers.Get(item.ID)
			d.unless(said.Level == read.Level && said.Spent == read.Spent, "answers")
			d.unless(said.Note == read.Note && (read.Note == "" || read.UpdatedAt.IsZero() || said.UpdatedAt.Equal(read.UpdatedAt)), "notes")
		}
	}
	d.unless(sameLookBack(own.Rerating, file.Rerating), "look back")
	return d
}
