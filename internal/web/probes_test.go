package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// Probes work without a session, make none, and leave no line in the log while all is well.
func TestProbes(t *testing.T) {
	t.Parallel()
	s := newSite(t, at("https://whetstone.test/tools"))
	person := s.browser()
	for path, text := range map[string]string{"/tools/healthz": "alive\n", "/tools/readyz": "ready\n"} {
		got := person.get(path).wantStatus(http.StatusOK)
		if got.body != text || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") || got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s answers %q with %v", path, got.body, got.header)
		}
		if got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be cached: %v", path, got.header)
		}
	}
	if log := s.log.String(); log != "" {
		t.Errorf("probes fill the log:\n%s", log)
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	person.get("/tools/healthz").wantStatus(http.StatusOK)
	// Why is for the log, not for whoever asks.
	if got := person.get("/tools/readyz").wantStatus(http.StatusServiceUnavailable); got.body != "not ready\n" {
		t.Errorf("it answers %q", got.body)
	}
	if log := s.log.String(); strings.Count(log, `msg="not ready"`) != 1 || !strings.Contains(log, "closed") {
		t.Errorf("the log doesn’t say why:\n%s", log)
	}
}
