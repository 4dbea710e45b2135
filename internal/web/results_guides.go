package web

import (
	"net/http"

	resultsview "whetstone/views/results"
)

func (s *Server) guides(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.render(w, r, http.StatusOK, resultsview.Guides(s.publicPage(who, "Guides"), s.app.Guides(), s.app.Model()))
}

func (s *Server) guide(w http.ResponseWriter, r *http.Request, who visitor) error {
	guide, err := s.app.Guide(r.PathValue("guide"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, resultsview.Guide(s.publicPage(who, guide.Title), guide, s.app.Model()))
}
