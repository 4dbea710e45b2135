package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// withClass wants an element of a class.
func withClass(class string) func(*html.Node) bool {
	return func(node *html.Node) bool { return slices.Contains(strings.Fields(attribute(node, "class")), class) }
}

// code makes a code in the mentor's browser.
func (b *browser) code() string {
	b.t.Helper()
	page := b.get(b.site.paths.MentorDevices()).press("Go on with another device").wantStatus(http.StatusOK)
	return text(find(page.root(), withClass("secret"))[0])
}

// A mentor begins on a phone, is told at the desk that they have, and goes on there by a code.
func TestGoingOnWithAnotherDevice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, phone, desk := s.browser(), s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	phone.opens(share)
	phone.rates(share, "design", "5", "")
	if page := phone.get(share.link); strings.Contains(page.text(), "Already begun elsewhere?") {
		t.Error("the browser in which it was opened is asked whether it was opened elsewhere")
	}
	invitation := desk.get(share.link).wantText("Already begun elsewhere?")
	form := desk.get(invitation.link("Go on with what you have written there"))
	form.press("Go on here", "code", "nonsense").wantStatus(http.StatusUnprocessableEntity).wantText("Enter the code that the other device shows").wantText("Before you can go on here")
	code := phone.code()
	// Looking at the address of the picture opens nothing.
	scanned := desk.get(s.paths.ContinueWith(code)).wantText("One press")
	desk.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	received := scanned.press("Go on here").wantAt(s.paths.Received()).wantText("One competency rated, not sent yet")
	desk.get(received.link("Ada")).wantText("Rated 5")
	desk.get(s.paths.MentorDevices()).wantText("Where you are known").press("End the other device").wantText("The other devices are signed out.")
	phone.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	if again := s.browser().post(s.paths.Continue(), url.Values{"code": {code}}); again.status != http.StatusUnprocessableEntity {
		t.Errorf("a code that was used answers %d", again.status)
	}
}

// A mentor who types a code from a manager's browser would let the manager read what they have not sent.
func TestACodeOfTheManagersBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ken, other, mentor := s.browser(), s.browser(), s.browser()
	share := ken.shares(ken.finished("first-team", "full"), everything())
	theirs := other.shares(other.finished("first-team", "full"), everything())
	mentor.opens(share)
	mentor.rates(share, "design", "1", "Candid.")
	ken.opens(theirs)
	form := mentor.get(s.paths.Continue()).wantText("whoever uses the other one reads and changes what you write here, also what you have not sent")
	form.press("Go on here", "code", ken.code()).wantStatus(http.StatusUnprocessableEntity).wantText("leads to a browser of a manager who shared with you")
	ken.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	mentor.get(s.paths.Shared(share.id)).wantText("Rated 1")
	ken.get(s.paths.Shared(theirs.id)).wantStatus(http.StatusOK)
}

// The same holds for a code from before the manager signed in there: each request notes for whom a mentor's browser acts.
// What they share themselves doesn't open there any more, and the page behind the link says why.
func TestABrowserThatWasTheManagers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ken, other, mentor, his := s.browser(), s.browser(), s.browser(), s.browser()
	share := ken.shares(ken.finished("first-team", "full"), everything())
	theirs := other.shares(other.finished("first-team", "full"), everything())
	mentor.opens(share)
	mentor.rates(share, "design", "1", "Candid.")
	his.opens(theirs)
	code := his.code()
	his.get(s.paths.Recover()).press("Open the history", "words", ken.makeKey()).wantStatus(http.StatusOK)
	his.get(s.paths.Home()).wantStatus(http.StatusOK)
	mentor.get(s.paths.Continue()).press("Go on here", "code", code).wantStatus(http.StatusUnprocessableEntity).wantText("leads to a browser of a manager who shared with you")
	his.get(s.paths.Devices()).press("Sign out here")
	his.get(share.link).wantText("This link doesn’t open in this browser").wantNoText("Opening sets one cookie")
	his.post(share.link, nil).follow().wantText("This link doesn’t open in this browser")
	his.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	his.get(s.paths.Shared(theirs.id)).wantStatus(http.StatusOK)
}

