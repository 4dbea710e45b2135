package browsertest

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/openid"
	"whetstone/internal/openid/openidtest"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
)

// newSignIn serves the app where people sign in by a real provider: as it lets everybody in, as it lets in only those of a
// group, and as one that is away.
func newSignIn(t *testing.T, change ...func(*web.Configuration)) (*server, *openidtest.Provider) {
	t.Helper()
	var real *openidtest.Provider
	s := serveOver(t, storetest.SQLite(t), false, "http", func(configuration *web.Configuration) {
		base := strings.TrimSuffix(configuration.BaseURL.String(), "/")
		real = openidtest.New(t, []openidtest.Person{{Name: "ada", Groups: []string{"managers"}}, {Name: "bo"}},
			base+to.SignInBack("openid"), base+to.SignInBack("openid-2"), base+to.Home())
		away, groups := real.Settings("openid-3", "The one that is away"), real.Settings("openid-2", "Managers’ sign-in")
		away.Issuer, groups.Groups = "http://127.0.0.1:1", []string{"managers"}
		for _, settings := range []openid.Settings{real.Settings("openid", "Example’s sign-in"), groups, away} {
			configuration.Providers = append(configuration.Providers, openid.New(settings, time.Now))
		}
		configuration.SignInAgain = 30 * 24 * time.Hour
		for _, apply := range change {
			apply(configuration)
		}
	})
	s.beside = real.Issuer
	return s, real
}

// at reports whether the tab is at an address that begins so, and its page is there.
func (tab *tab) at(beginning string) func() bool {
	return func() bool {
		return tab.holds(fmt.Sprintf(`location.href.startsWith(%q) && document.readyState === "complete"`, beginning))
	}
}

// signsIn goes through the provider, where it asks for a name.
func (tab *tab) signsIn(real *openidtest.Provider, press func(selector, words string), button, name string) {
	tab.t.Helper()
	press("button", button)
	tab.until("the provider asks for a name", tab.at(real.Issuer+"/login"))
	tab.wait(`document.querySelector("#password")`)
	for id, text := range map[string]string{"#username": name, "#password": openidtest.Password} {
		tab.click(id, "")
		tab.inserts(text)
	}
	tab.click("button", "Login")
	tab.until("the provider leads back", tab.at(tab.profile.server.base+"/"))
	tab.settle()
}

func TestSigningInWithABrowser(t *testing.T) {
	t.Parallel()
	s, real := newSignIn(t)

	// Somebody who has begun without: from the ways in.
	owner := s.newVisitor(t)
	result := owner.take("first-team", model.PulseForm, mixed)
	desk := s.newTabOf(t, owner)
	desk.open(to.WaysIn())
	desk.signsIn(real, desk.click, "Add Example’s sign-in", "ada")
	desk.says("main", "ada@example.org")
	desk.says("main", "Signing in opens your answers on any device.")

	// Another device, without a script.
	phone := s.newTab(t)
	phone.scriptless()
	phone.open(to.SignIn())
	phone.signsIn(real, phone.click, "Sign in with Example’s sign-in", "ada")
	phone.open(to.Result(result))
	phone.says("main", "Leading a first team")

	// A browser with other answers, of somebody who is known, and of somebody who is not.
	other := s.newVisitor(t)
	other.take("first-team", model.PulseForm, raised)
	third := s.newTabOf(t, other)
	third.open(to.SignIn())
	third.signsIn(real, third.click, "Sign in with Example’s sign-in", "ada")
	third.heading("Two histories")
	third.open(to.SignIn())
	third.signsIn(real, third.click, "Sign in with Example’s sign-in", "bo")
	third.heading("Are these answers yours?")
	third.click("label", "They are mine")
	third.follow("button", "Go on")
	third.open(to.WaysIn())
	third.says("main", "bo@example.org")
	third.follow("a", "Remove")
	third.says("main", "It is the only one.")
	third.follow("button", "Remove it")
	third.says("main", "Only this browser opens your answers so far.")

	// One who is not let in; a provider that is away.
	refused := s.newTab(t)
	refused.open(to.SignIn())
	refused.click("button", "Sign in with Managers’ sign-in")
	refused.until("the provider asks for a name", refused.at(real.Issuer+"/login"))
	refused.unwatched = true // its address, which fails on purpose, is not known before
	refused.wait(`document.querySelector("#password")`)
	refused.click("#username", "")
	refused.inserts("bo")
	refused.click("#password", "")
	refused.inserts(openidtest.Password)
	refused.click("button", "Login")
	refused.wait(`document.querySelector("h1")?.textContent.includes("let in here")`)
	refused.says("main", "bo@example.org")
	again := eval[string](refused, `location.href`)
	refused.reload()
	refused.heading("This sign-in is over")
	if !strings.Contains(again, "code=") {
		t.Errorf("it led back to %s", again)
	}
	refused.open(to.SignIn())
	refused.follow("button", "Sign in with The one that is away")
	refused.heading("The one that is away can’t be reached just now")

	// Signing out leads on to the provider, and back.
	phone.open(to.Devices())
	phone.click("button", "Sign out here")
	phone.wait(`location.pathname === "/" && document.readyState === "complete"`)
	phone.says("main", "Still technical")
}

