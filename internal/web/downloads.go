package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

func (s *Server) historyJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportHistory(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return sendJSON(w, r, "whetstone-history", who.zone().Day(s.Now()), export)
}

func (s *Server) historyCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportHistory(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return sendCSV(w, r, "whetstone-history", who.zone().Day(s.Now()), export)
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

// sendJSON sends an export as a file to keep, with all that is needed to recompute it.
func sendJSON(w http.ResponseWriter, r *http.Request, name string, day time.Time, export *app.ExportedHistory) error {
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, name, day, "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

// sendCSV sends an export as a file for a spreadsheet, one row an answer.
func sendCSV(w http.ResponseWriter, r *http.Request, name string, day time.Time, export *app.ExportedHistory) error {
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

// attachment says that a response is a download, and names it after a day.
func attachment(w http.ResponseWriter, name string, day time.Time, extension string) {
	file := name + "-" + day.Format(model.DateLayout) + "." + extension
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file))
}
