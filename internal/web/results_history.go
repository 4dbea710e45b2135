package web

import (
	"net/http"

	"whetstone/internal/model"
	resultsview "whetstone/views/results"
)

func (s *Server) history(w http.ResponseWriter, r *http.Request, who visitor) error {
	history, err := s.app.History(r.Context(), who.manager)
	if err != nil {
		return err
	}
	page := s.page(who, "Your history")
	page.Current = "history"
	return s.render(w, r, http.StatusOK, resultsview.History(page, history))
}

// compare sets two assessments side by side. If two were not chosen, the history asks for them.
func (s *Server) compare(w http.ResponseWriter, r *http.Request, who visitor) error {
	from, to := r.URL.Query().Get("from"), r.URL.Query().Get("to")
	if from == "" || to == "" || from == to {
		history, err := s.app.History(r.Context(), who.manager)
		if err != nil {
			return err
		}
		page := s.page(who, "Your history")
		page.Current, page.ErrorsTitle = "history", "Before these can be compared"
		page.Errors = []model.FieldError{{Field: "to", Message: "Choose two different assessments."}}
		return s.render(w, r, http.StatusUnprocessableEntity, resultsview.History(page, history))
	}
	comparison, err := s.app.Compare(r.Context(), who.manager, from, to)
	if err != nil {
		return err
	}
	page := s.page(who, "Two assessments compared")
	page.Current = "history"
	return s.render(w, r, http.StatusOK, resultsview.Compare(page, comparison))
}

func (s *Server) renameForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, resultsview.Rename(s.page(who, "Rename this assessment"), result.Assessment, result.Assessment.Name))
}

func (s *Server) rename(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, name := r.PathValue("assessment"), fields.Get("name")
	result, err := s.app.Result(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	err = s.app.Rename(r.Context(), who.manager, id, name)
	if page, bad := withErrors(s.page(who, "Rename this assessment"), err); bad {
		return s.render(w, r, http.StatusUnprocessableEntity, resultsview.Rename(page, result.Assessment, name))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.History())
}
