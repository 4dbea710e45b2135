package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"whetstone/internal/model"
	accountview "whetstone/views/account"
	"whetstone/views/kit"
)

// signInWays are the ways in that this installation offers beside the recovery key, each with its form, to go on to a page.
func (s *Server) signInWays(page kit.Page, who visitor, to string) (ways []templ.Component, err error) {
	if who.open.Has(model.ByPasskey) {
		way, err := s.passkeyWay(page, to)
		if err != nil {
			return nil, err
		}
		ways = append(ways, way)
	}
	if who.open.Has(model.ByMail) {
		ways = append(ways, accountview.SignInByMail(page, to))
	}
	return ways, nil
}

// ownWays are the same ways where a manager manages theirs.
func (s *Server) ownWays(page kit.Page, r *http.Request, who visitor, ways model.WaysIn, typed url.Values) ([]templ.Component, error) {
	passkeys, err := s.ownPasskeys(page, r, who, ways, typed)
	own := []templ.Component{passkeys}
	if who.open.Has(model.ByMail) {
		own = append(own, accountview.AddMail(page))
	}
	return own, err
}

// vouchedWays are the ways in by which somebody else vouches for a person, to go on to a page or to add one of them.
func (s *Server) vouchedWays(page kit.Page, who visitor, to string, adding bool) (ways []templ.Component) {
	if who.named != "" && who.open.Has(model.ByProxy) {
		ways = append(ways, accountview.ByProxy(page, accountview.Asked{Key: proxyWay, Name: who.named, To: to, Adding: adding}))
	}
	for _, provider := range s.Providers {
		if who.open.HasIssuer(provider.Issuer) {
			ways = append(ways, accountview.ByProvider(page, accountview.Asked{Key: provider.Key, Name: provider.Name, To: to, Adding: adding}))
		}
	}
	return ways
}

// callers name who vouches for identities, under the ways in that are open to a visitor.
func (s *Server) callers(who visitor) accountview.Callers {
	return func(identity model.Identity) (name string, offered bool) {
		provider := s.providerOf(identity.Issuer)
		switch {
		case identity.Way == model.ByMail:
			return "A link in a mail", who.open.Has(model.ByMail)
		case identity.Way == model.ByProxy:
			return "The gate before this server", who.open.Has(model.ByProxy)
		case identity.Way == model.ByOpenID && provider != nil:
			return provider.Name, who.open.HasIssuer(identity.Issuer)
		}
		return identity.Issuer, false
	}
}

func (s *Server) signInPage(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderSignIn(w, r, who, s.page(who, s.signInTitle(r, who)), http.StatusOK)
}

// signInTitle is what the page is called on which one signs in, by what comes after it.
func (s *Server) signInTitle(r *http.Request, who visitor) string {
	switch {
	case s.paths.LeadsToShared(s.onward(r.URL.Query().Get("to"))):
		return "Sign in to open what was shared"
	case s.signInOnly(who):
		return "Sign in"
	}
	return "Open your history"
}

// renderSignIn answers with the page on which one signs in.
func (s *Server) renderSignIn(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int) error {
	recovery, err := s.app.Recovery(r.Context(), who.session)
	if err != nil {
		return err
	}
	to := s.onward(r.URL.Query().Get("to"))
	ways := s.vouchedWays(page, who, to, false)
	if !s.signInOnly(who) {
		own, err := s.signInWays(page, who, to)
		if err != nil {
			return err
		}
		ways = append(ways, own...)
	}
	props := accountview.SignInProps{Ways: ways, Held: recovery.Held, To: to, Shared: s.paths.LeadsToShared(to)}
	return s.render(w, r, status, accountview.SignIn(page, props))
}

// arriveAt lets somebody in who has just proved who they are, or asks first what becomes of the answers in this browser.
// They go on to a page, "" for the first one.
func (s *Server) arriveAt(w http.ResponseWriter, r *http.Request, who visitor, arrival model.Arrival, to string) error {
	arrival.From, arrival.Label = s.clientCode(r), deviceLabel(r.UserAgent())
	arrived, err := s.app.Arrive(r.Context(), who.session, arrival)
	if err == nil && who.replaced {
		err = s.forgetMentor(w, r)
	}
	if err != nil {
		return err
	}
	if arrival.Adding {
		return s.arrived(w, r, arrived, s.paths.WaysIn())
	}
	return s.arrived(w, r, arrived, cmp.Or(to, s.paths.Home()))
}

