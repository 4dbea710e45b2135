package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

// aim is a commitment that is filled in rightly.
func (w *world) aim(competency string) model.CommitmentInput {
	return model.CommitmentInput{
		Competency: competency, Occasion: "a release is over", Action: "sit ten minutes with whoever was on call",
		Until: w.now.AddDate(0, 0, 42).Format(model.DateLayout),
	}
}

// commit makes a commitment, with a bet in per cent or 0 for none.
func (w *world) commit(competency string, bet int) string {
	w.t.Helper()
	input := w.aim(competency)
	if bet != 0 {
		input.Bet = fmt.Sprint(bet)
	}
	return must(w.Commit(w.t.Context(), w.manager, input, model.Zone{}))(w.t)
}

// tells says what became of a commitment as it stands.
func (w *world) tells(id string, became model.Became, line string, carry bool) {
	w.t.Helper()
	seen := must(w.Commitment(w.t.Context(), w.manager, id))(w.t)
	w.ok(w.FollowUp(w.t.Context(), w.manager, model.FollowUpInput{
		Commitment: id, Became: string(became), Line: line, Carry: carry, Seen: seen.Seen(),
	}, model.Zone{}))
}

// seenCommitment is what a page of a commitment sees of it now.
func (w *world) seenCommitment(id string) string {
	w.t.Helper()
	return app.SeenCommitment(must(w.Commitment(w.t.Context(), w.manager, id))(w.t))
}

// deletesCommitment deletes one as it stands.
func (w *world) deletesCommitment(id string) {
	w.t.Helper()
	stands := must(w.Commitment(w.t.Context(), w.manager, id))(w.t)
	w.ok(w.DeleteCommitment(w.t.Context(), w.manager, id, stands.Seen(), true))
}

func (w *world) plan() *model.Plan {
	w.t.Helper()
	return must(w.Plan(w.t.Context(), w.manager))(w.t)
}

// Whoever is at three things is told why there is no fourth; one that is closed makes room.
func TestAtMostThreeCommitments(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.commit("debt", 0)
	w.commit("design", 0)
	w.commit("roadmap", 0)
	_, err := w.Commit(t.Context(), w.manager, w.aim("vision"), model.Zone{})
	expectFields(t, "a fourth", err, "room")
	if invalid, _ := errors.AsType[*model.Error](err); !strings.Contains(invalid.Message("room"), "compete for the same hours") {
		t.Errorf("the reason is %q", invalid.Message("room"))
	}
	w.tells(first, model.Kept, "", false)
	w.commit("vision", 0)
	if plan := w.plan(); len(plan.Open) != 3 || len(plan.Closed) != 1 || plan.Closed[0].ID != first || plan.Open[2].Competency.ID != "vision" {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestWhatACommitmentTakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("a", 1000)
	for what, one := range map[string]struct {
		input  model.CommitmentInput
		fields []string
	}{
		"nothing":               {model.CommitmentInput{}, []string{"competency", "occasion", "action", "until"}},
		"too much":              {model.CommitmentInput{Competency: "debt", Occasion: long, Action: long, Notice: long, Until: "2026-04-01"}, []string{"occasion", "action", "notice"}},
		"yesterday":             {model.CommitmentInput{Competency: "debt", Occasion: "a", Action: "b", Until: "2026-03-02"}, []string{"until"}},
		"in two years":          {model.CommitmentInput{Competency: "debt", Occasion: "a", Action: "b", Until: "2028-03-02"}, []string{"until"}},
		"a sure bet":            {model.CommitmentInput{Competency: "debt", Occasion: "a", Action: "b", Until: "2026-04-01", Bet: "100"}, []string{"bet"}},
		"a bet spelt otherwise": {model.CommitmentInput{Competency: "debt", Occasion: "a", Action: "b", Until: "2026-04-01", Bet: "+50"}, []string{"bet"}},
		"of no subject":         {model.CommitmentInput{Competency: "cooking", Occasion: "a", Action: "b", Until: "2026-04-01"}, []string{"competency"}},
	} {
		_, err := w.Commit(t.Context(), w.manager, one.input, model.Zone{})
		expectFields(t, what, err, one.fields...)
	}
	if plan := w.plan(); len(plan.Open) != 0 {
		t.Errorf("kept are %+v", plan.Open)
	}
	// The last day is counted in the manager's zone: in Auckland it is tomorrow already.
	auckland, _ := model.ReadZone("Pacific/Auckland")
	w.now = time.Date(2026, time.March, 3, 20, 0, 0, 0, time.UTC)
	today := model.CommitmentInput{Competency: "debt", Occasion: "a", Action: "b", Until: "2026-03-03"}
	_, err := w.Commit(t.Context(), w.manager, today, auckland)
	expectFields(t, "yesterday in Auckland", err, "until")
	must(w.Commit(t.Context(), w.manager, today, model.Zone{}))(t)
}

// A practice fills the form in: its competency, and what the page makes into words.
func TestAPracticeFillsTheFormIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	practice := w.library.Practices[0]
	form := must(w.CommitmentForm(t.Context(), w.manager, model.CommitmentStart{Practice: practice.ID, Competency: "vision"}, model.Zone{}))(t)
	if form.Practice == nil || form.Input.Practice != practice.ID || form.Input.Competency != practice.Competency {
		t.Errorf("filled in is %+v", form.Input)
	}
	if form.Input.Until != "2026-04-14" || form.Bets || len(form.Competencies) != 12 {
		t.Errorf("the form offers until %s, bets %t, %d competencies", form.Input.Until, form.Bets, len(form.Competencies))
	}
	form = must(w.CommitmentForm(t.Context(), w.manager, model.CommitmentStart{Practice: "no such practice", Competency: "vision"}, model.Zone{}))(t)
	if form.Practice != nil || form.Input.Competency != "vision" {
		t.Errorf("filled in is %+v", form.Input)
	}
}

