package web_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What every page must have and must not have, checked on all pages.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	pages := everyPage(t, newSite(t))
	for name, check := range map[string]func(*testing.T, map[string]*page){
		"headers": checkHeaders, "nothing inline": checkNothingInline, "structure": checkStructure, "links": checkLinks, "counts": checkCounts, "spans": checkSpans,
	} {
		t.Run(name, func(t *testing.T) { check(t, pages) })
	}
}

// checkStructure looks for what a page must have for those who don't see it.
func checkStructure(t *testing.T, pages map[string]*page) {
	titles := map[string]string{}
	for name, got := range pages {
		if got.root() == nil {
			continue
		}
		if !strings.HasPrefix(got.body, "<!doctype html>") && !strings.HasPrefix(got.body, "<!DOCTYPE html>") {
			t.Errorf("%s: no doctype", name)
		}
		for tag, want := range map[string]int{"html": 1, "title": 1, "h1": 1, "main": 1, "header": 1} {
			if count := len(find(got.root(), tagged(tag))); count != want {
				t.Errorf("%s: %d of <%s>, want %d", name, count, tag, want)
			}
		}
		if language := attribute(find(got.root(), tagged("html"))[0], "lang"); language != "en" {
			t.Errorf("%s: the language is %q", name, language)
		}
		if title := got.title(); !strings.HasSuffix(title, ": Whetstone") || strings.HasPrefix(title, ":") {
			t.Errorf("%s: the title is %q", name, title)
		}
		titles[name] = got.title()
		got.checkIDs(name)
		got.checkControls(name)
		got.checkNames(name)
	}
	for name, title := range titles {
		if wrong := strings.HasPrefix(name, "mistake 422") || strings.HasPrefix(name, "mistake 409 "); wrong != strings.HasPrefix(title, "Error: ") {
			t.Errorf("%s: the title is %q", name, title)
		}
	}
}

// smallCount is a small count of something that sentences count.
var smallCount = regexp.MustCompile(`\b(?:1?[0-9]|20) (?:more )?(?:proposals?|members?|people|closed cycles?|reviews?|practices?|mentors?|teams?|targets? differ|bets?|notes? of yours|took part|contributed)\b`)

// checkCounts looks for small counts that stand as figures in sentences, where all others are words. "9 of 12 members" and
// what stands in a table, or begins the lines of a list of holdings, are figures.
func checkCounts(t *testing.T, pages map[string]*page) {
	for name, got := range pages {
		if got.root() == nil {
			continue
		}
		for _, node := range find(got.root(), tagged("p", "summary", "h2", "h3")) {
			if strings.Contains(attribute(node, "class"), "figures") {
				continue
			}
			words := text(node)
			for _, at := range smallCount.FindAllStringIndex(words, -1) {
				if !strings.HasSuffix(words[:at[0]], " of ") {
					t.Errorf("%s: %q is a count in figures: %s", name, words[at[0]:at[1]], words)
				}
			}
		}
	}
}

// daysSpan is the span between two days.
var daysSpan = regexp.MustCompile(`([0-9]{1,2} [A-Z][a-z]+ [0-9]{4}) to ([0-9]{1,2} [A-Z][a-z]+ [0-9]{4})`)

// checkSpans looks for spans from a day to the same day.
func checkSpans(t *testing.T, pages map[string]*page) {
	for name, got := range pages {
		if got.root() == nil {
			continue
		}
		for _, span := range daysSpan.FindAllStringSubmatch(got.text(), -1) {
			if span[1] == span[2] {
				t.Errorf("%s: %q is one day", name, span[0])
			}
		}
	}
}

