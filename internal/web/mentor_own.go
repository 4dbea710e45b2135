package web

import (
	"encoding/json"
	"net/http"

	"whetstone/internal/text"
	mentorview "whetstone/views/mentor"
)

func (s *Server) ownWords(w http.ResponseWriter, r *http.Request, who visitor) error {
	list, err := s.app.OwnWords(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	closed, err := s.app.ClosedToVisitor(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.OwnWords(s.mentorPage(who, "What you have written"), list, r.URL.Query().Has("deleted"), closed))
}

func (s *Server) ownWordsJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.OwnWordsExport(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, "whetstone-own-words", who.zone().Day(s.Now()), "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

// deleteOwnForm asks before a mentor's review is deleted.
func (s *Server) deleteOwnForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	own, err := s.app.OwnReview(r.Context(), who.mentor, r.PathValue("review"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.DeleteOwn(s.mentorPage(who, "Delete what you wrote for "+text.Isolated(own.Sharer)), own))
}

func (s *Server) deleteOwn(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.DeleteOwnReview(r.Context(), who.mentor, r.PathValue("review")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.OwnWords()+"?deleted")
}
