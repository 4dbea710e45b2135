package web_test

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/model"
	"whetstone/internal/openid/openidtest"
)

// forAlone is the form of a share that opens for one person alone.
func forAlone(address string) url.Values {
	fields := everything()
	fields.Set("address", address)
	return fields
}

// namedBy lets a proxy before an installation name people, in the header X-Remote-User.
func namedBy(s *site) {
	s.configuration.NameHeader, s.configuration.TrustedProxies = "X-Remote-User", []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")} // where tests come from
	s.configuration.SignInAgain = 30 * day
}

// as lets the proxy name somebody.
func as(names ...string) func(*http.Request) {
	return func(r *http.Request) { r.Header["X-Remote-User"] = names }
}

// Whoever opens a link for one person alone signs in, comes back to the link, and is let in by their confirmed address.
func TestALinkForOnePersonIsOpenedBySigningIn(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	owner, ada, bo := s.browser(), s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	owner.visit(s.paths.NewShare(id)).wantText("For whom alone?")
	owner.post(s.paths.NewShare(id), forAlone("no address")).wantStatus(http.StatusUnprocessableEntity).wantText("Enter one mail address")
	preview := forAlone("Ada@Example.org")
	preview.Set("go", "preview")
	made := owner.post(s.paths.NewShare(id), preview).wantStatus(http.StatusOK).wantText("It opens for you alone").press("Make the link")
	made.wantText("ada@example.org").wantText("sign in with the address")
	share := made.made()
	owner.visit(s.paths.Share(share.id)).wantText("ada@example.org").wantText("Not opened yet")
	owner.visit(s.paths.Shares()).wantText("ada@example.org")

	asked := ada.get(share.link).wantStatus(http.StatusSeeOther)
	if got := asked.header.Get("Location"); got != s.paths.SignInTo(share.link) {
		t.Fatalf("it leads to %s", got)
	}
	page := asked.follow().wantStatus(http.StatusOK).wantText("Sign in to open what was shared")
	for _, said := range []string{"ada@", "Ada", "my mentor"} {
		if strings.Contains(page.body, said) {
			t.Errorf("who isn’t signed in is told %q", said)
		}
	}
	ada.post(share.link, nil).wantStatus(http.StatusForbidden)
	back := ada.comesBack(real, s.paths.SignInWith("openid", share.link), "ada").wantStatus(onward)
	if got := back.header.Get("Location"); got != share.link {
		t.Fatalf("after signing in it leads to %s", got)
	}
	ada.opens(share).wantText("How do you see Ada")
	ada.visit(s.paths.Received()).wantText("Ada")
	owner.visit(s.paths.Share(share.id)).wantText("Opened once")

	// Somebody else is refused, and nothing is told to them or of them.
	bo.comesBack(real, s.paths.SignInWith("openid", share.link), "bo").wantStatus(onward)
	refused := bo.get(share.link).wantStatus(http.StatusForbidden).wantText("This link is for somebody else").wantText("bo@example.org")
	bo.post(share.link, nil).wantStatus(http.StatusForbidden).wantText("This link is for somebody else")
	for _, said := range []string{"ada@", "Ada", "my mentor"} {
		if strings.Contains(refused.body, said) {
			t.Errorf("somebody else is told %q", said)
		}
	}
	bo.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	// Nor does another browser that goes on by a code, before signing in, whether a person or a script asks.
	aside := s.browser()
	aside.visit(s.paths.Continue()).press("Go on here", "code", ada.code()).wantStatus(http.StatusOK).wantNoText("asks for your view")
	if got := aside.get(s.paths.Shared(share.id)).wantStatus(http.StatusSeeOther).header.Get("Location"); got != s.paths.SignInTo(s.paths.Shared(share.id)) {
		t.Errorf("it leads to %s", got)
	}
	script := func(r *http.Request) { r.Header.Set("Accept", "application/json") }
	aside.post(s.paths.Ratings(share.id), url.Values{"item": {"design"}, "level": {"5"}}, script).wantStatus(http.StatusForbidden).wantText("once they have signed in here")
	aside.post(s.paths.Rate(share.id, "design"), url.Values{"level": {"5"}, "comment": {"Typed before."}}).wantStatus(http.StatusForbidden).wantText("Sign in to go on").wantText("Typed before.")
	owner.visit(s.paths.Share(share.id)).wantText("Opened once")
	bare := owner.shares(id, everything())
	s.browser().opens(bare)

	// On another device it opens by signing in alone, and signing out closes it.
	desk := s.browser()
	desk.comesBack(real, s.paths.SignInWith("openid", ""), "ada").wantStatus(onward)
	desk.visit(s.paths.Received()).wantText("Ada")
	desk.visit(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	device := desk.session()
	desk.post(s.paths.EndDevice(device.ID), nil)
	desk.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	if log := s.log.String(); strings.Contains(log, "ada@") || strings.Contains(log, share.secret) {
		t.Error("the log tells of whom a link is for, or the link")
	}
	owner.post(s.paths.RevokeShare(share.id), nil)
	ada.get(s.paths.Shared(share.id)).wantStatus(http.StatusGone)
	s.browser().get(share.link).wantStatus(http.StatusNotFound)
}

// By a link in a mail, too, one comes back to what is to be opened; nobody is written to without asking.
func TestALinkForOnePersonIsOpenedByMail(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.StartTLS, true)
	s := newSite(t, mailingTo(server))
	owner, bo := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), forAlone("bo@example.com"))
	bo.get(share.link).follow().wantText("Sign in to open what was shared").press("Send me a link", "address", "BO@example.com").wantStatus(http.StatusOK)
	bo.get(linkIn(t, server)).press("Come in").wantAt(share.link).press("Open it").wantAt(s.paths.Shared(share.id))
	cy := s.browser()
	cy.asksForMail(s.paths.SignIn(), "cy@example.com")
	cy.get(linkIn(t, server)).press("Come in").wantAt(s.paths.Home())
	cy.get(share.link).wantStatus(http.StatusForbidden)
	// Once it knows the address, too, it opens.
	cy.asksForMail(s.paths.WaysIn(), "dee@example.com")
	cy.get(linkIn(t, server)).press("Add it").wantAt(s.paths.WaysIn())
	cy.opens(owner.shares(owner.finished("first-team", "full"), forAlone("dee@example.com")))
}

