package results_test

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/report"
	"whetstone/views/kit"
	"whetstone/views/kit/kittest"
	"whetstone/views/results"
)

var shipped = sync.OnceValues(func() (*questionnaire.Library, error) { return questionnaire.Load(data.Files) })

// workedExample are the answers of the worked example, by competency, and workedTargets its targets and importances.
var (
	workedExample = map[string]string{
		"debt": "223", "roadmap": "332", "tradeoffs": "3343", "design": "343", "learning": "3233", "ownership": "443",
		"authenticity": "434", "systems": "444", "credibility": "444", "coaching": "445", "vision": "333", "bridge": "443",
	}
	workedTargets = map[string]model.Target{
		"debt": {Value: 3.5, Importance: 3}, "roadmap": {Value: 3.5, Importance: 2}, "tradeoffs": {Value: 3.5, Importance: 3},
		"design": {Value: 3.5, Importance: 3}, "learning": {Value: 3, Importance: 2}, "ownership": {Value: 3.5, Importance: 2},
		"authenticity": {Value: 3.5, Importance: 2}, "systems": {Value: 3.5, Importance: 3}, "credibility": {Value: 3.5, Importance: 3},
		"coaching": {Value: 3.5, Importance: 3}, "vision": {Value: 3, Importance: 1}, "bridge": {Value: 3, Importance: 2},
	}
)

// answered is an assessment to be read by the real code: the worked example, until it is changed.
type answered struct {
	assessment *model.Assessment
	answers    model.Answers
}

// workedOut is the worked example with other answers for some competencies; "" for none, "0" for one that did not come
// up.
func workedOut(t *testing.T, form model.Form, others map[string]string) answered {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	levels := maps.Clone(workedExample)
	maps.Copy(levels, others)
	q, _ := library.Questionnaire("first-team")
	asked := q.For("software")
	s := answered{answers: model.Answers{}, assessment: &model.Assessment{
		ID: "one", QuestionnaireID: q.ID, QuestionnaireName: q.Name, Scope: q.Scope, Craft: "software", Form: form,
		PeriodStart: month(time.September), PeriodEnd: month(time.November), FinishedAt: month(time.November), State: model.Complete,
		Scale: q.Scale, Constants: measure.Defaults(), Noise: measure.Defaults().PriorNoise(),
	}}
	for _, section := range asked.Sections {
		if form == model.PulseForm {
			section.Items = slices.DeleteFunc(slices.Clone(section.Items), func(item model.Item) bool { return item.ID != section.Pulse })
		}
		target := workedTargets[section.Competency]
		section.Target, section.Importance = target.Value, target.Importance
		given := levels[section.Competency]
		for i, item := range section.Items {
			if i < len(given) {
				s.answers[item.ID] = model.Answer{Item: item.ID, Level: model.Level(given[i] - '0')}
			}
		}
		s.assessment.Sections = append(s.assessment.Sections, section)
	}
	return s
}

// note puts a note to an answer, by its competency and number from 0.
func (s answered) note(t *testing.T, competency string, number int, note string) {
	t.Helper()
	section, _ := s.assessment.Section(competency)
	answer := s.answers[section.Items[number].ID]
	answer.Note = note
	s.answers[answer.Item] = answer
}

// result is what the assessment says.
func (s answered) result(t *testing.T) *model.Result {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	reports := report.Reports{Library: library}
	return reports.WithPractices(reports.Result(s.assessment, s.answers))
}

// page is the result as its manager sees it.
func page(t *testing.T, r *model.Result) string {
	t.Helper()
	props, err := results.Charts(r)
	if err != nil {
		t.Fatal(err)
	}
	return kittest.Text(t, results.ResultContent(kit.Page{}, props))
}

// alike are answers of one level to everything.
func alike(levels string) map[string]string {
	answers := map[string]string{}
	for competency := range workedExample {
		answers[competency] = levels
	}
	return answers
}

// only are answers to these competencies alone.
func only(answered map[string]string) map[string]string {
	answers := alike("")
	maps.Copy(answers, answered)
	return answers
}

