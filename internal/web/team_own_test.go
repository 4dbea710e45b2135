package web_test

import "testing"

// One's own scores are on one's own page of a result, in words, too; on no other page and in no export.
func TestOwnScoresAreOnOnesOwnPageAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 7)
	cycle := c.open("First", "full")
	for place, member := range c.people[:6] {
		c.contributes(member, cycle, "first-team", "full", levels(2+place%3))
	}
	c.close(cycle)
	const mine = "are your own scores, as you contributed them"
	c.people[1].visit(s.paths.Cycle(c.team, cycle)).wantText(mine).wantText("you 3.0")
	c.people[6].visit(s.paths.Cycle(c.team, cycle)).wantNoText(mine).wantNoText("you 3.0")
	for _, path := range []string{s.paths.Team(c.team), s.paths.TeamTrends(c.team), s.paths.TeamSheet(c.team, cycle)} {
		c.people[1].visit(path).wantNoText("you 3.0")
	}
	if one, other := c.people[1].get(s.paths.CycleCSV(c.team, cycle)), c.people[6].get(s.paths.CycleCSV(c.team, cycle)); one.body != other.body {
		t.Error("an export differs by who reads it")
	}
}
