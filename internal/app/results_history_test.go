package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

// steady is an assessment of middling answers.
var steady = levels{"": {3}}

func (w *world) history() *model.History {
	w.t.Helper()
	return must(w.History(w.t.Context(), w.manager))(w.t)
}

func TestAnEmptyHistoryHasNothingToDrawAndSaysWhatATrendTakes(t *testing.T) {
	w := newWorld(t)
	w.start("first-team", model.FullForm)
	history := w.history()
	if len(history.Results) != 0 || len(history.Stretches) != 0 || history.Latest() != nil || history.Trend != nil {
		t.Errorf("an empty history holds something: %+v", history)
	}
	if history.Drafts != 1 || history.TrendNeeds != 4 {
		t.Errorf("drafts %d, a trend needs %d; want 1 and 4", history.Drafts, history.TrendNeeds)
	}
	if nobody, err := w.History(t.Context(), ""); err != nil || len(nobody.Results) != 0 {
		t.Errorf("nobody's history: %+v, %v", nobody, err)
	}
}

// What a process keeps of finished answers says what one says that works it out anew, whatever was renamed, deleted or
// added in between.
func TestHistoryKeptIsTheHistoryWorkedOutAnew(t *testing.T) {
	w := newWorld(t)
	elsewhere := func() *app.App {
		return app.New(w.store.Anew(), w.library, func() time.Time { return w.now }, rand.Text, app.Secret)
	}
	check := func(after string, count int) *model.History {
		t.Helper()
		anew := must(elsewhere().History(t.Context(), w.manager))(t)
		if len(anew.Results) != count {
			t.Fatalf("after %s there are %d assessments, want %d", after, len(anew.Results), count)
		}
		for range 2 {
			if got := w.history(); !reflect.DeepEqual(got, anew) {
				t.Errorf("after %s the history isn’t what it is worked out anew", after)
			}
		}
		return anew
	}
	later := w.now.AddDate(1, 0, 0)
	w.now = later
	first := w.sit("first-team", model.FullForm, levels{"": {3}})
	check("the first", 1)
	w.sit("first-team", model.PulseForm, levels{"": {2}})
	second := w.sit("first-team", model.FullForm, levels{"": {4}, "design": {2}})
	w.sit("first-team", model.FullForm, levels{"": {5}})
	if latest := check("all of them", 4).Latest(); latest.Previous.Assessment.ID != second || latest.Whole.Judgement == nil {
		t.Errorf("the latest is compared with %+v", latest.Previous)
	}
	w.ok(w.Rename(t.Context(), w.manager, second, "Another name", app.SeenName("")))
	if latest := check("renaming", 4).Latest(); latest.Previous.Assessment.Name != "Another name" {
		t.Errorf("it is compared with %q", latest.Previous.Assessment.Name)
	}
	must(elsewhere().DeleteAssessment(t.Context(), w.manager, second, true))(t)
	if latest := check("another process has deleted one", 3).Latest(); latest.Previous.Assessment.ID != first {
		t.Errorf("the latest is compared with %+v", latest.Previous)
	}
	w.now = later.AddDate(0, -6, 0)
	w.sit("first-team", model.FullForm, levels{"": {1}})
	w.now = later.AddDate(0, 6, 0)
	check("an earlier one came", 4)
}

func TestAChangeOfScopeStartsANewLineAndAPulseDoesNot(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	w.sit("first-team", model.PulseForm, steady)
	w.sit("first-team", model.FullForm, steady)
	w.sit("wider-scope", model.FullForm, steady)
	history := w.history()
	if len(history.Stretches) != 2 {
		t.Fatalf("want two lines, got %d", len(history.Stretches))
	}
	first, second := history.Stretches[0], history.Stretches[1]
	if len(first.Results) != 3 || first.Break != model.FirstStretch || first.Scope.ID != "first-team" {
		t.Errorf("the first line: %d assessments, break %q, scope %q", len(first.Results), first.Break, first.Scope.ID)
	}
	if len(second.Results) != 1 || second.Break != model.ScopeBreak || second.Scope.ID != "wider-scope" {
		t.Errorf("the second line: %d assessments, break %q, scope %q", len(second.Results), second.Break, second.Scope.ID)
	}
	if history.Results[0].Previous != nil {
		t.Error("the first assessment is compared with one before it")
	}
	for i, result := range history.Results[1:] {
		want := i
		if i == 1 {
			want = 0 // a full one with the full one
		}
		if result.Previous == nil || result.Previous.Assessment.ID != history.Results[want].Assessment.ID {
			t.Errorf("assessment %d is compared with %+v", i+2, result.Previous)
		}
	}
	alone := w.result(history.Latest().Assessment.ID)
	if alone.Whole.Score != history.Latest().Whole.Score || alone.Whole.Judgement.Verdict != history.Latest().Whole.Judgement.Verdict {
		t.Error("the history and the result page differ about the same assessment")
	}
}

