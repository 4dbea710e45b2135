package browsertest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whetstone/internal/model"
)

var picturesFolder = flag.String("pictures", "", "folder to which TestPagesInOtherEngines writes pictures of every kind of page, to look at")

// Every kind of page, with all its folds open, fits a desk and a phone, and 1280 pixels at a zoom of 400 %, and breaks
// no rule that the watcher knows. One tab does for all: another person is another set of cookies. In Firefox, which "make
// test" runs, it is each third kind, and all of them where pictures are kept: Chromium looks at each one anyway.
func TestPagesInOtherEngines(t *testing.T) {
	t.Parallel()
	inEngines(t, []*engine{firefox, webkit}, func(t *testing.T, e *engine) {
		served := newServer(t).in(e)
		opened := served.newTab(t)
		for number, kind := range kinds(t, served) {
			if e == firefox && number%3 != 0 && *picturesFolder == "" {
				continue
			}
			opened.resize(desktopWidth)
			opened.profile.becomes(kind.visitor)
			kind.show(opened)
			opened.unfold()
			opened.keepPicture(kind.name, "light")
			for _, width := range []int64{desktopWidth, narrowestWidth, phoneWidth} {
				opened.resize(width)
				opened.fits(max(width, e.narrowest))
			}
			opened.keepPicture(kind.name, "dark")
		}
	})
}

// The targets of each competency are laid out alike in every engine: the heading keeps its distance from the rule above it,
// and a choice is as wide as its words.
func TestTargetsInEngines(t *testing.T) {
	t.Parallel()
	inEngines(t, engines(), func(t *testing.T, e *engine) {
		served := newServer(t).in(e)
		manager := served.newVisitor(t)
		manager.take("first-team", model.PulseForm, mixed)
		opened := served.newTabOf(t, manager)
		opened.open(to.Targets("first-team"))
		for _, width := range []int64{desktopWidth, phoneWidth} {
			opened.resize(width)
			if least := eval[float64](opened, `Math.min(...[...document.querySelectorAll(".targets legend")].map((legend) =>
				legend.getBoundingClientRect().top - legend.closest("fieldset").getBoundingClientRect().top))`); least < 12 {
				t.Errorf("at %d pixels a heading stands %g pixels below the rule above it", width, least)
			}
			if cut := eval[[]string](opened, `[...document.querySelectorAll(".targets select")].filter((select) => {
				const given = select.getBoundingClientRect().width;
				select.style.cssText = "width: max-content; min-width: 0";
				const needed = select.getBoundingClientRect().width;
				select.style.cssText = "";
				return given < needed - 1;
			}).map((select) => select.name)`); len(cut) > 0 {
				t.Errorf("at %d pixels these choices cut their words: %q", width, cut)
			}
		}
	})
}

// keepPicture takes a picture of the page in a colour scheme, and keeps it if a folder is given.
func (tab *tab) keepPicture(name, scheme string) {
	tab.t.Helper()
	if *picturesFolder == "" {
		return
	}
	var taken []byte
	tab.drive(func(ctx context.Context) (err error) {
		if err = tab.page.prefer(ctx, scheme, "reduce"); err == nil || tab.profile.engine == webkit {
			taken, err = tab.page.picture(ctx)
		}
		return err
	})
	file := fmt.Sprintf("%s-%s-%s-%d.png", tab.profile.engine, strings.ReplaceAll(name, " ", "-"), scheme, eval[int](tab, `innerWidth`))
	if err := os.WriteFile(filepath.Join(*picturesFolder, file), taken, 0o644); err != nil {
		tab.t.Fatal(err)
	}
}

// The main job in the other engines, whole: a first assessment with its note, the way back and a break, the result with
// its charts, the history, and a mentor's view of it in a browser of their own.
func TestJourneyInOtherEngines(t *testing.T) {
	t.Parallel()
	inEngines(t, []*engine{firefox, webkit}, func(t *testing.T, e *engine) {
		served := newServer(t).in(e)
		opened := served.newTab(t)
		opened.open(to.Home())
		opened.draws()
		opened.begin(opened.click, firstTeam(t, served), model.FullForm)

		const note = "The shared build: nobody could say what it takes from a release."
		answerByMouse(opened, mixed)
		writeNote(opened, note)
		first := opened.items()
		opened.follow("button", "Save and continue")
		opened.back()
		for number, item := range first {
			if got, want := opened.checked(item), mixed("design", number); got != want {
				t.Errorf("after Back question %d shows %q, not %s", number+1, got, want)
			}
		}
		if got := eval[string](opened, noteOf(first[0])+`.value`); got != note {
			t.Errorf("after Back the note reads %q", got)
		}

		// The tab is closed, and another one goes on where it stopped.
		profile := opened.profile
		opened.close()
		opened = profile.newTab(t)
		opened.open(to.Home())
		opened.follow("main a", "Resume")
		opened.says(".task-list li:first-child", "Done")
		opened.open(eval[string](opened, element("a", "Continue")+`.getAttribute("href").split("/questions/")[0] + "/questions/design"`))
		opened.eachPage(opened.click, func() {
			if opened.competency() != "design" {
				answerByMouse(opened, mixed)
			}
		})
		opened.says("main", note)
		changeFromReview(opened)
		opened.finish(opened.click)

		opened.says("h1", "Start with")
		opened.draws()
		opened.openFold(radarFold)
		result := eval[string](opened, `location.pathname`)
		opened.follow("nav a", "Assessments")
		opened.says("main", "Two assessments make a comparison")
		opened.open(to.History())
		opened.says("main", "Your assessments, as they were")

		opened.open(result)
		mentorsView(t, opened)
	})
}

// mentorsView shares the result that is open, and has a mentor rate it and write.
func mentorsView(t *testing.T, opened *tab) {
	t.Helper()
	opened.follow("a", "Share this result")
	opened.fill(opened.click, "label", "my mentor")
	opened.fill(opened.click, "sharer", "Ada")
	for _, one := range eval[[]string](opened, `[...document.querySelectorAll("#competencies input:checked")].map((box) => box.value)`) {
		opened.click("label:has(input[value="+one+"])", "")
	}
	opened.click("label:has(input[value=design])", "")
	opened.follow("button", "Make the link")
	opened.heading("The link for “my mentor”")
	link := eval[string](opened, `new URL(document.getElementById("link").value).pathname`)

	mentor := opened.profile.server.newTab(t)
	mentor.open(link)
	mentor.follow("button", "Open it")
	mentor.follow("a", "Begin")
	mentor.click("label:has("+rating("2")+")", "")
	mentor.ratingSaved()
	mentor.click("[data-text=note]", "")
	mentor.types("Seen once.")
	mentor.ratingSaved()
	mentor.follow("main button", "Save and go on")
	mentor.says("main", "Rated 2")
	mentor.follow("button", "See both side by side")
	mentor.says("#view-design", "Seen once.")
	mentor.follow("a", "Add a word on the whole, and send")
	mentor.click("[data-text=overall]", "")
	mentor.types("On the whole.")
	mentor.follow("main button", "Send to Ada")
	mentor.heading("Your view is with Ada")

	opened.open(to.Home())
	opened.follow("main a", "Read it")
	opened.says("main", "On the whole.")
}
