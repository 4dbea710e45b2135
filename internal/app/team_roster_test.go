package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestTeamForm(t *testing.T) {
	w := newWorld(t)
	right := model.TeamInput{Name: "Platform", Purpose: "Why", SmallestGroup: "5", MemberName: "Ann"}
	for name, one := range map[string]struct {
		change func(*model.TeamInput)
		fields []string
	}{
		"nothing":             {func(i *model.TeamInput) { *i = model.TeamInput{} }, []string{"name", "smallest-group", "member-name"}},
		"a group of four":     {func(i *model.TeamInput) { i.SmallestGroup = "4" }, []string{"smallest-group"}},
		"a group of 21":       {func(i *model.TeamInput) { i.SmallestGroup = "21" }, []string{"smallest-group"}},
		"no number":           {func(i *model.TeamInput) { i.SmallestGroup = "five" }, []string{"smallest-group"}},
		"a name too long":     {func(i *model.TeamInput) { i.Name = strings.Repeat("n", 81) }, []string{"name"}},
		"a purpose too long":  {func(i *model.TeamInput) { i.Purpose = strings.Repeat("p", 301) }, []string{"purpose"}},
		"a name of blanks":    {func(i *model.TeamInput) { i.MemberName = " \n\t" }, []string{"member-name"}},
		"a long name of mine": {func(i *model.TeamInput) { i.MemberName = strings.Repeat("m", 81) }, []string{"member-name"}},
	} {
		input := right
		one.change(&input)
		_, err := w.MakeTeam(t.Context(), w.manager, input)
		expectFields(t, name, err, one.fields...)
	}
	if teams := must(w.Teams(t.Context(), w.manager))(t); len(teams) != 0 {
		t.Errorf("there are teams: %+v", teams)
	}
	token, team, err := w.MakeTeamAsNew(t.Context(), "Firefox on Linux", right)
	if err != nil {
		t.Fatal(err)
	}
	session, _, err := w.Session(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	page := must(w.TeamPage(t.Context(), session.ManagerID, team))(t)
	if page.Me.Role != model.Steward || !page.Me.Confirmed() || page.Me.Name != "Ann" || page.Members != 1 {
		t.Errorf("the maker’s place is %+v", page.Me)
	}
}

// Somebody who waits learns the team’s name, purpose and stewards, and nothing else.
func TestWhoWaitsSeesTheStewardsAlone(t *testing.T) {
	w := newTeam(t, names(5)...)
	w.run(alike(3, append(names(5), steward)...))
	w.open(model.FullForm)
	w.join("newcomer")
	home := must(w.Team(t.Context(), w.people["newcomer"], w.team))(t)
	if home.Me.Confirmed() || !slices.Equal(home.StewardNames, []string{steward}) || home.Members != 0 || home.Waiting != 0 || home.Stewards != 1 {
		t.Errorf("the home holds %+v", home)
	}
	if home.Current != nil || home.Cycles != nil || home.Latest != nil || home.Peers != nil || home.Hidden != 0 {
		t.Errorf("the home holds %+v", home)
	}
	teams := must(w.Teams(t.Context(), w.people["newcomer"]))(t)
	if len(teams) != 1 || teams[0].Confirmed || teams[0].Members != 0 || teams[0].Open != nil || teams[0].Latest != nil {
		t.Errorf("the list holds %+v", teams)
	}
	// Those who are in see the one who waits, and no manager’s id.
	page := must(w.Roster(t.Context(), w.people["m1"], w.team))(t)
	if last := page.Roster[len(page.Roster)-1]; last.Name != "newcomer" || last.Confirmed() || page.Members != 6 || page.Waiting != 1 || len(page.Roster) != 7 {
		t.Errorf("the roster is %+v", page.Roster)
	}
	for _, member := range page.Roster {
		if member.ManagerID != "" || !member.JoinedAt.IsZero() {
			t.Errorf("the roster tells %+v", member)
		}
	}
}

func TestRosterIsByName(t *testing.T) {
	w := newTeam(t, "zoe", "Bob")
	w.join("carl", "Alf")
	var order []string
	for _, member := range must(w.Roster(t.Context(), w.manager, w.team))(t).Roster {
		order = append(order, member.Name)
	}
	if want := []string{"ann", "Bob", "zoe", "Alf", "carl"}; !slices.Equal(order, want) {
		t.Errorf("the roster is %v, want %v", order, want)
	}
}

// Two who look the same in the roster could be taken for one another.
func TestNoTwoConfirmedMembersShareAName(t *testing.T) {
	w := newTeam(t, "bea")
	w.join("carl")
	w.ok(w.rename("carl", "B\u200bEA"))
	expectFields(t, "confirming a second bea", w.ConfirmMember(t.Context(), w.manager, w.team, w.places["carl"]), "member")
	w.ok(w.rename("carl", "Carl"))
	w.confirm("carl")
	expectFields(t, "a name that is taken", w.rename("carl", "Bea"), "name")
	expectFields(t, "no name", w.rename("carl", " "), "name")
	for _, alike := range []string{"Ｂｅａ", "B\u0435a", "Bea\ufe0f", "B\u034fea", "bea\u3164", " \u2800bea"} {
		expectFields(t, fmt.Sprintf("%+q beside bea", alike), w.rename("carl", alike), "name")
	}
	for _, blank := range []string{"\u200b", "\u3164", "\u2800", "\u00ad", "\u202e\u202c", "\ufe0f", "7", "🙂"} {
		expectFields(t, fmt.Sprintf("%+q as a name", blank), w.rename("carl", blank), "name")
	}
	// What a script or an emoji needs stays.
	for _, ordinary := range []string{"נועה", "محمد", "می\u200cرا", "Zoë", "Kim 👩\u200d💻"} {
		w.ok(w.rename("carl", ordinary))
		if me := must(w.TeamPage(t.Context(), w.people["carl"], w.team))(t).Me; me.Name != ordinary {
			t.Errorf("%+q is kept as %+q", ordinary, me.Name)
		}
	}
	w.ok(w.rename("carl", "CARL"))
	w.ok(w.ConfirmMember(t.Context(), w.manager, w.team, w.places["carl"]))
}

func TestStewardsHandOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, "bea", "carl")
		w.join("waiting")
		ctx := t.Context()
		expectFields(t, "the only steward stepping down", w.StepDown(ctx, w.manager, w.team), "step-down")
		if err := w.MakeSteward(ctx, w.manager, w.team, w.places["waiting"]); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("one who waits becomes a steward: %v", err)
		}
		w.ok(w.MakeSteward(ctx, w.manager, w.team, w.places["bea"]))
		w.ok(w.StepDown(ctx, w.manager, w.team))
		for what, err := range map[string]error{
			"stepping down twice": w.StepDown(ctx, w.manager, w.team),
			"confirming":          w.ConfirmMember(ctx, w.manager, w.team, w.places["waiting"]),
			"removing":            w.RemoveMember(ctx, w.manager, w.team, w.places["carl"]),
			"removing oneself":    w.RemoveMember(ctx, w.people["bea"], w.team, w.places["bea"]),
		} {
			if !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		expectFields(t, "taking over from a steward", w.TakeOver(ctx, w.people["carl"], w.team), "take-over")
		w.ok(w.RemoveMember(ctx, w.people["bea"], w.team, w.places["waiting"]))
		if _, err := w.TeamPage(ctx, w.people["waiting"], w.team); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("declined, and yet: %v", err)
		}
		w.ok(w.RemoveMember(ctx, w.people["bea"], w.team, w.places[steward]))
		if _, err := w.TeamPage(ctx, w.manager, w.team); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("removed, and yet: %v", err)
		}
	})
}

