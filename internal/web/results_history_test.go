package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A history says which two assessments its latest step is told of, also where others lie between them.
func TestHistoryNamesThePairThatItCompares(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	later := func(form string) *page {
		s.clock.advance(30 * day)
		owner.finished("first-team", form)
		return owner.get(s.paths.History()).wantStatus(http.StatusOK)
	}
	unsaid := func(got *page, words string) {
		t.Helper()
		if strings.Contains(got.text(), words) {
			t.Errorf("the history says %q\n%s", words, got.excerpt())
		}
	}
	later("full")
	unsaid(later("full").wantText("The last two assessments"), "between them")
	unsaid(later("pulse").wantText("The last two assessments"), "between them")
	got := later("full").wantText("The last two full assessments").wantText("One pulse lies between them, and can’t be compared with the latest as fully.")
	unsaid(got, "The last two assessments")
	later("pulse")
	later("pulse")
	later("full").wantText("The last two full assessments").wantText("Two pulses lie between them")

	// A full one with too few answers is passed over as well, and is none of “the last two full ones”.
	s.clock.advance(30 * day)
	few := owner.begun("first-team", "full")
	owner.post(s.paths.Finish(few), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	got = later("full").wantText("The latest assessment, and the one of").wantText("One assessment lies between them")
	unsaid(got, "The last two")
}
