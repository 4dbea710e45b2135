package web_test

import (
	"net/http"
	"testing"
)

// A code asks, and no more: the stewards of the team that made it see who asks, and agree or decline; until then the members
// of both read that it was asked, and nothing is compared.
func TestTheTeamThatMadeACodeSeesWhoAsks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one, other := s.newCrew("Crew", 5), s.newCrew("Neighbours", 5)
	one.round("Spring", 5)
	other.round("Winter", 5)
	ask := func() {
		t.Helper()
		one.steward().visit(s.paths.Peers(one.team)).press("Look at the team", "code", other.steward().invitation(other.team, "compare-code")).
			wantText("Nothing is asked yet").wantText("“Winter”, closed on").press("Ask to compare").wantAt(s.paths.Peers(one.team)).
			wantText("Nothing is compared until a steward there agrees").wantNoText("side by side")
	}
	ask()
	one.people[1].visit(s.paths.Team(one.team)).wantText("A steward of this team asked Neighbours on")
	other.people[1].visit(s.paths.Team(other.team)).wantText("A steward of Crew asked on")
	other.people[1].visit(s.paths.Peers(other.team)).wantText("A steward of Crew asked on").wantNoText("“Spring”, closed on").wantNoText("Decline")
	waits := other.steward().visit(s.paths.Home()).wantText("Another team asks to compare")
	shown := other.steward().visit(waits.link("See which team : Crew")).wantText("Crew asks to compare").wantText("Five.").wantText("“Spring”, closed on").wantText("five took part")
	shown.press("Decline to compare with Crew").wantAt(s.paths.Peers(other.team)).wantNoText("asks to compare")
	one.steward().visit(s.paths.Peers(one.team)).wantNoText("Nothing is compared until")
	one.people[1].visit(s.paths.Team(one.team)).wantText("Neighbours declined on")
	one.steward().visit(s.paths.Peers(one.team)).wantText("Neighbours declined on")
	other.steward().visit(s.paths.Peers(other.team)).wantNoText("declined on")
	// What was declined is agreed to by no old page, which is told.
	other.steward().post(s.paths.AgreePeer(other.team, one.team), nil).wantStatus(http.StatusSeeOther).follow().wantText("Nothing was agreed")
	one.steward().visit(s.paths.Peers(one.team)).wantText("No other team has agreed")
	ask()
	one.people[1].visit(s.paths.Team(one.team)).wantNoText("declined on")
	late := other.steward().visit(s.paths.Peers(other.team))
	one.steward().visit(s.paths.Peers(one.team)).press("Take the question back , for Neighbours").wantNoText("Nothing is compared until")
	late.press("Agree to compare with Crew").wantText("Nothing was agreed")
	ask()
	other.steward().visit(s.paths.Peers(other.team)).press("Agree to compare with Crew").wantText("The latest cycles, side by side")
	one.people[1].visit(s.paths.Team(one.team)).wantText("What Neighbours has published").wantNoText("asked on")
	one.people[1].visit(s.paths.Peers(one.team)).wantText("The latest cycles, side by side")
}
