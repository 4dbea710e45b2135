package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"whetstone/internal/model"
)

// farthest bounds how often Tab may have to be pressed to reach anything on a page.
const farthest = 120

// focusShows is an expression for whether the focus can be seen: ringed, and inside the window.
const focusShows = `(() => {
	const focused = document.activeElement, style = getComputedStyle(focused), box = focused.getBoundingClientRect();
	return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.bottom > 0 && box.top < innerHeight;
})()`

// tabTo presses Tab until an element has the focus. At each stop the focus has to be seen.
func (tab *tab) tabTo(selector, words string) {
	tab.t.Helper()
	arrived := element(selector, words) + ` === document.activeElement`
	for range farthest {
		tab.types(kb.Tab)
		if tab.holds(`document.activeElement === document.body`) {
			tab.t.Fatalf("Tab came to the end of the page without reaching %s %q\n%s", selector, words, tab.where())
		}
		tab.wait(focusShows)
		if tab.holds(arrived) {
			return
		}
	}
	tab.t.Fatalf("%d presses of Tab did not reach %s %q\n%s", farthest, selector, words, tab.where())
}

// enter reaches what leads to another page, and presses Enter on it.
func (tab *tab) enter(selector, words string) {
	tab.t.Helper()
	tab.leads(func() {
		tab.tabTo(selector, words)
		tab.types(kb.Enter)
	})
}

// A pulse without touching the mouse: Tab, Enter, Space, arrows and the digits.
func TestJourneyByKeyboard(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)

	opened.open(to.Home())
	opened.tabTo("a.skip", "Skip to the content")
	opened.types(kb.Enter)
	opened.wait(`document.activeElement.id === "content"`)
	opened.tabTo("a", "Start") // the first stop after the menu that was skipped
	if eval[int](opened, `[...document.querySelectorAll("main a, main button")].indexOf(document.activeElement)`) != 0 {
		t.Error("skipping to the content does not lead past the menu")
	}
	opened.leads(func() { opened.types(kb.Enter) })

	opened.tabTo(`input[value="considering"], input[value="first-team"]`, "")
	opened.types(" ")
	for attempt := 0; attempt < 3 && !opened.holds(`document.querySelector('input[value="first-team"]').checked`); attempt++ {
		opened.types(kb.ArrowDown)
	}
	opened.tabTo(`input[value="software"]`, "")
	opened.types(" ")
	opened.tabTo(`input[value="full"]`, "") // what is chosen already is where Tab stops
	opened.types(kb.ArrowDown)
	opened.enter("button", "Start")
	opened.heading("How a level is chosen")
	opened.enter("a", "Go to the first question")

	answered := 0
	opened.eachPage(opened.pressByKeyboard, func() {
		for _, item := range opened.items() {
			answered++
			answerByKeyboard(opened, item, answered)
		}
	})

	opened.tabTo("#meant", "")
	opened.types(" ")
	opened.enter("button", "Finish assessment")
	opened.heading("Start with")

	opened.tabTo("summary", "All 12 questions as you answered them")
	opened.types(kb.Enter)
	opened.wait(`document.activeElement.parentElement.open`)
}

// pressByKeyboard reaches something and presses Enter on it.
func (tab *tab) pressByKeyboard(selector, words string) {
	tab.t.Helper()
	tab.tabTo(selector, words)
	tab.types(kb.Enter)
}

// answerByKeyboard answers a question, each in another of the ways that there are.
func answerByKeyboard(opened *tab, item string, number int) {
	opened.t.Helper()
	opened.tabTo(radio(item, "1"), "")
	want := ""
	switch number % 3 {
	case 0:
		want = "4"
		opened.types("4")
	case 1:
		want = "1"
		opened.types(" ")
	case 2:
		want = "2"
		opened.types(kb.ArrowDown)
	}
	if got := opened.checked(item); got != want {
		opened.t.Fatalf("the keys chose level %q, not %s\n%s", got, want, opened.where())
	}
	opened.saved(item)
	if number != 1 {
		return
	}
	// A digit typed into a note is text, not a choice.
	opened.tabTo("summary", "Add your most recent example")
	opened.types(kb.Enter)
	opened.tabTo("textarea", "")
	opened.types("5 reviews")
	opened.wait(stateOf(item) + ` !== "Saved"`)
	opened.saved(item)
	if got := opened.checked(item); got != want {
		opened.t.Errorf("typing a note changed the level to %q", got)
	}
	if got := eval[string](opened, `document.querySelector("textarea").value`); !strings.HasPrefix(got, "5 reviews") {
		opened.t.Errorf("the note reads %q", got)
	}
}

// On the page of a full assessment Shift and Tab lead back, and digits choose where the focus is.
func TestKeysBetweenQuestions(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	id := manager.start("first-team", model.FullForm)
	opened := served.newTabOf(t, manager)
	opened.open(to.Questions(id, "design"))
	items := opened.items()
	opened.tabTo(radio(items[0], "1"), "")
	opened.types("5")
	opened.saved(items[0])
	opened.tabTo(radio(items[1], "1"), "")
	opened.types("2")
	opened.saved(items[1])
	opened.types("0")
	opened.wait(radioChecked(items[1], "0"))
	opened.saved(items[1])
	if got := opened.checked(items[0]); got != "5" {
		t.Errorf("keys on the second question changed the first to %q", got)
	}
	opened.reload()
	for number, want := range []string{"5", "0", ""} {
		if got := opened.checked(items[number]); got != want {
			t.Errorf("question %d was kept as %q, not %q", number+1, got, want)
		}
	}
}

// radioChecked is an expression for whether a level is chosen.
func radioChecked(item, level string) string {
	return `document.querySelector('` + radio(item, level) + `').checked`
}
