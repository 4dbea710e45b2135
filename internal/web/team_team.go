package web

import (
	"cmp"
	"net/http"
	"strconv"
	"time"

	"whetstone/internal/app"
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

const changeTeamTitle = "Change the team"

func (s *Server) changeTeamForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	team, err := s.app.TeamToChange(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.TeamFormProps{TeamPage: team, Input: storedTeam(team.Team)}
	return s.render(w, r, http.StatusOK, teamview.ChangeTeam(s.teamsPage(who, changeTeamTitle), props))
}

// storedTeam is a team as its form shows it.
func storedTeam(team model.Team) model.TeamInput {
	return model.TeamInput{
		Name: team.Name, Purpose: team.Purpose, SmallestGroup: strconv.Itoa(team.SmallestGroup), Zone: team.Zone.Name(),
		Seen: app.SeenTeam(team),
	}
}

// changeTeam takes what a team says of itself. Where what was saved elsewhere is to stay, nothing of the form is taken.
func (s *Server) changeTeam(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, input := r.PathValue("team"), teamInput(fields)
	var keeps bool
	if input.Seen, keeps = counted(fields, teamview.TeamItem, fieldsSeen(fields, "name")); keeps {
		return redirect(w, r, s.paths.Team(id))
	}
	err = s.app.ChangeTeam(r.Context(), who.manager, id, input)
	if page, status := refused(s.teamsPage(who, changeTeamTitle), err); status != 0 {
		team, err := s.app.TeamToChange(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		props := teamview.TeamFormProps{TeamPage: team, Input: input}
		if status == http.StatusConflict {
			props.Changed = changedTeam(input, storedTeam(team.Team))
		}
		return s.render(w, r, status, teamview.ChangeTeam(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Team(id))
}

// changedTeam is what is saved of a team that was changed elsewhere, too, in so far as it differs from what was sent.
func changedTeam(sent, stored model.TeamInput) *kit.Changed {
	changed := &kit.Changed{Item: teamview.TeamItem, Seen: stored.Seen}
	for _, field := range []struct{ label, stored, sent string }{
		{"Its name", stored.Name, sent.Name}, {"What it is for", cmp.Or(stored.Purpose, "no text"), cmp.Or(sent.Purpose, "no text")},
		{"The smallest group", stored.SmallestGroup, sent.SmallestGroup}, {"Its time zone", stored.Zone, sent.Zone},
	} {
		if field.stored != field.sent {
			changed.Texts = append(changed.Texts, field.label+": "+field.stored)
		}
	}
	return changed
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
	team, err := s.app.StewardRoster(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
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
	team, err := s.app.StewardRoster(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
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
	place, err := s.app.OwnPlace(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.PlaceProps{OwnPlace: place, Name: place.Me.Name, Seen: app.SeenName(place.Me.Name), Saved: r.URL.Query().Has("saved")}
	return s.render(w, r, http.StatusOK, teamview.MyPlace(s.teamsPage(who, placeTitle), props))
}

// changeMyPlace renames the visitor in a team, or lets them step down or take over.
func (s *Server) changeMyPlace(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, next := r.PathValue("team"), s.paths.Team(r.PathValue("team"))
	seen, keeps := counted(fields, teamview.NameItem, fieldsSeen(fields, "name"))
	switch fields.Get("do") {
	case "take-over":
		err = s.app.TakeOver(r.Context(), who.manager, id)
	case "step-down":
		err = s.app.StepDown(r.Context(), who.manager, id)
	default:
		repeats(w) // it sets the name that is in the form
		next = s.paths.MyPlace(id) + "?saved"
		if !keeps {
			err = s.app.RenameMyself(r.Context(), who.manager, id, fields.Get("name"), seen)
		}
	}
	if page, status := refused(s.teamsPage(who, placeTitle), err); status != 0 {
		place, err := s.app.OwnPlace(r.Context(), who.manager, id)
		if err != nil {
			return err
		}
		props := teamview.PlaceProps{OwnPlace: place, Name: place.Me.Name, Seen: app.SeenName(place.Me.Name)}
		if fields.Has("name") {
			props.Name, props.Seen = fields.Get("name"), seen
		}
		if status == http.StatusConflict {
			props.Changed = &kit.Changed{Item: teamview.NameItem, Seen: app.SeenName(place.Me.Name), Texts: []string{place.Me.Name}}
		}
		return s.render(w, r, status, teamview.MyPlace(page, props))
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
	return redirect(w, r, s.paths.Teams()+"?left")
}
