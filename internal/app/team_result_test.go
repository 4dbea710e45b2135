package app_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// figure finds what an aggregate publishes of a competency, an area or the whole.
func figure(t *testing.T, aggregate *model.TeamAggregate, id string) model.TeamFigure {
	t.Helper()
	found, ok := aggregate.Figure(id)
	if !ok {
		t.Fatalf("the aggregate says nothing of %s", id)
	}
	return found
}

// Six people, by hand. Design: the means of three answers each are 2, 2, 10/3, 4, 5 and 4/3, in all 17.667, so
// 2.944 on average. Judgement is design with one competency at 5 and one at 1: (2.944 + 5 + 1)/3 = 2.981. The
// other nine competencies are at 3, so the whole is (2.944 + 5 + 1 + 27)/12 = 2.995.
func TestSixPeopleByHand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(5)...)
		cycle := w.open(model.FullForm)
		for name, design := range map[string][]model.Level{
			steward: {1, 2, 3}, "m1": {2, 2, 2}, "m2": {3, 3, 4}, "m3": {4, 4, 4}, "m4": {5, 5, 5}, "m5": {1, 1, 2},
		} {
			w.contribute(cycle, name, levels{"": {3}, "design": design, "tradeoffs": {5}, "systems": {1}})
		}
		w.close(cycle)
		aggregate := w.outcome("m1", cycle).Aggregate
		if aggregate.Contributors != 6 || aggregate.Withheld != "" || aggregate.Compared != "" || aggregate.Scopes != nil {
			t.Errorf("published is %+v", aggregate)
		}
		for id, want := range map[string]model.Figure{
			"design": {Value: 2.9}, "tradeoffs": {Value: 4.6, AtLeast: true}, "systems": {Value: 1.4, AtMost: true},
			"judgement": {Value: 3}, "whole": {Value: 3}, "learning": {Value: 3}, "self": {Value: 3},
		} {
			got := figure(t, aggregate, id)
			if got.Mean != want || got.Step != 0.1 || got.Quartiles != nil || got.Spread != nil || got.Change != "" {
				t.Errorf("%s is %+v, want %+v", id, got, want)
			}
		}
	})
}

// Eleven people, by hand. Design: 1 1 2 2 3 3 3 4 4 5 5, so the mean is 33/11 = 3, the quartiles stand at the
// places 2.5, 5 and 7.5 of the ordered answers, counted from 0: 2, 3 and 4, and the squared distances add up to
// 20, which makes a deviation of 1.414, in halves 1.5. Trade-offs: ten of 2 and one of 5: 2.273, quartiles of 2,
// deviation 0.905, in halves 1.
func TestElevenPeopleByHand(t *testing.T) {
	w := newTeam(t, names(10)...)
	cycle := w.open(model.FullForm)
	design := []model.Level{1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(design), func(i, j int) { design[i], design[j] = design[j], design[i] })
	for i, name := range append(names(10), steward) {
		tradeoffs := model.Level(2)
		if i == 4 {
			tradeoffs = 5
		}
		w.contribute(cycle, name, levels{"": {3}, "design": {design[i]}, "tradeoffs": {tradeoffs}})
	}
	w.close(cycle)
	aggregate := w.outcome("m1", cycle).Aggregate
	for id, want := range map[string]struct {
		mean      float64
		quartiles []float64
		deviation float64
	}{"design": {3, []float64{2, 3, 4}, 1.5}, "tradeoffs": {2.3, []float64{2, 2, 2}, 1}, "vision": {3, []float64{3, 3, 3}, 0}} {
		got := figure(t, aggregate, id)
		var quartiles []float64
		for _, quartile := range got.Quartiles {
			quartiles = append(quartiles, quartile.Value)
		}
		if got.Mean.Value != want.mean || !slices.Equal(quartiles, want.quartiles) || got.Spread == nil || *got.Spread != want.deviation {
			t.Errorf("%s is %+v, want %+v", id, got, want)
		}
	}
}

