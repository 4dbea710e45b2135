package browsertest

import (
	"net/url"
	"testing"
	"time"

	"whetstone/internal/model"
)

// fill puts text into the field of an id, in the place of what it holds.
func (tab *tab) fill(press func(selector, words string), id, text string) {
	tab.t.Helper()
	press("#"+id, "")
	run(tab, `document.activeElement.select()`)
	tab.types(text)
}

// A steward and a member, each in a browser of their own, from the making of a team to its first result.
func TestTeamJourneyInTwoBrowsers(t *testing.T) {
	t.Parallel()
	teamJourney(t, func(*tab) func(selector, words string) { return nil })
}

// The same without JavaScript.
func TestTeamJourneyWithoutJavaScript(t *testing.T) {
	t.Parallel()
	teamJourney(t, func(opened *tab) func(selector, words string) {
		opened.scriptless()
		return nil
	})
}

// The same with a finger on a phone, where every page on the way fits.
func TestTeamJourneyOnAPhone(t *testing.T) {
	t.Parallel()
	teamJourney(t, func(opened *tab) func(selector, words string) {
		opened.phone(phoneWidth)
		return func(selector, words string) {
			opened.fitsPhones()
			opened.tap(selector, words)
		}
	})
}

// teamJourney goes the whole way. prepare makes a tab what the test is about, and returns how one presses in it;
// nil for a click.
func teamJourney(t *testing.T, prepare func(*tab) func(selector, words string)) {
	t.Helper()
	served := newServer(t)
	manager, colleague := served.newVisitor(t), served.newVisitor(t)
	manager.take("first-team", model.FullForm, mixed)
	colleague.take("first-team", model.PulseForm, mixed)
	steward := served.newTabOf(t, manager)
	press := prepare(steward)
	if press == nil {
		press = steward.click
	}
	member := served.newTabOf(t, colleague)
	touch := prepare(member)
	if touch == nil {
		touch = member.click
	}
	follow := func(selector, words string) { steward.t.Helper(); steward.leads(func() { press(selector, words) }) }
	goes := func(selector, words string) { member.t.Helper(); member.leads(func() { touch(selector, words) }) }

	// The steward makes the team and invites by a link.
	steward.open(to.Assessments())
	follow("nav a", "Teams")
	steward.says("main", "A team is a group of managers")
	follow("a", "Make a team")
	steward.fill(press, "name", "Managers of Payments")
	steward.fill(press, "member-name", "Ada")
	follow("button", "Make the team")
	steward.heading("Nothing to compare yet")
	team := eval[string](steward, `location.pathname.split("/")[2]`)
	follow("a", "Invite people")
	follow("button", "Make the invitation")
	steward.heading("Your link to the team")
	link := eval[string](steward, `new URL(document.getElementById("secret").textContent.trim()).pathname`)

	// The member reads the terms, joins, and waits; what is missing is said and kept.
	member.open(link)
	member.heading("Join “Managers of Payments”?")
	member.fill(touch, "name", "Bo")
	member.watcher.expectFailure(link)
	goes("button", "Join the team")
	member.says(".errors", "Tick the box if you agree")
	if got := eval[string](member, `document.getElementById("name").value`); got != "Bo" {
		t.Errorf("the form forgot the name, and holds %q", got)
	}
	touch("label", "I agree to the full terms")
	goes("button", "Join the team")
	member.heading("You wait to be confirmed")

	// The steward confirms in view of all. Three others come the quick way.
	steward.open(to.Team(team))
	follow("a", "Confirm members: one waits")
	follow("button", "Confirm")
	c := &crew{t: t, server: served, team: team, link: link, people: []*visitor{manager, colleague}}
	for _, name := range []string{"Cem", "Dana", "Eli"} {
		other := served.newVisitor(t)
		c.joins(other, name)
		c.confirmAll()
		c.people = append(c.people, other)
	}
	served.clock.advance(time.Minute)
	member.open(to.Team(team))
	member.says("main", "Three steps to the first result")
	goes("nav[aria-label=Team] a", "Members")
	member.says("main", "Five members.")
	if member.holds(`document.querySelector(".steward")`) {
		t.Error("a member sees acts of a steward")
	}

	// A cycle is opened, and all contribute: the member by a tick at the result.
	steward.open(to.Team(team))
	follow("a", "Open or plan a cycle")
	steward.fill(press, "name", "Winter")
	follow("button", "Make the cycle")
	steward.heading("Winter")
	steward.says("main", "Fewer than five had contributed by this morning")
	cycle := eval[string](steward, `location.pathname.split("/")[4]`)
	served.clock.advance(time.Minute)
	mine := colleague.take("first-team", model.FullForm, raised)
	member.open(to.Team(team))
	goes("a", "Tick the people you know")
	member.says("main", "A name on the roster is what somebody typed")
	touch("#known label", "")
	goes("button", "Save the ticks")
	member.says("main", "Saved: you ticked one.")
	c.knowsAll(colleague)
	member.open(to.Team(team))
	goes("a", "Contribute ")
	member.says("#teams", "Count it in “Winter” of Managers of Payments")
	touch("#teams label", "Count it in")
	goes("#teams button", "Save")
	member.says("#teams", "It counts now.")
	for _, other := range []*visitor{c.people[0], c.people[2], c.people[3], c.people[4]} {
		c.contributes(other, cycle, model.FullForm, mixed)
	}

	// The steward closes; both read the same.
	steward.open(to.Team(team))
	follow("a", "Close “Winter”")
	steward.says("main", "It can’t be undone.")
	follow("button", "Close the cycle")
	steward.says("main", "Five contributed.")
	member.open(to.Team(team))
	goes("a", "Read the whole result")
	member.says("main", "Five contributed.")
	member.draws()
	for _, opened := range []*tab{steward, member} {
		if !opened.holds(`document.querySelectorAll("table.ranks").length === 2`) {
			t.Errorf("the result has not its two tables\n%s", opened.where())
		}
	}
	goes("nav[aria-label=Team] a", "Trends")
	member.says("main", "One closed cycle")
	if got, want := eval[string](steward, `document.querySelector("h1").textContent`), eval[string](member, `document.querySelector("h1").textContent`); got != want {
		t.Errorf("the steward reads %q, the member %q", got, want)
	}

	// What comes too late counts for nothing, and says so.
	status, _, body := colleague.request(to.Contribute(team, cycle), url.Values{"assessment": {mine}, "count": {"yes"}})
	if status != 422 {
		t.Errorf("a late contribution: status %d\n%s", status, body)
	}

	// The member leaves; the result stays.
	member.open(to.MyPlace(team))
	goes("main a", "Leave the team")
	member.says("main", "Averages that are published stay as they are")
	goes("button", "Leave the team")
	member.says("main", "A team is a group of managers")
	steward.open(to.Cycle(team, cycle))
	steward.says("main", "Five contributed.")
}

// The secret of an invitation is copied by a press, where the browser lets a page copy.
func TestInvitationIsCopied(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	c := served.newCrew(t, "Payments", 1)
	opened := served.newTabOf(t, c.steward())
	opened.open(to.Invitations(c.team))
	opened.follow("button", "Make the invitation")
	opened.wait(`!document.querySelector("[data-copy-secret]").hidden`)
	run(opened, `Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } }); 0`)
	opened.click("button", "Copy the link")
	opened.says("[data-copied]", "Copied.")
	opened.wait(`window.copied === document.getElementById("secret").textContent.trim()`)
}
