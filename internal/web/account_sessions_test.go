package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/securecookie"
)

// cookie returns the one cookie that a response sets; it ends the test if there is none.
func (p *page) cookie() *http.Cookie {
	p.t.Helper()
	cookies := (&http.Response{Header: p.header}).Cookies()
	if len(cookies) != 1 {
		p.t.Fatalf("%s: sets %d cookies, want one: %v", p.address, len(cookies), cookies)
	}
	return cookies[0]
}

// cookieName is the name of the cookie of a kind, "" for a manager's, without the prefix that an address gives it.
func (s *site) cookieName(kind string) string {
	s.t.Helper()
	mark, err := s.useCases.Mark(s.t.Context())
	if err != nil || len(mark) < 8 {
		s.t.Fatalf("the mark of the installation is %q, %v", mark, err)
	}
	return "whetstone-" + mark + kind
}

// setsCookie reports whether a response sets a cookie.
func (p *page) setsCookie() bool { return p.header.Get("Set-Cookie") != "" }

// firstWrite is what makes a session: the start of a first assessment.
func (b *browser) firstWrite() *page {
	b.t.Helper()
	return b.post(b.site.paths.Start(), startFields(world{})).wantStatus(http.StatusSeeOther)
}

// carrying sends a cookie of the test's own making.
func carrying(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: value}) }
}

// holds reports whether a page is one that only a manager with a session gets.
func (p *page) holds(s *site) bool {
	return slices.Contains(p.linked(), s.paths.Assessments())
}

func TestCookieFlags(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]http.Cookie{
		"https://whetstone.test/":         {Name: "__Host-", Path: "/", Secure: true},
		"https://whetstone.test":          {Name: "__Host-", Path: "/", Secure: true},
		"https://whetstone.test/tools/w/": {Name: "__Secure-", Path: "/tools/w/", Secure: true},
		"http://127.0.0.1:8080/":          {Name: "", Path: "/"},
		"http://127.0.0.1:8080/tools/w":   {Name: "", Path: "/tools/w/"},
	} {
		t.Run(address, func(t *testing.T) {
			s := newSite(t, at(address))
			got := s.browser().firstWrite().cookie()
			if want.Name += s.cookieName(""); got.Name != want.Name || got.Path != want.Path || got.Secure != want.Secure {
				t.Errorf("the cookie is %v, want name %s, path %s, secure %t", got, want.Name, want.Path, want.Secure)
			}
			if !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Domain != "" {
				t.Errorf("the cookie %v must be HttpOnly, SameSite=Lax and for this host alone", got)
			}
			if want := int((400 * day).Seconds()); got.MaxAge != want {
				t.Errorf("the cookie lives %d seconds, want %d", got.MaxAge, want)
			}
		})
	}
}

// Reading leaves no trace in the browser, and neither does a form that can't be taken.
func TestNoCookieBeforeAWrite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	reader := s.browser()
	for path, got := range reader.crawl() {
		if got.setsCookie() {
			t.Errorf("%s sets a cookie", path)
		}
	}
	if got := reader.post(s.paths.Start(), url.Values{"craft": {"software"}}); got.setsCookie() {
		t.Error("a form that can’t be taken sets a cookie")
	}
	if got := reader.firstWrite(); !got.setsCookie() {
		t.Error("the first write sets no cookie")
	}
}

// The cookie is a random token under a signature: two are never alike, and it holds nothing of the
// person or the session.
func TestCookieIsRandom(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	seen := map[string]bool{}
	for range 3 {
		var token string
		value := s.browser().firstWrite().cookie().Value
		codec := securecookie.New(s.configuration.Secret, nil)
		if err := codec.Decode("__Host-"+s.cookieName(""), value, &token); err != nil {
			t.Fatal(err)
		}
		if len(token) < 26 || seen[token] {
			t.Errorf("the token %q is short, or given out twice", token)
		}
		seen[token] = true
	}
}

func TestForgedCookieIsNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	genuine := owner.firstWrite().cookie()
	sign := func(secret []byte, token string) string {
		value, err := securecookie.New(secret, nil).Encode(genuine.Name, token)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	var token string
	if err := securecookie.New(s.configuration.Secret, nil).Decode(genuine.Name, genuine.Value, &token); err != nil {
		t.Fatal(err)
	}
	middle := len(genuine.Value) / 2
	altered := "A"
	if genuine.Value[middle:middle+1] == altered {
		altered = "B"
	}
	for name, value := range map[string]string{
		"the bare token":           token,
		"one character altered":    genuine.Value[:middle] + altered + genuine.Value[middle+1:],
		"cut short":                genuine.Value[:middle],
		"signed with another key":  sign([]byte(strings.Repeat("x", 32)), token),
		"an unknown token, signed": sign(s.configuration.Secret, strings.Repeat("A", 26)),
		"nonsense":                 "nonsense",
		"empty":                    "",
		"too long":                 strings.Repeat("A", 5000),
	} {
		got := s.browser().get(s.paths.Assessments(), carrying(genuine.Name, value))
		if got.status != http.StatusOK || got.holds(s) {
			t.Errorf("%s: status %d, taken for somebody: %t", name, got.status, got.holds(s))
		}
	}
	if got := s.browser().get(s.paths.Assessments(), carrying(genuine.Name, genuine.Value)); !got.holds(s) {
		t.Error("the genuine cookie is taken for nobody")
	}
	if got := s.browser().get(s.paths.Assessments(), carrying(s.cookieName(""), genuine.Value)); got.holds(s) {
		t.Error("a cookie under a name without the __Host- prefix is taken, which another host of the domain could set")
	}
}

