package text

import (
	"golang.org/x/text/unicode/bidi"
)

// What somebody called themself, a team, a cycle, a link or an assessment may be written in any script, and must not
// turn around what stands beside it. In markup it stands in <bdi>, as "<bdi>{ text.Shown(name) }</bdi>"; where there is no
// markup, in a sentence, a title, an option or an attribute, Isolated sets it apart.

// unnamed stands for a name in which nothing can be seen; today none is taken.
const unnamed = "(no name)"

// Shown is a name as it is shown. Names that were kept before are brought to the form that is taken today.
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

// Isolated is a name for where there is no markup: between the characters that isolate it, if any of its own is
// written from right to left.
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

// AllIsolated is Isolated for a list.
func AllIsolated(names []string) []string {
	isolated := make([]string, len(names))
	for i, name := range names {
		isolated[i] = Isolated(name)
	}
	return isolated
}
