package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const (
	// patience is how long a condition may take to come true on a busy machine.
	patience = 30 * time.Second
	// pollPause is how often a condition is looked at.
	pollPause = 10 * time.Millisecond
	// steadyLooks is how many looks in a row have to find an element in the same place.
	steadyLooks = 4
	// desktopWidth and phoneWidth are the two widths at which every page is looked at, in pixels;
	// narrowestWidth is that of 1280 pixels at a zoom of 400 %.
	desktopWidth, phoneWidth, narrowestWidth = 1280, 360, 320
)

// tab is one tab of the browser, with what a person does in it. Its methods end the test where what
// they need is not there.
type tab struct {
	t       *testing.T
	profile *profile
	context context.Context
	watcher *watcher
	// unwatched leaves out the check at the end, for a test of the watcher itself.
	unwatched bool
	close     func()
}

// newTab opens a tab at desktop width.
func (p *profile) newTab(t *testing.T) *tab {
	t.Helper()
	opened := &tab{t: t, profile: p, watcher: &watcher{origin: p.server.base}}
	var cancel context.CancelFunc
	opened.context, cancel = chromedp.NewContext(browser(t),
		chromedp.WithExistingBrowserContext(p.id), chromedp.WithListener(opened.see))
	closed := false
	opened.close = func() {
		if closed {
			return
		}
		closed = true
		opened.settle()
		cancel()
	}
	t.Cleanup(opened.close)
	// The first command opens the tab, which lives as long as that command's context: no time limit here.
	if err := chromedp.Do(opened.context); err != nil {
		t.Fatal("a new tab:", err)
	}
	call(opened, audits.Enable, cdp.Empty{})
	// Of the windows of several tests only one has the focus; each behaves as if it had.
	call(opened, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	opened.resize(desktopWidth)
	return opened
}

func (tab *tab) see(event any) {
	tab.watcher.see(event)
	if _, opening := event.(*page.EventJavascriptDialogOpening); opening {
		// The watcher has noted it; unanswered it would block the tab.
		go func() {
			_, _ = chromedp.Call(tab.context, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	}
}

// settle reports what the watcher has noted.
func (tab *tab) settle() {
	tab.t.Helper()
	// Events that are on their way arrive before the answer.
	ctx, cancel := context.WithTimeout(tab.context, patience)
	defer cancel()
	_, _ = chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](`0`))
	if tab.unwatched {
		return
	}
	for _, problem := range tab.watcher.take() {
		tab.t.Error("on a page: " + problem)
	}
}

// do runs an action of the driver and gives its value.
func do[T any](tab *tab, action chromedp.Action[T]) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.context, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		tab.t.Fatalf("%v\n%s", err, tab.where())
	}
	return value
}

// call sends a command of the browser's protocol.
func call[P, R any](tab *tab, command cdp.Command[P, R], parameters P) R {
	tab.t.Helper()
	return do(tab, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, parameters)
	})
}

// eval gives the value of an expression of JavaScript in the page; a promise is waited for.
func eval[T any](tab *tab, expression string) T {
	tab.t.Helper()
	return do(tab, chromedp.Evaluate[T](expression, awaited))
}

// run runs JavaScript in the page for its effect.
func run(tab *tab, script string) { tab.t.Helper(); eval[chromedp.Void](tab, script) }

func awaited(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }

// where describes the page, for a failure.
func (tab *tab) where() string {
	ctx, cancel := context.WithTimeout(tab.context, 2*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`[
		location.href, document.title, "The focus: " + document.activeElement?.outerHTML.slice(0, 200), document.body.innerText.slice(0, 1500),
	].join("\n")`))
	if err != nil {
		return "(the page can't be read: " + err.Error() + ")"
	}
	return "The page: " + text
}

// until waits for a condition.
func (tab *tab) until(what string, condition func() bool) {
	tab.t.Helper()
	ticker := time.NewTicker(pollPause)
	defer ticker.Stop()
	for deadline := time.Now().Add(patience); !condition(); <-ticker.C {
		if time.Now().After(deadline) {
			tab.t.Fatalf("waited in vain until %s\n%s", what, tab.where())
		}
	}
}

// wait waits until an expression of JavaScript is true. The driver's own Poll would need eval, which
// the content security policy forbids, and would not survive the way from one page to the next.
func (tab *tab) wait(expression string) {
	tab.t.Helper()
	tab.until(expression, func() bool { return tab.holds(expression) })
}

