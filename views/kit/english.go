package kit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"whetstone/internal/text"
)

// Shown is how many strengths and gaps a page spells out.
const Shown = 3

// numbers up to twenty are written as words.
var numbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}

// Number writes a small number as a word.
func Number(count int) string {
	if count >= 0 && count < len(numbers) {
		return numbers[count]
	}
	return fmt.Sprint(count)
}

// Counted says "one question" or "three questions": a count in a sentence. Plural is for figures.
func Counted(count int, one, many string) string {
	return Number(count) + " " + OneOrMany(count, one, many)
}

// Plural returns "1 question" or "3 questions": a count among figures, such as "9 of 38 questions".
func Plural(count int, one, many string) string {
	if count == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", count, many)
}

// Sentence capitalises the first letter.
func Sentence(text string) string { return withFirst(text, unicode.ToUpper) }

// InText lowers the first letter of a competency's or area's name, for use inside a sentence.
func InText(name string) string { return withFirst(name, unicode.ToLower) }

func withFirst(text string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(change(first)) + text[size:]
}

// List joins with commas and "and". Where a name has an "and" of its own, more stands between the names, so that they can be
// told apart by ear, too: "security and privacy, and front end".
func List(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	between, last := ", ", " and "
	if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, " and ") }) {
		between, last = "; ", "; and "
		if len(names) == 2 {
			last = ", and "
		}
	}
	return strings.Join(names[:len(names)-1], between) + last + names[len(names)-1]
}

// Competencies says "one competency" or "three competencies".
func Competencies(count int) string {
	return Counted(count, "competency", "competencies")
}

// OneOrMany chooses between two forms by a count.
func OneOrMany(count int, one, many string) string {
	if count == 1 {
		return one
	}
	return many
}

// Quoted sets off a name that somebody gave from the sentence around it.
func Quoted(name string) string { return "“" + text.Isolated(name) + "”" }

// Times says "once", "twice" or "three times".
func Times(count int) string {
	switch count {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return Number(count) + " times"
}

// Possessive makes "Ada’s" of "Ada".
func Possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "’"
	}
	return name + "’s"
}

// OnlyHere begins a sentence that says what alone opens somebody's answers who has no way back.
func OnlyHere(page Page) string {
	if page.Elsewhere {
		return "Only the devices that are signed in open"
	}
	return "Only this browser opens"
}
