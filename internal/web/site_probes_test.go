package web_test

import (
	"database/sql"
	"net/http"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // looks at the file beside the app

	"whetstone/internal/app"
	"whetstone/internal/database"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
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

// A server whose database can be read and takes nothing more is not ready, and is again once it does.
func TestReadyTellsWhenNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	address := storetest.SQLiteAddress(t)
	s := newSite(t, func(s *site) {
		var err error
		if s.store, err = store.Open(t.Context(), address); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.store.Close() })
		s.useCases = app.New(s.store, s.library, s.clock.now, app.Secret, app.Secret)
	})
	path, _ := database.SQLitePath(address)
	beside, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = beside.Close() }()
	probe := s.browser()
	expect := func(statement string, status int) {
		t.Helper()
		if _, err := beside.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		s.clock.advance(10 * time.Second) // a proof that something could be written holds for a little while
		probe.get("/readyz").wantStatus(status)
	}
	expect(`SELECT 1`, ok)
	expect(`CREATE TRIGGER refuses BEFORE INSERT ON attempts BEGIN SELECT RAISE(ABORT, 'no room'); END`, http.StatusServiceUnavailable)
	if log := s.log.String(); !strings.Contains(log, "nothing can be written") || !strings.Contains(log, "no room") {
		t.Errorf("the log says\n%s", log)
	}
	probe.get("/healthz").wantStatus(ok)
	expect(`DROP TRIGGER refuses`, ok)
}
