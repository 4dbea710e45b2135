package web

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/sessions"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
)

// mentorKey is the key of the model.Mentor among a session's values.
const mentorKey = "mentor"

// mentorStore is a sessions.Store over the app's mentors. Its cookie is separate from that of a manager's session.
type mentorStore struct {
	tokenCookie
	app *app.App
}

func newMentorStore(useCases *app.App, mark string, secret []byte, base *url.URL) *mentorStore {
	return &mentorStore{newTokenCookie(mark, "-mentor", secret, base), useCases}
}

// Get implements sessions.Store, with one session per request.
func (s *mentorStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New implements sessions.Store. A missing, forged, unknown or idle token stands for no mentor; only a
// failing database is an error.
func (s *mentorStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := s.fresh(s, name)
	token, former, sent := s.token(r)
	if !sent {
		return session, nil
	}
	found, fresh, err := s.app.Mentor(r.Context(), token)
	if err != nil {
		if errors.Is(err, model.ErrNotFound) {
			return session, nil
		}
		return session, err
	}
	session.ID, session.IsNew = token, false
	session.Values[mentorKey], session.Values[freshKey] = found, fresh || former
	return session, nil
}

// Save implements sessions.Store. The app has already made the token.
func (s *mentorStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	return s.send(r, w, session)
}

// mentor finds the mentor that the browser is known as, notes for which manager it acts, and sends the cookie again now
// and then, so that it lives as long as the mentor does.
func (s *Server) mentor(w http.ResponseWriter, r *http.Request, who visitor) (model.Mentor, error) {
	if who.replaced {
		return model.Mentor{}, nil
	}
	session, err := s.mentors.Get(r, s.mentors.name)
	if err != nil {
		return model.Mentor{}, err
	}
	if fresh, _ := session.Values[freshKey].(bool); fresh {
		if err := session.Save(r, w); err != nil {
			return model.Mentor{}, err
		}
		session.Values[freshKey] = false // a request may ask more than once
	}
	found, _ := session.Values[mentorKey].(model.Mentor)
	if who.manager != "" && who.manager == s.DemonstrationManager { // visitors of a demonstration look at both sides
		return found, nil
	}
	found.ManagerID = who.manager
	if found, err = s.actsFor(r, found, who.manager); err != nil {
		return model.Mentor{}, err
	}
	return s.app.Theirs(r.Context(), found, who.manager)
}

// knowMentor gives the browser the token of its mentor, in place of any that it has.
func (s *Server) knowMentor(w http.ResponseWriter, r *http.Request, token string) error {
	session, err := s.mentors.Get(r, s.mentors.name)
	if err != nil {
		return err
	}
	options := s.mentors.options
	session.ID, session.IsNew, session.Options = token, false, &options
	return session.Save(r, w)
}

// forgetMentor takes from the browser the mentor that somebody else was in it.
func (s *Server) forgetMentor(w http.ResponseWriter, r *http.Request) error {
	session, err := s.mentors.Get(r, s.mentors.name)
	if err != nil {
		return err
	}
	delete(session.Values, mentorKey)
	session.Options.MaxAge = -1
	return session.Save(r, w)
}

// asMentor looks up the visitor's mentor, and answers what can go wrong on a mentor's way with the pages of
// that way.
func (s *Server) asMentor(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		var err error
		if who.mentor, err = s.mentor(w, r, who); err != nil {
			return err
		}
		err = next(w, r, who)
		if err == nil || scripted(r) {
			return err // a script gets the message alone
		}
		request, typed := factsOf(r).id, s.typed(r)
		switch model.KindOf(err) {
		case model.NotFound:
			if who.mentor.ID == "" && !strings.Contains(r.Pattern, "{") {
				return s.render(w, r, http.StatusNotFound, mentorview.Nobody(s.mentorPage(who, "Nothing was shared with this browser"), typed, request))
			}
			return s.render(w, r, http.StatusNotFound, mentorview.DeadLink(s.mentorPage(who, "This link opens nothing"), typed, request, !who.known() && r.PathValue("share") != ""))
		case model.Throttled:
			retryAfter(w, err)
			return s.render(w, r, http.StatusTooManyRequests, mentorview.TooManyLinks(s.mentorPage(who, "Too many links that open nothing"), typed, request))
		case model.ShareFull:
			return s.render(w, r, http.StatusForbidden, mentorview.FullLink(s.mentorPage(who, "This link opens in no further browser"), typed, request))
		case model.ShareEnded:
			return s.endedShare(w, r, who)
		case model.ShareAddressed:
			return s.notTheirs(w, r, who)
		}
		return err
	}
}

// mentorReferrer is the referrer policy of a mentor's pages. A browser that sends no referrer sends no origin with a
// form either. Over HTTP it has no other way to say that the form is ours, and the form would be refused: so there the
// address is sent, but only to our own pages.
func (s *Server) mentorReferrer() string {
	host := s.BaseURL.Hostname()
	ip := net.ParseIP(host)
	if s.BaseURL.Scheme == "https" || host == "localhost" || ip != nil && ip.IsLoopback() {
		return "no-referrer"
	}
	return "same-origin"
}

// mentorPage is a page for a mentor.
func (s *Server) mentorPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Audience, page.Current = kit.ForMentor, "received"
	return page
}

// endedShare tells a mentor that the share has ended, and gives back what they typed.
func (s *Server) endedShare(w http.ResponseWriter, r *http.Request, who visitor) error {
	ended, err := s.app.EndedShare(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return err
	}
	props := mentorview.EndedShareProps{EndedShare: ended, Typed: s.typed(r), RequestID: factsOf(r).id}
	return s.render(w, r, http.StatusGone, mentorview.EndedShare(s.mentorPage(who, "This link has ended"), props))
}
