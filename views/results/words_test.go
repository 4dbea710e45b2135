package results_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/views/kit"
	"whetstone/views/results"
)

// names are the twelve competencies, by id, in the model's order.
var names = [][2]string{
	{"design", "Design"}, {"tradeoffs", "Trade-offs"}, {"systems", "Systems"},
	{"roadmap", "Roadmap"}, {"debt", "Technical debt"}, {"vision", "Vision"},
	{"bridge", "Bridging"}, {"coaching", "Coaching"}, {"ownership", "Ownership"},
	{"credibility", "Credibility"}, {"authenticity", "Authenticity"}, {"learning", "Learning"},
}

// full is a first, full assessment in which every competency scores its level, 3 where none is named;
// a level of 0 is an unknown score. Targets stand at 3.5, bands reach 0.6 to each side.
func full(scores map[string]float64) *model.Result {
	r := &model.Result{
		Assessment: &model.Assessment{Form: model.FullForm, Scope: "first-team", PeriodEnd: month(time.November), Constants: measure.Defaults()},
		Scope:      questionnaire.Scope{ID: "first-team", Name: "Leading a first team", InText: "leading a first team"},
		Answers:    model.Answers{},
	}
	r.Whole.ID, r.Whole.Name = model.WholeID, model.WholeName
	for _, area := range []string{"Judgement", "Direction", "People", "Self"} {
		r.Areas = append(r.Areas, model.GroupResult{ID: strings.ToLower(area), Name: area})
	}
	for _, name := range names {
		value, named := scores[name[0]]
		if !named {
			value = 3
		}
		c := model.CompetencyResult{GroupResult: model.GroupResult{ID: name[0], Name: name[1]}}
		c.Section.Target, c.Section.Importance = 3.5, 1
		c.Score = measure.Score{Known: value > 0, Value: value, Lower: value - 0.6, Upper: value + 0.6, Answered: 3, Asked: 3}
		if value == 0 {
			c.Score.Answered = 0
		}
		c.Standing = c.Score.Standing(c.Section.Target)
		r.Whole.Score.Answered += c.Score.Answered
		r.Whole.Score.Asked += c.Score.Asked
		r.Competencies = append(r.Competencies, c)
	}
	r.Whole.Score.Known, r.Whole.Score.Value = true, 3.2
	return r
}

// pulse is a first pulse: one question a competency, of which answered were answered.
func pulse(answered int) *model.Result {
	r := full(nil)
	r.Assessment.Form = model.PulseForm
	for i := range r.Competencies {
		r.Competencies[i].Score, r.Competencies[i].Standing = measure.Score{Asked: 1}, measure.Unknown
	}
	r.Whole.Score.Answered, r.Whole.Score.Asked = answered, 12
	r.Whole.Score.Known = answered >= 5
	return r
}

func month(m time.Month) time.Time { return time.Date(2026, m, 24, 0, 0, 0, 0, time.UTC) }

// since compares a result with an assessment in March: the whole first, then as many areas as are given.
// Areas that are not given have not moved.
func since(r *model.Result, whole measure.Judgement, areas ...measure.Judgement) *model.Result {
	r.Previous = &model.Previous{Assessment: &model.Assessment{Scope: "first-team", PeriodEnd: month(time.March)}, Shared: whole.Change.Shared}
	r.Whole.Judgement = &whole
	for i := range r.Areas {
		judgement := noise()
		if i < len(areas) {
			judgement = areas[i]
		}
		r.Areas[i].Judgement = &judgement
	}
	return r
}

func noise() measure.Judgement {
	return measure.Judgement{Verdict: measure.WithinNoise, Change: measure.Change{Shared: 36, MeanChange: 0.2}}
}

func moved(verdict measure.Verdict, by float64) measure.Judgement {
	direction := measure.Rose
	if math.Signbit(by) {
		direction = measure.Fell
	}
	return measure.Judgement{Verdict: verdict, Direction: direction, Change: measure.Change{Shared: 12, MeanChange: by}}
}

func incomparable(obstacle measure.Obstacle, shared int) measure.Judgement {
	return measure.Judgement{Verdict: measure.NotComparable, Obstacle: obstacle, Change: measure.Change{Shared: shared, P: 1}}
}

// expect compares the words with those that are wanted.
func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\ngot  %s\nwant %s", what, got, want)
	}
}

func TestSinceLastRespectsNoise(t *testing.T) {
	few, small := incomparable(measure.TooFewShared, 11), incomparable(measure.TooSmallShare, 15)
	for name, test := range map[string]struct {
		result *model.Result
		want   string
	}{
		"the first": {full(nil), ""},
		"noise": {since(full(nil), noise()),
			"Compared with March 2026, nothing has moved beyond what re-answering alone would do."},
		"a real rise": {since(full(nil), noise(), moved(measure.Changed, 1.02)),
			"Compared with March 2026, Judgement rose by a whole level: more than noise explains."},
		"a real fall": {since(full(nil), moved(measure.Changed, -0.52), noise(), moved(measure.Changed, -0.73)),
			"Compared with March 2026, Direction fell by 0.7 and the whole fell by half a level: more than noise explains."},
		"a possible fall": {since(full(nil), noise(), noise(), moved(measure.Possible, -0.8)),
			"Compared with March 2026, Direction may have fallen by 0.8; noise could still explain it."},
		"a pulse with an answer missing": {since(full(nil), few),
			"As a whole this can’t be compared with March 2026: 11 questions were answered both times, and the whole needs 12. " +
				"In the areas that can be compared, nothing has moved beyond noise."},
		"enough shared, but a small part": {since(full(nil), small, small, small, small, small),
			"As a whole this can’t be compared with March 2026: 15 questions were answered both times, and the whole needs 60 % of the questions."},
		"an area moved beside a whole that can't be compared": {since(full(nil), few, moved(measure.Changed, 1)),
			"Compared with March 2026, Judgement rose by a whole level: more than noise explains."},
	} {
		expect(t, name, results.SinceLast(test.result), test.want)
	}
}

