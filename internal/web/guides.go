package web

import (
	"net/http"

	"whetstone/views"
)

func (s *Server) guides(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.render(w, r, http.StatusOK, views.Guides(s.page(who, "Guides"), s.app.Guides(), s.app.Model()))
}

func (s *Server) guide(w http.ResponseWriter, r *http.Request, who visitor) error {
	guide, err := s.app.Guide(r.PathValue("guide"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.Guide(s.page(who, guide.Title), guide, s.app.Model()))
}
