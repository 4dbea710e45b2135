package web

import (
	"github.com/a-h/templ"
	"net/http"
	"whetstone/internal/app"
	"whetstone/views/kit"

	"whetstone/internal/model"
	mentorview "whetstone/views/mentor"
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
	lines, err := s.app.MentorLines(r.Context(), who.manager)
	if err != nil {
		return err
	}
	beside := templ.Join(planview.BesideHistory(page, history, followed), mentorview.MentorLines(page, lines))
	return s.render(w, r, status, resultsview.History(page, history, beside))
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

const renameTitle = "Rename this assessment"

func (s *Server) renameForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	name := result.Assessment.Name
	props := resultsview.RenameProps{Assessment: result.Assessment, Typed: name, Seen: app.SeenName(name)}
	return s.render(w, r, http.StatusOK, resultsview.Rename(s.page(who, renameTitle), props))
}

func (s *Server) rename(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, name := r.PathValue("assessment"), fields.Get("name")
	seen, keeps := counted(fields, resultsview.NameItem, fieldsSeen(fields, "name"))
	if !keeps {
		err = s.app.Rename(r.Context(), who.manager, id, name, seen)
	}
	if page, status := refused(s.page(who, renameTitle), err); status != 0 {
		result, err := s.app.Result(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		props := resultsview.RenameProps{Assessment: result.Assessment, Typed: name, Seen: seen}
		if status == http.StatusConflict {
			stored := result.Assessment.Name
			props.Changed = &kit.Changed{Item: resultsview.NameItem, Seen: app.SeenName(stored), Texts: []string{stored}}
		}
		return s.render(w, r, status, resultsview.Rename(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.History())
}
