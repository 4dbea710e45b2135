package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/paths"
	"whetstone/internal/web"
)

// inhabited returns a browser whose manager has something of everything: a full assessment, and
// after a change of scope a pulse and two full ones, of which the last offers a look back; targets of
// their own; a plan; a draft with a note; and what is set for the installation, which they organise.
func (s *site) inhabited() *browser {
	s.t.Helper()
	owner := s.browser()
	for _, taken := range [][2]string{
		{"first-team", "full"}, {"wider-scope", "pulse"}, {"wider-scope", "full"}, {"wider-scope", "full"},
	} {
		owner.finished(taken[0], taken[1])
		s.clock.advance(90 * day)
	}
	owner.post(s.paths.Targets("wider-scope"), targetFields(world{site: s})).wantStatus(http.StatusSeeOther)
	s.inhabitPlan(owner)
	s.inhabitMaps(owner)
	owner.begun("wider-scope", "full")
	s.inhabitTeams(owner)
	s.inhabitShares(owner)
	s.knownBy(owner)
	owner.organises()
	owner.get(s.paths.Installation()).press("Save", "organisation", "Example Works", "welcome", "Good that you are here.", "contact", "Ann, third floor").wantText("Saved.")
	return owner
}

// linked lists the addresses that a page offers to go to, or makes a browser fetch.
func (p *page) linked() []string { return p.addresses("href", "src", "data-answers", "data-charts") }

// addresses lists the addresses in some attributes of a page.
func (p *page) addresses(attributes ...string) []string {
	var addresses []string
	for _, node := range find(p.root(), func(*html.Node) bool { return true }) {
		for _, name := range attributes {
			if address, found := lookup(node, name); found && !strings.HasPrefix(address, "#") {
				addresses = append(addresses, address)
			}
		}
	}
	return addresses
}

// crawl follows every link from the first page on, and returns all that answered, by path. A link to nothing marks the
// test as failed.
func (b *browser) crawl() map[string]*page {
	b.t.Helper()
	seen := map[string]*page{}
	waiting := []string{b.site.paths.Home()}
	for len(waiting) > 0 {
		path := waiting[0]
		waiting = waiting[1:]
		if seen[path] != nil {
			continue
		}
		got := b.get(path)
		seen[path] = got
		if got.status != http.StatusOK {
			b.t.Errorf("a link leads to %s, which answers %d", path, got.status)
		}
		for _, address := range got.linked() {
			target, err := got.address.Parse(address)
			if err != nil {
				b.t.Errorf("%s: a link to %q: %v", path, address, err)
				continue
			}
			target.Fragment = ""
			if target.Host == got.address.Host {
				waiting = append(waiting, target.RequestURI())
			}
		}
	}
	return seen
}

// mistakes are the pages of everything that can go wrong, by what it is.
func (b *browser) mistakes() map[string]*page {
	b.t.Helper()
	s := b.site
	draft, finished := b.begun("considering", "full"), b.finished("first-team", "full")
	competency, items := s.firstItems("considering")
	asked, _ := s.firstItems("first-team")
	foreign := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
	places, map422 := b.beginsMap("first-team")
	places.press("Save, and go on later", "depth.ux", "none").wantText("Saved.")
	identical := b.start("considering", "full")
	b.answerAll(identical, "considering", func(int) string { return "3" })
	return map[string]*page{
		"400":           b.request(http.MethodPost, s.paths.Start(), strings.NewReader("%zz"), urlEncoded),
		"403":           b.post(s.paths.Start(), url.Values{}, foreign),
		"404":           b.get(s.paths.Base + "/nothing"),
		"405":           b.post(s.paths.Method(), url.Values{}),
		"409":           b.post(s.paths.Questions(finished, asked), url.Values{}),
		"413":           b.post(s.paths.Start(), url.Values{"craft": {strings.Repeat("x", 1<<20)}}),
		"422 start":     b.post(s.paths.Start(), url.Values{}),
		"422 questions": b.post(s.paths.Questions(draft, competency), url.Values{"level." + items[0].ID: {"9"}, "note." + items[1].ID: {strings.Repeat("x", 2001)}}),
		"422 review":    b.post(s.paths.Finish(b.start("wider-scope", "pulse")), url.Values{}),
		"422 careless":  b.post(s.paths.Finish(identical), url.Values{}),
		"422 targets":   b.post(s.paths.Targets("first-team"), url.Values{"target.design": {"9"}}),
		"409 conflict":  b.post(s.paths.Questions(draft, competency), url.Values{"level." + items[0].ID: {"1"}, "note." + items[0].ID: {"Another note."}}),
		"409 targets":   b.post(s.paths.Targets("first-team"), url.Values{"target.design@0-another-another": {"2.0"}, "importance.design@0-another-another": {"1"}}),
		"422 places":    b.post(s.paths.Places(map422), url.Values{"depth.ux": {"deep"}, "then": {"finish"}}),
		"409 places":    b.post(s.paths.Places(map422), url.Values{"depth.ux@0-another": {"deep"}, "weight.ux@0-another": {"low"}, "then": {"save"}}),
		"saved":         b.get(s.paths.Targets("first-team") + "?saved"),
	}
}

