package kit_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// drawn gives the control of a field, by its attributes, and all that the field says.
func drawn(t *testing.T, page kit.Page, field kit.Field, value string) (control map[string]string, markup string) {
	t.Helper()
	var written strings.Builder
	if err := field.Draw(page, value).Render(t.Context(), &written); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(written.String()))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		if node.Data == "input" || node.Data == "textarea" || node.Data == "select" {
			control = map[string]string{"": node.Data}
			for _, attribute := range node.Attr {
				control[attribute.Key] = attribute.Val
			}
		}
	}
	return control, written.String()
}

func TestFieldDrawsItself(t *testing.T) {
	t.Parallel()
	wrong := func(field string) kit.Page {
		return kit.Page{Errors: []model.FieldError{{Field: field, Message: "Say it."}}}
	}
	line := kit.Field{Name: "title", Label: "A title", Hint: "Short.", Limit: 80, Autocomplete: "off"}
	note := kit.Field{Name: "note.", Kind: kit.Lines, Label: "A note", Limit: 20, Rows: 3, Size: kit.Plain, Saves: "note", What: "comment"}
	for name, test := range map[string]struct {
		page  kit.Page
		field kit.Field
		want  map[string]string
	}{
		"a line": {kit.Page{}, line, map[string]string{
			"": "input", "type": "text", "id": "title", "name": "title", "value": "<x>", "class": "field is-wide", "autocomplete": "off",
			"aria-describedby": "title-hint",
		}},
		"a line that can’t be taken": {wrong("title"), line, map[string]string{
			"": "input", "type": "text", "id": "title", "name": "title", "value": "<x>", "class": "field is-wide", "autocomplete": "off",
			"aria-describedby": "title-error title-hint", "data-invalid": "",
		}},
		"a number": {kit.Page{}, kit.Field{Name: "days", Kind: kit.WholeNumber, Label: "Days"}, map[string]string{
			"": "input", "type": "number", "id": "days", "name": "days", "value": "<x>", "class": "field is-number",
		}},
		"a day": {kit.Page{}, kit.Field{Name: "opens", Kind: kit.Date, Label: "Opens"}, map[string]string{
			"": "input", "type": "date", "id": "opens", "name": "opens", "value": "<x>", "class": "field",
		}},
		"a choice that can’t be taken": {wrong("zone"), kit.Field{Name: "zone", Kind: kit.Choice, Label: "Zone"}, map[string]string{
			"": "select", "id": "zone", "name": "zone", "class": "field", "aria-describedby": "zone-error", "data-invalid": "",
		}},
		"a note of one question, tied": {kit.Page{}, note.For("debt.x").Tied("1-a"), map[string]string{
			"": "textarea", "id": "note.debt.x@1-a", "name": "note.debt.x@1-a", "class": "field", "rows": "3",
			"data-text": "note", "data-limit": "20", "data-what": "comment",
		}},
		"a tied note that can’t be taken": {wrong("note.debt.x"), note.For("debt.x").Tied("1-a"), map[string]string{
			"": "textarea", "id": "note.debt.x", "name": "note.debt.x@1-a", "class": "field", "rows": "3",
			"data-text": "note", "data-limit": "20", "data-what": "comment", "aria-describedby": "note.debt.x-error", "data-invalid": "",
		}},
		"one of several forms": {kit.Page{}, line.Keyed("debt").Tied(""), map[string]string{
			"": "input", "type": "text", "id": "title.debt", "name": "title@", "value": "<x>", "class": "field is-wide", "autocomplete": "off",
			"aria-describedby": "title.debt-hint",
		}},
		"a preview": {kit.Page{}.Previewing("rating-"), line, map[string]string{
			"": "input", "type": "text", "id": "rating-title", "name": "title", "value": "<x>", "class": "field is-wide", "autocomplete": "off",
			"aria-describedby": "rating-title-hint", "disabled": "",
		}},
	} {
		got, markup := drawn(t, test.page, test.field, "<x>")
		for key := range got {
			if _, wanted := test.want[key]; !wanted {
				t.Errorf("%s: %s is %q", name, key, got[key])
			}
		}
		for key, want := range test.want {
			if got[key] != want {
				t.Errorf("%s: %s is %q, want %q", name, key, got[key], want)
			}
		}
		if label := `<label for="` + test.want["id"] + `">` + test.field.Label + `</label>`; !strings.Contains(markup, label) {
			t.Errorf("%s: no %s in %s", name, label, markup)
		}
		if strings.Contains(markup, "Say it.") != (len(test.page.Errors) > 0) {
			t.Errorf("%s: %s", name, markup)
		}
	}
}

