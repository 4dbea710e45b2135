package app

import "whetstone/internal/text"

// What people type comes in through the functions of this file, so that no field can hold what nobody sees or
// what turns its neighbours around.

// cleanText brings typed text of several lines to the form in which it is kept.
func cleanText(typed string) string { return text.Lines(typed) }

// cleanLine is cleanText for what stands on one line.
func cleanLine(typed string) string { return text.Line(typed) }
