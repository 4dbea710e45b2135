package browsertest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// jots notes something of today, and gives the id of the entry.
func (v *visitor) jots(t *testing.T, s *server, competency, words string) string {
	t.Helper()
	v.post(to.Note("", ""), url.Values{"noted": {words}, "day": {s.clock.now().Format(model.DateLayout)}, "competency": {competency}})
	var log report.ExportedLog
	if err := json.Unmarshal([]byte(v.get(to.LogJSON())), &log); err != nil {
		t.Fatal(err)
	}
	for _, entry := range log.Entries {
		if entry.Words == words {
			return entry.ID
		}
	}
	t.Fatalf("%q is not in the log", words)
	return ""
}

// logKinds gives whoever has a plan a log, and the pages that show it; draft is a pulse that they are at.
func logKinds(t *testing.T, s *server, planner *visitor, draft string) []kind {
	t.Helper()
	planner.jots(t, s, "", "Two teams want the same flag service by spring.")
	entry := planner.jots(t, s, "debt", "The cron job again.\nAsked for a day to move it; got the day.")
	for _, again := range strings.Fields("once twice thrice") {
		planner.jots(t, s, "debt", "Sat with whoever was on call, "+again+".")
	}
	for range model.LogPage + 1 {
		s.clock.advance(time.Minute)
		planner.post(to.Note("", ""), url.Values{"noted": {"Read a chapter on backpressure."}, "day": {s.clock.now().Format(model.DateLayout)}, "competency": {"learning"}})
	}
	day := s.clock.now().Format(model.DateLayout)
	return []kind{
		{"log", planner, to.Log(), nil, http.StatusOK, "No competency yet"},
		{"log noted in", planner, to.Log() + "?noted", nil, http.StatusOK, "Noted. It stands in"},
		{"log searched", planner, to.LogFor("CRON", "", 1), nil, http.StatusOK, "got the day"},
		{"log searched in vain", planner, to.LogFor("elephant", "debt", 1), nil, http.StatusOK, "Nothing under technical debt."},
		{"log of several pages", planner, to.LogFor("", "learning", 1), nil, http.StatusOK, "Page 1 of 2"},
		{"note", planner, to.Note("debt", to.Plan()), nil, http.StatusOK, "What happened?"},
		{"note with errors", planner, to.Note("", ""), url.Values{"noted": {strings.Repeat("long ", 200)}, "day": {"2099-01-01"}}, http.StatusUnprocessableEntity, "Before this can be saved"},
		{"note to change", planner, to.Entry(entry), nil, http.StatusOK, "Save the change"},
		{"note in conflict", planner, to.Entry(entry), tied("0-another-another-another", url.Values{"noted": {"Another tab."}, "day": {day}, "competency": {"debt"}}), http.StatusConflict, "Which counts?"},
		{"note to delete", planner, to.DeleteEntry(entry), nil, http.StatusOK, "Delete this?"},
		{"note changed before its deletion", planner, to.DeleteEntry(entry), url.Values{"meant": {"yes"}}, http.StatusConflict, "changed in another tab"},
		{"questions with what was noted", planner, to.Questions(draft, "debt"), nil, http.StatusOK, "What you noted since last time"},
	}
}