// After a forged cookie the browser can start anew: the write gives it a session of its own.
func TestForgedCookieCanStart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	got := s.browser().post(s.paths.Start(), startFields(world{}), carrying("__Host-"+s.cookieName(""), "nonsense"))
	got.wantStatus(http.StatusSeeOther).cookie()
}

func TestSessionEndsAfterIdleDays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	s.clock.advance(399 * day)
	owner.get(s.paths.Assessment(id)).wantStatus(http.StatusOK)
	s.clock.advance(399 * day) // the visit before started the count anew
	owner.get(s.paths.Assessment(id)).wantStatus(http.StatusOK)
	s.clock.advance(400 * day)
	owner.get(s.paths.Assessment(id)).wantStatus(http.StatusNotFound)
	if owner.get(s.paths.Home()).holds(s) {
		t.Error("a session that idled for 400 days still acts for its manager")
	}
	if err := s.useCases.EndIdleSessions(t.Context()); err != nil {
		t.Fatal(err)
	}
	owner.begun("first-team", "full") // and the browser can begin anew
}

// The cookie is sent again about daily, so that it lives as long as the session does, and not with
// every page.
func TestCookieIsSentAgainDaily(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	first := owner.firstWrite().cookie()
	for _, step := range []struct {
		later time.Duration
		again bool
	}{
		{time.Hour, false}, {22 * time.Hour, false}, {time.Hour, true}, {time.Minute, false}, {day, true},
	} {
		s.clock.advance(step.later)
		got := owner.get(s.paths.Home())
		if got.setsCookie() != step.again {
			t.Errorf("%v later: cookie sent again: %t, want %t", step.later, got.setsCookie(), step.again)
		}
		if step.again && (got.cookie().Name != first.Name || got.cookie().MaxAge != first.MaxAge) {
			t.Errorf("the cookie sent again is %v, the first was %v", got.cookie(), first)
		}
	}
}

// A failing database must not make a signed-in visitor look new: they would start over and think their answers lost.
func TestFailingDatabaseIsNoMissingSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.paths.Home(), s.paths.Start(), s.paths.Assessments(), s.paths.Assessment(id), s.paths.About(), "/nothing"} {
		got := owner.get(path).wantStatus(http.StatusInternalServerError)
		got.wantText("What a page called saved is kept")
		if got.setsCookie() {
			t.Errorf("%s sets a cookie", path)
		}
	}
	s.browser().get(s.paths.Home()).wantStatus(http.StatusOK) // a new visitor needs no database
}

// Two browsers are two managers, and a session belongs to one.
func TestSessionsAreApart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one, two := s.browser(), s.browser()
	first, second := one.begun("first-team", "full"), two.begun("first-team", "full")
	if maps.Equal(one.answers(first), map[string]savedAnswer{}) {
		t.Fatal("nothing is kept")
	}
	one.get(s.paths.Assessment(second)).wantStatus(http.StatusNotFound)
	two.get(s.paths.Assessment(first)).wantStatus(http.StatusNotFound)
}

// A first start that fails leaves nobody behind, and no cookie.
func TestFailingStartLeavesNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	if got := s.browser().post(s.paths.Start(), startFields(world{})).wantStatus(http.StatusInternalServerError); got.setsCookie() {
		t.Error("a start that failed sets a cookie")
	}
}

// A visitor with answers of their own doesn't lose them to a demonstration's button.
func TestDemonstrationLeavesWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	if got := owner.post(s.paths.Demonstration(), url.Values{}).wantStatus(http.StatusSeeOther); got.setsCookie() {
		t.Error("the session is replaced")
	}
	owner.visit(s.paths.Assessment(id)).wantStatus(http.StatusOK)
}

// The button of a demonstration signs a browser in as the made-up manager.
func TestDemonstrationSignsIn(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	visitor := s.browser()
	visitor.get(s.paths.Home()).wantText("everything here is made up").press("Open the demonstration").
		wantAt(s.paths.Home()).wantText("everything here is made up")
	if !visitor.get(s.paths.Home()).holds(s) {
		t.Error("the browser is not signed in")
	}
}
