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
	r.Whole.Name = "All together"
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
		switch c.Standing {
		case measure.Above:
			r.Strengths = append(r.Strengths, c.ID)
		case measure.Below:
			r.Gaps = append(r.Gaps, c.ID)
		}
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
	r.Strengths, r.Gaps = nil, nil
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

func TestHeadlineOfAFullAssessment(t *testing.T) {
	for name, test := range map[string]struct {
		scores map[string]float64
		want   string
	}{
		"a strength and a gap": {map[string]float64{"coaching": 4.7, "debt": 2.3},
			"Coaching is your clearest strength; the gap that matters most is technical debt, at 2.3 where 3.5 is the target."},
		"a gap": {map[string]float64{"debt": 2.3},
			"The gap that matters most for leading a first team is technical debt, at 2.3 where 3.5 is the target."},
		"a strength": {map[string]float64{"coaching": 4.7},
			"Coaching is your clearest strength, and no competency is clearly below its target."},
		"nothing certain": {nil,
			"No competency is clearly above or below its target; twelve are too close to call."},
		"little answered": {map[string]float64{"roadmap": 0, "vision": 0, "bridge": 0, "ownership": 0, "credibility": 0, "authenticity": 0, "learning": 0},
			"15 of 36 questions answered: five competencies can be read so far."},
	} {
		expect(t, name, results.Headline(full(test.scores)), test.want)
	}
	none := full(nil)
	for i := range none.Competencies {
		none.Competencies[i].Standing = measure.Unknown
	}
	none.Whole.Score.Answered = 9
	expect(t, "too little answered", results.Headline(none), "9 of 36 questions answered: too few for any competency to be read.")
}

func TestHeadlineOfAPulse(t *testing.T) {
	for want, r := range map[string]*model.Result{
		"All together, this pulse stands at 3.2; a full assessment tells the competencies apart.": pulse(12),
		"4 of 12 questions answered: too few for a pulse to be read.":                             pulse(4),
		"This pulse shows nothing beyond what re-answering alone would do.":                       since(pulse(12), noise()),
		"Since March 2026, Judgement rose by a whole level.":                                      since(pulse(12), noise(), moved(measure.Changed, 1)),
	} {
		expect(t, "a pulse", results.Headline(r), want)
	}
	// What can't be compared has not been found unmoved.
	few := incomparable(measure.TooFewShared, 2)
	expect(t, "a pulse with nothing to compare", results.Headline(since(pulse(6), few, few, few, few, few)),
		"All together, this pulse stands at 3.2; a full assessment tells the competencies apart.")
	expect(t, "a pulse with areas to compare", results.Headline(since(pulse(11), few)),
		"In the areas that can be compared, this pulse shows nothing beyond what re-answering alone would do.")
}

