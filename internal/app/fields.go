package app

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// refused is a model.Invalid error on one field.
func refused(field, message string) error {
	return model.InvalidFields([]model.FieldError{{Field: field, Message: message}})
}

// fieldErrors collects what is wrong with a form.
type fieldErrors []model.FieldError

// add says what is wrong with a field; the message "" says nothing.
func (f *fieldErrors) add(field, message string) {
	if message != "" {
		*f = append(*f, model.FieldError{Field: field, Message: message})
	}
}

// bound adds an error for a text that is too long; what names the text in the message.
func (f *fieldErrors) bound(field, what, text string, limit int) {
	if length := utf8.RuneCountInString(text); length > limit {
		has, is := "it has", "It is"
		if strings.HasSuffix(what, " words") {
			has, is = "they have", "They are"
		}
		f.add(field, fmt.Sprintf("Shorten %s to %d characters; %s %d. %s not saved yet.", what, limit, has, length, is))
	}
}

// require is bound for a text that must not be empty either; missing says what to do if it is.
func (f *fieldErrors) require(field, what, text string, limit int, missing string) {
	if text == "" {
		f.add(field, missing)
	}
	f.bound(field, what, text, limit)
}

// memberName reads what a member of a team is called: a name that the others can tell from theirs, by its letters.
func (f *fieldErrors) memberName(field, typed string) string {
	name, before := text.Name(typed), len(*f)
	f.require(field, "the name", name, model.LabelLimit, "Enter the name by which the others of the team know you.")
	if len(*f) == before && !text.Lettered(name) {
		f.add(field, "Enter a name with at least one letter, so that the others can read it.")
	}
	return name
}

// number reads a whole number of something within bounds.
func (f *fieldErrors) number(field, what, typed string, least, most int) int {
	count, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil || count < least || count > most {
		f.add(field, fmt.Sprintf("Enter a whole number of %s, from %d to %d.", what, least, most))
	}
	return count
}

// err is a model.Invalid error with all that was found, nil if nothing was.
func (f *fieldErrors) err() error { return model.InvalidFields(*f) }
