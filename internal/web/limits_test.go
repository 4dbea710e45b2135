package web_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// from gives a request the address of another client, as a trusted proxy tells it.
func from(client string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("X-Forwarded-For", client) }
}

// behindProxy takes the word of whatever requests of a test come through.
func behindProxy(s *site) {
	s.configuration.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("127.0.0.0/8")}
}

// A client that makes very much in a few minutes is told, in words, to wait and for how long, and gets back what was
// typed. Everybody else, another network of the same proxy too, goes on; and so do they, after that.
func TestMakingTooMuchWaits(t *testing.T) {
	t.Parallel()
	s := newSite(t, behindProxy)
	s.clock.advance(s.clock.now().Truncate(10 * time.Minute).Add(10 * time.Minute).Sub(s.clock.now()))
	s.clock.advance(3 * time.Minute)
	team := url.Values{"name": {"A team"}, "smallest-group": {"5"}, "member-name": {"Ann"}, "purpose": {"Why <we> meet"}}
	const office, other = "2001:db8:0:1::7", "2001:db8:0:2::7"
	for range 20 {
		s.browser().post(s.paths.NewTeam(), team, from(office)).wantStatus(http.StatusSeeOther)
	}
	refused := s.browser().post(s.paths.NewTeam(), team, from("2001:db8:0:1:ffff::1")).wantStatus(http.StatusTooManyRequests)
	refused.wantText("Very many have begun here just now").wantText("a whole office may count as one").
		wantText("Nothing was made").wantText("Try again in 7 minutes").wantText("Why <we> meet")
	if wait := refused.header.Get("Retry-After"); wait != "420" {
		t.Errorf("to be tried again after %q seconds, want 420", wait)
	}
	if refused.header.Get("Set-Cookie") != "" {
		t.Error("who was refused has got a session")
	}
	// Other things can still be made from there, and the same from elsewhere.
	s.browser().post(s.paths.Start(), s.browser().startFields("first-team", "pulse"), from(office)).wantStatus(http.StatusSeeOther)
	s.browser().post(s.paths.NewTeam(), team, from(other)).wantStatus(http.StatusSeeOther)
	s.clock.advance(7 * time.Minute)
	s.browser().post(s.paths.NewTeam(), team, from(office)).wantStatus(http.StatusSeeOther)
}

// The start page says what to do where there is no room for another draft, and keeps what was chosen.
func TestStartWithoutRoom(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	var last string
	for range model.DraftLimit {
		last = person.begun("first-team", "pulse")
	}
	refused := person.post(s.paths.Start(), person.startFields("wider-scope", "full")).wantStatus(http.StatusUnprocessableEntity)
	refused.wantText("You have 5 drafts or more").wantText("Finish one or delete one")
	if refused.byID("room") == nil {
		t.Error("the summary leads nowhere")
	}
	refused.pressLink("Go to your assessments").wantText("In progress")
	person.visit(s.paths.Assessment(last)).pressLink("Delete this draft").press("Delete the draft").wantStatus(http.StatusOK)
	person.post(s.paths.Start(), person.startFields("wider-scope", "full")).wantStatus(http.StatusSeeOther)
}

// A link that has spread lets in as many as it was made for. Anyone after them is told so; the steward declines all
// who wait at once, ends the link and makes another, by which those who are meant come in.
func TestALinkThatHasSpread(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 2)
	made := c.steward().visit(s.paths.Invitations(c.team)).press("Make the invitation", "kind", "join-link", "places", "3")
	made.wantText("for three people")
	spread := strings.TrimPrefix(text(made.byID("secret")), "https://whetstone.test")
	c.link = spread
	invited := c.joins(s.browser(), "Bea")
	c.joins(s.browser(), "Stranger")
	late := s.browser().visit(spread)
	c.joins(s.browser(), "Another stranger")

	late.press("Join the team", "name", "Late", "agreed", "yes").wantStatus(http.StatusUnprocessableEntity).
		wantText("has let in as many people as it may").wantText("Ask a steward of the team for a new one")
	full := s.browser().visit(spread).wantStatus(http.StatusOK).wantText("nobody joins by it any more")
	if strings.Contains(full.body, "<form class") {
		t.Error("a link that is used up offers to join")
	}
	invited.visit(spread).wantText("You are in this team already")
	c.steward().visit(s.paths.Invitations(c.team)).wantText("as many have come by it as it lets in: three")

	asked := c.steward().visit(s.paths.Roster(c.team)).pressLink("Decline all who wait")
	asked.wantText("Three people wait to be confirmed").wantText("Stranger").wantText("Bea")
	s.clock.advance(time.Second)
	c.link = c.steward().invitation(c.team, "join-link")
	again := c.joins(s.browser(), "Cid") // while the steward reads
	roster := asked.press("Decline all three").wantAt(s.paths.Roster(c.team))
	for _, gone := range []string{"Stranger", "Bea"} {
		if strings.Contains(roster.text(), gone) {
			t.Errorf("%s is still there", gone)
		}
	}
	roster.wantText("Cid")
	again.visit(s.paths.Team(c.team)).wantText("You wait to be confirmed")
	c.joins(invited, "Bea")
	c.confirm(invited, "Bea")
	invited.visit(s.paths.Team(c.team)).wantText("What you can and can’t see here")
}

// A form of an invitation that can't be taken keeps what was typed.
func TestInvitationForTooMany(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 1)
	for _, typed := range []string{"0", "101", "many", ""} {
		refused := c.steward().visit(s.paths.Invitations(c.team)).press("Make the invitation", "kind", "join-code", "places", typed)
		refused.wantStatus(http.StatusUnprocessableEntity).wantText("Enter a whole number of people, from 1 to 100")
		if got := attribute(refused.byID("places"), "value"); got != typed {
			t.Errorf("%q is given back as %q", typed, got)
		}
	}
	if usual := attribute(c.steward().visit(s.paths.Invitations(c.team)).byID("places"), "value"); usual != "25" {
		t.Errorf("an invitation is for %q unless said otherwise", usual)
	}
}