// checkIDs looks for duplicate ids, and for references to missing ids.
func (p *page) checkIDs(name string) {
	p.t.Helper()
	seen := map[string]bool{}
	for _, node := range find(p.root(), func(*html.Node) bool { return true }) {
		id, found := lookup(node, "id")
		if found && (id == "" || seen[id] || strings.ContainsAny(id, " \t\n")) {
			p.t.Errorf("%s: the id %q is empty, stands twice or has a space", name, id)
		}
		seen[id] = true
	}
	for _, node := range find(p.root(), func(*html.Node) bool { return true }) {
		for _, reference := range []string{"for", "form", "aria-describedby", "aria-labelledby", "aria-controls", "data-option"} {
			for _, id := range strings.Fields(attribute(node, reference)) {
				if !seen[id] {
					p.t.Errorf("%s: %s=%q of <%s> refers to nothing", name, reference, id, node.Data)
				}
			}
		}
		if target, found := strings.CutPrefix(attribute(node, "href"), "#"); found && !seen[target] {
			p.t.Errorf("%s: a link leads to #%s, which isn’t there", name, target)
		}
	}
}

// checkControls looks for controls that nobody could name, and groups without a legend.
func (p *page) checkControls(name string) {
	p.t.Helper()
	labels := find(p.root(), tagged("label"))
	for _, node := range find(p.root(), tagged("input", "select", "textarea")) {
		kind := attribute(node, "type")
		if kind == "hidden" {
			continue
		}
		labelled := slices.ContainsFunc(labels, func(label *html.Node) bool {
			mine := attribute(label, "for") != "" && attribute(label, "for") == attribute(node, "id")
			return (mine || slices.Contains(slices.Collect(node.Ancestors()), label)) && text(label) != ""
		})
		if !labelled && attribute(node, "aria-label") == "" {
			p.t.Errorf("%s: no label for <%s name=%q>", name, node.Data, attribute(node, "name"))
		}
		if kind == "radio" && !within(node, "fieldset") && !inNamedGroup(node) {
			p.t.Errorf("%s: the radio button %q is in no group", name, attribute(node, "name"))
		}
	}
	for _, group := range find(p.root(), tagged("fieldset")) {
		if legends := find(group, tagged("legend")); len(legends) != 1 || text(legends[0]) == "" || legends[0].Parent != group {
			p.t.Errorf("%s: a group %q has no legend of its own", name, attribute(group, "id"))
		}
	}
}

// inNamedGroup reports whether a control stands in a group that says by an attribute what it is.
func inNamedGroup(node *html.Node) bool {
	for ancestor := range node.Ancestors() {
		if attribute(ancestor, "role") == "group" && attribute(ancestor, "aria-label") != "" {
			return true
		}
	}
	return false
}

// checkNames looks for links and buttons without words, and tables without heads.
func (p *page) checkNames(name string) {
	p.t.Helper()
	for _, node := range find(p.root(), tagged("a", "button", "summary", "h1", "h2", "h3", "th")) {
		if text(node) == "" && attribute(node, "aria-label") == "" {
			p.t.Errorf("%s: <%s> without words", name, node.Data)
		}
	}
	for _, node := range find(p.root(), tagged("th")) {
		if scope := attribute(node, "scope"); scope != "col" && scope != "row" {
			p.t.Errorf("%s: the head %q of a table says not of what", name, text(node))
		}
	}
	for _, node := range find(p.root(), tagged("svg")) {
		if attribute(node, "aria-hidden") != "true" && attribute(node, "role") != "img" {
			p.t.Errorf("%s: a drawing is neither hidden nor named", name)
		}
	}
}

func within(node *html.Node, tag string) bool {
	for ancestor := range node.Ancestors() {
		if ancestor.Data == tag {
			return true
		}
	}
	return false
}

// checkLinks holds that on one page each link's words lead to one place; links to the fields of a form
// may share a message.
func checkLinks(t *testing.T, pages map[string]*page) {
	for name, got := range pages {
		targets := map[string]string{}
		for _, link := range find(got.root(), tagged("a")) {
			words, target := text(link), attribute(link, "href")
			if other, found := targets[words]; found && other != target && !strings.HasPrefix(target, "#") {
				t.Errorf("%s: “%s” leads to %s and to %s", name, words, other, target)
			}
			targets[words] = target
		}
	}
}
