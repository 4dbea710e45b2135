package web

import (
	"cmp"
	"errors"
	"net/http"

	"whetstone/internal/model"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
)

// comesIn gives the browser the session of somebody who has just come in, opens there, too, what was shared with them and is
// kept under their sign-in, and leads on. Where the browser holds what was shared with somebody who is kept under no sign-in,
// they are asked first whether that is them.
func (s *Server) comesIn(w http.ResponseWriter, r *http.Request, token, onward string) error {
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	arrived, _, err := s.app.Session(r.Context(), token)
	if err != nil {
		return err
	}
	if err := s.notesActed(w, r, arrived.ManagerID); err != nil {
		return err
	}
	session, err := s.mentors.Get(r, s.mentors.name)
	if err != nil {
		return err
	}
	mentor, _ := session.Values[mentorKey].(model.Mentor)
	kept, err := s.app.OpenKept(r.Context(), token, mentor, deviceLabel(r.UserAgent()))
	if err != nil {
		return err
	}
	if kept != "" {
		if err := s.knowMentor(w, r, kept); err != nil {
			return err
		}
		return redirect(w, r, onward)
	}
	switch _, err := s.app.KeepingAfter(r.Context(), token, mentor); {
	case err == nil:
		return redirect(w, r, s.paths.KeepMentorTo(onward))
	case !errors.Is(err, model.ErrNotFound):
		return err
	}
	return redirect(w, r, onward)
}

const keepTitle = "Is this yours, too?"

// keepForm asks whether what the browser holds as a mentor's is that of who is signed in there. Where there is nothing to ask,
// it leads on.
func (s *Server) keepForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.asksToKeep(w, r, who, s.mentorPage(who, keepTitle), http.StatusOK, false)
}

func (s *Server) asksToKeep(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, drop bool) error {
	session, to := s.ownSession(who), s.onward(r.URL.Query().Get("to"))
	keeping, err := s.app.Keeping(r.Context(), session, who.mentor)
	if errors.Is(err, model.ErrNotFound) && session.ManagerID != "" {
		if who.mentor.ID == "" || !s.paths.Opens(to) {
			return redirect(w, r, cmp.Or(to, s.paths.Home()))
		}
		// What can't be kept can still be closed, so that the link opens.
		keeping, err = &model.Keeping{}, nil
	}
	if err != nil {
		return err
	}
	props := mentorview.KeepingProps{Keeping: keeping, To: to, Opening: s.paths.Opens(to), Drop: drop}
	return s.render(w, r, status, mentorview.Keeping(page, props))
}

// closeMentor closes what the browser holds as a mentor's, and opens what is kept under the sign-in in its place.
func (s *Server) closeMentor(w http.ResponseWriter, r *http.Request, who visitor, to string) error {
	session := s.ownSession(who)
	if session.ManagerID == "" {
		return model.ErrNotFound
	}
	if err := s.app.CloseMentor(r.Context(), session, who.mentor); err != nil {
		return err
	}
	kept, err := s.app.OpenKeptFor(r.Context(), session, model.Mentor{}, deviceLabel(r.UserAgent()))
	if err != nil {
		return err
	}
	if kept != "" {
		err = s.knowMentor(w, r, kept)
	} else {
		err = s.forgetMentor(w, r)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, cmp.Or(to, s.paths.Home()))
}

// ownSession is the visitor's session, but nobody's where it is a demonstration's, which is everybody's.
func (s *Server) ownSession(who visitor) model.Session {
	if s.shared(who) {
		return model.Session{}
	}
	return who.session
}

// keepMentor keeps what was shared with the browser under the sign-in that is open in it.
func (s *Server) keepMentor(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	to := s.onward(r.URL.Query().Get("to"))
	if fields.Get("go") == "close" {
		return s.closeMentor(w, r, who, to)
	}
	drop := fields.Get("drop") == "yes"
	token, err := s.app.KeepMentor(r.Context(), s.ownSession(who), who.mentor, drop)
	if page, bad := withErrors(s.mentorPage(who, "Your devices"), err); bad {
		page.ErrorsTitle = "Before it can be kept"
		if to != "" {
			page.Title = keepTitle
			return s.asksToKeep(w, r, who, page, http.StatusUnprocessableEntity, drop)
		}
		devices, err := s.app.MentorDevices(r.Context(), who.mentor, s.ownSession(who).ManagerID)
		if err != nil {
			return err
		}
		return s.render(w, r, http.StatusUnprocessableEntity, mentorview.MentorDevices(page, mentorview.MentorDevicesProps{MentorDevices: devices, Drop: drop}))
	}
	if err != nil {
		return err
	}
	if token != "" {
		if err := s.knowMentor(w, r, token); err != nil {
			return err
		}
	}
	return redirect(w, r, cmp.Or(to, s.paths.MentorDevices()+"?saved"))
}

func (s *Server) letGoMentor(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.LetGoMentor(r.Context(), s.ownSession(who), who.mentor); err != nil {
		return err
	}
	return redirect(w, r, s.paths.MentorDevices())
}