// Eight people who all rise by a level: of 2^8 ways to give the changes signs two are as far from zero, 0.0078,
// and five times that is below 0.05.
func TestComparisonIsPublishedAsAWord(t *testing.T) {
	w := newTeam(t, names(7)...)
	everybody := append(names(7), steward)
	w.run(alike(2, everybody...))
	second := w.run(alike(3, everybody...))
	result := w.outcome("m1", second)
	if result.Compared == nil || result.Aggregate.ComparedWithheld != "" {
		t.Fatalf("nothing is compared: %+v", result.Aggregate)
	}
	for _, id := range []string{"whole", "people", "design"} {
		if got := figure(t, result.Aggregate, id).Change; got != string(measure.TeamRose) {
			t.Errorf("%s %q, want rose", id, got)
		}
	}
	third := w.run(alike(3, append(names(4), steward)...))
	if aggregate := w.outcome("m1", third).Aggregate; aggregate.Contributors != 5 || aggregate.Compared == "" && aggregate.ComparedWithheld == "" {
		t.Errorf("with five people left: %+v", aggregate)
	}
	if text := string(must(json.Marshal(result.Aggregate))(t)); strings.Contains(text, `"p"`) {
		t.Errorf("a p is published: %s", text)
	}
}

// Five people of two cycles are too few for a test, so only a direction is told.
func TestFivePeopleHaveADirectionOnly(t *testing.T) {
	w := newTeam(t, names(4)...)
	everybody := append(names(4), steward)
	w.run(alike(2, everybody...))
	second := w.outcome("m1", w.run(alike(3, everybody...))).Aggregate
	if got := second.Whole.Change; second.Compared != "" && got != string(measure.TeamLeansUp) || second.Compared == "" && second.ComparedWithheld == "" {
		t.Errorf("the whole %q, withheld %q", got, second.ComparedWithheld)
	}
}

// withheldTexts are all texts that a member can get of a closed cycle: the result, the home, the trends, the
// tables.
func (w *teamWorld) withheldTexts(name, cycle string) string {
	w.t.Helper()
	ctx, manager := w.t.Context(), w.people[name]
	parts := []any{
		w.outcome(name, cycle), must(w.Team(ctx, manager, w.team))(w.t), must(w.TeamTrends(ctx, manager, w.team))(w.t),
		must(w.TeamResultCSV(ctx, manager, w.team, cycle))(w.t), must(w.TeamTrendsCSV(ctx, manager, w.team))(w.t),
	}
	return string(must(json.Marshal(parts))(w.t))
}

// What is withheld is byte for byte the same, whatever was answered: being too few, and by the gate.
func TestWithheldIsTheSameWhateverWasAnswered(t *testing.T) {
	outcome := func(low, high model.Level) (few, held string) {
		w := newTeam(t, names(5)...)
		everybody := append(names(5), steward)
		first := w.open(model.FullForm)
		for i, name := range everybody[:4] {
			w.contribute(first, name, levels{"": {[]model.Level{low, high}[i%2]}, "design": {high}})
		}
		w.close(first)
		few = w.withheldTexts("m1", first)

		// The same assessments in two teams: six people in one, five of them in the other.
		second := w.sister(names(4)...)
		cycle, other := w.open(model.FullForm), second.open(model.FullForm)
		for i, name := range everybody {
			// In the first team all answer alike in both worlds, so that what it publishes makes no difference.
			id := w.contribute(cycle, name, levels{"": {3}, "design": {[]model.Level{low, high, 3}[i%3]}})
			if name != "m5" {
				w.ok(w.Contribute(t.Context(), w.people[name], second.team, other, counting(id)))
			}
		}
		w.close(cycle)
		second.close(other)
		if aggregate := second.outcome("m1", other).Aggregate; aggregate.Withheld != model.Protected || aggregate.Contributors != 5 {
			t.Fatalf("the sister team publishes %+v", aggregate)
		}
		return few, second.withheldTexts("m1", other)
	}
	few, held := outcome(1, 5)
	for _, answers := range [][2]model.Level{{5, 1}, {2, 4}, {4, 2}} {
		otherFew, otherHeld := outcome(answers[0], answers[1])
		if few != otherFew {
			t.Errorf("too few, answering %v:\n%s\ninstead of\n%s", answers, otherFew, few)
		}
		if held != otherHeld {
			t.Errorf("withheld by the gate, answering %v:\n%s\ninstead of\n%s", answers, otherHeld, held)
		}
	}
}

