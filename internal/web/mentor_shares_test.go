package web_test

import (
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/internal/model"
)

// A program that looks at a link opens and counts nothing; a person's press of the button does, once for a
// double press.
func TestScannersOpenNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	scanner := s.browser()
	for range 3 {
		scanner.get(share.link).wantStatus(http.StatusOK).wantText("Ada asks for your view")
		scanner.request(http.MethodHead, share.link, nil).wantStatus(http.StatusOK)
	}
	if scanner.get(s.paths.Shared(share.id)).status != http.StatusNotFound {
		t.Error("looking at the link opened it")
	}
	owner.get(s.paths.Share(share.id)).wantText("Not opened yet")
	mentor := s.browser()
	mentor.opens(share)
	mentor.post(share.link, url.Values{})
	owner.get(s.paths.Share(share.id)).wantText("Opened once, on 16 November 2026, 09:30 UTC")
	if scanner.get(share.link).setsCookie() {
		t.Error("looking at the link sets a cookie")
	}
}

// An unknown, an expired and a revoked link give the same answer, to the byte but for the request’s id, whoever
// asks.
func TestDeadLinksAreAlike(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	assessment := owner.finished("first-team", "full")
	short := everything()
	short.Set("days", "1")
	expired, revoked := owner.shares(assessment, short), owner.shares(assessment, everything())
	s.clock.advance(2 * day)
	owner.post(s.paths.RevokeShare(revoked.id), url.Values{}).wantStatus(http.StatusSeeOther)
	for who, b := range map[string]*browser{"nobody": s.browser(), "the owner": owner} {
		for _, ask := range []func(string) *page{
			func(path string) *page { return b.get(path) },
			func(path string) *page { return b.post(path, url.Values{}) },
		} {
			want := ask(s.paths.OpenShare(strings.Repeat("A", 43))).wantStatus(http.StatusNotFound).wantText("This link opens nothing")
			for what, path := range map[string]string{"expired": expired.link, "revoked": revoked.link, "too short": s.paths.OpenShare("x")} {
				got := ask(path)
				if got.status != want.status || got.withoutRequestID() != want.withoutRequestID() || !maps.EqualFunc(got.header, want.header, slices.Equal) {
					t.Errorf("to %s a link that is %s answers otherwise than an unknown one: %d\n%s", who, what, got.status, got.body)
				}
			}
			s.clock.advance(20 * time.Minute) // guesses are forgotten
		}
	}
}

// Guessing is slowed, with a page of its own.
func TestGuessingLinksIsSlowed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, guesser := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	for tries := 0; ; tries++ {
		got := guesser.get(s.paths.OpenShare(strings.Repeat("A", 42) + string(rune('A'+tries%26))))
		if got.status == http.StatusTooManyRequests {
			got.wantText("Too many links that open nothing").wantText("Request ")
			if got.header.Get("Retry-After") == "" {
				t.Error("the page doesn’t say when to try again")
			}
			break
		}
		if tries > 100 {
			t.Fatal("guessing is never slowed")
		}
	}
	guesser.post(share.link, url.Values{}).wantStatus(http.StatusTooManyRequests)
	s.clock.advance(20 * time.Minute)
	guesser.opens(share)
}

// A link opens in as many browsers as one person may have; those that opened it before still get in.
func TestLinkIsFull(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, first := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	first.opens(share)
	for range model.BrowserLimit - 1 {
		s.browser().opens(share)
	}
	late := s.browser()
	late.post(share.link, url.Values{}).wantStatus(http.StatusForbidden).
		wantText("This link opens in no further browser").wantText("opened in 20 browsers").wantText("Request ")
	late.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	first.opens(share)
	owner.get(s.paths.Share(share.id)).wantText("Opened twenty times").wantText("Ten earlier ones are not listed.")
}

// The secret stands on the page that shows it once, and nowhere else: in no later page, no address that a
// page leads to, and no line of the log.
func TestSecretStaysSecret(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	if len(share.secret) != 43 {
		t.Errorf("the secret %q is no 32 bytes", share.secret)
	}
	var pages []*page
	pages = append(pages, mentor.get(share.link), mentor.post(share.link, url.Values{}))
	for _, got := range mentor.crawl() {
		pages = append(pages, got)
	}
	for _, got := range owner.crawl() {
		pages = append(pages, got)
	}
	pages = append(pages, owner.get(share.link), owner.post(share.link, url.Values{}), mentor.get(share.link+"/nothing"))
	owner.post(s.paths.RevokeShare(share.id), url.Values{})
	pages = append(pages, mentor.get(share.link), mentor.post(share.link, url.Values{}), mentor.get(s.paths.Shared(share.id)))
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	pages = append(pages, mentor.get(share.link).wantStatus(http.StatusInternalServerError), mentor.post(share.link, url.Values{}))
	for _, got := range pages {
		for name, values := range got.header {
			if strings.Contains(strings.Join(values, " "), share.secret) {
				t.Errorf("%s: the header %s holds the secret", got.address.Path[:10], name)
			}
		}
		if strings.Contains(got.body, share.secret) {
			t.Errorf("the page at %s… holds the secret", got.address.Path[:10])
		}
	}
	if strings.Contains(s.log.String(), share.secret) || strings.Contains(s.log.String(), share.secret[:12]) {
		t.Error("the log holds the secret")
	}
	if strings.Contains(s.log.String(), share.id) {
		t.Error("the log holds the share’s id")
	}
}

