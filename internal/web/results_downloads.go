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
)

func (s *Server) historyJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportHistory(r.Context(), who.manager)
	if err != nil {
		return err
	}
	attachment(w, "whetstone-history", who.zone().Day(s.Now()), "json")
	return s.stream(w, r, "application/json", func(to io.Writer) error { return export.WriteJSON(r.Context(), to) })
}

func (s *Server) historyCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportHistory(r.Context(), who.manager)
	if err != nil {
		return err
	}
	attachment(w, "whetstone-history", who.zone().Day(s.Now()), "csv")
	return s.stream(w, r, "text/csv; charset=utf-8", func(to io.Writer) error { return export.WriteCSV(r.Context(), to) })
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
	return sendCSV(w, r, "whetstone", who.zone().Day(export.Assessments[0].FinishedAt), export)
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

// sendCSV sends an export as a file for a spreadsheet, one row an answer.
func sendCSV(w http.ResponseWriter, r *http.Request, name string, day time.Time, export *report.ExportedHistory) error {
	return sendRows(w, r, name, day, export.Rows())
}

// sendRows sends a table as a file for a spreadsheet.
func sendRows(w http.ResponseWriter, r *http.Request, name string, day time.Time, rows [][]string) error {
	var content bytes.Buffer
	if err := csv.NewWriter(&content).WriteAll(rows); err != nil {
		return err
	}
	attachment(w, name, day, "csv")
	return send(w, r, http.StatusOK, "text/csv; charset=utf-8", content.Bytes())
}

// attachment marks a response as a download, and names it after a day.
func attachment(w http.ResponseWriter, name string, day time.Time, extension string) {
	file := name + "-" + day.Format(model.DateLayout) + "." + extension
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file))
}
