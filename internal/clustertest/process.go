package clustertest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// longest bounds everything that a test starts, so that nothing outlives the tests for long.
const longest = 3 * time.Minute

// Build makes the program, as a user runs it, in a folder and returns its path.
func Build(folder string) (string, error) {
	binary := filepath.Join(folder, "whetstone")
	output, err := exec.Command("go", "build", "-buildvcs=false", "-o", binary, "whetstone/cmd/whetstone").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, output)
	}
	return binary, nil
}

// Command makes a run of the program, with nothing of our own configuration around.
func Command(t *testing.T, binary string, arguments ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	t.Cleanup(cancel)
	command := exec.CommandContext(ctx, binary, arguments...)
	command.Dir = t.TempDir()
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "WHETSTONE_") && !strings.HasPrefix(variable, "PG") {
			command.Env = append(command.Env, variable)
		}
	}
	return command
}

// Process is one run of "whetstone serve". It keeps its address when restarted.
type Process struct {
	// Address is where it is reached without the proxy.
	Address string

	t         *testing.T
	binary    string
	arguments []string
	command   *exec.Cmd
	log       string
}

// newProcess names a process on a port that is free now.
func newProcess(t *testing.T, binary string, arguments ...string) *Process {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	host := listener.Addr().String()
	p := &Process{
		Address: "http://" + host, t: t, binary: binary,
		arguments: append([]string{"serve", "--listen", host}, arguments...),
		log:       filepath.Join(t.TempDir(), "log"),
	}
	t.Cleanup(p.Kill)
	return p
}

// Begin starts the process; Ready waits for it.
func (p *Process) Begin() (ready func()) {
	p.t.Helper()
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = log.Close() }() // the process has its own
	command := Command(p.t, p.binary, p.arguments...)
	out, err := command.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	command.Stderr = log
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.command = command
	return func() {
		p.t.Helper()
		lines := bufio.NewReader(out)
		line, err := lines.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "Whetstone is ready.") {
			p.t.Fatalf("%s did not start: it printed %q (%v)\n%s", p.Address, line, err, p.Log())
		}
		go func() { _, _ = io.Copy(io.Discard, lines) }() // it ends with the process
	}
}

// Start starts the process and waits until it answers.
func (p *Process) Start() {
	p.t.Helper()
	p.Begin()()
}

// Kill ends the process without warning, as kill -9 does. If it isn't running, nothing happens.
func (p *Process) Kill() {
	if p.command == nil {
		return
	}
	_ = p.command.Process.Kill()
	_ = p.command.Wait()
	p.command = nil
}

// Stop asks the process to stop, as a service manager does, and fails the test if it doesn't.
func (p *Process) Stop() {
	p.t.Helper()
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.command.Wait(); err != nil {
		p.t.Errorf("%s did not stop as it should: %v\n%s", p.Address, err, p.Log())
	}
	p.command = nil
}

// Log returns what the process has logged so far.
func (p *Process) Log() string {
	content, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(content)
}
