package app_test

import (
	"errors"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// offeredHere are the ways in of these tests.
var offeredHere = model.Offered{model.VisitOffered, {Key: "openid", Way: model.ByOpenID, Issuer: "https://id.example.org"}}

// organiser makes a manager an organiser by a code, and is how they act.
func (w *world) organiser(manager string) model.Caller {
	w.t.Helper()
	session := w.openedFor(manager)
	code := must(w.MakeOrganiserCode(w.t.Context()))(w.t)
	token := must(w.BecomeOrganiser(w.t.Context(), session, code, "here", "Firefox on Linux"))(w.t)
	return model.Caller{Session: w.session(token), Open: offeredHere}
}

// sets changes what is set, as an organiser does on the page.
func (w *world) sets(caller model.Caller, change func(*model.InstallationInput)) error {
	w.t.Helper()
	page := must(w.InstallationPage(w.t.Context(), caller))(w.t)
	input := w.InstallationForm(page.Set, offeredHere)
	change(&input)
	return w.ChangeInstallation(w.t.Context(), caller, offeredHere, input)
}

// A smallest group that organisers raise holds for cycles made from then on. It can be lowered again to the operator's, and no
// team's ever falls.
func TestOrganisersRaiseTheSmallestGroup(t *testing.T) {
	w := newTeam(t, names(6)...)
	first := w.open(model.FullForm)
	caller := w.organiser(w.newManager())
	group := func(people string) error {
		return w.sets(caller, func(input *model.InstallationInput) { input.SmallestGroup = people })
	}
	for _, wrong := range []string{"4", "0", "21", "five", ""} {
		expectFields(t, "a group of "+wrong, group(wrong), "smallest-group")
	}
	w.ok(group("7"))
	for _, name := range append(names(5), steward) {
		w.contribute(first, name, levels{"": {3}})
	}
	w.close(first)
	if got := w.outcome("m1", first); got.Aggregate.Withheld != "" || got.Cycle.SmallestGroup != 5 {
		t.Errorf("the raise reached back: %+v", got.Cycle)
	}
	second := w.run(alike(3, append(names(5), steward)...))
	if got := w.outcome("m1", second); got.Aggregate.Withheld != model.TooFew || got.Cycle.SmallestGroup != 7 {
		t.Errorf("six of seven: %+v of %+v", got.Aggregate, got.Cycle)
	}
	small := model.TeamInput{Name: "Other", SmallestGroup: "6", MemberName: "Ann"}
	_, err := w.MakeTeam(t.Context(), w.newManager(), small)
	expectFields(t, "a team of fewer than its installation", err, "smallest-group")

	w.ok(group("5"))
	must(w.MakeTeam(t.Context(), w.newManager(), small))(t)
	if choices := must(w.CycleChoices(t.Context(), w.people[steward], w.team))(t); choices.SmallestGroup != 7 {
		t.Errorf("the team's next cycle falls to %d", choices.SmallestGroup)
	}

	// The operator's own number is the least, and where it is fixed, organisers change nothing.
	w.RaiseThresholds(thresholds(9, 4))
	expectFields(t, "fewer than the operator says", group("8"), "smallest-group")
	w.Configure(app.Operator{Fixed: map[string]bool{model.GroupSetting: true}})
	w.ok(group("12"))
	if got := w.Installation(t.Context()).SmallestGroup; got != 9 {
		t.Errorf("of what the operator fixed as 9, organisers made %d", got)
	}
}

// Where organisers alone open teams, the use case refuses everybody else, whatever page they came from.
func TestTeamsOfOrganisersAlone(t *testing.T) {
	w := newWorld(t)
	caller := w.organiser(w.manager)
	w.ok(w.sets(caller, func(input *model.InstallationInput) { input.Teams = model.OrganisersTeams }))
	input := model.TeamInput{Name: "Platform", SmallestGroup: "5", MemberName: "Ann"}
	other := w.newManager()
	for who, one := range map[string]model.Caller{"nobody known": {}, "another manager": {Session: w.openedFor(other), Open: offeredHere}} {
		input.Caller = one
		if _, err := w.MakeTeam(t.Context(), other, input); !errors.Is(err, model.ErrOrganisersOnly) {
			t.Errorf("%s: %v", who, err)
		}
		if _, _, err := w.MakeTeamAsNew(t.Context(), "Firefox", input); !errors.Is(err, model.ErrOrganisersOnly) {
			t.Errorf("%s, as new: %v", who, err)
		}
	}
	input.Caller = caller
	team := must(w.MakeTeam(t.Context(), w.manager, input))(t)
	if team == "" {
		t.Error("an organiser made no team")
	}
	w.ok(w.sets(caller, func(input *model.InstallationInput) { input.Teams = model.EverybodysTeams }))
	input.Caller = model.Caller{}
	must(w.MakeTeam(t.Context(), other, input))(t)
}

// What two organisers set in different fields is both kept; in the same field, it is asked about.
func TestTwoOrganisersAtOnce(t *testing.T) {
	w := newWorld(t)
	caller, other := w.organiser(w.manager), w.organiser(w.newManager())
	page := must(w.InstallationPage(t.Context(), caller))(t)
	here, there := w.InstallationForm(page.Set, offeredHere), w.InstallationForm(page.Set, offeredHere)
	here.Name, there.Contact = "Example Works", "ann@example.org"
	w.ok(w.ChangeInstallation(t.Context(), caller, offeredHere, here))
	w.ok(w.ChangeInstallation(t.Context(), other, offeredHere, there))
	if got := w.Installation(t.Context()); got.Name != "Example Works" || got.Contact != "ann@example.org" {
		t.Errorf("set are %+v", got)
	}
	there.Name = "Other Works"
	conflicts(t, "another name", w.ChangeInstallation(t.Context(), other, offeredHere, there), model.OrganisationSetting)
}

// The rules of who organises are those of each act, not only of the page.
func TestOnlyOrganisersSet(t *testing.T) {
	w := newWorld(t)
	nobody := model.Caller{Session: w.openedFor(w.manager), Open: offeredHere}
	for who, caller := range map[string]model.Caller{"a manager": nobody, "nobody": {}} {
		if _, err := w.InstallationPage(t.Context(), caller); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s sees the page: %v", who, err)
		}
		input := model.InstallationInput{Name: "Mine", Pulse: "6", Full: "13", SmallestGroup: "5", Teams: model.EverybodysTeams, Ways: []string{"visit", "openid"}}
		if err := w.ChangeInstallation(t.Context(), caller, offeredHere, input); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s sets: %v", who, err)
		}
	}
	if got := w.Installation(t.Context()); got.Name != "" {
		t.Errorf("set are %+v", got)
	}
	// With everything of theirs, the role goes; with two histories laid together, it stays.
	caller := w.organiser(w.manager)
	must(w.DeleteEverything(t.Context(), w.manager, true))(t)
	if _, err := w.InstallationPage(t.Context(), caller); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("who deleted everything organises: %v", err)
	}
}

// Somebody who organises and has nothing else isn't taken for nobody.
func TestAnOrganiserIsNoEmptyManager(t *testing.T) {
	w := newWorld(t)
	code := must(w.MakeOrganiserCode(t.Context()))(t)
	token := must(w.BecomeOrganiser(t.Context(), model.Session{}, code, "here", "Firefox on Linux"))(t)
	caller := model.Caller{Session: w.session(token), Open: offeredHere}
	w.now = w.now.Add(quarter)
	w.ok(w.Upkeep(t.Context()))
	if _, err := w.InstallationPage(t.Context(), caller); err != nil {
		t.Errorf("after a quarter: %v", err)
	}
	if held := must(w.Holdings(t.Context(), caller.Session.ManagerID))(t); held.Organising != 1 || !held.Any() || held.Alone() {
		t.Errorf("held are %+v", held)
	}
}
