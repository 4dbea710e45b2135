package browsertest

import (
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// A team of seven that loses one and gains one over two cycles: what its pages say of change, before and after.
func TestTeamThatLosesOneAndGainsOne(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	c := served.newCrew(t, "Payments", 7)
	steward, member := served.newTabOf(t, c.people[0]), served.newTabOf(t, c.people[1])

	// The first cycle: a member ticks whom they know and contributes, in view of the pages; so do the others.
	opens(steward, c, "Winter")
	if steward.holds(`document.body.innerText.includes("What changed since")`) {
		t.Error("the first cycle is said to be compared")
	}
	cycle := eval[string](steward, `location.pathname.split("/")[4]`)
	served.clock.advance(time.Minute)
	c.people[1].take("first-team", model.FullForm, always("2"))
	member.open(to.Team(c.team))
	member.follow("a", "Tick the people you know")
	for _, other := range []string{"Payments 1", "Payments 3", "Payments 4", "Payments 5", "Payments 6", "Payments 7"} {
		member.click("#known label", other)
	}
	member.follow("button", "Save the ticks")
	member.says("main", "Saved: you ticked six. That is enough to contribute.")
	member.open(to.Team(c.team))
	member.follow("a", "Contribute your assessment of ")
	member.click("#teams label", "Count it in")
	member.follow("#teams button", "Save")
	member.says("#teams", "It counts now.")
	for _, other := range append([]*visitor{c.people[0]}, c.people[2:]...) {
		c.contributes(other, cycle, model.FullForm, always("2"))
	}
	closes(steward, c, "Winter")
	steward.says("main", "Seven contributed.")
	member.open(to.Cycle(c.team, cycle))
	member.says("h1", "A starting point")

	// A quarter later one leaves and another joins, confirmed in view of all.
	served.clock.advance(quarter)
	leaver := served.newTabOf(t, c.people[6])
	leaver.open(to.MyPlace(c.team))
	leaver.follow("main a", "Leave the team")
	leaver.follow("button", "Leave the team")
	leaver.says("main", "A team is a group of managers")
	c.link = strings.TrimPrefix(c.invite(model.JoinLink), served.base)
	newcomer := served.newVisitor(t)
	newcomer.take("first-team", model.PulseForm, always("4"))
	joined := served.newTabOf(t, newcomer)
	joined.open(c.link)
	joined.says("main", "Payments")
	joined.fill(joined.click, "name", "Noor")
	joined.click("label", "I agree to the full terms")
	joined.follow("button", "Join the team")
	joined.heading("You wait to be confirmed")
	steward.open(to.Team(c.team))
	steward.follow("a", "Confirm members: one waits")
	steward.follow("button", "Confirm")
	steward.says("main", "Seven members.")
	if steward.holds(`document.querySelector("main").innerText.includes("Payments 7")`) {
		t.Error("who left is on the roster")
	}
	served.clock.advance(time.Minute)

	// The second cycle says before it opens, and to all while it is open, when a paired word would appear.
	when := "What changed since “Winter” is said over the people in both if those who take part are the same seven"
	steward.open(to.NewCycle(c.team))
	steward.says("main", when)
	opens(steward, c, "Spring")
	cycle = eval[string](steward, `location.pathname.split("/")[4]`)
	served.clock.advance(time.Minute)
	for _, reader := range []*tab{steward, member} {
		reader.open(to.Cycle(c.team, cycle))
		reader.says("main", when)
		reader.says("main", "Otherwise only the published means are set beside each other, and a change has to be larger to be told.")
	}
	for _, other := range append(c.people[:6:6], newcomer) {
		c.contributes(other, cycle, model.FullForm, always("4"))
	}
	joined.open(to.Team(c.team))
	joined.says("main", "You contribute ")
	closes(steward, c, "Spring")

	// The unpaired word, named as such, and why there is no other.
	for _, reader := range []*tab{steward, member, joined} {
		reader.open(to.Cycle(c.team, cycle))
		reader.says("main", "Seven contributed.")
		reader.says("main", "It is not compared with the cycle before over the people in both: those who took part differ by too few")
		reader.says("main", "By the published means alone, as if these were not the same people as in “Winter”, ")
		reader.says("table.ranks thead", "by the means alone")
		reader.says("table.ranks tbody", "rose")
	}
	member.follow("nav[aria-label=Team] a", "Trends")
	member.says("main", "Two closed cycles")
	member.says("main", "since Winter, by the means alone: withheld to protect people")
	if drawn := eval[int](member, `[...document.querySelectorAll("figure.trend path.dots")].filter((dots) => dots.checkVisibility()).length`); drawn == 0 {
		t.Errorf("the trend draws nothing\n%s", member.where())
	}
}

// always gives every item one level.
func always(chosen string) level { return func(string, int) string { return chosen } }

// opens opens a cycle of full assessments in the steward's browser.
func opens(steward *tab, c *crew, name string) {
	steward.t.Helper()
	steward.open(to.Team(c.team))
	steward.follow("a", "Open or plan a cycle")
	steward.fill(steward.click, "name", name)
	steward.follow("button", "Make the cycle")
	steward.heading(name)
}

// closes closes a cycle in the steward's browser.
func closes(steward *tab, c *crew, name string) {
	steward.t.Helper()
	steward.open(to.Team(c.team))
	steward.follow("a", "Close “"+name+"”")
	steward.follow("button", "Close the cycle")
}
