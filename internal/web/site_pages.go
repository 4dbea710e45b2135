package web

import (
	"net/http"

	mentorview "whetstone/views/mentor"
	resultsview "whetstone/views/results"
	siteview "whetstone/views/site"
	teamview "whetstone/views/team"
)

func (s *Server) landing(w http.ResponseWriter, r *http.Request, who visitor) error {
	mentor, err := s.mentor(w, r)
	if err != nil {
		return err
	}
	welcome, err := s.app.Welcome(r.Context(), who.manager, mentor)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, siteview.Landing(s.page(who, "Are you still technical, in the way your role needs?"), welcome, resultsview.Sample(welcome.Sample)))
}

func (s *Server) method(w http.ResponseWriter, r *http.Request, who visitor) error {
	method, err := s.app.Method(r.Context(), who.manager)
	if err != nil {
		return err
	}
	page := s.page(who, "How we measure")
	page.Current = "method"
	return s.render(w, r, http.StatusOK, siteview.Method(page, siteview.MethodProps{
		Method:  method,
		Mentors: mentorview.MethodMentors(method.Constants, siteview.ExampleScore(method.Constants)),
		Teams:   teamview.MethodTeams(method.Constants),
	}))
}

// allowReliability takes the choice to count in this instance's reliability.
func (s *Server) allowReliability(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if err := s.app.AllowReliability(r.Context(), who.manager, fields.Get("allow") == "yes"); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Method()+"#reliability")
}

func (s *Server) about(w http.ResponseWriter, r *http.Request, who visitor) error {
	page := s.page(who, "About")
	page.Current = "about"
	return s.render(w, r, http.StatusOK, siteview.About(page, teamview.AboutTeams(page)))
}
