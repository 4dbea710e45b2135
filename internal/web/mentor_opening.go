package web

import (
	"net/http"

	"whetstone/internal/model"
	"whetstone/internal/text"
	mentorview "whetstone/views/mentor"
)

func (s *Server) openInput(r *http.Request, who visitor) model.OpenInput {
	return model.OpenInput{Secret: r.PathValue("secret"), Mentor: who.mentor, ManagerID: who.manager, From: s.clientCode(r), Label: deviceLabel(r.UserAgent())}
}

// invitation is the page behind a link. It has a button, so that a program that follows links opens nothing.
func (s *Server) invitation(w http.ResponseWriter, r *http.Request, who visitor) error {
	invitation, err := s.app.Invitation(r.Context(), s.openInput(r, who))
	if err != nil {
		return err
	}
	if invitation.Own {
		return redirect(w, r, s.paths.Share(invitation.ShareID))
	}
	return s.render(w, r, http.StatusOK, mentorview.Invitation(s.mentorPage(who, text.Isolated(invitation.Sharer)+" shares with you"), invitation))
}

// openShare lets the browser in, and leads to an address without the secret.
func (s *Server) openShare(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.enter(w, r, s.openInput(r, who))
}

func (s *Server) enter(w http.ResponseWriter, r *http.Request, input model.OpenInput) error {
	opened, err := s.app.OpenShare(r.Context(), input)
	if err != nil {
		return err
	}
	if opened.Own {
		return redirect(w, r, s.paths.Share(opened.ShareID))
	}
	if opened.Token != "" {
		if err := s.knowMentor(w, r, opened.Token); err != nil {
			return err
		}
	}
	return redirect(w, r, s.paths.Shared(opened.ShareID))
}

func (s *Server) received(w http.ResponseWriter, r *http.Request, who visitor) error {
	received, err := s.app.Received(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.Received(s.mentorPage(who, "People who shared with you"), received, who.days(), r.URL.Query().Has("removed")))
}

func (s *Server) sharedPage(w http.ResponseWriter, r *http.Request, who visitor) error {
	shared, err := s.app.Shared(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.Shared(s.mentorPage(who, mentorview.SharedTitle(shared)), shared))
}

// forgetForm asks before a share is removed from the browser; an ended one can be removed, too.
func (s *Server) forgetForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("share")
	received, err := s.app.Received(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	for _, one := range received {
		if one.ShareID == id {
			props := mentorview.ForgetProps{Sharer: one.Sharer, ShareID: id, Rating: one.Scope.Rating}
			return s.render(w, r, http.StatusOK, mentorview.Forget(s.mentorPage(who, "Remove what "+text.Isolated(one.Sharer)+" shared"), props))
		}
	}
	return model.ErrNotFound
}

func (s *Server) forget(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if err := s.app.ForgetShare(r.Context(), who.mentor, r.PathValue("share"), fields.Get("withdraw") == "yes"); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Received()+"?removed")
}
