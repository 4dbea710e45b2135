package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// waitsFor fails the test unless the menu of a page counts so many things.
func (p *page) waitsFor(count string) *page {
	p.t.Helper()
	counted := ""
	for _, node := range find(p.root(), tagged("a")) {
		if name := text(node); strings.HasPrefix(name, "Home") && attribute(node, "href") == p.browser.site.paths.Home() {
			counted = strings.TrimSpace(strings.TrimPrefix(name, "Home"))
		}
	}
	if counted != count {
		p.t.Errorf("%s: the menu says %q, want %q", p.address, counted, count)
	}
	return p
}

// meta is the content of one of a page's meta elements, and whether there is one.
func (p *page) meta(name string) (content string, found bool) {
	for _, node := range find(p.root(), tagged("meta")) {
		if attribute(node, "name") == name || attribute(node, "property") == name {
			return attribute(node, "content"), true
		}
	}
	return "", false
}

// A stranger finds the landing page at the root; who is known finds Home there, and the landing page under About.
func TestHomeIsForWhoIsKnown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.browser().get(s.paths.Home()).wantText("Still technical, in the way your role now needs?").wantText("A sample, with made-up answers")
	person := s.browser()
	person.begun("first-team", "full")
	person.get(s.paths.Home()).wantText("One thing waits for you").wantText("Your draft: 1 of").wantText("No assessment is finished yet.")
	for _, browser := range []*browser{person, s.browser()} {
		browser.get(browser.get(s.paths.About()).link("Whetstone in short")).wantAt(s.paths.Landing()).wantText("A sample, with made-up answers")
	}
}

// Whoever has nothing of their own yet is told what to do first.
func TestAnEmptyHomeSaysWhatToDoFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	person.post(s.paths.NewTeam(), url.Values{"name": {"Platform"}, "smallest-group": {"5"}, "member-name": {"Ada"}}).wantStatus(http.StatusSeeOther)
	home := person.get(s.paths.Home()).wantText("Begin with an assessment").waitsFor("")
	person.get(home.link("Start an assessment")).wantAt(s.paths.Start())
	person.get(home.link("What comes out of it")).wantAt(s.paths.Landing())
}

// The menu of every page counts what waits, and a page of questions, which has no menu, doesn't.
func TestTheMenuCountsWhatWaits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.finished("first-team", "full")
	person.get(s.paths.Assessments()).waitsFor("")
	draft := person.begun("first-team", "full")
	for _, path := range []string{s.paths.Home(), s.paths.Assessments(), s.paths.Result(id), s.paths.Plan(), s.paths.About(), s.paths.Settings(), s.paths.Review(draft)} {
		person.get(path).waitsFor("1 thing waits")
	}
	person.post(s.paths.Start(), url.Values{"form": {"short"}}).wantStatus(http.StatusUnprocessableEntity).waitsFor("1 thing waits")
	competency, _ := s.firstItems("first-team")
	if got := person.get(s.paths.Questions(draft, competency)); len(find(got.root(), tagged("nav"))) != 0 {
		t.Error("a page of questions has a menu")
	}
	person.start("first-team", "pulse")
	person.get(s.paths.About()).waitsFor("2 things wait")
	// What was deleted in the answer itself isn't counted any more.
	person.visit(s.paths.Delete(draft)).press("Delete the draft").waitsFor("1 thing waits")
}

// A browser that is a mentor's and a manager's sees what waits for both; a mentor's alone sees a page of its own.
func TestHomeOfAMentor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	mentor.opens(share)
	home := mentor.get(s.paths.Home()).wantText("One thing waits for you").wantText("Ada asks for your view On their work from 16 August to 16 November 2026. They ask: “Where did I hold on for too long?” Opens until 30 November 2026.").
		waitsFor("1 thing waits")
	mentor.get(home.link("Begin")).wantAt(s.paths.Shared(share.id)).waitsFor("1 thing waits")
	if words := home.text(); strings.Contains(words, "Where you stand") || strings.Contains(words, "Assessments") {
		t.Errorf("a mentor without answers of their own reads:\n%s", words)
	}
	mentor.begun("first-team", "full")
	mentor.get(s.paths.Home()).wantText("Two things wait for you").wantText("Ada asks for your view").wantText("Your draft: 1 of").waitsFor("2 things wait")
	mentor.get(s.paths.Assessments()).waitsFor("2 things wait")

	alone := s.browser()
	alone.opens(share)
	alone.visit(s.paths.ForgetShare(share.id)).press("Remove it")
	alone.get(s.paths.Home()).wantText("A sample, with made-up answers")

	s.clock.advance(model.UsualShare * day)
	mentor.get(s.paths.Home()).wantText("One thing waits for you").waitsFor("1 thing waits")
}

// What waits vanishes by the deed that its link leads to.
func TestEachThingThatWaitsLeadsToItsDeed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	owner := w.owner
	owner.visit(s.paths.Conversation(w.assessment)).press("I have read this , by Mina")
	owner.visit(s.paths.NewCommitment("")).press("Put it in my plan", "competency", "debt", "occasion", "a release is over", "action", "sit ten minutes with whoever was on call").wantStatus(http.StatusOK)
	owner.get(s.paths.Home()).wantText("Working on When a release is over, I will sit ten minutes with whoever was on call.")
	s.clock.advance(model.UsualCommitment * day)
	home := owner.get(s.paths.Home()).wantText("What became of it? When a release is over, I will sit ten minutes with whoever was on call. Until today.")
	owner.visit(home.link("Say in a line")).press("Keep it in my plan", "became", "kept").wantStatus(http.StatusOK)
	if strings.Contains(owner.get(s.paths.Home()).text(), "What became of it?") {
		t.Error("it still waits")
	}
}

// Search engines are asked to list nothing, unless the operator allows the pages that are nobody's; a link to the first
// page is previewed either way.
func TestWhatSearchEnginesMayList(t *testing.T) {
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		s := newSite(t, func(s *site) { s.configuration.SearchEngines = allowed })
		stranger, person := s.browser(), s.browser()
		id := person.begun("first-team", "full")
		for path, public := range map[string]bool{
			s.paths.Home(): true, s.paths.About(): true, s.paths.Method(): true, s.paths.Guides(): true, s.paths.Guide("when-to-dive"): true,
			s.paths.Start(): false, s.paths.Landing(): false, s.paths.Assessments(): false, s.paths.Recover(): false, "/nothing": false,
		} {
			robots, told := stranger.get(path).meta("robots")
			if want := !(allowed && public); told != want || told && robots != "noindex" {
				t.Errorf("allowed: %t; for a stranger %s says %q", allowed, path, robots)
			}
			if robots, _ := person.get(path).meta("robots"); robots != "noindex" {
				t.Errorf("allowed: %t; for somebody %s says %q", allowed, path, robots)
			}
		}
		landing := stranger.get(s.paths.Home())
		description, _ := landing.meta("description")
		for name, want := range map[string]string{
			"og:title": "Are you still technical, in the way your role needs?", "og:description": description,
			"og:url": "https://whetstone.test/", "og:type": "website",
		} {
			if got, _ := landing.meta(name); got != want || got == "" {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		for _, path := range []string{s.paths.Home(), s.paths.Assessment(id)} {
			if _, told := person.get(path).meta("og:title"); told {
				t.Errorf("%s has a preview", path)
			}
		}
	}
}
