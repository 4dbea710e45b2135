package text

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Folded returns a text as it is searched: without regard to case, to how a character is put together, and to what can't
// be seen.
func Folded(text string) string {
	return cases.Fold().String(norm.NFKC.String(strings.Map(func(character rune) rune {
		if Ignorable(character) {
			return -1
		}
		return character
	}, text)))
}

// Sought tells whether a text holds every word of a search. words are as Folded gives them.
func Sought(text string, words []string) bool {
	folded := Folded(text)
	for _, word := range words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}
