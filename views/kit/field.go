package kit

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"whetstone/internal/model"
)

// Kind says how a field is laid out.
type Kind int

const (
	// Line is one line of text.
	Line Kind = iota
	// Lines is a text of several lines.
	Lines
	// WholeNumber is a whole number.
	WholeNumber
	// Date is a day.
	Date
	// Choice is one of several in a list that folds out.
	Choice
	// Options are a few to choose one from, all in view.
	Options
	// Boxes are one box to tick, or several of which each is ticked by itself.
	Boxes
	// Levels are those of a question or competency, all in view.
	Levels
	// File is a file. Its form is sent in parts, and has an address that takes it: no other reads it.
	File
)

// Field is one thing that a form asks for. It is declared once, next to the page that draws it, and listed with the
// address that takes its form (addresses in internal/web). The page draws it, the server bounds the form by its limit,
// and what was typed is given back under its label if it can't be saved.
type Field struct {
	// Name is what the form sends it as. One that ends in "." is that of many, each of a question or competency: see For.
	Name string
	Kind Kind
	// Label is what the form calls it, Hint what stands below it, "" for nothing.
	Label, Hint string
	// Limit is how many characters a free text may have; 0 for what has a form of its own, as a number or a code.
	Limit int
	// Few reports whether one of a few is chosen, again in a moment: then it isn't given back. Options and boxes never are.
	Few bool
	// Of stands between the label and what the question or competency is called.
	Of string
	// Absent is what the form calls the level 0.
	Absent string
	// Words are what a list calls what is chosen, by what it sends: "" for what it doesn't know, or what is called otherwise.
	Words func(sent string) string
	// Rows is how high a text of several lines is.
	Rows int
	// Size is the class of its width, "" for the usual one of its kind.
	Size string
	// Autocomplete is what a browser may fill in, "" for what it likes.
	Autocomplete string
	// Saves is what the script that saves by itself calls a text, "" where none does; What names it in its messages.
	Saves, What string
	// Attributes are further ones of its control.
	Attributes templ.Attributes

	// key is by what errors name it, and its own id: its name, unless it stands once for each of several.
	key string
	// sent is its name as the form sends it, id the id of its control.
	sent, seen string
	tied       bool
}

// For is the field of one question or competency.
func (f Field) For(id string) Field {
	f.Name += id
	return f
}

// Alone is the field of one question or competency where a form has no other.
func (f Field) Alone() Field {
	f.Name, f.Of = strings.TrimSuffix(f.Name, "."), ""
	return f
}

// Called is the field under another name.
func (f Field) Called(name string) Field {
	f.Name = name
	return f
}

// Keyed is the field where its form stands several times on a page: key tells the one from the others.
func (f Field) Keyed(key string) Field {
	f.key = f.Name + "." + key
	return f
}

// Tied is the field with the seen token of what the page shows: see Tied.
func (f Field) Tied(seen string) Field {
	f.sent, f.seen, f.tied = Tied(f.Name, seen), seen, true
	return f
}

// TiedByName is the field with a seen token in its name alone: its id stays.
func (f Field) TiedByName(seen string) Field {
	f.sent = Tied(f.Name, seen)
	return f
}

// TiedToShown is TiedByName for a field that has no seen token of its own: see TiedTo.
func (f Field) TiedToShown(shown string) Field {
	f.sent = TiedTo(f.Name, shown)
	return f
}

// Labelled is the field under another label than the one by which it is given back.
func (f Field) Labelled(label string) Field {
	f.Label = label
	return f
}

// Hinted is the field with another hint.
func (f Field) Hinted(hint string) Field {
	f.Hint = hint
	return f
}

// With is the field with further attributes.
func (f Field) With(attributes templ.Attributes) Field {
	all := maps.Clone(f.Attributes)
	if all == nil {
		all = templ.Attributes{}
	}
	maps.Copy(all, attributes)
	f.Attributes = all
	return f
}

// Sent is the name that the form sends it as.
func (f Field) Sent() string { return cmp.Or(f.sent, f.Name) }

// named is by what errors name it.
func (f Field) named() string { return cmp.Or(f.key, f.Name) }

// id is that of its control.
func (f Field) id(page Page) string {
	if f.tied && f.key == "" {
		return TiedID(page, f.Name, f.seen)
	}
	return page.Id(f.named())
}

// class is that of its control.
func (f Field) class() string {
	switch {
	case f.Size == Plain:
		return "field"
	case f.Size != "":
		return "field " + f.Size
	case f.Kind == Line, f.Kind == Lines, f.Kind == File:
		return "field is-wide"
	case f.Kind == WholeNumber:
		return "field is-number"
	}
	return "field"
}

