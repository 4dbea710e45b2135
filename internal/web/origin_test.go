package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// headers sets some headers of a request.
func headers(pairs ...string) func(*http.Request) {
	return func(r *http.Request) {
		for i := 0; i < len(pairs); i += 2 {
			r.Header.Set(pairs[i], pairs[i+1])
		}
	}
}

// Where a browser doesn't say whose page sent a form, its origin is ours in scheme, host and port: by the base URL,
// or by another name of this machine that was asked for.
func TestOriginMatchesWhole(t *testing.T) {
	t.Parallel()
	for base, origins := range map[string]map[string]int{
		"https://whetstone.test/": {
			"https://whetstone.test": onward, "https://WHETSTONE.test": onward, "https://whetstone.test:443": onward,
			"http://whetstone.test": http.StatusForbidden, "https://whetstone.test:8443": http.StatusForbidden,
			"http://whetstone.test:443": http.StatusForbidden, "https://whetstone.test.conflict": http.StatusForbidden, "null": http.StatusForbidden, "https://": http.StatusForbidden, "%": http.StatusForbidden,
		},
		"https://whetstone.test:8443/tools/": {"https://whetstone.test:8443": onward, "https://whetstone.test": http.StatusForbidden},
		"http://whetstone.test:8080/":        {"http://whetstone.test:8080": onward, "https://whetstone.test:8080": http.StatusForbidden, "http://whetstone.test": http.StatusForbidden},
	} {
		for origin, want := range origins {
			s := newSite(t, at(base))
			if got := s.browser().post(s.paths.Start(), startFields(world{}), headers("Origin", origin)); got.status != want {
				t.Errorf("at %s, from %s: status %d, want %d", base, origin, got.status, want)
			}
		}
	}
	// By the other name of the machine itself.
	s := newSite(t, at("http://127.0.0.1:8080/"))
	for host, want := range map[string]int{"localhost:8080": onward, "localhost": http.StatusForbidden} {
		r := rawRequest("POST", s.paths.Start(), "127.0.0.1:1", strings.NewReader(startFields(world{}).Encode()))
		r.Host, r.ContentLength = host, int64(len(startFields(world{}).Encode()))
		r.Header.Set("Origin", "http://localhost:8080")
		if got := s.answers(r); got.Code != want {
			t.Errorf("asked for as %s: status %d, want %d", host, got.Code, want)
		}
	}
}

// fetchedBy are the headers by which browsers say how an address was asked for.
var fetchedBy = map[string]struct {
	headers []string
	counts  bool
}{
	"a picture on another site":     {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, false},
	"a picture on a neighbour":      {[]string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, false},
	"a frame":                       {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, false},
	"an object":                     {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "object"}, false},
	"a script’s fetch":              {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, false},
	"a prefetch by a rule":          {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Sec-Purpose", "prefetch;prerender"}, false},
	"a link on another site":        {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, true},
	"an address that was typed":     {[]string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, true},
	"a fetch of a page of ours":     {[]string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, true},
	"an old browser, or no browser": {nil, true},
}

// What a page of another site fetches by itself from behind a secret gets nothing and counts for nothing: neither is
// a wrong secret counted among the tries of a network, nor does a right one show anything.
func TestPicturesGuessNothing(t *testing.T) {
	t.Parallel()
	for what, by := range fetchedBy {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			w := newShareWorld(s)
			crew := s.newCrew("Crew", 1)
			for _, link := range []struct{ wrong, right string }{
				{s.paths.OpenShare("nonsense"), w.readShare.link}, {s.paths.Join("nonsense"), crew.link},
			} {
				reader := s.browser()
				for range 12 {
					got := reader.get(link.wrong, headers(by.headers...))
					if by.counts != (got.status != http.StatusForbidden) || !by.counts && got.body != "" {
						t.Fatalf("%s: status %d\n%s", link.wrong, got.status, got.excerpt())
					}
				}
				want := ok
				if by.counts {
					want = http.StatusTooManyRequests
				}
				reader.get(link.right).wantStatus(want)
				if shown := reader.get(link.right, headers(by.headers...)); !by.counts && (shown.status != http.StatusForbidden || shown.body != "") {
					t.Errorf("%s: status %d\n%s", link.right, shown.status, shown.excerpt())
				}
			}
		})
	}
}

// A form of another site counts among nobody's tries either.
func TestFormsOfOthersGuessNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	nobody := s.browser()
	for range 12 {
		nobody.post(s.paths.Recover(), url.Values{"words": {wrongKey}}, headers("Sec-Fetch-Site", "cross-site")).wantStatus(http.StatusForbidden)
		nobody.post(s.paths.JoinCode(), url.Values{"code": {"ABCDE-FGHJK"}}, headers("Sec-Fetch-Site", "same-site")).wantStatus(http.StatusForbidden)
	}
	nobody.post(s.paths.Recover(), url.Values{"words": {wrongKey}}).wantStatus(invalid)
	nobody.post(s.paths.JoinCode(), url.Values{"code": {"ABCDE-FGHJK"}}).wantStatus(invalid)
}
