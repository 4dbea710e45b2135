package web

import (
	"net/http"

	"github.com/a-h/templ"

	"whetstone/internal/app"
	accountview "whetstone/views/account"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
	planview "whetstone/views/plan"
	resultsview "whetstone/views/results"
	teamview "whetstone/views/team"
)

func (s *Server) result(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	result, err := s.app.Result(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	props, err := resultsview.Charts(result)
	if err != nil {
		return err
	}
	offers, err := s.app.ContributionOffers(r.Context(), result)
	if err != nil {
		return err
	}
	page := s.page(who, "Your result, "+who.zone().LongDate(result.Assessment.FinishedAt))
	props.Offers = templ.Join(accountview.KeyOffer(page), teamview.Contributions(page, id, offers))
	news, err := s.app.MentorNews(r.Context(), who.manager)
	if err != nil {
		return err
	}
	props.News = kit.SignsHere(page, news.Of(id))
	followed, err := s.app.Followed(r.Context(), result)
	if err != nil {
		return err
	}
	props.Worked = planview.BesideResult(page, followed)
	evidence, err := s.app.Evidence(r.Context(), result, who.zone())
	if err != nil {
		return err
	}
	props.Evidence = planview.Evidence(page, evidence)
	beside, err := s.app.MapBeside(r.Context(), result)
	if err != nil {
		return err
	}
	props.MapRisk, props.Map = depthview.RiskPlace(page, beside), depthview.BesideResult(page, beside)
	next, err := s.app.NextAssessment(r.Context(), who.manager, who.zone())
	if err != nil {
		return err
	}
	props.Again = planview.LookAgain(page, planview.LookAgainProps{NextAssessment: next, Result: id, Seen: app.SeenCadence(next.Cadence), Today: who.zone().Day(s.Now())})
	page.Current = "assessments"
	return s.render(w, r, http.StatusOK, resultsview.Result(page, props))
}

func (s *Server) onePage(w http.ResponseWriter, r *http.Request, who visitor) error {
	result, err := s.app.Result(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return err
	}
	page := s.page(who, "One page for a conversation")
	page.Current = "assessments"
	return s.render(w, r, http.StatusOK, resultsview.OnePage(page, result))
}