// A gate’s name counts as an address where it is one, and only where nobody could have written it themselves.
func TestALinkForOnePersonBehindAGate(t *testing.T) {
	t.Parallel()
	s := newSite(t, namedBy)
	owner, bo, cy := s.browser(), s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), forAlone("bo@example.org"))
	bo.post(s.paths.SignInWith("proxy", ""), nil, as("bo@example.org")).wantStatus(onward)
	bo.get(share.link, as("bo@example.org")).wantStatus(http.StatusOK)
	bo.post(share.link, nil, as("bo@example.org")).wantStatus(onward)
	bo.get(s.paths.Shared(share.id), as("bo@example.org")).wantStatus(http.StatusOK)
	// Somebody else whom the gate names in this browser sees nothing of the mentor’s side, and no page leads there.
	bo.get(s.paths.Shared(share.id), as("cy@example.org")).wantStatus(http.StatusNotFound)
	bo.get(s.paths.Received(), as("cy@example.org")).wantText("Nobody yet, in this browser")
	bo.get(s.paths.MentorDevices(), as("cy@example.org")).wantStatus(http.StatusNotFound)
	if body := bo.get(s.paths.Home(), as("cy@example.org")).body; strings.Contains(body, "Ada") || strings.Contains(body, "Shared with you") {
		t.Error("somebody else is shown what was shared with the one before")
	}
	// Once they have come in, they are asked nothing about it, and it is gone from the browser.
	came := bo.post(s.paths.SignInWith("proxy", ""), nil, as("cy@example.org")).wantStatus(onward)
	if got := came.header.Get("Location"); got != s.paths.Home() {
		t.Errorf("it leads to %s", got)
	}
	bo.get(s.paths.Shared(share.id), as("cy@example.org")).wantStatus(http.StatusNotFound)
	cy.post(s.paths.SignInWith("proxy", ""), nil, as("cy")).wantStatus(onward)
	cy.get(share.link, as("cy")).wantStatus(http.StatusForbidden).wantText("No way in of yours tells a mail address")
}

// Where nobody signs in by an address, none is asked for, and none taken.
func TestNoLinkForOnePersonWithoutSignIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.finished("first-team", "full")
	owner.visit(s.paths.NewShare(id)).wantNoText("For whom alone?")
	owner.post(s.paths.NewShare(id), forAlone("bo@example.org")).wantStatus(http.StatusUnprocessableEntity).wantText("Nobody can sign in here by a mail address")
}

