package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/gorilla/securecookie"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/passkey"
	accountview "whetstone/views/account"
	"whetstone/views/kit"
)

// passkeys asks for passkeys and reads the answers, where the installation can have some.
type passkeys struct {
	party *passkey.Party
	// codec signs what travels with a form from a question to its answer.
	codec *securecookie.SecureCookie
}

// newPasskeys returns nil if the installation can't have passkeys.
func newPasskeys(base *url.URL, secret []byte) (*passkeys, error) {
	party, err := passkey.New(base)
	if errors.Is(err, passkey.ErrAddress) {
		return nil, nil
	}
	codec := securecookie.New(secret, nil)
	codec.MaxAge(0) // what it signs says itself how long it holds
	codec.SetSerializer(securecookie.NopEncoder{})
	return &passkeys{party, codec}, err
}

// asked signs a question for the page of a session; "" is that of anybody.
func (p *passkeys) asked(ceremony passkey.Ceremony, sessionID string) (accountview.PasskeyAsked, error) {
	signed, err := p.codec.Encode("passkey-"+sessionID, ceremony.Remembered)
	return accountview.PasskeyAsked{Options: ceremony.Options, Ceremony: signed}, err
}

// remembered reads what was signed for a page of a session; nil if it wasn't.
func (p *passkeys) remembered(signed, sessionID string) []byte {
	var remembered []byte
	if p.codec.Decode("passkey-"+sessionID, signed, &remembered) != nil {
		return nil
	}
	return remembered
}

// stalePasskey says that an answer doesn't hold.
var stalePasskey = model.InvalidFields([]model.FieldError{{Field: "passkey", Message: "The passkey’s answer doesn’t hold, or the page was open for too long. Press the button once more."}})

// passkeyWay is where one signs in with a passkey, to go on to a page.
func (s *Server) passkeyWay(page kit.Page, to string) (templ.Component, error) {
	ceremony, err := s.passkeys.party.Ask(s.Now())
	if err != nil {
		return nil, err
	}
	asked, err := s.passkeys.asked(ceremony, "")
	return accountview.SignInWithPasskey(page, asked, to), err
}

func (s *Server) signInWithPasskey(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	assertion, err := s.passkeys.party.Read(s.passkeys.remembered(fields.Get("ceremony"), ""), fields.Get("answer"), s.Now())
	if errors.Is(err, passkey.ErrRefused) {
		err = stalePasskey
	}
	arrival := model.Arrival{From: s.clientCode(r), Label: deviceLabel(r.UserAgent())}
	var arrived model.Arrived
	if err == nil {
		arrived, err = s.app.ArriveByPasskey(r.Context(), who.session, assertion, arrival)
	}
	if page, bad := withErrors(s.page(who, s.signInTitle(r, who)), err); bad {
		page.ErrorsTitle = "Before anything is opened"
		return s.renderSignIn(w, r, who, page, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return s.arrived(w, r, arrived, cmp.Or(s.onward(r.URL.Query().Get("to")), s.paths.Home()))
}

// ownPasskeys is where a manager manages their passkeys; typed is the form of a new one, nil before it was sent.
func (s *Server) ownPasskeys(page kit.Page, r *http.Request, who visitor, ways model.WaysIn, typed url.Values) (templ.Component, error) {
	if s.passkeys == nil {
		return accountview.NoPasskeys(page), nil
	}
	if !who.open.Has(model.ByPasskey) {
		return accountview.ClosedPasskeys(page, ways.Passkeys), nil
	}
	ceremony, err := s.passkeys.party.AskNew(s.app.PasskeyHandle(ways.Passkeys), ways.Passkeys, s.Now())
	if err != nil {
		return nil, err
	}
	asked, err := s.passkeys.asked(ceremony, who.session.ID)
	if err != nil {
		return nil, err
	}
	props := accountview.OwnPasskeysProps{Passkeys: ways.Passkeys, Others: ways.Others, Asked: asked, Name: deviceLabel(r.UserAgent())}
	if typed != nil {
		props.Name, props.SignOut = typed.Get("name"), typed.Get("others") == "yes"
	}
	return accountview.OwnPasskeys(page, props), nil
}

func (s *Server) addPasskey(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	made, err := s.passkeys.party.ReadNew(s.passkeys.remembered(fields.Get("ceremony"), who.session.ID), fields.Get("answer"), s.Now())
	if errors.Is(err, passkey.ErrRefused) {
		err = stalePasskey
	}
	var token string
	if err == nil {
		made.Name, made.Others = fields.Get("name"), fields.Get("others") == "yes"
		token, err = s.app.AddPasskey(r.Context(), who.session, made)
	}
	if page, bad := withErrors(s.settingsPage(who, waysTitle), err); bad {
		page.ErrorsTitle = "Before the passkey is kept"
		return s.renderWaysIn(w, r, who, page, http.StatusUnprocessableEntity, fields)
	}
	if err != nil {
		return err
	}
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	return redirect(w, r, s.paths.WaysIn())
}

const renamePasskeyTitle = "Rename a passkey"

func (s *Server) renamePasskeyForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	kept, ways, err := s.app.Passkey(r.Context(), who.session, r.PathValue("passkey"))
	if err != nil {
		return err
	}
	props := accountview.PasskeyProps{Passkey: kept, Ways: ways, Typed: kept.Name, Seen: app.SeenName(kept.Name)}
	return s.render(w, r, http.StatusOK, accountview.RenamePasskey(s.settingsPage(who, renamePasskeyTitle), props))
}

func (s *Server) renamePasskey(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, name := r.PathValue("passkey"), fields.Get("name")
	seen, keeps := counted(fields, accountview.PasskeyItem, fieldsSeen(fields, "name"))
	if !keeps {
		err = s.app.RenamePasskey(r.Context(), who.session, id, name, seen)
	}
	if page, status := refused(s.settingsPage(who, renamePasskeyTitle), err); status != 0 {
		kept, ways, err := s.app.Passkey(r.Context(), who.session, id)
		if err != nil {
			return err
		}
		props := accountview.PasskeyProps{Passkey: kept, Ways: ways, Typed: name, Seen: seen}
		if status == http.StatusConflict {
			props.Changed = &kit.Changed{Item: accountview.PasskeyItem, Seen: app.SeenName(kept.Name), Texts: []string{kept.Name}}
		}
		return s.render(w, r, status, accountview.RenamePasskey(page, props))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.WaysIn())
}

func (s *Server) removePasskeyForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	kept, ways, err := s.app.Passkey(r.Context(), who.session, r.PathValue("passkey"))
	if err != nil {
		return err
	}
	props := accountview.PasskeyProps{Passkey: kept, Ways: ways}
	return s.render(w, r, http.StatusOK, accountview.RemovePasskey(s.settingsPage(who, "Remove a passkey"), props))
}

func (s *Server) removePasskey(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	token, err := s.app.RemovePasskey(r.Context(), who.session, r.PathValue("passkey"), fields.Get("others") == "yes")
	if err != nil {
		return err
	}
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	return redirect(w, r, s.paths.WaysIn())
}