// Who signs out doesn't become their own mentor by it, whether they were refused before or not; a key that opens their
// history marks the browser from that moment on; and who deletes everything leaves no mark.
func TestSigningOutMakesNobodyTheirOwnMentor(t *testing.T) {
	t.Parallel()
	for name, leaves := range map[string]func(s *site, ken *browser, share madeShare, code, key string) *browser{
		"after a refused code": func(s *site, ken *browser, _ madeShare, code, _ string) *browser {
			ken.get(s.paths.Continue()).press("Go on here", "code", code).wantStatus(http.StatusUnprocessableEntity).wantText("belongs to a manager who shared with them")
			return ken
		},
		"after a look at their link": func(_ *site, ken *browser, share madeShare, _, _ string) *browser {
			ken.get(share.link).wantStatus(http.StatusSeeOther)
			return ken
		},
		"at once": func(_ *site, ken *browser, _ madeShare, _, _ string) *browser { return ken },
		"after a key": func(s *site, _ *browser, _ madeShare, _, key string) *browser {
			his := s.browser()
			his.get(s.paths.Recover()).press("Open the history", "words", key).wantStatus(http.StatusOK)
			return his
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			ken, mentor := s.browser(), s.browser()
			share := ken.shares(ken.finished("first-team", "full"), everything())
			mentor.opens(share)
			mentor.rates(share, "design", "1", "Candid.")
			code := mentor.code()
			his := leaves(s, ken, share, code, ken.makeKey())
			his.get(s.paths.Devices()).press("Sign out here")
			his.get(s.paths.Continue()).press("Go on here", "code", code).wantStatus(http.StatusUnprocessableEntity).wantText("belongs to a manager who shared with them")
			his.get(share.link).wantText("This link doesn’t open in this browser")
			his.post(share.link, nil).follow().wantText("This link doesn’t open in this browser")
			his.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
			mentor.get(s.paths.Shared(share.id)).wantText("Rated 1")
		})
	}
	s := newSite(t)
	ken := s.browser()
	share := ken.shares(ken.finished("first-team", "full"), everything())
	ken.get(share.link).wantStatus(http.StatusSeeOther)
	marked := func() bool {
		return slices.ContainsFunc(ken.cookieNames(), func(name string) bool { return strings.HasSuffix(name, "-acted") })
	}
	if !marked() {
		t.Error("a manager who opens their own link leaves no mark")
	}
	ken.post(s.paths.Erase(), url.Values{"meant": {"yes"}}).wantStatus(http.StatusOK)
	if marked() {
		t.Error("the mark outlives the manager")
	}
}

// A form that arrives twice shows the same code, and a late one tells that there was one.
func TestTheCodeIsShownOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, phone := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	phone.opens(share)
	page := phone.get(s.paths.MentorDevices())
	first := page.press("Go on with another device")
	s.clock.advance(2 * day)
	again := page.press("Go on with another device").wantAt(s.paths.MentorDevices() + "?again").wantText("The code was shown once")
	if code := text(find(first.root(), withClass("secret"))[0]); strings.Contains(again.text(), code) {
		t.Error("the code is shown again")
	}
}

// Two views of one result become one, once the mentor has said so.
func TestJoiningTwoViews(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, phone, desk := s.browser(), s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	for _, one := range []*browser{phone, desk} {
		one.opens(share)
		one.rates(share, "design", "5", "")
	}
	phone.sends(share, "Mina", "A word.")
	asked := desk.get(s.paths.Continue()).press("Go on here", "code", phone.code()).wantStatus(http.StatusUnprocessableEntity).
		wantText("Both browsers hold a view of the same result.")
	asked.press("Go on here", "drop", "yes").wantAt(s.paths.Received()).wantText("You sent your view on")
	desk.get(s.paths.Words(share.id)).wantText("A word.")
	owner.get(s.paths.Conversation(assessment)).wantText("One review.")
}

// A mentor's key is shown once, and its words open everything in a new browser.
func TestAMentorsKey(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, phone, desk := s.browser(), s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	phone.opens(share)
	made := phone.get(phone.get(s.paths.MentorDevices()).link("Make a key")).press("Make my key").wantText("Keep these twelve words")
	var words []string
	for _, word := range find(find(made.root(), withClass("key-words"))[0], tagged("li")) {
		words = append(words, text(word))
	}
	phone.get(s.paths.MentorDevices()).wantText("You have a key, made on")
	desk.get(s.paths.Continue()).press("Go on here", "code", strings.Join(words, " ")).wantAt(s.paths.Received()).wantText("Ada")
	if status := desk.get(s.paths.Shared(share.id)).status; status != http.StatusOK {
		t.Errorf("the share answers %d", status)
	}
}
