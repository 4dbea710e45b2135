package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// Steps that several journeys share. A journey is told in the words on the page, not in its markup.

// items are the ids of the questions on the page, in order.
func (tab *tab) items() []string {
	tab.t.Helper()
	items := eval[[]string](tab, `[...document.querySelectorAll("fieldset.item")].map((item) => item.dataset.item)`)
	if len(items) == 0 {
		tab.t.Fatal("this is no page of questions\n" + tab.where())
	}
	return items
}

// competency is the competency whose questions the page asks.
func (tab *tab) competency() string {
	tab.t.Helper()
	return eval[string](tab, `location.pathname.split("/").pop()`)
}

// radio selects one level of one item.
func radio(item, level string) string {
	return fmt.Sprintf(`input[name^="level.%s@"][value="%s"]`, item, level)
}

// stateOf is an expression for what the page says of the saving of an item.
func stateOf(item string) string {
	return fmt.Sprintf(`document.querySelector('[data-item="%s"] [data-state]').textContent.trim()`, item)
}

// saved waits until the page says that an answer is saved.
func (tab *tab) saved(item string) {
	tab.t.Helper()
	tab.wait(stateOf(item) + ` === "Saved"`)
}

// checked returns the level that the page shows as chosen, "" for none.
func (tab *tab) checked(item string) string {
	tab.t.Helper()
	return eval[string](tab, fmt.Sprintf(`document.querySelector('input[name^="level.%s@"]:checked')?.value ?? ""`, item))
}

// choose chooses a level by its wording, with the mouse or, on a phone, a finger.
func (tab *tab) choose(item, level string, press func(selector, words string)) {
	tab.t.Helper()
	press("label:has("+radio(item, level)+")", "")
	if got := tab.checked(item); got != level {
		tab.t.Fatalf("after choosing level %s of %s the page shows %q\n%s", level, item, got, tab.where())
	}
}

// heading waits until the page's heading begins with words.
func (tab *tab) heading(words string) {
	tab.t.Helper()
	tab.wait(element("h1", words))
}

// begin goes from the landing page to the first question.
func (tab *tab) begin(press func(selector, words string), scope string, form model.Form) {
	tab.t.Helper()
	tab.leads(func() { press("a", "Start") })
	press("label", scope)
	press("label", "Software")
	if form == model.PulseForm {
		press("label", "Pulse")
	}
	tab.leads(func() { press("button", "Start") })
	tab.heading("How a level is chosen")
	tab.leads(func() { press("a", "Go to the first question") })
}

// eachPage answers page after page, twelve or in a pulse four, until the review; answer fills in the one that is open.
func (tab *tab) eachPage(press func(selector, words string), answer func()) {
	tab.t.Helper()
	for range 12 {
		answer()
		tab.leads(func() { press("button", "Save and continue") })
		if tab.holds(`document.querySelector("fieldset.item") === null`) {
			break
		}
	}
	tab.heading("Check your answers")
}

// finish ends the draft. A machine answers faster than anyone reads, so the page asks first whether
// the answers are meant.
func (tab *tab) finish(press func(selector, words string)) {
	tab.t.Helper()
	tab.says("fieldset.panel", "One question before you finish")
	press("label", "These answers are meant")
	tab.leads(func() { press("button", "Finish assessment") })
	tab.wait(`location.pathname.endsWith("/result")`)
}

// draws checks that every visible drawing by the server has its score, its scale and a size.
func (tab *tab) draws() {
	tab.t.Helper()
	drawn := eval[string](tab, `[...document.querySelectorAll("main svg.bar-line")].filter((svg) => svg.checkVisibility()).map((svg) => {
		const box = svg.getBoundingClientRect();
		const point = svg.querySelector(".point, .one")?.getBoundingClientRect();
		if (box.width < 60 || box.height < 10) return "no room for a bar";
		if (!point) return "no score";
		return point.right >= box.left && point.left <= box.right ? "drawn" : "a score outside its scale";
	}).join()`)
	if drawn == "" || strings.Trim(strings.ReplaceAll(drawn, "drawn", ""), ",") != "" {
		tab.t.Errorf("the bars drawn by the server: %q\n%s", drawn, tab.where())
	}
}

// level chooses an answer, by the competency and the position of an item on its page; "" is none.
type level func(competency string, number int) string

func firstTeam(t *testing.T, s *server) string {
	t.Helper()
	found, ok := s.library.Questionnaire("first-team")
	if !ok {
		t.Fatal("there is no questionnaire first-team")
	}
	return found.Name
}
