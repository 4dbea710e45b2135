package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

// teamPages are the routes of teams. Teams are unknown to anyone who is not in them, and members may not do what only
// stewards may; the app checks both.
func (s *Server) teamPages() map[string]handler {
	return map[string]handler{
		"GET " + paths.TeamsPattern:             s.teams,
		"GET " + paths.NewTeamPattern:           s.newTeamForm,
		"POST " + paths.NewTeamPattern:          s.newTeam,
		"GET " + paths.JoinCodePattern:          s.joinCodeForm,
		"POST " + paths.JoinCodePattern:         s.joinByCode,
		"GET " + paths.JoinPattern:              s.joinForm,
		"POST " + paths.JoinPattern:             s.join,
		"GET " + paths.TeamPattern:              manager(s.team),
		"GET " + paths.ChangeTeamPattern:        manager(s.changeTeamForm),
		"POST " + paths.ChangeTeamPattern:       manager(s.changeTeam),
		"GET " + paths.RosterPattern:            manager(s.roster),
		"GET " + paths.WaitingPattern:           manager(s.waiting),
		"POST " + paths.WaitingPattern:          manager(s.declineAll),
		"GET " + paths.MemberPattern:            manager(s.member),
		"POST " + paths.MemberPattern:           manager(s.changeMember),
		"GET " + paths.MyPlacePattern:           manager(s.myPlace),
		"POST " + paths.MyPlacePattern:          manager(s.changeMyPlace),
		"GET " + paths.KnownPattern:             manager(s.acquaintances),
		"POST " + paths.KnownPattern:            manager(s.saveAcquaintances),
		"GET " + paths.LeaveTeamPattern:         s.own(s.leaveTeamForm),
		"POST " + paths.LeaveTeamPattern:        s.own(s.leaveTeam),
		"GET " + paths.InvitationsPattern:       manager(s.invitations),
		"POST " + paths.InvitationsPattern:      manager(s.invite),
		"POST " + paths.RevokeInvitationPattern: manager(s.revokeInvitation),
		"GET " + paths.NewCyclePattern:          manager(s.newCycleForm),
		"POST " + paths.NewCyclePattern:         manager(s.newCycle),
		"GET " + paths.CyclePattern:             manager(s.cycle),
		"GET " + paths.CycleCSVPattern:          manager(s.cycleCSV),
		"GET " + paths.CloseCyclePattern:        manager(s.closeCycleForm),
		"POST " + paths.CloseCyclePattern:       manager(s.closeCycle),
		"GET " + paths.CancelCyclePattern:       manager(s.cancelCycleForm),
		"POST " + paths.CancelCyclePattern:      manager(s.cancelCycle),
		"POST " + paths.ContributePattern:       manager(s.contribute),
		"POST " + paths.ShowScoresPattern:       manager(s.showScores),
		"GET " + paths.TeamTrendsPattern:        manager(s.teamTrends),
		"GET " + paths.TeamTrendsCSVPattern:     manager(s.teamTrendsCSV),
		"GET " + paths.PeersPattern:             manager(s.peers),
		"POST " + paths.PeersPattern:            manager(s.agreeToCompare),
		"POST " + paths.EndPeerPattern:          manager(s.endPeer),
	}
}

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
	return s.render(w, r, http.StatusOK, teamview.Teams(s.teamsPage(who, "Teams"), teams))
}

const newTeamTitle = "Make a team"

func (s *Server) newTeamForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	input := model.TeamInput{SmallestGroup: strconv.Itoa(s.app.SmallestGroup()), Zone: who.zone().Name()}
	page := s.teamsPage(who, newTeamTitle)
	page.AsksZone = true
	return s.render(w, r, http.StatusOK, teamview.NewTeam(page, input, s.app.SmallestGroup()))
}

// newTeam makes a team. For a new visitor it also makes the manager and the session that it belongs to.
func (s *Server) newTeam(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := teamInput(fields)
	input.From = s.clientCode(r)
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
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.NewTeam(page, input, s.app.SmallestGroup()))
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
	terms, err := s.app.JoinTerms(r.Context(), who.manager, input)
	if page, bad := withErrors(s.teamsPage(who, joinCodeTitle), err); bad {
		page.ErrorsTitle = "Before a team can be found"
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.JoinByCode(page, input.Secret))
	}
	if err != nil {
		return err
	}
	props := teamview.JoinProps{JoinTerms: terms, Address: s.paths.JoinCode(), Code: input.Secret, Input: input}
	if fields.Get("join") != "yes" {
		return s.render(w, r, http.StatusOK, teamview.Join(s.teamsPage(who, joinTitle), props))
	}
	return s.joinWith(w, r, who, props)
}

const joinTitle = "Join a team"

// joinForm shows the terms of the team that a link leads to. Opening it joins and counts nothing.
func (s *Server) joinForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	props, err := s.linkTerms(r, who, nil)
	if errors.Is(err, model.ErrNotFound) {
		return s.deadInvitation(w, r, who)
	}
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.Join(s.teamsPage(who, joinTitle), props))
}

func (s *Server) join(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	props, err := s.linkTerms(r, who, fields)
	if errors.Is(err, model.ErrNotFound) {
		return s.deadInvitation(w, r, who)
	}
	if err != nil {
		return err
	}
	return s.joinWith(w, r, who, props)
}

// linkTerms finds the terms of the team that the link of a request leads to.
func (s *Server) linkTerms(r *http.Request, who visitor, fields url.Values) (teamview.JoinProps, error) {
	secret := r.PathValue("secret")
	input := s.joinInput(r, fields, model.JoinLink, secret)
	terms, err := s.app.JoinTerms(r.Context(), who.manager, input)
	return teamview.JoinProps{JoinTerms: terms, Address: s.paths.Join(secret), Input: input}, err
}

func (s *Server) joinInput(r *http.Request, fields url.Values, kind model.InvitationKind, secret string) model.JoinInput {
	return model.JoinInput{
		Secret: secret, Kind: kind, Name: fields.Get("name"), Agreed: fields.Get("agreed") == "yes",
		From: s.clientCode(r),
	}
}

// joinWith joins a team. For a new visitor it also makes the manager and the session that the place belongs to.
func (s *Server) joinWith(w http.ResponseWriter, r *http.Request, who visitor, props teamview.JoinProps) error {
	var team string
	var err error
	if who.known() {
		team, err = s.app.JoinTeam(r.Context(), who.manager, props.Input)
	} else {
		var token string
		token, team, err = s.app.JoinTeamAsNew(r.Context(), deviceLabel(r.UserAgent()), props.Input)
		if err == nil {
			err = s.adopt(w, r, token)
		}
	}
	if page, bad := withErrors(s.teamsPage(who, joinTitle), err); bad {
		page.ErrorsTitle = "Before you can join"
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.Join(page, props))
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
