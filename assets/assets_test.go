package assets

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

// get asks the handler for a path with the given header fields, as name and value in turn.
func get(t *testing.T, method, target string, fields ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(fields); i += 2 {
		request.Header.Add(fields[i], fields[i+1])
	}
	recorder := httptest.NewRecorder()
	Handler().ServeHTTP(recorder, request)
	return recorder.Result()
}

// body reads a response's body as it was sent.
func body(t *testing.T, response *http.Response) []byte {
	t.Helper()
	sent, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// decode undoes a content coding.
func decode(t *testing.T, coding string, content []byte) []byte {
	t.Helper()
	reader := io.Reader(bytes.NewReader(content))
	switch coding {
	case "br":
		reader = brotli.NewReader(reader)
	case "gzip":
		var err error
		if reader, err = gzip.NewReader(reader); err != nil {
			t.Fatal(err)
		}
	}
	decoded, err := io.ReadAll(reader)
	if err != nil {
		t.Fatalf("%q: %v", coding, err)
	}
	return decoded
}

// onDisk returns the source of an asset.
func onDisk(t *testing.T, name string) []byte {
	t.Helper()
	for _, folder := range []string{".", "vendor/echarts", "vendor/source-serif-4"} {
		if source, err := os.ReadFile(path.Join(folder, name)); err == nil {
			return source
		}
	}
	t.Fatalf("%s lies in no folder that is served", name)
	return nil
}

func TestServing(t *testing.T) {
	types := map[string]string{
		".css":   "text/css; charset=utf-8",
		".js":    "text/javascript; charset=utf-8",
		".svg":   "image/svg+xml",
		".woff2": "font/woff2",
	}
	accepted := map[string]string{"br, gzip": "br", "gzip": "gzip", "": "", "br;q=0, gzip;q=0": ""}
	for name := range embeddedCatalogue().hashed {
		tags := map[string]string{}
		for accept, coding := range accepted {
			if path.Ext(name) == ".woff2" {
				coding = "" // already compressed
			}
			response := get(t, http.MethodGet, "/"+Path(name), "Accept-Encoding", accept)
			if response.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", name, response.StatusCode)
			}
			if got := response.Header.Get("Content-Encoding"); got != coding {
				t.Errorf("%s, accepting %q: coding %q, want %q: is go generate ./assets due?", name, accept, got, coding)
				continue
			}
			for field, want := range map[string]string{
				"Cache-Control":          "public, max-age=31536000, immutable",
				"Content-Type":           types[path.Ext(name)],
				"Vary":                   "Accept-Encoding",
				"X-Content-Type-Options": "nosniff",
			} {
				if got := response.Header.Get(field); got != want {
					t.Errorf("%s, accepting %q: %s is %q, want %q", name, accept, field, got, want)
				}
			}
			sent := body(t, response)
			if response.ContentLength != int64(len(sent)) {
				t.Errorf("%s, accepting %q: Content-Length %d for %d bytes", name, accept, response.ContentLength, len(sent))
			}
			if path.Ext(name) != ".css" && !bytes.Equal(decode(t, coding, sent), onDisk(t, name)) {
				t.Errorf("%s, accepting %q: the body is not the source", name, accept)
			}
			tag := response.Header.Get("ETag")
			if other, ok := tags[tag]; ok && other != coding {
				t.Errorf("%s: %q and %q share the entity tag %s", name, coding, other, tag)
			}
			tags[tag] = coding

			head := get(t, http.MethodHead, "/"+Path(name), "Accept-Encoding", accept)
			if head.ContentLength != int64(len(sent)) || len(body(t, head)) != 0 {
				t.Errorf("%s, accepting %q: HEAD does not match GET", name, accept)
			}
		}
	}
}

func TestNotModified(t *testing.T) {
	target := "/" + Path("echarts.min.js")
	tag := get(t, http.MethodGet, target, "Accept-Encoding", "br").Header.Get("ETag")
	for _, test := range []struct {
		sent, accept string
		want         int
	}{
		{tag, "br", http.StatusNotModified},
		{`"other", W/` + tag, "br", http.StatusNotModified},
		{tag, "gzip", http.StatusOK}, // other bytes, so another tag
		{`"other"`, "br", http.StatusOK},
	} {
		response := get(t, http.MethodGet, target, "If-None-Match", test.sent, "Accept-Encoding", test.accept)
		if response.StatusCode != test.want {
			t.Errorf("If-None-Match %s, accepting %s: status %d, want %d", test.sent, test.accept, response.StatusCode, test.want)
		}
		if response.StatusCode == http.StatusNotModified && (len(body(t, response)) > 0 || response.Header.Get("ETag") != tag) {
			t.Errorf("If-None-Match %s: a body, or no entity tag", test.sent)
		}
	}
}

