package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/sessions"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	accountview "whetstone/views/account"
)

// mailCookie keeps, in the browser that asks for a link in a mail, what the link opens something with: nobody who only
// sees the mail gets in.
type mailCookie struct{ tokenCookie }

func newMailCookie(mark string, secret []byte, base *url.URL) mailCookie {
	cookie := newTokenCookie(mark, "-mail", secret, base)
	age := int(model.MailLinkLife.Seconds())
	cookie.codec.MaxAge(age)
	cookie.options.MaxAge = age
	return mailCookie{cookie}
}

// kept returns what a browser keeps, "" for nothing, and the page that it wants to go on to once it is in.
func (c *mailCookie) kept(r *http.Request) (token, to string) {
	cookie, err := r.Cookie(c.name)
	if err != nil {
		return "", ""
	}
	kept, _ := c.decode(c.name, cookie.Value)
	token, to, _ = strings.Cut(kept, " ")
	return token, to
}

func (c *mailCookie) keep(w http.ResponseWriter, token, to string) error {
	encoded, err := c.codec.Encode(c.name, strings.TrimSuffix(token+" "+to, " "))
	if err == nil {
		http.SetCookie(w, sessions.NewCookie(c.name, encoded, &c.options))
	}
	return err
}

// comerCookie remembers in a browser by which addresses somebody came in there, by their hashes: nobody else can use up the
// links that are there for them.
type comerCookie struct{ tokenCookie }

// mostComers is how many addresses a browser remembers, the latest first.
const mostComers = 5

func newComerCookie(mark string, secret []byte, base *url.URL) comerCookie {
	return comerCookie{newTokenCookie(mark, "-mailed", secret, base)}
}

// hash is what is remembered of an address.
func (*comerCookie) hash(address string) string {
	sum := sha256.Sum256([]byte("came in by " + address))
	return hex.EncodeToString(sum[:16])
}

// kept returns what a browser is known by, and the hashes of its addresses.
func (c *comerCookie) kept(r *http.Request) (token string, hashes []string) {
	cookie, err := r.Cookie(c.name)
	if err != nil {
		return "", nil
	}
	kept, _ := c.decode(c.name, cookie.Value)
	token, rest, _ := strings.Cut(kept, " ")
	return token, strings.Fields(rest)
}

// knows returns what a browser is known by in which somebody came in by an address; "" for any other.
func (c *comerCookie) knows(r *http.Request, typed string) string {
	address, err := mail.Normal(typed)
	token, hashes := c.kept(r)
	if err != nil || !slices.Contains(hashes, c.hash(address)) {
		return ""
	}
	return token
}

// came remembers an address by which somebody came in.
func (c *comerCookie) came(w http.ResponseWriter, r *http.Request, random func() string, address string) error {
	token, hashes := c.kept(r)
	own := c.hash(address)
	hashes = append([]string{own}, slices.DeleteFunc(hashes, func(hash string) bool { return hash == own })...)
	kept := cmp.Or(token, random()) + " " + strings.Join(hashes[:min(len(hashes), mostComers)], " ")
	encoded, err := c.codec.Encode(c.name, kept)
	if err == nil {
		http.SetCookie(w, sessions.NewCookie(c.name, encoded, &c.options))
	}
	return err
}

const (
	mailTitle  = "A link by mail"
	mailedTo   = "Look at your mail"
	elsewhere  = "Open the link where you asked for it"
	linkEnded  = "This link opens nothing any more"
	confirming = "Is it you?"
)

// mailing is for links in mails. Where signing in is the only way in, nobody comes in by them, but whoever has signed in can
// confirm an address to be written to.
func (s *Server) mailing(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		switch {
		case !s.mails(who):
			return model.ErrNotFound
		case s.signInOnly(who):
			return s.own(next)(w, r, who)
		}
		return next(w, r, who)
	}
}

// mails reports whether links in mails confirm addresses here.
func (s *Server) mails(who visitor) bool {
	return s.Mail != nil && (s.signInOnly(who) || who.open.Has(model.ByMail))
}

func (s *Server) mailForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	adding := (s.signInOnly(who) || r.URL.Query().Has("add")) && who.known()
	return s.render(w, r, http.StatusOK, accountview.Mail(s.page(who, mailTitle), accountview.MailProps{Adding: adding, To: s.onward(r.URL.Query().Get("to"))}))
}