// What another tab has saved is never overwritten silently, and what is as it was saves nothing.
func TestAChangeElsewhereIsAConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.commit("debt", 0)
	change := func(input model.CommitmentInput) error {
		return w.ChangeCommitment(t.Context(), w.manager, id, input, model.Zone{})
	}
	input := w.aim("debt")
	old := w.seenCommitment(id)
	input.Occasion, input.Seen = "a plan is drawn", old
	w.ok(change(input))
	w.ok(change(input))    // the same once more
	other := w.aim("debt") // of the same old page: what it left alone stays, what it changed elsewhere is kept
	other.Notice, other.Seen = "fewer surprises", old
	w.ok(change(other))
	if got := must(w.Commitment(t.Context(), w.manager, id))(t); got.Occasion != "a plan is drawn" || got.Notice != "fewer surprises" {
		t.Errorf("of both pages there is %+v", got)
	}
	input.Occasion = "a quarter begins"
	err := change(input)
	if conflict, is := errors.AsType[*model.Error](err); !is || conflict.Kind != model.Conflict || len(conflict.Fields) != 1 || conflict.Fields[0].Field != "occasion" {
		t.Errorf("a change of an old page gives %v", err)
	}
	expectFields(t, "what an old page says became of it", w.FollowUp(t.Context(), w.manager, model.FollowUpInput{Commitment: id, Became: "kept", Seen: "1"}, model.Zone{}), "changed")
	input.Seen = w.seenCommitment(id)
	w.ok(change(input))
	if got := must(w.Commitment(t.Context(), w.manager, id))(t); got.Occasion != "a quarter begins" || got.Revision != 4 {
		t.Errorf("kept is %+v", got)
	}
	w.tells(id, model.Kept, "", false)
	expectFields(t, "a change of a closed one", w.ChangeCommitment(t.Context(), w.manager, id, w.aim("debt"), model.Zone{}), "changed")
	expectFields(t, "its end, again", w.FollowUp(t.Context(), w.manager, model.FollowUpInput{Commitment: id, Became: "kept", Seen: "5"}, model.Zone{}), "changed")
}

