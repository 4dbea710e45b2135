package web

import (
	"net/http"
	"net/url"

	"whetstone/internal/model"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

const practiceTitle = "Our one practice"

func (s *Server) practice(w http.ResponseWriter, r *http.Request, who visitor) error {
	shown, err := s.app.TeamPractices(r.Context(), who.manager, r.PathValue("team"), r.URL.Query().Get("from"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.Practices(s.teamsPage(who, practiceTitle), shown))
}

// propose takes what a member proposes to a team.
func (s *Server) propose(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team := r.PathValue("team")
	input := model.ProposalInput{
		Words: fields.Get("words"), Competency: fields.Get("competency"), Practice: fields.Get("practice"), From: s.clientCode(r),
	}
	err = s.app.Propose(r.Context(), who.manager, team, input)
	if page, bad := withErrors(s.teamsPage(who, practiceTitle), err); bad {
		page.ErrorsTitle = "Before it can be proposed"
		return s.renderPractices(w, r, who, page, input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Practice(team)+"#proposed-title")
}

// renderPractices shows the page of a team's practice again, with what is wrong and what was typed.
func (s *Server) renderPractices(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, typed model.ProposalInput) error {
	shown, err := s.app.TeamPractices(r.Context(), who.manager, r.PathValue("team"), "")
	if err != nil {
		return err
	}
	shown.Input = typed
	return s.render(w, r, http.StatusUnprocessableEntity, teamview.Practices(page, shown))
}

// changeProposal makes a proposal the team's practice, or takes it off the list.
func (s *Server) changeProposal(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team, proposal := r.PathValue("team"), r.PathValue("proposal")
	switch fields.Get("do") {
	case "set":
		err = s.app.Agree(r.Context(), who.manager, team, proposal, fields.Get("instead"))
	case "withdraw":
		err = s.app.Withdraw(r.Context(), who.manager, team, proposal)
	default:
		err = model.ErrNotFound
	}
	if page, bad := withErrors(s.teamsPage(who, practiceTitle), err); bad {
		page.ErrorsTitle = "Not done"
		return s.renderPractices(w, r, who, page, model.ProposalInput{})
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Practice(team))
}

const endPracticeTitle = "What became of our practice?"

func (s *Server) endPracticeForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderOutcome(w, r, who, s.teamsPage(who, endPracticeTitle), http.StatusOK, model.OutcomeInput{})
}

// renderOutcome asks a steward what became of the team's practice.
func (s *Server) renderOutcome(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, typed model.OutcomeInput) error {
	shown, err := s.app.PracticeToEnd(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return s.render(w, r, status, teamview.EndPractice(page, teamview.OutcomeProps{TeamPractices: shown, Typed: typed}))
}

func (s *Server) endPractice(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := outcomeInput(fields)
	err = s.app.EndPractice(r.Context(), who.manager, r.PathValue("team"), input)
	if page, bad := withErrors(s.teamsPage(who, endPracticeTitle), err); bad {
		page.ErrorsTitle = "Before it can be said"
		return s.renderOutcome(w, r, who, page, http.StatusUnprocessableEntity, input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Practice(r.PathValue("team")))
}

// outcomeInput is what a form says became of a team's practice.
func outcomeInput(fields url.Values) model.OutcomeInput {
	return model.OutcomeInput{
		Practice: fields.Get("current"), Became: fields.Get("became"), Line: fields.Get("line"), Carry: fields.Get("carry") == "yes",
	}
}
