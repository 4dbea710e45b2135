package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// proposes lets somebody propose something, and returns the proposal.
func (w *teamWorld) proposes(name, words, competency string) string {
	w.t.Helper()
	w.ok(w.Propose(w.t.Context(), w.people[name], w.team, model.ProposalInput{Words: words, Competency: competency}))
	for _, proposal := range w.practices(name).Proposals {
		if proposal.Words == words {
			return proposal.ID
		}
	}
	w.t.Fatalf("%q is not proposed", words)
	return ""
}

func (w *teamWorld) practices(name string) *model.TeamPractices {
	w.t.Helper()
	return must(w.TeamPractices(w.t.Context(), w.people[name], w.team, ""))(w.t)
}

// current is the id of what the team is at; "" for nothing.
func (w *teamWorld) current() string {
	w.t.Helper()
	if current := w.practices(steward).Current; current != nil {
		return current.ID
	}
	return ""
}

// agrees lets the steward make a proposal the team's practice, instead of what it is at, and waits a minute.
func (w *teamWorld) agrees(proposal string) {
	w.t.Helper()
	w.ok(w.Agree(w.t.Context(), w.people[steward], w.team, proposal, w.current()))
	w.now = w.now.Add(time.Minute)
}

// A member proposes, a steward sets it, one at a time; the next cycle asks what became of it, and stands beside it.
func TestTeamIsAtOnePracticeUntilTheNextCycle(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		w := newTeamOn(t, s, names(5)...)
		first := w.run(alike(3, append(names(5), steward)...))
		w.agrees(w.proposes("m1", "When a release is over, we look back.", "debt"))
		w.agrees(w.proposes("m2", "When a design is ready, we read it alone.", "design"))
		shown := w.practices("m3")
		if shown.Current == nil || shown.Current.Competency.Name == "" || len(shown.Proposals) != 0 || len(shown.Past) != 1 || shown.Past[0].Became != model.Replaced {
			t.Fatalf("the team is at %+v", shown)
		}
		if shown.From.ID != first || len(shown.Gaps) == 0 || shown.Opened != nil {
			t.Errorf("offered are %+v of %+v", shown.Gaps, shown.From)
		}
		open := func(outcome model.OutcomeInput, opens string) error {
			_, err := w.MakeCycle(ctx, w.people[steward], w.team, model.CycleInput{
				Name: "Next", Form: "full", Opens: opens, Closes: w.now.AddDate(0, 0, 20).Format(model.DateLayout), Outcome: outcome,
			})
			return err
		}
		expectFields(t, "nothing said", open(model.OutcomeInput{Practice: w.current()}, ""), "became")
		expectFields(t, "nothing that there is", open(model.OutcomeInput{Practice: w.current(), Became: "not"}, ""), "became")
		expectFields(t, "of another", open(model.OutcomeInput{Practice: "another", Became: "kept"}, ""), "became")
		expectFields(t, "dropped and carried on", open(model.OutcomeInput{Practice: w.current(), Became: "dropped", Carry: true}, ""), "became")
		expectFields(t, "at length", open(model.OutcomeInput{Practice: w.current(), Became: "kept", Line: strings.Repeat("a", model.LineLimit+1)}, ""), "line")
		w.acquaint()
		w.ok(open(model.OutcomeInput{Practice: w.current(), Became: "partly", Line: "Most weeks.", Carry: true}, ""))
		second := must(w.Team(ctx, w.people["m1"], w.team))(t).Current.Cycle.ID
		for _, name := range append(names(5), steward) {
			w.contribute(second, name, levels{"": {3}, "design": {4}})
		}
		w.close(second)
		beside := w.outcome("m4", second).Practices
		if len(beside) != 2 || beside[0].Became != model.Replaced || beside[1].Became != model.PartlyKept || beside[1].Line != "Most weeks." {
			t.Errorf("beside the second cycle stands %+v", beside)
		}
		if len(w.outcome("m4", first).Practices) != 0 {
			t.Error("something stands beside the first cycle")
		}
		trends := must(w.TeamTrends(ctx, w.people["m4"], w.team))(t)
		if len(trends.Practices) != 3 || len(trends.Results[1].Practices) != 2 || !trends.Practices[2].Open() {
			t.Errorf("the trend marks %+v", trends.Practices)
		}
		rows := must(w.TeamTrendsCSV(ctx, w.people["m4"], w.team))(t)
		if column := slices.Index(rows[0], "practice_became"); column < 0 || rows[1][column] != "" || rows[len(rows)-1][column] != "partly" ||
			rows[len(rows)-1][column-1] != "When a design is ready, we read it alone." {
			t.Errorf("the table ends %q", rows[len(rows)-1])
		}
		home := must(w.Team(ctx, w.people["m4"], w.team))(t)
		if home.Practice == nil || home.Practice.ID != w.current() || home.PracticeOpened != nil {
			t.Errorf("the first page shows %+v, %+v", home.Practice, home.PracticeOpened)
		}
	})
}

