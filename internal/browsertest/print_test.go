package browsertest

import (
	"net/url"
	"testing"
)

// asOnPaper lets the rules for paper hold on the screen.
const asOnPaper = `(() => {
	const hold = (rules) => [...rules].forEach((rule) => {
		if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
		if (rule.cssRules) hold(rule.cssRules);
	});
	[...document.styleSheets].forEach((sheet) => hold(sheet.cssRules));
})();`

// emptyHeadings are the headings that paper would show with nothing below them. The titles of sheets stand above headings.
const emptyHeadings = `(() => {
	const main = document.querySelector("main"), level = (element) => Number(/^H([1-6])$/.exec(element.tagName)?.[1] ?? 9);
	const seen = (element) => element.checkVisibility() && !element.closest(".visually-hidden");
	return [...main.querySelectorAll("h2:not(.title, .sheet-of > h2), h3")].filter(seen).filter((heading) => {
		const nodes = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
		nodes.currentNode = heading;
		for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
			if (heading.contains(node)) continue;
			if (node.nodeType === Node.TEXT_NODE) {
				const holder = node.parentElement;
				if (node.data.trim() && seen(holder) && !holder.closest("h1, h2, h3, h4")) return false;
			} else if (seen(node)) {
				if (level(node) <= level(heading)) return true;
				if (node.matches("svg, img, canvas, table")) return false;
			}
		}
		return true;
	}).map((heading) => heading.textContent.trim());
})()`

// No print has a heading with nothing below it, with all folds closed, as without a script, or all open.
func TestNoPrintHasAnEmptyHeading(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	for _, kind := range kinds(t, served) {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			opened := served.newTabOf(t, kind.visitor)
			kind.show(opened)
			run(opened, asOnPaper)
			for _, how := range []string{"folds closed", "folds open"} {
				if empty := eval[[]string](opened, emptyHeadings); len(empty) > 0 {
					t.Errorf("with the %s nothing stands below %q", how, empty)
				}
				opened.unfold()
			}
		})
	}
}

// The rows that the conversation folds because both sides agree stand on paper, with or without a script, and nothing
// that only explains a button does.
func TestAgreementStandsOnPaper(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager, assessment, share := sharing(t, served)
	mentor := served.newMentor(t, share)
	for competency, level := range map[string]string{"coaching": "1", "design": "4", "debt": "1"} {
		mentor.rates(share, competency, level, "Seen twice.")
	}
	mentor.post(to.Reveal(share.id), url.Values{"what": {"rated"}})
	shown := served.newTabOf(t, mentor)
	shown.open(to.SideBySide(share.id))
	foldsAgreement(shown)
	mentor.post(to.Words(share.id), url.Values{"go": {"send"}})
	shown = served.newTabOf(t, manager)
	shown.open(to.Conversation(assessment))
	foldsAgreement(shown)
	if shown.holds(element("p", "They see the day on which you read it") + `.checkVisibility()`) {
		t.Error("on paper stands what explains a button that does not")
	}
}

// foldsAgreement checks that the two rows of agreement are folded on the screen and stand on paper.
func foldsAgreement(opened *tab) {
	opened.t.Helper()
	const seen = `["design", "debt"].filter((id) => document.querySelector("#view-" + id + " h3").checkVisibility()).length`
	if got := eval[int](opened, seen); got != 0 {
		opened.t.Errorf("on the screen %d rows of agreement stand open\n%s", got, opened.where())
	}
	run(opened, asOnPaper)
	if got := eval[int](opened, seen); got != 2 {
		opened.t.Errorf("on paper stand %d of two rows of agreement\n%s", got, opened.where())
	}
}
