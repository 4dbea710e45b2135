package app

import (
	"fmt"
	"unicode/utf8"

	"whetstone/internal/model"
)

// fieldErrors collects what is wrong with a form.
type fieldErrors []model.FieldError

func (f *fieldErrors) add(field, message string) {
	*f = append(*f, model.FieldError{Field: field, Message: message})
}

// bound adds an error for a text that is too long; what names the text in the message.
func (f *fieldErrors) bound(field, what, text string, limit int) {
	if length := utf8.RuneCountInString(text); length > limit {
		f.add(field, fmt.Sprintf("Shorten %s to %d characters; it has %d. It is not saved yet.", what, limit, length))
	}
}

// require is bound for a text that must not be empty either; missing says what to do if it is.
func (f *fieldErrors) require(field, what, text string, limit int, missing string) {
	if text == "" {
		f.add(field, missing)
	}
	f.bound(field, what, text, limit)
}

// err returns a model.Invalid error with everything that was found, nil if nothing was.
func (f *fieldErrors) err() error { return model.InvalidFields(*f) }
