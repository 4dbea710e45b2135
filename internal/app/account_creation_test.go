package app_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// crowdedFor fails the test unless err asks to wait this long before more is made.
func crowdedFor(t *testing.T, what string, err error, want time.Duration) {
	t.Helper()
	if got, _ := errors.AsType[*model.Error](err); got == nil || got.Kind != model.Crowded || got.Wait != want {
		t.Errorf("%s gives %v, want that it is to wait %v", what, err, want)
	}
}

// One client can't fill the database, by whatever it makes and by whichever process, nor keep anybody else from
// making something; and after ten minutes it may go on.
func TestWhatOneClientMakesIsBounded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := newWorldOn(t, s)
		other := app.New(s, w.library, func() time.Time { return w.now }, func() string { return fmt.Sprintf("other%024d", w.ids.Add(1)) }, app.Secret)
		finished := w.sit("first-team", model.PulseForm, levels{"": {3}})
		team := must(w.MakeTeam(ctx, w.manager, model.TeamInput{Name: "Team", SmallestGroup: "5", MemberName: "ann"}))(t)
		var links []string
		for range 2 {
			made, err := w.Invite(ctx, w.manager, team, model.InvitationInput{Kind: model.JoinLink, Days: "30", Places: "100"})
			w.ok(err)
			links = append(links, made.Secret)
		}
		joined := 0
		words := w.replaceKey("")
		w.now = w.now.Truncate(10 * time.Minute).Add(3 * time.Minute)
		ways := map[string]struct {
			limit int
			make  func(use *app.App, from string) error
		}{
			"starting as nobody": {100, func(use *app.App, from string) error {
				input := w.input("first-team", model.PulseForm)
				input.From = from
				_, _, err := use.StartAsNew(ctx, "Firefox", input)
				return err
			}},
			"a team": {20, func(use *app.App, from string) error {
				_, err := use.MakeTeam(ctx, w.newManager(), model.TeamInput{Name: "Team", SmallestGroup: "5", MemberName: "ann", From: from})
				return err
			}},
			"an invitation": {100, func(use *app.App, from string) error {
				_, err := use.Invite(ctx, w.manager, team, model.InvitationInput{Kind: model.JoinLink, Days: "1", Places: "1", From: from})
				return err
			}},
			"a place": {100, func(use *app.App, from string) error {
				joined++
				_, err := use.JoinTeam(ctx, w.newManager(), model.JoinInput{Secret: links[joined%2], Kind: model.JoinLink, Name: "bea", Agreed: true, From: from})
				return err
			}},
			"a share": {100, func(use *app.App, from string) error {
				_, err := use.MakeShare(ctx, w.manager, finished, model.ShareInput{
					Label: "mentor", Sharer: "Ann", Result: true, Days: "30", From: from,
				})
				return err
			}},
			"a session": {100, func(use *app.App, from string) error {
				_, err := use.Recover(ctx, model.Session{}, model.RecoveryInput{Words: strings.Join(words, " "), From: from})
				return err
			}},
		}
		for _, what := range slices.Sorted(maps.Keys(ways)) {
			one := ways[what]
			first, last := what+" for one", what+" for another"
			for made := range one.limit {
				w.ok(one.make([]*app.App{w.App, other}[made%2], first))
			}
			crowdedFor(t, what, one.make(w.App, first), 7*time.Minute)
			crowdedFor(t, what+" by another process", one.make(other, first), 7*time.Minute)
			w.ok(one.make(w.App, last))
			before := w.now
			w.now = w.now.Add(7 * time.Minute)
			w.ok(one.make(w.App, first))
			w.now = before
		}
	})
}

