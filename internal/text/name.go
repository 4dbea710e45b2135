package text

import (
	"strings"
	"unicode"

	"github.com/mtibben/confusables"
	"golang.org/x/text/unicode/norm"
)

// Name returns a Line as a roster keeps it: in Unicode's composed compatibility form (NFKC), so that a full-width
// letter becomes the letter that it looks like.
func Name(typed string) string { return Line(norm.NFKC.String(Line(typed))) }

// Lettered reports whether a name holds a letter that can be seen.
func Lettered(name string) bool {
	return strings.ContainsFunc(name, func(character rune) bool { return unicode.IsLetter(character) && seen(character) })
}

// Alike reports whether readers would take two names for the same one: ignoring case, spaces and invisible characters,
// and treating characters that look alike as equal.
func Alike(one, other string) bool {
	one, other = bare(one), bare(other)
	return skeleton(strings.ToLower(one)) == skeleton(strings.ToLower(other)) ||
		strings.EqualFold(skeleton(one), skeleton(other))
}

// bare returns a name as it is compared: without invisible characters, before and after normalisation.
func bare(name string) string {
	strip := func(name string) string {
		return strings.Map(func(character rune) rune {
			if character == brailleBlank || Ignorable(character) || unicode.IsSpace(character) || unicode.IsControl(character) {
				return -1
			}
			return character
		}, name)
	}
	return strip(norm.NFKC.String(strip(name)))
}

// skeleton returns what UTS 39 compares: the same for texts that look alike.
func skeleton(name string) string { return confusables.Skeleton(name) }
