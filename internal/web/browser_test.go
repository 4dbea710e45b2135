package web_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// browser is one person's browser: it keeps cookies as browsers do and runs no script.
type browser struct {
	t      *testing.T
	site   *site
	client *http.Client
}

// browser opens a browser without any cookie.
func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	transport := http.RoundTripper(inProcess{s.handler})
	if s.wrap != nil {
		transport = s.wrap(transport)
	}
	return &browser{t: s.t, site: s, client: &http.Client{
		Jar:           jar,
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// inProcess hands requests to a handler, so that the client's cookie rules hold for https addresses
// without a certificate.
type inProcess struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (t inProcess) RoundTrip(outgoing *http.Request) (*http.Response, error) {
	body := io.Reader(http.NoBody)
	if outgoing.Body != nil {
		body = outgoing.Body
	}
	incoming := httptest.NewRequestWithContext(outgoing.Context(), outgoing.Method, outgoing.URL.RequestURI(), body)
	incoming.Host, incoming.Header = outgoing.URL.Host, outgoing.Header
	if outgoing.ContentLength > 0 {
		incoming.ContentLength = outgoing.ContentLength
	}
	recorder := httptest.NewRecorder()
	t.handler.ServeHTTP(recorder, incoming)
	response := recorder.Result()
	response.Request = outgoing
	return response, nil
}

// page is a response as a test looks at it.
type page struct {
	t       *testing.T
	browser *browser
	address *url.URL
	status  int
	header  http.Header
	body    string
	parsed  *html.Node // what root returned
}

// root is the page, read; nil for anything but a page. It is read only when asked for, since most of what is answered
// is looked at for its status alone.
func (p *page) root() *html.Node {
	p.t.Helper()
	if p.parsed == nil && strings.HasPrefix(p.header.Get("Content-Type"), "text/html") && p.header.Get("Content-Encoding") == "" {
		var err error
		if p.parsed, err = html.Parse(strings.NewReader(p.body)); err != nil {
			p.t.Fatal(err)
		}
	}
	return p.parsed
}

// request sends a request to a path of the site. edit may change it before it goes.
func (b *browser) request(method, path string, body io.Reader, edit ...func(*http.Request)) *page {
	b.t.Helper()
	base := b.site.configuration.BaseURL
	request, err := http.NewRequestWithContext(b.t.Context(), method, base.Scheme+"://"+base.Host+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Accept", "text/html")
	for _, apply := range edit {
		apply(request)
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	got := &page{
		t: b.t, browser: b, address: request.URL,
		status: response.StatusCode, header: response.Header, body: string(content),
	}
	return got
}

// get asks for a path and doesn't follow where it leads.
func (b *browser) get(path string, edit ...func(*http.Request)) *page {
	b.t.Helper()
	return b.request(http.MethodGet, path, nil, edit...)
}

// post sends a form and doesn't follow where it leads.
func (b *browser) post(path string, fields url.Values, edit ...func(*http.Request)) *page {
	b.t.Helper()
	asForm := func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }
	return b.request(http.MethodPost, path, strings.NewReader(fields.Encode()), append([]func(*http.Request){asForm}, edit...)...)
}

// visit asks for a path and follows redirects to the page in the end.
func (b *browser) visit(path string) *page {
	b.t.Helper()
	return b.get(path).follow()
}

// follow goes where a redirect leads, to the page in the end.
func (p *page) follow() *page {
	p.t.Helper()
	for range 5 {
		location := p.header.Get("Location")
		if location == "" {
			return p
		}
		next, err := p.address.Parse(location)
		if err != nil {
			p.t.Fatal(err)
		}
		p = p.browser.get(next.RequestURI())
	}
	p.t.Fatalf("%s leads on and on", p.address)
	return nil
}

// wantStatus ends the test if the status is another.
func (p *page) wantStatus(want int) *page {
	p.t.Helper()
	if p.status != want {
		p.t.Fatalf("%s: status %d, want %d\n%s", p.address, p.status, want, p.excerpt())
	}
	return p
}

// wantAt ends the test if the page is not the one at this path.
func (p *page) wantAt(path string) *page {
	p.t.Helper()
	if p.status != http.StatusOK || p.address.RequestURI() != path {
		p.t.Fatalf("status %d at %s, want the page at %s\n%s", p.status, p.address.RequestURI(), path, p.excerpt())
	}
	return p
}

// wantText marks the test as failed if the page doesn't say this.
func (p *page) wantText(want string) *page {
	p.t.Helper()
	if !strings.Contains(p.text(), want) {
		p.t.Errorf("%s: the page doesn’t say %q:\n%s", p.address, want, p.excerpt())
	}
	return p
}

// excerpt is how a failure shows a page.
func (p *page) excerpt() string {
	const longest = 700
	shown := []rune(p.text())
	return string(shown[:min(len(shown), longest)])
}

// acceptJSON makes a request one that a script sends.
func acceptJSON(r *http.Request) { r.Header.Set("Accept", "application/json") }