// A manager has at most five drafts and four hundred assessments; a manager who already has more keeps them, and is
// told what to do.
func TestAssessmentsAreBounded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := newWorldOn(t, s)
		begin := func() (string, error) { return w.Start(ctx, w.manager, w.input("first-team", model.PulseForm)) }
		var drafts []string
		for range model.DraftLimit {
			id := must(begin())(t)
			w.answer(id, levels{"": {3}}) // an untouched one would be given again
			drafts = append(drafts, id)
		}
		_, err := begin()
		expectFields(t, "a draft too many", err, "room")
		w.finish(drafts[0])
		drafts[0] = must(begin())(t)
		if again := must(begin())(t); again != drafts[0] {
			t.Errorf("the untouched draft is %s, given was %s", drafts[0], again)
		}
		w.answer(drafts[0], levels{"": {3}})
		_, err = begin()
		expectFields(t, "a draft too many again", err, "room")
		w.ok(w.DeleteDraft(ctx, w.manager, drafts[0]))
		drafts[0] = must(begin())(t)
		w.ok(w.DeleteDraft(ctx, w.manager, drafts[0]))

		// More than there may be, from before there was a limit: straight into the store.
		w.ok(s.InTx(ctx, func(tx *store.Store) error {
			for number := range model.AssessmentLimit {
				one := model.Assessment{
					ID: fmt.Sprintf("earlier %d", number), ManagerID: w.manager, QuestionnaireID: "first-team", Form: model.PulseForm,
					PeriodStart: w.now, StartedAt: w.now, State: model.Draft,
				}
				if err := tx.CreateAssessment(ctx, &one); err != nil {
					return err
				}
				one.FinishedAt, one.PeriodEnd = w.now, w.now
				if _, err := tx.Finish(ctx, &one); err != nil {
					return err
				}
			}
			return nil
		}))
		_, err = begin()
		expectFields(t, "an assessment too many", err, "room")
		if held := must(w.Holdings(ctx, w.manager))(t); held.Finished != model.AssessmentLimit+1 || held.Drafts != model.DraftLimit-1 {
			t.Errorf("kept are %+v", held)
		}
		w.finish(drafts[1])
		for _, id := range []string{"earlier 1", "earlier 2", "earlier 3", "earlier 4", drafts[1]} {
			must(w.DeleteAssessment(ctx, w.manager, id, true))(t)
		}
		_, err = begin()
		expectFields(t, "one more than there may be", err, "room")
		must(w.DeleteAssessment(ctx, w.manager, "earlier 5", true))(t)
		must(begin())(t)
	})
}

// A manager with nothing at all goes after a week, with their sessions and browsers; anyone who has anything, or has
// been seen since, stays.
func TestManagersWithNothingAreRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := newWorldOn(t, s)
		token := func(manager string) string {
			token, _, err := w.OpenSession(ctx, manager, "Firefox on Linux")
			w.ok(err)
			return token
		}
		tokens := map[string]string{}
		for what, give := range map[string]func(){
			"nothing": func() {}, "nothing, seen since": func() {},
			"a draft":   func() { w.start("first-team", model.PulseForm) },
			"an answer": func() { w.answer(w.start("first-team", model.PulseForm), levels{"": {3}}) },
			"a note":    func() { w.withNote() },
			"a team": func() {
				must(w.MakeTeam(ctx, w.manager, model.TeamInput{Name: "Team", SmallestGroup: "5", MemberName: "ann"}))(t)
			},
			"a key": func() { w.replaceKey("") },
			"a target": func() {
				w.ok(w.SaveTargets(ctx, w.manager, "first-team", changing(model.Target{Competency: "debt", Value: 2, Importance: 2})))
			},
		} {
			w.manager = w.newManager()
			give()
			tokens[what] = token(w.manager)
		}
		there := func(what string) bool {
			_, _, err := w.Session(ctx, tokens[what])
			return err == nil
		}
		w.now = w.now.AddDate(0, 0, 6)
		w.ok(w.Upkeep(ctx))
		if !there("nothing, seen since") {
			t.Error("somebody is gone before the week is over")
		}
		w.now = w.now.AddDate(0, 0, 1).Add(time.Second)
		w.ok(w.Upkeep(ctx))
		for what := range tokens {
			if want := what != "nothing" && what != "a draft"; there(what) != want {
				t.Errorf("who has %s is still there: %v", what, !want)
			}
		}
		// The world's own manager, whom no session reaches, is the one.
		if noted := must(s.Erasures(ctx, time.UnixMilli(0)))(t); len(noted) != 1 {
			t.Errorf("%d deletions are noted, want one", len(noted))
		}
	})
}

// withNote begins an assessment in which nothing is chosen, and one note written.
func (w *world) withNote() string {
	w.t.Helper()
	id := w.start("first-team", model.PulseForm)
	asked := must(w.Progress(w.t.Context(), w.manager, id))(w.t).Assessment.Sections
	w.save(id, app.AnswerInput{Item: asked[0].Items[0].ID, Level: "", Note: "A note."})
	return id
}
