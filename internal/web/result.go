package web

import (
	"net/http"

	"github.com/a-h/templ"

	"whetstone/internal/model"
	"whetstone/views"
)

func (s *Server) result(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	result, err := s.app.Result(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	props, err := views.Charts(result)
	if err != nil {
		return err
	}
	offers, err := s.app.ContributionOffers(r.Context(), result)
	if err != nil {
		return err
	}
	page := s.page(who, "Your result, "+model.LongDate(result.Assessment.FinishedAt))
	props.Offers = templ.Join(views.KeyOffer(page), views.Contributions(page, id, offers))
	page.Current = "assessments"
	return s.render(w, r, http.StatusOK, views.Result(page, props))
}