// A steward sees no more of the answers than any member: their reports are the same, field by field, apart from
// what is their own and the invitations.
func TestStewardSeesNoMoreThanAMember(t *testing.T) {
	w := newTeam(t, names(6)...)
	everybody := append(names(6), steward)
	w.run(alike(2, everybody...))
	second := w.run(alike(3, everybody...))
	w.open(model.FullForm)
	w.ok(w.ShowScores(t.Context(), w.people["m3"], w.team, second, true))
	w.join("newcomer")
	home := func(name string) model.TeamHome {
		home := *must(w.Team(t.Context(), w.people[name], w.team))(t)
		home.Latest.Me, home.Me, home.Invitations = model.Membership{}, model.Membership{}, nil
		return home
	}
	if got, want := home(steward), home("m1"); !reflect.DeepEqual(got, want) {
		t.Errorf("the steward’s home is %+v, the member’s %+v", got, want)
	}
	result := func(name string) model.TeamResult {
		result := *w.outcome(name, second)
		result.Me = model.Membership{}
		for _, before := range result.Before {
			before.Me = model.Membership{}
		}
		return result
	}
	if got, want := result(steward), result("m1"); !reflect.DeepEqual(got, want) {
		t.Errorf("the steward sees %+v, the member %+v", got, want)
	}
	trends := func(name string) model.TeamTrends {
		trends := *must(w.TeamTrends(t.Context(), w.people[name], w.team))(t)
		trends.Me = model.Membership{}
		for _, result := range trends.Results {
			result.Me = model.Membership{}
		}
		return trends
	}
	if got, want := trends(steward), trends("m1"); !reflect.DeepEqual(got, want) {
		t.Errorf("the steward’s trends are %+v, the member’s %+v", got, want)
	}
	roster := func(name string) []model.Membership {
		return must(w.Roster(t.Context(), w.people[name], w.team))(t).Roster
	}
	if got, want := roster(steward), roster("m1"); !reflect.DeepEqual(got, want) {
		t.Errorf("the steward’s roster is %+v, the member’s %+v", got, want)
	}
	for _, table := range []func(string) [][]string{
		func(name string) [][]string {
			return must(w.TeamResultCSV(t.Context(), w.people[name], w.team, second))(t)
		},
		func(name string) [][]string { return must(w.TeamTrendsCSV(t.Context(), w.people[name], w.team))(t) },
	} {
		if !reflect.DeepEqual(table(steward), table("m1")) {
			t.Error("the steward’s table differs from the member’s")
		}
	}
}

// A result stands beside the cycles before it, as the trends have them, and beside none that came later.
func TestResultStandsBesideThoseBefore(t *testing.T) {
	w := newTeam(t, names(5)...)
	people := append(names(5), steward)
	var cycles []string
	for level := range 3 {
		cycles = append(cycles, w.run(alike(model.Level(level+2), people...)))
	}
	trends := must(w.TeamTrends(t.Context(), w.people["m1"], w.team))(t)
	for place, cycle := range cycles {
		got := w.outcome("m1", cycle)
		if len(got.Before) != place || got.Cycle.ID != cycle {
			t.Fatalf("cycle %d: %d stand before it", place, len(got.Before))
		}
		for i, before := range got.Before {
			if !reflect.DeepEqual(before.Aggregate, trends.Results[i].Aggregate) || before.Cycle.ID != cycles[i] || before.Named != nil {
				t.Errorf("cycle %d: before it at %d stands %+v", place, i, before)
			}
		}
	}
}

// A pulse measures the whole and the areas, never a competency; it is compared with the pulse before.
func TestPulseCyclesPublishNoCompetency(t *testing.T) {
	w := newTeam(t, names(7)...)
	everybody := append(names(7), steward)
	var cycles []string
	for _, level := range []model.Level{2, 4} {
		cycle := w.open(model.PulseForm)
		for _, name := range everybody {
			id := w.take(name, "first-team", model.PulseForm, levels{"": {level}})
			w.ok(w.Contribute(t.Context(), w.people[name], w.team, cycle, counting(id)))
		}
		w.close(cycle)
		cycles = append(cycles, cycle)
		// A full cycle between two pulses is compared with neither.
		w.run(alike(3, everybody...))
	}
	result := w.outcome("m1", cycles[1])
	for _, competency := range result.Aggregate.Competencies {
		if competency.Withheld != model.NotAsked || competency.Mean != (model.Figure{}) || competency.Change != "" {
			t.Errorf("a pulse publishes %+v", competency)
		}
	}
	if whole := result.Aggregate.Whole; whole.Mean.Value != 4 || whole.Change != string(measure.TeamRose) || result.Compared.ID != cycles[0] {
		t.Errorf("the whole is %+v, compared with %+v", whole, result.Compared)
	}
	if len(result.Gaps) != 0 {
		t.Errorf("gaps of a pulse are %+v", result.Gaps)
	}
}

