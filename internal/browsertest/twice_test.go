package browsertest

import (
	"net/url"
	"strings"
	"testing"
)

// twice presses a button twice, the second time while the answer to the first is on its way.
func (tab *tab) twice(button string) {
	tab.t.Helper()
	run(tab, `(() => {
		const pressed = `+element("button", button)+`;
		pressed.addEventListener("click", () => setTimeout(() => pressed.click(), 2), { once: true });
	})()`)
	tab.follow("button", button)
}

// An impatient press of a button does the thing once, and shows what it did.
func TestButtonsPressedTwice(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	owner := s.newVisitor(t)
	owner.take("first-team", "full", mixed)
	tab := s.newTabOf(t, owner)

	tab.open(to.NewTeam())
	run(tab, `document.getElementById("name").value = "Crew"; document.getElementById("member-name").value = "Ada"`)
	tab.twice("Make the team")
	tab.wait(`document.title.startsWith("Crew")`)
	if _, _, teams := owner.request(to.Teams(), nil); strings.Count(teams, ">Crew<") != 1 {
		t.Errorf("the teams are:\n%s", teams)
	}

	tab.open(to.RecoveryKey())
	tab.twice("Make my recovery key")
	tab.wait(`document.querySelectorAll(".key-words li").length === 12`)
	words := eval[string](tab, `[...document.querySelectorAll(".key-words li")].map((word) => word.textContent.trim()).join(" ")`)
	if location := s.newVisitor(t).post(to.Recover(), url.Values{"words": {words}}); location != to.History() {
		t.Errorf("the words that are shown lead to %s", location)
	}

	tab.open(to.Erase())
	tab.click("label", "Delete all of it")
	tab.twice("Delete everything")
	tab.wait(`document.querySelector("h1")?.textContent.trim() === "Everything is deleted"`)
}

// Two installations at two ports of one host are open in one browser, and each keeps its session.
func TestTwoInstallationsInOneBrowser(t *testing.T) {
	t.Parallel()
	one, other := newServer(t), newServer(t)
	here := one.newVisitor(t)
	draft := here.start("first-team", "full")
	tab := one.newTabOf(t, here)
	there := (&profile{t: t, server: other, engine: other.engine, jar: tab.profile.jar}).newTab(t)

	tab.open(to.Assessment(draft))
	tab.heading("Leading a first team")
	there.open("/")
	there.begin(there.click, "Considering management", "full")
	there.open(to.Erase())
	there.click("label", "Delete all of it")
	there.follow("button", "Delete everything")
	there.heading("Everything is deleted")
	tab.open(to.Assessment(draft))
	tab.heading("Leading a first team")
}