func urlEncoded(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }

// everyPage returns every page that the app has, by a name to report: each that links lead to, for
// somebody with much and for somebody new, and those of what can go wrong.
func everyPage(t *testing.T, s *site) map[string]*page {
	t.Helper()
	pages := map[string]*page{}
	owner := s.inhabited()
	for path, got := range owner.crawl() {
		pages["somebody "+path] = got
	}
	for path, got := range s.browser().crawl() {
		pages["nobody "+path] = got
	}
	for what, got := range owner.mistakes() {
		if want := what[:3]; want[0] == '4' && got.header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: no page but %q", what, got.body)
		}
		pages["mistake "+what] = got
	}
	return pages
}

// Every page can be reached by links: no address has to be typed in.
func TestLinksLeadToEveryPage(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, false)
	s := newSite(t, mailingTo(server))
	routes := http.NewServeMux()
	for _, pattern := range web.Patterns(s.configuration) {
		routes.Handle(pattern, http.NotFoundHandler())
	}
	reached := map[string]bool{}
	owner := s.inhabited()
	owner.asksForMail(s.paths.WaysIn(), "ada@example.com")
	owner.get(linkIn(t, server)).press("Add it")
	for _, got := range owner.crawl() {
		_, pattern := routes.Handler(&http.Request{Method: http.MethodGet, URL: got.address})
		reached[pattern] = true
	}
	for _, pattern := range web.Patterns(s.configuration) {
		switch strings.TrimPrefix(pattern, "GET ") {
		case paths.SignInBackPattern, paths.JoinPattern, paths.OpenSharePattern, paths.ContinueWithPattern, paths.CalendarPattern, paths.MailLinkPattern, paths.StopRemindersPattern:
			continue // they are sent to people, and stand on no page but once
		case paths.BeginPattern, paths.FollowingPattern:
			continue // the start form leads there
		case paths.ChoicePattern, paths.TogetherPattern, paths.ApartPattern, paths.KeepMentorPattern:
			continue // they follow where somebody comes to a browser that holds other answers, or what was shared with a mentor
		case paths.CheckFilePattern:
			continue // the form that sends a file leads there
		case paths.MailPattern:
			continue // the form that asks for a link leads there
		case paths.HealthPattern, paths.ReadyPattern:
			continue // they are for machines
		}
		if strings.HasPrefix(pattern, "GET ") && !reached[pattern] {
			t.Errorf("no link leads to %s", pattern)
		}
	}
}

// Under a base path every address of every page lies below it, and the whole app answers there.
func TestBasePath(t *testing.T) {
	t.Parallel()
	s := newSite(t, at("https://whetstone.test/tools/whetstone/"))
	for name, got := range everyPage(t, s) {
		for _, address := range append(got.linked(), got.addresses("action", "formaction", "srcset", "poster")...) {
			if strings.HasPrefix(address, "https://") {
				continue // a source that a page cites
			}
			if !strings.HasPrefix(address, "/tools/whetstone/") {
				t.Errorf("%s: %q lies outside the base path", name, address)
			}
		}
	}
	owner := s.inhabited()
	owner.visit("/tools/whetstone").wantAt("/tools/whetstone/")
	owner.visit("/tools/whetstone//start").wantAt("/tools/whetstone/start")
	for _, outside := range []string{"/", "/start", "/tools", "/tools/whetstonestart", "/tools/start"} {
		owner.get(outside).wantStatus(http.StatusNotFound)
	}
}

// A base path that would need escaping in addresses would give broken links, so it is refused.
func TestStrangeBasePathIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/a b", "/{x}", "/a//b", "//", "/ä"} {
		configuration := s.configuration
		configuration.BaseURL = &url.URL{Scheme: "https", Host: "whetstone.test", Path: path}
		if _, err := web.New(s.useCases, configuration); err == nil {
			t.Errorf("the base path %q is taken", path)
		}
	}
}
