package browsertest

import (
	"fmt"
	"slices"
	"testing"

	"whetstone/internal/model"
)

// What the other tests ask of an engine, each does: over http and https, with two profiles that know nothing of
// each other.
func TestEngines(t *testing.T) {
	t.Parallel()
	inEngines(t, engines(), func(t *testing.T, e *engine) {
		for scheme, start := range map[string]func(*testing.T) *server{"http": newServer, "https": newSecureServer} {
			t.Run(scheme, func(t *testing.T) {
				served := start(t).in(e)
				manager := served.newVisitor(t)
				id := manager.start("first-team", model.FullForm)
				opened := served.newTabOf(t, manager)
				opened.open(to.Questions(id, "design"))
				items := opened.items()
				opened.choose(items[0], "4", opened.click)
				opened.saved(items[0])
				opened.writes(items[0], "Asked about the tenth retry.")
				opened.saved(items[0])
				manager.kept(id, items[0], 4, "Asked about the tenth retry.")

				second := opened.profile.newTab(t)
				second.open(to.Questions(id, "design"))
				if got := second.checked(items[0]); got != "4" {
					t.Errorf("a second tab shows %q, not 4", got)
				}
				stranger := served.newTab(t)
				stranger.open(to.Assessments())
				stranger.says("main", "Nothing here yet")

				opened.follow("button", "Save and continue")
				next := opened.competency()
				opened.back()
				if got := opened.competency(); got != "design" {
					t.Errorf("Back leads to %s", got)
				}
				opened.forward()
				if got := opened.competency(); got != next {
					t.Errorf("Forward leads to %s", got)
				}
				opened.reload()
				opened.tabTo(radio(opened.items()[0], "1"), "")
				opened.types("5")
				opened.saved(opened.items()[0])
				manager.kept(id, opened.items()[0], 5, "")
				opened.resize(desktopWidth)
				if got := eval[int64](opened, `innerWidth`); got != desktopWidth {
					t.Errorf("inside the window are %d pixels, not %d", got, desktopWidth)
				}
				if got := eval[*point](opened, `new Promise((resolve) => setTimeout(() => resolve({ X: 1.5, Y: -2 })))`); *got != (point{1.5, -2}) {
					t.Errorf("a script gives %v", got)
				}
			})
		}
	})
}

// A closed tab is opened again by the browser, and the browser itself after its end, with what stood there.
func TestEnginesOpenAgain(t *testing.T) {
	t.Parallel()
	inEngines(t, engines(), func(t *testing.T, e *engine) {
		served := newServer(t).in(e)
		manager := served.newVisitor(t)
		id := manager.start("first-team", model.FullForm)
		t.Run("tab", func(t *testing.T) {
			lasting := served.newLastingProfile(t)
			lasting.becomes(manager)
			opened := lasting.newTab(t)
			opened.open(to.Questions(id, "design"))
			reopened := opened.closeForNow()()
			reopened.wait(fmt.Sprintf(`location.pathname === %q && document.readyState === "complete"`, to.Questions(id, "design")))
		})
		t.Run("browser", func(t *testing.T) {
			own := served.newBrowser(t)
			own.becomes(manager)
			own.newTab(t).open(to.Questions(id, "design"))
			own.newTab(t).open(to.About())
			own.lose()
			tabs := own.restart()
			if len(tabs) != 2 {
				t.Fatalf("%d tabs are open again, not two", len(tabs))
			}
			var open []string
			for _, one := range tabs {
				one.wait(`document.readyState === "complete"`)
				open = append(open, eval[string](one, `location.pathname`))
			}
			slices.Sort(open)
			if want := []string{to.About(), to.Questions(id, "design")}; !slices.Equal(open, want) {
				t.Errorf("open again are %q, not %q", open, want)
			}
		})
	})
}