// The words of one whose day has come can still be changed.
func TestWordsCanBeChangedAfterTheDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.commit("debt", 0)
	input := w.aim("debt")
	w.now = w.now.Add(quarter)
	old := w.seenCommitment(id)
	input.Notice, input.Seen = "a workaround goes", old
	w.ok(w.ChangeCommitment(t.Context(), w.manager, id, input, model.Zone{}))
	w.tells(id, model.Kept, "", true) // gets another day, which an old page doesn't take back
	input.Action = "ask whoever was on call"
	w.ok(w.ChangeCommitment(t.Context(), w.manager, id, input, model.Zone{}))
	if got := must(w.Commitment(t.Context(), w.manager, id))(t); got.Action != input.Action || got.Until.Format(model.DateLayout) != "2026-07-14" {
		t.Errorf("kept is %+v", got)
	}
	input.Until, input.Seen = "2026-05-01", w.seenCommitment(id)
	expectFields(t, "another day that has passed", w.ChangeCommitment(t.Context(), w.manager, id, input, model.Zone{}), "until")
}

// Dropping takes a reason; carrying on sets a new day; nothing else does.
func TestWhatBecomesOfACommitment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.commit("debt", 0)
	say := func(input model.FollowUpInput) error {
		seen := must(w.Commitment(t.Context(), w.manager, id))(t)
		input.Commitment, input.Seen = id, seen.Seen()
		return w.FollowUp(t.Context(), w.manager, input, model.Zone{})
	}
	expectFields(t, "nothing", say(model.FollowUpInput{}), "became")
	expectFields(t, "dropping without a reason", say(model.FollowUpInput{Became: "dropped", Line: "  "}), "line")
	expectFields(t, "too long a line", say(model.FollowUpInput{Became: "kept", Line: strings.Repeat("a", 301)}), "line")
	expectFields(t, "carrying on to yesterday", say(model.FollowUpInput{Became: "kept", Carry: true, Until: "2026-03-02"}), "until")
	w.ok(say(model.FollowUpInput{Became: "partly", Line: "twice", Carry: true, Until: "2026-05-05"}))
	w.now = w.now.Add(quarter)
	w.ok(say(model.FollowUpInput{Became: "not", Carry: true})) // for the usual time
	got := must(w.Commitment(t.Context(), w.manager, id))(t)
	if !got.Open() || got.Until.Format(model.DateLayout) != "2026-07-14" || len(got.FollowUps) != 2 || got.FollowUps[0].Line != "twice" {
		t.Errorf("it is %+v", got)
	}
	w.ok(say(model.FollowUpInput{Became: "dropped", Line: "the team left", Carry: true}))
	if got := must(w.Commitment(t.Context(), w.manager, id))(t); got.Open() || len(got.FollowUps) != 3 || got.FollowUps[2].Carried {
		t.Errorf("in the end it is %+v", got)
	}
}

