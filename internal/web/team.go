package web

import (
	"net/http"
	"strconv"

	"whetstone/internal/model"
	"whetstone/views"
)

func (s *Server) team(w http.ResponseWriter, r *http.Request, who visitor) error {
	home, err := s.app.Team(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.Team(s.teamsPage(who, home.Team.Name), home))
}

// stewardPage is the page of a team for its stewards.
func (s *Server) stewardPage(r *http.Request, who visitor) (*model.TeamPage, error) {
	team, err := s.app.TeamPage(r.Context(), who.manager, r.PathValue("team"))
	if err == nil && (!team.Me.Confirmed() || team.Me.Role != model.Steward) {
		return nil, model.ErrNotFound
	}
	return team, err
}

// stewardHome is the first page of a team for its stewards, with its invitations.
func (s *Server) stewardHome(r *http.Request, who visitor) (*model.TeamHome, error) {
	home, err := s.app.Team(r.Context(), who.manager, r.PathValue("team"))
	if err == nil && (!home.Me.Confirmed() || home.Me.Role != model.Steward) {
		return nil, model.ErrNotFound
	}
	return home, err
}

const changeTeamTitle = "Change the team"

func (s *Server) changeTeamForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.stewardPage(r, who)
	if err != nil {
		return err
	}
	input := model.TeamInput{
		Name: team.Team.Name, Purpose: team.Team.Purpose, SmallestGroup: strconv.Itoa(team.Team.SmallestGroup),
	}
	props := views.TeamFormProps{TeamPage: team, Input: input}
	return s.render(w, r, http.StatusOK, views.ChangeTeam(s.teamsPage(who, changeTeamTitle), props))
}

func (s *Server) changeTeam(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, input := r.PathValue("team"), teamInput(fields)
	err = s.app.ChangeTeam(r.Context(), who.manager, id, input)
	if page, bad := withErrors(s.teamsPage(who, changeTeamTitle), err); bad {
		team, err := s.stewardPage(r, who)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusUnprocessableEntity, views.ChangeTeam(page, views.TeamFormProps{TeamPage: team, Input: input}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Team(id))
}

func (s *Server) roster(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.app.Roster(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.Roster(s.teamsPage(who, "Members of "+team.Team.Name), team))
}

// member asks a steward before something becomes of another member.
func (s *Server) member(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderMember(w, r, who, s.teamsPage(who, "A member"), http.StatusOK)
}

func (s *Server) renderMember(w http.ResponseWriter, r *http.Request, who visitor, page views.Page, status int) error {
	team, err := s.app.Roster(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	if team.Me.Role != model.Steward {
		return model.ErrNotFound
	}
	for _, member := range team.Roster {
		if member.ID == r.PathValue("member") && member.ID != team.Me.ID {
			props := views.MemberProps{TeamRoster: team, Member: member}
			return s.render(w, r, status, views.Member(page, props))
		}
	}
	return model.ErrNotFound
}

// changeMember confirms, removes or promotes a member.
func (s *Server) changeMember(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team, member := r.PathValue("team"), r.PathValue("member")
	switch fields.Get("do") {
	case "confirm":
		err = s.app.ConfirmMember(r.Context(), who.manager, team, member)
	case "remove":
		err = s.app.RemoveMember(r.Context(), who.manager, team, member)
	case "steward":
		err = s.app.MakeSteward(r.Context(), who.manager, team, member)
	default:
		err = model.ErrNotFound
	}
	if page, bad := withErrors(s.teamsPage(who, "A member"), err); bad {
		page.ErrorsTitle = "Not done"
		return s.renderMember(w, r, who, page, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Roster(team))
}

const placeTitle = "Your place in the team"

func (s *Server) myPlace(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.app.TeamPage(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := views.PlaceProps{TeamPage: team, Name: team.Me.Name, Saved: r.URL.Query().Has("saved")}
	return s.render(w, r, http.StatusOK, views.MyPlace(s.teamsPage(who, placeTitle), props))
}

// changeMyPlace renames the visitor in a team, or lets them step down or take over.
func (s *Server) changeMyPlace(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, next := r.PathValue("team"), s.paths.Team(r.PathValue("team"))
	switch fields.Get("do") {
	case "take-over":
		err = s.app.TakeOver(r.Context(), who.manager, id)
	case "step-down":
		err = s.app.StepDown(r.Context(), who.manager, id)
	default:
		repeats(w) // it sets the name that is in the form
		next = s.paths.MyPlace(id) + "?saved"
		err = s.app.RenameMyself(r.Context(), who.manager, id, fields.Get("name"))
	}
	if page, bad := withErrors(s.teamsPage(who, placeTitle), err); bad {
		team, err := s.app.TeamPage(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		props := views.PlaceProps{TeamPage: team, Name: team.Me.Name}
		if fields.Has("name") {
			props.Name = fields.Get("name")
		}
		return s.render(w, r, http.StatusUnprocessableEntity, views.MyPlace(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, next)
}

func (s *Server) leaveTeamForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.app.TeamPage(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.LeaveTeam(s.teamsPage(who, "Leave the team"), team))
}

func (s *Server) leaveTeam(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.LeaveTeam(r.Context(), who.manager, r.PathValue("team")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Teams())
}