func TestATrendTakesFourFullAssessmentsOfOneLine(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		w.sit("first-team", model.FullForm, levels{"": {model.Level(2 + i)}})
		if w.history().Trend != nil {
			t.Fatalf("a trend after %d assessments", i+1)
		}
	}
	w.sit("first-team", model.PulseForm, steady)
	if w.history().Trend != nil {
		t.Fatal("a pulse made a trend")
	}
	w.sit("first-team", model.FullForm, levels{"": {5}})
	trend := w.history().Trend
	if trend == nil {
		t.Fatal("no trend after four full assessments")
	}
	if trend.Assessments != 4 || trend.Shared != 38 || len(trend.Groups) != 5 || len(trend.Competencies) != 12 {
		t.Errorf("trend of %d assessments on %d questions, %d groups, %d competencies", trend.Assessments, trend.Shared, len(trend.Groups), len(trend.Competencies))
	}
	for _, group := range trend.Groups {
		if group.Judgement.Verdict != measure.Changed || group.Judgement.Direction != measure.Rose {
			t.Errorf("%s rose by a level a quarter, but the trend says %q %q", group.ID, group.Judgement.Verdict, group.Judgement.Direction)
		}
	}
	export := must(json.Marshal(must(w.WholeHistory(t.Context(), w.manager))(t)))(t)
	recomputed := must(report.Recompute(bytes.NewReader(export)))(t)
	if len(recomputed.Differences) > 0 || !bytes.Contains(export, []byte(`"trend":{`)) {
		t.Errorf("the exported trend does not recompute: %v", recomputed.Differences)
	}
	w.sit("wider-scope", model.FullForm, steady)
	if w.history().Trend != nil {
		t.Error("the trend of the line before is shown for the new one")
	}
}

func TestAnyTwoAreComparedTheLaterAgainstTheEarlier(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, levels{"": {2}})
	w.sit("first-team", model.FullForm, steady)
	third := w.sit("first-team", model.FullForm, levels{"": {4}})
	for _, order := range [][2]string{{first, third}, {third, first}} {
		comparison := must(w.Compare(t.Context(), w.manager, order[0], order[1]))(t)
		if comparison.Earlier.Assessment.ID != first || comparison.Later.Assessment.ID != third || len(comparison.All) != 3 {
			t.Fatalf("compared %s with %s of %d", comparison.Earlier.Assessment.ID, comparison.Later.Assessment.ID, len(comparison.All))
		}
		if whole := comparison.Later.Whole.Judgement; whole.Verdict != measure.Changed || whole.Change.MeanChange != 2 {
			t.Errorf("two levels up reads %q, %g", whole.Verdict, whole.Change.MeanChange)
		}
		for _, section := range comparison.Items {
			for _, item := range section.Items {
				if item.Earlier == nil || item.Later == nil || item.Earlier.Level != 2 || item.Later.Level != 4 || item.Reworded {
					t.Errorf("%s: %+v", item.Item.ID, item)
				}
			}
		}
	}
	stranger := w.newManager()
	for _, pair := range [][2]string{{first, third}, {first, "none"}, {first, first}} {
		if _, err := w.Compare(t.Context(), stranger, pair[0], pair[1]); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("someone else comparing %v: want not found, got %v", pair, err)
		}
	}
}

// Two assessments that follow one another are judged by the noise that the later one froze, as on its result
// page; two others by their own.
func TestAPairThatDoesNotFollowIsJudgedByItsOwnNoise(t *testing.T) {
	w := newWorld(t)
	restless := levels{"": {1, 5, 3}, "tradeoffs": {1, 5, 1, 5}, "learning": {1, 5, 1, 5}}
	first := w.sit("first-team", model.FullForm, steady)
	second := w.sit("first-team", model.FullForm, restless)
	third := w.sit("first-team", model.FullForm, steady.raised(levels{"design": {4}}))
	whole := func(from, to string) measure.Judgement {
		t.Helper()
		return *must(w.Compare(t.Context(), w.manager, from, to))(t).Later.Whole.Judgement
	}
	if got, want := whole(second, third), *w.result(third).Whole.Judgement; got != want {
		t.Errorf("the pair on the compare page: %+v, on the result page: %+v", got, want)
	}
	// By hand: no spread within a competency, so s2 = 12*0.82/38, and q = 122/1444.
	near(t, "its standard error", whole(first, third).Change.StandardError, math.Sqrt(12*0.82/38/38+0.1*122/1444+0.04))
	near(t, "its degrees of freedom", whole(first, third).Change.Degrees, 38)
	if between := whole(second, third).Change.StandardError; between < 1.05*whole(first, third).Change.StandardError {
		t.Errorf("the restless pair has a standard error of %g", between)
	}
}

