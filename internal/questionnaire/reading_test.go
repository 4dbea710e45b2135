package questionnaire

import (
	"math"
	"strings"
	"testing"
)

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"a": 1, "the": 1, "change": 1, "changes": 2, "asked": 1, "wanted": 2, "agreed": 2, "table": 2, "examples": 3,
		"idea": 3, "create": 2, "heated": 2, "various": 3, "decision": 3, "question": 2, "quality": 3, "language": 2,
		"science": 2, "experience": 4, "trying": 2, "being": 2, "someone": 2, "something": 2, "people": 2, "duty": 2,
		"yes": 1, "engineer's": 3, "hands-on": 2, "technical": 3, "architecture": 4, "rules": 1, "A/B": 2, "40": 2, "'fast,'": 1,
	} {
		if got := Syllables(word); got != want {
			t.Errorf("%s: %d syllables, want %d", word, got, want)
		}
	}
}

func TestGrade(t *testing.T) {
	for text, want := range map[string]float64{
		"":                            0,
		"I ask.":                      0.39*2 + 11.8 - 15.59,
		"I ask. \"You wait?\" We go.": 0.39*2 + 11.8 - 15.59,
		"I review architecture":       0.39*3 + 11.8*7/3 - 15.59,
		"I ask for 12 - no more":      0.39*6 + 11.8*7/6 - 15.59,
	} {
		if got := Grade(text); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: grade %.3f, want %.3f", text, got, want)
		}
	}
}

// What is read of a form is counted, not promised.
func TestReading(t *testing.T) {
	own, _ := mustLoad(t).Questionnaire("own")
	// The instruction has 6 words, the levels between 4, the name 1, the definition 6 (in a pulse the area 1); the first item 5+2+4+7 and its
	// example 5, the second 5+2+4+4 and 2.
	full := ReadingOf(own.Scale, own.Sections, "software", FormFull)
	if full.Items != 2 || full.Words != 6+4+1+6+18+5+15+2 {
		t.Errorf("the full form has %d words in %d items", full.Words, full.Items)
	}
	pulse := ReadingOf(own.Scale, own.Sections, "software", FormPulse)
	if pulse.Items != 1 || pulse.Words != 6+4+1+1+18+5 {
		t.Errorf("the pulse has %d words in %d items", pulse.Words, pulse.Items)
	}
	if minute := (Reading{Items: 12, Words: 238}); minute.Time().Seconds() != 120 || minute.Minutes() != 2 {
		t.Errorf("238 words and 12 choices take %v, %d minutes", minute.Time(), minute.Minutes())
	}
	if (Reading{Items: 12, Words: 239}).Minutes() != 3 {
		t.Error("a minute that has begun is not counted")
	}
}

// A reader's time is limited by check, and not by loading: what was written before the limits is still served.
func TestCheckHoldsToAReadersTime(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"a long item": {"3: I ask by name.", "3: I ask by name" + strings.Repeat(" so", 50) + ".",
			`item "design.our.quiet" has 65 words in text and anchors; shorten them to 60`},
		"a long pulse": {"3: I name the risk.", "3: I name the risk" + strings.Repeat(" so", 39) + ".",
			"the items of the pulse have 57 words on average; bring them to 55"},
		"a long example": {"software: a queue without a bound", "software: a queue" + strings.Repeat(" and one more", 8),
			`an illustration of item "design.our.risk" has 26 words; shorten it to 22`},
		"hard words": {"text: I ask the quiet ones.", "text: I moderate conversations.",
			`the text of item "design.our.quiet" reads at grade 17.0; bring it to 8 with shorter words or sentences`},
		"too few minutes": {"minutes: {full: 15, pulse: 3}", "minutes: {full: 1, pulse: 1}",
			"the full form takes 2 minutes (275 words, 2 choices), so state no fewer than that"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			text := strings.ReplaceAll(ownQuestionnaire, "design.own.", "design.our.")
			if name == "too few minutes" {
				text = replaceOnce(t, text, "You guide the shape", strings.Repeat("I ", 219)+"guide the shape")
			}
			text = replaceOnce(t, text, c.from, c.to)
			path := write(t, folder, "own.yaml", text)
			problems := Check(path)
			if len(problems) != 1 || problems[0].Reason != c.want {
				t.Errorf("got %v, want %s", problems, c.want)
			}
			equalProblems(t, problemsOf(t, shippedFiles(t), folder))
		})
	}
}

func TestCheckRefusesLongForms(t *testing.T) {
	d := draft{Questionnaire: Questionnaire{Minutes: Minutes{Full: 60, Pulse: 60}}, minutes: place{"own.yaml", 6}}
	length := Length{Full: Reading{Items: 40, Words: 2800}, Pulse: Reading{Items: 12, Words: 715}}
	equalProblems(t, length.problems(d),
		Problem{"own.yaml", 6, "the full form takes 16 minutes (2800 words, 40 choices); bring it to 15"},
		Problem{"own.yaml", 6, "the pulse form takes 5 minutes (715 words, 12 choices); bring it to 4"})
	length = Length{Full: Reading{Items: 40, Words: 2776}, Pulse: Reading{Items: 12, Words: 714}}
	equalProblems(t, length.problems(d))
}
