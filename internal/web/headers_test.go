package web_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// policy reads a content security policy: its sources by directive.
func policy(header string) map[string]string {
	directives := map[string]string{}
	for directive := range strings.SplitSeq(header, ";") {
		name, sources, _ := strings.Cut(strings.TrimSpace(directive), " ")
		directives[name] = sources
	}
	return directives
}

// checkHeaders looks for the security headers of every page and asset.
func checkHeaders(t *testing.T, pages map[string]*page) {
	want := map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
		"font-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
		"frame-ancestors": "'none'",
	}
	for name, got := range pages {
		if sent := policy(got.header.Get("Content-Security-Policy")); !maps.Equal(sent, want) {
			t.Errorf("%s: the content security policy is %v", name, sent)
		}
		referrer := "same-origin"
		if strings.Contains(got.address.Path, "/shared") || strings.Contains(got.address.Path, "/mentor/") || strings.Contains(got.address.Path, "/open/") {
			referrer = "no-referrer"
		}
		for header, value := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              referrer,
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Strict-Transport-Security":    "max-age=31536000",
		} {
			if sent := got.header.Get(header); sent != value {
				t.Errorf("%s: %s is %q, want %q", name, header, sent, value)
			}
		}
		if got.header.Get("Permissions-Policy") == "" {
			t.Errorf("%s: no Permissions-Policy", name)
		}
		caching := "no-store"
		if strings.Contains(got.address.Path, "/assets/") {
			caching = "public, max-age=31536000, immutable"
		}
		if sent := got.header.Get("Cache-Control"); sent != caching {
			t.Errorf("%s: Cache-Control is %q, want %q", name, sent, caching)
		}
	}
}

// A browser would remember HSTS for a host that has no HTTPS.
func TestNoStrictTransportOverHTTP(t *testing.T) {
	t.Parallel()
	s := newSite(t, at("http://127.0.0.1:8080/"))
	if sent := s.browser().get("/").header.Get("Strict-Transport-Security"); sent != "" {
		t.Errorf("Strict-Transport-Security is %q over http", sent)
	}
}

// checkNothingInline looks for what stands inline: the policy blocks it, so such a page would be broken
// in every browser.
func checkNothingInline(t *testing.T, pages map[string]*page) {
	for name, got := range pages {
		for _, node := range find(got.root(), func(*html.Node) bool { return true }) {
			if inline := inlineOf(node); inline != "" {
				t.Errorf("%s: %s", name, inline)
			}
		}
	}
}

// inlineOf says what of an element the policy would block, "" for nothing.
func inlineOf(node *html.Node) string {
	_, external := lookup(node, "src")
	if node.Data == "script" && !external && attribute(node, "type") != "application/json" {
		return "an inline script"
	}
	if node.Data == "style" {
		return "an inline style sheet"
	}
	for _, candidate := range node.Attr {
		switch {
		case candidate.Key == "style", strings.HasPrefix(candidate.Key, "on"):
			return node.Data + " with the attribute " + candidate.Key
		case strings.HasPrefix(strings.ToLower(strings.TrimSpace(candidate.Val)), "javascript:"):
			return node.Data + " with a script as its " + candidate.Key
		}
	}
	return ""
}

// Another site's form is refused before anything is read or written; our own passes, with the headers
// that browsers old and new send, and so does a program that sends none.
func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for name, edit := range map[string]func(*http.Request){
		"another site":           header("Sec-Fetch-Site", "cross-site"),
		"another host of ours":   header("Sec-Fetch-Site", "same-site"),
		"an old browser":         header("Origin", "https://elsewhere.test"),
		"another port":           header("Origin", "https://whetstone.test:8443"),
		"a frame without origin": header("Origin", "null"),
	} {
		stranger := s.browser()
		got := stranger.post(s.paths.Start(), startFields(world{}), edit)
		got.wantStatus(http.StatusForbidden).wantText("came from somewhere else").wantText("Nothing was changed")
		if cookies := got.header.Values("Set-Cookie"); len(cookies) > 0 {
			t.Errorf("%s was given a session: %q", name, cookies)
		}
	}
	for name, edit := range map[string]func(*http.Request){
		"our own page":            header("Sec-Fetch-Site", "same-origin"),
		"our own, old browser":    header("Origin", "https://whetstone.test"),
		"typed by the person":     header("Sec-Fetch-Site", "none"),
		"a program, with nothing": func(*http.Request) {},
	} {
		if got := s.browser().post(s.paths.Start(), startFields(world{}), edit); got.status != http.StatusSeeOther {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	s.browser().get(s.paths.Home(), header("Sec-Fetch-Site", "cross-site")).wantStatus(http.StatusOK)
}

// Behind a proxy that ends HTTPS the app sees another host; the base URL says what the browser's
// origin is.
func TestOwnOriginBehindProxy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	got := s.browser().post(s.paths.Start(), startFields(world{}), func(r *http.Request) {
		r.Header.Set("Origin", "https://whetstone.test")
		r.URL.Host = "127.0.0.1:8080"
	})
	got.wantStatus(http.StatusSeeOther)
}
