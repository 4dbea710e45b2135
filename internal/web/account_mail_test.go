package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/web"
)

// mailing has an installation send its mail to a server of the test's.
func mailing(s *site) { mailingTo(mailtest.Start(s.t, mail.StartTLS, true))(s) }

func mailingTo(server *mailtest.Server) func(*site) {
	return func(s *site) {
		s.t.Helper()
		s.mail = server
		sender, err := mail.New(server.Settings)
		if err != nil {
			s.t.Fatal(err)
		}
		s.configuration.Mail = mail.NewOutbox(sender, s.configuration.Log)
		s.t.Cleanup(func() { s.configuration.Mail.Close(time.Minute) })
	}
}

// mailed has an installation that is running send mail from now on.
func (s *site) mailed() {
	s.t.Helper()
	mailing(s)
	var err error
	if s.handler, err = web.New(s.useCases, s.configuration); err != nil {
		s.t.Fatal(err)
	}
}

// withAddress is somebody who has finished an assessment and comes in by a mail address.
func (s *site) withAddress() *browser {
	s.t.Helper()
	owner := s.browser()
	owner.finished("first-team", "pulse")
	owner.asksForMail(s.paths.WaysIn(), "ada@example.com")
	owner.get(linkIn(s.t, s.mail)).press("Add it").wantAt(s.paths.WaysIn())
	return owner
}

// asksForMail asks for a link for an address, on the page at a path.
func (b *browser) asksForMail(path, address string) *page {
	b.t.Helper()
	return b.visit(path).wantStatus(http.StatusOK).press("Send me a link", "address", address)
}

// linkIn is the path of the link in the next mail.
func linkIn(t *testing.T, server *mailtest.Server) string {
	t.Helper()
	link, err := url.Parse(server.Next(t).Link(t))
	if err != nil || link.Host != "whetstone.test" || link.Scheme != "https" {
		t.Fatalf("the link is %s, %v", link, err)
	}
	return link.Path
}

// confirms opens a link and presses its button.
func (b *browser) confirms(link string) *page {
	b.t.Helper()
	return b.get(link).wantStatus(http.StatusOK).press("Come in")
}

// Who comes the first time begins; elsewhere the address opens the same history, in whatever spelling.
func TestALinkInAMailLetsIn(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.StartTLS, true)
	s := newSite(t, mailingTo(server))
	ada := s.browser()
	ada.asksForMail(s.paths.SignIn(), " Ada@Example.COM ").wantStatus(http.StatusOK).wantText("If mail for ada@example.com can be delivered, a link is on its way.")
	got := server.Next(t)
	if got.To != "ada@example.com" || !strings.Contains(got.Text, "whetstone.test") || strings.Contains(got.Text, "Ada") {
		t.Errorf("the mail is %+v", got)
	}
	link, _ := url.Parse(got.Link(t))
	// A program that follows links opens nothing.
	for range 3 {
		ada.get(link.Path).wantStatus(http.StatusOK).wantText("You asked to come in as ada@example.com, in this browser.")
	}
	ada.confirms(link.Path).wantAt(s.paths.Home())
	id := ada.finished("first-team", "pulse")
	ada.get(link.Path).wantStatus(http.StatusGone).wantText("It was used already")
	ada.post(link.Path, url.Values{}).wantStatus(http.StatusGone)
	elsewhere := s.browser()
	elsewhere.asksForMail(s.paths.Mail(), "ADA@example.com").wantStatus(http.StatusOK)
	elsewhere.confirms(linkIn(t, server)).wantAt(s.paths.Home())
	elsewhere.get(s.paths.Result(id)).wantStatus(http.StatusOK)
	elsewhere.get(s.paths.WaysIn()).wantText("A link in a mail, since")
	ada.get(s.paths.Devices()).wantText("by a link in a mail as")
	if log := s.log.String(); strings.Contains(strings.ToLower(log), "ada@") || strings.Contains(log, strings.TrimPrefix(link.Path, "/come-in/")) {
		t.Error("the log tells of an address or a link")
	}
}

