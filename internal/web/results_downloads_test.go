package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"whetstone/internal/report"
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
	for _, address := range []string{s.paths.HistoryJSON(), s.paths.HistoryCSV(), s.paths.HistoryScores()} {
		if !strings.Contains(history.body, `href="`+address+`" download`) {
			t.Errorf("the history page has no link to %s", address)
		}
	}
	chosen, _ := s.library.Questionnaire("first-team")
	asked := chosen.Asked("full", "software")
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
		recomputed, err := report.Recompute(strings.NewReader(file.body))
		if err != nil || recomputed.Assessments != export.assessments || len(recomputed.Differences) > 0 {
			t.Errorf("%s: %+v, %v", export.json, recomputed, err)
		}
		table := owner.get(export.csv).wantStatus(http.StatusOK)
		wantDownload(t, table, "text/csv; charset=utf-8", export.name+".csv")
		rows := table.rows()
		if len(rows) != export.assessments*asked || rows[0]["competency_name"] == "" || rows[0]["area_name"] == "" || rows[0]["scope_name"] != "Leading a first team" {
			t.Errorf("%s: %d rows for %d answers, the first is %v", export.csv, len(rows), export.assessments*asked, rows[0])
		}
	}
	for _, scores := range []struct {
		name, address string
		assessments   int
	}{
		{"whetstone-history-scores-2027-02-14", s.paths.HistoryScores(), 2},
		{"whetstone-scores-2026-11-16", s.paths.ResultScores(first), 1},
	} {
		file := owner.get(scores.address).wantStatus(http.StatusOK)
		wantDownload(t, file, "text/csv; charset=utf-8", scores.name+".csv")
		if rows := file.rows(); len(rows) != scores.assessments*(1+4+7+2+12) || rows[0]["id_name"] != "All together" {
			t.Errorf("%s: %d rows, the first is %v", scores.address, len(rows), rows[0])
		}
	}
}

// The page on exports names every column, and the schema is there for whoever has a file.
func TestExportsAreExplained(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	owner.commits("debt")
	owner.jots("debt", "The cron job again.")
	owner.maps("first-team", placing("ux", "none", "high")...)
	explained := owner.visit(owner.get(s.paths.History()).link("Take your history with you")).wantStatus(http.StatusOK)
	for _, table := range []report.Table{report.AnswerTable, report.ScoreTable} {
		for _, column := range table.Columns {
			explained.wantText(column.Name).wantText(column.Meaning)
		}
	}
	assessment := owner.finished("first-team", "full")
	mentor, share := s.browser(), owner.shares(assessment, everything())
	mentor.opens(share)
	mentor.rates(share, "design", "5", "")
	mentor.sends(share, "Mina", "A word.")
	for address, content := range map[string][]byte{
		mentor.get(s.paths.OwnWords()).link("a JSON Schema"):              report.OwnWordsSchema,
		owner.get(s.paths.Conversation(assessment)).link("a JSON Schema"): report.ConversationSchema,
		explained.link("A JSON Schema"):                                   report.HistorySchema,
		owner.get(s.paths.Plan()).link("a JSON Schema"):                   report.PlanSchema,
		owner.get(s.paths.Log()).link("a JSON Schema"):                    report.LogSchema,
		owner.get(s.paths.DepthMaps()).link("a JSON Schema"):              report.MapsSchema,
	} {
		schema := s.browser().get(address).wantStatus(http.StatusOK)
		if got := schema.header.Get("Content-Type"); got != "application/schema+json" || schema.body != string(content) {
			t.Errorf("%s is sent as %q, %d bytes", address, got, len(schema.body))
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

// leaving is a connection whose reader goes away after so many bytes.
type leaving struct {
	http.ResponseWriter
	after int
}

// Write implements http.ResponseWriter.
func (l *leaving) Write(content []byte) (int, error) {
	if l.after -= len(content); l.after < 0 {
		return 0, errors.New("gone")
	}
	return l.ResponseWriter.Write(content)
}

// A history goes out as it is made, in every coding as the same file. Where it can't be sent to its end the connection is
// broken off, so that half a file doesn't pass for a whole one.
func TestHistoryIsStreamed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	for _, address := range []string{s.paths.HistoryJSON(), s.paths.HistoryCSV(), s.paths.HistoryScores()} {
		plain := owner.get(address, accepting("identity")).wantStatus(http.StatusOK)
		for _, coding := range []string{"identity", "gzip", "zstd", "br"} {
			got := owner.get(address, accepting(coding))
			if got.unpack() != plain.body || got.header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s as %s differs, or doesn’t vary", address, coding)
			}
			head := owner.request(http.MethodHead, address, nil, accepting(coding))
			if head.body != "" || head.header.Get("Content-Encoding") != got.header.Get("Content-Encoding") {
				t.Errorf("%s as %s: HEAD gives %d bytes, coded as %q", address, coding, len(head.body), head.header.Get("Content-Encoding"))
			}
			request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, s.configuration.BaseURL.String()+strings.TrimPrefix(address, "/"), nil)
			request.Header.Set("Accept-Encoding", coding)
			for _, cookie := range owner.client.Jar.Cookies(s.configuration.BaseURL) {
				request.AddCookie(cookie)
			}
			if problem := panicOf(func() {
				s.handler.ServeHTTP(&leaving{httptest.NewRecorder(), len(got.body) / 2}, request)
			}); problem != http.ErrAbortHandler {
				t.Errorf("%s as %s, when its reader goes away: %v", address, coding, problem)
			}
		}
	}
}

// panicOf returns what a call panics with.
func panicOf(call func()) (problem any) {
	defer func() { problem = recover() }()
	call()
	return nil
}
