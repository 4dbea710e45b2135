package app

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
	"whetstone/internal/mnemonic"
)

// codeWritten is a code as it is kept.
var codeWritten = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$`)

// FuzzReadCode types anything as an invitation's code. It is either no code, or one in the canonical form, which reads
// as itself.
func FuzzReadCode(f *testing.F) {
	for _, typed := range []string{
		"ABCDE-FGHJK", "abcdefghjk", "ab cde–fg\thjk", "OOOOO-IIIII", "llllllllll", "ABCDE-FGHJKM", "ABCDE-FGHJU", "", "-", "----------",
		"ＡＢＣＤＥ-ＦＧＨＪＫ", "ıſıſıſıſıſ", "\xff\xfe", "K0123456789", strings.Repeat("A", 100),
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code := readCode(typed)
		if code != "" && (!codeWritten.MatchString(code) || readCode(code) != code) {
			t.Fatalf("%q reads as %q, which reads as %q", typed, code, readCode(code))
		}
	})
}

// FuzzReadRecoveryKey types anything as a recovery key. It is twelve words that read as themselves, or there
// is a message, and never both.
func FuzzReadRecoveryKey(f *testing.F) {
	const key = "legal winner thank year wave sausage worth useful legal winner thank yellow"
	for _, typed := range []string{
		key, strings.ToUpper(key), strings.ReplaceAll(key, " ", ", 1. "), strings.ReplaceAll(key, "thank", "thonk"), key + " zoo",
		strings.Repeat("abandon ", 12), strings.Repeat("abandon ", 11) + "about", "", " ", "legal", "wınner", "\xff legal", "ſausage",
		strings.Repeat("a ", 5000), "thanks thankyou yearly wavelength sausages worthy usefulness legally winners thankful yellowish wav",
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		words, message := readRecoveryKey(typed)
		if (message == "") != (len(words) == mnemonic.Words) || message != "" && words != nil || !utf8.ValidString(message) {
			t.Fatalf("%q gives %q and the message %q", typed, words, message)
		}
		if message != "" {
			return
		}
		if again, message := readRecoveryKey(strings.Join(words, " ")); message != "" || !slices.Equal(again, words) {
			t.Fatalf("%q reads as %q, which reads as %q: %s", typed, words, again, message)
		}
	})
}

// FuzzCleanText types anything as a text of one's own. What is kept of it can be kept by every database and
// written into every page, and stays as it is when it is typed again.
func FuzzCleanText(f *testing.F) {
	for _, typed := range []string{"", "a", " a\r\nb\rc ", "\x00\x01\x7f", "\xff", "a\u2028b", "\t\n", "=1+1", "é\u0301", "\ufeff", "\x85 \u00a0"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for name, clean := range map[string]func(string) string{"text": cleanText, "line": cleanLine} {
			kept := clean(typed)
			odd := func(r rune) bool { return r < ' ' && (name == "line" || r != '\n' && r != '\t') || r == 0x7f }
			if !utf8.ValidString(kept) || strings.ContainsFunc(kept, odd) || clean(kept) != kept {
				t.Fatalf("as a %s, %q is kept as %q, and that as %q", name, typed, kept, clean(kept))
			}
			if kept != strings.TrimFunc(kept, unicode.IsSpace) {
				t.Fatalf("as a %s, %q is kept with spaces around it: %q", name, typed, kept)
			}
		}
	})
}
