package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	resultsview "whetstone/views/results"
)

func (s *Server) historyJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportHistory(r.Context(), who.manager)
	if err != nil {
		return err
	}
	attachment(w, "whetstone-history", who.zone().Day(s.Now()), "json")
	return s.stream(w, r, "application/json", func(to io.Writer) error { return export.WriteJSON(r.Context(), to) })
}

// exportPage tells what stands in each file, and offers them.
func (s *Server) exportPage(w http.ResponseWriter, r *http.Request, who visitor) error {
	page := s.page(who, "Take your history with you")
	page.Current = "history"
	return s.render(w, r, http.StatusOK, resultsview.Export(page, s.shared(who)))
}

// schema sends the schema of a JSON export, to whoever asks.
func schema(content []byte) handler {
	return func(w http.ResponseWriter, r *http.Request, _ visitor) error {
		return send(w, r, http.StatusOK, "application/schema+json", content)
	}
}

func (s *Server) historyCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.historyTable(w, r, who, "whetstone-history", report.AnswerTable)
}

func (s *Server) historyScores(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.historyTable(w, r, who, "whetstone-history-scores", report.ScoreTable)
}

func (s *Server) historyTable(w http.ResponseWriter, r *http.Request, who visitor, name string, table report.Table) error {
	export, err := s.app.ExportHistory(r.Context(), who.manager)
	if err != nil {
		return err
	}
	attachment(w, name, who.zone().Day(s.Now()), "csv")
	return s.stream(w, r, csvType, func(to io.Writer) error {
		if _, err := io.WriteString(to, byteOrderMark); err != nil {
			return err
		}
		return export.WriteCSV(r.Context(), to, table)
	})
}

func (s *Server) resultJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportAssessment(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	return sendJSON(w, r, "whetstone", who.zone().Day(export.Assessments[0].FinishedAt), export)
}

func (s *Server) resultCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportAssessment(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	return sendRows(w, r, "whetstone", who.zone().Day(export.Assessments[0].FinishedAt), export.Rows(report.AnswerTable))
}

func (s *Server) resultScores(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportScores(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	return sendRows(w, r, "whetstone-scores", who.zone().Day(export.Assessments[0].FinishedAt), export.Rows(report.ScoreTable))
}

// stream sends what write produces as it is produced, in a coding that the browser accepts, so that a long file takes
// no more memory than a short one. It stops when its reader goes. If it fails midway, the connection is broken off:
// the browser then says that the download failed, and nobody takes half a file for a complete one.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, contentType string, write func(io.Writer) error) error {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Vary", "Accept-Encoding")
	coding := codingFor(r.Header, longContent) // however long it comes to be
	if coding != "" {
		header.Set("Content-Encoding", coding)
	}
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	var err error
	if coding != "" {
		err = compressing(w, coding, write)
	} else {
		err = write(w)
	}
	if err != nil {
		if r.Context().Err() == nil {
			s.Log.Warn("a download was broken off", "request", factsOf(r).id, "route", factsOf(r).pattern, "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

// sendJSON sends an export as a file to keep, with all that is needed to recompute it.
func sendJSON(w http.ResponseWriter, r *http.Request, name string, day time.Time, export *report.ExportedHistory) error {
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, name, day, "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

const (
	csvType = "text/csv; charset=utf-8"
	// byteOrderMark tells spreadsheets that a file is UTF-8: without it some read every umlaut as two letters.
	byteOrderMark = "\ufeff"
)

// sendRows sends a table as a file for a spreadsheet.
func sendRows(w http.ResponseWriter, r *http.Request, name string, day time.Time, rows [][]string) error {
	content := bytes.NewBufferString(byteOrderMark)
	if err := csv.NewWriter(content).WriteAll(rows); err != nil {
		return err
	}
	attachment(w, name, day, "csv")
	return send(w, r, http.StatusOK, csvType, content.Bytes())
}

// attachment marks a response as a download, and names it after a day.
func attachment(w http.ResponseWriter, name string, day time.Time, extension string) {
	file := name + "-" + day.Format(model.DateLayout) + "." + extension
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file))
}