// The worked example, read by the code that reads real answers, says on its page what its figures are.
func TestThePageOfTheWorkedExample(t *testing.T) {
	s := workedOut(t, model.FullForm, nil)
	s.note(t, "debt", 0, "the alert that everyone silences")
	s.note(t, "debt", 2, "the old queue is gone")
	s.note(t, "coaching", 2, "the migration review")
	r := s.result(t)
	expect(t, "the finding", results.Headline(r),
		"Start with technical debt: more than 19 chances in 20 that it is below your target, and nothing counts more.")
	expect(t, "technical enough", results.StillTechnical(r),
		"Technical enough for leading a first team? By your own answers about six of the twelve are below your targets, give or take one or two.")
	said := page(t, r)
	for _, want := range []string{
		"Technical debt very likely below, more than 19 in 20 80 % band 1.7 to 2.9 2.3 3.5",
		"Learning could be either, 5 in 10",
		"Systems likely at or above, 3 in 10",
		"Coaching likely at or above, 2 in 10",
		"Bridging very likely at or above, 1 in 10",
		"All together could be either, 5 in 10 80 % band 3.1 to 3.6 3.4 3.4",
		"Direction very likely below, 9 in 10",
		"Likely at or above: 2 chances in 10 that it is below. Every answer was 4 or 5. the migration review",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
	debt, _ := r.Competency("debt")
	lowest := "Your lowest answer, 2: “" + debt.Section.Items[0].Text + "” the alert that everyone silences " + "When " + debt.Practices[0].When
	if !strings.Contains(said, lowest) {
		t.Errorf("%q is not on the page: %s", lowest, said)
	}
	if first := said[:strings.Index(said, "Other ways to read this")]; strings.Contains(first, "the old queue is gone") {
		t.Error("the note of another answer than the lowest stands with it")
	}
	// In the order of importance times expected shortfall.
	last := -1
	for _, name := range []string{"Technical debt very", "Roadmap very", "Trade-offs likely", "Design could", "Learning could", "Ownership could",
		"Authenticity could", "Systems likely", "Credibility likely", "Coaching likely", "Vision likely", "Bridging very"} {
		at := strings.Index(said, name)
		if at < last {
			t.Errorf("%s stands too early on the page", name)
		}
		last = at
	}
}

// A practice that is offered first serves the very answer that is quoted, wherever it is the lowest.
func TestThePracticeServesTheQuotedAnswer(t *testing.T) {
	for number := range 3 {
		levels := []byte("444")
		levels[number] = '1'
		r := workedOut(t, model.FullForm, map[string]string{"debt": string(levels)}).result(t)
		debt, _ := r.Competency("debt")
		if debt.Lowest == nil || debt.Lowest.ID != debt.Section.Items[number].ID {
			t.Fatalf("the lowest answer of %s is %+v", levels, debt.Lowest)
		}
		if !slices.Contains(debt.Practices[0].Serves, debt.Lowest.ID) {
			t.Errorf("%s is answered with %s first, which serves %v", debt.Lowest.ID, debt.Practices[0].ID, debt.Practices[0].Serves)
		}
	}
}

func TestHeadlines(t *testing.T) {
	for name, test := range map[string]struct {
		form    model.Form
		answers map[string]string
		want    string
	}{
		"something else counts more": {model.FullForm, map[string]string{"debt": "444", "roadmap": "111"},
			"Start with roadmap: more than 19 chances in 20 that it is below your target."},
		"everything at 4": {model.FullForm, alike("4444"),
			"Nothing stands out below your targets. The nearest is design, at 1 in 10."},
		"six competencies": {model.FullForm, only(map[string]string{"design": "333", "debt": "222", "roadmap": "33", "vision": "3", "bridge": "44", "learning": "233"}),
			"14 of 38 questions answered. These six competencies can be read roughly; the other six were not answered."},
		"one answer": {model.FullForm, only(map[string]string{"design": "3"}),
			"1 of 38 questions answered. This one competency can be read roughly; the other eleven were not answered."},
		"all but one": {model.PulseForm, map[string]string{"design": ""},
			"Start with technical debt: 8 chances in 10 that it is below your target, and nothing counts more."},
		"nothing on the scale": {model.FullForm, alike("0000"), "No question has an answer from 1 to 5, so there is nothing to read."},
		"a pulse": {model.PulseForm, map[string]string{"debt": "1"},
			"Start with technical debt: more than 19 chances in 20 that it is below your target, and nothing counts more."},
	} {
		expect(t, name, results.Headline(workedOut(t, test.form, test.answers).result(t)), test.want)
	}
}

// What weighs most may be unlikely to lie below, while something that hardly counts is likely to.
func TestTheHeadlineOfWhatHardlyCounts(t *testing.T) {
	answers := alike("4444")
	answers["coaching"], answers["vision"] = "555", "434"
	s := workedOut(t, model.FullForm, answers)
	for i := range s.assessment.Sections {
		section := &s.assessment.Sections[i]
		section.Target, section.Importance = 4, 3
		if section.Competency == "vision" {
			section.Importance = 1
		}
	}
	r := s.result(t)
	expect(t, "the headline", results.Headline(r), "Nothing that counts much stands out below your targets. The likeliest below is vision, at 7 in 10.")
}

func TestStillTechnical(t *testing.T) {
	const asked = "Technical enough for leading a first team? By your own answers "
	for want, answers := range map[string]map[string]string{
		asked + "none of the twelve is below your targets, or perhaps one.":                                   alike("5555"),
		asked + "all of the twelve are below your targets, or perhaps all but one.":                           alike("1111"),
		asked + "about one of the twelve is below your targets, give or take one.":                            alike("4444"),
		asked + "about four of the eleven that you answered are below your targets, give or take one or two.": {"debt": ""},
		"How likely a competency lies below its target is said once six competencies have answers.":           only(map[string]string{"debt": "222"}),
		"An answer from 1 to 5 is needed before anything can be read.":                                        alike("0000"),
	} {
		expect(t, "technical enough", results.StillTechnical(workedOut(t, model.FullForm, answers).result(t)), want)
	}
	for name, answers := range map[string]map[string]string{"high": alike("4444"), "mixed": nil, "low": alike("1111"), "few": only(map[string]string{"debt": "222"})} {
		if said := page(t, workedOut(t, model.FullForm, answers).result(t)); strings.Contains(said, "Nothing here says that you aren") {
			t.Errorf("%s answers are told that nothing says they aren't", name)
		}
	}
}

// A pulse reads the same way: each answer with its chance, no score and no band.
func TestThePageOfAPulse(t *testing.T) {
	r := workedOut(t, model.PulseForm, map[string]string{"debt": "1"}).result(t)
	said := page(t, r)
	debt, _ := r.Competency("debt")
	for _, want := range []string{
		"Read roughly: one question each", "Technical debt very likely below, more than 19 in 20 one answer: 1 3.5",
		"Technical debt one answer, target 3.5 Your answer, 1: “" + debt.Section.Items[0].Text + "”",
		"Where you answered 1 Technical debt " + debt.Section.Items[0].Text,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
	if strings.Contains(said, "As a radar") {
		t.Error("a pulse, which scores no competency, has a radar of them")
	}
}

// Where nothing stands out the page says so, and offers all the same.
func TestNothingStandsOutAndStillOffers(t *testing.T) {
	r := workedOut(t, model.FullForm, alike("4444")).result(t)
	said := page(t, r)
	if !strings.Contains(said, "Nothing stands out. If you look for something to work on, these are the nearest.") || strings.Count(said, "You would notice:") != 9 {
		t.Errorf("the page says %s", said)
	}
}

// With few competencies answered, those that were are offered by how far below their targets they lie; one at its target is not.
func TestWhereToLookWithFewAnswers(t *testing.T) {
	r := workedOut(t, model.FullForm, only(map[string]string{"design": "333", "debt": "222", "coaching": "555"})).result(t)
	said := page(t, r)
	if got := strings.Join(r.LookFirst, " "); got != "debt design coaching" {
		t.Errorf("to look first: %s", got)
	}
	for _, want := range []string{"Technical debt 2.0, target 3.5 Every answer was 2, this one too:", "Design 3.0, target 3.5", "What carries you Coaching 5.0, target 3.5 Every answer was 5."} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
	if strings.Contains(said, "in 10") {
		t.Errorf("a chance is said of three competencies: %s", said)
	}
}

// Every answer at 1 stands in one place, also where its competency's score is high.
func TestAnswersAtOne(t *testing.T) {
	s := workedOut(t, model.FullForm, map[string]string{"coaching": "551", "learning": "1555"})
	s.note(t, "coaching", 2, "when it burned")
	r := s.result(t)
	said := page(t, r)
	coaching, _ := r.Competency("coaching")
	learning, _ := r.Competency("learning")
	want := "Where you answered 1 Coaching " + coaching.Section.Items[2].Text + " when it burned Learning " + learning.Section.Items[0].Text
	if !strings.Contains(said, want) {
		t.Errorf("%q is not on the page: %s", want, said)
	}
}

// An assessment that was finished before chances came is read by its bands, and says so.
func TestAnEarlierAssessmentKeepsItsRule(t *testing.T) {
	s := workedOut(t, model.FullForm, nil)
	s.assessment.Constants.CompetencySpreadVariance, s.assessment.Constants.PersonItemVariance = 0, 0
	r := s.result(t)
	expect(t, "the finding", results.Headline(r), "Start with technical debt, at 2.3 where 3.5 is the target.")
	expect(t, "technical enough", results.StillTechnical(r),
		"Technical enough for leading a first team? Against your targets, by the bands: two below, two above and eight too close to call.")
	said := page(t, r)
	for _, want := range []string{"Technical debt below your target", "Bridging above your target", "Design too close to call", "finished before chances were said here"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
	if strings.Contains(said, "in 10") {
		t.Errorf("a chance is said: %s", said)
	}
	even := workedOut(t, model.FullForm, alike("3333"))
	even.assessment.Constants = s.assessment.Constants
	expect(t, "no gap", results.Headline(even.result(t)), "Nothing lies clearly below your targets; twelve are too close to call.")
	pulse := workedOut(t, model.PulseForm, nil)
	pulse.assessment.Constants = s.assessment.Constants
	expect(t, "a pulse", results.Headline(pulse.result(t)), "All together, this pulse stands at 3.4.")
}

// What changed of the targets stands in a table, and the finding is the same as ever.
func TestAChangeOfScopeStandsBelowTheChart(t *testing.T) {
	r := workedOut(t, model.FullForm, nil).result(t)
	within := noise()
	within.Change.Shared = 12
	r.Whole.Judgement = &within
	r.Previous = &model.Previous{
		Assessment: &model.Assessment{QuestionnaireName: "Considering it", Scope: "considering", PeriodEnd: month(time.March)}, ScopeChanged: true,
		Targets: []model.TargetChange{{Competency: "vision", Name: "Vision", From: 2.5, To: 3}},
	}
	said := page(t, r)
	chart, change := strings.Index(said, "Where you stand"), strings.Index(said, "The scope changed from")
	if chart < 0 || change < chart {
		t.Errorf("the change of scope stands before the chart: %s", said)
	}
	if !strings.Contains(said, "One target differs from those of then That is a change of the target, not of you. Competency Target then Target now Vision 2.5 3.0") {
		t.Errorf("the targets' change is not in a table: %s", said)
	}
}

// What certainly moved stands at the top in a few words, however much it is; noise does not.
func TestWhatMovedStandsAtTheTop(t *testing.T) {
	for want, r := range map[string]*model.Result{
		"": since(full(nil), noise()),
		"Since March 2026: Judgement rose by a whole level.": since(full(nil), noise(), moved(measure.Changed, 1), moved(measure.Possible, 1)),
		"Since March 2026: the whole and two more moved.":    since(full(nil), moved(measure.Changed, 1), moved(measure.Changed, 1), moved(measure.Changed, -1)),
	} {
		expect(t, "at the top", results.Moved(r), want)
	}
	expect(t, "the first", results.Moved(full(nil)), "")
}

// One sheet for a conversation has what can be shown around: no notes.
func TestOnePage(t *testing.T) {
	s := workedOut(t, model.FullForm, nil)
	s.note(t, "debt", 0, "the alert that everyone silences")
	r := s.result(t)
	said := kittest.Text(t, results.OnePage(kit.Page{}, r))
	debt, _ := r.Competency("debt")
	roadmap, _ := r.Competency("roadmap")
	for _, want := range []string{
		"Name, if you like", "finished on 24 November 2026", results.Headline(r), "Direction very likely below, 9 in 10",
		"Technical debt , 2.3, target 3.5: very likely below, more than 19 in 20. Your lowest answer, 2: “" + debt.Section.Items[0].Text,
		debt.Practices[0].Text, roadmap.Practices[0].Text, "Nothing of this yet",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
	if strings.Contains(said, "silences") {
		t.Error("a note goes onto the sheet")
	}
}

func TestHindsightClaimsNoReason(t *testing.T) {
	section := func(verdict measure.Verdict, by float64) model.ReratedSection {
		judgement := moved(verdict, by)
		return model.ReratedSection{Judgement: &judgement}
	}
	for want, one := range map[string]model.ReratedSection{
		"Too few of these questions were answered both times to tell.":                                                                                             {},
		"You see those months much as you did then: what differs is too small to tell.":                                                                            section(measure.WithinNoise, -0.3),
		"You now rate those months lower than you did then, by more than re-answering explains. A standard that moved would look like this, and so would memory.":  section(measure.Changed, -1),
		"You now rate those months higher than you did then, by more than re-answering explains. A standard that moved would look like this, and so would memory.": section(measure.Changed, 1),
		"You may see those months a little lower now than you did then; re-answering could still explain it.":                                                      section(measure.Possible, -0.6),
	} {
		expect(t, "a look back", results.HindsightWords(one), want)
	}
}
