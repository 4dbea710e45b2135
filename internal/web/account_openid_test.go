package web_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/openid"
	"whetstone/internal/openid/openidtest"
)

// people are those whom the providers of these tests know.
var people = []openidtest.Person{{Name: "ada", Groups: []string{"managers"}}, {Name: "bo"}}

// signingInBy makes an installation one where people sign in by a provider, whose settings a change may narrow. Its
// clock is the provider's.
func signingInBy(real **openidtest.Provider, change ...func(*openid.Settings)) func(*site) {
	return func(s *site) {
		s.clock.at = time.Now()
		*real = openidtest.New(s.t, people, "https://whetstone.test/sign-in/openid/back", "https://whetstone.test/")
		settings := (*real).Settings("openid", "Example")
		for _, apply := range change {
			apply(&settings)
		}
		s.configuration.Providers = []*openid.Provider{openid.New(settings, s.clock.now)}
		s.configuration.SignInAgain = 30 * day
	}
}

// leads returns where a page leads by itself.
func (p *page) leads() string {
	p.t.Helper()
	p.wantStatus(http.StatusOK)
	found := regexp.MustCompile(`http-equiv="refresh" content="0;url=([^"]+)"`).FindStringSubmatch(p.body)
	if found == nil {
		p.t.Fatalf("%s leads nowhere by itself", p.address)
	}
	return strings.ReplaceAll(found[1], "&amp;", "&")
}

// comesBack signs somebody in at the provider, and is the page to which the browser is led back.
func (b *browser) comesBack(real *openidtest.Provider, begin, name string) *page {
	b.t.Helper()
	return b.get(real.SignIn(b.t, b.post(begin, nil).leads(), name).RequestURI())
}

func TestSignInByAProvider(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	b := s.browser()
	b.get(s.paths.SignIn()).wants("Sign in with Example", "recovery key")
	first := b.comesBack(real, s.paths.SignInWith("openid", ""), "ada")
	if first.wantStatus(onward); first.header.Get("Location") != s.paths.Home() {
		t.Errorf("it leads to %s", first.header.Get("Location"))
	}
	id := b.finished("first-team", "pulse")
	// Another device, which wanted to go somewhere.
	other := s.browser()
	back := other.comesBack(real, s.paths.SignInWith("openid", s.paths.Result(id)), "ada")
	back.follow().wantStatus(ok)
	if back.header.Get("Location") != s.paths.Result(id) {
		t.Errorf("it leads to %s", back.header.Get("Location"))
	}
	other.get(s.paths.Devices()).wants("ada@example.org", "organisation’s sign-in")
	// Somebody else sees nothing of it.
	s.browser().comesBack(real, s.paths.SignInWith("openid", "https://elsewhere.test/"), "bo").follow().wantStatus(ok)
	// Signing out leads on to the provider.
	device := regexp.MustCompile(`action="(/settings/devices/[^"]+)"`).FindStringSubmatch(other.get(s.paths.Devices()).body)
	if to := other.post(device[1], nil).leads(); !strings.HasPrefix(to, real.Issuer) || !strings.Contains(to, "post_logout_redirect_uri=https%3A%2F%2Fwhetstone.test%2F") {
		t.Errorf("signing out leads to %s", to)
	}
	if to := other.get(s.paths.Devices()).wantStatus(missing).link("Open your history"); to != s.paths.SignIn() {
		t.Errorf("whoever has signed out is led to %s", to)
	}
	if log := s.log.String(); strings.Contains(log, "ada") || strings.Contains(log, "code=") || strings.Contains(log, "id of") {
		t.Errorf("the log tells who it was:\n%s", log)
	}
}

func TestSignInCountsOnceInItsBrowser(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	b, stranger := s.browser(), s.browser()
	begun := b.post(s.paths.SignInWith("openid", ""), nil)
	flow := begun.cookie()
	if !flow.HttpOnly || !flow.Secure || flow.SameSite != http.SameSiteLaxMode || flow.MaxAge != int(openid.Life.Seconds()) {
		t.Errorf("the cookie is %v", flow)
	}
	back := real.SignIn(t, begun.leads(), "ada").RequestURI()
	// Led there by somebody else, a browser that has begun nothing is not signed in.
	stranger.get(back).wantStatus(conflict).wants("This sign-in is over", "Sign in again")
	b.request(http.MethodHead, back, nil).wantStatus(missing)
	b.get(back, func(r *http.Request) { r.Header.Set("Sec-Fetch-Mode", "no-cors") }).wantStatus(http.StatusForbidden)
	b.get(back).wantStatus(onward)
	b.get(back).wantStatus(conflict)
	// Not even whoever has the cookie, too, at another process.
	copied := s.browser()
	copied.client.Transport = inProcess{s.beside()}
	copied.get(back, carrying(flow.Name, flow.Value)).wantStatus(conflict)
	if copied.get(s.paths.Home()).holds(s) {
		t.Error("a sign-in counts twice")
	}
	// Codes of nobody's making end after some tries, and the right ones with them.
	tries := s.browser()
	for range 10 {
		address, err := url.Parse(tries.post(s.paths.SignInWith("openid", ""), nil).leads())
		if err != nil {
			t.Fatal(err)
		}
		tries.get("/sign-in/openid/back?code=made-up&state=" + url.QueryEscape(address.Query().Get("state"))).wantStatus(conflict)
	}
	tries.post(s.paths.SignInWith("openid", ""), nil).wantStatus(http.StatusTooManyRequests)
}