// arrived leads on somebody who was let in, or who has to choose first.
func (s *Server) arrived(w http.ResponseWriter, r *http.Request, arrived model.Arrived, onward string) error {
	if arrived.Token == "" {
		if onward == s.paths.Home() {
			onward = "" // where a choice leads anyway
		}
		return redirect(w, r, s.paths.ChoiceTo(onward))
	}
	return s.comesIn(w, r, arrived.Token, onward)
}

func (s *Server) choice(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.offerChoice(w, r, who, http.StatusOK, model.ChoiceInput{}, nil)
}

// offerChoice shows what lies where, and what was chosen; failure is why that was not done, nil before anything was.
func (s *Server) offerChoice(w http.ResponseWriter, r *http.Request, who visitor, status int, input model.ChoiceInput, failure error) error {
	choice, err := s.app.Choice(r.Context(), who.session)
	if err != nil {
		return err
	}
	props := accountview.ChoiceProps{Choice: choice, Chosen: input.Choice, Leave: input.Leave, To: s.onward(r.URL.Query().Get("to"))}
	page, bad := withErrors(s.page(who, accountview.ChoiceTitle(props)), failure)
	if bad {
		page.ErrorsTitle = "Before anything is opened"
	}
	return s.render(w, r, status, accountview.Choice(page, props))
}

func (s *Server) choose(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	to := s.onward(r.URL.Query().Get("to"))
	input := model.ChoiceInput{
		Choice: fields.Get("choice"), Leave: fields.Get("leave") == "yes",
		From: s.clientCode(r), Label: deviceLabel(r.UserAgent()),
	}
	arrived, err := s.app.Choose(r.Context(), who.session, input)
	if model.KindOf(err) == model.Invalid {
		return s.offerChoice(w, r, who, http.StatusUnprocessableEntity, input, err)
	}
	if err != nil {
		return err
	}
	if arrived.Together {
		return redirect(w, r, s.paths.TogetherTo(to))
	}
	if arrived.Token != "" {
		return s.comesIn(w, r, arrived.Token, cmp.Or(to, s.paths.Home()))
	}
	return redirect(w, r, cmp.Or(to, s.paths.Home()))
}

const waysTitle = "Your ways in"

func (s *Server) waysIn(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderWaysIn(w, r, who, s.settingsPage(who, waysTitle), http.StatusOK, nil)
}

// renderWaysIn answers with the ways by which a manager comes back; typed is what was sent by a form there, nil for none.
func (s *Server) renderWaysIn(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, typed url.Values) error {
	ways, err := s.app.WaysIn(r.Context(), who.session)
	if err != nil {
		return err
	}
	joined, err := s.app.Joining(r.Context(), who.manager)
	if err != nil {
		return err
	}
	sections := s.vouchedWays(page, who, "", true)
	if !s.signInOnly(who) {
		own, err := s.ownWays(page, r, who, ways, typed)
		if err != nil {
			return err
		}
		sections = append(sections, own...)
	}
	props := accountview.WaysInProps{WaysIn: ways, Joining: joined, Sections: sections, Callers: s.callers(who)}
	return s.render(w, r, status, accountview.WaysIn(page, props))
}

func (s *Server) removeWayInForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	identity, ways, err := s.app.WayIn(r.Context(), who.session, r.PathValue("way"))
	if err != nil {
		return err
	}
	props := accountview.RemoveWayInProps{Identity: identity, Ways: ways, Callers: s.callers(who), Needed: s.needed(who, ways, *identity)}
	return s.render(w, r, http.StatusOK, accountview.RemoveWayIn(s.settingsPage(who, "Remove a way in"), props))
}

// needed reports whether nothing else would open somebody's answers without an identity, where signing in is the only
// way.
func (s *Server) needed(who visitor, ways model.WaysIn, identity model.Identity) bool {
	return s.signInOnly(who) && !slices.ContainsFunc(ways.Identities, func(other model.Identity) bool {
		_, offered := s.callers(who)(other)
		return offered && other.ID != identity.ID
	})
}

func (s *Server) removeWayIn(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if s.signInOnly(who) {
		identity, ways, err := s.app.WayIn(r.Context(), who.session, r.PathValue("way"))
		if err != nil {
			return err
		}
		if s.needed(who, ways, *identity) {
			return redirect(w, r, s.paths.RemoveWayIn(identity.ID)) // which says why it stays
		}
	}
	token, err := s.app.RemoveWayIn(r.Context(), who.session, r.PathValue("way"), fields.Get("others") == "yes")
	if err != nil {
		return err
	}
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	return redirect(w, r, s.paths.WaysIn())
}
