// Package text brings what people type into the form in which it is kept and shown: without invisible characters and
// those that reverse the text around them, but with those that scripts and emoji need.
package text

import (
	"strings"
	"unicode"
)

const (
	nonJoiner    = '\u200c'
	joiner       = '\u200d'
	brailleBlank = '\u2800'
	blackFlag    = '\U0001f3f4'
	cancelTag    = '\U000e007f'
)

// Line returns a text as one line, such as a name. Of invisible characters it keeps only joiners and variation
// selectors next to visible ones: no bidirectional control, no filler, no soft hyphen. A text without a visible
// character becomes "".
func Line(typed string) string {
	if isLine(typed) {
		return typed
	}
	return strings.Join(strings.Fields(joined([]rune(withoutControls(typed)))), " ")
}

// isLine reports whether a text is a Line already, by a look that is quick for what most names are: printable ASCII with
// single spaces between words. Each page shows such names, dozens of times.
func isLine(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' || text[i] == ' ' && before == ' ' {
			return false
		}
		before = text[i]
	}
	return before != ' ' || text == ""
}

// Lines returns a text of several lines, such as a note. It keeps what Line keeps, and what plain writing in several
// scripts needs, such as directional marks and break opportunities. It drops what reaches beyond a word: embeddings,
// overrides and isolates. A text without a visible character becomes "".
func Lines(typed string) string {
	kept := strings.TrimSpace(strings.Map(func(character rune) rune {
		if reaching(character) {
			return -1
		}
		return character
	}, withoutControls(typed)))
	if !Visible(kept) {
		return ""
	}
	return kept
}

// lineEnds turns every kind of line end into a line feed.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// withoutControls returns valid UTF-8 with line feeds only, and without control characters that a database or a
// spreadsheet can't take.
func withoutControls(typed string) string {
	return strings.Map(func(character rune) rune {
		if character == '\n' || character == '\t' || !unicode.IsControl(character) {
			return character
		}
		return -1
	}, lineEnds.Replace(strings.ToValidUTF8(typed, "\uFFFD")))
}

// Visible reports whether a text holds anything that can be seen.
func Visible(text string) bool { return strings.ContainsFunc(text, seen) }

// seen reports whether a character is visible by itself. A combining mark is, on a dotted circle, though it isn't a
// letter.
func seen(character rune) bool {
	return !Ignorable(character) && character != brailleBlank && !unicode.IsSpace(character) && !unicode.IsControl(character)
}

// reaching are the controls that set the direction of the text after them, up to their terminator or the end of the
// line.
func reaching(character rune) bool {
	return character >= '\u202a' && character <= '\u202e' || character >= '\u2066' && character <= '\u2069'
}

// Ignorable reports whether a character is one of Unicode's Default_Ignorable_Code_Point, which are shown as nothing.
// It is derived as Unicode derives it.
func Ignorable(character rune) bool {
	switch {
	case unicode.In(character, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return true
	case unicode.IsSpace(character), unicode.Is(unicode.Prepended_Concatenation_Mark, character),
		character >= 0xfff9 && character <= 0xfffb, character >= 0x13430 && character <= 0x1345f:
		return false
	}
	return unicode.Is(unicode.Cf, character)
}

// joined drops the invisible characters of a line, except those that join visible ones: a joiner between two visible
// characters, a variation selector after one, and the tags that turn a black flag into a region's.
func joined(line []rune) string {
	var kept strings.Builder
	before := rune(0) // the last character that was kept
	for i := 0; i < len(line); i++ {
		character := line[i]
		switch {
		case character == joiner, character == nonJoiner:
			selected := unicode.Is(unicode.Variation_Selector, before)
			if !seen(before) && !selected || !seen(next(line[i+1:])) {
				continue
			}
		case unicode.Is(unicode.Variation_Selector, character):
			if !seen(before) {
				continue
			}
		case character == blackFlag:
			if end := flag(line[i:]); end > 0 {
				kept.WriteString(string(line[i : i+end]))
				i += end - 1
				before = blackFlag
				continue
			}
		case character == brailleBlank || Ignorable(character):
			continue
		}
		kept.WriteRune(character)
		before = character
	}
	return kept.String()
}

// next returns the first character that will be kept for itself; 0 for none.
func next(rest []rune) rune {
	for _, character := range rest {
		if character != brailleBlank && !Ignorable(character) {
			return character
		}
	}
	return 0
}

// flag returns the length of the flag of a region that a line begins with, such as Scotland's: a black flag, up to six
// letters or digits as tags, and the end of them; 0 for none.
func flag(line []rune) int {
	for i, character := range line[1:min(len(line), 9)] {
		switch {
		case character == cancelTag && i > 0:
			return i + 2
		case character < 0xe0030 || character > 0xe007a:
			return 0
		}
	}
	return 0
}