// An assessment begins with what was committed to before, and asks once.
func TestAnAssessmentBeginsWithThePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	first, second := w.commit("debt", 0), w.commit("design", 0)
	w.now = w.now.Add(time.Hour)
	draft := w.start("first-team", model.FullForm)
	begins := func() bool { return must(w.Begin(t.Context(), w.manager, draft))(t).Follow }
	asked := func() (ids []string) {
		for _, commitment := range must(w.Following(t.Context(), w.manager, draft, model.Zone{}))(t).Commitments {
			ids = append(ids, commitment.ID)
		}
		return ids
	}
	w.now = w.now.Add(time.Hour)
	w.commit("vision", 0) // made after the draft was begun
	if !begins() || !reflect.DeepEqual(asked(), []string{first, second}) {
		t.Fatalf("asked are %v", asked())
	}
	say := func(inputs ...model.FollowUpInput) error {
		return w.FollowUpAll(t.Context(), w.manager, draft, inputs, model.Zone{})
	}
	expectFields(t, "a line alone", say(model.FollowUpInput{Commitment: first, Became: "kept", Seen: "1"}, model.FollowUpInput{Commitment: second, Line: "well", Seen: "1"}), "became."+second)
	if len(asked()) != 2 {
		t.Error("a part of a refused form was kept")
	}
	expectFields(t, "only that it is closed", say(model.FollowUpInput{Commitment: first, Became: "kept", Seen: "1", Carry: true}, model.FollowUpInput{Commitment: second, Seen: "1"}), "became."+second)
	w.ok(say(model.FollowUpInput{Commitment: first, Became: "kept", Line: "each time", Seen: "1", Carry: true}, model.FollowUpInput{Commitment: second, Seen: "1", Carry: true}))
	if !begins() || !reflect.DeepEqual(asked(), []string{second}) {
		t.Errorf("then asked are %v", asked())
	}
	w.ok(say(model.FollowUpInput{Commitment: second, Became: "not", Seen: "1"}))
	if begins() || len(asked()) != 0 || len(w.plan().Open) != 2 {
		t.Errorf("in the end asked are %v, and open %d", asked(), len(w.plan().Open))
	}
	other := w.newManager()
	if err := w.FollowUpAll(t.Context(), other, draft, nil, model.Zone{}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("before someone else's assessment it gives %v", err)
	}
	w.manager = other
	theirs := w.start("first-team", model.FullForm)
	if err := w.FollowUpAll(t.Context(), other, theirs, []model.FollowUpInput{{Commitment: first, Became: "kept", Seen: "2"}}, model.Zone{}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("of someone else's commitment it gives %v", err)
	}
}

// A result shows what was said since the assessment that it is compared with, beside the verdict that stands on it.
func TestCommitmentsStandBesideTheMovement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}, "debt": {2}})
	told, silent := w.commit("debt", 0), w.commit("design", 0)
	w.now = w.now.Add(time.Hour)
	w.tells(told, model.PartlyKept, "at first", true)
	w.now = w.now.Add(time.Hour)
	w.tells(told, model.Kept, "in the end", false)
	second := w.result(w.sit("first-team", model.FullForm, levels{"": {3}, "debt": {4}}))
	w.tells(silent, model.NotKept, "", false) // belongs to the next one
	third := w.result(w.sit("first-team", model.FullForm, levels{"": {3}, "debt": {4}}))
	followed := must(w.Followed(t.Context(), second))(t)
	if len(followed) != 1 || followed[0].Commitment.ID != told || followed[0].FollowUp.Line != "in the end" {
		t.Fatalf("beside the second stand %+v", followed)
	}
	if want := competency(t, second, "debt").Judgement; followed[0].Judgement != want || want.Direction != measure.Rose {
		t.Errorf("its movement is %+v, want %+v", followed[0].Judgement, want)
	}
	history := must(w.History(t.Context(), w.manager))(t)
	at := must(w.FollowedAt(t.Context(), w.manager, history))(t)
	if len(at) != 2 || at[second.Assessment.ID][0].Commitment.ID != told || at[third.Assessment.ID][0].Commitment.ID != silent {
		t.Errorf("in the history stand %+v", at)
	}
}

// A bet is settled by the first full assessment after it, against the last full one before, whatever pulse stands
// between; five of them have a score.
func TestBetsAreSettled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.commit("vision", 90) // before any assessment: it can't be settled
	w.tells(w.plan().Open[0].ID, model.Kept, "", false)
	w.now = w.now.Add(time.Hour)
	last := w.sit("first-team", model.FullForm, levels{"": {2}})
	up, flat := levels{"": {2}, "debt": {4}}, levels{"": {2}, "debt": {2}}
	for i, given := range []levels{up, flat, up, flat} {
		for _, open := range w.plan().Open {
			w.tells(open.ID, model.Kept, "", false)
		}
		w.commit("debt", 70)
		if i == 0 {
			w.commit("design", 20)
			w.sit("first-team", model.PulseForm, levels{"": {2}})
		}
		w.now = w.now.Add(time.Hour)
		if bets := w.plan().Bets; bets.Waiting != 1 && i > 0 || bets.Calibration.Count != 0 {
			t.Errorf("before assessment %d there are %d waiting, and %+v", i, bets.Waiting, bets.Calibration)
		}
		now := w.sit("first-team", model.FullForm, given)
		bets := w.plan().Bets
		settled := bets.Settled[len(bets.Settled)-1]
		if i > 0 && (settled.From.ID != last || settled.To.ID != now || settled.Rose != (i == 2)) {
			t.Errorf("bet %d is settled between %s and %s as %+v", i, settled.From.ID, settled.To.ID, settled.Judgement)
		}
		if i == 0 && (bets.Settled[0].From.ID != last || bets.Settled[0].To.ID != now) {
			t.Errorf("over the pulse it is settled between %s and %s", bets.Settled[0].From.ID, bets.Settled[0].To.ID)
		}
		last = now
	}
	// Rose at 70, not at 20, then not, rose, not at 70: (.09 + .04 + .49 + .09 + .49)/5, against 2/5*3/5.
	bets := w.plan().Bets
	near(t, "the score", bets.Calibration.Score, .24)
	near(t, "the average's", bets.Calibration.Average, .24)
	if len(bets.Settled) != 5 || bets.Waiting != 0 {
		t.Errorf("settled are %d, waiting %d", len(bets.Settled), bets.Waiting)
	}
}

