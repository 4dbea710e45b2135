package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/database"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestMigrate(t *testing.T) {
	t.Parallel()
	storetest.Addresses(t, func(t *testing.T, address string) {
		status := func() ended { return runProgram(t, "migrate", "--status", "--database", address) }
		if _, embedded := database.SQLitePath(address); embedded {
			status().wantOneLine(t, statusFailed, "--database", "no such file", "whetstone migrate")
			made, err := store.Create(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // asking changes nothing
			got := status()
			if got.status != statusFailed || !strings.HasPrefix(got.out, "The schema has version 0; ") || !strings.Contains(got.out, "\nPending: 0001_") || !strings.Contains(got.errors, `run "whetstone migrate"`) {
				t.Errorf("before: status %d, printing %q and %q", got.status, got.out, got.errors)
			}
		}
		current := regexp.MustCompile(`^The schema has version (\d+); this program knows (\d+)\.\n$`)
		for _, got := range []ended{runProgram(t, "migrate", "--database", address), runProgram(t, "migrate", "--database", address), status()} {
			match := current.FindStringSubmatch(got.out)
			if got.status != 0 || got.errors != "" || match == nil || match[1] != match[2] {
				t.Errorf("after: status %d, printing %q and %q", got.status, got.out, got.errors)
			}
		}
	})
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	s := serving(t, program(t, t.TempDir(), "serve", "--listen", "127.0.0.1:0"))
	listen := strings.TrimPrefix(s.address, "http://")
	if got := runProgram(t, "healthcheck", "--listen", listen); got.status != 0 || got.out != "The server is ready.\n" || got.errors != "" {
		t.Errorf("of a running server: status %d, printing %q and %q", got.status, got.out, got.errors)
	}
	runProgram(t, "healthcheck", "--listen", listen, "--base-url", "https://whetstone.test/elsewhere").
		wantOneLine(t, statusFailed, "status 404", "/elsewhere/readyz")
	s.stop()
	runProgram(t, "healthcheck", "--listen", listen).wantOneLine(t, statusFailed, "--listen", listen, "refused")
	runProgram(t, "healthcheck", "--listen", "nonsense").wantOneLine(t, statusUsage, "--listen", "HOST:PORT")
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html>") }))
	defer other.Close()
	runProgram(t, "healthcheck", "--listen", other.Listener.Addr().String()).wantOneLine(t, statusFailed, "no Whetstone")
}

// A server that listens on every address, below a path, is asked there.
func TestHealthcheckUnderAPath(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	_ = listener.Close() // free again, most likely
	settings := []string{"--listen", ":" + port, "--base-url", "https://whetstone.test/tools"}
	s := serving(t, program(t, t.TempDir(), append([]string{"serve", "--database", "sqlite:" + filepath.Join(t.TempDir(), "a.db")}, settings...)...))
	if got := runProgram(t, append([]string{"healthcheck"}, settings...)...); got.status != 0 {
		t.Errorf("status %d, printing %q and %q", got.status, got.out, got.errors)
	}
	s.stop()
}
