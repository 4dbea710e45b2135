package web

import (
	"net/http"
	"strconv"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

func (s *Server) team(w http.ResponseWriter, r *http.Request, who visitor) error {
	home, err := s.app.Team(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.Team(s.teamsPage(who, text.Isolated(home.Team.Name)), home))
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
		Zone: team.Team.Zone.Name(),
	}
	props := teamview.TeamFormProps{TeamPage: team, Input: input}
	return s.render(w, r, http.StatusOK, teamview.ChangeTeam(s.teamsPage(who, changeTeamTitle), props))
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
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.ChangeTeam(page, teamview.TeamFormProps{TeamPage: team, Input: input}))
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
	return s.render(w, r, http.StatusOK, teamview.Roster(s.teamsPage(who, "Members of "+text.Isolated(team.Team.Name)), team))
}

// member asks a steward before anything happens to another member.
func (s *Server) member(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderMember(w, r, who, s.teamsPage(who, "A member"), http.StatusOK)
}

func (s *Server) renderMember(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int) error {
	team, err := s.app.Roster(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	if team.Me.Role != model.Steward {
		return model.ErrNotFound
	}
	for _, member := range team.Roster {
		if member.ID == r.PathValue("member") && member.ID != team.Me.ID {
			props := teamview.MemberProps{TeamRoster: team, Member: member}
			return s.render(w, r, status, teamview.Member(page, props))
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

// waiting asks a steward before all who wait to be confirmed are declined.
func (s *Server) waiting(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.app.Roster(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	if team.Me.Role != model.Steward {
		return model.ErrNotFound
	}
	return s.render(w, r, http.StatusOK, teamview.Waiting(s.teamsPage(who, "Decline all who wait"), team))
}

// declineAll declines everybody who was waiting when its page was shown.
func (s *Server) declineAll(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	at, _ := strconv.ParseInt(fields.Get("at"), 10, 64) // nobody was waiting at a moment that wasn't sent
	if err := s.app.DeclineAll(r.Context(), who.manager, r.PathValue("team"), time.UnixMilli(at)); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Roster(r.PathValue("team")))
}

const placeTitle = "Your place in the team"

func (s *Server) myPlace(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.app.TeamPage(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.PlaceProps{TeamPage: team, Name: team.Me.Name, Saved: r.URL.Query().Has("saved")}
	return s.render(w, r, http.StatusOK, teamview.MyPlace(s.teamsPage(who, placeTitle), props))
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
		props := teamview.PlaceProps{TeamPage: team, Name: team.Me.Name}
		if fields.Has("name") {
			props.Name = fields.Get("name")
		}
		return s.render(w, r, http.StatusUnprocessableEntity, teamview.MyPlace(page, props))
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
	return s.render(w, r, http.StatusOK, teamview.LeaveTeam(s.teamsPage(who, "Leave the team"), team))
}

func (s *Server) leaveTeam(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.LeaveTeam(r.Context(), who.manager, r.PathValue("team")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Teams())
}
