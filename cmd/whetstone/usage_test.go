package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, arguments := range [][]string{{"--help"}, {"serve", "--help"}, {"demo", "--help"}, {"check", "--help"}, {"recompute", "--help"}, {"version", "--help"},
		{"migrate", "--help"}, {"backup", "--help"}, {"restore", "--help"}, {"copy", "--help"}, {"healthcheck", "--help"}, {"doctor", "--help"}, {"organise", "--help"}} {
		got := runProgram(t, arguments...)
		if got.status != 0 || !strings.HasPrefix(got.out, "Usage: whetstone") || got.errors != "" {
			t.Errorf("%v: status %d, printing %q and %q", arguments, got.status, got.out, got.errors)
		}
	}
	general := runProgram(t, "--help").out
	for _, command := range []string{"serve", "demo", "check", "recompute", "version", "migrate", "backup", "restore", "copy", "healthcheck", "doctor", "organise"} {
		if !strings.Contains(general, "\n  "+command) {
			t.Errorf("the help doesn’t name the command %q:\n%s", command, general)
		}
	}
	serve := runProgram(t, "serve", "--help").out
	for _, setting := range []string{
		"WHETSTONE_LISTEN", "WHETSTONE_DATABASE", "WHETSTONE_BASE_URL", "WHETSTONE_SECRET_FILE",
		"WHETSTONE_SMALLEST_GROUP", "WHETSTONE_SMALLEST_EFFECTIVE_GROUP",
		"WHETSTONE_ORGANISERS", "WHETSTONE_ORGANISATION", "WHETSTONE_WELCOME", "WHETSTONE_CONTACT", "WHETSTONE_PULSE_WEEKS", "WHETSTONE_FULL_WEEKS", "WHETSTONE_TEAMS", "WHETSTONE_FIXED_WAYS_IN",
		"WHETSTONE_BEGIN_IN_EMPTY", "WHETSTONE_SEARCH_ENGINES", "WHETSTONE_ERASURE_LIST", "WHETSTONE_TRUSTED_PROXY", "WHETSTONE_LOG_FORMAT", "WHETSTONE_METRICS_LISTEN",
		"127.0.0.1:8080", "sqlite:var/whetstone.db",
	} {
		if !strings.Contains(serve, setting) {
			t.Errorf("the help of serve doesn’t name %s", setting)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	got := runProgram(t, "version")
	if got.status != 0 || !strings.HasPrefix(got.out, "whetstone ") || strings.Count(got.out, "\n") != 1 {
		t.Errorf("status %d, printing %q", got.status, got.out)
	}
}

// wantOneLine holds a failed run to one clear line: what is wrong and with which setting.
func (e ended) wantOneLine(t *testing.T, status int, words ...string) {
	t.Helper()
	if e.status != status {
		t.Errorf("status %d, want %d", e.status, status)
	}
	if e.out != "" || strings.Count(e.errors, "\n") != 1 || !strings.HasPrefix(e.errors, "whetstone: ") {
		t.Errorf("printed %q and %q, want one line of what is wrong", e.out, e.errors)
	}
	for _, trace := range []string{"goroutine", "panic", ".go:"} {
		if strings.Contains(e.errors, trace) {
			t.Errorf("a trace of the program’s inside: %q", e.errors)
		}
	}
	for _, word := range words {
		if !strings.Contains(e.errors, word) {
			t.Errorf("printed %q, want it to say %q", e.errors, word)
		}
	}
}

// A mistake in how the program is called gives status 2.
func TestMistakesOfUsage(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		arguments []string
		words     string
	}{
		"no command":              {nil, "serve"},
		"an unknown command":      {[]string{"server"}, "server"},
		"an unknown flag":         {[]string{"serve", "--bogus"}, "--bogus"},
		"an argument too much":    {[]string{"serve", "now"}, "now"},
		"a flag without a value":  {[]string{"serve", "--listen"}, "--listen"},
		"check without a file":    {[]string{"check"}, "<file>"},
		"an address without port": {[]string{"serve", "--listen", "localhost"}, `--listen) "localhost" is not HOST:PORT`},
		"no address":              {[]string{"demo", "--listen", ""}, "--listen"},
		"a group too small":       {[]string{"serve", "--smallest-group", "4"}, "(--smallest-group, --smallest-known, --smallest-effective-group): the smallest group is 4: set it to 5 or more"},
		"too few known":           {[]string{"serve", "--smallest-known", "3"}, "the smallest number of people known is 3: set it to 4 or more"},
		"a bound too low":         {[]string{"serve", "--smallest-effective-group", "2.5"}, "the smallest effective group is 2.5: set it to 3 or more"},
		"a proxy of no network":   {[]string{"serve", "--trusted-proxy", "proxy.test"}, `--trusted-proxy) "proxy.test"`},
		"everybody as a proxy":    {[]string{"serve", "--trusted-proxy", "0.0.0.0/0"}, "--trusted-proxy"},
		"a strange log":           {[]string{"serve", "--log-format", "xml"}, "--log-format"},
		"metrics without port":    {[]string{"serve", "--listen", "127.0.0.1:0", "--metrics-listen", "localhost"}, "--metrics-listen"},
		"no scheme":               {[]string{"serve", "--base-url", "whetstone.test"}, `--base-url) "whetstone.test"`},
		"another scheme":          {[]string{"serve", "--base-url", "ftp://whetstone.test/"}, "--base-url"},
		"no host":                 {[]string{"serve", "--base-url", "https:///path"}, "--base-url"},
		"a query":                 {[]string{"serve", "--base-url", "https://whetstone.test/?a=b"}, "--base-url"},
		"a strange path":          {[]string{"serve", "--base-url", "https://whetstone.test/a//b", "--listen", "127.0.0.1:0"}, "base URL"},
	} {
		t.Run(name, func(t *testing.T) {
			runProgram(t, one.arguments...).wantOneLine(t, statusUsage, one.words)
		})
	}
}

