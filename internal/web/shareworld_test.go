package web_test

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// madeShare is a link as its manager got it.
type madeShare struct {
	id string
	// link is the path of the address, secret its last part.
	link, secret string
}

// The forms of shares that show and allow different things.
func everything() url.Values {
	return url.Values{
		"label": {"my mentor"}, "sharer": {"Ada"}, "question": {"Where did I hold on for too long?"}, "days": {"14"},
		"competency": {"design", "debt"}, "result": {"yes"}, "history": {"yes"}, "notes": {"yes"}, "rating": {"yes"},
	}
}

// withMap shows the depth map, too.
func withMap() url.Values {
	fields := everything()
	fields.Set("map", "yes")
	return fields
}

func onlyResult() url.Values {
	return url.Values{"label": {"a reader"}, "sharer": {"Ada"}, "days": {"14"}, "result": {"yes"}}
}

func onlyRating() url.Values {
	return url.Values{"label": {"a rater"}, "sharer": {"Ada"}, "days": {"14"}, "rating": {"yes"}}
}

// shares makes a link to a finished assessment.
func (b *browser) shares(assessment string, fields url.Values) madeShare {
	b.t.Helper()
	return b.post(b.site.paths.NewShare(assessment), fields).wantStatus(http.StatusOK).made()
}

// made reads the one page that shows a link.
func (p *page) made() madeShare {
	p.t.Helper()
	field := p.byID("link")
	if field == nil {
		p.t.Fatalf("%s shows no link:\n%s", p.address, p.excerpt())
	}
	address, err := url.Parse(rawText(field))
	if err != nil {
		p.t.Fatal(err)
	}
	if base := p.browser.site.configuration.BaseURL; address.Scheme != base.Scheme || address.Host != base.Host {
		p.t.Errorf("the link is %s", address)
	}
	return madeShare{path.Base(p.link("I have copied the link")), address.Path, path.Base(address.Path)}
}

// opens opens a link in the browser, by its button.
func (b *browser) opens(share madeShare) *page {
	b.t.Helper()
	return b.get(share.link).wantStatus(http.StatusOK).press("Open it").wantAt(b.site.paths.Shared(share.id))
}

// rates rates one competency over its page.
func (b *browser) rates(share madeShare, competency, level, comment string) *page {
	b.t.Helper()
	return b.get(b.site.paths.Rate(share.id, competency)).press("Save and go on", "level", level, "comment", comment).wantStatus(http.StatusOK)
}

// moves looks at the depth map, whatever it shows with it, and says what to move.
func (b *browser) moves(share madeShare, answer ...string) *page {
	b.t.Helper()
	b.post(b.site.paths.Reveal(share.id), url.Values{"what": {"map"}}).wantStatus(http.StatusSeeOther)
	return b.get(b.site.paths.SharedMap(share.id)).press("Save your answer", answer...).wantStatus(http.StatusOK).wantText("Saved.")
}

// sends writes a word on the whole and sends the review.
func (b *browser) sends(share madeShare, name, overall string) *page {
	b.t.Helper()
	return b.get(b.site.paths.Words(share.id)).press("Send to Ada", "name", name, "overall", overall).
		wantStatus(http.StatusOK).wantText("Your view is with Ada")
}

// shareWorld is a finished assessment with links of each kind, each opened by a mentor of its own.
type shareWorld struct {
	site *site
	// owner has made the links; another has an assessment of their own and a mentor.
	owner, another *browser
	assessment     string
	// review is what the mentor of everything has sent.
	review string
	// Each mentor has opened the share beside it. The ended one had time until yesterday.
	all, reader, rater, ended, stranger                    *browser
	allShare, readShare, rateShare, endedShare, otherShare madeShare
}

