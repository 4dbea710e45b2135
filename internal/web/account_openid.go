package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/securecookie"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/openid"
	accountview "whetstone/views/account"
)

// proxyWay stands in the address by which somebody signs in by a proxy's word.
const proxyWay = "proxy"

// flowCookie keeps the sign-ins that are on their way in the browser that began them: nobody else's browser can finish
// one. They are sealed, since they hold what proves that.
type flowCookie struct {
	http.Cookie
	codec *securecookie.SecureCookie
}

// mostFlows is how many sign-ins a browser can have on their way, the latest first: one for each of a few tabs.
const mostFlows = 4

func newFlowCookie(mark string, secret []byte, base *url.URL) flowCookie {
	key := func(purpose string) []byte {
		derived := hmac.New(sha256.New, secret)
		derived.Write([]byte("sign-in " + purpose))
		return derived.Sum(nil)
	}
	age := int(openid.Life.Seconds())
	codec := securecookie.New(key("signature"), key("seal"))
	codec.MaxAge(age)
	codec.SetSerializer(securecookie.JSONEncoder{})
	return flowCookie{http.Cookie{
		Name: cookieName("whetstone-"+mark+"-sign-in", base), Path: strings.TrimSuffix(base.Path, "/") + "/", MaxAge: age,
		HttpOnly: true, Secure: base.Scheme == "https", SameSite: http.SameSiteLaxMode,
	}, codec}
}

// add keeps one more sign-in, if need be in the place of the oldest: a cookie holds only so much.
func (c *flowCookie) add(w http.ResponseWriter, r *http.Request, flow openid.Flow) (err error) {
	flows := append([]openid.Flow{flow}, c.kept(r)...)
	for flows = flows[:min(len(flows), mostFlows)]; len(flows) > 0; flows = flows[:len(flows)-1] {
		if err = c.keep(w, flows); err == nil {
			return nil
		}
	}
	return err
}

// kept are the sign-ins that a browser has begun.
func (c *flowCookie) kept(r *http.Request) (flows []openid.Flow) {
	sent, err := r.Cookie(c.Name)
	if err != nil || c.codec.Decode(c.Name, sent.Value, &flows) != nil {
		return nil
	}
	return flows
}

func (c *flowCookie) keep(w http.ResponseWriter, flows []openid.Flow) error {
	cookie, err := c.Cookie, error(nil)
	if cookie.Value, err = c.codec.Encode(c.Name, flows); err != nil {
		return err
	}
	http.SetCookie(w, &cookie)
	return nil
}

// take returns the sign-in with a state that a browser has begun, the zero value for none, and takes it from the browser.
// The others stay there: they are on their way in other tabs.
func (c *flowCookie) take(w http.ResponseWriter, r *http.Request, state string) (openid.Flow, error) {
	flows := c.kept(r)
	at := slices.IndexFunc(flows, func(flow openid.Flow) bool { return flow.Is(state) })
	if at < 0 {
		return openid.Flow{}, nil
	}
	flow := flows[at]
	if flows = slices.Delete(flows, at, at+1); len(flows) > 0 {
		return flow, c.keep(w, flows)
	}
	cookie := c.Cookie
	cookie.MaxAge = -1
	http.SetCookie(w, &cookie)
	return flow, nil
}

// signInWith begins a sign-in by a provider, or lets in whom a proxy names.
func (s *Server) signInWith(w http.ResponseWriter, r *http.Request, who visitor) error {
	way, query := r.PathValue("way"), r.URL.Query()
	if way == proxyWay {
		return s.signInByProxy(w, r, who)
	}
	provider := s.provider(way)
	if provider == nil || !who.open.HasIssuer(provider.Issuer) {
		return model.ErrNotFound
	}
	if err := s.app.BeginSignIn(r.Context(), s.clientCode(r)); err != nil {
		return err
	}
	flow, address, err := provider.Begin(r.Context(), s.Random, s.absolute(s.paths.SignInBack(way)), query.Has("anew"))
	asked := accountview.Asked{Key: way, Name: provider.Name, To: s.onward(query.Get("to")), Adding: query.Has("add") && who.known()}
	if err != nil {
		return s.refuseSignIn(w, r, who, asked, err)
	}
	flow.Adding, flow.To = asked.Adding, asked.To
	if err := s.flows.add(w, r, flow); err != nil {
		return err
	}
	page := s.page(who, "Going on to "+provider.Name)
	page.Onward = address
	return s.render(w, r, http.StatusOK, accountview.Onward(page, provider.Name, "There you sign in, and come back here."))
}

