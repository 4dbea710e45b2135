package web

import (
	"net/http"

	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
	resultsview "whetstone/views/results"
	siteview "whetstone/views/site"
	teamview "whetstone/views/team"
)

// welcome is the landing page, which a stranger finds at the root.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request, who visitor) error {
	page := s.publicPage(who, "Are you still technical, in the way your role needs?")
	page.Description = siteview.Description
	page.Address = s.BaseURL.Scheme + "://" + s.BaseURL.Host + s.paths.Home()
	return s.renderLanding(w, r, page)
}

// landing is the landing page for whoever is no stranger any more, under About.
func (s *Server) landing(w http.ResponseWriter, r *http.Request, who visitor) error {
	page := s.page(who, "Whetstone in short")
	page.Current = "about"
	return s.renderLanding(w, r, page)
}

func (s *Server) renderLanding(w http.ResponseWriter, r *http.Request, page kit.Page) error {
	welcome := s.app.Welcome()
	return s.render(w, r, http.StatusOK, siteview.Landing(page, welcome, resultsview.Sample(welcome.Sample)))
}

// publicPage is a page that belongs to nobody. Search engines may list it for strangers where the operator allows it.
func (s *Server) publicPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Listed = s.SearchEngines && !who.known() && !who.mentoring
	return page
}

func (s *Server) method(w http.ResponseWriter, r *http.Request, who visitor) error {
	method, err := s.app.Method(r.Context(), who.manager)
	if err != nil {
		return err
	}
	page := s.publicPage(who, "How we measure")
	page.Current = "method"
	return s.render(w, r, http.StatusOK, siteview.Method(page, siteview.MethodProps{
		Method:  method,
		Mentors: mentorview.MethodMentors(method.Constants, siteview.ExampleScore(method.Constants)),
		Teams:   teamview.MethodTeams(page, method.Constants),
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
	page := s.publicPage(who, "About")
	page.Current = "about"
	return s.render(w, r, http.StatusOK, siteview.About(page, teamview.AboutTeams(page)))
}
