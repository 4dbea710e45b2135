package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"whetstone/internal/model"
)

// scriptless takes JavaScript from the pages. The driver can still look at them.
func (tab *tab) scriptless() {
	tab.t.Helper()
	call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// The whole of a pulse without JavaScript: "Save and continue" saves.
func TestJourneyWithoutJavaScript(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	opened.scriptless()

	opened.open(to.Home())
	opened.draws()
	opened.begin(opened.click, firstTeam(t, served), model.PulseForm)
	pages := 0
	opened.eachPage(opened.click, func() {
		item := opened.items()[0]
		for number, each := range opened.items() {
			opened.choose(each, mixed(opened.competency(), number), opened.click)
		}
		if pages == 0 {
			if opened.holds(stateOf(item) + ` !== ""`) {
				t.Error("the page calls an answer saved that nothing has sent yet")
			}
			opened.click("summary", "Add your most recent example")
			opened.click("textarea", "")
			opened.types("Asked what the queue does at the tenth retry.")
		}
		pages++
	})
	opened.says("#answers", "12 of 12 answered.")
	opened.says("main", "Asked what the queue does at the tenth retry.")

	opened.follow("a", "Change your answers on coaching")
	coaching := opened.items()[1] // the second of its area
	if at := eval[string](opened, `location.hash`); at != "#level."+coaching {
		t.Errorf("the review leads to %s, want the question %s", at, coaching)
	}
	opened.choose(coaching, "4", opened.click)
	opened.follow("button", "Save and return to review")
	opened.heading("Check your answers")

	// Without a script the time is the server's, between two pages: too short for any reader, here.
	opened.finish(opened.click)
	opened.heading("Start with")
	opened.draws()
	opened.click("summary", "All 12 questions as you answered them")
	opened.wait(element("details[open] blockquote", "Asked what the queue does"))
	if opened.holds(element("button", "Print")) {
		t.Error("a button is shown that needs JavaScript")
	}
}

// A full result without JavaScript: the ranking is drawn, and each fold has its table.
func TestResultWithoutJavaScript(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	id := manager.take("first-team", model.FullForm, mixed)
	opened := served.newTabOf(t, manager)
	opened.scriptless()
	opened.open(to.Result(id))
	opened.draws()
	for _, fold := range []string{"As a radar of the twelve competencies", "By outcome", "By pillar"} {
		opened.click("summary", fold)
		opened.wait(element("details[open]", fold) + `.querySelector("table").checkVisibility()`)
	}
	if opened.holds(`document.querySelector(".chart:not([hidden])")`) {
		t.Error("the room for a chart is shown that can't be drawn")
	}
}

// Mistakes come back with what was typed, without JavaScript too.
func TestErrorsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	opened.scriptless()
	opened.open(to.Start())
	opened.click("label", "Pulse")
	opened.watcher.expectFailure(to.Start())
	opened.follow("button", "Start")
	if got := eval[string](opened, `document.title`); got != "Error: Before you start: Whetstone" {
		t.Errorf("the title is %q", got)
	}
	if !opened.holds(`document.querySelector('input[value="pulse"]').checked`) {
		t.Error("the form forgot the choice of a pulse")
	}
	opened.says(".errors", "Choose what you answer for.")
	opened.click(".errors a", "Choose what you answer for.")
	opened.wait(`location.hash === "#questionnaire"`)
	opened.wait(`document.getElementById("questionnaire").getBoundingClientRect().top < innerHeight`)
}