// onward returns an address of ours to go on to, "" for any other.
func (s *Server) onward(to string) string {
	if s.backTo(to) == nil {
		return ""
	}
	return to
}

// signInBack lets in who comes back from a provider. It changes something although it is got: that is how providers lead
// back. So it counts only in the browser that began, and once.
func (s *Server) signInBack(w http.ResponseWriter, r *http.Request, who visitor) error {
	way := r.PathValue("way")
	provider := s.provider(way)
	if provider == nil || !who.open.HasIssuer(provider.Issuer) || r.Method != http.MethodGet {
		return model.ErrNotFound
	}
	flow, err := s.flows.take(w, r, r.URL.Query().Get("state"))
	if err != nil {
		return err
	}
	asked := accountview.Asked{Key: way, Name: provider.Name, To: s.onward(flow.To), Adding: flow.Adding && who.known()}
	if err := provider.Belongs(flow, r.URL.Query()); err != nil {
		return s.refuseSignIn(w, r, who, asked, err)
	}
	var identity model.Identity
	used, err := s.app.FinishSignIn(r.Context(), flow.State, s.clientCode(r), func() (try bool, err error) {
		identity, err = provider.Finish(r.Context(), flow, r.URL.Query().Get("code"), s.absolute(s.paths.SignInBack(way)))
		problem, failed := errors.AsType[*openid.Error](err)
		return failed && (problem.Problem == openid.Used || problem.Problem == openid.Invalid), err
	})
	if used {
		err = &openid.Error{Problem: openid.Used}
	}
	if err != nil {
		return s.refuseSignIn(w, r, who, asked, err)
	}
	return s.arriveAt(w, r, who, model.Arrival{Identity: identity, Adding: asked.Adding}, asked.To)
}

// signInByProxy lets in whom a trusted proxy names.
func (s *Server) signInByProxy(w http.ResponseWriter, r *http.Request, who visitor) error {
	if who.named == "" || !who.open.Has(model.ByProxy) {
		return model.ErrNotFound
	}
	query := r.URL.Query()
	identity := model.Identity{Way: model.ByProxy, Subject: who.named, Name: who.named}
	// The gate vouches for the name, so where that is a mail address, it is theirs.
	identity.Address, _ = mail.Normal(who.named)
	return s.arriveAt(w, r, who, model.Arrival{Identity: identity, Adding: query.Has("add") && who.known()}, s.onward(query.Get("to")))
}

// refuseSignIn says why somebody who tried to sign in isn't in, and what to do.
func (s *Server) refuseSignIn(w http.ResponseWriter, r *http.Request, who visitor, asked accountview.Asked, err error) error {
	problem, is := errors.AsType[*openid.Error](err)
	if !is {
		return err
	}
	s.Log.Warn("a sign-in came to nothing", "request", factsOf(r).id, "provider", asked.Key, "error", err)
	props := accountview.RefusedProps{
		Asked: asked, Problem: problem.Problem, As: problem.Name, RequestID: factsOf(r).id,
		Others: !s.signInOnly(who) || len(s.vouchedWays(s.page(who, ""), who, "", false)) > 1,
	}
	page := s.page(who, accountview.RefusedTitle(props))
	return s.render(w, r, statusOf(err), accountview.Refused(page, props))
}

// signOutElsewhere leads somebody who has signed out here on to the provider that they came by, if that signs people
// out, too; found is false otherwise.
func (s *Server) signOutElsewhere(w http.ResponseWriter, r *http.Request, who visitor) (found bool, err error) {
	provider := s.providerOf(who.session.Issuer)
	if who.session.Way != model.ByOpenID || provider == nil {
		return false, nil
	}
	address := provider.SignOut(r.Context(), s.absolute(s.paths.Home()))
	if address == "" {
		return false, nil
	}
	told(w, s.paths.Home())
	page := s.page(who.nobody(), "Going on to "+provider.Name)
	page.Onward = address
	return true, s.render(w, r, http.StatusOK, accountview.Onward(page, provider.Name, "You are signed out here. There you can sign out, too."))
}