// The last steward leaves: the team goes on without one, and of those who take over at once one does.
func TestOneTakesOverFromTheLastSteward(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(6)...)
		w.join("waiting")
		w.ok(w.LeaveTeam(t.Context(), w.manager, w.team))
		if page := must(w.TeamPage(t.Context(), w.people["m1"], w.team))(t); page.Stewards != 0 || page.Members != 6 {
			t.Errorf("without a steward the page is %+v", page)
		}
		if err := w.TakeOver(t.Context(), w.people["waiting"], w.team); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("one who waits takes over: %v", err)
		}
		results := make(chan error)
		for _, name := range names(6) {
			go func() { results <- w.TakeOver(t.Context(), w.people[name], w.team) }()
		}
		took := 0
		for range names(6) {
			switch err := <-results; model.KindOf(err) {
			case model.Invalid:
			default:
				w.ok(err)
				took++
			}
		}
		if page := must(w.TeamPage(t.Context(), w.people["m1"], w.team))(t); took != 1 || page.Stewards != 1 {
			t.Errorf("%d took over, %d stewards", took, page.Stewards)
		}
	})
}

// A steward is told of whom a cycle counts that has opened; the others are told nothing of it.
func TestRosterTellsStewardsWhoCantBeRemoved(t *testing.T) {
	w := newTeam(t, names(6)...)
	roster := func(name string) *model.TeamRoster { return must(w.Roster(t.Context(), w.people[name], w.team))(t) }
	if got := roster(steward); len(got.Counted) != 0 || len(got.Roster) != 7 {
		t.Errorf("without a cycle: %v of %d", got.Counted, len(got.Roster))
	}
	cycle := w.open(model.FullForm)
	w.join("late")
	w.confirm("late")
	got := roster(steward)
	if len(got.Counted) != 6 || got.Counted[w.places["late"]] || got.Counted[w.places[steward]] {
		t.Errorf("counted are %v", got.Counted)
	}
	for _, name := range append(names(6), "late") {
		err := w.RemoveMember(t.Context(), w.manager, w.team, w.places[name])
		if got.Counted[w.places[name]] {
			expectFields(t, "removing "+name, err, "member")
		} else {
			w.ok(err)
		}
	}
	if got := roster("m1"); len(got.Counted) != 0 {
		t.Errorf("a member is told %v", got.Counted)
	}
	w.join("waiting")
	if _, err := w.Roster(t.Context(), w.people["waiting"], w.team); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("one who waits: %v", err)
	}
	w.close(cycle)
	if got := roster(steward); len(got.Counted) != 0 {
		t.Errorf("after the close: %v", got.Counted)
	}
}