// A cycle that is planned ends nothing: once it has opened, the steward is told that it is time to say what became of it.
func TestPlannedCycleAsksOnceItHasOpened(t *testing.T) {
	t.Parallel()
	w, ctx := newTeam(t), t.Context()
	w.agrees(w.proposes(steward, "We look back.", ""))
	must(w.MakeCycle(ctx, w.people[steward], w.team, model.CycleInput{
		Name: "Later", Form: "full", Opens: w.now.AddDate(0, 0, 10).Format(model.DateLayout), Closes: w.now.AddDate(0, 0, 20).Format(model.DateLayout),
	}))(t)
	if shown := w.practices(steward); shown.Current == nil || shown.Opened != nil {
		t.Fatalf("planned: %+v, %+v", shown.Current, shown.Opened)
	}
	w.now = w.now.AddDate(0, 0, 11)
	if shown := w.practices(steward); shown.Opened == nil || shown.Opened.Name != "Later" {
		t.Fatalf("opened: %+v", shown.Opened)
	}
	said := model.OutcomeInput{Practice: w.current(), Became: string(model.Kept)}
	w.ok(w.EndPractice(ctx, w.people[steward], w.team, said))
	if w.current() != "" {
		t.Error("the team is still at it")
	}
	expectFields(t, "said twice", w.EndPractice(ctx, w.people[steward], w.team, said), "became")
}

func TestProposalsAreBoundedAndNamed(t *testing.T) {
	t.Parallel()
	w, ctx := newTeam(t, "m1", "m2"), t.Context()
	propose := func(name string, input model.ProposalInput) error {
		return w.Propose(ctx, w.people[name], w.team, input)
	}
	expectFields(t, "nothing", propose("m1", model.ProposalInput{Words: " \n"}), "words")
	expectFields(t, "too long", propose("m1", model.ProposalInput{Words: strings.Repeat("a", model.TeamWordsLimit+1), Competency: "none"}), "words", "competency")
	w.proposes("m1", "First.", "")
	expectFields(t, "again", propose("m2", model.ProposalInput{Words: "First."}), "words")
	w.proposes("m1", "Second.", "")
	third := w.proposes("m1", "Third.", "")
	expectFields(t, "a fourth", propose("m1", model.ProposalInput{Words: "Fourth."}), "words")
	for _, proposal := range w.practices("m2").Proposals {
		if proposal.By != "m1" || proposal.Mine {
			t.Errorf("m2 reads %+v", proposal)
		}
	}
	notFound(t, "another’s", w.Withdraw(ctx, w.people["m2"], w.team, third))
	w.ok(w.Withdraw(ctx, w.people["m1"], w.team, third))
	w.ok(propose("m1", model.ProposalInput{Words: "Fourth."}))
	// What a page shows as replaced is replaced, and nothing else.
	first := w.practices("m1").Proposals
	expectFields(t, "instead of nothing that is", w.Agree(ctx, w.people[steward], w.team, first[0].ID, "another"), "practice")
	w.agrees(first[0].ID)
	expectFields(t, "from an old page", w.Agree(ctx, w.people[steward], w.team, first[1].ID, ""), "practice")
}

// A proposal goes with its member; what the team has agreed on is the team's, and says nothing of whose it was.
func TestProposalGoesWithItsMember(t *testing.T) {
	for what, gone := range map[string]func(*teamWorld) error{
		"leaving": func(w *teamWorld) error { return w.LeaveTeam(w.t.Context(), w.people["m1"], w.team) },
		"removed": func(w *teamWorld) error {
			return w.RemoveMember(w.t.Context(), w.people[steward], w.team, w.places["m1"])
		},
		"deleting everything": func(w *teamWorld) error {
			_, err := w.DeleteEverything(w.t.Context(), w.people["m1"], true)
			return err
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := newTeam(t, "m1", "m2")
			w.agrees(w.proposes("m1", "Agreed on.", ""))
			w.proposes("m1", "Merely proposed.", "")
			w.proposes("m2", "Another’s.", "")
			w.ok(gone(w))
			shown := w.practices("m2")
			if len(shown.Proposals) != 1 || !shown.Proposals[0].Mine || shown.Current == nil || shown.Current.Words != "Agreed on." {
				t.Errorf("left are %+v and %+v", shown.Proposals, shown.Current)
			}
		})
	}
}

// A sheet holds what the cycle published, and the anchors of its widest gaps.
func TestSheetHasPromptsForTheWidestGaps(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(5)...)
	cycle := w.open(model.FullForm)
	for _, name := range append(names(5), steward) {
		w.contribute(cycle, name, levels{"": {3}, "coaching": {5}, "debt": {1}, "vision": {2}})
	}
	w.close(cycle)
	sheet := must(w.TeamSheet(t.Context(), w.people["m2"], w.team, cycle))(t)
	if len(sheet.Strongest) != 1 || sheet.Strongest[0].ID != "coaching" || sheet.Lowest != nil {
		t.Errorf("the strongest are %+v, the lowest area %+v", sheet.Strongest, sheet.Lowest)
	}
	var asked []string
	for _, gap := range sheet.Asked {
		asked = append(asked, gap.Competency.ID)
		if gap.Anchors.Three == "" || strings.Contains(gap.Anchors.Three+gap.Anchors.One+gap.Anchors.Five, "{") {
			t.Errorf("the anchors of %s are %+v", gap.Competency.ID, gap.Anchors)
		}
	}
	if !slices.Equal(asked, []string{"debt", "vision"}) {
		t.Errorf("asked are %q", asked)
	}
}
