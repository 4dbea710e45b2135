package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"whetstone/internal/model"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

// teamsPage is a page of the teams.
func (s *Server) teamsPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Current = "teams"
	return page
}

func (s *Server) teams(w http.ResponseWriter, r *http.Request, who visitor) error {
	var teams []model.TeamSummary
	if who.known() {
		var err error
		if teams, err = s.app.Teams(r.Context(), who.manager); err != nil {
			return err
		}
	}
	err := s.app.MayOpenTeam(r.Context(), s.caller(who))
	opens := model.KindOf(err) != model.OrganisersOnly
	if err != nil && opens && model.KindOf(err) != model.SignedInLongAgo {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.Teams(s.teamsPage(who, "Teams"), teams, r.URL.Query().Has("left"), opens))
}

const newTeamTitle = "Make a team"

func (s *Server) newTeamForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.MayOpenTeam(r.Context(), s.caller(who)); err != nil {
		return err
	}
	input := model.TeamInput{SmallestGroup: strconv.Itoa(who.holds.SmallestGroup), Zone: who.zone().Name()}
	page := s.teamsPage(who, newTeamTitle)
	page.AsksZone = true
	return s.render(w, r, http.StatusOK, teamview.NewTeam(page, input, who.holds.SmallestGroup))
}

// newTeam makes a team. For a new visitor it also makes the manager and the session that it belongs to.
func (s *Server) newTeam(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := teamInput(fields)
	input.From, input.Caller = s.clientCode(r), s.caller(who)
	input.Zone = cmp.Or(input.Zone, who.zone().Name())
	var team string
	if who.known() {
		team, err = s.app.MakeTeam(r.Context(), who.manager, input)
	} else {
		var token string
		token, team, err = s.app.MakeTeamAsNew(r.Context(), deviceLabel(r.UserAgent()), input)
		if err == nil {
			err = s.adopt(w, r, token)
		}
	}
	if page, bad := withErrors(s.teamsPage(who, newTeamTitle), err); bad {
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.NewTeam(page, input, who.holds.SmallestGroup))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Team(team))
}

func teamInput(fields url.Values) model.TeamInput {
	return model.TeamInput{
		Name: fields.Get("name"), Purpose: fields.Get("purpose"),
		SmallestGroup: fields.Get("smallest-group"), MemberName: fields.Get("member-name"),
		Zone: fields.Get("zone"),
	}
}

const joinCodeTitle = "Join a team by its code"

func (s *Server) joinCodeForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.render(w, r, http.StatusOK, teamview.JoinByCode(s.teamsPage(who, joinCodeTitle), ""))
}

// joinByCode shows the terms of the team that a code leads to, and joins it once they are agreed to. The code never
// appears in an address.
func (s *Server) joinByCode(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := s.joinInput(r, fields, model.JoinCode, fields.Get("code"))
	if fields.Get("join") == "yes" {
		return s.joinWith(w, r, who, input)
	}
	return s.joinTerms(w, r, who, input, nil)
}

// joinTerms shows the terms of a team that one can join: with what is wrong, where somebody tried to, or nil.
func (s *Server) joinTerms(w http.ResponseWriter, r *http.Request, who visitor, input model.JoinInput, problem error) error {
	terms, err := s.app.JoinTerms(r.Context(), who.manager, input)
	if page, bad := withErrors(s.teamsPage(who, joinCodeTitle), err); bad {
		return s.wrongCode(w, r, page, input)
	}
	if errors.Is(err, model.ErrNotFound) {
		return s.deadInvitation(w, r, who)
	}
	if err != nil {
		return err
	}
	props := teamview.JoinProps{JoinTerms: terms, Address: s.paths.Join(input.Secret), Input: input}
	if input.Kind == model.JoinCode { // which never stands in an address
		props.Address, props.Code = s.paths.JoinCode(), input.Secret
	}
	page, bad := withErrors(s.teamsPage(who, joinTitle), problem)
	if bad {
		page.ErrorsTitle = "Before you can join"
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.Join(page, props))
	}
	return s.render(w, r, http.StatusOK, teamview.Join(page, props))
}

// wrongCode asks again for the code of a team.
func (s *Server) wrongCode(w http.ResponseWriter, r *http.Request, page kit.Page, input model.JoinInput) error {
	page.ErrorsTitle = "Before a team can be found"
	return s.render(w, r, http.StatusUnprocessableEntity, teamview.JoinByCode(page, input.Secret))
}

const joinTitle = "Join a team"

// joinForm shows the terms of the team that a link leads to. Opening it joins and counts nothing.
func (s *Server) joinForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.joinTerms(w, r, who, s.joinInput(r, nil, model.JoinLink, r.PathValue("secret")), nil)
}

func (s *Server) join(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	return s.joinWith(w, r, who, s.joinInput(r, fields, model.JoinLink, r.PathValue("secret")))
}

func (s *Server) joinInput(r *http.Request, fields url.Values, kind model.InvitationKind, secret string) model.JoinInput {
	return model.JoinInput{
		Secret: secret, Kind: kind, Name: fields.Get("name"), Agreed: fields.Get("agreed") == "yes",
		From: s.clientCode(r),
	}
}

// joinWith joins a team. For nobody it makes the manager and the session whose place in it that is.
func (s *Server) joinWith(w http.ResponseWriter, r *http.Request, who visitor, input model.JoinInput) error {
	var team string
	var err error
	if who.known() {
		team, err = s.app.JoinTeam(r.Context(), who.manager, input)
	} else {
		var token string
		token, team, err = s.app.JoinTeamAsNew(r.Context(), deviceLabel(r.UserAgent()), input)
		if err == nil {
			err = s.adopt(w, r, token)
		}
	}
	if page, bad := withErrors(s.teamsPage(who, joinCodeTitle), err); bad {
		if page.FieldError("code") != "" {
			return s.wrongCode(w, r, page, input) // a second try would count as another guess
		}
		return s.joinTerms(w, r, who, input, err)
	}
	if errors.Is(err, model.ErrNotFound) {
		return s.deadInvitation(w, r, who)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Team(team))
}

// deadInvitation answers every dead link with the same page, so that an unknown one and an ended one look alike.
func (s *Server) deadInvitation(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.render(w, r, http.StatusNotFound, teamview.DeadInvitation(s.teamsPage(who, "This link opens nothing"), s.typed(r)))
}
