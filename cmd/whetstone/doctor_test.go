package main

import (
	"net"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whetstone/internal/store/storetest"
)

// wants holds what the doctor printed to lines that begin with one text and hold another.
func (e ended) wants(t *testing.T, status int, lines map[string]string) {
	t.Helper()
	if e.status != status {
		t.Errorf("status %d, want %d", e.status, status)
	}
	for beginning, words := range lines {
		matches := false
		for line := range strings.Lines(e.out) {
			matches = matches || strings.HasPrefix(line, beginning) && strings.Contains(line, words)
		}
		if !matches {
			t.Errorf("no line begins with %q and says %q", beginning, words)
		}
	}
	if t.Failed() {
		t.Logf("printed\n%s%s", e.out, e.errors)
	}
}

func TestDoctorOfAHealthyInstallation(t *testing.T) {
	t.Parallel()
	storetest.Addresses(t, func(t *testing.T, database string) {
		folder := t.TempDir()
		doctor := func() ended { return end(t, program(t, folder, "doctor", "--database", database)) }
		if _, embedded := strings.CutPrefix(database, "sqlite:"); embedded {
			doctor().wants(t, 0, map[string]string{"warning  secret file": "doesn't exist", "warning  database:": "serving makes it"})
		}
		if left := names(t, folder); len(left) != 0 {
			t.Errorf("it made %v", left)
		}
		s := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0", "--database", database))
		s.start()
		for _, running := range []bool{true, false} {
			got := doctor()
			got.wants(t, 0, map[string]string{
				"ok       configuration": "", "ok       secret file": "owner alone", "ok       address": "", "ok       database: its schema": "up to date",
				"ok       erasure list": "all 0", "ok       clock": "", "ok       mail": "none",
			})
			// The server of the tests is a throw-away one, which doesn't wait for its disk.
			got.out = strings.Replace(got.out, "warning  durability", "ok       durability", 1)
			if strings.Contains(got.out, "problem") || strings.Contains(got.out, "warning") || got.errors != "" {
				t.Errorf("running %v: it complains of\n%s%s", running, got.out, got.errors)
			}
			if running {
				s.stop()
			}
		}
	})
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0"))
	s.start()
	s.stop()
	path := filepath.Join(folder, "var/whetstone.db")
	change := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	change(os.Chmod(path, 0o644))
	change(os.Chmod(filepath.Join(folder, "var"), 0o777))
	change(os.Chmod(filepath.Join(folder, "var/secret"), 0o640))
	change(os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)))
	change(os.WriteFile(path+".erasures", []byte(strings.Repeat("something else\n", 20)), 0o600))
	got := end(t, program(t, folder, "doctor", "--listen", "nonsense", "--trusted-proxy", "x", "--questionnaires", "none", "--smallest-group", "2"))
	got.wants(t, statusFailed, map[string]string{
		"problem  configuration: --listen": "nonsense", "problem  configuration: the trusted proxy": `"x"`,
		"problem  configuration: the questionnaires": "none", "problem  configuration: --smallest-group": "",
		"problem  secret file": "chmod 600", "problem  database files: others on this machine may read": "whetstone.db (mode 644)",
		"problem  database files: others on this machine may replace": "chmod 700", "problem  clock": "set it", "problem  erasure list": "another file",
	})
	if got.errors != "whetstone: 9 problems found\n" {
		t.Errorf("printed %q", got.errors)
	}
	content, err := os.ReadFile(path)
	change(err)
	for at := len(content) / 3; at < len(content)/2; at++ {
		content[at] ^= 0x5a
	}
	change(os.WriteFile(path, content, 0o600))
	end(t, program(t, folder, "doctor")).wants(t, statusFailed, map[string]string{"problem  database": "restore a backup"})
	end(t, program(t, folder, "doctor", "--database", "postgres://u:hidden@192.0.2.1:1/x?connect_timeout=1")).wants(t, statusFailed, map[string]string{
		"warning  database connection": "sslmode=verify-full", "problem  database": "xxxxx"})
}

// A file that was prepared for a database is distinguished from one that was lost, by what the operator says.
func TestPreparedFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "prepared.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	with := func(command string, more ...string) []string {
		return append([]string{command, "--database", "sqlite:prepared.db"}, more...)
	}
	end(t, program(t, folder, with("doctor")...)).wants(t, statusFailed, map[string]string{"problem  database: prepared.db": "give --begin-in-empty once"})
	end(t, program(t, folder, with("migrate")...)).wantOneLine(t, statusFailed, "is empty", "--begin-in-empty")
	end(t, program(t, folder, with("doctor", "--begin-in-empty")...)).wants(t, 0, map[string]string{"warning  database: prepared.db": "begins a new database in it"})
	if made := end(t, program(t, folder, with("migrate", "--begin-in-empty")...)); made.status != 0 {
		t.Errorf("%+v", made)
	}
	end(t, program(t, folder, with("doctor")...)).wants(t, 0, map[string]string{"ok       database: its schema": "up to date"})
}

// The way through a proxy is tried, and the two settings that belong together are held against each other.
func TestDoctorLooksThroughTheProxy(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	proxyAddress := "http://" + listener.Addr().String()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	own := free.Addr().String()
	_ = free.Close()
	s := serving(t, program(t, folder, "serve", "--listen", own, "--base-url", proxyAddress+"/tools"))
	proxy := httptest.NewUnstartedServer(httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: own}))
	_ = proxy.Listener.Close()
	proxy.Listener = listener
	proxy.Start()
	defer proxy.Close()
	doctor := func(base string) ended {
		return end(t, program(t, folder, "doctor", "--listen", own, "--base-url", base))
	}
	doctor(proxyAddress+"/tools").wants(t, 0, map[string]string{"ok       base URL": "leads to the app", "ok       address": "/tools"})
	doctor(proxyAddress+"/elsewhere").wants(t, statusFailed, map[string]string{"problem  base URL": "status 404"})
	doctor("https://127.0.0.1:1").wants(t, 0, map[string]string{"warning  address": "--trusted-proxy", "warning  base URL": "no answer"})
	doctor("http://192.0.2.1:1").wants(t, 0, map[string]string{"warning  address": "readable over the network"})
	s.stop()
}
