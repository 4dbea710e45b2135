package web

import (
	"errors"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"whetstone/internal/model"
	"whetstone/internal/openid"
	"whetstone/internal/text"
)

// errSignIn refuses a form of somebody who has to sign in first.
var errSignIn = errors.New("nobody is signed in")

const (
	// longestName bounds the name that a proxy passes on.
	longestName = 255
	// typingTime is how long a page that was opened before one has to sign in again can still be sent.
	typingTime = 24 * time.Hour
)

// gated lets a session count for whom it was opened, and only if that is enough here.
func (s *Server) gated(r *http.Request, who visitor) visitor {
	who.named = s.named(r)
	if who.session.Way == model.ByProxy && who.named != "" && who.named != who.session.Subject {
		// Somebody else uses this browser now. They see nothing of the other's, not even that there is something.
		who.manager, who.session = "", model.Session{}
		who.mentoring, who.replaced = false, true
	}
	if s.signInOnly(who) && !s.admits(r, who) {
		who.manager = ""
	}
	return who
}

// admits reports whether a session was opened by a way in that is enough where signing in is the only one, and not too
// long ago.
func (s *Server) admits(r *http.Request, who visitor) bool {
	again := s.SignInAgain
	if r.Method == http.MethodPost {
		again += typingTime
	}
	if s.Now().Sub(who.session.CreatedAt) > again {
		return false
	}
	switch who.session.Way {
	case model.ByOpenID:
		return who.open.HasIssuer(who.session.Issuer)
	case model.ByProxy:
		return who.named != "" && who.open.Has(model.ByProxy)
	}
	return false
}

// signInOnly reports whether signing in is the only way in: the operator has said so, or organisers have.
func (s *Server) signInOnly(who visitor) bool {
	return s.SignInOnly || who.open != nil && !who.open.Has(model.ByVisit)
}

// waysOffered are the ways in that the configuration offers.
func (s *Server) waysOffered() (offered model.Offered) {
	if !s.SignInOnly {
		offered = append(offered, model.VisitOffered)
	}
	for _, provider := range s.Providers {
		offered = append(offered, model.WayOffered{Key: provider.Key, Name: provider.Name, Way: model.ByOpenID, Issuer: provider.Issuer})
	}
	if s.NameHeader != "" {
		offered = append(offered, model.WayOffered{Key: proxyWay, Name: "The gate before this server", Way: model.ByProxy})
	}
	if s.SignInOnly {
		return offered
	}
	if s.Mail != nil {
		offered = append(offered, model.WayOffered{Key: "mail", Name: "Links by mail", Way: model.ByMail})
	}
	if s.passkeys != nil {
		offered = append(offered, model.WayOffered{Key: "passkey", Name: "Passkeys", Way: model.ByPasskey})
	}
	return offered
}

// named returns whom a trusted proxy names in its header, "" if none does. A client's own word counts for nothing, and is
// logged without what it says.
func (s *Server) named(r *http.Request) string {
	if s.NameHeader == "" {
		return ""
	}
	names := r.Header.Values(s.NameHeader)
	if len(names) == 0 || len(names) == 1 && names[0] == "" {
		return ""
	}
	if peer, known := peerOf(r); !known || !s.trusts(peer) {
		s.Log.Warn("a client names itself, which only a trusted proxy may", "request", factsOf(r).id, "route", factsOf(r).pattern, "header", s.NameHeader)
		return ""
	}
	name := names[0]
	if len(names) > 1 || !utf8.ValidString(name) || len(name) > longestName || text.Line(name) != name || !text.Visible(name) {
		s.Log.Warn("a proxy names nobody that can be taken: one name is wanted, of 255 bytes or fewer", "request", factsOf(r).id, "route", factsOf(r).pattern, "header", s.NameHeader)
		return ""
	}
	return name
}

// provider returns the provider whose sign-in is at an address, nil for none.
func (s *Server) provider(key string) *openid.Provider {
	return s.providerBy(func(one *openid.Provider) bool { return one.Key == key })
}

// providerOf returns the provider of an issuer, nil for none.
func (s *Server) providerOf(issuer string) *openid.Provider {
	return s.providerBy(func(one *openid.Provider) bool { return one.Issuer == issuer })
}

func (s *Server) providerBy(matches func(*openid.Provider) bool) *openid.Provider {
	if at := slices.IndexFunc(s.Providers, matches); at >= 0 {
		return s.Providers[at]
	}
	return nil
}

// guest lets everybody in, but where signing in is the only way in nobody who hasn't.
func (s *Server) guest(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if s.signInOnly(who) && !who.known() {
			return errNobody
		}
		return next(w, r, who)
	}
}

// through is for what belongs to a way in, and isn't there while that isn't open.
func (s *Server) through(way model.Way, whom func(handler) handler) func(handler) handler {
	return func(next handler) handler {
		return func(w http.ResponseWriter, r *http.Request, who visitor) error {
			if !who.open.Has(way) {
				return model.ErrNotFound
			}
			return whom(next)(w, r, who)
		}
	}
}

// holder admits whoever has a session of their own, also one that is not enough to come in.
func (s *Server) holder(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		if who.session.ManagerID == "" || who.session.ManagerID == s.DemonstrationManager {
			return errNobody
		}
		return next(w, r, who)
	}
}

// signedIn leads whoever has to sign in there, to come back afterwards; from a form it gives back what was typed.
func (s *Server) signedIn(w http.ResponseWriter, r *http.Request, who visitor, err error) error {
	nobody := s.signInOnly(who) && errors.Is(err, errNobody)
	switch {
	case !nobody && model.KindOf(err) != model.SignedInLongAgo:
		return err
	case r.Method == http.MethodPost || scripted(r):
		return errSignIn
	}
	to := r.URL.RequestURI()
	if s.backTo(to) == nil {
		to = ""
	}
	return redirect(w, r, s.paths.SignInTo(to))
}
