package web_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"whetstone/internal/app"
)

// The history and one assessment are downloads, and what is downloaded can be recomputed.
func TestDownloads(t *testing.T) {
	s := newSite(t)
	owner := s.browser()
	first := owner.finished("first-team", "full")
	s.clock.advance(90 * day)
	owner.finished("first-team", "full")
	owner.begun("first-team", "pulse")
	history := owner.get(s.paths.History()).wantStatus(http.StatusOK)
	for _, address := range []string{s.paths.HistoryJSON(), s.paths.HistoryCSV()} {
		if !strings.Contains(history.body, `href="`+address+`" download`) {
			t.Errorf("the history page has no link to %s", address)
		}
	}
	chosen, _ := s.library.Questionnaire("first-team")
	asked := len(chosen.Items("full"))
	for _, export := range []struct {
		name        string
		json, csv   string
		assessments int
	}{
		{"whetstone-history-2027-02-14", s.paths.HistoryJSON(), s.paths.HistoryCSV(), 2},
		{"whetstone-2026-11-16", s.paths.ResultJSON(first), s.paths.ResultCSV(first), 1},
	} {
		file := owner.get(export.json).wantStatus(http.StatusOK)
		wantDownload(t, file, "application/json", export.name+".json")
		recomputed, err := app.Recompute(strings.NewReader(file.body))
		if err != nil || recomputed.Assessments != export.assessments || len(recomputed.Differences) > 0 {
			t.Errorf("%s: %+v, %v", export.json, recomputed, err)
		}
		table := owner.get(export.csv).wantStatus(http.StatusOK)
		wantDownload(t, table, "text/csv; charset=utf-8", export.name+".csv")
		rows, err := csv.NewReader(strings.NewReader(table.body)).ReadAll()
		if err != nil || len(rows) != 1+export.assessments*asked {
			t.Errorf("%s: %d rows for %d answers, %v", export.csv, len(rows), export.assessments*asked, err)
		}
	}
}

func wantDownload(t *testing.T, file *page, contentType, name string) {
	t.Helper()
	if got := file.header.Get("Content-Type"); got != contentType {
		t.Errorf("%s: content type %q", name, got)
	}
	if got := file.header.Get("Content-Disposition"); got != `attachment; filename="`+name+`"` {
		t.Errorf("%s: disposition %q", name, got)
	}
	if got := file.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("%s: cache control %q", name, got)
	}
}
