package web_test

import (
	"crypto/rand"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/paths"
)

// teamAccess is what each role gets from a route of a team: nobody, a manager who is in no team, one who waits
// to be confirmed, a member, a steward, and the steward of another team.
type teamAccess struct {
	// fields is the form that a POST sends; nil for a GET.
	fields func(teamWorld) url.Values

	nobody, outsider, waiting, member, steward, elsewhere int
}

// teamWorld is a team with a cycle that is open and one that is closed, somebody who waits, and another team.
type teamWorld struct {
	*crew
	open, closed    string
	waits, outsider *browser
	other           *crew
	waitingID       string
	invitation      string
	// proposal is what is proposed, practice what the team is at.
	proposal, practice string
}

func newTeamWorld(s *site) teamWorld {
	w := teamWorld{crew: s.newCrew("Crew", 2), other: s.newCrew("Other", 1), outsider: s.browser()}
	w.closed = w.round("First", 0)
	w.open = w.crew.open("Second", "full")
	w.waits = w.crew.waiting()
	w.waitingID = w.memberID("Waiting")
	w.outsider.begun("first-team", "full")
	end, _ := w.steward().visit(s.paths.Invitations(w.team)).formOf("End it : number 1")
	w.crew.agrees(w.steward(), w.crew.proposes(w.people[1], "When a design is ready, we read it alone first."))
	w.practice = w.steward().visit(s.paths.NewCycle(w.team)).hidden("current")
	w.proposal = w.crew.proposes(w.people[1], "When a release is over, we look back.")
	w.invitation = strings.Split(attribute(end, "action"), "/")[4]
	return w
}

// in is the same in a fork of the site.
func (w teamWorld) in(fork *site) teamWorld {
	w.crew, w.other = w.crew.in(fork), w.other.in(fork)
	w.waits, w.outsider = w.waits.in(fork), w.outsider.in(fork)
	return w
}

func (w teamWorld) path(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	cycle := w.open
	if strings.HasSuffix(pattern, paths.CycleCSVPattern) || strings.HasSuffix(pattern, paths.ShowScoresPattern) || strings.HasSuffix(pattern, paths.TeamSheetPattern) {
		cycle = w.closed
	}
	_, secret, _ := strings.Cut(w.link, "/join/")
	return w.site.paths.Base + strings.NewReplacer(
		"{team}", w.team, "{cycle}", cycle, "{member}", w.waitingID, "{peer}", w.other.team,
		"{secret}", secret, "{invitation}", w.invitation, "{proposal}", w.proposal,
	).Replace(path)
}

// Rows of the table that occur again and again.
func everybody(status int) teamAccess {
	return teamAccess{nil, status, status, status, status, status, status}
}
func whoIsIn(status int) teamAccess {
	return teamAccess{nil, missing, missing, status, status, status, missing}
}
func members(status int) teamAccess {
	return teamAccess{nil, missing, missing, missing, status, status, missing}
}
func stewards(status int) teamAccess {
	return teamAccess{nil, missing, missing, missing, missing, status, missing}
}

func (a teamAccess) sending(fields func(teamWorld) url.Values) teamAccess {
	a.fields = fields
	return a
}

func noFields(teamWorld) url.Values { return url.Values{} }

func sends(pairs ...string) func(teamWorld) url.Values {
	fields := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		fields.Set(pairs[i], pairs[i+1])
	}
	return func(teamWorld) url.Values { return fields }
}

func laterCycle(w teamWorld) url.Values {
	first := w.site.clock.now().AddDate(0, 0, 200)
	return url.Values{
		"name": {"Later"}, "form": {"pulse"}, "opens": {first.Format(time.DateOnly)}, "closes": {first.AddDate(0, 0, 10).Format(time.DateOnly)},
	}
}

