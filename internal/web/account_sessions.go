package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// Keys of a session's values.
const (
	managerKey = "manager" // the manager that a session acts for
	foundKey   = "found"   // the model.Session that the browser's token stands for
	freshKey   = "fresh"   // whether the cookie is to be sent again
)

// tokenCookie is a cookie that carries a signed random token and nothing else, so that the server can end what it
// stands for.
type tokenCookie struct {
	name string
	// former is the cookie's name in earlier versions, when all installations used the same one; "" for none.
	former  string
	codec   *securecookie.SecureCookie
	options sessions.Options
}

// cookieName adds the right prefix to a name. The prefixes are promises that browsers enforce: __Host- needs HTTPS and
// the path "/", __Secure- HTTPS alone.
func cookieName(name string, base *url.URL) string {
	switch {
	case base.Scheme != "https":
		return name
	case strings.TrimSuffix(base.Path, "/") == "":
		return "__Host-" + name
	}
	return "__Secure-" + name
}

// newTokenCookie makes the cookie of one kind, "" for a manager's. Cookies ignore ports, so its name holds the
// installation's mark: that keeps several on one host apart. The former version's cookie has no mark.
func newTokenCookie(mark, kind string, secret []byte, base *url.URL) tokenCookie {
	age := int(model.SessionIdle.Seconds())
	codec := securecookie.New(secret, nil)
	codec.MaxAge(age)
	codec.SetSerializer(gobText{})
	return tokenCookie{
		name:   cookieName("whetstone-"+mark+kind, base),
		former: cookieName("whetstone"+kind, base),
		codec:  codec,
		options: sessions.Options{
			Path: strings.TrimSuffix(base.Path, "/") + "/", MaxAge: age, HttpOnly: true,
			Secure: base.Scheme == "https", SameSite: http.SameSiteLaxMode,
		},
	}
}

// gobText is securecookie.GobEncoder, and reads a short text by itself: a decoder of package gob prepares anew for each
// cookie, which takes longer than to verify it.
type gobText struct{ securecookie.GobEncoder }

// Deserialize implements securecookie.Serializer. In a gob of a short text stand how many bytes follow, the type of a
// text, a zero, the length of the text, and the text.
func (g gobText) Deserialize(from []byte, into any) error {
	const head, textType, longest = 4, 12, 127
	text, isText := into.(*string)
	if !isText || len(from) <= head || len(from) > longest ||
		int(from[0]) != len(from)-1 || from[1] != textType || from[2] != 0 || int(from[3]) != len(from)-head {
		return g.GobEncoder.Deserialize(from, into)
	}
	*text = string(from[head:])
	return nil
}

// token reads the token that a request brings; found is false for a missing or a forged one. former reports whether
// the request has it only under the former version's name: it may then be another installation's, and so is left
// alone.
func (c *tokenCookie) token(r *http.Request) (token string, former, found bool) {
	if cookie, err := r.Cookie(c.name); err == nil {
		token, found = c.decode(c.name, cookie.Value)
		return token, false, found
	}
	token, found = c.formerToken(r)
	return token, found, found
}

func (c *tokenCookie) formerToken(r *http.Request) (token string, found bool) {
	cookie, err := r.Cookie(c.former)
	if err != nil {
		return "", false
	}
	return c.decode(c.former, cookie.Value)
}

func (c *tokenCookie) decode(name, value string) (token string, found bool) {
	err := c.codec.Decode(name, value, &token)
	return token, err == nil
}

// fresh returns an empty session.
func (c *tokenCookie) fresh(in sessions.Store, name string) *sessions.Session {
	session := sessions.NewSession(in, name)
	options := c.options
	session.Options = &options
	session.IsNew = true
	return session
}

// send sends the cookie of a session; with a negative MaxAge it removes the cookie instead, and the former version's
// if it stands for the same session.
func (c *tokenCookie) send(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 {
		http.SetCookie(w, sessions.NewCookie(session.Name(), "", session.Options))
		if token, found := c.formerToken(r); found && token == session.ID {
			http.SetCookie(w, sessions.NewCookie(c.former, "", session.Options))
		}
		return nil
	}
	encoded, err := c.codec.Encode(session.Name(), session.ID)
	if err != nil {
		return err
	}
	http.SetCookie(w, sessions.NewCookie(session.Name(), encoded, session.Options))
	return nil
}

// sessionStore is a sessions.Store over the app's sessions.
type sessionStore struct {
	tokenCookie
	app *app.App
}

func newSessionStore(useCases *app.App, mark string, secret []byte, base *url.URL) *sessionStore {
	return &sessionStore{newTokenCookie(mark, "", secret, base), useCases}
}

// Get implements sessions.Store, with one session per request.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New implements sessions.Store. A missing, forged, unknown or idle token gives a new session without
// a manager; only a failing database is an error.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := s.fresh(s, name)
	token, former, sent := s.token(r)
	if !sent {
		return session, nil
	}
	found, fresh, err := s.app.Session(r.Context(), token)
	if err != nil {
		if errors.Is(err, model.ErrNotFound) {
			return session, nil
		}
		return session, err
	}
	session.ID = token
	session.IsNew = false
	session.Values[managerKey] = found.ManagerID
	session.Values[foundKey] = found
	session.Values[freshKey] = fresh || former
	return session, nil
}

// Save implements sessions.Store: it opens a session on the server if there is none yet, and sends
// the cookie; with a negative MaxAge it removes the cookie instead.
func (s *sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.IsNew && session.Options.MaxAge >= 0 {
		manager, _ := session.Values[managerKey].(string)
		token, _, err := s.app.OpenSession(r.Context(), manager, deviceLabel(r.UserAgent()))
		if err != nil {
			return err
		}
		session.ID, session.IsNew = token, false
	}
	return s.send(r, w, session)
}

// visitor finds who asks, and sends the cookie again now and then, so that it lives as long as the session does. It
// also sends the cookie if it came under the former version's name.
func (s *Server) visitor(w http.ResponseWriter, r *http.Request) (visitor, error) {
	who := s.stranger(r)
	session, err := s.sessions.Get(r, s.sessions.name)
	if err != nil {
		return who, err
	}
	manager, _ := session.Values[managerKey].(string)
	if fresh, _ := session.Values[freshKey].(bool); fresh {
		if err := session.Save(r, w); err != nil {
			return who, err
		}
	}
	who.manager = manager
	who.session, _ = session.Values[foundKey].(model.Session)
	_, _, who.mentoring = s.mentors.token(r)
	return s.gated(r, who), nil
}

// stranger is whoever asks before anything is known of them.
func (s *Server) stranger(r *http.Request) visitor {
	holds := s.app.Installation(r.Context())
	return visitor{holds: holds, open: s.offered.Open(holds.Closed)}
}

// signIn opens a session that acts for a manager, in a browser that has none.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request, manager string) error {
	session, err := s.sessions.Get(r, s.sessions.name)
	if err != nil {
		return err
	}
	session.IsNew = true
	session.Values[managerKey] = manager
	return session.Save(r, w)
}

// adopt gives the browser a session that is open already, by its token, in place of any that it has.
func (s *Server) adopt(w http.ResponseWriter, r *http.Request, token string) error {
	session, err := s.sessions.Get(r, s.sessions.name)
	if err != nil {
		return err
	}
	session.ID, session.IsNew = token, false
	return session.Save(r, w)
}

// signOut removes the cookie of a session that has ended.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	session, err := s.sessions.Get(r, s.sessions.name)
	if err != nil {
		return err
	}
	session.Options.MaxAge = -1
	return session.Save(r, w)
}