func TestSinceLastAfterAChangeOfScope(t *testing.T) {
	const start = "The scope changed from “Leading a first team” to “Leading several teams”, so a new line starts beside the old one. "
	within := noise()
	within.Change.Shared = 12
	for want, whole := range map[string]measure.Judgement{
		start + "On the twelve questions that both share, nothing moved beyond noise.": within,
		start + "On the twelve questions that both share, you rose by a whole level.":  moved(measure.Changed, 1),
		start + "On the twelve questions that both share, you may have fallen by 0.7.": moved(measure.Possible, -0.7),
		start + "The two assessments share 1 answered question, too few to compare.":   incomparable(measure.TooFewShared, 1),
	} {
		r := full(nil)
		r.Assessment.QuestionnaireName = "Leading several teams"
		r.Previous = &model.Previous{Assessment: &model.Assessment{QuestionnaireName: "Leading a first team", PeriodEnd: month(time.March)}, ScopeChanged: true}
		r.Whole.Judgement = &whole
		expect(t, "another scope", results.SinceLast(r), want)
	}
}

func TestChangedTargetsAreSaidApartFromThePerson(t *testing.T) {
	r := since(full(nil), noise())
	expect(t, "no target changed", results.TargetChanges(r), "")
	r.Previous.Targets = []model.TargetChange{{Competency: "vision", Name: "Vision", From: 3, To: 3.5}}
	expect(t, "one target", results.TargetChanges(r), "The target is higher for vision (3.0 to 3.5). That is a change of the target, not of you.")
	r.Previous.Targets = append(r.Previous.Targets,
		model.TargetChange{Competency: "debt", Name: "Technical debt", From: 3.5, To: 3},
		model.TargetChange{Competency: "bridge", Name: "Bridging", From: 3, To: 4})
	expect(t, "several", results.TargetChanges(r),
		"The target is higher for vision (3.0 to 3.5) and bridging (3.0 to 4.0), and lower for technical debt (3.5 to 3.0). That is a change of the target, not of you.")
	expect(t, "the first", results.TargetChanges(full(nil)), "")
}

func TestVerdictInATable(t *testing.T) {
	within := noise()
	few, one, small := incomparable(measure.TooFewShared, 0), incomparable(measure.TooFewShared, 1), incomparable(measure.TooSmallShare, 15)
	rise, fall := moved(measure.Changed, 0.5), moved(measure.Possible, -0.3)
	for want, judgement := range map[string]*measure.Judgement{
		"not compared":                         nil,
		"too small to tell":                    &within,
		"rose by half a level":                 &rise,
		"may have fallen by 0.3":               &fall,
		"not comparable: 0 shared answers":     &few,
		"not comparable: 1 shared answer":      &one,
		"not comparable: too little in common": &small,
	} {
		expect(t, "a verdict", kit.Verdict(judgement), want)
	}
}

// Noise has neither an arrow nor a direction, however large or small it came out.
func TestNoiseHasNoDirection(t *testing.T) {
	for _, by := range []float64{-0.6, -0.01, 0, 0.01, 0.6} {
		within := noise()
		within.Change.MeanChange = by
		r := since(full(nil), within, within, within, within, within)
		p := since(pulse(12), within, within, within, within, within)
		for _, text := range []string{kit.Verdict(&within), results.SinceLast(r), results.Headline(p), results.SinceLast(p), results.Headline(r)} {
			if strings.ContainsAny(text, "↑↓→←↗↘▲▼△▽+") {
				t.Errorf("an arrow for a change of %v: %q", by, text)
			}
			for _, word := range []string{"rose", "risen", "fell", "fallen", "level"} {
				if strings.Contains(text, word) {
					t.Errorf("a direction for a change of %v: %q", by, text)
				}
			}
		}
	}
}

func TestDatesAndCoverage(t *testing.T) {
	a := &model.Assessment{PeriodStart: month(time.September)}
	expect(t, "a draft's period", kit.Period(a), "since 24 September 2026")
	a.PeriodEnd = month(time.November)
	expect(t, "a period", kit.Period(a), "24 September to 24 November 2026")
	a.PeriodEnd = a.PeriodEnd.AddDate(0, 2, 0)
	sameDay := *a
	sameDay.PeriodStart = sameDay.PeriodEnd
	expect(t, "a period of one day", kit.Period(&sameDay), model.LongDay(a.PeriodEnd))
	expect(t, "a period over New Year", kit.Period(a), "24 September 2026 to 24 January 2027")
	expect(t, "coverage", kit.Coverage(measure.Score{Answered: 34, Asked: 36}), "34 of 36 answered")
}
