package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func accepting(codings string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Accept-Encoding", codings) }
}

// unpack reads a body in the coding that its header names.
func (p *page) unpack() string {
	p.t.Helper()
	var reader io.Reader = strings.NewReader(p.body)
	switch coding := p.header.Get("Content-Encoding"); coding {
	case "br":
		reader = brotli.NewReader(reader)
	case "gzip":
		unzipped, err := gzip.NewReader(reader)
		if err != nil {
			p.t.Fatal(err)
		}
		reader = unzipped
	case "zstd":
		unpacked, err := zstd.NewReader(reader, zstd.WithDecoderMaxWindow(8<<20)) // no browser allows more
		if err != nil {
			p.t.Fatal(err)
		}
		defer unpacked.Close()
		reader = unpacked
	case "":
	default:
		p.t.Fatalf("the coding %q was not asked for", coding)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(content)
}

func TestCompression(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.finished("first-team", "full")
	style := person.get(s.paths.Home()).linked()
	paths := map[string]string{
		"a page": s.paths.Result(id), "an error page": "/nothing", "JSON": s.paths.ResultJSON(id), "CSV": s.paths.ResultCSV(id),
	}
	for _, address := range style {
		if strings.HasSuffix(address, ".css") {
			paths["the style sheet"] = address
		}
	}
	for name, path := range paths {
		plain := person.get(path, accepting("identity"))
		likes := "gzip" // what is made for one reader
		switch {
		case name == "the style sheet":
			likes = "br" // it was compressed before the build, with patience
		case len(plain.body) >= 64<<10:
			likes = "zstd"
		}
		for codings, want := range map[string]string{
			"": "", "br": "br", "gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": likes, "gzip;q=1, br;q=0.5": "gzip",
			"gzip;q=0.5, br": "br", "br;q=0, gzip": "gzip", "*": likes, "deflate": "", "identity;q=1, gzip;q=0.5": "",
		} {
			if name == "the style sheet" && want == "zstd" {
				want = ""
			}
			got := person.get(path, accepting(codings))
			if coding := got.header.Get("Content-Encoding"); coding != want {
				t.Errorf("%s, accepting %q: coded as %q, want %q", name, codings, coding, want)
			}
			if !strings.Contains(got.header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s, accepting %q: a cache isn’t told that the coding varies", name, codings)
			}
			if length := got.header.Get("Content-Length"); length != strconv.Itoa(len(got.body)) {
				t.Errorf("%s, accepting %q: the length is given as %s, %d bytes came", name, codings, length, len(got.body))
			}
			if content := got.unpack(); requestID.ReplaceAllString(content, "") != requestID.ReplaceAllString(plain.body, "") {
				t.Errorf("%s, accepting %q: unpacked, it differs from the plain one", name, codings)
			}
			if want != "" && len(got.body) > len(plain.body)*3/4 {
				t.Errorf("%s, accepting %q: %d bytes of %d are left", name, codings, len(got.body), len(plain.body))
			}
		}
	}
}

// HEAD answers what GET does, without the body, over a real connection too.
func TestHead(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.finished("first-team", "pulse")
	for _, path := range []string{s.paths.Guides(), s.paths.Result(id), s.paths.ResultCSV(id), s.paths.About(), "/nothing"} { // none has a form, whose token differs each time
		get := person.get(path, accepting("gzip"))
		head := person.request(http.MethodHead, path, nil, accepting("gzip"))
		if head.status != get.status || head.body != "" {
			t.Errorf("%s: HEAD gives status %d and %d bytes, GET status %d", path, head.status, len(head.body), get.status)
		}
		for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Length", "Vary", "Content-Disposition"} {
			if path != "/nothing" && head.header.Get(name) != get.header.Get(name) {
				t.Errorf("%s: HEAD has %s %q, GET %q", path, name, head.header.Get(name), get.header.Get(name))
			}
		}
	}
	server := httptest.NewServer(s.handler)
	defer server.Close()
	response, err := server.Client().Head(server.URL + s.paths.About())
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK || response.ContentLength <= 0 {
		t.Errorf("over a connection HEAD gives status %d and length %d", response.StatusCode, response.ContentLength)
	}
}

// Over a real connection too, a body without end is cut off with the page that says so.
func TestLargeBodyOverAConnection(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	body := io.MultiReader(strings.NewReader("note="), bytes.NewReader(bytes.Repeat([]byte("x"), 1<<20)))
	response, err := server.Client().Post(server.URL+s.paths.Start(), "application/x-www-form-urlencoded", body)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(content), "too much at once") {
		t.Errorf("status %d:\n%s", response.StatusCode, content)
	}
}
