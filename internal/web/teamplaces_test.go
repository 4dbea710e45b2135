package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// The last steward leaves, another takes over, and with the last person the team is gone.
func TestTeamWithoutASteward(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 3)
	c.steward().visit(s.paths.LeaveTeam(c.team)).wantText("You are its only steward.").press("Leave the team").wantAt(s.paths.Teams() + "?left").wantText("You have left the team.")
	c.steward().get(s.paths.Team(c.team)).wantStatus(http.StatusNotFound)

	first, second := c.people[1].visit(s.paths.Team(c.team)), c.people[2].visit(s.paths.Team(c.team))
	first.wantText("The team has no steward").press("Take over as steward").wantAt(s.paths.Team(c.team)).wantText("As a steward")
	late := second.press("Take over as steward").wantStatus(http.StatusUnprocessableEntity).wantText("The team has a steward by now")
	late.checkIDs("taking over too late")
	c.people[2].visit(s.paths.Roster(c.team)).wantText("Crew 2 Steward.")
	c.people[1].visit(s.paths.MyPlace(c.team)).wantText("You are the only steward.")

	c.people[2].visit(s.paths.LeaveTeam(c.team)).press("Leave the team")
	c.people[1].visit(s.paths.LeaveTeam(c.team)).wantText("With you the team itself is deleted").press("Leave the team").wantAt(s.paths.Teams() + "?left")
	c.people[1].get(s.paths.Team(c.team)).wantStatus(http.StatusNotFound)
}

// A steward hands over and steps down; one who is removed finds nothing any more.
func TestHandingOver(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 3)
	steward := c.steward()
	steward.visit(s.paths.Roster(c.team)).pressLink("Make a steward or remove : Crew 2").wantText("They do so beside you then").press("Make a steward")
	steward.visit(s.paths.MyPlace(c.team)).wantText("You are one of two stewards.").press("Step down").wantAt(s.paths.Team(c.team))
	if strings.Contains(steward.visit(s.paths.Team(c.team)).text(), "As a steward") {
		t.Error("who stepped down has a steward’s acts")
	}
	c.people[1].visit(s.paths.Roster(c.team)).pressLink("Make a steward or remove : Crew 3").
		wantText("Averages that were published stay as they are").press("Remove Crew 3")
	c.people[2].get(s.paths.Team(c.team)).wantStatus(http.StatusNotFound)
	c.people[2].visit(s.paths.Teams()).wantText("A team is a group of managers")
}

// A member of two teams can count one assessment in both, and reads what that means.
func TestOneAssessmentInTwoTeams(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, second := s.newCrew("First", 5), s.newCrew("Second", 4)
	both := first.steward()
	second.confirm(second.joins(both, "Bo"), "Bo")
	cycle := first.open("Spring", "pulse")
	id := first.contributes(both, cycle, "first-team", "pulse", levels(3))
	const words = "What they publish is weighed together, as you are one person"
	if strings.Contains(both.visit(s.paths.Result(id)).text(), words) {
		t.Error("one team alone is spoken of as of two")
	}
	// It was finished before the second team’s cycle opened, so another is needed.
	other := second.open("Spring", "pulse")
	id = second.contributes(both, other, "first-team", "pulse", levels(3))
	both.post(s.paths.Contribute(first.team, cycle), url.Values{"assessment": {id}, "count": {"yes"}}).wantStatus(http.StatusSeeOther)
	both.visit(s.paths.Result(id)).wantText(words).wantText("“Spring” of First").wantText("“Spring” of Second")
}

// While a cycle counts a member, nobody learns by removing them whether they take part.
func TestNobodyIsRemovedFromAnOpenCycle(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 5)
	cycle := c.open("Spring", "pulse")
	c.contributes(c.people[1], cycle, "first-team", "pulse", levels(3))
	said := map[string]bool{}
	const reason = "While a cycle is open, nobody whom it counts can be removed"
	for _, name := range []string{"Crew 2", "Crew 3"} {
		path := s.paths.Member(c.team, c.memberID(name))
		if got := c.steward().visit(s.paths.Roster(c.team)).wantText(reason).pressLink("Make a steward : " + name).wantAt(path).wantText(reason); strings.Contains(got.text(), "Remove "+name) {
			t.Errorf("a button is shown that always refuses:\n%s", got.text())
		}
		refused := c.steward().post(path, url.Values{"do": {"remove"}}).
			wantStatus(http.StatusUnprocessableEntity).wantText("A cycle is open that counts this member.")
		refused.checkIDs("removing " + name)
		said[strings.ReplaceAll(text(refused.byID("content")), name, "")] = true
	}
	if len(said) != 1 {
		t.Error("the page of one who takes part differs from that of one who doesn’t")
	}
	c.confirm(c.joins(s.browser(), "Crew 6"), "Crew 6") // after it opened, so it doesn't count them
	c.steward().visit(s.paths.Roster(c.team)).pressLink("Make a steward or remove : Crew 6").press("Remove Crew 6").wantAt(s.paths.Roster(c.team))
	c.steward().post(s.paths.Member(c.team, c.memberID("Crew 2")), url.Values{"do": {"steward"}}).wantStatus(http.StatusSeeOther)
	if got := c.steward().visit(s.paths.Roster(c.team)); slices.Contains(got.linked(), s.paths.Member(c.team, c.memberID("Crew 2"))) {
		t.Error("the roster leads to a page on which nothing can be done")
	}
	c.close(cycle)
	c.steward().visit(s.paths.Member(c.team, c.memberID("Crew 3"))).press("Remove Crew 3").wantAt(s.paths.Roster(c.team))
}

// Only a member's own act puts scores beside their name; one who doesn't show theirs is nowhere to be seen.
func TestScoresByNameAreOnesOwnAct(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 9)
	cycle := c.round("First", 9)
	path := s.paths.Cycle(c.team, cycle)
	member, other := c.people[1], c.people[2]
	before := other.visit(path).wantText("What others have seen can’t be unseen.")
	if strings.Contains(before.text(), "Crew 2") {
		t.Error("a name stands on a result before anybody shows theirs")
	}
	member.visit(path).press("Show my area scores").wantText("Stop showing mine").wantText("Crew 2")
	shown := other.visit(path).wantText("Shown by")
	if !strings.Contains(shown.text(), "Crew 2") || strings.Contains(shown.text(), "Crew 3") {
		t.Errorf("the page shows more than the one who shows theirs:\n%s", shown.text())
	}
	for _, file := range []string{s.paths.CycleCSV(c.team, cycle), s.paths.TeamTrendsCSV(c.team)} {
		if strings.Contains(other.get(file).body, "Crew 2") {
			t.Errorf("%s takes names along", file)
		}
	}
	member.visit(path).press("Stop showing mine").wantText("Show my area scores")
	if strings.Contains(other.visit(path).text(), "Crew 2") {
		t.Error("scores stay that were taken back")
	}
	// A member who takes no part has nothing to show, and can't use the form of one who does.
	outsider := c.joins(s.browser(), "Late")
	c.confirm(outsider, "Late")
	outsider.visit(path).wantText("there is nothing of yours to show")
	outsider.post(s.paths.ShowScores(c.team, cycle), url.Values{"show": {"yes"}}).wantStatus(http.StatusNotFound)
}
