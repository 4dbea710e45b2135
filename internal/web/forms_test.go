package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// wantMistakes looks at a form that can't be taken: the title says so, the summary leads it with a link
// to each field, and each field has its message and is tied to it. messages are by field.
func (p *page) wantMistakes(messages map[string]string) {
	p.t.Helper()
	p.wantStatus(http.StatusUnprocessableEntity)
	if !strings.HasPrefix(p.title(), "Error: ") {
		p.t.Errorf("the title is %q, want it to begin with “Error: ”", p.title())
	}
	links := map[string]string{}
	for _, summary := range find(p.root(), func(node *html.Node) bool { return attribute(node, "class") == "errors" }) {
		for _, link := range find(summary, tagged("a")) {
			links[strings.TrimPrefix(attribute(link, "href"), "#")] = text(link)
		}
	}
	if len(links) != len(messages) {
		p.t.Errorf("the summary names %v, want %v", links, messages)
	}
	for field, message := range messages {
		if !strings.HasPrefix(links[field], message) {
			p.t.Errorf("the summary says %q of %s, want %q", links[field], field, message)
		}
		if own := p.byID(field + "-error"); own == nil || !strings.HasPrefix(text(own), message) {
			p.t.Errorf("no message %q stands at %s", message, field)
		}
		target := p.byID(field)
		if target == nil {
			p.t.Errorf("the link to %s leads nowhere", field)
		} else if !describes(target, field+"-error") {
			p.t.Errorf("%s is not tied to its message", field)
		}
	}
}

// describes reports whether an element, or the group of fields that it is in, names a description.
func describes(node *html.Node, id string) bool {
	if slices.Contains(strings.Fields(attribute(node, "aria-describedby")), id) {
		return true
	}
	for ancestor := range node.Ancestors() {
		if ancestor.Data == "fieldset" {
			return slices.Contains(strings.Fields(attribute(ancestor, "aria-describedby")), id)
		}
	}
	return false
}

// changed is the fields of a form that can be taken, but for names and values by turns.
func changed(fields url.Values, changes ...string) url.Values {
	for i := 0; i < len(changes); i += 2 {
		fields.Set(changes[i], changes[i+1])
	}
	return fields
}

func TestStartFormNamesEachMistake(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	anyone := s.browser()
	anyone.post(s.paths.Start(), url.Values{}).wantMistakes(map[string]string{
		"questionnaire": "Choose what you answer for",
		"craft":         "Choose the craft",
		"form":          "Choose the full questionnaire or the pulse",
	})
	for _, one := range [][3]string{
		{"questionnaire", "nonsense", "Choose what you answer for"},
		{"craft", "nonsense", "Choose the craft"},
		{"form", "nonsense", "Choose the full questionnaire or the pulse"},
	} {
		anyone.post(s.paths.Start(), changed(startFields(world{}), one[0], one[1])).wantMistakes(map[string]string{one[0]: one[2]})
	}
}

func TestStartFormKeepsWhatWasChosen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	sent := url.Values{"questionnaire": {"wider-scope"}, "craft": {"applied-science"}, "form": {"short"}}
	got := s.browser().post(s.paths.Start(), sent)
	got.wantMistakes(map[string]string{"form": "Choose the full questionnaire or the pulse"})
	sent.Del("form")
	form := find(got.root(), tagged("form"))[0]
	kept := successful(got.controls(form))
	maps.DeleteFunc(kept, func(name string, _ []string) bool { return strings.HasPrefix(name, "once-") })
	kept.Del("browser-zone") // a script fills it in anew
	if kept.Encode() != sent.Encode() {
		t.Errorf("the form holds %v, %v was sent", kept, sent)
	}
}

// Two presses of Start, or coming back to it before anything is answered, give one draft.
func TestStartTwiceGivesOneDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	first := owner.start("first-team", "full")
	if second := owner.start("first-team", "full"); second != first {
		t.Error("a second press gave a second draft")
	}
	if other := owner.start("first-team", "pulse"); other == first {
		t.Error("another form gave the same draft")
	}
}

// A returning manager finds scope and craft as last time, and starts with one press.
func TestStartFormIsFilledInForWhoComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.post(s.paths.Start(), url.Values{}).wantStatus(http.StatusUnprocessableEntity)
	id := owner.start("wider-scope", "full")
	owner.answerAll(id, "wider-scope", varied)
	owner.post(s.paths.Finish(id), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	s.clock.advance(100 * day)
	page := owner.get(s.paths.Start())
	form := find(page.root(), tagged("form"))[0]
	want := url.Values{"questionnaire": {"wider-scope"}, "craft": {"software"}, "form": {"full"}}
	offered := successful(page.controls(form))
	for name, values := range want {
		if !slices.Equal(offered[name], values) {
			t.Errorf("the form offers %q for %s, want %q", offered[name], name, values)
		}
	}
	owner.post(s.paths.Start(), want).wantStatus(http.StatusSeeOther)
	page.wantText("You answer for the last three months")
}

func TestQuestionsFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	long := strings.Repeat("ü", 2001)
	fits := strings.Repeat("ü", 2000)
	got := owner.get(s.paths.Questions(id, competency)).press("Save and continue",
		"level."+items[1].ID, "5", "note."+items[1].ID, long, "note."+items[2].ID, "<b>Fine</b> & kept")
	got.wantMistakes(map[string]string{"note." + items[1].ID: "Shorten this note to 2000 characters; it has 2001. It is not saved yet."})
	held := successful(got.controls(got.byID("questions")))
	for field, want := range map[string]string{
		"level." + items[1].ID: "5", "note." + items[1].ID: long, "note." + items[2].ID: "<b>Fine</b> & kept",
		"level." + items[0].ID: "4", "note." + items[0].ID: "A note of one’s own.",
	} {
		if held.Get(field) != want {
			t.Errorf("%s holds %q, %q was typed", field, held.Get(field), want)
		}
	}
	for _, folded := range find(got.root(), tagged("details")) {
		if _, open := lookup(folded, "open"); !open && strings.Contains(rawText(folded), long) {
			t.Error("the note that is too long is folded away")
		}
	}
	if kept := owner.answers(id); len(kept) != 1 {
		t.Errorf("%v is kept, nothing of the page should be", kept)
	}
	// Shortened, the same page is taken, and everything on it is kept.
	got.press("Save and continue", "note."+items[1].ID, fits)
	kept := owner.answers(id)
	if kept[items[1].ID].Level != 5 || kept[items[1].ID].Note != fits || kept[items[2].ID].Note != "<b>Fine</b> & kept" {
		t.Errorf("kept is %v", kept)
	}
}

func TestQuestionsFormRefusesLevelsOffTheScale(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	for _, level := range []string{"6", "-1", "-2", "3.5", "high", "99999999999999999999"} {
		got := owner.post(s.paths.Questions(id, competency), url.Values{"level." + items[1].ID: {level}, "level." + items[2].ID: {"2"}})
		got.wantMistakes(map[string]string{"level." + items[1].ID: "Choose a level from 1 to 5, or “It did not come up”."})
	}
	if _, found := owner.answers(id)[items[2].ID]; found {
		t.Error("a page that can’t be taken is kept in part")
	}
}

func TestTargetsForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	path := s.paths.Targets("first-team")
	for _, wrong := range []string{"1.5", "4.5", "3.2", "NaN", "+Inf", "", "high"} {
		got := owner.post(path, changed(targetFields(world{site: s}), "target.design", wrong, "importance.debt", "3"))
		got.wantMistakes(map[string]string{"target.design": "Design: choose a target from 2.0 to 4.0, in steps of a half."})
		if kept := selected(control(got.controls(got.root()), "importance.debt", "")); kept != "3" {
			t.Errorf("the importance chosen was 3, the form holds %s", kept)
		}
	}
	for _, wrong := range []string{"0", "4", "", "high"} {
		got := owner.post(path, changed(targetFields(world{site: s}), "importance.debt", wrong))
		got.wantMistakes(map[string]string{"importance.debt": "Technical debt: choose an importance from 1 to 3."})
	}
	saved := owner.get(path).press("Save your targets", "target.design", "4.0", "importance.debt", "1")
	saved.wantAt(path + "?saved").wantText("They count from the next assessment")
	if target, importance := selected(control(saved.controls(saved.root()), "target.design", "")), selected(control(saved.controls(saved.root()), "importance.debt", "")); target != "4.0" || importance != "1" {
		t.Errorf("the targets kept are %s and %s", target, importance)
	}
	ours := saved.press("Go back to ours")
	if target := selected(control(ours.controls(ours.root()), "target.design", "")); target == "4.0" {
		t.Error("going back to the shipped targets keeps one’s own")
	}
}

// A link, and a form on a page that is still open, lead on from where targets stood in earlier versions.
func TestMarksLeadToTargets(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	path := s.paths.Targets("first-team")
	before := strings.Replace(path, "/targets/", "/marks/", 1)
	for _, got := range []*page{owner.get(before), owner.post(before, targetFields(world{site: s}))} {
		if to := got.wantStatus(http.StatusPermanentRedirect).header.Get("Location"); to != path {
			t.Errorf("%s leads to %q, want %q", before, to, path)
		}
	}
}

// Without an answer there is nothing to finish; answers that look careless are asked about once.
func TestReviewForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.start("first-team", "full")
	empty := owner.get(s.paths.Review(id)).press("Finish assessment").wantStatus(http.StatusUnprocessableEntity)
	empty.wantText("Answer at least one question")
	if !strings.HasPrefix(empty.title(), "Error: ") || empty.byID("answers") == nil {
		t.Errorf("the page %q doesn’t lead to what is missing", empty.title())
	}
	owner.answerAll(id, "first-team", func(int) string { return "3" })
	asked := owner.get(s.paths.Review(id)).press("Finish assessment")
	asked.wantMistakes(map[string]string{"meant": "Say that these answers are meant"})
	asked.press("Finish assessment", "meant", "yes").wantAt(s.paths.Result(id))
}
