package web_test

import "testing"

// A cycle in which too few took part blanks nothing: what was published last stays, with the failed one named beside it.
func TestFailedCycleLeavesTheLastResult(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 6)
	c.round("First", 6)
	c.round("Second", 2)
	const failed = "Fewer than five took part in “Second”, so nothing of it is published."
	home := c.steward().visit(s.paths.Team(c.team)).wantText("The latest result: First").wantText(failed)
	if heading := text(find(home.root(), tagged("h1"))[0]); heading == failed {
		t.Errorf("the page is headed by what failed: %q", heading)
	}
	home.pressLink("What became of it").wantText(failed)
	trends := c.people[1].visit(s.paths.TeamTrends(c.team)).wantText(failed)
	if heading := text(find(trends.root(), tagged("h1"))[0]); heading == failed {
		t.Errorf("the trends are headed by what failed: %q", heading)
	}
	c.people[1].visit(s.paths.Teams()).wantText("The latest result is that of “First”.")

	// Where nothing was ever published, that is what is said.
	other := s.newCrew("Other", 2)
	other.round("Only", 0)
	other.steward().visit(s.paths.Team(other.team)).wantText("Fewer than five took part in “Only”").wantNoText("What is shown here is of the cycle before it")
}