// A link opens only where it was asked for, and elsewhere every link looks the same.
func TestALinkIsBoundToItsBrowser(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server))
	ada, thief, nobody := s.browser(), s.browser(), s.browser()
	ada.asksForMail(s.paths.SignIn(), "ada@example.com")
	first := linkIn(t, server)
	thief.asksForMail(s.paths.SignIn(), "thief@example.com")
	_ = linkIn(t, server)
	never := s.paths.MailLink(strings.Repeat("A", len(first)))
	real, unreal := nobody.get(first).wantStatus(http.StatusForbidden), nobody.get(never).wantStatus(http.StatusForbidden)
	if real.wantText("Open the link where you asked for it").body != unreal.body || strings.Contains(real.body, "ada") {
		t.Error("it shows elsewhere whether a link is one")
	}
	if thief.get(first).wantStatus(http.StatusGone).body != thief.get(never).wantStatus(http.StatusGone).body {
		t.Error("it shows in a browser that has asked whether a link is another’s")
	}
	nobody.post(first, url.Values{}).wantStatus(http.StatusForbidden)
	thief.post(first, url.Values{}).wantStatus(http.StatusGone)
	// Asking again ends nothing, and using one ends the others.
	ada.asksForMail(s.paths.SignIn(), "ada@example.com")
	second := linkIn(t, server)
	ada.get(second).wantStatus(http.StatusOK)
	ada.confirms(first).wantAt(s.paths.Home())
	ada.get(second).wantStatus(http.StatusGone)
	// Ten minutes later nothing opens.
	late := s.browser()
	late.asksForMail(s.paths.SignIn(), "late@example.com")
	link := linkIn(t, server)
	opened := late.get(link)
	s.clock.advance(10*time.Minute + time.Second)
	late.get(link).wantStatus(http.StatusGone)
	opened.press("Come in").wantStatus(http.StatusGone)
}

// An anonymous history gets an address; one that opens another history asks first; another person’s session gets nothing.
func TestAnAddressIsAddedToAHistory(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server))
	ada := s.browser()
	id := ada.finished("first-team", "pulse")
	ada.asksForMail(s.paths.WaysIn(), "ada@example.com").wantText("Back to your ways in")
	link := linkIn(t, server)
	ada.get(link).wantText("Add this address?").press("Add it").wantAt(s.paths.WaysIn()).wantText("ada@example.com").wantText("Signing in opens your answers on any device.")
	ada.get(s.paths.Result(id)).wantStatus(http.StatusOK)
	grace := s.browser()
	grace.finished("first-team", "pulse")
	grace.asksForMail(s.paths.WaysIn(), "ada@example.com")
	grace.get(linkIn(t, server)).press("Add it").wantAt(s.paths.ChoiceTo(s.paths.WaysIn())).wantText("Two histories")
	// In the browser of an earlier person somebody else has come in meanwhile.
	first := s.browser()
	first.finished("first-team", "pulse")
	key := ada.makeKey()
	first.asksForMail(s.paths.WaysIn(), "new@example.com")
	link = linkIn(t, server)
	first.visit(s.paths.Recover()).press("Open the history", "words", key, "leave", "yes").wantAt(s.paths.History())
	first.get(link).wantText("You asked to come in as new@example.com")
	first.confirms(link).wantAt(s.paths.Choice())
	if shown := ada.get(s.paths.WaysIn()); strings.Contains(shown.body, "new@example.com") {
		t.Error("the address was added to another person’s history")
	}
}

// Before an address goes its person reads what ends with it, unless it is theirs by another way in, too.
func TestRemovingAnAddressSaysWhatEnds(t *testing.T) {
	t.Parallel()
	s := newSite(t, mailing)
	owner := s.withAddress()
	ways, err := s.useCases.WaysIn(t.Context(), owner.session())
	if err != nil {
		t.Fatal(err)
	}
	owner.visit(s.paths.RemoveWayIn(ways.Identities[0].ID)).wantText("Reminders by mail end that go to ada@example.com").wantText("It is the only one")
	err = s.store.InTx(t.Context(), func(tx *store.Store) error {
		another := model.Identity{ID: "another", Way: model.ByOpenID, Issuer: "https://id.example.org", Subject: "1", Name: "Ada", Address: "ada@example.com", Made: s.clock.now()}
		return tx.PutIdentity(t.Context(), owner.session().ManagerID, another)
	})
	if err != nil {
		t.Fatal(err)
	}
	if kept := owner.visit(s.paths.RemoveWayIn(ways.Identities[0].ID)); strings.Contains(kept.text(), "Reminders by mail end") {
		t.Error("reminders are said to end though the address is theirs by another way in")
	}
}

// Nobody's letterbox is filled, by however many who ask at however many processes, and nobody learns that others asked.
func TestAnAddressGetsFewLinks(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server), behindProxy)
	handlers := []http.Handler{s.handler, s.beside()}
	var bodies []string
	for i := range 5 {
		s.handler = handlers[i%2]
		answer := s.browser().asksForMail(s.paths.Mail(), "ada@example.com").wantStatus(http.StatusOK)
		bodies = append(bodies, onceOnPage.ReplaceAllString(answer.body, ""))
	}
	for range 3 {
		server.Next(t)
	}
	s.configuration.Mail.Close(time.Minute)
	if len(server.Mails()) != 3 || bodies[0] != bodies[4] {
		t.Errorf("%d mails came, and the answers are\n%s\n%s", len(server.Mails()), bodies[0], bodies[4])
	}
	for range 60 {
		s.clock.advance(10 * time.Minute)
		s.browser().asksForMail(s.paths.Mail(), "ada@example.com").wantStatus(http.StatusOK)
	}
	s.configuration.Mail.Close(time.Minute)
	if got := len(server.Mails()); got != 10 {
		t.Errorf("%d mails came within a day", got)
	}
	// Others, from elsewhere, use up no more than so many together.
	for i := range 60 {
		s.browser().post(s.paths.Mail(), url.Values{"address": {"ada@example.com"}}, from(fmt.Sprintf("198.51.100.%d", i))).wantStatus(http.StatusOK)
		s.clock.advance(10 * time.Minute)
	}
	s.configuration.Mail.Close(time.Minute)
	if got := len(server.Mails()); got > 50+40 {
		t.Errorf("%d mails came from everywhere", got)
	}
	// One client gets so many, whatever the addresses.
	for i := range 50 {
		s.browser().asksForMail(s.paths.Mail(), "ada"+strings.Repeat("a", i)+"@example.com")
	}
	s.browser().asksForMail(s.paths.Mail(), "another@example.com").wantStatus(http.StatusTooManyRequests)
}

