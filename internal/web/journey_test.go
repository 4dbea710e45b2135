package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// takeAll answers a whole draft page by page, pressing the buttons that are there, from its list of
// areas to the review.
func (p *page) takeAll(pick func(number int) string) *page {
	p.t.Helper()
	current := p.browser.visit(p.link("Begin"))
	number := 0
	for current.byID("questions") != nil {
		p.browser.site.clock.advance(time.Minute) // a person reads
		var answers []string
		for _, group := range current.questions() {
			answers = append(answers, "level."+group, pick(number))
			number++
		}
		current = current.press("Save and continue", answers...)
	}
	return current
}

// questions lists the items that a page asks.
func (p *page) questions() []string {
	var items []string
	for _, fieldset := range find(p.root, tagged("fieldset")) {
		if item := attribute(fieldset, "data-item"); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// Everything that a person does from the first page to the result, without a script.
func TestJourneyWithoutScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	start := person.visit(person.visit(s.paths.Home()).link("Start"))
	list := start.press("Start", "questionnaire", "first-team", "craft", "software", "form", "full")
	list.wantText("Not started").wantText("Examples from software")

	review := list.takeAll(varied)
	asked := s.asked("first-team")
	review.wantText("Check your answers").wantText(fmt.Sprintf("%d of %d answered", asked, asked)).wantText("Once finished, an assessment never changes")
	result := review.press("Finish assessment")

	id := strings.Split(result.address.Path, "/")[2]
	result.wantAt(s.paths.Result(id)).wantText(fmt.Sprintf("All %d questions", asked)).wantText("Technical enough for leading a first team?")
	result.wantText("Full assessment").wantText("Twelve competencies, against your mark")
	if !strings.HasSuffix(result.heading(), ".") || result.heading() == "" {
		t.Errorf("the finding is %q, want a sentence", result.heading())
	}
	if count := len(find(result.root, tagged("svg"))); count < 12 {
		t.Errorf("%d bars are drawn, want one for each competency", count)
	}
	person.get(s.paths.Assessments()).wantText(result.heading()).wantText("16 November 2026")
	person.get(s.paths.Home()).wantText("Your latest result, 16 November 2026")
}

// A pulse has one question a competency, and its result claims nothing of any of them.
func TestPulse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	list := person.get(s.paths.Start()).press("Start", "questionnaire", "wider-scope", "craft", "applied-science", "form", "pulse")
	result := list.takeAll(varied).wantText("12 of 12 answered").press("Finish assessment")
	result.wantText("A pulse has one question a competency").wantText("The whole and the areas")
	if strings.Contains(result.text(), "competencies, against your mark") {
		t.Error("a pulse ranks competencies")
	}
}

func TestBackSaveAndLeaveAndResume(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	list := person.get(s.paths.Start()).press("Start", "questionnaire", "first-team", "craft", "software", "form", "full")
	first := person.visit(list.link("Begin"))
	one := first.questions()
	second := first.press("Save and continue", "level."+one[0], "4", "level."+one[1], "0", "level."+one[2], "5")
	two := second.questions()

	// Back saves as well, and leads to the page before with what was chosen there.
	again := second.press("Back", "level."+two[0], "2")
	if again.heading() != first.heading() {
		t.Errorf("Back leads to %q, want %q", again.heading(), first.heading())
	}
	held := successful(again.controls(again.byID("questions")))
	if held.Get("level."+one[0]) != "4" || held.Get("level."+one[1]) != "0" {
		t.Errorf("the page before holds %v", held)
	}
	again.press("Back").wantText(list.heading()) // from the first page to the list of areas

	left := again.press("Save and leave", "note."+one[0], "Asked at the tenth retry.")
	four := fmt.Sprintf("4 of %d answered", s.asked("first-team"))
	left.wantAt(s.paths.Assessments()).wantText(four)

	// Days later the first page offers to go on, and leads to the first question that is open.
	s.clock.advance(9 * day)
	home := person.visit(s.paths.Home()).wantText("Your draft is waiting").wantText(four)
	resumed := person.visit(person.visit(home.link("Resume your draft")).wantText("In progress, 1 of").link("Continue"))
	if resumed.heading() != second.heading() {
		t.Errorf("one goes on at %q, want %q", resumed.heading(), second.heading())
	}
	held = successful(resumed.controls(resumed.byID("questions")))
	if held.Get("level."+two[0]) != "2" {
		t.Errorf("the page one goes on with holds %v", held)
	}
}