// What was sent is given back under its label, as its form words it; choices of few, and what no form asks, are not.
func TestFieldGivesBackWhatWasSent(t *testing.T) {
	t.Parallel()
	fields := []kit.Field{
		{Name: "level.", Kind: kit.Levels, Label: "Your level", Of: ", to: ", Absent: "It did not come up"},
		{Name: "words", Kind: kit.Lines, Label: "The words"},
		{Name: "form", Kind: kit.Options, Label: "How much?"},
		{Name: "questionnaire", Kind: kit.Choice, Label: "Of which?", Few: true},
		{Name: "depth", Kind: kit.Choice, Label: "How deep?", Words: func(sent string) string { return map[string]string{"deep": "Deep"}[sent] }},
		{Name: "role", Kind: kit.Choice, Label: "On whom?"},
	}
	wording := func(id string) string { return map[string]string{"debt.x": "I pay it back.", "legal": "Legal"}[id] }
	for sent, want := range map[[2]string]kit.TypedText{
		{"level.debt.x", "4"}:        {ID: "typed-level.debt.x", Label: "Your level, to: I pay it back.", Text: "4"},
		{"level.debt.x", "0"}:        {ID: "typed-level.debt.x", Label: "Your level, to: I pay it back.", Text: "It did not come up"},
		{"level.gone", "2"}:          {ID: "typed-level.gone", Label: "Your level", Text: "2"},
		{"level.<b>", "2"}:           {},
		{"depth", "deep"}:            {ID: "typed-depth", Label: "How deep?", Text: "Deep"},
		{"depth", "unheard-of"}:      {ID: "typed-depth", Label: "How deep?", Text: "unheard-of"},
		{"role", "legal"}:            {ID: "typed-role", Label: "On whom?", Text: "Legal"},
		{"role", "2.5"}:              {ID: "typed-role", Label: "On whom?", Text: "2.5"},
		{"words", "one\ntwo"}:        {ID: "typed-words", Label: "The words", Text: "one\ntwo", Long: true},
		{"words", " \n"}:             {},
		{"wordsmith", "typed"}:       {},
		{"form", "full"}:             {},
		{"questionnaire", "any one"}: {},
	} {
		got, given := kit.Given(fields, sent[0], sent[1], wording)
		if got != want || given != (want != kit.TypedText{}) {
			t.Errorf("%q is given back as %+v, want %+v", sent, got, want)
		}
	}
}

// A box by itself, one of several and an option have the same name and type wherever they stand, and a box that can't be
// taken is tied to its message.
func TestBoxesAndOptionsDrawThemselves(t *testing.T) {
	t.Parallel()
	wrong := kit.Page{Errors: []model.FieldError{{Field: "meant", Message: "Tick it."}}}
	meant := kit.Field{Name: "meant", Kind: kit.Boxes, Label: "Delete it"}
	chosen := kit.Field{Name: "became", Kind: kit.Options, Label: "How?"}
	for want, drawn := range map[string]templ.Component{
		`<div><label class="check"><input type="checkbox" id="meant" name="meant@3" value="yes" checked> Delete it</label></div>`:                                                                                 meant.TiedByName("3").Box(kit.Page{}, true),
		`<div><p class="error" id="meant-error">Tick it.</p><label class="check"><input type="checkbox" id="meant" name="meant" value="yes" aria-describedby="meant-error" data-invalid> Delete it</label></div>`: meant.Box(wrong, false),
		`<label class="check"><input type="checkbox" name="meant" value="a" checked> <span></span></label>`:                                                                                                       meant.Check("a", true),
		`<label class="check"><input type="radio" name="became" value="kept"> <span></span></label>`:                                                                                                              chosen.Check("kept", false),
		`<label class="option"><input type="radio" name="became" value="kept"> <span><b>Kept</b> <small>Each time.</small></span></label>`:                                                                        chosen.Option("kept", false, "Kept", "Each time."),
		`<fieldset class="choice" id="became"><legend>How?</legend></fieldset>`:                                                                                                                                   chosen.Group(wrong),
		`<fieldset class="choice" id="meant" aria-describedby="meant-error" data-invalid><legend>Delete it</legend><p class="error" id="meant-error">Tick it.</p></fieldset>`:                                     meant.Group(wrong),
	} {
		var written strings.Builder
		if err := drawn.Render(t.Context(), &written); err != nil {
			t.Fatal(err)
		}
		if got := written.String(); strings.ReplaceAll(got, "> <", "><") != strings.ReplaceAll(want, "> <", "><") {
			t.Errorf("drawn is %s\nwant %s", got, want)
		}
	}
	if _, given := kit.Given([]kit.Field{meant}, "meant", "yes", func(string) string { return "" }); given {
		t.Error("a tick is given back as if it had been typed")
	}
}
