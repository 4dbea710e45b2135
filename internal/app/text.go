package app

import "whetstone/internal/text"

// Everything that people type passes through the functions of this file, so that no field can hold invisible
// characters or ones that reverse the text around them.

// cleanText returns typed text of several lines in the form in which it is kept.
func cleanText(typed string) string { return text.Lines(typed) }

// cleanLine is cleanText for what stands on one line.
func cleanLine(typed string) string { return text.Line(typed) }