// teamRoutes is who gets what of a team. Anyone outside finds nothing; somebody who waits finds only their own place;
// and a member finds nothing of what only a steward may do.
var teamRoutes = map[string]teamAccess{
	"GET " + paths.TeamsPattern:       everybody(ok),
	"GET " + paths.NewTeamPattern:     everybody(ok),
	"POST " + paths.NewTeamPattern:    everybody(onward).sending(sends("name", "A team", "smallest-group", "5", "member-name", "Somebody")),
	"GET " + paths.JoinCodePattern:    everybody(ok),
	"POST " + paths.JoinCodePattern:   everybody(invalid).sending(noFields),
	"GET " + paths.JoinPattern:        everybody(ok),
	"POST " + paths.JoinPattern:       everybody(onward).sending(sends("name", "Newcomer", "agreed", "yes")),
	"GET " + paths.TeamPattern:        whoIsIn(ok),
	"GET " + paths.ChangeTeamPattern:  stewards(ok),
	"POST " + paths.ChangeTeamPattern: stewards(onward).sending(sends("name", "Renamed", "smallest-group", "6")),
	"GET " + paths.RosterPattern:      members(ok),
	"GET " + paths.WaitingPattern:     stewards(ok),
	"POST " + paths.WaitingPattern:    stewards(onward).sending(noFields),
	"GET " + paths.MemberPattern:      stewards(ok),
	"POST " + paths.MemberPattern:     stewards(onward).sending(sends("do", "confirm")),
	"GET " + paths.MyPlacePattern:     whoIsIn(ok),
	"POST " + paths.MyPlacePattern: whoIsIn(onward).sending(func(teamWorld) url.Values {
		return url.Values{"do": {"name"}, "name": {rand.Text()}} // no two of a team go by one name
	}),
	"GET " + paths.KnownPattern:       members(ok),
	"POST " + paths.KnownPattern:      members(onward).sending(noFields),
	"GET " + paths.LeaveTeamPattern:   whoIsIn(ok),
	"POST " + paths.LeaveTeamPattern:  whoIsIn(onward).sending(noFields),
	"GET " + paths.InvitationsPattern: stewards(ok),
	"POST " + paths.InvitationsPattern: stewards(ok).sending(func(w teamWorld) url.Values {
		return url.Values{"kind": {"join-code"}, "days": {"7"}, "places": {"5"}}
	}),
	"POST " + paths.RevokeInvitationPattern: stewards(onward).sending(noFields),
	"GET " + paths.NewCyclePattern:          stewards(ok),
	"POST " + paths.NewCyclePattern:         stewards(onward).sending(laterCycle),
	"GET " + paths.CyclePattern:             members(ok),
	"GET " + paths.CycleCSVPattern:          members(ok),
	"GET " + paths.CloseCyclePattern:        stewards(ok),
	"POST " + paths.CloseCyclePattern:       stewards(onward).sending(noFields),
	"GET " + paths.CancelCyclePattern:       stewards(ok),
	"POST " + paths.CancelCyclePattern:      stewards(onward).sending(noFields),
	"POST " + paths.ContributePattern:       members(onward).sending(noFields),
	"POST " + paths.ShowScoresPattern:       members(onward).sending(sends("show", "no")),
	"GET " + paths.TeamTrendsPattern:        members(ok),
	"GET " + paths.TeamTrendsCSVPattern:     members(ok),
	"GET " + paths.TeamSheetPattern:         members(ok),
	"GET " + paths.PracticePattern:          members(ok),
	"POST " + paths.PracticePattern: members(onward).sending(func(teamWorld) url.Values {
		return url.Values{"words": {"We do " + rand.Text()}} // nothing is proposed twice
	}),
	"GET " + paths.EndPracticePattern: stewards(ok),
	"POST " + paths.EndPracticePattern: stewards(onward).sending(func(w teamWorld) url.Values {
		return url.Values{"current": {w.practice}, "became": {"kept"}}
	}),
	"POST " + paths.ProposalPattern: stewards(onward).sending(func(w teamWorld) url.Values {
		return url.Values{"do": {"set"}, "instead": {w.practice}}
	}),
	"GET " + paths.ReliancesPattern:     members(ok),
	"GET " + paths.OwnReliancesPattern:  members(ok),
	"POST " + paths.OwnReliancesPattern: members(onward).sending(sends("do", "hide")),
	"GET " + paths.PeersPattern:         members(ok),
	"POST " + paths.PeersPattern:        stewards(invalid).sending(noFields),
	"POST " + paths.AgreePeerPattern:    stewards(onward).sending(noFields),
	"POST " + paths.EndPeerPattern:      stewards(onward).sending(noFields),
}

// withTeams lists the routes of a table and those of teams.
func withTeams(table map[string]access) []string {
	return slices.Sorted(slices.Values(slices.AppendSeq(slices.Collect(maps.Keys(table)), maps.Keys(teamRoutes))))
}

func (b *browser) askTeam(w teamWorld, pattern string, row teamAccess) *page {
	b.t.Helper()
	if row.fields == nil {
		return b.get(w.path(pattern))
	}
	return b.post(w.path(pattern), row.fields(w))
}

// Those who may not change anything change nothing, so those who may come last.
func TestEveryTeamRouteByRole(t *testing.T) {
	t.Parallel()
	world := newTeamWorld(newSite(t))
	fork := world.site.forked()
	for pattern, row := range teamRoutes {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			s := fork(t)
			w := world.in(s)
			for _, one := range []struct {
				who     string
				browser *browser
				want    int
			}{
				{"nobody", s.browser(), row.nobody},
				{"a manager in no team", w.outsider, row.outsider},
				{"the steward of another team", w.other.steward(), row.elsewhere},
				{"who waits", w.waits, row.waiting},
				{"a member", w.people[1], row.member},
				{"the steward", w.steward(), row.steward},
			} {
				if got := one.browser.askTeam(w, pattern, row); got.status != one.want {
					t.Errorf("%s: status %d, want %d\n%s", one.who, got.status, one.want, got.excerpt())
				}
			}
		})
	}
}

// Nobody learns whether a team, a cycle or a place in it exists: what a visitor may not see looks like what never was.
func TestTeamsOfOthersAreLikeMissingOnes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newTeamWorld(s)
	never := w
	never.crew = &crew{site: s, team: strings.Repeat("A", len(w.team)), link: w.link, people: w.people}
	for pattern, row := range teamRoutes {
		if !strings.Contains(pattern, "{team}") {
			continue
		}
		if row.fields != nil { // what is sent is given back, so it has to be the same
			fields := row.fields(w)
			row.fields = func(teamWorld) url.Values { return fields }
		}
		for who, one := range map[string]struct {
			browser *browser
			status  int
		}{
			"nobody": {s.browser(), row.nobody}, "a manager in no team": {w.outsider, row.outsider},
			"the steward of another team": {w.other.steward(), row.elsewhere}, "who waits": {w.waits, row.waiting},
		} {
			if one.status != missing {
				continue
			}
			got, want := one.browser.askTeam(w, pattern, row), one.browser.askTeam(never, pattern, row)
			if got.withoutRequestID() != want.withoutRequestID() {
				t.Errorf("%s as %s: the page differs from that of a missing team:\n%s\n%s", pattern, who, got.excerpt(), want.excerpt())
			}
			if want.status != http.StatusNotFound {
				t.Errorf("%s as %s: status %d of a missing team", pattern, who, want.status)
			}
		}
	}
}
