package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
)

// phone makes the tab a phone's: narrow, and touched.
func (tab *tab) phone(width int64) {
	tab.t.Helper()
	do(tab, chromedp.EmulateViewport(width, 740, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
}

// fitsPhones checks that the page needs no scrolling sideways at the width of a phone, nor at 1280
// pixels zoomed to 400 %.
func (tab *tab) fitsPhones() {
	tab.t.Helper()
	for _, width := range []int64{narrowestWidth, phoneWidth} {
		tab.phone(width)
		tab.fits(width)
	}
}

// tap taps an element with a finger.
func (tab *tab) tap(selector, words string) {
	tab.t.Helper()
	place := tab.reach(selector, words)
	do(tab, chromedp.TapXY(place.X, place.Y))
}

// A pulse on a phone; every page on the way fits.
func TestJourneyOnAPhone(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	opened := served.newTab(t)
	opened.phone(phoneWidth)
	press := func(selector, words string) {
		opened.fitsPhones()
		opened.tap(selector, words)
	}

	opened.open(to.Home())
	opened.draws()
	opened.begin(press, firstTeam(t, served), model.PulseForm)
	opened.eachPage(press, func() {
		for number, item := range opened.items() {
			level := mixed(opened.competency(), number)
			opened.tap("label:has("+radio(item, level)+")", "")
			opened.wait(radioChecked(item, level))
			opened.saved(item)
		}
	})
	opened.finish(press)
	opened.heading("Start with")
	opened.draws()
	opened.fitsPhones()
	opened.tap("nav a", "Assessments")
	opened.heading("Your assessments")
	opened.fitsPhones()
}

// What a finger has to hit is large enough: 24 pixels by WCAG, and 44 for what matters on each page.
func TestTargetsOnAPhone(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	id := manager.start("first-team", model.FullForm)
	opened := served.newTabOf(t, manager)
	opened.phone(phoneWidth)
	for _, address := range []string{to.Home(), to.Start(), to.Assessment(id), to.Questions(id, "design"), to.Review(id)} {
		opened.open(address)
		small := eval[[]string](opened, `[...document.querySelectorAll(".button, .option, .level:not(.bare)")].filter((target) =>
			target.getBoundingClientRect().height < 44).map((target) => target.textContent.trim())`)
		if len(small) > 0 {
			t.Errorf("on %s too small for a finger: %q", address, small)
		}
	}
}