// askForMail sends a link, and says the same to everybody in the same time: whether anybody is known by the address,
// whether a mail goes out, and whether the server takes it.
func (s *Server) askForMail(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	props := accountview.MailProps{Adding: (s.signInOnly(who) || fields.Get("add") == "yes") && who.known() && !s.shared(who), Address: fields.Get("address"), To: s.onward(r.URL.Query().Get("to"))}
	kept, _ := s.askers.kept(r)
	asked, err := s.app.AskForMailLink(r.Context(), who.session, model.MailAsk{
		Address: props.Address, Adding: props.Adding, Browser: kept, From: s.clientCode(r),
		Known: s.comers.knows(r, props.Address),
	})
	if page, bad := withErrors(s.page(who, mailTitle), err); bad {
		page.ErrorsTitle = "Before a mail is sent"
		return s.render(w, r, http.StatusUnprocessableEntity, accountview.Mail(page, props))
	}
	if err != nil {
		return err
	}
	if asked.Secret != "" {
		// By now the link is kept, whatever becomes of the mail.
		subject, text := accountview.MailWords(s.absolute(s.paths.MailLink(asked.Secret)), s.BaseURL.Host, s.adding(who, props.Adding))
		if err := s.Mail.Post(mail.Message{To: asked.Address, Subject: subject, Text: text}); err != nil {
			s.Log.Warn("a mail was not handed over", "request", factsOf(r).id, "error", err)
		}
	}
	if err := s.askers.keep(w, asked.Browser, props.To); err != nil {
		return err
	}
	told(w, s.paths.Mail())
	return s.render(w, r, http.StatusOK, accountview.Mailed(s.page(who, mailedTo), mail.Shown(asked.Address), props.To, props.Adding))
}

// adding says what becomes of the address in a link.
func (s *Server) adding(who visitor, adding bool) accountview.Adding {
	switch {
	case !adding:
		return accountview.ComingIn
	case s.signInOnly(who):
		return accountview.Confirming
	}
	return accountview.AddingWay
}

func (s *Server) mailOpening(r *http.Request, who visitor) model.MailOpening {
	kept, _ := s.askers.kept(r)
	return model.MailOpening{Secret: r.PathValue("secret"), Browser: kept, From: s.clientCode(r), Label: deviceLabel(r.UserAgent()), Only: s.signInOnly(who)}
}

// mailLink is the page behind a link. It has a button, so that a program that follows links opens nothing, and says
// nothing of the person in another browser.
func (s *Server) mailLink(w http.ResponseWriter, r *http.Request, who visitor) error {
	opening := s.mailOpening(r, who)
	link, err := s.app.MailLink(r.Context(), opening)
	if errors.Is(err, model.ErrNotFound) {
		return s.closedLink(w, r, who, opening)
	}
	if err != nil {
		return err
	}
	if s.signInOnly(who) && link.ManagerID != who.manager {
		return s.closedLink(w, r, who, opening)
	}
	props := accountview.MailLinkProps{Secret: opening.Secret, Address: mail.Shown(link.Address), Adding: link.ManagerID != "" && link.ManagerID == who.manager}
	return s.render(w, r, http.StatusOK, accountview.MailLink(s.page(who, confirming), props))
}

// closedLink says what to do with a link that opens nothing in this browser.
func (s *Server) closedLink(w http.ResponseWriter, r *http.Request, who visitor, opening model.MailOpening) error {
	if opening.Browser == "" {
		return s.render(w, r, http.StatusForbidden, accountview.Elsewhere(s.page(who, elsewhere)))
	}
	return s.render(w, r, http.StatusGone, accountview.LinkEnded(s.page(who, linkEnded)))
}

func (s *Server) arriveByMail(w http.ResponseWriter, r *http.Request, who visitor) error {
	opening := s.mailOpening(r, who)
	arrived, adding, err := s.app.ArriveByMail(r.Context(), who.session, opening)
	if errors.Is(err, model.ErrNotFound) {
		return s.closedLink(w, r, who, opening)
	}
	if page, bad := withErrors(s.page(who, mailTitle), err); bad {
		page.ErrorsTitle = "The address was not added"
		return s.render(w, r, http.StatusUnprocessableEntity, accountview.Mail(page, accountview.MailProps{Adding: true}))
	}
	if err != nil {
		return err
	}
	if err := s.comers.came(w, r, s.Random, arrived.Address); err != nil {
		return err
	}
	if s.signInOnly(who) {
		return redirect(w, r, s.paths.Reminders()+"?done=confirmed#mail")
	}
	if adding {
		return s.arrived(w, r, arrived, s.paths.WaysIn())
	}
	_, to := s.askers.kept(r)
	return s.arrived(w, r, arrived, cmp.Or(s.onward(to), s.paths.Home()))
}
