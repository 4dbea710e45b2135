package questionnaire

import (
	"strings"
	"testing"
	"testing/fstest"
)

// crafted is the small questionnaire with words of the craft, and with an item for each craft alone.
func crafted(t testing.TB) string {
	t.Helper()
	text := replaceOnce(t, smallQuestionnaire, "text: I ask about the risk.", "text: In a {review}, I ask {a-person} about the risk.")
	text = replaceOnce(t, text, "3: I name the risk.", "3: \"{People} hear the risk from me.\"")
	text = replaceOnce(t, text, "definition: You guide the shape of things.", "definition: You guide your {people}.")
	text = replaceOnce(t, text, "      - id: design.own.quiet\n", "      - id: design.own.quiet\n        crafts: [software]\n")
	text = replaceOnce(t, text, "{software: a bus, applied-science: a label}", "{software: a bus}")
	return text + `      - id: design.own.baseline
        crafts: [applied-science]
        text: I ask for the baseline.
        anchors: {1: I wait., 3: I ask for it., 5: The plan changed.}
        illustrations: {applied-science: a label}
        outcomes: [trust]
        pillar: acumen
`
}

func craftedFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := shippedFiles(t)
	files["questionnaires/own.yaml"] = &fstest.MapFile{Data: []byte(crafted(t))}
	lockWords(t, files)
	return files
}

func TestACraftIsAskedInItsOwnWords(t *testing.T) {
	library, err := Load(craftedFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	own, _ := library.Questionnaire("own")
	hashes := map[string]bool{}
	for craft, want := range map[string][]string{
		"software": {"You guide your engineers.", "In a design review, I ask an engineer about the risk.",
			"Engineers hear the risk from me.", "design.own.quiet"},
		"applied-science": {"You guide your scientists.", "In a design or experiment review, I ask a scientist about the risk.",
			"Scientists hear the risk from me.", "design.own.baseline"},
	} {
		section := own.For(craft).Sections[0]
		first := section.Items[0]
		got := []string{section.Definition, first.Text, first.Anchors.Three, section.Items[1].ID}
		if len(section.Items) != 2 || strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s is asked %q in %d items, want %q", craft, got, len(section.Items), want)
		}
		hashes[first.Hash()] = true
	}
	if len(hashes) != 2 {
		t.Error("the words of a craft are no part of the item's hash")
	}
	if text := own.Sections[0].Items[0].Text; text != "In a {review}, I ask {a-person} about the risk." {
		t.Errorf("asking a craft changed the questionnaire itself: %q", text)
	}
}

// The words that fill an item are part of its words: a craft that is given another one changes what is asked.
func TestTheLockGuardsTheWordsOfTheCraft(t *testing.T) {
	files := craftedFiles(t)
	files["model.yaml"] = &fstest.MapFile{Data: []byte(replaceOnce(t, smallModel, "review: design review", "review: architecture meeting"))}
	problems := problemsOf(t, files)
	if len(problems) != 1 || !strings.Contains(problems[0].Reason, `item "design.own.risk" changed its words`) {
		t.Errorf("got %v", problems)
	}
}

func TestEveryCraftIsAskedTheSameNumber(t *testing.T) {
	files := craftedFiles(t)
	for name, c := range map[string]struct{ from, to, want string }{
		"one more": {"        crafts: [applied-science]\n", "        crafts: [software]\n",
			`competency "design" asks 3 items of "software" and 1 of "applied-science"; every craft is asked the same number`},
		"the pulse": {"pulse: design.own.risk", "pulse: design.own.quiet",
			`the pulse must ask every craft, and "design.own.quiet" is not asked of "applied-science"`},
	} {
		t.Run(name, func(t *testing.T) {
			text := replaceOnce(t, crafted(t), c.from, c.to)
			if name == "one more" {
				text = replaceOnce(t, text, "{applied-science: a label}", "{software: a label}")
			}
			files["questionnaires/own.yaml"] = &fstest.MapFile{Data: []byte(text)}
			lockWords(t, files)
			problems := problemsOf(t, files)
			if len(problems) != 1 || problems[0].Reason != c.want {
				t.Errorf("got %v, want %s", problems, c.want)
			}
		})
	}
}

// A brace that is written twice stands for itself, beside words of the craft and where there are none.
func TestABraceWrittenTwiceStandsForItself(t *testing.T) {
	files := shippedFiles(t)
	text := replaceOnce(t, smallQuestionnaire, "text: I ask about the risk.", `text: "I ask {a-person} what {{risk}} in the template means, {{{person}}}."`)
	text = replaceOnce(t, text, "text: I ask the quiet ones.", `text: "I ask why {{ stays open."`)
	text = replaceOnce(t, text, "definition: You guide the shape of things.", `definition: "You guide the shape of }} and {{."`)
	files["questionnaires/own.yaml"] = &fstest.MapFile{Data: []byte(text)}
	lockWords(t, files)
	library, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	own, _ := library.Questionnaire("own")
	section := own.For("software").Sections[0]
	for got, want := range map[string]string{
		section.Definition:    "You guide the shape of } and {.",
		section.Items[0].Text: "I ask an engineer what {risk} in the template means, {engineer}.",
		section.Items[1].Text: "I ask why { stays open.",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
