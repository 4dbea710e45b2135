package browsertest

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

var (
	answerSteps = flag.Int("answer-walk", 200, "how many steps the random walk over pages of questions takes")
	answerSeed  = flag.Uint64("answer-walk-seed", rand.Uint64N(1_000_000), "where the random walk over pages of questions begins")
)

// answerWalk is one person with two tabs and another device who answers, goes back and forth, loads pages again,
// opens closed tabs again and loses the network, all at random.
type answerWalk struct {
	t       *testing.T
	random  *rand.Rand
	manager *visitor
	id      string
	places  []*placed
	// chosen is what the person last chose or wrote of each item, and so what the server has to hold.
	chosen map[string]answered
	texts  int
	trace  []string
	// asked counts the conflicts, offered what was offered, reopened the tabs that were opened again.
	asked, offered, reopened int
}

type answered struct{ level, note string }

// placed is a tab with its place in its history.
type placed struct {
	*tab
	name        string
	at, longest int
}

// Whatever a browser does with its pages, what a person chose last is what the server holds and what the pages show,
// unless the person was asked between two choices; and the server holds nothing that nobody chose.
func TestAnswerWalkInEngines(t *testing.T) {
	t.Parallel()
	inEngines(t, []*engine{chromium, firefox}, func(t *testing.T, e *engine) {
		started := time.Now()
		t.Logf("-answer-walk %d -answer-walk-seed %d", *answerSteps, *answerSeed)
		served := newServer(t).in(e)
		first, manager, id := draftIn(t, served.newLastingProfile(t))
		second, device := first.profile.newTab(t), served.newTabOf(t, manager)
		w := &answerWalk{t: t, random: rand.New(rand.NewPCG(*answerSeed, 0)), manager: manager, id: id, chosen: map[string]answered{}}
		w.places = []*placed{{tab: first, name: "a tab"}, {tab: second, name: "another tab"}, {tab: device, name: "another device"}}
		t.Cleanup(func() {
			if t.Failed() {
				t.Logf("-answer-walk-seed %d; the last steps were:\n%s", *answerSeed, strings.Join(w.trace[max(0, len(w.trace)-30):], "\n"))
			}
		})
		for _, place := range w.places {
			place.open(to.Questions(id, "design"))
			place.watcher.expectFailure(to.Answers(id))
		}
		for range *answerSteps {
			w.step()
		}
		t.Logf("%d steps in %.0f s: %d conflicts, %d offers, %d tabs opened again", *answerSteps, time.Since(started).Seconds(), w.asked, w.offered, w.reopened)
		if *answerSteps >= 200 && (w.asked == 0 || w.offered == 0 || w.reopened == 0) {
			t.Error("the walk proves nothing of conflicts, of offers or of tabs that are opened again")
		}
	})
}

func (w *answerWalk) notes(place *placed, format string, arguments ...any) {
	w.trace = append(w.trace, place.name+" "+fmt.Sprintf(format, arguments...))
}

func (w *answerWalk) step() {
	place := w.places[w.random.IntN(len(w.places))]
	switch w.random.IntN(11) {
	case 0, 1, 2:
		w.choose(place)
	case 3, 4, 5:
		w.write(place)
	case 6:
		w.goes(place, -1)
	case 7:
		w.goes(place, 1)
	case 8:
		w.notes(place, "loads again")
		place.reload()
		w.shown(place)
	case 9:
		w.follow(place)
	case 10:
		if w.random.IntN(2) == 0 {
			w.lose(place)
		} else {
			w.reopen(place)
		}
	}
	w.kept()
}

// item is a question of the page.
func (w *answerWalk) item(place *placed) string {
	items := place.items()
	return items[w.random.IntN(min(2, len(items)))]
}

func (w *answerWalk) choose(place *placed) {
	item := w.item(place)
	shown := place.checked(item)
	level := fmt.Sprint(w.random.IntN(6))
	if level == shown {
		return
	}
	w.notes(place, "chooses %s of %s", level, item)
	place.tab.choose(item, level, place.click)
	mine := w.chosen[item]
	mine.level = level
	w.settle(place, item, mine)
}

// text is one that nobody wrote before.
func (w *answerWalk) text() string {
	w.texts++
	return fmt.Sprintf("n%d", w.texts)
}

func (w *answerWalk) write(place *placed) {
	item, text := w.item(place), w.text()
	w.notes(place, "writes %s to %s", text, item)
	place.writes(item, text)
	run(place.tab, `document.activeElement.blur()`)
	mine := w.chosen[item]
	mine.note = text
	w.settle(place, item, mine)
}

