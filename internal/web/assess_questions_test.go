package web_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// folds returns the folds of a class, by the item that they belong to, and whether they are open.
func (p *page) folds(class string) map[string]bool {
	open := map[string]bool{}
	for _, group := range find(p.root(), tagged("fieldset")) {
		for _, fold := range find(group, tagged("details")) {
			if attribute(fold, "class") == class {
				_, open[attribute(group, "data-item")] = lookup(fold, "open")
			}
		}
	}
	return open
}

func (p *page) headings() (said []string) {
	for _, node := range find(p.root(), tagged("h2")) {
		said = append(said, text(node))
	}
	return said
}

const instruction = "Choose 3 if it was so on most occasions"

// How a level is chosen is shown before the first question of a first assessment, however often Start is pressed, and
// on no page of questions; whoever has another assessment begins at the first question.
func TestStartLeadsToTheFirstQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	form := []string{"questionnaire", "first-team", "craft", "software", "form", "full"}
	example := person.get(s.paths.Start()).press("Start", form...)
	id := strings.Split(example.address.Path, "/")[2]
	example.wantAt(s.paths.Example(id)).wantText(instruction).wantText("What 3 says is usual, and the line at 5 came true once")
	person.get(s.paths.Start()).press("Start", form...).wantAt(s.paths.Example(id))

	first := person.visit(example.link("Go to the first question")).wantAt(s.paths.Questions(id, "design"))
	for _, competency := range s.library.Model.Competencies() {
		if strings.Contains(person.get(s.paths.Questions(id, competency.ID)).text(), instruction) {
			t.Errorf("%s says once more how a level is chosen", competency.ID)
		}
	}
	first.press("Save and continue", "level."+first.questions()[0], "3")
	person.visit(s.paths.Begin(id)).wantAt(s.paths.Questions(id, "design"))
	again := person.visit(person.get(s.paths.Assessment(id)).link("How a level is chosen")).wantText(instruction)
	person.visit(again.link("Go on with the questions")).wantAt(s.paths.Questions(id, "design"))

	// The second time, Start is one press from the first question.
	second := person.get(s.paths.Start()).press("Start", "questionnaire", "first-team", "craft", "software", "form", "pulse")
	if second.byID("questions") == nil || second.heading() != "Judgement" {
		t.Errorf("a second assessment begins at %s, %q", second.address, second.heading())
	}
	person.answerAll(id, "first-team", varied)
	person.visit(s.paths.Begin(id)).wantAt(s.paths.Review(id))
	person.post(s.paths.Finish(id), nothing(world{})).follow()
	person.visit(s.paths.Begin(id)).wantAt(s.paths.Result(id))
	person.visit(s.paths.Example(id)).wantAt(s.paths.Result(id))
}

// A page of a pulse asks an area's three questions, each under its competency, at the address of any of the three; one
// comes to the very question from the review and from the list of areas, and back to the review.
func TestPulseAsksAnAreaAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.start("first-team", "pulse")
	for _, competency := range []string{"roadmap", "debt", "vision"} {
		page := person.get(s.paths.Questions(id, competency)).wantText("Area 2 of 4")
		page.checkIDs("a page of a pulse")
		if got := strings.Join(page.headings(), ", "); page.heading() != "Direction" || got != "Roadmap, Technical debt, Vision" || len(page.questions()) != 3 {
			t.Errorf("%s: %q with %s, %d questions", competency, page.heading(), got, len(page.questions()))
		}
		if action := attribute(page.byID("questions"), "action"); action != s.paths.Questions(id, "roadmap") {
			t.Errorf("%s: the page is saved at %s", competency, action)
		}
	}
	page := person.get(s.paths.Questions(id, "debt"))
	items := page.questions()
	page.press("Back").wantAt(s.paths.Questions(id, "design"))
	page.press("Save and continue", "level."+items[0], "1", "level."+items[1], "0", "level."+items[2], "5").wantAt(s.paths.Questions(id, "bridge"))
	kept := person.answers(id)
	if kept[items[0]].Level != 1 || kept[items[1]].Level != 0 || kept[items[2]].Level != 5 {
		t.Errorf("kept is %v", kept)
	}

	// A page of an earlier version, one question long, says nothing of the others.
	person.post(s.paths.Questions(id, "debt"), person.only(s.paths.Questions(id, "debt"), items[1], "2")).wantStatus(http.StatusSeeOther)
	if kept := person.answers(id); kept[items[0]].Level != 1 || kept[items[1]].Level != 2 || kept[items[2]].Level != 5 {
		t.Errorf("after one question alone kept is %v", kept)
	}

	for _, from := range []string{s.paths.Assessment(id), s.paths.Review(id)} {
		words := "Technical debt"
		if from == s.paths.Review(id) {
			words = "Change your answers on technical debt"
		}
		address, anchor, _ := strings.Cut(person.get(from).link(words), "#")
		question := person.get(address).byID(anchor)
		if question == nil || attribute(question, "data-item") != items[1] {
			t.Errorf("%s leads to %s#%s, want the question %s", from, address, anchor, items[1])
		}
		if from == s.paths.Review(id) {
			person.get(address).press("Save and return to review", "level."+items[1], "3").wantAt(from)
		}
	}
	address, anchor, _ := strings.Cut(person.get(s.paths.Review(id)).link("Go to the first unanswered question"), "#")
	if question := person.get(address).byID(anchor); question == nil || attribute(question, "data-item") == items[0] {
		t.Errorf("the first unanswered question is %s#%s", address, anchor)
	}
}

// only are the fields of one question of a page, answered.
func (b *browser) only(path, item, level string) map[string][]string {
	fields := b.opened(path, map[string][]string{"level." + item: {level}})
	for name := range fields {
		if strings.HasPrefix(name, "level.") || strings.HasPrefix(name, "note.") {
			if !strings.Contains(name, item) {
				delete(fields, name)
			}
		}
	}
	return fields
}

// A quiet bar names the four areas, says in words how far each has come, and marks the current one.
func TestBarOfAreas(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	page := person.get(s.paths.Questions(id, "roadmap"))
	page.wantText("Judgement : 1 of 10 answered").wantText("Direction : 0 of 9 answered").wantText("About thirteen minutes left").wantText("Competency 4 of 12")
	current := find(page.root(), func(node *html.Node) bool { return attribute(node, "aria-current") == "step" })
	if len(current) != 1 || !strings.HasPrefix(text(current[0]), "Direction") {
		t.Errorf("%d areas are marked as the one at hand", len(current))
	}
	person.answerAll(id, "first-team", varied)
	person.get(s.paths.Questions(id, "roadmap")).wantText("All answered").wantText("Self : 10 of 10 answered")
}

// At 4 and 5 the note stands open without a script, too, and may stay blank.
func TestNoteIsOpenAtFourAndFive(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.start("first-team", "full")
	path := s.paths.Questions(id, "tradeoffs")
	page := person.get(path).wantText("Which occasion? A few words.")
	items := page.questions()
	for item, open := range page.folds("note") {
		if open {
			t.Errorf("%s: the note is open before a level is chosen", item)
		}
	}
	page.press("Save and continue", "level."+items[0], "3", "level."+items[1], "4", "level."+items[2], "5", "level."+items[3], "0")
	folds := person.get(path).folds("note")
	for i, want := range []bool{false, true, true, false} {
		if folds[items[i]] != want {
			t.Errorf("question %d: the note is open %t, want %t", i+1, folds[items[i]], want)
		}
	}
	if kept := person.answers(id); kept[items[1]].Note != "" || kept[items[1]].Level != 4 {
		t.Errorf("kept is %+v", kept[items[1]])
	}
}
