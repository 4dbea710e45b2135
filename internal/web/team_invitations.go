package web

import (
	"net/http"
	"strconv"

	"whetstone/internal/model"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

const invitationsTitle = "Invite people"

func (s *Server) invitations(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderInvitations(w, r, who, s.teamsPage(who, invitationsTitle), http.StatusOK, nil)
}

// renderInvitations shows the live invitations and the form of a new one, as it was typed if it was.
func (s *Server) renderInvitations(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, typed *model.InvitationInput) error {
	live, err := s.app.Invitations(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.InvitationsProps{TeamInvitations: live, Made: r.URL.Query().Has("made")}
	if typed != nil {
		props.Input = *typed
	} else {
		props.Input = model.InvitationInput{Kind: model.JoinLink, Days: usualDays(), Places: strconv.Itoa(live.UsualPlaces())}
	}
	return s.render(w, r, status, teamview.Invitations(page, props))
}

func usualDays() string { return strconv.Itoa(model.UsualInvitation) }

// invite makes an invitation and answers with its secret instead of redirecting: an address or a session would have to
// carry it. A form that is sent again leads back to the list.
func (s *Server) invite(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team := r.PathValue("team")
	input := model.InvitationInput{
		Kind: model.InvitationKind(fields.Get("kind")), Days: fields.Get("days"), Places: fields.Get("places"), From: s.clientCode(r),
	}
	made, err := s.app.Invite(r.Context(), who.manager, team, input)
	if _, bad := withErrors(kit.Page{}, err); bad {
		return s.refuseInvitation(w, r, who, input, err)
	}
	if err != nil {
		return err
	}
	origin := s.BaseURL.Scheme + "://" + s.BaseURL.Host
	props := teamview.NewInvitationProps{MadeInvitation: made, Where: origin + s.paths.JoinCode()}
	if input.Kind == model.JoinLink {
		props.Secret = origin + s.paths.Join(made.Secret)
	}
	told(w, s.paths.Invitations(team)+"?made")
	return s.render(w, r, http.StatusOK, teamview.NewInvitation(s.teamsPage(who, "An invitation"), props))
}

// refuseInvitation shows a form again that can't be taken: the one for an invitation, or the one for another team's
// code, which has a page of its own.
func (s *Server) refuseInvitation(w http.ResponseWriter, r *http.Request, who visitor, input model.InvitationInput, err error) error {
	if input.Kind != model.CompareCode {
		page, _ := withErrors(s.teamsPage(who, invitationsTitle), err)
		page.ErrorsTitle = "Before it can be made"
		return s.renderInvitations(w, r, who, page, http.StatusUnprocessableEntity, &input)
	}
	page, _ := withErrors(s.teamsPage(who, peersTitle), err)
	page.ErrorsTitle = "Before the code can be made"
	return s.renderPeers(w, r, who, page, http.StatusUnprocessableEntity, "", input.Days)
}

func (s *Server) revokeInvitation(w http.ResponseWriter, r *http.Request, who visitor) error {
	team := r.PathValue("team")
	if err := s.app.RevokeInvitation(r.Context(), who.manager, team, r.PathValue("invitation")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Invitations(team))
}
