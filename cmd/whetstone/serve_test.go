package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"whetstone/internal/store/storetest"
)

// names lists the files of a folder and below.
func names(t *testing.T, folder string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(folder, path)
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// With nothing but a free port to listen on, the program makes what it needs, serves, and leaves a
// database that is closed cleanly.
func TestServe(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0"))
	if !strings.HasPrefix(s.address, "http://127.0.0.1:") {
		t.Errorf("it says to open %q", s.address)
	}
	if status, body := s.get("/"); status != http.StatusOK || !strings.Contains(body, "Whetstone") {
		t.Errorf("the first page: status %d\n%s", status, body)
	}
	draft := s.start()
	if status, _ := s.get(draft); status != http.StatusOK {
		t.Errorf("the draft: status %d", status)
	}
	s.stop()
	if got := strings.Join(names(t, folder), " "); got != "var/secret var/whetstone.db" {
		t.Errorf("the files left are %s", got)
	}
	if log := s.log(); strings.Contains(log, draft) || !strings.Contains(log, `route="POST /start" status=303`) {
		t.Errorf("the log is\n%s", log)
	}
}

// What is about people can be read only by the program's own user.
func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0"))
	for name, want := range map[string]fs.FileMode{"var": 0o700, "var/secret": 0o600, "var/whetstone.db": 0o600} {
		information, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := information.Mode().Perm(); got != want {
			t.Errorf("%s has the mode %o, want %o", name, got, want)
		}
	}
	secret, err := os.ReadFile(filepath.Join(folder, "var/secret"))
	if err != nil || len(strings.TrimSpace(string(secret))) != 2*secretBytes {
		t.Errorf("the secret file holds %d characters, %v", len(secret), err)
	}
	s.stop()
}

// Sessions and answers survive a restart, as long as the database and the secret do, on either engine.
func TestRestart(t *testing.T) {
	t.Parallel()
	storetest.Addresses(t, testRestart)
}

func testRestart(t *testing.T, database string) {
	folder := t.TempDir()
	arguments := []string{"serve", "--listen", "127.0.0.1:0", "--database", database, "--secret-file", "keys/mine"}
	first := serving(t, program(t, folder, arguments...))
	draft := first.start()
	first.stop()

	second := serving(t, program(t, folder, arguments...))
	second.client = first.client
	if status, body := second.get(draft); status != http.StatusOK || !strings.Contains(body, "Not started") {
		t.Errorf("after a restart the draft gives status %d\n%s", status, body)
	}
	second.stop()

	if err := os.Remove(filepath.Join(folder, "keys/mine")); err != nil {
		t.Fatal(err)
	}
	third := serving(t, program(t, folder, arguments...))
	third.client = first.client
	if status, _ := third.get(draft); status != http.StatusNotFound {
		t.Errorf("with a new secret an old cookie gives status %d", status)
	}
	third.stop()
}

// The environment configures as the flags do.
func TestServeFromTheEnvironment(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	command := program(t, folder, "serve")
	command.Env = append(command.Env, "WHETSTONE_LISTEN=127.0.0.1:0", "WHETSTONE_DATABASE=sqlite:one.db",
		"WHETSTONE_SECRET_FILE=two", "WHETSTONE_BASE_URL=https://whetstone.test/tools")
	s := serving(t, command)
	if s.address != "https://whetstone.test/tools" {
		t.Errorf("it says to open %s", s.address)
	}
	s.stop()
	if got := strings.Join(names(t, folder), " "); got != "one.db two" {
		t.Errorf("the files left are %s", got)
	}
}

// An operator's own questionnaires stand beside the shipped ones.
func TestServeOwnQuestionnaires(t *testing.T) {
	t.Parallel()
	path := ownQuestionnaire(t)
	s := serving(t, program(t, t.TempDir(), "serve", "--listen", "127.0.0.1:0", "--questionnaires", filepath.Dir(path)))
	_, body := s.get("/start")
	for _, id := range []string{"own", "first-team", "wider-scope", "considering"} {
		if !strings.Contains(body, `value="`+id+`"`) {
			t.Errorf("the start page doesn’t offer %s", id)
		}
	}
	s.stop()
}

// All problems of an operator's questionnaires are reported, each on its own line.
func TestServeBadQuestionnaires(t *testing.T) {
	t.Parallel()
	path := ownQuestionnaire(t)
	edit(t, path, "id: own\n", "id: own\nnonsense: 1\n")
	edit(t, path, "version: ", "version: minus ")
	got := runProgram(t, "serve", "--listen", "127.0.0.1:0", "--questionnaires", filepath.Dir(path))
	lines := strings.Split(strings.TrimSpace(got.errors), "\n")
	if got.status != statusFailed || len(lines) != 3 || !place.MatchString(lines[1]) || !place.MatchString(lines[2]) {
		t.Errorf("status %d, printing %q", got.status, got.errors)
	}
}

// upload is a request whose body is still on its way.
type upload struct {
	t          testing.TB
	connection net.Conn
	answers    *bufio.Reader
	rest       string
}

// upload sends the head of a form and waits until the server has begun to read its body.
func (s *server) upload(path, body string) *upload {
	s.t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = connection.Close() })
	u := &upload{t: s.t, connection: connection, answers: bufio.NewReader(connection), rest: body}
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		path, connection.RemoteAddr(), formType, len(body))
	if err != nil {
		s.t.Fatal(err)
	}
	// The server asks for the body only once the handler reads it.
	if line, err := u.answers.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100") {
		s.t.Fatalf("the server answers %q, %v", line, err)
	}
	if _, err := u.answers.ReadString('\n'); err != nil {
		s.t.Fatal(err)
	}
	return u
}

// finish sends the body and returns the status of the answer.
func (u *upload) finish() int {
	u.t.Helper()
	if _, err := u.connection.Write([]byte(u.rest)); err != nil {
		u.t.Fatal(err)
	}
	response, err := http.ReadResponse(u.answers, nil)
	if err != nil {
		u.t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// waitUntilClosed waits until the server takes no new connections.
func (s *server) waitUntilClosed() {
	s.t.Helper()
	for deadline := time.Now().Add(longest); time.Now().Before(deadline); {
		connection, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://"))
		if err != nil {
			return
		}
		_ = connection.Close()
	}
	s.t.Fatal("the server still takes connections")
}

// A stop finishes what is in flight: a form that was on its way is answered, and kept.
func TestStopFinishesWhatIsInFlight(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			folder := t.TempDir()
			s := serving(t, program(t, folder, "serve", "--listen", "127.0.0.1:0"))
			flying := s.upload("/start", startForm())
			s.signal(signal)
			s.waitUntilClosed()
			if status := flying.finish(); status != http.StatusSeeOther {
				t.Errorf("the form in flight was answered with status %d", status)
			}
			if status, rest := s.wait(); status != 0 || rest != "Stopped.\n" {
				t.Errorf("stopped with status %d, printing %q\n%s", status, rest, s.log())
			}
			if got := strings.Join(names(t, folder), " "); got != "var/secret var/whetstone.db" {
				t.Errorf("the files left are %s", got)
			}
		})
	}
}
