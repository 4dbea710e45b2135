package web

import (
	"errors"
	"net/http"

	"whetstone/internal/model"
	assessview "whetstone/views/assess"
	"whetstone/views/kit"
)

// deleteForm asks before an assessment is deleted: a draft, or a finished one with everything that belongs to it.
func (s *Server) deleteForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	progress, err := s.app.Progress(r.Context(), who.manager, id)
	if errors.Is(err, model.ErrFinished) {
		return s.deleteFinishedForm(w, r, who, http.StatusOK, s.page(who, deleteTitle))
	}
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, assessview.DeleteDraft(s.page(who, "Delete this draft"), progress))
}

const deleteTitle = "Delete this assessment"

func (s *Server) deleteFinishedForm(w http.ResponseWriter, r *http.Request, who visitor, status int, page kit.Page) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	return s.render(w, r, status, assessview.DeleteFinished(page, result))
}

func (s *Server) delete(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id := r.PathValue("assessment")
	err = s.app.DeleteDraft(r.Context(), who.manager, id)
	if errors.Is(err, model.ErrFinished) {
		return s.deleteFinished(w, r, who, id, fields.Get("meant") == "yes")
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Assessments())
}

func (s *Server) deleteFinished(w http.ResponseWriter, r *http.Request, who visitor, id string, meant bool) error {
	erasure, err := s.app.DeleteAssessment(r.Context(), who.manager, id, meant)
	if page, bad := withErrors(s.page(who, deleteTitle), err); bad {
		page.ErrorsTitle = "Before it is deleted"
		return s.deleteFinishedForm(w, r, who, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	s.noteErasure(r, erasure)
	return redirect(w, r, s.paths.Assessments())
}

// noteErasure logs what kept a deletion from reaching further.
func (s *Server) noteErasure(r *http.Request, erasure model.Erasure) {
	if erasure.Problem != nil {
		s.Log.Warn("deleted rows could not be overwritten", "request", factsOf(r).id, "error", erasure.Problem)
	}
}
