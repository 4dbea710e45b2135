package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views"
)

func (s *Server) result(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	result, err := s.app.Result(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	props, err := views.Charts(result)
	if err != nil {
		return err
	}
	page := s.page(who, "Your result, "+model.LongDate(result.Assessment.FinishedAt))
	page.Current = "assessments"
	return s.render(w, r, http.StatusOK, views.Result(page, props))
}

// attachment names a download after the assessment's day and says that it is one.
func attachment(w http.ResponseWriter, result *model.Result, extension string) {
	name := "whetstone-" + result.Assessment.FinishedAt.Format(model.DateLayout) + "." + extension
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
}

func (s *Server) resultJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(app.Export(result), "", "  ")
	if err != nil {
		return err
	}
	attachment(w, result, "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

func (s *Server) resultCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	var content bytes.Buffer
	writer := csv.NewWriter(&content)
	if err := writer.WriteAll(app.ExportRows(result)); err != nil {
		return err
	}
	attachment(w, result, "csv")
	return send(w, r, http.StatusOK, "text/csv; charset=utf-8", content.Bytes())
}