// holds tells whether an expression is true now; between two pages nothing is.
func (tab *tab) holds(expression string) bool {
	ctx, cancel := context.WithTimeout(tab.context, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
	return err == nil && value
}

// open goes to an address.
func (tab *tab) open(address string) {
	tab.t.Helper()
	do(tab, chromedp.Navigate(tab.profile.server.base+address))
}

// leads does what leads to another page, and waits for that page.
func (tab *tab) leads(step func()) {
	tab.t.Helper()
	before := eval[float64](tab, `performance.timeOrigin`)
	step()
	tab.wait(fmt.Sprintf(`performance.timeOrigin !== %f && document.readyState === "complete"`, before))
}

// reload loads the page again.
func (tab *tab) reload() {
	tab.t.Helper()
	tab.leads(func() { call(tab, page.Reload, page.ReloadParams{}) })
}

// element is an expression for the first visible element of a selector whose text begins with words.
func element(selector, words string) string {
	quoted, _ := json.Marshal([]string{selector, words})
	return fmt.Sprintf(`(([selector, words]) => [...document.querySelectorAll(selector)].find((candidate) =>
		candidate.checkVisibility() && candidate.textContent.replace(/\s+/g, " ").trim().startsWith(words)))(%s)`, quoted)
}

// point is a place in the window.
type point struct{ X, Y float64 }

// reach scrolls an element into view and gives a point at which it can be hit.
func (tab *tab) reach(selector, words string) point {
	tab.t.Helper()
	place := fmt.Sprintf(`(() => {
		const element = %s;
		if (!element) return null;
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const box = element.getClientRects()[0];
		const place = { X: box.x + box.width / 2, Y: box.y + box.height / 2 };
		const hit = document.elementFromPoint(place.X, place.Y);
		return hit && (element.contains(hit) || hit.contains(element)) ? place : null;
	})()`, element(selector, words))
	// What is still moving, as a page that scrolls to a caret, is not where it was seen: the element has to
	// stay in its place over some looks, which together take longer than a frame.
	var found point
	steady := 0
	tab.until(fmt.Sprintf("%s %q can be reached", selector, words), func() bool {
		seen := eval[*point](tab, place)
		switch {
		case seen == nil:
			steady = 0
		case *seen == found:
			steady++
		default:
			found, steady = *seen, 0
		}
		return steady >= steadyLooks
	})
	return found
}

// click clicks an element with the mouse.
func (tab *tab) click(selector, words string) {
	tab.t.Helper()
	place := tab.reach(selector, words)
	do(tab, chromedp.MouseClickXY(place.X, place.Y))
}

// follow clicks what leads to another page.
func (tab *tab) follow(selector, words string) {
	tab.t.Helper()
	tab.leads(func() { tab.click(selector, words) })
}

// text is the text of the page, or of one part of it.
func (tab *tab) text(selector string) string {
	tab.t.Helper()
	quoted, _ := json.Marshal(selector)
	return eval[string](tab, fmt.Sprintf(`document.querySelector(%s)?.innerText ?? ""`, quoted))
}

// says checks that a part of the page holds words.
func (tab *tab) says(selector, words string) {
	tab.t.Helper()
	if text := tab.text(selector); !strings.Contains(text, words) {
		tab.t.Errorf("%s does not say %q but: %s\n%s", selector, words, text, tab.where())
	}
}

// resize gives the window a width.
func (tab *tab) resize(width int64) {
	tab.t.Helper()
	do(tab, chromedp.EmulateViewport(width, 900))
}

// fits checks that a page needs no scrolling sideways. The width asked for is compared, since a phone
// widens its own idea of the window to what overflows.
func (tab *tab) fits(width int64) {
	tab.t.Helper()
	needed := eval[int64](tab, `document.documentElement.scrollWidth`)
	if needed > width {
		tab.t.Errorf("the page needs %d pixels where there are %d; too wide: %s\n%s", needed, width, eval[string](tab, fmt.Sprintf(`
			[...document.querySelectorAll("main *, header *, footer *")].filter((e) => e.getBoundingClientRect().right > %d)
				.map((e) => e.tagName + "." + e.getAttribute("class")).slice(0, 8).join(", ")`, width)), tab.where())
	}
}

// prefers sets what the system asks of pages: the colour scheme and whether motion is reduced.
func (tab *tab) prefers(scheme, motion string) {
	tab.t.Helper()
	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}})
}

// types types text, or presses keys of the package kb, where the focus is.
func (tab *tab) types(keys string) {
	tab.t.Helper()
	do(tab, chromedp.KeyEvent(keys))
}
