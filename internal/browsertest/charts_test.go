package browsertest

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
)

// radarFold is the words of the fold that holds the chart.
const radarFold = "As a radar of the twelve competencies"

// openResult opens the result of a full assessment.
func openResult(t *testing.T) *tab {
	t.Helper()
	served := newServer(t)
	manager := served.newVisitor(t)
	id := manager.take("first-team", model.FullForm, mixed)
	opened := served.newTabOf(t, manager)
	opened.open(to.Result(id))
	return opened
}

// openFold opens a fold and waits until its chart is drawn.
func (tab *tab) openFold(words string) {
	tab.t.Helper()
	tab.click("summary", words)
	tab.wait(element("details[open]", words) + `.querySelector(".chart svg path")`)
}

// chartIs is an expression for a property of one chart's drawing.
func chartIs(option, property string) string {
	return fmt.Sprintf(`(() => { const chart = document.querySelector('[data-option="%s"]'), svg = chart.querySelector("svg"); return %s; })()`, option, property)
}

// The charts are drawn when their fold is opened, and not before.
func TestChartsDraw(t *testing.T) {
	t.Parallel()
	opened := openResult(t)
	if opened.holds(`window.echarts`) {
		t.Error("the chart library is loaded before anyone asked for a chart")
	}
	opened.openFold(radarFold)
	for option, words := range map[string]string{"radar-option": "Coaching"} {
		if !opened.holds(chartIs(option, fmt.Sprintf(`svg.textContent.includes(%q)`, words))) {
			t.Errorf("%s: the chart does not name %s", option, words)
		}
		if !opened.holds(chartIs(option, `(({ width, height }) => width > 200 && height > 200)(svg.getBoundingClientRect())`)) {
			t.Errorf("%s: the chart has no size to be read at", option)
		}
		if !opened.holds(fmt.Sprintf(`document.querySelector('[data-option="%s"]').closest("details").querySelector("table").checkVisibility()`, option)) {
			t.Errorf("%s: the chart's figures are not in a table beside it", option)
		}
	}
}

func TestChartsFollowTheWindow(t *testing.T) {
	t.Parallel()
	opened := openResult(t)
	opened.openFold(radarFold)
	for _, option := range []string{"radar-option"} {
		filled := chartIs(option, `Math.abs(svg.getBoundingClientRect().width - chart.clientWidth) <= 1`)
		for _, width := range []int64{phoneWidth, desktopWidth, 700} {
			opened.resize(width)
			opened.wait(filled)
			opened.fits(width)
		}
	}
}

// colours are all the colours of a chart.
func (tab *tab) colours(option string) string {
	tab.t.Helper()
	return eval[string](tab, chartIs(option, `[...new Set([...svg.querySelectorAll("*")].flatMap((part) => {
		const style = getComputedStyle(part);
		return [style.fill, style.stroke];
	}))].sort().join(" ")`))
}

func TestChartsFollowTheColourScheme(t *testing.T) {
	t.Parallel()
	opened := openResult(t)
	opened.prefers("light", "no-preference")
	opened.openFold(radarFold)
	for _, option := range []string{"radar-option"} {
		light := opened.colours(option)
		opened.prefers("dark", "no-preference")
		opened.until("the chart takes other colours", func() bool { return opened.colours(option) != light })
		opened.prefers("light", "no-preference")
		opened.until("the chart takes its colours back", func() bool { return opened.colours(option) == light })
	}
}

// Whether a chart moves is its own option: that it would take time is not measured.
func TestChartsHonourReducedMotion(t *testing.T) {
	t.Parallel()
	for motion, moves := range map[string]bool{"reduce": false, "no-preference": true} {
		opened := openResult(t)
		opened.prefers("light", motion)
		opened.openFold(radarFold)
		moving := eval[bool](opened, `echarts.getInstanceByDom(document.querySelector('[data-option="radar-option"]')).getOption().animation`)
		if moving != moves {
			t.Errorf("where motion is %q the chart's animation is %t", motion, moving)
		}
	}
}