func TestSignInsInSeveralTabs(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real))
	b := s.browser()
	begun := func(to string) string {
		return real.SignIn(t, b.post(s.paths.SignInWith("openid", to), nil).leads(), "ada").RequestURI()
	}
	long := "/" + strings.Repeat("a", 499) // the longest that is come back to
	forgotten, first, second, third, fourth := begun(long), begun(s.paths.History()), begun(long), begun(long), begun(s.paths.Shares())
	// What isn't on its way, or isn't any more, ends nothing that is.
	b.get("/sign-in/openid/back?code=made-up&state=made-up").wantStatus(conflict)
	b.get(forgotten).wantStatus(conflict)
	for back, to := range map[string]string{first: s.paths.History(), second: long, third: long, fourth: s.paths.Shares()} {
		if there := b.get(back).wantStatus(onward).header.Get("Location"); there != to {
			t.Errorf("it leads to %s, not to %s", there, to)
		}
		b.get(back).wantStatus(conflict)
	}
}

func TestWhoIsNotLetIn(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	s := newSite(t, signingInBy(&real, func(settings *openid.Settings) { settings.Groups = []string{"managers"} }))
	b := s.browser()
	refused := b.comesBack(real, s.paths.SignInWith("openid", ""), "bo").wantStatus(http.StatusForbidden)
	refused.wants("You aren’t let in here", "bo@example.org", "Sign in with another account")
	if b.get(s.paths.Home()).holds(s) {
		t.Error("somebody who is refused is in")
	}
	if to := b.post(s.paths.SignInWith("openid", "")+"?anew", nil).leads(); !strings.Contains(to, "prompt=login") {
		t.Errorf("the provider doesn’t ask again: %s", to)
	}
	b.comesBack(real, s.paths.SignInWith("openid", ""), "ada").wantStatus(onward)
	s.clock.advance(time.Hour + 10*time.Minute) // the provider's clock goes on while the site's stands
	late := s.browser().comesBack(real, s.paths.SignInWith("openid", ""), "ada")
	late.wantStatus(http.StatusServiceUnavailable).wants("A clock is wrong")
	if !regexp.MustCompile(`\b1h\d+m`).MatchString(s.log.String()) {
		t.Error("the log doesn’t say by how much the clock is wrong")
	}
	real.Leave(true)
	s.clock.advance(2 * time.Hour) // what it said of itself is no longer believed, unless it can't be asked
	begun := s.browser().post(s.paths.SignInWith("openid", ""), nil)
	begun.wantStatus(ok)

	away := newSite(t, signingInBy(&real))
	real.Leave(true)
	away.browser().post(away.paths.SignInWith("openid", ""), nil).wantStatus(http.StatusServiceUnavailable).wants("can’t be reached just now")
	away.browser().get(away.paths.SignIn()).wantStatus(ok)
}

