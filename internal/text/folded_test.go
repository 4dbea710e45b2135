package text_test

import (
	"strings"
	"testing"

	"whetstone/internal/text"
)

func TestSought(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		text, search string
		want         bool
	}{
		{"Asked what the queue does at the tenth retry.", "QUEUE retry", true},
		{"Asked what the queue does at the tenth retry.", "queue eleventh", false},
		{"Die Straße war gesperrt", "STRASSE", true},
		{"ΟΔΥΣΣΕΥΣ", "οδυσσευς", true},
		{"cafe\u0301 at noon", "CAFÉ", true},
		{"a re\u00advert", "revert", true},
		{"漢字 and ﬁles", "字 files", true},
		{"100 % of it", "100 %", true},
		{"100 of it", "%", false},
		{"anything", "", true},
	} {
		if got := text.Sought(one.text, strings.Fields(text.Folded(one.search))); got != one.want {
			t.Errorf("%q in %q: %t", one.search, one.text, got)
		}
	}
}
