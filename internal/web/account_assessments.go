package web

import (
	"net/http"

	"whetstone/internal/model"
	accountview "whetstone/views/account"
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
