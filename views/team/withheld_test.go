package team_test

import (
	"strings"
	"testing"

	"whetstone/internal/model"
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