// Whatever strangers ask for, a browser in which the person has come in before gets its link, and one that was sent opens.
func TestStrangersUseUpNobodysLinks(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server), behindProxy)
	ada := s.browser()
	ada.asksForMail(s.paths.SignIn(), "ada@example.com")
	ada.confirms(linkIn(t, server)).wantAt(s.paths.Home())
	waiting := s.browser()
	s.clock.advance(10 * time.Minute)
	waiting.asksForMail(s.paths.SignIn(), "ada@example.com")
	sent := linkIn(t, server)
	for i := range 100 {
		s.browser().post(s.paths.Mail(), url.Values{"address": {"ada@example.com"}}, from(fmt.Sprintf("198.51.100.%d", i%50))).wantStatus(http.StatusOK)
	}
	s.configuration.Mail.Close(time.Minute)
	came := len(server.Mails())
	stranger := s.browser()
	stranger.post(s.paths.Mail(), url.Values{"address": {"ada@example.com"}}, from("203.0.113.9")).wantStatus(http.StatusOK)
	s.configuration.Mail.Close(time.Minute)
	if got := len(server.Mails()); got != came {
		t.Errorf("%d more mails came", got-came)
	}
	waiting.confirms(sent).wantAt(s.paths.Home())
	for range came - 2 {
		server.Next(t)
	}
	device := ada.session()
	ada.post(s.paths.EndDevice(device.ID), nil)
	ada.asksForMail(s.paths.SignIn(), "ADA@example.com")
	ada.confirms(linkIn(t, server)).wantAt(s.paths.Home())
	// That is bounded, too, and holds for this address alone.
	for range 5 {
		ada.post(s.paths.Mail(), url.Values{"address": {"ada@example.com"}})
	}
	s.configuration.Mail.Close(time.Minute)
	if got := len(server.Mails()); got != came+3 {
		t.Errorf("the person’s own browser got %d", got-came)
	}
}

// A server that takes nothing changes no page, and the log says so without an address.
func TestAServerThatTakesNoMailTellsNothing(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	server.Refuse(mailtest.ErrUnknown("ada@example.com"))
	s := newSite(t, mailingTo(server))
	s.browser().asksForMail(s.paths.SignIn(), "ada@example.com").wantStatus(http.StatusOK).wantText("If mail for ada@example.com can be delivered")
	s.configuration.Mail.Close(time.Minute)
	if log := s.log.String(); !strings.Contains(log, "a mail was not handed over") || !strings.Contains(log, "(550)") || strings.Contains(log, "ada@") {
		t.Errorf("the log says %s", log)
	}
}

// What is no address is said so, with what was typed; without a server for mail there are no such pages.
func TestOnlyAnAddressIsSentTo(t *testing.T) {
	t.Parallel()
	s := newSite(t, mailing)
	ada := s.browser()
	ada.asksForMail(s.paths.SignIn(), "ada at example").wantStatus(http.StatusUnprocessableEntity).wantText("Enter a mail address such as name@example.org").wantText("Before a mail is sent")
	without := newSite(t)
	for _, path := range []string{without.paths.Mail(), without.paths.MailLink("secret")} {
		without.browser().get(path).wantStatus(http.StatusNotFound)
		without.browser().post(path, url.Values{"address": {"ada@example.com"}}).wantStatus(http.StatusNotFound)
	}
	if shown := without.browser().get(without.paths.SignIn()); strings.Contains(shown.text(), "mail") {
		t.Errorf("mail is offered: %s", shown.text())
	}
}

// A link that is pressed twice lets in once, and both presses lead on.
func TestALinkIsPressedTwice(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server))
	ada := s.browser()
	ada.asksForMail(s.paths.SignIn(), "ada@example.com")
	link := linkIn(t, server)
	opened := ada.get(link)
	opened.press("Come in").wantAt(s.paths.Home())
	opened.press("Come in").wantAt(s.paths.Home())
}