// A form that is sent twice makes one link, and shows it once more; after a minute it leads to the share, which says
// that the link was shown.
func TestShareFormSentTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	assessment := owner.finished("first-team", "full")
	form := owner.get(s.paths.NewShare(assessment))
	share := form.press("Make the link", "label", "my mentor", "sharer", "Ada", "competency", "design").made()
	if twice := form.press("Make the link", "label", "my mentor", "sharer", "Ada", "competency", "design").made(); twice != share {
		t.Errorf("the form made %v, and then %v", share, twice)
	}
	s.clock.advance(time.Minute + time.Second)
	again := form.press("Make the link", "label", "my mentor", "sharer", "Ada", "competency", "design").
		wantAt(s.paths.Share(share.id) + "?again").wantText("The link was shown once")
	if strings.Contains(again.body, share.secret) {
		t.Error("the link is shown again")
	}
	owner.get(s.paths.Shares()).wantText("One link opens.")
	// One that was changed is another form: what was typed into it is not dropped.
	if changed := form.press("Make the link", "label", "my other mentor", "sharer", "Ada", "competency", "design").made(); changed.id == share.id {
		t.Error("a form that was changed makes no link of its own")
	}
}

// A link that has ended is removed from the list by its page, which says what goes with it; a live one isn't.
func TestRemovingEndedLinks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	first, second := owner.shares(assessment, everything()), owner.shares(assessment, onlyResult())
	mentor.opens(first)
	mentor.rates(first, "design", "4", "Seen.")
	if strings.Contains(owner.get(s.paths.Shares()).text(), "Remove") {
		t.Error("a live link is offered to be removed")
	}
	owner.post(s.paths.RemoveShare(first.id), url.Values{}).wantStatus(http.StatusUnprocessableEntity).
		wantText("This link still opens, so it stays on your list.").checkIDs("a live link")
	owner.post(s.paths.RevokeShare(first.id), url.Values{}).wantStatus(http.StatusSeeOther)
	page := owner.visit(s.paths.Shares()).pressLink("Remove the link for my mentor").wantText("with the times when it was opened").
		wantText("What they wrote stays with you, under “my mentor” where they left out their name").press("Remove this link").wantAt(s.paths.Shares())
	if strings.Contains(page.text(), "my mentor") {
		t.Errorf("the link is still listed:\n%s", page.text())
	}
	owner.get(s.paths.Share(first.id)).wantStatus(http.StatusNotFound)
	owner.get(s.paths.Conversation(assessment)).wantText("Seen.").wantText("my mentor")
	mentor.get(s.paths.Shared(first.id)).wantStatus(http.StatusGone)
	s.clock.advance(15 * day)
	expired := owner.get(s.paths.Share(second.id)).wantText("and can’t be opened up again.")
	expired.press("Remove this link").wantText("No link yet.")
	if menu := owner.get(s.paths.Home()).text(); strings.Contains(menu, "Shares") {
		t.Error("the menu leads to a list of nothing")
	}
}

// The link comes with its QR code, as an image that needs no other address.
func TestQRCode(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	page := owner.post(s.paths.NewShare(owner.finished("first-team", "full")), everything())
	images := find(page.root(), tagged("img"))
	if len(images) != 1 || attribute(images[0], "alt") == "" {
		t.Fatalf("%d images", len(images))
	}
	content, found := strings.CutPrefix(attribute(images[0], "src"), "data:image/svg+xml;base64,")
	drawing, err := base64.StdEncoding.DecodeString(content)
	if !found || err != nil || !strings.HasPrefix(string(drawing), "<svg ") {
		t.Errorf("the image is no drawing: %v", err)
	}
	page.made()
}