// The tooltip is drawn in the chart: one of HTML would break the policy, which the watcher would see.
func TestTooltip(t *testing.T) {
	t.Parallel()
	opened := openResult(t)
	opened.prefers("light", "reduce")
	opened.openFold(radarFold)
	texts := chartIs("radar-option", `svg.querySelectorAll("text").length`)
	before := eval[int](opened, texts)
	place := opened.reach(`[data-option="radar-option"]`, "")
	// From the middle outwards there is a point of the score's line.
	opened.until("a tooltip is shown", func() bool {
		for step := range 24 {
			do(opened, chromedp.MouseEvent(chromedp.MouseMoved, place.X, place.Y-float64(step*8)))
			if eval[int](opened, texts) > before {
				return true
			}
		}
		return false
	})
	if !opened.holds(chartIs("radar-option", `svg.textContent.includes("Design")`)) {
		t.Error("the tooltip does not say which competency it speaks of")
	}
}

// Paper can't unfold: for print every fold is open, and afterwards as it was.
func TestPrint(t *testing.T) {
	t.Parallel()
	opened := openResult(t)
	opened.openFold(radarFold)
	const folded = `document.querySelectorAll("main details:not([open])").length`
	before := eval[int](opened, folded)
	if before == 0 {
		t.Fatal("nothing is folded, so this test shows nothing")
	}
	run(opened, `
		addEventListener("beforeprint", () => { window.foldedOnPaper = `+folded+`; });
		addEventListener("afterprint", () => { window.printed = true; });`)
	pdf := do(opened, chromedp.PrintToPDF())
	opened.wait(`window.printed`)
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("what was printed is no PDF but begins %q", pdf[:min(len(pdf), 20)])
	}
	if got := eval[int](opened, `window.foldedOnPaper`); got != 0 {
		t.Errorf("%d folds were closed on paper", got)
	}
	if after := eval[int](opened, folded); after != before {
		t.Errorf("after printing %d folds are closed, before it were %d", after, before)
	}
	opened.wait(chartIs("radar-option", `Math.abs(svg.getBoundingClientRect().width - chart.clientWidth) <= 1`))
	if opened.holds(`document.querySelector("[data-print]").hidden`) {
		t.Error("the button that prints is hidden")
	}
}

// A guide is one page on paper, also on the shorter American one.
func TestGuidesFitOnePage(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	for _, guide := range served.library.Guides {
		opened.open(to.Guide(guide.ID))
		pdf := do(opened, chromedp.PrintToPDF()) // on US letter
		if pages := len(pdfPage.FindAll(pdf, -1)); pages != 1 {
			t.Errorf("%s takes %d pages", guide.ID, pages)
		}
	}
}

// A sheet to talk by is one page on either paper, also where everything on it is as long as it gets.
func TestSheetsFitOnePage(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	c := served.newCrew(t, strings.Repeat("Managers of Payments ", 3), 6)
	c.round("Spring", model.FullForm, c.people, mixed)
	for number := range 2 {
		c.agrees(c.steward(), strings.Repeat("When a release is over we look back. ", 8)+fmt.Sprint(number), "debt")
	}
	second := c.round("Autumn", model.FullForm, c.people, raised)
	pulse := c.round("Winter", model.PulseForm, c.people, mixed)
	owner := served.newVisitor(t)
	assessment := owner.take("wider-scope", model.FullForm, func(string, int) string { return "1" })
	share := owner.shares(assessment, shareFields("the architect"))
	mentor := served.newMentor(t, share)
	for _, competency := range served.library.Model.Competencies() {
		mentor.rates(share, competency.ID, "5", "")
	}
	mentor.post(to.Words(share.id), url.Values{"go": {"send"}, "question": {strings.Repeat("What would you stop doing? ", 18)}})
	review := regexp.MustCompile(`/conversation/([^/"]+)/read`).FindStringSubmatch(owner.get(to.Conversation(assessment)))
	for address, visitor := range map[string]*visitor{
		to.TeamSheet(c.team, second): c.steward(), to.TeamSheet(c.team, pulse): c.people[1], to.MentorSheet(assessment, review[1]): owner,
	} {
		opened := served.newTabOf(t, visitor)
		opened.open(address)
		for paper, options := range map[string][]chromedp.PDFOption{"letter": nil, "A4": {chromedp.PDFPaper(chromedp.PaperA4)}} {
			pdf := do(opened, chromedp.PrintToPDF(options...))
			if pages := len(pdfPage.FindAll(pdf, -1)); pages != 1 {
				t.Errorf("%s takes %d pages of %s", address, pages, paper)
			}
		}
	}
}

// pdfPage is how a page begins in what Chromium prints.
var pdfPage = regexp.MustCompile(`/Type /Page\b`)
