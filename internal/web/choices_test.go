package web_test

import (
	"testing"

	"whetstone/internal/web"
	"whetstone/views/kit"
)

// What was chosen in a list and can't be saved is given back in the words of that list, not as what the form sends.
func TestChoicesAreGivenBackInTheirWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	// By label and what is sent: the lists that say what they send, as numbers, have themselves.
	want := map[[2]string]string{
		{"How deep are you in it today?", "none"}: "None", {"How deep are you in it today?", "deep"}: "Deep",
		{"How much hangs on it?", "high"}: "Much", {"On whom do you rely?", "data-partner"}: "Data or analytics partner",
		{"To which depth?", "conversant"}: "Conversant", {"And how much hangs on it?", "medium"}: "It would cost weeks",
		{"Domain", "frontend"}: "Front end", {"Domain", "own-2"}: "domain 2 of their own",
		{"Importance", "3"}: "high", {"Target", "2.5"}: "2.5", {"Level", "3.5"}: "3.5",
		{"Time zone", "America/New_York"}: "America/New York", {"Its time zone", "America/New_York"}: "America/New York",
	}
	told := map[string]bool{}
	for sent := range want {
		told[sent[0]] = true
	}
	for pattern, fields := range web.Fields(s.configuration) {
		for _, field := range fields {
			if field.Kind != kit.Choice || field.Few {
				continue
			}
			if !told[field.Label] {
				t.Errorf("%s: nothing is said of how what is chosen under %q is given back", pattern, field.Label)
			}
			for sent, words := range want {
				if sent[0] != field.Label {
					continue
				}
				if given, _ := kit.Given(fields, field.Name, sent[1], s.useCases.Wording); given.Text != words {
					t.Errorf("%s: %q under %q is given back as %q, want %q", pattern, sent[1], sent[0], given.Text, words)
				}
			}
		}
	}
}