// What can't be taken comes back with what was typed.
func TestShareFormErrors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	assessment := owner.finished("first-team", "full")
	bad := url.Values{
		"label": {"my mentor"}, "question": {strings.Repeat("x", 501)}, "days": {"91"}, "notes": {"yes"},
		"competency": {"design", "debt", "coaching", "vision", "learning"},
	}
	for _, choice := range []string{"make", "preview"} {
		bad.Set("go", choice)
		got := owner.post(s.paths.NewShare(assessment), bad).wantStatus(http.StatusUnprocessableEntity).wantText("Before the link can be made")
		for _, field := range []string{"sharer", "question", "competencies", "scope", "days"} {
			if got.byID(field+"-error") == nil {
				t.Errorf("%s: nothing is said at %q", choice, field)
			}
		}
		got.checkIDs(choice)
		kept := successful(find(got.root(), tagged("input", "select", "textarea")))
		for _, name := range []string{"label", "question", "days", "competency"} {
			if slices.Sort(kept[name]); !slices.Equal(kept[name], slices.Sorted(slices.Values(bad[name]))) {
				t.Errorf("%s: %s came back as %q", choice, name, kept[name])
			}
		}
	}
	share := owner.shares(assessment, everything())
	owner.post(s.paths.ExtendShare(share.id), url.Values{"days": {"never"}}).wantStatus(http.StatusUnprocessableEntity).wantText("whole number of days")
	owner.get(s.paths.Share(share.id)).press("Set the new end", "days", "90").wantText("The link opens until 14 February 2027")
}

// The preview is made of what the mentor will see: each of its pages says the same.
func TestPreviewIsWhatTheMentorSees(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	owner.finished("first-team", "full")
	s.clock.advance(91 * day)
	id := owner.start("first-team", "full")
	competency, items := s.firstItems("first-team")
	owner.answerAll(id, "first-team", varied)
	owner.post(s.paths.Answers(id), url.Values{"item": {items[0].ID}, "level": {"4"}, "note": {"The queue, at the tenth retry."}})
	owner.post(s.paths.Finish(id), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	fields := everything()
	fields.Set("go", "preview")
	preview := owner.post(s.paths.NewShare(id), fields).wantStatus(http.StatusOK)
	preview.checkIDs("the preview")
	if forms := find(preview.root(), tagged("button")); len(forms) > 0 {
		for _, button := range forms {
			_, disabled := lookup(button, "disabled")
			_, hidden := lookup(button, "hidden")
			if words := text(button); !disabled && !hidden && words != "Make the link" && words != "Change something" {
				t.Errorf("the button %q can be pressed", words)
			}
		}
	}
	for _, field := range find(preview.root(), tagged("input", "textarea", "select")) {
		if _, disabled := lookup(field, "disabled"); !disabled && attribute(field, "type") != "hidden" {
			t.Errorf("the field %q can be filled in", attribute(field, "id"))
		}
	}
	preview.press("Change something").wantText("Share this result").wantText("Where did I hold on for too long?")
	share := preview.press("Make the link").made()
	made := owner.get(s.paths.SharePreview(share.id)).wantStatus(http.StatusOK)
	compare := func(id, path string) {
		t.Helper()
		want := alwaysShown(mentor.get(path).wantStatus(http.StatusOK).content(t, tagged("main")))
		for name, p := range map[string]*page{"before": preview, "after": made} {
			if got := alwaysShown(p.content(t, sheet(id))); got != want {
				t.Errorf("the preview of %s, %s the link was made, differs:\n%s\n%s", id, name, got, want)
			}
		}
	}
	compare("invitation", share.link)
	mentor.opens(share)
	compare("welcome", s.paths.Shared(share.id))
	compare("rating", s.paths.Rate(share.id, competency))
	mentor.rates(share, competency, "3", "")
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}})
	compare("beside", s.paths.SideBySide(share.id))
	compare("words", s.paths.Words(share.id))
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"all"}})
	compare("result", s.paths.SharedResult(share.id))
	compare("history", s.paths.SharedHistory(share.id))
}

// shownByScript stands on a page until a script shows it; a preview has none of it.
var shownByScript = regexp.MustCompile(`What you (chose|wrote) is not saved yet.*See what was shared with you |Nothing more can be saved.*See what was shared with you |Print (all of it )?|Over time Lines to show.*Diamonds are pulses\. `)

func alwaysShown(text string) string { return shownByScript.ReplaceAllString(text, "") }

// Two mentors rate at once, over one link and over two: each has a review of their own, and sees nothing of
// the other's.
func TestTwoMentorsAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	mentors := []*browser{s.browser(), s.browser()}
	var group sync.WaitGroup
	for i, mentor := range mentors {
		mentor.opens(share)
		group.Go(func() {
			for _, competency := range []string{"design", "debt"} {
				level, comment := []string{"1", "5"}[i], []string{"From Bo", "From Cem"}[i]
				mentor.rates(share, competency, level, comment)
			}
			mentor.sends(share, []string{"Bo", "Cem"}[i], "A word.")
		})
	}
	group.Wait()
	mentors[0].post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}})
	beside := mentors[0].get(s.paths.SideBySide(share.id)).wantText("You rated this 1.").wantText("From Bo")
	if strings.Contains(beside.text(), "Cem") {
		t.Error("a mentor sees another’s review")
	}
	owner.get(s.paths.Conversation(assessment)).wantText("Another review came through the same link")
	owner.get(s.paths.Conversation(assessment)).wantText("Two reviews").wantText("From Bo").wantText("From Cem").wantText("the mean of two 3.0")
}