// A pulse has no spread to show, so what follows it froze the noise of the full assessments around it.
func TestAPulseBetweenLeavesBothPairsTheNoiseOfTheFullOnes(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, varied)
	pulse := w.sit("first-team", model.PulseForm, steady)
	last := w.sit("first-team", model.FullForm, varied.raised(levels{"design": {2, 5, 3}}))
	frozen := w.result(last).Assessment.Noise
	for _, earlier := range []string{first, pulse} {
		got := must(w.Compare(t.Context(), w.manager, earlier, last))(t).Later.Whole.Judgement.Change.Degrees
		near(t, "degrees of freedom", got, frozen.Degrees)
	}
	near(t, "from the full one to the pulse", w.result(pulse).Whole.Judgement.Change.Degrees, 12)
}

func TestDifferentQuestionnairesKeepThePriorNoise(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, steady)
	w.sit("wider-scope", model.FullForm, steady)
	w.sit("first-team", model.FullForm, steady)
	last := w.sit("wider-scope", model.FullForm, steady)
	if frozen := w.result(last).Assessment.Noise.Degrees; frozen <= 12 {
		t.Fatalf("the last one froze %g degrees of freedom", frozen)
	}
	near(t, "degrees of freedom", must(w.Compare(t.Context(), w.manager, first, last))(t).Later.Whole.Judgement.Change.Degrees, 12)
}

// A competency that the questionnaire has dropped since comes after those of the later assessment.
func TestComparingShowsACompetencyThatOnlyTheEarlierAsked(t *testing.T) {
	w := newWorldToChange(t)
	first := w.sit("first-team", model.FullForm, steady)
	q, _ := w.library.Questionnaire("first-team")
	dropped := q.Sections[0]
	q.Sections = q.Sections[1:]
	comparison := must(w.Compare(t.Context(), w.manager, first, w.sit("first-team", model.FullForm, steady)))(t)
	last := comparison.Items[len(comparison.Items)-1]
	if len(comparison.Items) != 12 || last.ID != dropped.Competency || len(last.Items) != len(dropped.Items) {
		t.Fatalf("%d competencies, the last of them %s with %d questions", len(comparison.Items), last.ID, len(last.Items))
	}
	for _, item := range last.Items {
		if item.Later != nil || item.Earlier == nil || item.Earlier.Level != 3 {
			t.Errorf("%s: %+v", item.Item.ID, item)
		}
	}
}

func TestComparingScopesShowsWhatOnlyOneOfThemAsked(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, steady)
	second := w.sit("wider-scope", model.FullForm, steady)
	comparison := must(w.Compare(t.Context(), w.manager, first, second))(t)
	shared, onlyEarlier, onlyLater := 0, 0, 0
	for _, section := range comparison.Items {
		for _, item := range section.Items {
			switch {
			case item.Earlier == nil:
				onlyLater++
			case item.Later == nil:
				onlyEarlier++
			default:
				shared++
			}
		}
	}
	if shared != 12 || onlyEarlier != 26 || onlyLater != 27 {
		t.Errorf("%d shared, %d only earlier, %d only later; want the 12 link items, 26 and 27", shared, onlyEarlier, onlyLater)
	}
}

func TestANameIsAllOfAFinishedAssessmentThatCanChange(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, steady)
	if err := w.Rename(t.Context(), w.manager, id, "  Before the\nmove  ", ""); err != nil {
		t.Fatal(err)
	}
	if name := w.result(id).Assessment.Name; name != "Before the move" {
		t.Errorf("name %q", name)
	}
	err := w.Rename(t.Context(), w.manager, id, strings.Repeat("é", model.NameLimit+1), "")
	if invalid, ok := errors.AsType[*model.Error](err); !ok || invalid.Message("name") == "" {
		t.Errorf("a name that is too long: %v", err)
	}
	if err := w.Rename(t.Context(), w.newManager(), id, "mine", ""); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("someone else's: %v", err)
	}
	if name := w.result(id).Assessment.Name; name != "Before the move" {
		t.Errorf("a refused name was kept: %q", name)
	}
}
