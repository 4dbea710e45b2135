package web

import (
	"errors"
	"net/http"

	"whetstone/internal/model"
	assessview "whetstone/views/assess"
)

// toResult leads from the pages of a draft to its result once it is finished, as after the back
// button or a second press of "Finish".
func (s *Server) toResult(w http.ResponseWriter, r *http.Request, err error) error {
	if errors.Is(err, model.ErrFinished) {
		return redirect(w, r, s.paths.Result(r.PathValue("assessment")))
	}
	return err
}

func (s *Server) assessment(w http.ResponseWriter, r *http.Request, who visitor) error {
	progress, err := s.app.Progress(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return s.toResult(w, r, err)
	}
	page := s.page(who, progress.Assessment.QuestionnaireName)
	return s.render(w, r, http.StatusOK, assessview.Assessment(page, progress))
}

func (s *Server) review(w http.ResponseWriter, r *http.Request, who visitor) error {
	review, err := s.app.Review(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return s.toResult(w, r, err)
	}
	return s.render(w, r, http.StatusOK, assessview.Review(s.page(who, "Check your answers"), review))
}

func (s *Server) finish(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
	err = s.app.Finish(r.Context(), who.manager, id, fields.Get("meant") == "yes", who.zone())
	if page, bad := withErrors(s.page(who, "Check your answers"), err); bad {
		page.ErrorsTitle = "Before this can be finished"
		review, err := s.app.Review(r.Context(), who.manager, id)
		if err != nil {
			return s.toResult(w, r, err)
		}
		return s.render(w, r, http.StatusUnprocessableEntity, assessview.Review(page, review))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Result(id))
}
