package web

import (
	"net/http"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/text"
	mentorview "whetstone/views/mentor"
)

func (s *Server) openInput(r *http.Request, who visitor) model.OpenInput {
	return model.OpenInput{Secret: r.PathValue("secret"), Mentor: who.mentor, ManagerID: who.manager, SessionID: who.session.ID, From: s.clientCode(r), Label: deviceLabel(r.UserAgent())}
}

// invitation is the page behind a link. It has a button, so that a program that follows links opens nothing.
func (s *Server) invitation(w http.ResponseWriter, r *http.Request, who visitor) error {
	invitation, err := s.app.Invitation(r.Context(), s.openInput(r, who))
	if err != nil {
		return err
	}
	if invitation.Own {
		if err := s.notesActed(w, r, who.manager); err != nil {
			return err
		}
		return redirect(w, r, s.paths.Share(invitation.ShareID))
	}
	if invitation.Apart {
		return redirect(w, r, s.paths.KeepMentorTo(r.URL.RequestURI()))
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
		if err := s.notesActed(w, r, input.ManagerID); err != nil {
			return err
		}
		return redirect(w, r, s.paths.Share(opened.ShareID))
	}
	if opened.Owned || opened.Apart {
		return redirect(w, r, s.paths.OpenShare(input.Secret)) // which says so
	}
	if opened.Token != "" {
		if err := s.knowMentor(w, r, opened.Token); err != nil {
			return err
		}
	}
	return redirect(w, r, s.paths.Shared(opened.ShareID))
}

// notTheirs answers whoever opens what is for one person alone, and isn't signed in as that person: they are asked to sign in,
// to come back afterwards, and if they have, they are told that it is for somebody else. Nothing is said of whom it is for, nor
// of who shared it.
func (s *Server) notTheirs(w http.ResponseWriter, r *http.Request, who visitor) error {
	var ways model.WaysIn
	if who.known() && !s.shared(who) {
		var err error
		if ways, err = s.app.WaysIn(r.Context(), who.session); err != nil {
			return err
		}
	}
	switch {
	case ways.Count() > 0:
		props := mentorview.AddressedProps{Typed: s.typed(r), RequestID: factsOf(r).id, To: s.onward(r.URL.RequestURI())}
		for _, identity := range ways.Identities {
			if identity.Address != "" {
				props.Addresses = append(props.Addresses, mail.Shown(identity.Address))
			}
		}
		return s.render(w, r, http.StatusForbidden, mentorview.Addressed(s.mentorPage(who, "This link is for somebody else"), props))
	case r.Method == http.MethodPost:
		return errSignIn
	}
	return redirect(w, r, s.paths.SignInTo(s.onward(r.URL.RequestURI())))
}

func (s *Server) received(w http.ResponseWriter, r *http.Request, who visitor) error {
	received, err := s.app.Received(r.Context(), who.mentor)
	if err != nil {
		return err
	}
	props := mentorview.ReceivedProps{Received: received, Days: who.days(), Removed: r.URL.Query().Has("removed")}
	if props.Closed, err = s.app.ClosedToVisitor(r.Context(), who.mentor); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.Received(s.mentorPage(who, "People who shared with you"), props))
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
