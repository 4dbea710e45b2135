package team_test

import (
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/views/kit"
	"whetstone/views/kit/kittest"
	"whetstone/views/team"
)

// Each reason to withhold a cycle has words of its own, which say that it depends on who took part and never on an answer.
func TestEachReasonToWithholdIsSaid(t *testing.T) {
	said := map[string]model.Withheld{}
	for reason, want := range map[model.Withheld]string{
		model.Protected: "Seven contributed. Together with what was published before",
		model.Strangers: "Seven contributed. Among those who took part, somebody knows too few of the others as people",
		model.TooSoon:   "Seven contributed. Another cycle lies within 28 days of this one",
		model.TooLarge:  "Seven contributed. So much was published of people who are in this team and in others",
	} {
		r := nothingOf(closed(2, nil), reason)
		words := strings.Join(team.TeamSentences(r), " ")
		if !strings.HasPrefix(words, want) || !strings.Contains(words, "never on what they answered") {
			t.Errorf("%s: it says %q", reason, words)
		}
		if other, twice := said[words]; twice {
			t.Errorf("%s and %s are told alike", reason, other)
		}
		said[words] = reason
		if got := team.TeamHeadline(r); got != "What “Summer 2026” found is withheld to protect people." {
			t.Errorf("%s: the headline is %q", reason, got)
		}
		kittest.Says(t, resultPage(r), "never on what they answered")
	}
	few := nothingOf(closed(2, nil), model.Strangers)
	few.Aggregate.Contributors = 0
	if got := team.TeamHeadline(few); got != "Fewer than five took part in “Summer 2026” who know enough of the others, so nothing of it is published." {
		t.Errorf("the headline is %q", got)
	}
}

// How many count in a planned cycle is said once, and that more can be.
func TestAPlannedCycleSaysOnceWhomItCounts(t *testing.T) {
	said := func(state model.CycleState, counting int) string {
		return kittest.Text(t, team.Cycle(kit.Page{}, &model.CyclePage{CurrentCycle: model.CurrentCycle{
			Cycle: closed(2, nil).Cycle, State: state, Counting: counting, Enough: model.Enough{Counting: counting, Needed: 5, Safe: 7},
		}}))
	}
	const safe = "From seven on, one of them can miss a cycle between two in which all take part"
	for counting, want := range map[int]string{
		4: "Four members are confirmed so far and would count in it. Nothing is published of a cycle in which fewer than five take part. " + safe,
		6: "Six members are confirmed so far and would count in it. " + safe,
	} {
		if got := said(model.CyclePlanned, counting); !strings.Contains(got, want) || strings.Contains(got, "t counts") {
			t.Errorf("planned for %d: %s", counting, got)
		}
	}
	if got := said(model.CycleOpen, 6); !strings.Contains(got, "It counts six members. "+safe) {
		t.Errorf("open: %s", got)
	}
}

// A pulse takes as long as its questionnaires say.
func TestANewCycleSaysHowLongAPulseTakes(t *testing.T) {
	of := func(minutes ...int) team.CycleFormProps {
		choices := &model.CycleChoices{TeamPage: teamPage(0)}
		for _, pulse := range minutes {
			choices.Questionnaires = append(choices.Questionnaires, model.QuestionnaireChoice{
				Questionnaire: &questionnaire.Questionnaire{Minutes: questionnaire.Minutes{Full: 15, Pulse: pulse}},
			})
		}
		return team.CycleFormProps{CycleChoices: choices}
	}
	kittest.Says(t, team.NewCycle(kit.Page{}, of(4, 4)), "About four minutes each.")
	kittest.Says(t, team.NewCycle(kit.Page{}, of(6, 4)), "About four to six minutes each.")
}

// Cycles that closed on one day are of one day.
func TestTrendsOfOneDaySayItOnce(t *testing.T) {
	one, other := closed(1, nil), closed(2, nil)
	one.Cycle.ClosedAt = other.Cycle.ClosedAt
	kittest.Says(t, team.TeamTrends(kit.Page{}, &model.TeamTrends{TeamPage: teamPage(1), Results: []*model.TeamResult{one, other}}), "Two closed cycles, 1 May 2026.")
	one.Cycle.ClosedAt = one.Cycle.ClosesAt
	kittest.Says(t, team.TeamTrends(kit.Page{}, &model.TeamTrends{TeamPage: teamPage(1), Results: []*model.TeamResult{one, other}}), "Two closed cycles, 31 January 2026 to 1 May 2026.")
}

// A cycle that opened by earlier rules says so on its page, and one of today's says what it asks for.
func TestCycleSaysItsRules(t *testing.T) {
	page := func(rules model.Rules, known int) *model.CyclePage {
		cycle := *closed(2, nil).Cycle
		cycle.Rules, cycle.SmallestKnown = rules, known
		return &model.CyclePage{CurrentCycle: model.CurrentCycle{Cycle: &cycle, State: model.CycleOpen, Counts: true}}
	}
	kittest.Says(t, team.Cycle(kit.Page{}, page(1, 0)), "closes by those that it opened with")
	kittest.Says(t, team.Cycle(kit.Page{}, page(2, 4)), "at least four others who take part are people they know", "You have ticked none.")
}
