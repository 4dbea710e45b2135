package app_test

import (
	"fmt"
	"testing"
	"time"

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

// names makes so many names: m1, m2, and so on.
func names(count int) []string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf("m%d", i+1)
	}
	return list
}

// ok fails the test on an error.
func (w *teamWorld) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

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
	secret, _, err := w.Invite(w.t.Context(), w.people[steward], w.team, model.JoinLink, "7")
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

// open opens a cycle of two weeks now.
func (w *teamWorld) open(form model.Form) string {
	w.t.Helper()
	return must(w.MakeCycle(w.t.Context(), w.people[steward], w.team, model.CycleInput{
		Name: "Cycle of " + model.LongDate(w.now), Form: string(form),
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
	w.ok(w.Contribute(w.t.Context(), w.people[name], w.team, cycle, id))
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
	for name := range w.people {
		if level, takes := given[name]; takes {
			w.contribute(cycle, name, levels{"": {level}})
		}
	}
	w.close(cycle)
	return cycle
}

// outcome is what somebody sees of a closed cycle.
func (w *teamWorld) outcome(name, cycle string) *model.TeamResult {
	w.t.Helper()
	return must(w.TeamResult(w.t.Context(), w.people[name], w.team, cycle))(w.t)
}