func TestStillTechnicalAnswersInCounts(t *testing.T) {
	const asked = "Technical enough for leading a first team? "
	for want, standings := range map[string][4]int{ // above, below, open, unknown
		"Yes, by the targets that you set yourself. Of twelve competencies, twelve above the target.":                                                                                       {12, 0, 0, 0},
		"Nothing here says that you aren't. Of eleven competencies, eleven above the target; one competency with too few answers to read.":                                                  {11, 0, 0, 1},
		"Nothing here says that you aren't. Of twelve competencies, eight above the target and four too close to call.":                                                                     {8, 0, 4, 0},
		"Mostly too close to call; nothing here says that you aren't. Of eleven competencies, one above the target and ten too close to call; one competency with too few answers to read.": {1, 0, 10, 1},
		"Too close to call; nothing here says that you aren't. Of twelve competencies, twelve too close to call.":                                                                           {0, 0, 12, 0},
		"Mostly too close to call, with a gap to work on. Of twelve competencies, one below the target and eleven too close to call.":                                                       {0, 1, 11, 0},
		"Mostly too close to call, with a gap to work on. Of twelve competencies, one above the target, one below it and ten too close to call.":                                            {1, 1, 10, 0},
		"Mostly too close to call, with gaps to work on. Of twelve competencies, three below the target and nine too close to call.":                                                        {0, 3, 9, 0},
		"In most of it, with a gap to work on. Of twelve competencies, nine above the target, one below it and two too close to call.":                                                      {9, 1, 2, 0},
		"In most of it, with gaps to work on. Of twelve competencies, seven above the target and five below it.":                                                                            {7, 5, 0, 0},
		"In part, with gaps to work on. Of twelve competencies, three above the target, four below it and five too close to call.":                                                          {3, 4, 5, 0},
		"In part, with a gap to work on. Of three competencies, one above the target, one below it and one too close to call.":                                                              {1, 1, 1, 0},
		"Not yet, by the targets that you set yourself. Of twelve competencies, six below the target and six too close to call.":                                                            {0, 6, 6, 0},
		"Not yet, by the targets that you set yourself. Of twelve competencies, two above the target, eight below it and two too close to call.":                                            {2, 8, 2, 0},
		"Too little is answered to say. Of five competencies, five too close to call; seven competencies with too few answers to read.":                                                     {0, 0, 5, 7},
	} {
		r := full(nil)
		r.Competencies = nil
		for i, standing := range []measure.Standing{measure.Above, measure.Below, measure.Open, measure.Unknown} {
			for range standings[i] {
				r.Competencies = append(r.Competencies, model.CompetencyResult{Standing: standing})
			}
		}
		expect(t, "counts", results.StillTechnical(r), asked+want)
	}
	if got := results.StillTechnical(pulse(12)); !strings.Contains(got, "nothing of a single competency") {
		t.Errorf("a pulse answers %q", got)
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
			"As a whole this can't be compared with March 2026: 11 questions were answered both times, and the whole needs 12. " +
				"In the areas that can be compared, nothing has moved beyond what re-answering alone would do."},
		"enough shared, but a small part": {since(full(nil), small, small, small, small, small),
			"As a whole this can't be compared with March 2026: 15 questions were answered both times, and the whole needs 60% of the questions."},
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

func TestWhyNamesTheItemThatPulledFurthest(t *testing.T) {
	r := full(map[string]float64{"debt": 2, "coaching": 4.6})
	find := func(id string) model.CompetencyResult {
		c, _ := r.Competency(id)
		c.Section.Items = []model.Item{{ID: id + ".1", Text: "I ask."}, {ID: id + ".2", Text: "I listen."}, {ID: id + ".3", Text: "I wait."}}
		return c
	}
	expect(t, "nothing answered", results.Why(r, find("debt")), "")
	for item, answer := range map[string]model.Answer{
		"debt.1": {Level: model.Absent, Note: ""}, "debt.2": {Level: 3, Note: "the shared build"}, "debt.3": {Level: 1},
		"coaching.1": {Level: 4}, "coaching.2": {Level: 5}, "coaching.3": {Level: 5},
	} {
		answer.Item = item
		r.Answers[item] = answer
	}
	expect(t, "a gap", results.Why(r, find("debt")), "Lowest, at 1, where the question was: “I wait.”")
	expect(t, "a strength", results.Why(r, find("coaching")), "Highest, at 5, where the question was: “I listen.”")
	expect(t, "its note", results.NoteOf(r, find("debt")), "the shared build")
	expect(t, "no note", results.NoteOf(r, find("coaching")), "")
	for _, item := range []string{"debt.1", "debt.2", "debt.3"} {
		r.Answers[item] = model.Answer{Item: item, Level: 2}
	}
	expect(t, "all alike", results.Why(r, find("debt")), "Every answer was at 2.")
}

func TestOpenOnesSayWhatWouldNarrowThem(t *testing.T) {
	const last = "Few answers leave a wide band. Another full assessment of the same questions shows how much your own answers vary, which narrows the bands of someone who answers steadily."
	r := full(map[string]float64{"roadmap": 3.9, "design": 3.4, "vision": 2})
	for i := range r.Competencies {
		switch r.Competencies[i].ID {
		case "design", "roadmap", "vision":
		case "debt":
			r.Competencies[i].Score.Answered = 2
		case "learning":
			r.Competencies[i].Standing, r.Competencies[i].Score.Answered = measure.Unknown, 1
		default:
			r.Competencies[i].Score.Value = 3.5
		}
	}
	expect(t, "open ones", results.OpenOnes(r),
		"Technical debt leans low. Roadmap leans high. Not every question was answered for technical debt and learning; answering them next time would narrow it. "+last)
	expect(t, "most lean one way", results.OpenOnes(full(map[string]float64{"design": 3.5})),
		"Trade-offs, systems, roadmap, technical debt, vision, bridging, coaching, ownership, credibility, authenticity and learning lean low. "+last)
	// The noise is the manager's own by now: nothing is promised of the next time that holds already.
	own := full(map[string]float64{"design": 2})
	own.Assessment.Noise = measure.Noise{ItemVariance: 0.5, Degrees: own.Assessment.Constants.PriorDegrees + 24}
	if got := results.OpenOnes(own); strings.Contains(got, "Another full assessment") || !strings.HasSuffix(got, "even where it rests, as here, on how much your own answers vary.") {
		t.Errorf("with noise of one's own: %s", got)
	}
}

func TestDatesAndCoverage(t *testing.T) {
	a := &model.Assessment{PeriodStart: month(time.September)}
	expect(t, "a draft's period", kit.Period(a), "since 24 September 2026")
	a.PeriodEnd = month(time.November)
	expect(t, "a period", kit.Period(a), "24 September to 24 November 2026")
	a.PeriodEnd = a.PeriodEnd.AddDate(0, 2, 0)
	expect(t, "a period over New Year", kit.Period(a), "24 September 2026 to 24 January 2027")
	expect(t, "coverage", kit.Coverage(measure.Score{Answered: 34, Asked: 36}), "34 of 36 answered")
}
