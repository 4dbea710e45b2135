package browsertest

import "testing"

// Two members show on whom they rely, each by their own act, one on a phone and one by keyboard alone without a script; a
// third reads it, and one takes theirs away again.
func TestJourneyOfOnWhomWeRely(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	c := served.newCrew(t, "Payments", 3)
	c.people[0].fillsMap("first-team", 5, 0)
	c.people[1].fillsMap("first-team", 5, 0)

	one := served.newTabOf(t, c.people[0])
	one.phone(phoneWidth)
	one.open(to.Team(c.team))
	press := func(selector, words string) {
		t.Helper()
		one.fitsPhones()
		one.leads(func() { one.tap(selector, words) })
	}
	press("a", "On whom we rely")
	one.heading("Nobody shows on whom they rely yet")
	press("a", "See what you would show")
	one.heading("Show on whom you rely")
	one.says("main", "What others have seen can’t be unseen.")
	if ticked := eval[int](one, `document.querySelectorAll("main input[type=checkbox]:checked").length`); ticked != 0 {
		t.Errorf("%d lines are ticked before anybody ticks one", ticked)
	}
	one.tap("label.check", "Customer support tooling")
	press("button", "Show what is ticked to the team")
	one.heading("One of us shows on whom they rely")

	other := served.newTabOf(t, c.people[1])
	other.scriptless()
	other.open(to.Reliances(c.team))
	other.enter("a", "See what you would show")
	other.heading("Show on whom you rely")
	other.tabTo("input[value=own-3]", "")
	other.types(" ")
	other.enter("button", "Show what is ticked to the team")
	other.heading("Each of us who shows it has somebody to rely on.")

	reader := served.newTabOf(t, c.people[2])
	reader.open(to.Reliances(c.team))
	reader.says(".side-by-side", "Payments 1: whoever wrote the first version, two floors down")
	reader.says(".side-by-side", "Payments 2: whoever wrote the first version, two floors down")
	reader.says("main", "Two of us show theirs")
	if eval[bool](reader, `document.querySelector("main").innerText.includes("Payments 3")`) {
		t.Error("who shows nothing is named")
	}

	press("a", "You show yours: change it, or stop")
	press("button", "Stop showing mine")
	one.says("[role=status]", "Yours is no longer shown.")
	reader.reload()
	reader.heading("One of us shows on whom they rely")
}