// Whoever signs in where a mentor was is asked whether that was them.
func TestAMentorBecomesAKnownPerson(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	owner, mentor := s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	share := owner.shares(id, everything())
	mentor.opens(share)
	mentor.rates(share, "design", "5", "Seen by the bare link.")
	back := mentor.comesBack(real, s.paths.SignInWith("openid", s.paths.Teams()), "ada").wantStatus(onward)
	asked := back.follow().wantStatus(http.StatusOK).wantText("Is this yours, too?").wantText("Ada")
	asked.press("Yes, keep it under my sign-in").wantAt(s.paths.Teams())
	desk := s.browser()
	desk.comesBack(real, s.paths.SignInWith("openid", ""), "ada").wantStatus(onward)
	desk.visit(s.paths.Rate(share.id, "design")).wantText("Seen by the bare link.")

	// A link for this person alone, in a browser that holds another mentor's side: one of the two is needed first.
	shared := s.browser()
	shared.opens(owner.shares(id, everything()))
	addressed := owner.shares(id, forAlone("ada@example.org"))
	shared.comesBack(real, s.paths.SignInWith("openid", addressed.link), "ada").wantStatus(onward)
	question := shared.visit(addressed.link).wantAt(s.paths.KeepMentorTo(addressed.link)).wantText("one of the two is needed first")
	question.press("No, close it in this browser").wantAt(addressed.link).press("Open it").wantAt(s.paths.Shared(addressed.id))
	shared.visit(s.paths.Rate(addressed.id, "design")).wantText("Seen by the bare link.")

	// Who has nothing to say about it goes on; nobody is asked twice.
	other := s.browser()
	other.opens(owner.shares(id, everything()))
	other.comesBack(real, s.paths.SignInWith("openid", ""), "bo").wantStatus(onward)
	other.visit(s.paths.KeepMentor()).pressLink("Leave it as it is").wantAt(s.paths.Home())
	other.visit(s.paths.KeepMentor()).press("No, close it in this browser").wantAt(s.paths.Home())
	other.visit(s.paths.KeepMentor()).wantAt(s.paths.Home())
	s.browser().get(s.paths.KeepMentor()).wantStatus(http.StatusNotFound)
}

// Where signing in is the only way in, bringing in a file begins nothing either.
func TestTheImportIsForWhoSignsInWhereThatIsTheOnlyWay(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real), func(s *site) { s.configuration.SignInOnly = true })
	stranger := s.browser()
	asked := stranger.get(s.paths.Import()).wantStatus(http.StatusSeeOther)
	if got := asked.header.Get("Location"); got != s.paths.SignInTo(s.paths.Import()) {
		t.Errorf("it leads to %s", got)
	}
	stranger.sendsFile(strings.NewReader(`{}`)).wantStatus(http.StatusForbidden).wantText("Sign in to go on")
	if stranger.get(s.paths.Home()).holds(s) {
		t.Error("somebody was made known by a file")
	}
	ada := s.browser()
	ada.comesBack(real, s.paths.SignInWith("openid", ""), "ada").wantStatus(onward)
	ada.get(s.paths.Import()).wantStatus(http.StatusOK)
}

// Where signing in is the only way in, reminders go to the address that the sign-in confirms, or to one that was confirmed by a
// link, which lets nobody in.
func TestRemindersWhereSigningInIsTheOnlyWay(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	server := mailtest.Start(t, mail.StartTLS, true)
	s := newSite(t, mailingTo(server), signingInBy(&real), func(s *site) { s.configuration.SignInOnly = true })
	ada, stranger := s.browser(), s.browser()
	stranger.get(s.paths.Mail()).wantStatus(http.StatusSeeOther)
	stranger.post(s.paths.Mail(), url.Values{"address": {"eve@example.org"}}).wantStatus(http.StatusForbidden)
	if strings.Contains(stranger.get(s.paths.SignIn()).body, "Send me a link") {
		t.Error("a link is offered as a way in")
	}
	ada.comesBack(real, s.paths.SignInWith("openid", ""), "ada").wantStatus(onward)
	ada.begun("first-team", "full") // and left lying
	ada.visit(s.paths.Reminders()).wantText("Remind me at ada@example.org").press("Remind me at ada@example.org").wantText("Reminders go to ada@example.org")
	var to string
	s.clock.advance(4 * day)
	for range 24 {
		err := s.useCases.SendReminders(t.Context(), func(_ context.Context, mail model.ReminderMail) error { to = mail.To; return nil })
		if err != nil {
			t.Fatal(err)
		}
		s.clock.advance(time.Hour)
	}
	if to != "ada@example.org" {
		t.Errorf("the reminder went to %q", to)
	}

	before := ada.session()
	ada.visit(s.paths.Mail()).press("Send me a link", "address", "ada@home.example").wantStatus(http.StatusOK)
	link := linkIn(t, server)
	stranger.get(link).wantStatus(http.StatusSeeOther)
	stranger.post(link, nil).wantStatus(http.StatusForbidden)
	ada.get(link).wantText("reminders can go to ada@home.example").press("Add it").wantText("Remind me at ada@home.example").press("Remind me at ada@home.example").wantText("Reminders go to ada@home.example")
	if after := ada.session(); after.ID != before.ID || after.Way != model.ByOpenID {
		t.Errorf("the session has become %+v", after)
	}
	ada.visit(s.paths.WaysIn()).wantText("Confirmed as yours. Here it opens nothing.")
	// The provider’s stays the way in that is needed.
	identities := ada.visit(s.paths.WaysIn())
	identities.link("Remove ada@example.org")
}
