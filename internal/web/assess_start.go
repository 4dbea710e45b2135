package web

import (
	"net/http"

	"whetstone/internal/model"
	assessview "whetstone/views/assess"
	"whetstone/views/kit"
)

func (s *Server) startForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	choices, err := s.app.StartChoices(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, assessview.Start(s.startPage(who), choices))
}

// startPage is the page of the start form. A new visitor's zone isn't known yet: the form asks for it.
func (s *Server) startPage(who visitor) kit.Page {
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
	var id string
	if who.known() {
		id, err = s.app.Start(r.Context(), who.manager, input)
	} else {
		var token string
		token, id, err = s.app.StartAsNew(r.Context(), deviceLabel(r.UserAgent()), input)
		if err == nil {
			err = s.adopt(w, r, token)
		}
	}
	if page, bad := withErrors(s.startPage(who), err); bad {
		return s.startAgain(w, r, who, page, input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Begin(id))
}

// startAgain shows the form again, as it was filled in, with what is wrong.
func (s *Server) startAgain(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, input model.StartInput) error {
	page.ErrorsTitle = "Before this can start"
	choices, err := s.app.StartChoices(r.Context(), who.manager)
	if err != nil {
		return err
	}
	choices.Chosen = input
	return s.render(w, r, http.StatusUnprocessableEntity, assessview.Start(page, choices))
}

// begin leads a draft that was just started to its first question, or to how a level is chosen, the first time.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("assessment")
	beginning, err := s.app.Begin(r.Context(), who.manager, id)
	switch {
	case err != nil:
		return s.toResult(w, r, err)
	case beginning.Follow:
		return redirect(w, r, s.paths.Following(id))
	}
	return redirect(w, r, s.firstPage(id, beginning))
}

// firstPage is where the questions of a draft that was just started begin.
func (s *Server) firstPage(id string, beginning model.Beginning) string {
	switch {
	case beginning.Example:
		return s.paths.Example(id)
	case beginning.Next == "":
		return s.paths.Review(id)
	}
	return s.paths.Questions(id, beginning.Next)
}

// example shows how a level is chosen.
func (s *Server) example(w http.ResponseWriter, r *http.Request, who visitor) error {
	progress, err := s.app.Progress(r.Context(), who.manager, r.PathValue("assessment"))
	if err != nil {
		return s.toResult(w, r, err)
	}
	return s.render(w, r, http.StatusOK, assessview.Example(s.page(who, "How a level is chosen"), progress))
}
