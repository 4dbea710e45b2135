package web_test

import (
	"net/http"
	"net/url"
	"testing"
)

// signedMentor is a browser in which something of somebody else was opened, and that has answers of its own.
func (s *site) signedMentor() *browser {
	s.t.Helper()
	owner, mentor := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	mentor.opens(share)
	mentor.finished("first-team", "pulse")
	return mentor
}

// One sign-in opens both: one's own answers and what others shared. Signing out ends both.
func TestOneSignInForBothRoles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, phone, desk, stranger := s.browser(), s.browser(), s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	share := owner.shares(id, everything())
	phone.opens(share)
	phone.visit(s.paths.MentorDevices()).wantText("If you sign in here")
	phone.finished("first-team", "pulse")
	words := phone.makeKey()
	kept := phone.visit(s.paths.MentorDevices()).wantText("Nothing is kept under your sign-in until you ask for it").press("Keep this under my sign-in")
	kept.wantAt(s.paths.MentorDevices() + "?saved").wantText("Kept. It opens wherever you sign in.")

	desk.recover(words)
	desk.visit(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	desk.visit(s.paths.Home()).wantText("Shared with you")
	stranger.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	stranger.post(s.paths.KeepMentor(), url.Values{}).wantStatus(http.StatusNotFound)
	if got := owner.visit(s.paths.Conversation(id)); got.status != http.StatusOK {
		t.Errorf("the conversation answers %d", got.status)
	}

	phone.post(s.paths.EndOtherDevices(), url.Values{}).wantStatus(http.StatusSeeOther)
	out := desk.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound).wantText("it opens once you have signed in")
	if link := out.link("Sign in"); link != s.paths.SignInTo(s.paths.Received()) {
		t.Errorf("signing in leads on from %s", link)
	}
	phone.visit(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	phone.visit(s.paths.MentorDevices()).press("Keep it there no longer").wantText("Keep this under my sign-in")

	// The owner's own browser can't make the owner their own mentor.
	owner.get(share.link).wantStatus(http.StatusSeeOther)
	owner.post(s.paths.KeepMentor(), url.Values{}).wantStatus(http.StatusNotFound)
}