// settle waits until what was chosen is saved, or until the page asks which counts, and then decides.
func (w *answerWalk) settle(place *placed, item string, mine answered) {
	conflict := stateOf(item) + `.startsWith("Not saved: it was changed elsewhere")`
	// Another's choice may have come between, of the very same: then there was nothing left to choose.
	same := fmt.Sprintf(`(%s.startsWith("Changed in another tab") && document.querySelector('[data-item="%s"] input:checked')?.value === "%s")`,
		stateOf(item), item, mine.level)
	place.wait(stateOf(item) + ` === "Saved" || ` + same + ` || ` + conflict)
	if !place.holds(conflict) {
		w.chosen[item] = mine
		return
	}
	w.asked++
	w.kept() // nothing was overwritten
	if w.random.IntN(2) == 0 {
		w.notes(place, "decides for what was saved elsewhere")
		place.click(fmt.Sprintf(`[data-item="%s"] .conflict label`, item), "What was saved elsewhere")
		place.wait(stateOf(item) + ` === "Saved"`)
		place.shows(item, w.chosen[item].level, w.chosen[item].note)
		return
	}
	w.notes(place, "decides for what stands there")
	place.click(fmt.Sprintf(`[data-item="%s"] .conflict label`, item), "What stands here")
	w.settle(place, item, mine)
}

// goes goes along the history.
func (w *answerWalk) goes(place *placed, by int) {
	if place.at+by < 0 || place.at+by > place.longest {
		return
	}
	w.notes(place, "goes by %d", by)
	place.at += by
	place.travel(by)
	w.shown(place)
}

// follow goes on to the next page, or back from it, by the page's own buttons.
func (w *answerWalk) follow(place *placed) {
	button := "Save and continue"
	if place.competency() != "design" {
		button = "Back"
	}
	w.notes(place, "presses %s", button)
	place.tab.follow("main button", button)
	place.at++
	place.longest = place.at
	w.shown(place)
}

// lose writes where the network is gone, and opens the page anew: what was written is offered.
func (w *answerWalk) lose(place *placed) {
	item, text := w.item(place), w.text()
	w.notes(place, "writes %s to %s without a network", text, item)
	place.cutOff()
	place.writes(item, text)
	place.reload()
	w.shown(place)
	w.kept()
	place.wait(element(".offer", "You had typed this before"))
	place.says(".offer", text)
	w.offered++
	if w.random.IntN(2) == 0 {
		w.notes(place, "leaves it")
		place.click(".offer button", "Leave it")
		return
	}
	w.notes(place, "uses it")
	place.click(".offer button", "Use it")
	mine := w.chosen[item]
	mine.note = text
	w.settle(place, item, mine)
}

// reopen closes the tab and opens it again, while another device answers.
func (w *answerWalk) reopen(place *placed) {
	if _, able := place.page.(reopener); !able {
		return
	}
	item, competency := w.item(place), place.competency()
	w.notes(place, "is closed, %s is answered elsewhere, and it is opened again", item)
	reopen := place.closeForNow()
	mine := answered{fmt.Sprint(1 + w.random.IntN(5)), w.text()}
	w.manager.answersElsewhere(w.id, competency, item, mine.level, mine.note)
	w.chosen[item] = mine
	place.tab = reopen()
	w.reopened++
	place.watcher.expectFailure(to.Answers(w.id))
	w.shown(place)
}

// shown waits until a page shows what the server holds.
func (w *answerWalk) shown(place *placed) {
	w.t.Helper()
	place.wait(`document.readyState === "complete" && !document.documentElement.hidden && document.querySelector("fieldset.item")`)
	for _, item := range place.items() {
		place.shows(item, w.chosen[item].level, w.chosen[item].note)
	}
}

// kept checks that the server holds what was chosen last, and nothing else.
func (w *answerWalk) kept() {
	w.t.Helper()
	var list struct{ Answers []held }
	w.manager.read(to.Answers(w.id), &list)
	found := map[string]answered{}
	for _, one := range list.Answers {
		level := ""
		if one.Level != int(model.Blank) {
			level = fmt.Sprint(one.Level)
		}
		found[one.Item] = answered{level, one.Note}
	}
	for item, want := range w.chosen {
		if found[item] != want {
			w.t.Fatalf("of %s is kept %+v, chosen was %+v", item, found[item], want)
		}
	}
	for item, got := range found {
		if got != w.chosen[item] {
			w.t.Fatalf("of %s is kept %+v, which nobody chose", item, got)
		}
	}
}
