package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// takeAll answers a whole draft page by page, pressing the buttons that are there, from its first page of questions
// to the review.
func (p *page) takeAll(pick func(number int) string) *page {
	p.t.Helper()
	current := p
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
	for _, fieldset := range find(p.root(), tagged("fieldset")) {
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
	example := start.press("Start", "questionnaire", "first-team", "craft", "software", "form", "full")
	example.wantText("How a level is chosen").wantText("Choose 3 if it was so on most occasions")
	person.visit(example.link("See all areas")).wantText("Not started").wantText("Examples from software")

	review := person.visit(example.link("Go to the first question")).takeAll(varied)
	asked := s.asked("first-team")
	review.wantText("Check your answers").wantText(fmt.Sprintf("%d of %d answered", asked, asked)).wantText("Once finished, an assessment never changes")
	result := review.press("Finish assessment")

	id := strings.Split(result.address.Path, "/")[2]
	result.wantAt(s.paths.Result(id)).wantText(fmt.Sprintf("All %d questions", asked)).wantText("Technical enough for leading a first team?")
	result.wantText("Full assessment").wantText("Where you stand").wantText("Where to look first")
	if !strings.HasSuffix(result.heading(), ".") || result.heading() == "" {
		t.Errorf("the finding is %q, want a sentence", result.heading())
	}
	if count := len(find(result.root(), tagged("svg"))); count < 12 {
		t.Errorf("%d bars are drawn, want one for each competency", count)
	}
	person.get(s.paths.Assessments()).wantText(result.heading()).wantText("16 November 2026")
	person.get(s.paths.Home()).wantText(result.heading()).wantText("Full assessment of 16 November 2026.")
}

// A pulse has one question a competency, and says so; it reads the same way, without a score of any of them.
func TestPulse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	example := person.get(s.paths.Start()).press("Start", "questionnaire", "wider-scope", "craft", "applied-science", "form", "pulse")
	result := person.visit(example.link("Go to the first question")).takeAll(varied).wantText("12 of 12 answered").press("Finish assessment")
	result.wantText("Read roughly: one question each").wantText("one answer:").wantText("Where to look first")
}

func TestBackSaveAndLeaveAndResume(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	example := person.get(s.paths.Start()).press("Start", "questionnaire", "first-team", "craft", "software", "form", "full")
	list := person.visit(example.link("See all areas"))
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
	home := person.visit(s.paths.Home()).wantText("One thing waits for you").wantText("Your draft: " + four)
	resumed := person.visit(person.visit(home.link("Resume")).wantText("In progress, 1 of").link("Continue"))
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

// What two tabs changed is shown, both of it, without a script too: nothing is overwritten until the person has
// chosen, and what was chosen and typed stays on the page until then, which still knows that it was opened from the
// review.
func TestChangedInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	path := s.paths.Questions(id, competency) + "?then=review"
	item, other := items[1].ID, items[2].ID
	expect := func(after string, level int, note string) {
		t.Helper()
		if got := person.answers(id)[item]; got.Level != level || got.Note != note {
			t.Errorf("after %s kept is %+v", after, got)
		}
	}
	here, there, third := person.get(path), person.get(path), person.get(path)
	there.press("Save and return to review", "level."+item, "2", "note."+item, "From there.").wantAt(s.paths.Review(id))
	asked := here.press("Save and return to review", "level."+item, "5", "note."+item, "From here.", "level."+other, "3")
	asked.wantStatus(http.StatusConflict).wantText("Another tab or device has saved something else here").wantText("From there.")
	asked.checkIDs("a conflict")
	if held := successful(asked.controls(asked.byID("questions"))); held.Get("level."+item) != "5" || held.Get("note."+item) != "From here." {
		t.Errorf("the page holds %v", held)
	}
	expect("the conflict", 2, "From there.")
	if got := person.answers(id)[other].Level; got != 3 {
		t.Errorf("what is not in conflict is kept at level %d", got)
	}
	asked.press("Save and return to review").wantStatus(http.StatusConflict)
	expect("no choice", 2, "From there.")
	token := person.answers(id)[item].Seen
	asked.press("Save and return to review", "counts."+item, token).wantAt(s.paths.Review(id))
	expect("the choice for what stands here", 5, "From here.")

	// What was chosen there meanwhile is in question anew.
	asked.press("Save and return to review", "counts."+item, token, "level."+item, "1").wantStatus(http.StatusConflict)
	asked = third.press("Save and return to review", "level."+item, "4").wantStatus(http.StatusConflict)
	asked.press("Save and return to review", "counts."+item, "elsewhere").wantAt(s.paths.Review(id))
	expect("the choice for what was saved elsewhere", 5, "From here.")
}

// A page that a browser shows once more after newer answers, with all that stood in it then, overwrites none of
// them: its fields say what they were shown with.
func TestRestoredFormIsNotTakenForAChoice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.start("first-team", "full")
	competency, items := s.firstItems("first-team")
	path, item := s.paths.Questions(id, competency), items[0].ID
	first := person.get(path)
	before := marked(first.controls(first.byID("questions")))
	first.press("Save and continue", "level."+item, "2", "note."+item, "Short.")
	person.get(path).press("Save and continue", "level."+item, "5", "note."+item, "Short, and longer.")
	shown := person.get(path)
	after := marked(shown.controls(shown.byID("questions")))
	for name := range before {
		if strings.Contains(name, item) && after.Has(name) {
			t.Errorf("a field %s stands on both pages: a browser fills the one from the other", name)
		}
	}
	for _, field := range find(shown.root(), tagged("textarea")) {
		if id := attribute(field, "id"); first.byID(id) != nil && strings.Contains(id, item) {
			t.Errorf("a text has the id %s on both pages", id)
		}
	}
	name := attribute(find(first.byID("level."+item), tagged("textarea"))[0], "name")
	before.Set(name, "Short.")
	before.Set(strings.Replace(name, "note.", "level.", 1), "2")
	stale := person.post(path, before)
	stale.wantStatus(http.StatusConflict).wantText("Short, and longer.")
	if got := person.answers(id)[item]; got.Level != 5 || got.Note != "Short, and longer." {
		t.Errorf("a restored form left %+v", got)
	}
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

// After the end, the addresses of the draft lead to the result: the back button never leads nowhere.
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
		wantStatus(http.StatusConflict).wantText("This is finished already").wantText("you find it in your assessments")
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
	asked.wantText("1 answer and any notes go with it. This can’t be undone.")
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
	for _, folded := range find(earlier.root(), tagged("details")) {
		if _, open := lookup(folded, "open"); open && attribute(folded, "class") == "earlier" {
			t.Error("what was answered before is not hidden until asked for")
		}
	}
	person.answerAll(id, "first-team", func(number int) string { return varied(number + number/8%2) })
	person.post(s.paths.Finish(id), changed(nothing(world{}), "meant", "yes"))
	person.get(s.paths.Result(id)).wantText("Compared with November 2026").wantText("Since November 2026").wantText("Since last time")
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
		for _, node := range find(got.root(), tagged("script", "b")) {
			if strings.Contains(attribute(node, "src"), "x.test") || attribute(node, "onclick") != "" {
				t.Error(fmt.Sprint(got.address, ": the note became markup"))
			}
		}
	}
}