// A team goes with its last confirmed member, whoever is waiting.
func TestLastOneOutEndsTheTeam(t *testing.T) {
	w := newTeam(t, "bea")
	w.join("waiting")
	made, err := w.Invite(t.Context(), w.manager, w.team, model.InvitationInput{Kind: model.JoinLink, Days: "7", Places: "100"})
	w.ok(err)
	w.ok(w.LeaveTeam(t.Context(), w.manager, w.team))
	w.ok(w.LeaveTeam(t.Context(), w.people["bea"], w.team))
	if _, err := w.TeamPage(t.Context(), w.people["waiting"], w.team); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the team is still there: %v", err)
	}
	if _, err := w.JoinTerms(t.Context(), "", model.JoinInput{Secret: made.Secret, Kind: model.JoinLink, From: "x"}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("its link still opens: %v", err)
	}
	if err := w.LeaveTeam(t.Context(), w.manager, w.team); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("leaving twice: %v", err)
	}
}

// What an operator asks for and what a team chose only rises, and holds for cycles made later.
func TestThresholdsOnlyRise(t *testing.T) {
	w := newTeam(t, names(6)...)
	first := w.open(model.FullForm)
	change := func(group string) error {
		seen := app.SeenTeam(must(w.TeamPage(t.Context(), w.manager, w.team))(t).Team)
		return w.ChangeTeam(t.Context(), w.manager, w.team, model.TeamInput{Name: "Platform", SmallestGroup: group, Seen: seen})
	}
	w.ok(change("7"))
	expectFields(t, "a smaller group", change("6"), "smallest-group")
	for _, name := range append(names(5), steward) {
		w.contribute(first, name, levels{"": {3}})
	}
	w.close(first)
	if got := w.outcome("m1", first); got.Aggregate.Withheld != "" || got.Cycle.SmallestGroup != 5 {
		t.Errorf("the change reached back: %+v", got.Cycle)
	}
	second := w.run(alike(3, append(names(5), steward)...))
	if got := w.outcome("m1", second); got.Aggregate.Withheld != model.TooFew || got.Cycle.SmallestGroup != 7 || got.Aggregate.Contributors != 0 {
		t.Errorf("six of seven: %+v", got.Aggregate)
	}
	raised := w.process(w.store)
	raised.RaiseThresholds(thresholds(9, 4))
	if _, err := raised.MakeTeam(t.Context(), w.manager, model.TeamInput{Name: "Other", SmallestGroup: "8", MemberName: "Ann"}); err == nil {
		t.Error("a team asks for fewer than its instance")
	}
	third := must(raised.MakeCycle(t.Context(), w.people[steward], w.team, model.CycleInput{
		Name: "Raised", Form: "full", Closes: w.now.Format(model.DateLayout),
	}))(t)
	w.now = w.now.Add(time.Minute)
	w.close(third)
	choices := must(w.CycleChoices(t.Context(), w.people[steward], w.team))(t)
	if choices.SmallestGroup != 9 || choices.SmallestEffectiveGroup != 4 {
		t.Errorf("after the operator lowered them again: %+v", choices)
	}
}