func TestNotFound(t *testing.T) {
	hashed := "/" + Path("style.css")
	for _, target := range []string{
		"/assets/", "/assets", "/assets/nothing.css", "/assets/style.css", "/assets/style.000000000000.css",
		strings.TrimPrefix(hashed, "/assets"), hashed + "/", hashed + ".br",
		"/assets/compressed/README.md", "/assets/compressed" + strings.TrimPrefix(hashed, "/assets") + ".br",
		"/assets/vendor/echarts/echarts.min.js", "/assets/../assets.go", "/assets/assets.go",
	} {
		response := get(t, http.MethodGet, target)
		if response.StatusCode != http.StatusNotFound || response.Header.Get("Cache-Control") != "" {
			t.Errorf("%s: status %d, Cache-Control %q", target, response.StatusCode, response.Header.Get("Cache-Control"))
		}
	}
}

func TestPath(t *testing.T) {
	if got := Path("style.css"); !regexp.MustCompile(`^assets/style\.[0-9a-f]{12}\.css$`).MatchString(got) {
		t.Errorf("Path gives %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("Path accepts an unknown name")
		}
	}()
	Path("nothing.css")
}

func TestStyleSheetReferences(t *testing.T) {
	sheet := body(t, get(t, http.MethodGet, "/"+Path("style.css")))
	if !bytes.Contains(sheet, []byte("url("+path.Base(Path("serif.woff2"))+")")) {
		t.Error("style.css does not load the font by its hashed name")
	}
	for _, match := range reference.FindAllSubmatch(sheet, -1) {
		target := string(match[1])
		if strings.HasPrefix(target, "data:") || strings.HasPrefix(target, "#") {
			continue
		}
		if status := get(t, http.MethodGet, "/assets/"+target).StatusCode; status != http.StatusOK {
			t.Errorf("url(%s): status %d", target, status)
		}
	}
}

func TestLoad(t *testing.T) {
	file := func(content string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(content)} }
	for _, test := range []struct {
		what  string
		files fstest.MapFS
		want  string // in the error, or in the style sheet "a.css"
	}{
		{"a reference by folder", fstest.MapFS{"a.css": file(`url("sub/b.js")`), "sub/b.js": file("1")}, "url(b.6b86b273ff34.js)"},
		{"a fragment and data", fstest.MapFS{"a.css": file(`url(#b) url('data:image/svg+xml,x')`)}, `url(#b) url('data:image/svg+xml,x')`},
		{"a dangling reference", fstest.MapFS{"a.css": file("url(b.woff2)")}, "url(b.woff2) refers to no asset"},
		{"one name twice", fstest.MapFS{"b.js": file("1"), "sub/b.js": file("2")}, "a second file of this name"},
		{"an unknown kind", fstest.MapFS{"a.png": file("")}, "no content type"},
	} {
		loaded, err := load(test.files)
		var got string
		if err != nil {
			got = err.Error()
		} else {
			content := loaded.assets["/assets/"+loaded.hashed["a.css"]].content[""]
			text, _ := io.ReadAll(content)
			got = string(text)
		}
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
	}
}

// TestScripts holds what the content security policy and the hashed names demand of every script.
func TestScripts(t *testing.T) {
	banned := regexp.MustCompile(`\beval\(|\bnew Function\b|sourceMappingURL|(?m)^\s*import\b|\bimport\(`)
	for name := range embeddedCatalogue().hashed {
		if path.Ext(name) != ".js" {
			continue
		}
		if found := banned.Find(onDisk(t, name)); found != nil {
			t.Errorf("%s contains %q", name, found)
		}
	}
}

func TestChartLibrary(t *testing.T) {
	var pinned struct{ Dependencies map[string]string }
	if err := json.Unmarshal(onDisk(t, "package.json"), &pinned); err != nil {
		t.Fatal(err)
	}
	version := pinned.Dependencies["echarts"]
	if !bytes.Contains(onDisk(t, "echarts.min.js"), []byte(`"`+version+`"`)) {
		t.Errorf("the bundle is not of version %q, which package.json pins: run make vendor", version)
	}
	// A first visit to a result with its charts is to stay below 280 KB, 60 of them without the charts.
	if size := get(t, http.MethodHead, "/"+Path("echarts.min.js"), "Accept-Encoding", "br").ContentLength; size > 200_000 {
		t.Errorf("the bundle takes %d bytes compressed", size)
	}
}
