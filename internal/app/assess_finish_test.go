package app_test

import (
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// varied are answers that nobody calls careless.
var varied = levels{"": {3}, "design": {4, 2, 3}, "systems": {4, 4, 2}, "debt": {2, 1, 2}, "coaching": {5, 4, 5}, "vision": {2, 2, 4}}

func TestReviewShowsTheWholeDraft(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.answer(id, levels{"": {3}, "design": {5, model.Absent, model.Blank}, "debt": {2, 1, 2}, "vision": {2}, "coaching": {5}})
	review := must(w.Review(t.Context(), w.manager, id))(t)
	if review.Scored != 36 || review.Given != 37 || review.Asked != 38 || review.Next != "design" {
		t.Errorf("scored %d, given %d of %d, next %q", review.Scored, review.Given, review.Asked, review.Next)
	}
	if review.Answers.Get(hardToUndo).Level != 5 || len(review.Careless) != 0 {
		t.Errorf("answers %+v, careless %v", review.Answers.Get(hardToUndo), review.Careless)
	}
}

func TestCarelessAnswersAreAskedAboutOnce(t *testing.T) {
	for reason, test := range map[measure.CarelessReason]struct {
		given levels
		each  time.Duration
		// before is what was answered a quarter earlier, if anything.
		before levels
	}{
		measure.IdenticalAnswers: {levels{"": {4}}, 30 * time.Second, nil},
		measure.FastAnswers:      {varied, time.Second, nil},
		measure.CopiedAnswers:    {varied, 30 * time.Second, varied},
	} {
		t.Run(string(reason), func(t *testing.T) {
			w := newWorld(t)
			if test.before != nil {
				w.sit("first-team", model.FullForm, test.before)
			}
			id := w.start("first-team", model.FullForm)
			w.answerIn(id, test.given, test.each)
			review := must(w.Review(t.Context(), w.manager, id))(t)
			if !slices.Equal(review.Careless, []measure.CarelessReason{reason}) {
				t.Errorf("the review says %v", review.Careless)
			}
			expectFields(t, "an unconfirmed finish", w.Finish(t.Context(), w.manager, id, false, model.Zone{}), "meant")
			if _, err := w.Progress(t.Context(), w.manager, id); err != nil {
				t.Errorf("it is no draft any more: %v", err)
			}
			w.finish(id)
			// Nothing is hidden or marked in the result.
			if got := w.result(id).Whole.Score.Answered; got != 38 {
				t.Errorf("%d answers count", got)
			}
		})
	}
}

func TestDraftWithoutALevelCannotBeFinished(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "0"}, app.AnswerInput{Item: assumption, Level: "", Note: "a note"})
	for _, meant := range []bool{false, true} {
		expectFields(t, "a finish without a level", w.Finish(t.Context(), w.manager, id, meant, model.Zone{}), "answers")
	}
	page := w.openTab(id)
	page.level = 1
	page.save(0)
	expectFields(t, "an unconfirmed finish with one level", w.Finish(t.Context(), w.manager, id, false, model.Zone{}), "meant")
	if err := w.Finish(t.Context(), w.manager, id, true, model.Zone{}); err != nil {
		t.Errorf("a finish with one level: %v", err)
	}
}

// A manager who has answered fewer than six in ten is asked once more, and may finish all the same.
func TestFinishWithFewAnswersIsAskedAboutOnce(t *testing.T) {
	for _, test := range []struct {
		blank int
		few   bool
	}{{15, false}, {16, true}} { // 23 of 38 are 60.5 %, 22 are 57.9 %
		w := newWorld(t)
		id := w.start("first-team", model.FullForm)
		draft := must(w.Progress(t.Context(), w.manager, id))(t).Assessment
		var inputs []app.AnswerInput
		for _, section := range draft.Sections {
			for position, item := range section.Items {
				inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: varied.of(section.Competency, position).Typed(), Spent: 30 * time.Second})
			}
		}
		w.save(id, inputs[test.blank:]...)
		review := must(w.Review(t.Context(), w.manager, id))(t)
		if review.Few != test.few || len(review.Unread) == 0 || review.Unread[0] != "Design" {
			t.Errorf("%d of %d: few %v, without a score %v", review.Given, review.Asked, review.Few, review.Unread)
		}
		err := w.Finish(t.Context(), w.manager, id, false, model.Zone{})
		if test.few {
			expectFields(t, "an unconfirmed finish", err, "meant")
		} else if err != nil {
			t.Errorf("%d answers: %v", review.Given, err)
		}
		w.finish(id)
	}
	w := newWorld(t)
	pulse := w.start("first-team", model.PulseForm)
	w.save(pulse, app.AnswerInput{Item: hardToUndo, Level: "3"})
	if review := must(w.Review(t.Context(), w.manager, pulse))(t); !review.Few || len(review.Unread) != 4 || review.Unread[1] != "Direction" {
		t.Errorf("a pulse of one answer: few %v, without a score %v", review.Few, review.Unread)
	}
}

