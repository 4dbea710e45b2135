package browsertest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// teamKinds brings teams into states from which every kind of their pages can be opened.
func teamKinds(t *testing.T, s *server) []kind {
	t.Helper()
	nobody := s.newVisitor(t)

	c := s.newCrew(t, "Payments", 6)
	steward, member := c.steward(), c.people[1]
	first := c.round("Spring", model.FullForm, c.people, mixed)
	c.agrees(member, "When a release is over, each of us sits ten minutes with whoever was on call.", "debt")
	other := s.newCrew(t, "Logistics", 5)
	few := c.round("Summer", model.PulseForm, c.people[:2], mixed)
	c.agrees(steward, "When a one-to-one is planned, we begin it with a piece of real work.", "coaching")
	c.agrees(steward, "When a design is ready, we read it alone first.", "design")
	second := c.round("Autumn", model.FullForm, c.people, raised)
	c.agrees(steward, "When a quarter’s plan is drawn, we circle its largest unknown.", "roadmap")
	pulse := other.round("Spring", model.PulseForm, other.people, mixed)
	steward.post(to.Peers(c.team), url.Values{"code": {other.invite(model.CompareCode)}, "ask": {"yes"}})
	other.steward().post(to.AgreePeer(other.team, c.team), url.Values{})
	asking := s.newCrew(t, "Claims", 5)
	asking.round("Spring", model.FullForm, asking.people, mixed)
	asking.steward().post(to.Peers(asking.team), url.Values{"code": {c.invite(model.CompareCode)}, "ask": {"yes"}})

	open := c.open("Winter", model.FullForm)
	c.agrees(steward, "When somebody new joins, they draw the systems from memory.", "systems")
	member.post(to.Practice(c.team), url.Values{"words": {"When a plan changes, we say which reason has changed, in a sentence that is rather long so that it runs over several lines."}})
	due := s.newCrew(t, "Due", 1)
	due.agrees(due.steward(), "When a release is over, we look back.", "")
	due.steward().post(to.NewCycle(due.team), url.Values{
		"name": {"Later"}, "form": {"full"}, "opens": {s.clock.now().AddDate(0, 0, 2).Format(model.DateLayout)},
		"closes": {s.clock.now().AddDate(0, 0, 30).Format(model.DateLayout)}, "became": {""},
	})
	contributed := c.contributes(member, open, model.FullForm, mixed)
	c.people[5].post(to.Known(c.team), url.Values{})
	suited := steward.take("first-team", model.FullForm, mixed)
	lacking := steward.take("first-team", model.FullForm, func(competency string, number int) string {
		if competency == "debt" {
			return ""
		}
		return mixed(competency, number)
	})
	c.link = strings.TrimPrefix(c.invite(model.JoinLink), s.base) // the first has ended by now
	waiting := s.newVisitor(t)
	c.joins(waiting, "Somebody with rather a long name, as people sometimes have, who waits")

	fresh := s.newCrew(t, "A team with the longest name that anybody would give to a team of this kind", 1)

	for _, shower := range []*visitor{member, c.people[2]} {
		id := shower.beginsMap("first-team")
		shower.post(to.Places(id), url.Values{
			"then": {"finish"}, "depth.ux": {"none"}, "weight.ux": {"high"}, "depth.own-1": {"deep"}, "weight.own-1": {"medium"},
			"name.own-1": {"Donaudampfschifffahrtsgesellschaftskapitaen"}, "whom.own-1": {strings.Repeat("whomever ", 6)},
		})
		shower.post(to.OwnReliances(c.team), url.Values{"do": {"show"}, "map": {id}, "domain": {"ux", "own-1"}})
	}

	long := strings.Repeat("a", model.LabelLimit+1)
	wrong := http.StatusUnprocessableEntity
	return []kind{
		{"home, empty", fresh.steward(), to.Home(), nil, http.StatusOK, "Begin with an assessment"},
		{"home of a steward", steward, to.Home(), nil, http.StatusOK, "One person waits to be confirmed"},
		{"home of who contributes", member, to.Home(), nil, http.StatusOK, "You contribute."},
		{"home of who could contribute", c.people[2], to.Home(), nil, http.StatusOK, "A cycle is open until"},
		{"start while a cycle is open", steward, to.Start(), nil, http.StatusOK, "you don’t contribute yet"},
		{"teams, none", nobody, to.Teams(), nil, http.StatusOK, "A team is a group of managers"},
		{"teams", steward, to.Teams(), nil, http.StatusOK, "you are a steward"},
		{"teams, waiting", waiting, to.Teams(), nil, http.StatusOK, "You wait to be confirmed"},
		{"new team", nobody, to.NewTeam(), nil, http.StatusOK, "What a steward can’t see"},
		{"new team with errors", nobody, to.NewTeam(), url.Values{"name": {long}, "smallest-group": {"4"}}, wrong, "Before this can be saved"},
		{"join by code", nobody, to.JoinCode(), nil, http.StatusOK, "Join a team by its code"},
		{"join by code with errors", nobody, to.JoinCode(), url.Values{"code": {"nonsense"}}, wrong, "Before a team can be found"},
		{"join by code, terms", nobody, to.JoinCode(), url.Values{"code": {c.invite(model.JoinCode)}}, http.StatusOK, "Nothing is joined yet"},
		{"join by link", nobody, c.link, nil, http.StatusOK, "Nothing is joined yet"},
		{"join by link with errors", nobody, c.link, url.Values{"name": {""}}, wrong, "Before you can join"},
		{"join by link again", member, c.link, nil, http.StatusOK, "You are in this team already"},
		{"dead link to a team", nobody, to.Join("nonsense"), nil, http.StatusNotFound, "This link opens nothing"},
		{"team of a steward", steward, to.Team(c.team), nil, http.StatusOK, "As a steward"},
		{"team of a member", member, to.Team(c.team), nil, http.StatusOK, "You contribute"},
		{"team of one who waits", waiting, to.Team(c.team), nil, http.StatusOK, "You wait to be confirmed"},
		{"team without cycles", fresh.steward(), to.Team(fresh.team), nil, http.StatusOK, "the team’s first cycle makes the start"},
		{"change a team", steward, to.ChangeTeam(c.team), nil, http.StatusOK, "Change the team"},
		{"change a team with errors", steward, to.ChangeTeam(c.team), url.Values{"name": {""}, "smallest-group": {"3"}}, wrong, "Before this can be saved"},
		{"change a team in conflict", steward, to.ChangeTeam(c.team), tied("0-another-another-another-another", url.Values{"name": {"Payments"}, "purpose": {"To compare."}, "smallest-group": {"6"}, "zone": {"Asia/Tokyo"}}), http.StatusConflict, "Which counts?"},
		{"roster", steward, to.Roster(c.team), nil, http.StatusOK, "Every member sees this list"},
		{"roster of a member", member, to.Roster(c.team), nil, http.StatusOK, "Every member sees this list"},
		{"a member", steward, to.Member(c.team, c.memberOf("Payments 2")), nil, http.StatusOK, "Remove from the team"},
		{"one who waits", steward, to.Member(c.team, c.memberOf("Somebody with rather a long name, as people sometimes have, who waits")), nil, http.StatusOK, "Decline"},
		{"all who wait", steward, to.Waiting(c.team), nil, http.StatusOK, "They have seen nothing of the team"},
		{"my place", steward, to.MyPlace(c.team), nil, http.StatusOK, "You are the team’s only steward."},
		{"my place with errors", steward, to.MyPlace(c.team), url.Values{"do": {"name"}, "name": {long}}, wrong, "Before this can be saved"},
		{"my place in conflict", steward, to.MyPlace(c.team), tied("0-another", url.Values{"name": {"Ada"}}), http.StatusConflict, "Which counts?"},
		{"leave a team", steward, to.LeaveTeam(c.team), nil, http.StatusOK, "You need no reason"},
		{"invitations", steward, to.Invitations(c.team), nil, http.StatusOK, "Invitations that are open"},
		{"invitations with errors", steward, to.Invitations(c.team), url.Values{"kind": {"join-link"}, "days": {"99"}}, wrong, "Before it can be made"},
		{"invitation made", fresh.steward(), to.Invitations(fresh.team), url.Values{"kind": {"join-link"}, "days": {"7"}, "places": {"1"}}, http.StatusOK, "shown only this once"},
		{"new cycle", steward, to.NewCycle(c.team), nil, http.StatusOK, "Which assessments count?"},
		{"new cycle with errors", steward, to.NewCycle(c.team), url.Values{"opens": {"then"}}, wrong, "Before the cycle can be made"},
		{"open cycle", steward, to.Cycle(c.team, open), nil, http.StatusOK, "What is asked of you"},
		{"open cycle, contributed", member, to.Cycle(c.team, open), nil, http.StatusOK, "Withdraw it"},
		{"open cycle, nobody ticked", c.people[5], to.Cycle(c.team, open), nil, http.StatusOK, "You have ticked none."},
		{"people you know", member, to.Known(c.team), nil, http.StatusOK, "A name on the roster is what somebody typed"},
		{"people you know, saved", member, to.Known(c.team) + "?saved", nil, http.StatusOK, "That is enough to contribute."},
		{"people you know, nobody", fresh.steward(), to.Known(fresh.team), nil, http.StatusOK, "Nobody else has been confirmed"},
		{"close a cycle", steward, to.CloseCycle(c.team, open), nil, http.StatusOK, "It can’t be undone."},
		{"cancel a cycle", steward, to.CancelCycle(c.team, open), nil, http.StatusOK, "It can’t be undone."},
		{"team result", member, to.Cycle(c.team, first), nil, http.StatusOK, "What the team could do together"},
		{"team result compared", steward, to.Cycle(c.team, second), nil, http.StatusOK, "Since “Spring”"},
		{"team result of too few", member, to.Cycle(c.team, few), nil, http.StatusOK, "Fewer than five took part in “Summer”"},
		{"team trends", member, to.TeamTrends(c.team), nil, http.StatusOK, "From one cycle to the next"},
		{"team trends, none", fresh.steward(), to.TeamTrends(fresh.team), nil, http.StatusOK, "Nothing to compare yet"},
		{"practice", steward, to.Practice(c.team), nil, http.StatusOK, "Take it instead of ours"},
		{"practice, filled in", member, to.ProposeFrom(c.team, "debt.off-call-question"), nil, http.StatusOK, "Withdraw it"},
		{"practice, none", fresh.steward(), to.Practice(fresh.team), nil, http.StatusOK, "Nothing is agreed on yet"},
		{"practice with errors", steward, to.Practice(c.team), url.Values{"words": {""}, "competency": {"none"}}, wrong, "Before it can be proposed"},
		{"practice changed meanwhile", steward, to.Proposal(c.team, c.proposal()), url.Values{"do": {"set"}, "instead": {"another"}}, wrong, "choose again if this"},
		{"what became of it", due.steward(), to.EndPractice(due.team), nil, http.StatusOK, "What became of it?"},
		{"what became of it, with errors", due.steward(), to.EndPractice(due.team), url.Values{"line": {strings.Repeat("a", model.LineLimit+1)}}, wrong, "Before it can be said"},
		{"what became of nothing", fresh.steward(), to.EndPractice(fresh.team), nil, http.StatusOK, "Nothing is agreed on now"},
		{"sheet of a team", member, to.TeamSheet(c.team, second), nil, http.StatusOK, "Our one practice until the next cycle"},
		{"sheet of a pulse", other.steward(), to.TeamSheet(other.team, pulse), nil, http.StatusOK, "A pulse reads no single competency"},
		{"sheet of too few", member, to.TeamSheet(c.team, few), nil, http.StatusOK, "There is nothing to print"},
		{"on whom we rely", member, to.Reliances(c.team), nil, http.StatusOK, "Two of us are alone in UX and product design"},
		{"on whom we rely, nobody", fresh.steward(), to.Reliances(fresh.team), nil, http.StatusOK, "Nobody shows on whom they rely yet"},
		{"showing on whom one relies", member, to.OwnReliances(c.team), nil, http.StatusOK, "Stop showing mine"},
		{"showing it without a map", fresh.steward(), to.OwnReliances(fresh.team), nil, http.StatusOK, "You have no finished depth map"},
		{"showing it of another map", member, to.OwnReliances(c.team), url.Values{"do": {"show"}, "map": {"none"}}, http.StatusUnprocessableEntity, "Nothing has changed yet"},
		{"other teams", other.steward(), to.Peers(other.team), nil, http.StatusOK, "The latest cycles, side by side"},
		{"other teams, agreed too late", other.steward(), to.Peers(other.team) + "?gone", nil, http.StatusOK, "Nothing was agreed"},
		{"other teams of a member", member, to.Peers(c.team), nil, http.StatusOK, "nothing here ranks them"},
		{"other teams, none", fresh.steward(), to.Peers(fresh.team), nil, http.StatusOK, "No other team has agreed"},
		{"other team, offered", steward, to.Peers(c.team), url.Values{"code": {other.invite(model.CompareCode)}}, http.StatusOK, "Nothing is asked yet"},
		{"other teams, asked", steward, to.Peers(c.team), nil, http.StatusOK, "asks to compare"},
		{"other teams, asked, of a member", member, to.Peers(c.team), nil, http.StatusOK, "Nothing is compared until"},
		{"other teams, asking", asking.steward(), to.Peers(asking.team), nil, http.StatusOK, "Take the question back"},
		{"team, asked", member, to.Team(c.team), nil, http.StatusOK, "asked on"},
		{"home of a steward who is asked", steward, to.Home(), nil, http.StatusOK, "Another team asks to compare"},
		{"other teams with errors", steward, to.Peers(c.team), url.Values{"code": {"nonsense"}}, wrong, "Before the teams can be compared"},
		{"result to contribute", steward, to.Result(suited), nil, http.StatusOK, "Count it in your team?"},
		{"result contributed", member, to.Result(contributed), nil, http.StatusOK, "It counts now."},
		{"result that lacks a competency", steward, to.Result(lacking), nil, http.StatusOK, "It can’t be counted there"},
		{"not counted", member, to.Contribute(c.team, first), url.Values{"assessment": {contributed}, "count": {"yes"}}, wrong, "This was not counted"},
		{"counted elsewhere", member, to.Contribute(c.team, open), tied("0-another", url.Values{"assessment": {""}}), http.StatusConflict, "Which counts?"},
		{"erase of a member", member, to.Erase(), nil, http.StatusOK, "1 place in a team"},
	}
}
