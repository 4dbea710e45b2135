package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"whetstone/internal/openid/openidtest"
)

// Whoever signs out leaves in the browser nothing of what they keep under their sign-in, and is led back to it.
func TestWhatIsKeptUnderASignInIsFoundAgain(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	owner, ada := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), forAlone("ada@example.org"))
	ada.comesBack(real, s.paths.SignInWith("openid", share.link), "ada").wantStatus(onward)
	ada.opens(share)
	ada.visit(s.paths.Devices()).press("Sign out here")
	out := ada.visit(s.paths.Received()).wantText("Nobody yet").wantNoText("Ada")
	if to := out.link("Sign in"); to != s.paths.SignInTo(s.paths.Received()) {
		t.Errorf("it leads to %s", to)
	}
	ada.comesBack(real, s.paths.SignInWith("openid", s.paths.Received()), "ada").follow().wantText("Ada")
	owner.visit(s.paths.Received()).wantText("Nobody yet").wantNoText("once you have signed in")
}

// A code brings nothing of a link for one person alone to a browser in which they aren't signed in, on no page and in no file;
// the lists say in a line that there is more, and of nobody.
func TestAPageSaysWhatSigningInShows(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	owner, ada, aside := s.browser(), s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	share := owner.shares(id, forAlone("ada@example.org"))
	ada.comesBack(real, s.paths.SignInWith("openid", share.link), "ada").wantStatus(onward)
	ada.opens(share)
	ada.rates(share, "design", "5", "For one alone.")
	own := ada.visit(s.paths.OwnWords()).wantText("For one alone.").wantNoText("after signing in").link("Delete this")
	ada.visit(s.paths.Received()).wantText("Ada").wantNoText("after signing in")

	list := aside.visit(s.paths.Continue()).press("Go on here", "code", ada.code()).wantAt(s.paths.Received())
	list.wantText("Requests for one person alone are shown after signing in").wantNoText("Nobody yet")
	words := aside.visit(s.paths.OwnWords()).wantText("What you wrote on requests for one person alone is shown after signing in").wantNoText("Nothing yet")
	file := aside.get(s.paths.OwnWordsJSON()).wantStatus(http.StatusOK)
	for what, page := range map[string]*page{"list": list, "page of words": words, "file": file} {
		for _, said := range []string{"Ada", "ada@", "For one alone.", "my mentor"} {
			if strings.Contains(page.body, said) {
				t.Errorf("the %s says %q", what, said)
			}
		}
	}
	aside.get(own).wantStatus(http.StatusNotFound)
	aside.post(own, nil).wantStatus(http.StatusNotFound)

	// Whatever leads to signing in, the page has one heading for it.
	headings := map[string]bool{}
	for _, from := range []*page{s.browser().get(share.link).follow(), aside.get(s.paths.Shared(share.id)).follow(), list.visitLink("Sign in"), words.visitLink("Sign in")} {
		headings[from.wantStatus(http.StatusOK).heading()+" | "+from.title()] = true
	}
	if len(headings) != 1 {
		t.Errorf("the page for signing in is called %v", headings)
	}
	aside.comesBack(real, s.paths.SignInWith("openid", s.paths.OwnWords()), "ada").wantStatus(onward)
	aside.visit(s.paths.OwnWords()).wantText("For one alone.").wantNoText("after signing in")
}

// Whoever is signed in as somebody else becomes no mentor by a code or a key, whichever comes first, and ends no browser of
// theirs.
func TestACodeWhereSomebodyElseIsSignedIn(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	owner, ada, bo, before := s.browser(), s.browser(), s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	share, bare := owner.shares(id, forAlone("ada@example.org")), owner.shares(id, everything())
	ada.comesBack(real, s.paths.SignInWith("openid", share.link), "ada").wantStatus(onward)
	ada.opens(share)
	key := ada.visit(s.paths.MentorKey()).press("Make my key").keyWords()
	bo.comesBack(real, s.paths.SignInWith("openid", ""), "bo").wantStatus(onward)
	const refused = "This code belongs to somebody else’s sign-in. Sign out here, or sign in as that person."
	code := ada.code()
	bo.visit(s.paths.Continue()).press("Go on here", "code", code).wantStatus(http.StatusUnprocessableEntity).wantText(refused)
	bo.visit(s.paths.ContinueWith(code)).press("Go on here").wantStatus(http.StatusUnprocessableEntity).wantText(refused)
	bo.visit(s.paths.Continue()).press("Go on here", "code", key).wantStatus(http.StatusUnprocessableEntity).wantText(refused)
	bo.get(s.paths.MentorDevices()).wantStatus(http.StatusNotFound)
	bo.post(s.paths.EndMentorDevices(), nil).wantStatus(http.StatusNotFound)

	// The code wasn't used up. Signing in afterwards closes it again.
	before.visit(s.paths.Continue()).press("Go on here", "code", code).wantAt(s.paths.Received())
	before.visit(s.paths.MentorDevices()).wantText("is kept under a sign-in, which isn’t open here")
	before.comesBack(real, s.paths.SignInWith("openid", ""), "bo").wantStatus(onward)
	before.visit(s.paths.Received()).wantText("Nobody yet").wantNoText("after signing in")
	before.get(s.paths.MentorDevices()).wantStatus(http.StatusNotFound)
	for _, path := range []string{s.paths.EndMentorDevices(), s.paths.MentorDevices(), s.paths.MentorKey(), s.paths.LetGoMentor()} {
		before.post(path, url.Values{}).wantStatus(http.StatusNotFound)
	}
	// A link of their own opens there as in any other browser, and nothing that the other wrote comes along.
	before.opens(bare)
	before.visit(s.paths.Received()).wantText("Ada")
	ada.visit(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	before.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
}
