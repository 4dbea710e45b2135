package browsertest

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
)

// axe is the accessibility checker; see testdata/README.md.
//
//go:embed testdata/axe.min.js
var axe string

// Rules of axe. Between light and dark only colours differ.
const (
	// allRules are those of WCAG 2.2 at level AA, and axe's own advice.
	allRules    = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	colourRules = `["color-contrast", "link-in-text-block"]`
)

// violation is what axe finds wrong.
type violation struct {
	ID, Help string
	Nodes    []struct {
		Target         []string
		FailureSummary string
	}
}

// accessible checks the page with rules of axe, as it stands now. Evaluated, not loaded: the content security
// policy would stop a script from elsewhere.
func (tab *tab) accessible(how, rules string) {
	tab.t.Helper()
	if !tab.holds(`window.axe`) {
		run(tab, axe+";0")
	}
	violations := eval[[]violation](tab, fmt.Sprintf(`axe.run({ runOnly: %s, resultTypes: ["violations"], preload: false }).then((found) =>
		found.violations.map(({ id, help, nodes }) => ({ ID: id, Help: help,
			Nodes: nodes.map(({ target, failureSummary }) => ({ Target: target.flat(), FailureSummary: failureSummary })) })))`, rules))
	for _, found := range violations {
		for _, node := range found.Nodes {
			tab.t.Errorf("%s: %s (%s) at %s: %s", how, found.Help, found.ID, strings.Join(node.Target, " "), node.FailureSummary)
		}
	}
}

// Every kind of page, with all its folds open, by axe, in light and dark, on a desk and on a phone;
// and it fits a phone, and 1280 pixels at a zoom of 400 %.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	for _, kind := range kinds(t, served) {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			opened := served.newTabOf(t, kind.visitor)
			kind.show(opened)
			opened.unfold()
			if apart := eval[[]string](opened, `document.body.innerText.match(/.{0,30} [,.;:!?](?=\s|$)/gm) ?? []`); len(apart) > 0 {
				t.Errorf("a space stands before these marks: %q", apart)
			}
			for _, width := range []int64{desktopWidth, phoneWidth} {
				opened.resize(width)
				opened.prefers("light", "reduce")
				opened.accessible(fmt.Sprintf("light, %d pixels wide", width), allRules)
				opened.prefers("dark", "reduce")
				opened.accessible(fmt.Sprintf("dark, %d pixels wide", width), colourRules)
			}
			opened.fitsPhones()
		})
	}
}
