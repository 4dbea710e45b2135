package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"
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
	page    page
	watcher *watcher
	// unwatched leaves out the check at the end, for a test of the watcher itself.
	unwatched bool
	closed    bool
}

// newTab opens a tab at desktop width.
func (p *profile) newTab(t *testing.T) *tab {
	t.Helper()
	seen := &watcher{origin: p.server.base, beside: p.server.beside}
	var opened *tab
	p.bounded("a new tab", func(ctx context.Context) error {
		page, err := p.jar.open(ctx, seen)
		if err == nil {
			opened = p.attach(t, page, seen)
		}
		return err
	})
	opened.resize(desktopWidth)
	return opened
}

// attach makes a page of the engine a tab, which is closed when the test ends.
func (p *profile) attach(t *testing.T, page page, seen *watcher) *tab {
	opened := &tab{t: t, profile: p, page: page, watcher: seen}
	p.tabs = append(p.tabs, opened)
	t.Cleanup(opened.close)
	return opened
}

// close reports what the watcher has noted, and closes the tab.
func (tab *tab) close() {
	tab.t.Helper()
	if tab.closed {
		return
	}
	tab.settle()
	tab.closed = true
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = tab.page.close(ctx)
}

// closeForNow closes the tab. The function that it returns opens it again as the browser does for a person who
// wants a closed tab back; a test for an engine whose driver can't is skipped.
func (tab *tab) closeForNow() (reopen func() *tab) {
	tab.t.Helper()
	again, able := tab.page.(reopener)
	if !able {
		tab.t.Skipf("%s: %v", tab.profile.engine, errUnable)
	}
	tab.settle()
	tab.closed = true
	var open func(context.Context, *watcher) (page, error)
	tab.profile.bounded("closing a tab", func(ctx context.Context) (err error) {
		open, err = again.closeForNow(ctx)
		return err
	})
	return tab.profile.reopening(tab.t, open)
}

// reopening gives what opens a closed tab again.
func (p *profile) reopening(t *testing.T, open func(context.Context, *watcher) (page, error)) func() *tab {
	return func() (reopened *tab) {
		t.Helper()
		seen := &watcher{origin: p.server.base}
		p.bounded("opening a tab again", func(ctx context.Context) error {
			page, err := open(ctx, seen)
			if err == nil {
				reopened = p.attach(t, page, seen)
			}
			return err
		})
		return reopened
	}
}

// settle reports what the watcher has noted.
func (tab *tab) settle() {
	tab.t.Helper()
	// Events that are on their way arrive before the answer.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, _ = tab.page.evaluate(ctx, `0`)
	if tab.unwatched {
		return
	}
	for _, problem := range tab.watcher.take() {
		tab.t.Error("on a page: " + problem)
	}
}

// drive has the engine do something, within the bounds of patience.
func (tab *tab) drive(act func(context.Context) error) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := act(ctx); errors.Is(err, errUnable) {
		tab.t.Skipf("%s: %v", tab.profile.engine, err)
	} else if err != nil {
		tab.t.Fatalf("%v\n%s", err, tab.where())
	}
}

// eval returns the value of an expression of JavaScript in the page; a promise is waited for.
func eval[T any](tab *tab, expression string) T {
	tab.t.Helper()
	var value T
	tab.drive(func(ctx context.Context) (err error) {
		value, err = evaluate[T](ctx, tab.page, expression)
		return err
	})
	return value
}

// evaluate returns the value of an expression. Where that is null or undefined, so must be what it is put into.
func evaluate[T any](ctx context.Context, p page, expression string) (value T, err error) {
	found, err := p.evaluate(ctx, expression)
	if err != nil {
		return value, err
	}
	if len(found) == 0 {
		found = json.RawMessage("null")
	}
	if kind := reflect.TypeFor[T]().Kind(); string(found) == "null" && kind != reflect.Pointer && kind != reflect.Slice && kind != reflect.Map {
		return value, fmt.Errorf("there is no value of %s", expression)
	}
	return value, json.Unmarshal(found, &value)
}

// run runs JavaScript in the page for its effect, as if a person had pressed something.
func run(tab *tab, script string) {
	tab.t.Helper()
	tab.drive(func(ctx context.Context) error { return tab.page.run(ctx, script) })
}

