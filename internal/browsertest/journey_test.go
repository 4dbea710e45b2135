package browsertest

import (
	"strings"
	"testing"

	"whetstone/internal/model"
)

// answerByMouse answers the page that is open, and waits until each choice is saved.
func answerByMouse(opened *tab, choose level) {
	opened.t.Helper()
	competency := opened.competency()
	for number, item := range opened.items() {
		opened.choose(item, choose(competency, number), opened.click)
		opened.saved(item)
	}
}

// The main job, whole: a first full assessment, and the next one a quarter later.
func TestJourneyByMouse(t *testing.T) {
	t.Parallel()
	journeyByMouse(t, newServer(t))
}

func journeyByMouse(t *testing.T, served *server) {
	t.Helper()
	opened := served.newTab(t)
	scope := firstTeam(t, served)

	opened.open(to.Home())
	opened.says("main", "A sample, with made-up answers")
	opened.draws()
	opened.begin(opened.click, scope, model.FullForm)

	const note = "The shared build: nobody could say what it takes from a release."
	opened.eachPage(opened.click, func() {
		answerByMouse(opened, mixed)
		if opened.competency() == "debt" {
			writeNote(opened, note)
		}
	})
	opened.says("#answers", "of")
	if strings.Contains(opened.text("main"), "first unanswered") {
		t.Error("the review misses an answer\n" + opened.where())
	}
	opened.says("main", note)
	changeFromReview(opened)
	opened.finish(opened.click)

	opened.says("h1", "Start with technical debt")
	opened.says("main", "Technical enough for leading a first team?")
	opened.says("#first", "Your lowest answer")
	opened.says("#first", "You would notice:")
	opened.click("summary", "All 38 questions as you answered them")
	opened.says("details[open]", note)
	opened.draws()
	result := eval[string](opened, `location.pathname`)

	secondVisit(t, served, opened, result)
}

// writeNote writes a note to the first item, and waits until it is saved by itself.
func writeNote(opened *tab, note string) {
	opened.t.Helper()
	item := opened.items()[0]
	opened.click(`[data-item="`+item+`"] summary`, "Add your most recent example")
	opened.click(`[data-item="`+item+`"] textarea`, "")
	opened.types(note)
	opened.wait(stateOf(item) + ` === "Not saved yet" || ` + stateOf(item) + ` === "Saved"`)
	opened.saved(item)
}

// changeFromReview changes one answer from the review and comes back to it.
func changeFromReview(opened *tab) {
	opened.t.Helper()
	opened.follow("a", "Change your answers on coaching")
	item := opened.items()[0]
	if got := opened.checked(item); got != "5" {
		opened.t.Errorf("the page shows level %q where 5 was given", got)
	}
	opened.choose(item, "4", opened.click)
	opened.saved(item)
	opened.follow("button", "Save and return to review")
	opened.heading("Check your answers")
}

// secondVisit is the same manager a quarter later.
func secondVisit(t *testing.T, served *server, opened *tab, first string) {
	t.Helper()
	served.later(quarter)
	opened.open(to.Home())
	opened.says("main", "Nothing waits for you")
	opened.says("main", "Start with technical debt")
	opened.follow("a", "The whole result")
	if got := eval[string](opened, `location.pathname`); got != first {
		t.Errorf("the latest result leads to %s, not %s", got, first)
	}

	opened.follow("a", "Change your targets for next time")
	run(opened, `document.querySelector('[name^="target.debt@"]').focus()`)
	opened.types("2.0")
	if got := eval[string](opened, `document.querySelector('[name^="target.debt@"]').value`); got != "2.0" {
		t.Fatalf("the target chosen is %q", got)
	}
	opened.follow("button", "Save your targets")
	opened.says("main", "Saved. They count from the next assessment that you finish.")

	opened.follow("nav a", "Assessments")
	opened.says("main", "Two assessments make a comparison")
	opened.follow("a", "Start an assessment")
	opened.follow("button", "Start")
	opened.heading("Design") // who has an assessment knows how a level is chosen
	opened.eachPage(opened.click, func() { answerByMouse(opened, raised) })
	opened.finish(opened.click)

	opened.says("main", "Compared with")
	opened.says("main", "rose by")
	opened.click("summary", "One target differs")
	opened.says("main", "That is a change of the target, not of you.")
	opened.click("summary", "The whole, the areas and each competency since then")
	opened.says("details[open] table", "Shared questions")

	opened.follow("nav a", "Assessments")
	if got := eval[int](opened, `document.querySelectorAll(".listing li").length`); got != 2 {
		t.Errorf("the list holds %d assessments, not 2", got)
	}
	opened.open(first)
	opened.says("main", "target 3.") // the first result keeps the targets that it was finished with
}
