package text

import (
	"golang.org/x/text/unicode/bidi"
)

// A name that somebody gave themself, a team, a cycle, a link or an assessment may be in any script, and must not
// reverse the text around it. In markup it goes into <bdi>, as "<bdi>{ text.Shown(name) }</bdi>"; where markup isn't
// possible, in a sentence, a title, an option or an attribute, use Isolated.

// unnamed stands in for a name without a visible character; such names are no longer accepted.
const unnamed = "(no name)"

// Shown returns a name as it is shown. Names that were stored earlier are brought to today's form.
func Shown(name string) string {
	if line := Line(name); line != "" {
		return line
	}
	if name == "" {
		return ""
	}
	return unnamed
}

const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// Isolated returns a name for places without markup: between isolating characters, if any of it is written from right
// to left.
func Isolated(name string) string {
	name = Shown(name)
	for rest := name; rest != ""; {
		properties, size := bidi.LookupString(rest)
		if class := properties.Class(); class == bidi.R || class == bidi.AL || class == bidi.AN {
			return firstStrongIsolate + name + popIsolate
		}
		rest = rest[max(size, 1):]
	}
	return name
}

// AllIsolated applies Isolated to a list.
func AllIsolated(names []string) []string {
	isolated := make([]string, len(names))
	for i, name := range names {
		isolated[i] = Isolated(name)
	}
	return isolated
}
