package web

import (
	"net/http"

	"whetstone/internal/model"
	planview "whetstone/views/plan"
	resultsview "whetstone/views/results"
)

func (s *Server) history(w http.ResponseWriter, r *http.Request, who visitor) error {
	history, err := s.app.History(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return s.renderHistory(w, r, who, history, nil)
}

// renderHistory shows a history with what its manager worked on meanwhile, and what is wrong with the choice of two to
// compare, if anything.
func (s *Server) renderHistory(w http.ResponseWriter, r *http.Request, who visitor, history *model.History, wrong []model.FieldError) error {
	followed, err := s.app.FollowedAt(r.Context(), who.manager, history)
	if err != nil {
		return err
	}
	page, status := s.page(who, "Your history"), http.StatusOK
	page.Current = "history"
	if len(wrong) > 0 {
		page.Errors, page.ErrorsTitle, status = wrong, "Before these can be compared", http.StatusUnprocessableEntity
	}
	return s.render(w, r, status, resultsview.History(page, history, planview.BesideHistory(page, history, followed)))
}

// compare sets two assessments side by side. If two were not chosen, the history asks for them.
func (s *Server) compare(w http.ResponseWriter, r *http.Request, who visitor) error {
	from, to := r.URL.Query().Get("from"), r.URL.Query().Get("to")
	if from == "" || to == "" || from == to {
		history, err := s.app.History(r.Context(), who.manager)
		if err != nil {
			return err
		}
		return s.renderHistory(w, r, who, history, []model.FieldError{{Field: "to", Message: "Choose two different assessments."}})
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
