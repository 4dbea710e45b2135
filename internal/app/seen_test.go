package app_test

import (
	"slices"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// conflicts checks that something is refused since it was changed elsewhere, in these fields.
func conflicts(t *testing.T, what string, err error, fields ...string) {
	t.Helper()
	conflict, ok := err.(*model.Error)
	if !ok || conflict.Kind != model.Conflict {
		t.Errorf("%s gives %v, want a conflict", what, err)
		return
	}
	var got []string
	for _, field := range conflict.Fields {
		got = append(got, field.Field)
	}
	if !slices.Equal(got, fields) {
		t.Errorf("%s is a conflict in %q, want %q", what, got, fields)
	}
}

// Targets that two pages changed are in conflict; what either left as it saw it stays as the other set it.
func TestTargetsOfTwoPages(t *testing.T) {
	w := newWorld(t)
	seen := must(w.Targets(t.Context(), w.manager, "first-team"))(t).Rows
	page := func(value float64, importance int) []model.TargetInput {
		design, debt := seen[0].Chosen, seen[4].Chosen
		debt.Value, debt.Importance = value, importance
		return []model.TargetInput{{Target: design, Seen: seen[0].Seen}, {Target: debt, Seen: seen[4].Seen}}
	}
	debt := func() model.TargetChoice { return must(w.Targets(t.Context(), w.manager, "first-team"))(t).Rows[4] }
	save := func(inputs []model.TargetInput) error {
		return w.SaveTargets(t.Context(), w.manager, "first-team", inputs)
	}
	shipped := seen[4].Shipped
	ok(t, "one page", save(page(2.5, shipped.Importance)))
	ok(t, "the same of another page", save(page(2.5, shipped.Importance)))
	ok(t, "what another page left as it saw it", save(page(shipped.Value, 1)))
	if got := debt().Chosen; got.Value != 2.5 || got.Importance != 1 {
		t.Errorf("kept is %+v", got)
	}
	conflicts(t, "another target", save(page(2, shipped.Importance)), "target.debt")
	if got := debt().Chosen; got.Value != 2.5 {
		t.Errorf("in conflict, kept is %+v", got)
	}
	ours := page(2, 2)
	ours[1].Shipped = true
	ok(t, "going back to ours on a page that saw ours", save(ours))
	if got := debt().Chosen; got.Value != 2.5 {
		t.Errorf("what was set elsewhere is gone: %+v", got)
	}
	chosen := page(2, 2)
	chosen[1].Seen = debt().Seen
	ok(t, "the choice for what stands here", save(chosen))
	if got := debt().Chosen; got.Value != 2 || got.Importance != 2 {
		t.Errorf("chosen is %+v", got)
	}
}

// What two stewards change of a team is kept of both, and asked about where it is the same thing.
func TestTeamOfTwoPages(t *testing.T) {
	w := newTeam(t, "bea")
	team := func() model.Team { return must(w.TeamPage(t.Context(), w.manager, w.team))(t).Team }
	first := team()
	input := model.TeamInput{Name: first.Name, Purpose: first.Purpose, SmallestGroup: "5", Zone: first.Zone.Name(), Seen: app.SeenTeam(first)}
	change := func(edit func(*model.TeamInput)) error {
		changed := input
		edit(&changed)
		return w.ChangeTeam(t.Context(), w.manager, w.team, changed)
	}
	ok(t, "a name", change(func(i *model.TeamInput) { i.Name = "Backbone" }))
	ok(t, "a purpose and a group of another page", change(func(i *model.TeamInput) { i.Purpose, i.SmallestGroup = "To compare.", "7" }))
	ok(t, "a page that left all as it saw it", change(func(*model.TeamInput) {}))
	if got := team(); got.Name != "Backbone" || got.Purpose != "To compare." || got.SmallestGroup != 7 {
		t.Errorf("kept is %+v", got)
	}
	conflicts(t, "another name and group", change(func(i *model.TeamInput) { i.Name, i.SmallestGroup = "Data", "6" }), "name", "smallest-group")
	conflicts(t, "another purpose", change(func(i *model.TeamInput) { i.Purpose = "To learn." }), "purpose")
	ok(t, "the choice for what stands here", change(func(i *model.TeamInput) {
		i.Name, i.Purpose, i.SmallestGroup, i.Seen = "Data", "To learn.", "8", app.SeenTeam(team())
	}))
	if got := team(); got.Name != "Data" || got.Purpose != "To learn." || got.SmallestGroup != 8 {
		t.Errorf("chosen is %+v", got)
	}
}

// What counts in a cycle is what was ticked last by somebody who saw what counted before.
func TestContributionOfTwoPages(t *testing.T) {
	w := newTeam(t, names(5)...)
	cycle := w.open(model.FullForm)
	w.acquaint()
	first := w.take("m1", "first-team", model.FullForm, levels{"": {3}})
	second := w.take("m1", "first-team", model.FullForm, levels{"": {4}})
	seen := func(id string) string {
		for _, offer := range w.offers("m1", id) {
			return offer.Seen
		}
		t.Fatal("it is not offered")
		return ""
	}
	sends := func(id string, counts bool, seen string) error {
		return w.Contribute(t.Context(), w.people["m1"], w.team, cycle, model.ContributionInput{Assessment: id, Counts: counts, Seen: seen})
	}
	counts := func(want string) {
		t.Helper()
		current := must(w.CurrentCycle(t.Context(), w.people["m1"], w.team, cycle))(t)
		got := ""
		if current.Mine != nil {
			got = current.Mine.ID
		}
		if got != want {
			t.Errorf("it counts %q, want %q", got, want)
		}
	}
	nothing := seen(first)
	ok(t, "the first", sends(first, true, nothing))
	conflicts(t, "the second, of a page that saw nothing counted", sends(second, true, nothing), "count")
	ok(t, "a page that leaves the second unticked", sends(second, false, nothing))
	counts(first)
	one := seen(first)
	ok(t, "the second in its place", sends(second, true, one))
	counts(second)
	ok(t, "a page that leaves the first ticked", sends(first, true, one))
	counts(second)
	conflicts(t, "a page that takes the first out", sends(first, false, one), "count")
	conflicts(t, "a page that withdraws whichever it saw", sends("", false, one), "count")
	ok(t, "one that leaves the second alone", sends(first, false, seen(first)))
	counts(second)
	ok(t, "taking out what counts", sends(second, false, seen(second)))
	ok(t, "twice", sends("", false, one))
	counts("")
	ok(t, "a page of an earlier version", sends(second, true, ""))
	ok(t, "and its clearing", sends(second, false, ""))
	counts("")
}

// Ticks that two pages change are kept of both.
func TestTicksOfTwoPages(t *testing.T) {
	w := newTeam(t, names(3)...)
	places := func(names ...string) (ids []string) {
		for _, name := range names {
			ids = append(ids, w.places[name])
		}
		return append([]string{}, ids...)
	}
	save := func(seen, ticked []string) {
		t.Helper()
		w.ok(w.SaveAcquaintances(t.Context(), w.people["m1"], w.team, model.AcquaintancesInput{Ticked: ticked, Seen: seen}))
	}
	save(places(), places("m2"))
	save(places(), places("m3"))
	save(places("m2"), places("m2", steward))
	save(places("m2"), places())
	known := must(w.Acquaintances(t.Context(), w.people["m1"], w.team))(t).Known
	if len(known) != 2 || !known[w.places["m3"]] || !known[w.places[steward]] {
		t.Errorf("ticked are %v", known)
	}
}

// One text or one choice that two pages changed is asked about.
func TestNamesAndEndsOfTwoPages(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	ok(t, "a name", w.Rename(t.Context(), w.manager, id, "Autumn", app.SeenName("")))
	ok(t, "a page that left it as it saw it", w.Rename(t.Context(), w.manager, id, "", app.SeenName("")))
	conflicts(t, "another name", w.Rename(t.Context(), w.manager, id, "Winter", app.SeenName("")), "name")
	if got := w.result(id).Assessment.Name; got != "Autumn" {
		t.Errorf("it is called %q", got)
	}
	share := w.link(id).Share.ID
	seen := app.SeenEnd(must(w.Share(t.Context(), w.manager, share))(t).Share)
	ok(t, "an end", w.ExtendShare(t.Context(), w.manager, share, "30", seen))
	ok(t, "the same end", w.ExtendShare(t.Context(), w.manager, share, "30", seen))
	conflicts(t, "another end", w.ExtendShare(t.Context(), w.manager, share, "3", seen), "days")

	team := newTeam(t, "bea")
	me := must(team.TeamPage(t.Context(), team.people["bea"], team.team))(t).Me
	ok(t, "a name in the team", team.RenameMyself(t.Context(), team.people["bea"], team.team, "Beatrice", app.SeenName(me.Name)))
	conflicts(t, "another one", team.RenameMyself(t.Context(), team.people["bea"], team.team, "Bee", app.SeenName(me.Name)), "name")
}

// A zone is chosen over the one that the page saw.
func TestZoneOfTwoPages(t *testing.T) {
	w := newWorld(t)
	choose := func(stored model.ToldZone, name, seen string) error {
		return w.ChooseZone(t.Context(), model.Session{ID: "any", Days: stored}, model.Mentor{}, name, seen)
	}
	tokyo, _ := model.ReadZone("Asia/Tokyo")
	chosen, told := model.ToldZone{Zone: tokyo, Chosen: true}, model.ToldZone{Zone: tokyo}
	conflicts(t, "another zone", choose(chosen, "America/Lima", app.SeenZone(told)), "zone")
	ok(t, "the zone that was chosen", choose(chosen, "Asia/Tokyo", app.SeenZone(told)))
	ok(t, "over what the page saw", choose(chosen, "America/Lima", app.SeenZone(chosen)))
	ok(t, "over what the browser tells", choose(told, "America/Lima", app.SeenZone(told)))
}