// The Enter key presses the first button of a form, seen or not: on a page of questions that must be
// the one that goes on, not the one that leaves.
func TestEnterKeyGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	first := person.visit(person.get(s.paths.Assessment(id)).link("Continue"))
	first.enter("questions", "level."+first.questions()[1], "2").wantAt(s.paths.Questions(id, "tradeoffs"))
	fromReview := person.visit(person.get(s.paths.Review(id)).link("Change"))
	fromReview.enter("questions").wantAt(s.paths.Review(id))
}

// Change on the review leads to a page and back, whatever button sends it.
func TestChangeReturnsToReview(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	review := person.get(s.paths.Review(id)).wantText(fmt.Sprintf("1 of %d answered", s.asked("first-team"))).wantText("What is missing lowers no score")
	changing := person.visit(review.link("Change your answers on design"))
	item := changing.questions()[0]
	changing.press("Save and return to review", "level."+item, "1").wantAt(s.paths.Review(id))
	if got := person.answers(id)[item].Level; got != 1 {
		t.Errorf("the changed level is %d, want 1", got)
	}
	changing.press("Save and leave").wantAt(s.paths.Assessments())
	first := person.visit(review.link("Go to the first unanswered question"))
	if first.byID("questions") == nil {
		t.Error("the review leads to no question")
	}
}

// Of two tabs the later choice counts, and the page says that the other had been there; it stays
// until the person goes on, and still knows that it was opened from the review.
func TestAnotherTabIsTold(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	path := s.paths.Questions(id, competency) + "?then=review"
	here, there := person.get(path), person.get(path)
	item := items[1]
	there.press("Save and return to review", "level."+item.ID, "2").wantAt(s.paths.Review(id))
	told := here.press("Save and return to review", "level."+item.ID, "5")
	told.wantText("Another tab had changed your answer to “" + item.Text + "”").wantText("The later choice, from this tab, counts.")
	if got := person.answers(id)[item.ID].Level; got != 5 {
		t.Errorf("the later choice was 5, %d is kept", got)
	}
	told.press("Save and return to review").wantAt(s.paths.Review(id))
}

// A tab that touched nothing overwrites nothing, however old it is.
func TestOldTabOverwritesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	old := person.get(s.paths.Questions(id, competency))
	person.get(s.paths.Questions(id, competency)).press("Save and continue", "level."+items[0].ID, "1", "note."+items[0].ID, "Newer.")
	old.press("Save and continue", "level."+items[1].ID, "3")
	kept := person.answers(id)
	if kept[items[0].ID].Level != 1 || kept[items[0].ID].Note != "Newer." || kept[items[1].ID].Level != 3 {
		t.Errorf("kept is %v", kept)
	}
}

// A second press of "Finish" finds the assessment finished: one result, the same one.
func TestFinishTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	person.answerAll(id, "first-team", varied)
	review := person.get(s.paths.Review(id))
	first := review.press("Finish assessment").wantAt(s.paths.Result(id))
	s.clock.advance(time.Minute)
	second := review.press("Finish assessment").wantAt(s.paths.Result(id))
	if first.body != second.body {
		t.Error("the second press changed the result")
	}
	list := person.get(s.paths.Assessments())
	if count := strings.Count(list.body, s.paths.Result(id)+`"`); count != 1 {
		t.Errorf("the list links to the result %d times", count)
	}
	if strings.Contains(list.text(), "In progress") {
		t.Error("a draft is left over")
	}
}