// Plain is the size of a field that has no width of its own.
const Plain = "plain"

// inputType is the type of a control of one line, or of what one chooses or ticks.
func (f Field) inputType() string {
	switch f.Kind {
	case WholeNumber:
		return "number"
	case Date:
		return "date"
	case Options:
		return "radio"
	case Boxes:
		return "checkbox"
	case File:
		return "file"
	}
	return "text"
}

// attributes are those of its control that not every field has, and its class: a template takes long over a class by
// itself, which may be a style there.
func (f Field) attributes(page Page) templ.OrderedAttributes {
	all := make(templ.OrderedAttributes, 0, 8+len(f.Attributes))
	add := func(name string, value any) { all = append(all, templ.KeyValue[string, any]{Key: name, Value: value}) }
	add("class", f.class())
	if f.Rows > 0 {
		add("rows", strconv.Itoa(f.Rows))
	}
	if f.Autocomplete != "" {
		add("autocomplete", f.Autocomplete)
	}
	all = append(all, f.saving()...)
	if f.Saves != "" && f.What != "" {
		add("data-what", f.What)
	}
	if described := f.described(page); described != "" {
		add("aria-describedby", described)
	}
	if page.FieldError(f.named()) != "" {
		add("data-invalid", true)
	}
	if page.Previewed() {
		add("disabled", true)
	}
	if len(f.Attributes) > 0 {
		for _, name := range slices.Sorted(maps.Keys(f.Attributes)) {
			add(name, f.Attributes[name])
		}
	}
	return all
}

// saving names the field to the script that saves by itself, and says how long its text may be.
func (f Field) saving() (all templ.OrderedAttributes) {
	if f.Saves == "" {
		return nil
	}
	all = append(all, templ.KeyValue[string, any]{Key: "data-text", Value: f.Saves})
	if f.Limit > 0 {
		all = append(all, templ.KeyValue[string, any]{Key: "data-limit", Value: strconv.Itoa(f.Limit)})
	}
	return all
}

// described names what stands beside its control: its message if it can't be taken, and its hint.
func (f Field) described(page Page) string {
	var message, hint string
	if page.FieldError(f.named()) != "" {
		message = f.named() + "-error"
	}
	if f.Hint != "" {
		hint = f.hintID(page)
	}
	return strings.Trim(message+" "+hint, " ")
}

func (f Field) hintID(page Page) string { return page.Id(f.named() + "-hint") }

// isID matches what can follow the name of a field: what is asked may have changed since, but not how ids are written.
var isID = regexp.MustCompile(`^[A-Za-z0-9.-]*$`)

// Many reports whether there is one such field for each question or competency.
func (f Field) Many() bool { return strings.HasSuffix(f.Name, ".") }

// holds reports whether it is the field of a name that a form sent, and of which question or competency.
func (f Field) holds(name string) (id string, held bool) {
	if !f.Many() {
		return "", name == f.Name
	}
	id, held = strings.CutPrefix(name, f.Name)
	return id, held && isID.MatchString(id)
}

// FieldOf finds the field of a name that a form sent among those of that form.
func FieldOf(fields []Field, name string) (field Field, found bool) {
	for _, field := range fields {
		if _, held := field.holds(name); held {
			return field, true
		}
	}
	return Field{}, false
}

// Given is what was sent in one field of a form, to be given back; false for what nobody typed. wording gives the words
// of a question, a competency or something else that the data call by an id, "" where there are none.
func Given(fields []Field, name, sent string, wording func(id string) string) (TypedText, bool) {
	field, found := FieldOf(fields, name)
	if !found || field.Few || field.Kind == Options || field.Kind == Boxes || field.Kind == File || strings.TrimSpace(sent) == "" {
		return TypedText{}, false
	}
	given := TypedText{ID: "typed-" + name, Label: field.Label, Text: sent, Long: field.Kind == Lines}
	id, _ := field.holds(name)
	if words := wording(id); field.Of != "" && words != "" {
		given.Label += field.Of + words
	}
	if field.Absent != "" && sent == model.Absent.Typed() {
		given.Text = field.Absent
	}
	if field.Kind == Choice {
		given.Text = cmp.Or(field.words(sent), wording(sent), sent)
	}
	return given, true
}

// words are what a list calls what was chosen, "" where it doesn't say.
func (f Field) words(sent string) string {
	if f.Words == nil {
		return ""
	}
	return f.Words(sent)
}

// AtMost says how long a text may be.
func AtMost(limit int) string { return fmt.Sprintf("At most %d characters.", limit) }