func TestSigningInAsTheOnlyWay(t *testing.T) {
	t.Parallel()
	var real *openidtest.Provider
	open := newSite(t, signingInBy(&real))
	before := open.browser()
	held := before.finished("first-team", "pulse")
	open.configuration.SignInOnly = true
	s := newSite(t, func(s *site) {
		s.clock, s.configuration = open.clock, open.configuration
		s.keptAt(open.address)
	})
	nobody := s.browser()
	for _, path := range []string{s.paths.Start(), s.paths.NewTeam(), s.paths.JoinCode(), s.paths.DepthMaps(), s.paths.Settings(), s.paths.Result(held) + "?x=1", s.paths.Assessments(), s.paths.Teams()} {
		if to := nobody.get(path).wantStatus(onward).header.Get("Location"); to != s.paths.SignInTo(path) {
			t.Errorf("%s leads to %s", path, to)
		}
	}
	nobody.post(s.paths.Start(), startFields(world{})).wantStatus(http.StatusForbidden).wants("Sign in to go on")
	for _, path := range []string{s.paths.Recover(), s.paths.RecoveryKey()} {
		nobody.get(path).wantStatus(missing)
	}
	for _, path := range []string{s.paths.Home(), s.paths.About(), s.paths.Method(), s.paths.Guides()} {
		nobody.get(path).wantStatus(ok)
	}
	if strings.Contains(nobody.get(s.paths.SignIn()).body, "recovery key") {
		t.Error("the sign-in page offers a recovery key")
	}
	signed := s.browser()
	signed.comesBack(real, s.paths.SignInWith("openid", s.paths.Start()), "bo").follow().wants("Three choices")
	signed.get(s.paths.WaysIn()).wantStatus(ok)
	remove := regexp.MustCompile(`/settings/ways-in/[^"]+/remove`).FindString(signed.get(s.paths.WaysIn()).body)
	signed.get(remove).wants("This way in stays")
	signed.post(remove, nil).follow().wants("This way in stays")

	// What was begun before waits in its browser until its owner signs in.
	before.site, before.client.Transport = s, inProcess{s.handler}
	before.get(s.paths.Result(held)).wantStatus(onward)
	if before.get(s.paths.Home()).holds(s) {
		t.Error("an anonymous session is enough")
	}
	choice := before.comesBack(real, s.paths.SignInWith("openid", s.paths.Result(held)), "ada")
	if asked := choice.follow().wants("Are these answers yours?"); !strings.HasPrefix(asked.title(), asked.heading()+": ") {
		t.Errorf("the page %q has the title %q", asked.heading(), asked.title())
	}
	to := choice.header.Get("Location")
	before.post(to, url.Values{"choice": {"keep"}}).wantStatus(onward).follow().wantStatus(ok)
	before.get(s.paths.Result(held)).wantStatus(ok)
	s.clock.advance(30*day + time.Hour)
	before.get(s.paths.Result(held)).wantStatus(onward)
	before.post(s.paths.Rename(held), url.Values{"name": {"Typed the day before"}}).wantStatus(onward)
}

func TestAProxyNamesPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(s *site) {
		s.configuration.NameHeader, s.configuration.TrustedProxies = "X-Remote-User", []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")} // where tests come from
	})
	as := func(names ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header["X-Remote-User"] = names }
	}
	b := s.browser()
	b.get(s.paths.SignIn(), as("ada")).wants("Go on as", "ada")
	if b.get(s.paths.Home(), as("ada")).setsCookie() {
		t.Error("a page that is got signs somebody in")
	}
	b.post(s.paths.SignInWith("proxy", ""), nil).wantStatus(missing)
	b.post(s.paths.SignInWith("proxy", ""), nil, as("ada", "bo")).wantStatus(missing)
	b.post(s.paths.SignInWith("proxy", ""), nil, as(" \u200b")).wantStatus(missing)
	b.post(s.paths.SignInWith("proxy", s.paths.Start()), nil, as("ada")).wantStatus(onward)
	id := b.finished("first-team", "pulse")
	b.get(s.paths.Result(id), as("ada")).wantStatus(ok)
	// Somebody else at the same browser sees nothing of it, and gets a history of their own.
	b.get(s.paths.Result(id), as("bo")).wantStatus(missing)
	b.get(s.paths.SignIn(), as("bo")).wants("Go on as", "bo")
	b.post(s.paths.SignInWith("proxy", ""), nil, as("bo")).wantStatus(onward)
	b.get(s.paths.Result(id), as("bo")).wantStatus(missing)
	b.post(s.paths.SignInWith("proxy", ""), nil, as("ada")).wantStatus(onward)
	b.get(s.paths.Result(id), as("ada")).wantStatus(ok)

	// A client's own word counts for nothing, and isn't repeated in the log.
	s.configuration.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}
	untrusting := newSite(t, func(other *site) {
		other.configuration = s.configuration
		other.configuration.Log = s.configuration.Log
	})
	liar := untrusting.browser()
	liar.post(untrusting.paths.SignInWith("proxy", ""), nil, as("mallory")).wantStatus(missing)
	if log := s.log.String(); strings.Contains(log, "mallory") || !strings.Contains(log, "names itself") || strings.Contains(log, "ada") {
		t.Errorf("the log says\n%s", log)
	}
	if slices.Contains(liar.get(untrusting.paths.SignIn(), as("mallory")).linked(), "mallory") {
		t.Error("a client names itself")
	}
}

// wants looks for several texts on a page.
func (p *page) wants(texts ...string) *page {
	p.t.Helper()
	for _, text := range texts {
		p.wantText(text)
	}
	return p
}