func newShareWorld(s *site) shareWorld {
	s.t.Helper()
	w := shareWorld{site: s, owner: s.browser(), another: s.browser()}
	w.owner.finished("first-team", "full")
	s.clock.advance(91 * day)
	w.assessment = w.owner.finished("first-team", "full")
	w.owner.maps("first-team", placing("security-privacy", "none", "high")...)
	open := func(owner *browser, assessment string, fields url.Values) (*browser, madeShare) {
		share, mentor := owner.shares(assessment, fields), s.browser()
		mentor.opens(share)
		return mentor, share
	}
	short := withMap()
	short.Set("days", "1")
	w.ended, w.endedShare = open(w.owner, w.assessment, short)
	s.clock.advance(2 * day)
	w.all, w.allShare = open(w.owner, w.assessment, withMap())
	w.reader, w.readShare = open(w.owner, w.assessment, onlyResult())
	w.rater, w.rateShare = open(w.owner, w.assessment, onlyRating())
	theirs := w.another.finished("first-team", "full")
	w.another.maps("first-team", placing("security-privacy", "none", "high")...)
	w.stranger, w.otherShare = open(w.another, theirs, withMap())
	w.all.rates(w.allShare, "design", "5", "")
	w.all.post(s.paths.Reveal(w.allShare.id), url.Values{"what": {"rated"}}).wantStatus(http.StatusSeeOther)
	w.all.sends(w.allShare, "Mina", "A word.")
	w.all.get(s.paths.Words(w.allShare.id)).press("Save the change", "question", "And what would you stop?")
	form, _ := w.owner.get(s.paths.Conversation(w.assessment)).formOf("I have read this , by Mina")
	w.review = strings.Split(attribute(form, "action"), "/")[4]
	return w
}

// in is the same in a fork of the site.
func (w shareWorld) in(fork *site) shareWorld {
	w.site = fork
	for _, person := range []**browser{&w.owner, &w.another, &w.all, &w.reader, &w.rater, &w.ended, &w.stranger} {
		*person = (*person).in(fork)
	}
	return w
}

// inhabitShares gives a manager links and a review, and their browser what somebody else shares with it.
func (s *site) inhabitShares(owner *browser) {
	s.t.Helper()
	assessment := path.Base(path.Dir(owner.visit(s.paths.Assessments()).listed("/result")))
	share, mentor := owner.shares(assessment, withMap()), s.browser()
	mentor.opens(share)
	mentor.rates(share, "design", "5", "Asked the one question that mattered.")
	mentor.moves(share, "domain", "own-1", "depth", "working", "words", "They fly.")
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}}).wantStatus(http.StatusSeeOther)
	mentor.post(s.paths.MentorAgree(share.id, "design"), url.Values{"level": {"4"}, "sentence": {"Seen twice."}}).wantStatus(http.StatusSeeOther)
	mentor.sends(share, "Mina", "A word.")
	mentor.get(s.paths.Words(share.id)).press("Save the change", "question", "And what would you stop?")
	owner.shares(assessment, onlyResult())
	another := s.browser()
	another.finished("first-team", "full")
	another.maps("first-team", placing("own-1", "none", "high", "name.own-1", "Rockets", "whom.own-1", "whoever built them")...)
	s.clock.advance(time.Hour)
	theirs := another.shares(another.finished("first-team", "full"), withMap())
	owner.opens(theirs)
	owner.rates(theirs, "design", "2", "")
	owner.moves(theirs, "domain", "own-1", "depth", "deep", "words", "They fly.")
	owner.post(s.paths.Reveal(theirs.id), url.Values{"what": {"rated"}}).wantStatus(http.StatusSeeOther)
}

// listed is the first link that ends so.
func (p *page) listed(end string) string {
	p.t.Helper()
	for _, address := range p.addresses("href") {
		if strings.HasSuffix(address, end) {
			return address
		}
	}
	p.t.Fatalf("%s: no link ends in %q", p.address, end)
	return ""
}

// content is what the main part of a page says, or one sheet of a preview.
func (p *page) content(t *testing.T, want func(*html.Node) bool) string {
	t.Helper()
	found := find(p.root(), want)
	if len(found) != 1 {
		t.Fatalf("%s: %d parts of this kind", p.address, len(found))
	}
	return text(found[0])
}

// sheet wants a page of a preview.
func sheet(id string) func(*html.Node) bool {
	return func(node *html.Node) bool { return attribute(node, "data-sheet") == id }
}