// By scope where every side has five; else nothing of either side, in the same words whether one alone or nobody
// answered for another scope.
func TestByScopeWhereBothSidesPass(t *testing.T) {
	for _, others := range []int{5, 4, 1, 0} {
		w := newTeam(t, names(10)...)
		cycle := w.open(model.FullForm)
		for i, name := range append(names(10), steward) {
			questionnaire, level := "first-team", model.Level(2)
			if i < others {
				questionnaire, level = "wider-scope", 4
			}
			id := w.take(name, questionnaire, model.FullForm, levels{"": {level}})
			w.ok(w.Contribute(t.Context(), w.people[name], w.team, cycle, counting(id)))
		}
		w.close(cycle)
		aggregate := w.outcome("m1", cycle).Aggregate
		if others < 5 {
			if aggregate.Scopes != nil || aggregate.ScopesWithheld != model.TooFew {
				t.Errorf("with %d of another scope: %+v, withheld %q", others, aggregate.Scopes, aggregate.ScopesWithheld)
			}
			continue
		}
		if len(aggregate.Scopes) != 2 || aggregate.Scopes[0].Scope != "first-team" || len(aggregate.Scopes[0].Figures) != 17 {
			t.Fatalf("by scope: %+v, withheld %q", aggregate.Scopes, aggregate.ScopesWithheld)
		}
		for i, want := range []float64{2, 4} {
			if got := aggregate.Scopes[i].Figures[0]; got.Withheld == "" && got.Mean.Value != want {
				t.Errorf("the whole of %s is %+v, want %g", aggregate.Scopes[i].Scope, got, want)
			}
		}
	}
}

// The widest gaps are those furthest below the shipped targets, not below anybody's own, with what a team can do.
func TestGapsFollowTheShippedTargets(t *testing.T) {
	w := newTeam(t, names(4)...)
	w.ok(w.SaveTargets(t.Context(), w.people[steward], "first-team", changing(model.Target{Competency: "learning", Value: 4, Importance: 3})))
	cycle := w.open(model.FullForm)
	for _, name := range append(names(4), steward) {
		w.contribute(cycle, name, levels{"": {4}, "debt": {1}, "vision": {2}, "bridge": {2}, "learning": {3}})
	}
	w.close(cycle)
	result := w.outcome("m2", cycle)
	var gaps []string
	for _, gap := range result.Gaps {
		gaps = append(gaps, gap.Competency.ID)
		if len(gap.Practices) == 0 || gap.Scope.ID != "first-team" {
			t.Errorf("the gap is %+v", gap)
		}
	}
	// Targets are 3.5 for debt, 3 for vision and bridge and for learning.
	if !slices.Equal(gaps, []string{"debt", "vision", "bridge"}) {
		t.Errorf("the gaps are %v", gaps)
	}
}

// The table holds what the page does, and no cell that a spreadsheet would run.
func TestTeamTableIsNeutralised(t *testing.T) {
	w := newTeam(t, names(4)...)
	seen := app.SeenTeam(must(w.TeamPage(t.Context(), w.people[steward], w.team))(t).Team)
	w.ok(w.ChangeTeam(t.Context(), w.people[steward], w.team, model.TeamInput{Name: "=1+1", SmallestGroup: "5", Seen: seen}))
	cycle := w.run(alike(5, append(names(4), steward)...))
	rows := must(w.TeamResultCSV(t.Context(), w.people["m1"], w.team, cycle))(t)
	if len(rows) != 1+1+4+12 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows[1:] {
		if len(row) != len(rows[0]) || row[0] != "'=1+1" || row[11] != "4.6" || row[12] != "at least" {
			t.Errorf("a row is %q", row)
		}
		// The target stands beside the competencies that have one, as on the page.
		if targets := row[len(row)-4 : len(row)-2]; row[7] == "competency" && (targets[0] == "" || targets[1] != "first-team") || row[7] != "competency" && targets[0] != "" {
			t.Errorf("the target of %s is %q", row[8], targets)
		}
	}
}
