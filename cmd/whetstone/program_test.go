package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"whetstone/internal/paths"
)

// binary is the program as a user runs it, built once for all tests, and like a release without what debuggers read: it is
// linked sooner.
var binary string

func TestMain(m *testing.M) { os.Exit(buildAndRun(m)) }

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "whetstone-test-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	binary = filepath.Join(folder, "whetstone")
	if output, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags=-s -w", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, output)
		return 1
	}
	return m.Run()
}

// longest bounds every program that a test starts, so that none outlives the tests.
const longest = 2 * time.Minute

// program makes a run of the binary in a folder, with nothing of our own configuration around.
func program(t testing.TB, folder string, arguments ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	t.Cleanup(cancel)
	command := exec.CommandContext(ctx, binary, arguments...)
	command.Dir = folder
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "WHETSTONE_") {
			command.Env = append(command.Env, variable)
		}
	}
	return command
}

// ended is a finished run.
type ended struct {
	status      int
	out, errors string
}

// end runs a program to completion.
func end(t *testing.T, command *exec.Cmd) ended {
	t.Helper()
	var out, errOut bytes.Buffer
	command.Stdout, command.Stderr = &out, &errOut
	err := command.Run()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		t.Fatal(err)
	}
	return ended{command.ProcessState.ExitCode(), out.String(), errOut.String()}
}

// runProgram runs the program to its end, in a folder of its own.
func runProgram(t *testing.T, arguments ...string) ended {
	t.Helper()
	return end(t, program(t, t.TempDir(), arguments...))
}

// server is a running program that answers requests.
type server struct {
	t       testing.TB
	command *exec.Cmd
	out     *bufio.Reader
	errors  *os.File
	address string
	client  *http.Client
}

// serving starts "serve" or "demo" on a free port and waits until it prints where it is.
func serving(t testing.TB, command *exec.Cmd) *server {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stderr = log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{
		t: t, command: command, out: bufio.NewReader(out), errors: log,
		client: &http.Client{
			Jar:           newJar(t),
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	t.Cleanup(func() {
		_ = command.Process.Kill() // of no effect on one that has ended
		_ = command.Wait()
		_ = log.Close()
	})
	s.address = strings.TrimSuffix(s.waitFor("Whetstone is ready. Open "), "/")
	return s
}

// newJar keeps the cookies of one more browser.
func newJar(t testing.TB) http.CookieJar {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return jar
}

// waitFor reads what the program prints until a line begins like this, and returns the rest of the line.
func (s *server) waitFor(beginning string) string {
	s.t.Helper()
	for {
		line, err := s.out.ReadString('\n')
		if rest, found := strings.CutPrefix(line, beginning); found {
			return strings.TrimSpace(rest)
		}
		if err != nil {
			s.t.Fatalf("the program ended without printing %q: %v\n%s", beginning, err, s.log())
		}
	}
}

// log is what the program has printed to standard error so far.
func (s *server) log() string {
	content, err := os.ReadFile(s.errors.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	return string(content)
}

// signal asks the program to stop, as a system does.
func (s *server) signal(signal syscall.Signal) {
	s.t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
}

// wait waits for the end of the program and returns its exit status and what it still printed.
func (s *server) wait() (status int, rest string) {
	s.t.Helper()
	printed, err := io.ReadAll(s.out)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = s.command.Wait() // the status says all
	return s.command.ProcessState.ExitCode(), string(printed)
}

// stop asks for a graceful stop and holds the program to it.
func (s *server) stop() {
	s.t.Helper()
	s.signal(syscall.SIGTERM)
	if status, rest := s.wait(); status != 0 || rest != "Stopped.\n" {
		s.t.Errorf("stopped with status %d, printing %q\n%s", status, rest, s.log())
	}
}

// get asks for a page and returns its status and body.
func (s *server) get(path string) (status int, body string) {
	s.t.Helper()
	response, err := s.client.Get(s.address + path)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(response)
}

func (s *server) read(response *http.Response) (status int, body string) {
	s.t.Helper()
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// start begins an assessment over the form, which makes a session, and returns the path of the draft.
func (s *server) start() string {
	s.t.Helper()
	response, err := s.client.Post(s.address+"/start", formType, strings.NewReader(startForm()))
	if err != nil {
		s.t.Fatal(err)
	}
	if status, body := s.read(response); status != http.StatusSeeOther {
		s.t.Fatalf("starting an assessment: status %d\n%s", status, body)
	}
	to := paths.Paths{}
	id, found := strings.CutPrefix(response.Header.Get("Location"), to.Begin(""))
	if !found {
		s.t.Fatalf("starting an assessment leads to %s", response.Header.Get("Location"))
	}
	return to.Assessment(id)
}

const formType = "application/x-www-form-urlencoded"

func startForm() string { return "questionnaire=first-team&craft=software&form=full" }