// where describes the page, for a failure.
func (tab *tab) where() string {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	text, err := evaluate[string](ctx, tab.page, `[
		location.href, document.title, "The focus: " + document.activeElement?.outerHTML.slice(0, 200), document.body.innerText.slice(0, 1500),
	].join("\n")`)
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

// holds reports whether an expression is true now; between two pages nothing is.
func (tab *tab) holds(expression string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	value, err := evaluate[bool](ctx, tab.page, "Boolean("+expression+")")
	return err == nil && value
}

// open goes to an address.
func (tab *tab) open(address string) {
	tab.t.Helper()
	tab.drive(func(ctx context.Context) error { return tab.page.navigate(ctx, tab.profile.server.base+address) })
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
	tab.leads(func() { tab.drive(tab.page.reload) })
}

// back presses the browser's own Back and waits for the page that was there.
func (tab *tab) back() { tab.t.Helper(); tab.travel(-1) }

// forward presses the browser's own Forward.
func (tab *tab) forward() { tab.t.Helper(); tab.travel(1) }

func (tab *tab) travel(by int) {
	tab.t.Helper()
	tab.leads(func() {
		tab.drive(func(ctx context.Context) error { return tab.page.travel(ctx, by) })
	})
}

// element is an expression for the first visible element of a selector whose text begins with words.
func element(selector, words string) string {
	quoted, _ := json.Marshal([]string{selector, words})
	return fmt.Sprintf(`(([selector, words]) => [...document.querySelectorAll(selector)].find((candidate) =>
		candidate.checkVisibility() && candidate.textContent.replace(/\s+/g, " ").trim().startsWith(words)))(%s)`, quoted)
}

// point is a place in the window.
type point struct{ X, Y float64 }

// reach scrolls an element into view and returns a point at which it can be hit.
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
	if behind, able := tab.page.(fronter); able {
		tab.drive(behind.front)
	}
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
	tab.drive(func(ctx context.Context) error { return tab.page.click(ctx, place) })
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

// says waits until a part of the page holds words: what a script or a later answer adds takes its moment.
func (tab *tab) says(selector, words string) {
	tab.t.Helper()
	part, _ := json.Marshal(selector)
	expected, _ := json.Marshal(words)
	tab.wait(fmt.Sprintf(`(document.querySelector(%s)?.innerText ?? "").includes(%s)`, part, expected))
}

// resize gives the window a width.
func (tab *tab) resize(width int64) {
	tab.t.Helper()
	tab.drive(func(ctx context.Context) error {
		return tab.page.resize(ctx, max(width, tab.profile.engine.narrowest), 900)
	})
}

// fits checks that a page needs no scrolling sideways. The width asked for is compared, since a phone
// widens its own idea of the window to what overflows.
func (tab *tab) fits(width int64) {
	tab.t.Helper()
	needed := eval[int64](tab, `document.documentElement.scrollWidth`)
	if needed > width {
		tab.t.Errorf("the page needs %d pixels where there are %d; too wide: %s\n%s", needed, width, eval[string](tab, fmt.Sprintf(`
			[...document.querySelectorAll("main *, header *, footer *")].filter((e) => e.getBoundingClientRect().right > %d && !e.closest(".scroll > *"))
				.map((e) => e.tagName + "." + e.getAttribute("class")).slice(0, 8).join(", ")`, width)), tab.where())
	}
}

// prefers sets what the system asks of pages: the colour scheme and whether motion is reduced.
func (tab *tab) prefers(scheme, motion string) {
	tab.t.Helper()
	tab.drive(func(ctx context.Context) error { return tab.page.prefer(ctx, scheme, motion) })
}

// types types text, or presses keys of the package kb, where the focus is.
func (tab *tab) types(keys string) {
	tab.t.Helper()
	tab.drive(func(ctx context.Context) error { return tab.page.keys(ctx, keys) })
}

// inserts puts text where the focus is, at once, in place of what is selected.
func (tab *tab) inserts(text string) {
	tab.t.Helper()
	quoted, _ := json.Marshal(text)
	run(tab, fmt.Sprintf(`document.execCommand("insertText", false, %s)`, quoted))
}
