package browsertest

import (
	"testing"
	"time"

	"whetstone/internal/model"
)

// newWords counts the words that can be seen on the page and were not on an earlier one of this way: a button, or the
// words of levels 2 and 4, are read once and recognised when they come again. What only a screen reader says is no
// reading, nor is what stands around the content.
const newWords = `((known) => {
	let words = 0;
	const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const text = texts.currentNode.textContent.trim(), holder = texts.currentNode.parentElement;
		if (known.has(text) || !holder.checkVisibility({visibilityProperty: true}) || holder.closest(".visually-hidden")) continue;
		known.add(text);
		words += text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
	}
	sessionStorage.setItem("known", JSON.stringify([...known]));
	return words;
})(new Set(JSON.parse(sessionStorage.getItem("known") ?? "[]")))`

// What a browser shows from the first question to the last takes about the minutes that the start page states: all its
// words at 238 a minute, and five seconds for each choice. The questionnaires' own count leaves out the buttons and what
// says how far one is, so "about" is to the nearest minute.
func TestQuestionsTakeTheMinutesStated(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	for _, asked := range served.library.Questionnaires {
		for _, form := range []model.Form{model.FullForm, model.PulseForm} {
			t.Run(asked.ID+" "+string(form), func(t *testing.T) {
				opened := served.newTab(t)
				opened.open(to.Home())
				opened.begin(opened.click, asked.Name, form)
				words, choices := 0, 0
				opened.eachPage(opened.click, func() {
					words += eval[int](opened, newWords)
					choices += len(opened.items())
				})
				took := time.Duration(float64(words)/238*float64(time.Minute)) + time.Duration(choices)*5*time.Second
				stated := time.Duration(asked.Minutes.Of(form)) * time.Minute
				if words == 0 || took >= stated+30*time.Second {
					t.Errorf("%d words and %d choices take %v, and %v are stated", words, choices, took, stated)
				}
				t.Logf("%d words and %d choices: %v, stated %v", words, choices, took, stated)
			})
		}
	}
}
