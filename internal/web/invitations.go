package web

import (
	"net/http"
	"strconv"

	"whetstone/internal/model"
	"whetstone/views"
)

const invitationsTitle = "Invite people"

func (s *Server) invitations(w http.ResponseWriter, r *http.Request, who visitor) error {
	home, err := s.stewardHome(r, who)
	if err != nil {
		return err
	}
	props := views.InvitationsProps{TeamHome: home, Days: usualDays(), Changed: r.URL.Query().Has("changed")}
	return s.render(w, r, http.StatusOK, views.Invitations(s.teamsPage(who, invitationsTitle), props))
}

func usualDays() string { return strconv.Itoa(model.UsualInvitation) }

// invite makes an invitation, and answers with its secret and leads nowhere: an address or a session would
// have to carry it on. A form that is sent once more leads back to the list.
func (s *Server) invite(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	home, err := s.stewardHome(r, who)
	if err != nil {
		return err
	}
	if fields.Get("after") != views.InvitationsMark(home) {
		return redirect(w, r, s.paths.Invitations(home.Team.ID)+"?changed")
	}
	kind, days := model.InvitationKind(fields.Get("kind")), fields.Get("days")
	secret, invitation, err := s.app.Invite(r.Context(), who.manager, home.Team.ID, kind, days)
	if _, bad := withErrors(views.Page{}, err); bad {
		return s.refuseInvitation(w, r, who, home, kind, days, err)
	}
	if err != nil {
		return err
	}
	origin := s.BaseURL.Scheme + "://" + s.BaseURL.Host
	props := views.NewInvitationProps{TeamPage: &home.TeamPage, Invitation: invitation, Secret: secret, Where: origin + s.paths.JoinCode()}
	if kind == model.JoinLink {
		props.Secret = origin + s.paths.Join(secret)
	}
	told(w, s.paths.Invitations(home.Team.ID)+"?changed")
	return s.render(w, r, http.StatusOK, views.NewInvitation(s.teamsPage(who, "An invitation"), props))
}

// refuseInvitation shows the form again that can't be taken: that of an invitation, or that of a code for
// another team, which stands on a page of its own.
func (s *Server) refuseInvitation(w http.ResponseWriter, r *http.Request, who visitor, home *model.TeamHome, kind model.InvitationKind, days string, err error) error {
	if kind != model.CompareCode {
		page, _ := withErrors(s.teamsPage(who, invitationsTitle), err)
		page.ErrorsTitle = "Before it can be made"
		props := views.InvitationsProps{TeamHome: home, Kind: string(kind), Days: days}
		return s.render(w, r, http.StatusUnprocessableEntity, views.Invitations(page, props))
	}
	page, _ := withErrors(s.teamsPage(who, peersTitle), err)
	page.ErrorsTitle = "Before the code can be made"
	return s.renderPeers(w, r, who, page, http.StatusUnprocessableEntity, "", days)
}

func (s *Server) revokeInvitation(w http.ResponseWriter, r *http.Request, who visitor) error {
	team := r.PathValue("team")
	if err := s.app.RevokeInvitation(r.Context(), who.manager, team, r.PathValue("invitation")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Invitations(team))
}