func TestFinishFreezesWhatAResultRestsOn(t *testing.T) {
	w := newWorld(t)
	own := model.Target{Competency: "debt", Value: 2, Importance: 1}
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(own)); err != nil {
		t.Fatal(err)
	}
	id := w.start("first-team", model.FullForm)
	w.answer(id, varied)
	w.now = w.now.Add(26 * time.Hour) // the period ends where the finish is, not the start
	if err := w.Finish(t.Context(), w.manager, id, false, model.Zone{}); err != nil {
		t.Fatal(err)
	}
	a := w.result(id).Assessment
	if a.State != model.Complete || !a.FinishedAt.Equal(w.now) || !a.PeriodEnd.Equal(model.Zone{}.Day(w.now)) || a.PeriodStart.Format(model.DateLayout) != "2025-12-03" {
		t.Errorf("finished at %v for %v to %v", a.FinishedAt, a.PeriodStart, a.PeriodEnd)
	}
	if a.Constants != measure.Defaults() {
		t.Errorf("the constants are %+v", a.Constants)
	}
	if want := (measure.Noise{ItemVariance: 0.82, Degrees: 12}); a.Noise != want {
		t.Errorf("the first noise is %+v, want the prior %+v", a.Noise, want)
	}
	if debt, _ := a.Section("debt"); debt.Target != own.Value || debt.Importance != own.Importance {
		t.Errorf("the target for debt is %v by %d, want the manager's own", debt.Target, debt.Importance)
	}
	if design, _ := a.Section("design"); design.Target != 3.5 || design.Importance != 3 {
		t.Errorf("the target for design is %v by %d, want the shipped one", design.Target, design.Importance)
	}
	shipped, _ := w.library.Questionnaire("first-team")
	whole := shipped.For("software")
	if a.QuestionnaireVersion != whole.Version || a.QuestionnaireName != whole.Name || a.Scale != whole.Scale ||
		!reflect.DeepEqual(a.Sections[0].Items, whole.Sections[0].Items) {
		t.Error("the content is not that of the questionnaire")
	}
}

// By hand: of the 38 shared items three change, all in design, by +1, 0 and -1. So the squares sum to
// 2, nu = 12 + 38 - 12 = 38 and s2 = (12*0.82 + 2)/38 = 0.3116.
func TestSecondFinishKnowsTheManagersOwnNoise(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	// A pulse has one item per competency and says nothing about spread.
	pulse := w.sit("first-team", model.PulseForm, levels{"": {5}})
	if got, want := w.result(pulse).Assessment.Noise, measure.Defaults().PriorNoise(); got != want {
		t.Errorf("the pulse's noise is %+v, want the prior", got)
	}
	other := w.sit("wider-scope", model.FullForm, levels{"": {3}})
	if got, want := w.result(other).Assessment.Noise, measure.Defaults().PriorNoise(); got != want {
		t.Errorf("the noise at another scope is %+v, want the prior", got)
	}
	second := w.sit("first-team", model.FullForm, levels{"": {3}, "design": {4, 3, 2}})
	noise := w.result(second).Assessment.Noise
	near(t, "nu", noise.Degrees, 38)
	near(t, "s2", noise.ItemVariance, 0.3116)
}

func TestFinishedAssessmentNeverChanges(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.answer(id, varied)
	w.finish(id)
	before := w.result(id)
	w.now = w.now.Add(time.Hour)
	for name, input := range map[string]app.AnswerInput{
		"a change":   {Item: hardToUndo, Level: "1", Note: "changed"},
		"no change":  {Item: hardToUndo, Level: "4", Seen: app.Seen(before.Answers.Get(hardToUndo))},
		"time alone": {Item: hardToUndo, Level: "4", Seen: app.Seen(before.Answers.Get(hardToUndo)), Spent: time.Second},
	} {
		if _, err := w.SaveAnswers(t.Context(), w.manager, id, []app.AnswerInput{input}); !errors.Is(err, model.ErrFinished) {
			t.Errorf("%s gives %v, want the error for a finished assessment", name, err)
		}
	}
	if err := w.DeleteDraft(t.Context(), w.manager, id); !errors.Is(err, model.ErrFinished) {
		t.Errorf("deleting gives %v, want the error for a finished assessment", err)
	}
	var targets []model.Target
	for _, row := range must(w.Targets(t.Context(), w.manager, "first-team"))(t).Rows {
		targets = append(targets, model.Target{Competency: row.Competency.ID, Value: 2, Importance: 1})
	}
	if err := w.SaveTargets(t.Context(), w.manager, "first-team", changing(targets...)); err != nil {
		t.Fatal(err)
	}
	w.finish(id) // a double submit does nothing more
	if after := w.result(id); !reflect.DeepEqual(after, before) {
		t.Errorf("the result changed:\n%+v\n%+v", before, after)
	}
}

func TestTwoFinishesAtOnceMakeOneAssessment(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.answer(id, varied)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if err := w.Finish(t.Context(), w.manager, id, false, model.Zone{}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	summaries := must(w.Results(t.Context(), w.manager))(t)
	if len(summaries.Finished) != 1 || len(summaries.Drafts) != 0 {
		t.Errorf("%d finished, %d drafts; want one and none", len(summaries.Finished), len(summaries.Drafts))
	}
}

func TestDeletedDraftIsGone(t *testing.T) {
	w := newWorld(t)
	id, other := w.start("first-team", model.FullForm), w.start("first-team", model.PulseForm)
	w.answer(id, varied)
	if err := w.DeleteDraft(t.Context(), w.manager, id); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Progress(t.Context(), w.manager, id); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("reading it gives %v, want not found", err)
	}
	if err := w.DeleteDraft(t.Context(), w.manager, id); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("deleting it again gives %v, want not found", err)
	}
	if _, err := w.Progress(t.Context(), w.manager, other); err != nil {
		t.Errorf("the other draft: %v", err)
	}
}
