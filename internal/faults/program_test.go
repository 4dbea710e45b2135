package faults

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// longest bounds all that is waited for, and the life of every process that a test starts. Machines may be
// busy with other work.
const longest = 5 * time.Minute

// server is a running program.
type server struct {
	t       *testing.T
	command *exec.Cmd
	out     *bufio.Reader
	log     *os.File
	base    string
}

// command makes a run of a program that serves what lies in a folder.
func command(t *testing.T, program, folder string) *exec.Cmd {
	t.Helper()
	return bounded(t, program, "serve", "--listen", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1", "--database", "sqlite:"+databaseIn(folder),
		"--secret-file", filepath.Join(folder, "keys", "secret"))
}

// databaseIn is the database of an installation. The server makes the folders in which things lie.
func databaseIn(folder string) string { return filepath.Join(folder, "data", "whetstone.db") }

// bounded makes a run that can't outlive the tests, with nothing of our own configuration around.
func bounded(t *testing.T, name string, arguments ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*longest)
	t.Cleanup(cancel)
	made := exec.CommandContext(ctx, name, arguments...)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "WHETSTONE_") {
			made.Env = append(made.Env, variable)
		}
	}
	return made
}

// traced runs a command under strace, which stands aside (-D): the process that is started is the program
// itself, to be ended by its own id.
func traced(t *testing.T, made *exec.Cmd, arguments ...string) *exec.Cmd {
	t.Helper()
	arguments = append(append([]string{"-D", "-f"}, arguments...), made.Args...)
	return bounded(t, "strace", arguments...)
}

// try starts a server. It returns nil if that ends before it is ready, and in any case what it printed.
func try(t *testing.T, made *exec.Cmd) (started *server, status int, printed string) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := made.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	made.Stderr = log
	if err := made.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, command: made, out: bufio.NewReader(out), log: log}
	t.Cleanup(func() {
		_ = made.Process.Kill() // of no effect on one that has ended
		_ = made.Wait()
		_ = log.Close()
	})
	line, err := s.out.ReadString('\n')
	if address, ready := strings.CutPrefix(line, "Whetstone is ready. Open "); ready {
		s.base = strings.TrimSuffix(strings.TrimSpace(address), "/")
		return s, 0, ""
	}
	if !errors.Is(err, io.EOF) {
		t.Fatalf("it printed %q, %v", line, err)
	}
	return nil, s.wait(), line + s.printed()
}

// serve starts a server and waits until it says that it is ready and answers that it is.
func serve(t *testing.T, made *exec.Cmd) *server {
	t.Helper()
	s, status, printed := try(t, made)
	if s == nil {
		t.Fatalf("the server ended with status %d: %s", status, printed)
	}
	if status := s.ready(); status != http.StatusOK {
		t.Fatalf("a server that has just started is not ready: status %d\n%s", status, s.printed())
	}
	return s
}

// ready asks whether the server can serve.
func (s *server) ready() (status int) {
	s.t.Helper()
	response, err := http.Get(s.base + to.Ready())
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.printed())
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// printed is the server's log so far, without what it says of requests that went well.
func (s *server) printed() string {
	content, err := os.ReadFile(s.log.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(content)) {
		if !strings.Contains(line, "level=INFO") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// wait waits for the end of the program, and of strace, which holds its output open.
func (s *server) wait() (status int) {
	_, _ = io.Copy(io.Discard, s.out)
	_ = s.command.Wait() // the status says all
	return s.command.ProcessState.ExitCode()
}

// kill ends the server with SIGKILL.
func (s *server) kill() {
	s.t.Helper()
	if err := s.command.Process.Kill(); err != nil {
		s.t.Errorf("the server was not there any more: %v\n%s", err, s.printed())
	}
	s.wait()
}

// stop asks the server to stop, and returns its status.
func (s *server) stop() (status int) {
	s.t.Helper()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Errorf("the server was not there any more: %v\n%s", err, s.printed())
	}
	return s.wait()
}

// fault is strace, attached to a running server and meddling with its system calls.
type fault struct {
	strace *exec.Cmd
	end    context.CancelFunc
	said   io.Reader
}

// attach has strace meddle with a process, and waits until it does.
func attach(process int, log string, arguments ...string) (*fault, error) {
	ctx, end := context.WithTimeout(context.Background(), longest)
	arguments = append([]string{"-f", "-p", itoa(process), "-o", log}, arguments...)
	strace := exec.CommandContext(ctx, "strace", arguments...)
	// Asked like this, strace lets go of the process; killed, it might leave it stopped.
	strace.Cancel = func() error { return strace.Process.Signal(syscall.SIGINT) }
	said, err := strace.StderrPipe()
	if err == nil {
		err = strace.Start()
	}
	if err != nil {
		end()
		return nil, err
	}
	f := &fault{strace, end, said}
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil || !strings.Contains(line, " attached") {
		f.detach()
		return nil, errors.New(strings.TrimSpace(line))
	}
	return f, nil
}

// detach ends the meddling.
func (f *fault) detach() {
	f.end()
	_, _ = io.Copy(io.Discard, f.said)
	_ = f.strace.Wait() // it ends by our signal
}