// An export holds all of a plan, by its own format.
func TestPlanIsExported(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	id := w.commit("debt", 60)
	w.now = w.now.Add(time.Hour)
	w.tells(id, model.PartlyKept, "twice", true)
	w.commit("design", 0)
	w.sit("first-team", model.FullForm, steady)
	content := must(json.Marshal(must(w.ExportPlan(t.Context(), w.manager))(t)))(t)
	var back report.ExportedPlan
	w.ok(json.Unmarshal(content, &back))
	first := back.Commitments[0]
	if back.Format != "whetstone-plan-1" || len(back.Commitments) != 2 || first.Occasion != "a release is over" || first.FollowUps[0].Line != "twice" || !first.FollowUps[0].CarriedOn {
		t.Errorf("it holds %s", content)
	}
	if first.Bet == nil || first.Bet.Chance != .6 || first.Bet.Rose == nil || *first.Bet.Rose || first.Bet.Change == nil || back.Commitments[1].Bet != nil {
		t.Errorf("the bets are %+v and %+v", first.Bet, back.Commitments[1].Bet)
	}
	for _, absent := range []string{`"practice"`, `"notice"`, `"closed_at"`, `"cadence"`} {
		if strings.Contains(string(content), absent) {
			t.Errorf("%s is there, though empty", absent)
		}
	}
	w.ok(w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: model.UsualRhythm}))
	if cadence := must(w.ExportPlan(t.Context(), w.manager))(t).Cadence; cadence == nil || *cadence != (report.ExportedCadence{PulseWeeks: 6, FullWeeks: 13, ChosenAt: w.now}) {
		t.Errorf("the cadence is %+v", cadence)
	}
}

// Nobody reaches another manager's plan.
func TestAPlanIsItsManagersAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, other := w.commit("debt", 0), w.newManager()
	for what, err := range map[string]error{
		"reading":   func() error { _, err := w.Commitment(t.Context(), other, id); return err }(),
		"changing":  w.ChangeCommitment(t.Context(), other, id, w.aim("debt"), model.Zone{}),
		"following": w.FollowUp(t.Context(), other, model.FollowUpInput{Commitment: id, Became: "kept", Seen: "1"}, model.Zone{}),
		"deleting":  w.DeleteCommitment(t.Context(), other, id, "1", true),
	} {
		if !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s gives %v", what, err)
		}
	}
	if theirs := must(w.Plan(t.Context(), other))(t); len(theirs.Open) != 0 {
		t.Errorf("they see %+v", theirs.Open)
	}
	expectFields(t, "deleting unmeant", w.DeleteCommitment(t.Context(), w.manager, id, "1", false), "meant")
	w.tells(id, model.PartlyKept, "", true)
	if err := w.DeleteCommitment(t.Context(), w.manager, id, "1", true); model.KindOf(err) != model.Conflict {
		t.Errorf("deleting what was said meanwhile gives %v", err)
	}
	if len(w.plan().Open) != 1 {
		t.Error("it is gone")
	}
}
