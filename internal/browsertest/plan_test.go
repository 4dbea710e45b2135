package browsertest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/emersion/go-ical"

	"whetstone/internal/model"
)

// What comes of a result, whole: from a practice to a commitment, a calendar and a log, and a quarter later to what
// became of it, beside how its competency moved.
func TestJourneyFromAResultToWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	draft := manager.start("first-team", model.FullForm)
	manager.answer(draft, "first-team", mixed)
	opened := served.newTabOf(t, manager)
	opened.open(to.Review(draft))
	opened.follow("button", "Finish assessment")
	opened.says("h1", "Start with technical debt")
	result := eval[string](opened, `location.pathname`)

	commits(opened)
	opened.open(result)
	takesCalendar(opened)
	notesTwice(opened)

	served.later(quarter)
	opened.open(to.Home())
	opened.says("main", "What became of it?")
	opened.open(to.Start())
	opened.follow("button", "Start")
	tellsBeforeTheQuestions(opened)
	opened.eachPage(opened.click, func() {
		switch opened.competency() {
		case "debt":
			opened.click("summary", "What you noted since last time")
			opened.says("main", jottedOn)
		case "vision":
			if opened.holds(`!!` + element("summary", "What you noted since last time")) {
				t.Error("what speaks of no competency stands beside vision")
			}
		}
		answerByMouse(opened, raised)
	})
	opened.finish(opened.click)
	for _, address := range []string{eval[string](opened, `location.pathname`), to.History()} {
		opened.open(address)
		opened.says("#worked-on", "I will rehearse it first")
		opened.says("#worked-on", "Partly kept: “Twice of three.”")
		opened.says("#worked-on", "Technical debt rose by")
		opened.says("#worked-on", "Neither is said to come of the other")
	}
	opened.open(to.Home())
	opened.says("main", "Nothing just now.")
}

// commits chooses the first practice of a result, and words it otherwise.
func commits(opened *tab) {
	opened.t.Helper()
	opened.follow("#first a", "I’ll try this")
	opened.heading("When, and what will you do?")
	if got := eval[string](opened, `document.querySelector("#competency").value`); got != "debt" {
		opened.t.Errorf("the practice serves %q", got)
	}
	if opened.holds(`!document.querySelector("#occasion").value || !document.querySelector("#action").value`) {
		opened.t.Error("the form is not filled in from the practice\n" + opened.where())
	}
	run(opened, `document.querySelector("#action").select()`)
	opened.inserts("rehearse it first")
	opened.follow("button", "Put it in my plan")
	opened.says("[role=status]", "It stands in your plan")
	opened.says("main", "I will rehearse it first.")
}

// takesCalendar keeps the rhythm that a result proposes, and reads the file for a calendar as a calendar does.
func takesCalendar(opened *tab) {
	t := opened.t
	t.Helper()
	opened.follow("#again button", "Keep this rhythm")
	opened.says("[role=status]", "Saved.")
	folder := t.TempDir()
	call(opened, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: opened.profile.jar.(*chromiumJar).id, DownloadPath: folder,
	})
	opened.click("a", "Add both to my calendar")
	var read *ical.Calendar
	opened.until("the file is there and a calendar", func() bool {
		for _, file := range globbed(t, folder, "whetstone-*.ics") {
			content, err := os.ReadFile(file)
			if err != nil {
				return false
			}
			read, err = ical.NewDecoder(bytes.NewReader(content)).Decode()
			return err == nil
		}
		return false
	})
	var days []time.Time
	for i, event := range read.Events() {
		summary, err := event.Props.Text(ical.PropSummary)
		if want := []string{"Whetstone: a pulse is due", "Whetstone: a full assessment is due"}; err != nil || i >= len(want) || summary != want[i] {
			t.Errorf("entry %d of the calendar is %q (%v)", i, summary, err)
		}
		day, err := event.DateTimeStart(time.UTC)
		if err != nil {
			t.Error(err)
		}
		days = append(days, day)
	}
	if len(days) != 2 || days[1].Sub(days[0]) != 7*7*24*time.Hour {
		t.Errorf("the days of the calendar are %v, want a pulse’s and seven weeks after it a full one’s", days)
	}
}

// globbed lists the files of a folder that match a pattern.
func globbed(t *testing.T, folder, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// What the journey notes: on the competency of its commitment, and on none yet.
const (
	jottedOn   = "The cron job again; moved it to the queue."
	jottedOnce = "Two teams want the same flag service by spring."
)

// notesTwice notes something from a page about a competency, which is chosen beforehand, and from one about none.
func notesTwice(opened *tab) {
	opened.t.Helper()
	opened.open(to.Plan())
	opened.follow("a", "Change")
	here := eval[string](opened, `location.pathname`)
	opened.jots("debt", jottedOn)
	if got := eval[string](opened, `location.pathname`); got != here {
		opened.t.Errorf("from noting something one comes to %s, not back to %s", got, here)
	}
	opened.open(to.Home())
	opened.jots("", jottedOnce)
	opened.follow("[role=status] a", "your log")
	opened.says("main", jottedOn)
	opened.says("main", jottedOnce)
	opened.says("main", "No competency yet")
}

// jots notes something from the page that is open, whose competency is chosen beforehand.
func (tab *tab) jots(competency, words string) {
	tab.t.Helper()
	tab.follow("a", "Note something")
	if got := eval[string](tab, `document.querySelector("#competency").value`); got != competency {
		tab.t.Errorf("the competency chosen beforehand is %q, not %q\n%s", got, competency, tab.where())
	}
	tab.click("#noted", "")
	tab.types(words)
	tab.follow("button", "Keep it")
	tab.says("[role=status]", "Noted.")
}

// tellsBeforeTheQuestions says what became of the one commitment, which stands before any question.
func tellsBeforeTheQuestions(opened *tab) {
	opened.t.Helper()
	opened.heading("First: what became of it?")
	opened.says("main", "I will rehearse it first.")
	if opened.holds(`!!document.querySelector("fieldset.item")`) {
		opened.t.Error("a question stands beside it")
	}
	opened.click("label", "Partly kept")
	opened.click(".follow input[type=text]", "")
	opened.types("Twice of three.")
	opened.click("label", "Close it")
	opened.follow("button", "Save and go to the questions")
	opened.heading("Design")
}
