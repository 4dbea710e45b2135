package app

import (
	"fmt"
	"unicode/utf8"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// Everything that people type passes through the functions of this file, so that no field can hold invisible
// characters or ones that reverse the text around them.

// cleanText returns typed text of several lines in the form in which it is kept.
func cleanText(typed string) string { return text.Lines(typed) }

// cleanLine is cleanText for what stands on one line.
func cleanLine(typed string) string { return text.Line(typed) }

// readName reads a name of a team or a cycle; the message says what to do if the name can't be used.
func readName(typed, missing string) (name, message string) {
	return boundName(cleanLine(typed), missing)
}

// readMemberName reads what a member of a team is called: a name whose letters set it apart from the others'.
func readMemberName(typed string) (name, message string) {
	name, message = boundName(text.Name(typed), "Enter the name by which the others of the team know you.")
	if message == "" && !text.Lettered(name) {
		return "", "Enter a name with at least one letter, so that the others can read it."
	}
	return name, message
}

func boundName(name, missing string) (kept, message string) {
	switch length := utf8.RuneCountInString(name); {
	case length == 0:
		return "", missing
	case length > model.LabelLimit:
		return "", fmt.Sprintf("Shorten the name to %d characters; it has %d.", model.LabelLimit, length)
	}
	return name, ""
}
