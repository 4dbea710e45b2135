package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Only a member's own act lays on whom they rely beside their name, and they see before what that would be.
func TestOnWhomWeRely(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 4)
	reader, ways := c.people[3], s.paths
	reader.visit(ways.Reliances(c.team)).wantText("Nobody shows on whom they rely yet").pressLink("See what you would show").
		wantText("You have no finished depth map")
	for _, member := range c.people[:3] {
		member.maps("first-team", append(placing("security-privacy", "none", "high"), placing("ux", "deep", "high", "role.ux", "ux-partner")...)...)
	}
	before := c.people[0].visit(ways.OwnReliances(c.team)).wantText("What others have seen can’t be unseen.").
		wantText("Security and privacy: nobody yet").wantText("UX and product design: the UX partner")
	if strings.Contains(reader.visit(ways.Reliances(c.team)).text(), "Crew 1") {
		t.Error("a name stands there before anybody shows anything")
	}
	c.shows(c.people[0]).wantStatus(http.StatusUnprocessableEntity).wantMistakes(map[string]string{"domain": "Tick at least one domain, or show nothing."})
	c.people[0].post(ways.OwnReliances(c.team), url.Values{"do": {"show"}, "map": {"another"}, "domain": {"ux"}}).
		wantStatus(http.StatusUnprocessableEntity).wantText("This is no longer your last map.")
	c.people[0].visit(ways.MyPlace(c.team)).wantText("It is off unless you turn it on.").wantText("See what would be shown")
	before.press("Show what is ticked to the team", "domain", "security-privacy").wantAt(ways.Reliances(c.team)).wantText("One of us shows on whom they rely")
	c.people[0].visit(ways.MyPlace(c.team)).wantText("You show the team on whom you rely").wantText("See what you show, change it, or stop")
	c.shows(c.people[1], "security-privacy", "ux").follow().wantText("Two of us are alone in security and privacy.")
	c.shows(c.people[2], "security-privacy").follow()
	shown := reader.visit(ways.Reliances(c.team)).wantText("Three of us are alone in security and privacy.").
		wantText("Three of us show theirs").wantText("Crew 2: the UX partner").wantText("Crew 1: the map of")
	for _, kept := range []string{"Crew 4", "Deep", "Much", "score", "target"} {
		if strings.Contains(shown.text(), kept) {
			t.Errorf("the page says %q", kept)
		}
	}
	for _, file := range []string{ways.TeamTrendsCSV(c.team)} {
		if strings.Contains(reader.get(file).body, "Crew 1") {
			t.Errorf("%s takes names along", file)
		}
	}
	c.people[2].visit(ways.OwnReliances(c.team)).press("Stop showing mine").wantText("Yours is no longer shown.").wantText("Two of us are alone")
	// Who leaves takes it along.
	c.people[1].visit(ways.LeaveTeam(c.team)).press("Leave the team")
	if strings.Contains(reader.visit(ways.Reliances(c.team)).text(), "Crew 2") {
		t.Error("what was shown outlives the place")
	}
}
