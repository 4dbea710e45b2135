package app_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/disclosure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// teamWorld is a world with one team in it, of which ann is the steward.
type teamWorld struct {
	*world
	team string
	// people are the managers by name, places the ids of their places in the team.
	people, places map[string]string
}

const steward = "ann"

// newTeam makes a team of ann and others, all confirmed.
func newTeam(t *testing.T, others ...string) *teamWorld {
	t.Helper()
	return newTeamOn(t, storetest.SQLite(t), others...)
}

func newTeamOn(t *testing.T, opened *store.Store, others ...string) *teamWorld {
	t.Helper()
	w := &teamWorld{world: newWorldOn(t, opened), people: map[string]string{}, places: map[string]string{}}
	w.people[steward] = w.manager
	w.team = must(w.MakeTeam(t.Context(), w.manager, model.TeamInput{
		Name: "Platform", Purpose: "See where we stand.", SmallestGroup: "5", MemberName: steward,
	}))(t)
	w.places[steward] = w.place(steward)
	w.join(others...)
	w.confirm(others...)
	return w
}

// sister makes another team of ann, and of others who may be in the first one too.
func (w *teamWorld) sister(others ...string) *teamWorld {
	w.t.Helper()
	return w.anotherTeam(maps.Clone(w.people), others)
}

// stranger makes a team of people who are in no other, though they have the same names.
func (w *teamWorld) stranger(others ...string) *teamWorld {
	w.t.Helper()
	return w.anotherTeam(map[string]string{steward: w.newManager()}, others)
}

func (w *teamWorld) anotherTeam(people map[string]string, others []string) *teamWorld {
	w.t.Helper()
	second := &teamWorld{world: w.world, people: people, places: map[string]string{}}
	second.team = must(w.MakeTeam(w.t.Context(), people[steward], model.TeamInput{
		Name: "Data", Purpose: "Another purpose.", SmallestGroup: "5", MemberName: steward,
	}))(w.t)
	second.places[steward] = second.place(steward)
	second.join(others...)
	second.confirm(others...)
	return second
}

// names makes so many names: m1, m2, and so on.
func names(count int) []string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf("m%d", i+1)
	}
	return list
}

// ok fails the test on an error.
// place finds somebody's place in the team.
func (w *teamWorld) place(name string) string {
	w.t.Helper()
	return must(w.TeamPage(w.t.Context(), w.people[name], w.team))(w.t).Me.ID
}

// join lets people join by a link, and waits a minute.
func (w *teamWorld) join(list ...string) {
	w.t.Helper()
	if len(list) == 0 {
		w.now = w.now.Add(time.Minute)
		return
	}
	made, err := w.Invite(w.t.Context(), w.people[steward], w.team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
	secret, invitation := made.Secret, made.Invitation
	w.ok(err)
	for _, name := range list {
		if w.people[name] == "" {
			w.people[name] = w.newManager()
		}
		must(w.JoinTeam(w.t.Context(), w.people[name], model.JoinInput{
			Secret: secret, Kind: model.JoinLink, Name: name, Agreed: true, From: "tests",
		}))(w.t)
		w.places[name] = w.place(name)
	}
	w.ok(w.RevokeInvitation(w.t.Context(), w.people[steward], w.team, invitation.ID))
	w.now = w.now.Add(time.Minute)
}

// confirm confirms people, and waits a minute.
func (w *teamWorld) confirm(list ...string) {
	w.t.Helper()
	for _, name := range list {
		w.ok(w.ConfirmMember(w.t.Context(), w.people[steward], w.team, w.places[name]))
	}
	w.now = w.now.Add(time.Minute)
}

// open opens a cycle of two weeks now, in a team of people who know each other.
func (w *teamWorld) open(form model.Form) string {
	w.t.Helper()
	w.acquaint()
	return must(w.MakeCycle(w.t.Context(), w.people[steward], w.team, model.CycleInput{
		Name: "Cycle of " + model.Zone{}.LongDate(w.now), Form: string(form),
		Closes: w.now.AddDate(0, 0, 14).Format(model.DateLayout),
	}))(w.t)
}

// take finishes an assessment of somebody, a minute later.
func (w *teamWorld) take(name, questionnaire string, form model.Form, given levels) string {
	w.t.Helper()
	w.manager = w.people[name]
	id := w.start(questionnaire, form)
	w.answer(id, given)
	w.finish(id)
	w.now = w.now.Add(time.Minute)
	return id
}

// contribute takes an assessment of a first team in full and contributes it.
func (w *teamWorld) contribute(cycle, name string, given levels) string {
	w.t.Helper()
	id := w.take(name, "first-team", model.FullForm, given)
	w.ok(w.Contribute(w.t.Context(), w.people[name], w.team, cycle, counting(id)))
	return id
}

// close closes a cycle, and lets a quarter pass.
func (w *teamWorld) close(cycle string) {
	w.t.Helper()
	w.ok(w.CloseCycle(w.t.Context(), w.people[steward], w.team, cycle))
	w.now = w.now.Add(quarter)
}

// run is a whole cycle in which people answer everything with one level each.
func (w *teamWorld) run(given map[string]model.Level) string {
	w.t.Helper()
	cycle := w.open(model.FullForm)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		w.contribute(cycle, name, levels{"": {given[name]}})
	}
	w.close(cycle)
	return cycle
}

// alike is an answer of one level for each of these people.
func alike(level model.Level, list ...string) map[string]model.Level {
	given := map[string]model.Level{}
	for _, name := range list {
		given[name] = level
	}
	return given
}

// outcome is what somebody sees of a closed cycle.
func (w *teamWorld) outcome(name, cycle string) *model.TeamResult {
	w.t.Helper()
	return must(w.TeamResult(w.t.Context(), w.people[name], w.team, cycle))(w.t)
}

// process is the use cases of another process, which opened the database by itself.
func (w *teamWorld) process(opened *store.Store) *app.App {
	return app.New(opened, w.library, func() time.Time { return w.now }, rand.Text, app.Secret)
}

func thresholds(group int, effective float64) disclosure.Thresholds {
	raised := disclosure.Floor()
	raised.Group, raised.EffectiveGroup = group, effective
	return raised
}

// acquaint lets everybody of the team who is confirmed tick all the others.
func (w *teamWorld) acquaint() {
	w.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(w.places)) {
		known, err := w.Acquaintances(w.t.Context(), w.people[name], w.team)
		if errors.Is(err, model.ErrNotFound) {
			continue
		}
		w.ok(err)
		var others []string
		for _, other := range known.Others {
			others = append(others, other.ID)
		}
		w.ok(w.SaveAcquaintances(w.t.Context(), w.people[name], w.team, model.AcquaintancesInput{Ticked: others}))
	}
}

// offers are the open cycles that a finished assessment of somebody could be contributed to.
func (w *teamWorld) offers(name, id string) []model.ContributionOffer {
	w.t.Helper()
	result := must(w.Result(w.t.Context(), w.people[name], id))(w.t)
	return must(w.ContributionOffers(w.t.Context(), result))(w.t)
}

// counting is a form by which an assessment is to count in a cycle.
func counting(assessment string) model.ContributionInput {
	return model.ContributionInput{Assessment: assessment, Counts: true}
}

// rename changes what somebody calls themself in the team, on a page that was just opened.
func (w *teamWorld) rename(name, called string) error {
	w.t.Helper()
	me := must(w.TeamPage(w.t.Context(), w.people[name], w.team))(w.t).Me
	return w.RenameMyself(w.t.Context(), w.people[name], w.team, called, app.SeenName(me.Name))
}