func TestSigningInAsTheOnlyWayWithABrowser(t *testing.T) {
	t.Parallel()
	s, real := newSignIn(t, func(configuration *web.Configuration) { configuration.SignInOnly = true })
	opened := s.newTab(t)
	opened.open(to.Home())
	opened.follow("main a", "Start")
	opened.heading("Sign in")
	opened.signsIn(real, opened.click, "Sign in with Example’s sign-in", "ada")
	opened.says("main", "Three choices")
}

// naming lets a proxy name somebody in all that a visitor asks for.
type naming struct{ name string }

// RoundTrip implements http.RoundTripper.
func (n naming) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Remote-User", n.name)
	return http.DefaultTransport.RoundTrip(r)
}

// refresh is what leads on from a page at once.
var refresh = regexp.MustCompile(`<meta http-equiv="refresh"[^>]*>`)

// put puts a page that a visitor got into the tab, without what leads on from it at once.
func (tab *tab) put(body string) {
	tab.t.Helper()
	tab.open(to.About())
	run(tab, fmt.Sprintf(`document.documentElement.innerHTML = %q`, refresh.ReplaceAllString(body, "")))
	tab.wait(`document.styleSheets.length > 0 && document.fonts.status === "loaded"`)
}

// The pages that lead on to a provider at once, and those where a proxy names somebody, which no browser asks for by itself.
func TestPagesThatLeadOnAreAccessible(t *testing.T) {
	t.Parallel()
	served, _ := newSignIn(t, func(configuration *web.Configuration) {
		configuration.NameHeader, configuration.TrustedProxies = "X-Remote-User", []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	named := served.newVisitor(t)
	named.client.Transport = naming{"a.rather.long.name.of.somebody@example.org"}
	in := served.newVisitor(t)
	in.client.Transport = naming{"ada@example.org"}
	in.post(to.SignInWith("proxy", ""), url.Values{})
	for _, one := range []struct {
		visitor *visitor
		address string
		form    url.Values
		words   string
	}{
		{named, to.SignInWith("openid", ""), url.Values{}, "Going on to Example’s sign-in"},
		{named, to.SignIn(), nil, "The gate before this server"},
		{in, to.WaysIn(), nil, "The gate before this server"},
	} {
		status, _, body := one.visitor.request(one.address, one.form)
		if status != http.StatusOK || !strings.Contains(body, one.words) {
			t.Errorf("%s: %d, without %q", one.address, status, one.words)
			continue
		}
		opened := served.newTab(t)
		opened.put(body)
		for _, width := range []int64{desktopWidth, phoneWidth} {
			opened.resize(width)
			opened.prefers("light", "reduce")
			opened.accessible(fmt.Sprintf("%s: light, %d pixels wide", one.address, width), allRules)
			opened.prefers("dark", "reduce")
			opened.accessible(fmt.Sprintf("%s: dark, %d pixels wide", one.address, width), colourRules)
		}
		opened.fitsPhones()
	}
}

// signInKinds are the kinds of pages about signing in.
func signInKinds(t *testing.T) map[*server][]kind {
	free, real := newSignIn(t, func(configuration *web.Configuration) {
		configuration.NameHeader, configuration.TrustedProxies = "X-Remote-User", []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	only, theOther := newSignIn(t, func(configuration *web.Configuration) { configuration.SignInOnly = true })
	comes := func(v *visitor, real *openidtest.Provider, begin, name string) (back string) {
		t.Helper()
		_, _, page := v.request(begin, url.Values{})
		leads := regexp.MustCompile(`content="0;url=([^"]+)"`).FindStringSubmatch(page)
		return real.SignIn(t, strings.ReplaceAll(leads[1], "&amp;", "&"), name).RequestURI()
	}
	signed := func(s *server, real *openidtest.Provider, name string) *visitor {
		v := s.newVisitor(t)
		v.request(comes(v, real, to.SignInWith("openid", ""), name), nil)
		return v
	}
	removal := func(v *visitor) string {
		return regexp.MustCompile(`/settings/ways-in/[^"]+/remove`).FindString(v.get(to.WaysIn()))
	}
	nobody, ada := free.newVisitor(t), signed(free, real, "ada")
	known := free.newVisitor(t)
	known.take("first-team", model.PulseForm, mixed)
	known.request(comes(known, real, to.SignInWith("openid", ""), "ada"), nil)
	unknown := free.newVisitor(t)
	unknown.take("first-team", model.PulseForm, mixed)
	unknown.request(comes(unknown, real, to.SignInWith("openid", ""), "bo"), nil)
	refused := free.newVisitor(t)
	turnedAway := comes(refused, real, to.SignInWith("openid-2", ""), "bo")
	stranger, bound := only.newVisitor(t), signed(only, theOther, "ada")
	// Something is shared with one person alone, who has signed out in a browser since, and whose code somebody else enters.
	owner, other := free.newVisitor(t), signed(free, real, "bo")
	fields := shareFields("my mentor")
	fields.Set("address", "ada@example.org")
	alone := owner.shares(owner.take("first-team", model.FullForm, mixed), fields)
	ada.opens(alone)
	ada.rates(alone, "design", "3", "")
	out := ada.signedOut()
	_, _, made := ada.request(to.MentorDevices(), url.Values{})
	code := regexp.MustCompile(`class="secret">([^<]+)<`).FindStringSubmatch(made)
	return map[*server][]kind{
		free: {
			{"sign in by a provider", nobody, to.SignIn(), nil, http.StatusOK, "Sign in with Managers"},
			{"on to a provider that is away", nobody, to.SignInWith("openid-3", ""), url.Values{}, http.StatusServiceUnavailable, "can’t be reached just now"},
			{"ways in with an identity", ada, to.WaysIn(), nil, http.StatusOK, "ada@example.org"},
			{"remove the only way in", ada, removal(ada), nil, http.StatusOK, "It is the only one"},
			{"two histories", known, to.Choice(), nil, http.StatusOK, "Two histories"},
			{"answers of somebody new", unknown, to.Choice(), nil, http.StatusOK, "Are these answers yours?"},
			{"a sign-in that is over", nobody, to.SignInBack("openid"), nil, http.StatusConflict, "This sign-in is over"},
			{"shared, before signing in", out, to.Received(), nil, http.StatusOK, "Requests for one person alone are shown after signing in"},
			{"own words before signing in", out, to.OwnWords(), nil, http.StatusOK, "on requests for one person alone is shown after signing in"},
			{"mentor devices before signing in", out, to.MentorDevices(), nil, http.StatusOK, "is kept under a sign-in"},
			{"a code of somebody else’s sign-in", other, to.Continue(), url.Values{"code": {code[1]}}, http.StatusUnprocessableEntity, "belongs to somebody else’s sign-in"},
			{"not let in", refused, turnedAway, nil, http.StatusForbidden, "Sign in with another account"},
		},
		only: {
			{"landing where people sign in", stranger, to.Home(), nil, http.StatusOK, "Still technical"},
			{"sign in as the only way", stranger, to.SignIn(), nil, http.StatusOK, "Here everybody signs in"},
			{"a form before signing in", stranger, to.Start(), url.Values{"craft": {"software"}}, http.StatusForbidden, "Sign in to go on"},
			{"about where people sign in", bound, to.About(), nil, http.StatusOK, "Here people sign in to begin"},
			{"ways in where signing in is the only one", bound, to.WaysIn(), nil, http.StatusOK, "Add Managers"},
			{"a way in that stays", bound, removal(bound), nil, http.StatusOK, "This way in stays"},
		},
	}
}

// Every kind of page about signing in, as TestEveryPageIsAccessible looks at all others. A sign-in and a mentor's code hold for a
// quarter of an hour, so they are opened at once, and not when all tests beside this one let them.
func TestSignInPagesAreAccessible(t *testing.T) {
	t.Parallel()
	for served, pages := range signInKinds(t) {
		for _, kind := range pages {
			t.Run(kind.name, func(t *testing.T) {
				opened := served.newTabOf(t, kind.visitor)
				kind.show(opened)
				for _, width := range []int64{desktopWidth, phoneWidth} {
					opened.resize(width)
					opened.prefers("light", "reduce")
					opened.accessible(fmt.Sprintf("light, %d pixels wide", width), allRules)
					opened.picture(fmt.Sprintf("%s-light-%d.png", kind.name, width))
					opened.prefers("dark", "reduce")
					opened.accessible(fmt.Sprintf("dark, %d pixels wide", width), colourRules)
					opened.picture(fmt.Sprintf("%s-dark-%d.png", kind.name, width))
				}
				opened.fitsPhones()
			})
		}
	}
}
