package web_test

import (
	"strings"
	"testing"
)

// While fewer than five can count, every page that leads to answering for a cycle says so, and asks nobody for answers.
func TestTooFewMembersAreToldBeforeTheyAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 4)
	const short, safe = "nothing is published of a cycle in which fewer than five take part", "From seven on, one of them can miss a cycle"
	for _, path := range []string{s.paths.Team(c.team), s.paths.Roster(c.team), s.paths.NewCycle(c.team)} {
		c.steward().visit(path).wantText(short).wantText(safe)
	}
	cycle := c.open("First", "pulse")
	member := c.people[1]
	c.knowsAll(member)
	id := member.start("first-team", "pulse")
	for _, path := range []string{s.paths.Team(c.team), s.paths.Cycle(c.team, cycle)} {
		member.visit(path).wantText("This cycle can publish nothing: it counts four members").wantText("Nothing is asked of you.").wantNoText("Start an assessment")
	}
	member.answerAll(id, "first-team", levels(3))
	member.post(s.paths.Finish(id), nil)
	member.post(s.paths.Finish(id), map[string][]string{"meant": {"yes"}})
	member.visit(s.paths.Result(id)).wantText("This cycle can publish nothing").wantNoText("Count it in “First”")

	c.confirm(c.joins(s.browser(), "Fifth"), "Fifth")
	c.steward().visit(s.paths.Roster(c.team)).wantText("Five members are confirmed. From seven on").wantNoText(short)
	c.confirm(c.joins(s.browser(), "Sixth"), "Sixth")
	c.confirm(c.joins(s.browser(), "Seventh"), "Seventh")
	c.steward().visit(s.paths.Roster(c.team)).wantNoText("can miss a cycle")
}

// wantNoText fails the test if a page says something.
func (p *page) wantNoText(words string) *page {
	p.t.Helper()
	if strings.Contains(text(p.root()), words) {
		p.t.Errorf("%s says %q:\n%s", p.address, words, p.excerpt())
	}
	return p
}
