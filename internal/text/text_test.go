package text_test

import (
	"testing"
	"unicode"

	"whetstone/internal/text"
)

// A line loses what nobody sees and what turns its neighbours around, and keeps what scripts and emoji need.
func TestLine(t *testing.T) {
	for typed, want := range map[string]string{
		"  Kim \t Doe\r\n": "Kim Doe",
		"":                 "", " ": "", "Kim": "Kim", "Kim  Doe": "Kim Doe", "Kim ": "Kim", " Kim": "Kim", "Kim\x7f": "Kim", "Kim~ !": "Kim~ !",
		"\u202eKim\u202c":             "Kim",
		"\u2067Kim\u2069 \u200fDoe":   "Kim Doe",
		"K\u00adi\u200bm\ufeff\u2060": "Kim",
		"K\u034fim":                   "Kim",
		"\u200b":                      "", "\u3164": "", "\u2800": "", "\u00ad": "", "\uffa0\u115f\u1160": "", "\u061c": "", "\u180e": "",
		"\u200d": "", "\ufe0f": "", "\u200d\ufe0f\u200c": "", "\U000e0041": "", " \u00a0\u3000": "", "\u2800 \u200b": "",
		// What stands at the ends joins nothing.
		"\u200dKim\u200d": "Kim", "\u200c Kim \u200c": "Kim", "K\u200d m": "K m",
		// Persian, Malayalam, Hebrew, Arabic and combining marks stay as they are.
		"می\u200cخواهم": "می\u200cخواهم", "ന്\u200dറ": "ന്\u200dറ",
		"נֹעָה": "נֹעָה", "محمد": "محمد", "e\u0301": "e\u0301",
		// So do families, hearts, keycaps and flags.
		"👩\u200d👩\u200d👧": "👩\u200d👩\u200d👧", "❤\ufe0f": "❤\ufe0f", "❤\ufe0f\u200d🔥": "❤\ufe0f\u200d🔥", "1\ufe0f⃣": "1\ufe0f⃣", "🇳🇿": "🇳🇿",
		"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
		"🏴\U000e0067\U000e0062 Kim":                                     "🏴 Kim",
		"葛\U000e0100":                                                   "葛\U000e0100", // a variant of an ideograph
	} {
		if got := text.Line(typed); got != want {
			t.Errorf("%+q is kept as %+q, want %+q", typed, got, want)
		}
	}
}

// A note keeps the marks of mixed writing, and nothing that reaches beyond a word.
func TestLines(t *testing.T) {
	for typed, want := range map[string]string{
		" one\r\ntwo\x00 ":                     "one\ntwo",
		"\u202eabc\u202c \u2066x\u2069":        "abc x",
		"שלום\u200e 1\u200f, soft\u00adhyphen": "שלום\u200e 1\u200f, soft\u00adhyphen",
		"\u200b": "", "\u2800\n\u3164": "", "\u200e\u200d": "",
		"👩\u200d👧": "👩\u200d👧",
	} {
		if got := text.Lines(typed); got != want {
			t.Errorf("%+q is kept as %+q, want %+q", typed, got, want)
		}
	}
}

// Names that readers would take for one are alike; those that they tell apart aren't.
func TestAlike(t *testing.T) {
	for _, pair := range [][2]string{
		{"Kim Doe", "KIM DOE"}, {"Kim", "Kim\ufe0f"}, {"Kim", "K\u034fim"}, {"Kim", "K\u200bim"}, {"Kim", "Kim\u3164"},
		{"Paul", "Рaul"}, {"Paul", "PauI"}, {"Paul", "Ｐａｕｌ"}, {"PAUL", "paul"}, {"Anna Maria", "Anna\u2003Maria"},
		{"Zoë", "Zoe\u0308"}, {"Otto", "0tto"}, {"می\u200cرا", "میرا"}, {"Kim\u2800", "Kim"},
	} {
		if !text.Alike(pair[0], pair[1]) || !text.Alike(pair[1], pair[0]) {
			t.Errorf("%+q and %+q pass for two names", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"Kim", "Tim"}, {"Zoe", "Zoë"}, {"Ada", "Ida"}, {"נועה", "נעמי"}, {"محمد", "محمود"}, {"田中", "中田"}} {
		if text.Alike(pair[0], pair[1]) {
			t.Errorf("%q and %q pass for one name", pair[0], pair[1])
		}
	}
}

// A roster's names are brought to one form and hold a letter.
func TestName(t *testing.T) {
	for typed, want := range map[string]string{"Ｋｉｍ": "Kim", "ﬁn": "fin", "Zoe\u0308": "Zoë", "\u3164": "", "ﾠ": "", "נועה": "נועה", "می\u200cرا": "می\u200cرا"} {
		if got := text.Name(typed); got != want {
			t.Errorf("%+q is kept as %+q, want %+q", typed, got, want)
		}
	}
	for name, want := range map[string]bool{"Kim": true, "נועה": true, "田": true, "": false, "12": false, "🙂": false, "...": false, "\u3164": false, "\u0301": false} {
		if text.Lettered(name) != want {
			t.Errorf("%+q has a letter: %t", name, !want)
		}
	}
}

// FuzzText types anything. What is kept stays as it is when it is typed again, and holds something visible or
// nothing at all.
func FuzzText(f *testing.F) {
	for _, typed := range []string{"", "a", "\u200d\ufe0fa\u200d\u200c\u200db", "🏴\U000e0067\U000e007f\U000e007f", "\u2800\u3164", "a\u202eb\u2067", "\xff\x00", "ﾠﾠ\u200da", "1\ufe0f\ufe0f⃣"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for name, clean := range map[string]func(string) string{"line": text.Line, "lines": text.Lines, "name": text.Name} {
			kept := clean(typed)
			if clean(kept) != kept {
				t.Errorf("as %s, %+q is kept as %+q, and that as %+q", name, typed, kept, clean(kept))
			}
			if kept != "" && !text.Visible(kept) {
				t.Errorf("as %s, %+q is kept as %+q, which nobody sees", name, typed, kept)
			}
			for _, character := range kept {
				if unicode.Is(unicode.Bidi_Control, character) && (name != "lines" || character >= 0x202a && character != 0x200e && character != 0x200f) {
					t.Errorf("as %s, %+q is kept as %+q", name, typed, kept)
				}
			}
		}
	})
}
