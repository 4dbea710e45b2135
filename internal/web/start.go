package web

import (
	"net/http"

	"whetstone/internal/model"
	"whetstone/views"
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
	return s.render(w, r, http.StatusOK, views.Landing(s.page(who, "Are you still technical, in the way your role needs?"), welcome, views.Sample(welcome.Sample)))
}

func (s *Server) method(w http.ResponseWriter, r *http.Request, who visitor) error {
	method, err := s.app.Method(r.Context(), who.manager)
	if err != nil {
		return err
	}
	page := s.page(who, "How we measure")
	page.Current = "method"
	return s.render(w, r, http.StatusOK, views.Method(page, views.MethodProps{
		Method:  method,
		Mentors: views.MethodMentors(method.Constants, views.ExampleScore(method.Constants)),
		Teams:   views.MethodTeams(method.Constants),
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
	return s.render(w, r, http.StatusOK, views.About(page, views.AboutTeams(page)))
}

func (s *Server) startForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	choices, err := s.app.StartChoices(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.Start(s.startPage(who), choices))
}

// startPage is the page of the start form. Who is nobody yet has told no zone: the form does.
func (s *Server) startPage(who visitor) views.Page {
	page := s.page(who, "Before you start")
	page.AsksZone = who.session.ID == ""
	return page
}

// start begins an assessment. The first one makes the manager and the session that it belongs to.
func (s *Server) start(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := model.StartInput{
		Questionnaire: fields.Get("questionnaire"),
		Craft:         fields.Get("craft"),
		Form:          fields.Get("form"),
		From:          s.clientCode(r),
		Zone:          who.zone(),
	}
	if who.session.ID == "" {
		input.Zone, _ = model.ReadZone(fields.Get("browser-zone"))
	}
	page, bad := withErrors(s.startPage(who), s.app.CheckStart(input))
	if bad {
		return s.startAgain(w, r, who, page, input)
	}
	if !who.known() {
		token, id, err := s.app.StartAsNew(r.Context(), deviceLabel(r.UserAgent()), input)
		if err != nil {
			return err
		}
		if err := s.adopt(w, r, token); err != nil {
			return err
		}
		return redirect(w, r, s.paths.Assessment(id))
	}
	id, err := s.app.Start(r.Context(), who.manager, input)
	if page, bad := withErrors(page, err); bad {
		return s.startAgain(w, r, who, page, input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Assessment(id))
}

// startAgain shows the form again, as it was filled in, with what is wrong.
func (s *Server) startAgain(w http.ResponseWriter, r *http.Request, who visitor, page views.Page, input model.StartInput) error {
	page.ErrorsTitle = "Before this can start"
	choices, err := s.app.StartChoices(r.Context(), who.manager)
	if err != nil {
		return err
	}
	choices.Chosen = input
	return s.render(w, r, http.StatusUnprocessableEntity, views.Start(page, choices))
}
