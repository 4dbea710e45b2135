package questionnaire

import (
	"encoding/json"
	"reflect"
	"testing"
)

var sampleItem = Item{
	ID: "design.own.risk", Competency: "design", Text: `I ask "why" of <a> & b.`,
	Anchors:       Anchors{"one", "three", "five"},
	Illustrations: map[string]string{"software": "a queue", "applied-science": "a metric"},
	Outcomes:      []string{"support", "decisions"}, Pillar: "acumen",
}

func TestItemCanonical(t *testing.T) {
	// RFC 8785: sorted keys, no spaces, no needless escapes. Stored content depends on every byte.
	const want = `{"anchors":{"1":"one","3":"three","5":"five"},"competency":"design","id":"design.own.risk",` +
		`"illustrations":{"applied-science":"a metric","software":"a queue"},"outcomes":["support","decisions"],` +
		`"pillar":"acumen","text":"I ask \"why\" of <a> & b."}`
	if got := string(sampleItem.Canonical()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	const wantHash = "34679f71cbcdea3184a4689a635d36bf49cb1c1ee62b246ac56d2ae5faf1c531" // sha256sum of the line above
	if got := sampleItem.Hash(); got != wantHash {
		t.Errorf("hash is %s, want %s", got, wantHash)
	}
	var back Item
	if err := json.Unmarshal(sampleItem.Canonical(), &back); err != nil || !reflect.DeepEqual(back, sampleItem) {
		t.Errorf("came back as %+v, %v", back, err)
	}
}

func TestItemHashCoversEverything(t *testing.T) {
	for name, c := range map[string]struct {
		edit  func(i *Item)
		words bool
	}{
		"id":            {func(i *Item) { i.ID += "x" }, false},
		"competency":    {func(i *Item) { i.Competency += "x" }, false},
		"text":          {func(i *Item) { i.Text += "x" }, true},
		"anchor 1":      {func(i *Item) { i.Anchors.One += "x" }, true},
		"anchor 3":      {func(i *Item) { i.Anchors.Three += "x" }, true},
		"anchor 5":      {func(i *Item) { i.Anchors.Five += "x" }, true},
		"illustrations": {func(i *Item) { i.Illustrations = map[string]string{"software": "x"} }, true},
		"outcomes":      {func(i *Item) { i.Outcomes = []string{"trust"} }, false},
		"pillar":        {func(i *Item) { i.Pillar = "empathy" }, false},
	} {
		changed := sampleItem
		c.edit(&changed)
		if changed.Hash() == sampleItem.Hash() {
			t.Errorf("%s is not part of the hash", name)
		}
		if got := changed.wordsHash() != sampleItem.wordsHash(); got != c.words {
			t.Errorf("%s: counts as a change of words: %v, want %v", name, got, c.words)
		}
	}
}

func TestRubricHash(t *testing.T) {
	section := Section{
		Rubric: Rubric{Anchors: Anchors{"one", "three", "five"}, Competency: "design", Definition: "You guide."},
		Target: 3, Items: []Item{sampleItem},
	}
	const want = `{"anchors":{"1":"one","3":"three","5":"five"},"competency":"design","definition":"You guide."}`
	if got := string(section.Canonical()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	other := section
	other.Target, other.Items = 4, nil
	if section.Hash() != other.Hash() {
		t.Error("a target or an item changed what a mentor rates by")
	}
	other.Definition = "You steer."
	if section.Hash() == other.Hash() {
		t.Error("the definition is not part of the hash")
	}
}

func TestScaleCanonical(t *testing.T) {
	scale := Scale{Instruction: "Choose.", Between: Between{"two", "four"}, Absent: "None"}
	const want = `{"absent":"None","between":{"2":"two","4":"four"},"instruction":"Choose."}`
	if got := string(scale.Canonical()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if other := (Scale{Instruction: "Choose.", Between: Between{"two", "4"}, Absent: "None"}); other.Hash() == scale.Hash() {
		t.Error("the words between are not part of the hash")
	}
}
