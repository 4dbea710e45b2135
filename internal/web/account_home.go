package web

import (
	"errors"
	"net/http"

	"whetstone/internal/model"
	accountview "whetstone/views/account"
	assessview "whetstone/views/assess"
	"whetstone/views/kit"
	resultsview "whetstone/views/results"
)

func (s *Server) assessments(w http.ResponseWriter, r *http.Request, who visitor) error {
	summaries := &model.Summaries{}
	if who.known() {
		var err error
		if summaries, err = s.app.Results(r.Context(), who.manager); err != nil {
			return err
		}
	}
	page := s.page(who, "Your assessments")
	page.Current = "assessments"
	return s.render(w, r, http.StatusOK, accountview.Assessments(page, summaries, resultsview.Headline))
}

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