// A mistake in the environment is one too, and a flag goes before the environment.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	command := program(t, t.TempDir(), "serve")
	command.Env = append(command.Env, "WHETSTONE_LISTEN=nonsense")
	end(t, command).wantOneLine(t, statusUsage, "nonsense")
	command = program(t, t.TempDir(), "serve", "--listen", "another")
	command.Env = append(command.Env, "WHETSTONE_LISTEN=nonsense")
	end(t, command).wantOneLine(t, statusUsage, "another")
}

func TestBusyPort(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	folder := t.TempDir()
	taken := listener.Addr().String()
	for _, command := range []string{"serve", "demo"} {
		end(t, program(t, folder, command, "--listen", taken)).wantOneLine(t, statusFailed, taken, "address already in use")
	}
	// The data of the server that has the port are left alone.
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// What the system refuses gives status 1.
func TestFailuresOfTheSystem(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := write("file", "not a database, not a secret and not a folder\n")
	for name, one := range map[string]struct {
		arguments []string
		words     []string
	}{
		"a folder that can’t be made": {[]string{"--database", "sqlite:" + file + "/sub/whetstone.db"}, []string{"--database", "not a directory"}},
		"no database":                 {[]string{"--database", "sqlite:" + file}, []string{"--database", "not a database"}},
		"an emptied database":         {[]string{"--database", "sqlite:" + write("emptied", "")}, []string{"--database", "is empty", "whetstone restore", "delete the file to begin anew"}},
		"a folder as the database":    {[]string{"--database", "sqlite:" + folder}, []string{"--database", "directory"}},
		"an unknown engine":           {[]string{"--database", "mysql://localhost/x"}, []string{"--database", `"sqlite:" or "postgres://"`}},
		"no engine":                   {[]string{"--database", "whetstone.db"}, []string{"--database"}},
		"no path":                     {[]string{"--database", "sqlite:"}, []string{"--database"}},
		"no server":                   {[]string{"--database", "postgres://someone:hidden@127.0.0.1:1/x"}, []string{"--database", "refused"}},
		"no server, by a query":       {[]string{"--database", "postgres://127.0.0.1:1/x?user=someone&password=hidden&sslpassword=hidden"}, []string{"--database", "user=someone", "refused"}},
		"no such address":             {[]string{"--database", "postgres://someone:hidden@[::1/x"}, []string{"--database"}},
		"a secret that is none":       {[]string{"--secret-file", file}, []string{"--secret-file", "64 hexadecimal digits"}},
		"a folder as the secret":      {[]string{"--secret-file", folder}, []string{"--secret-file", "is a directory"}},
		"no place for the secret":     {[]string{"--secret-file", file + "/secret"}, []string{"--secret-file", "not a directory"}},
		"no questionnaires":           {[]string{"--questionnaires", filepath.Join(folder, "none")}, []string{"questionnaires", "no such file"}},
		"a port out of range":         {[]string{"--listen", "127.0.0.1:99999"}, []string{"--listen", "99999"}},
		"an address of another":       {[]string{"--listen", "192.0.2.1:0"}, []string{"--listen", "192.0.2.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			arguments := append([]string{"serve", "--listen", "127.0.0.1:0"}, one.arguments...)
			got := runProgram(t, arguments...)
			got.wantOneLine(t, statusFailed, one.words...)
			if strings.Contains(got.errors, "hidden") {
				t.Errorf("the password is printed: %q", got.errors)
			}
		})
	}
}