// After the end, the addresses of the draft lead to the result: the back button never strands anybody.
func TestOldAddressesLeadToTheResult(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.finished("first-team", "full")
	competency, _ := s.firstItems("first-team")
	for _, path := range []string{s.paths.Assessment(id), s.paths.Questions(id, competency), s.paths.Questions(id, "nonsense"), s.paths.Review(id)} {
		person.visit(path).wantAt(s.paths.Result(id))
	}
}

// What is finished stays as it was, whatever is sent to it.
func TestFinishedNeverChanges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	page := person.get(s.paths.Questions(id, competency))
	person.answerAll(id, "first-team", varied)
	person.get(s.paths.Review(id)).press("Finish assessment")
	before := person.get(s.paths.ResultJSON(id)).body
	page.press("Save and continue", "level."+items[0].ID, "1", "note."+items[0].ID, "Too late.").
		wantStatus(http.StatusConflict).wantText("This assessment is finished").wantText("you find its result in your assessments")
	person.post(s.paths.Delete(id), nothing(world{})).wantStatus(http.StatusUnprocessableEntity) // not confirmed
	if after := person.get(s.paths.ResultJSON(id)).body; after != before {
		t.Error("a finished assessment changed")
	}
}

func TestDeleteDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	asked := person.visit(person.get(s.paths.Assessment(id)).link("Delete this draft"))
	asked.wantText("1 answer and any notes go with it. This can't be undone.")
	person.get(s.paths.Assessment(id)).wantStatus(http.StatusOK) // asking deletes nothing
	asked.press("Delete the draft").wantAt(s.paths.Assessments()).wantText("Nothing here yet")
	person.get(s.paths.Assessment(id)).wantStatus(http.StatusNotFound)
	asked.press("Delete the draft").wantAt(s.paths.Assessments()).wantText("Nothing here yet") // a second press
}

// The second time, the page says what changed and what is noise, and a question shows on request what
// was answered before.
func TestSecondTime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	person.finished("first-team", "full")
	s.clock.advance(91 * day)
	id := person.start("first-team", "full")
	competency, _ := s.firstItems("first-team")
	earlier := person.get(s.paths.Questions(id, competency))
	earlier.wantText("What you answered last time").wantText("16 November 2026: 4")
	for _, folded := range find(earlier.root, tagged("details")) {
		if _, open := lookup(folded, "open"); open && attribute(folded, "class") == "earlier" {
			t.Error("what was answered before is not hidden until asked for")
		}
	}
	person.answerAll(id, "first-team", func(number int) string { return varied(number + number/8%2) })
	person.post(s.paths.Finish(id), changed(nothing(world{}), "meant", "yes"))
	person.get(s.paths.Result(id)).wantText("Compared with November 2026").wantText("Since last time")
}

// The same answers copied are asked about before they count.
func TestCopyIsAskedAbout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	person.finished("first-team", "full")
	s.clock.advance(91 * day)
	id := person.start("first-team", "full")
	person.answerAll(id, "first-team", varied)
	person.get(s.paths.Review(id)).wantText("One question before you finish").
		press("Finish assessment").wantStatus(http.StatusUnprocessableEntity).
		press("Finish assessment", "meant", "yes").wantAt(s.paths.Result(id))
}

// Text that looks like markup is shown as it was typed, everywhere.
func TestNotesAreText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	person.answerAll(id, "first-team", varied)
	competency, items := s.firstItems("first-team")
	note := `</textarea></script><script src="//x.test"></script><b onclick="x">"& 'quoted'`
	person.get(s.paths.Questions(id, competency)).press("Save and continue", "note."+items[0].ID, note)
	review := person.get(s.paths.Review(id)).wantText(note)
	result := review.press("Finish assessment").wantText(note)
	for _, got := range []*page{review, result} {
		for _, node := range find(got.root, tagged("script", "b")) {
			if strings.Contains(attribute(node, "src"), "x.test") || attribute(node, "onclick") != "" {
				t.Error(fmt.Sprint(got.address, ": the note became markup"))
			}
		}
	}
}
