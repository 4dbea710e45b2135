// Package faults runs the program as it is shipped, on a real file, and lets go wrong what can go wrong
// beneath it: the process is killed, the power goes, the disk fails or is full, files are damaged or may not
// be written. Whatever a client was told is saved must be there afterwards. "make faults" runs the long form;
// with the other tests runs a short one. Both need strace, and a system that allows it (ptrace).
package faults

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var long = flag.Bool("long", false, "run the long form, which fails where ptrace is denied")

// forms is a choice by the form that is run.
func forms[T any](short, whole T) T {
	if *long {
		return whole
	}
	return short
}

// builds is the folder with the programs under test.
var builds string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	var err error
	builds, err = os.MkdirTemp("", "whetstone-faults-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(builds) }()
	// A server that is refused its files as another user must reach its program.
	if err := os.Chmod(builds, 0o755); err != nil {
		panic(err)
	}
	status := m.Run()
	figures.print()
	return status
}

// shipped builds the program.
var shipped = sync.OnceValues(func() (string, error) {
	program := filepath.Join(builds, "whetstone")
	output, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "whetstone/cmd/whetstone").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, output)
	}
	return program, nil
})

// durable is how the store asks SQLite for durability, where it serves.
const durable = "_journal_mode=WAL&_synchronous=FULL"

// weakened is the program that is shipped, but for one word in its text: the one that asks for durability. So
// the product needs no option that nobody should use. level is SQLite's number: 0 is OFF, 1 NORMAL.
func weakened(t *testing.T, level int) string {
	t.Helper()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if count := bytes.Count(text, []byte(durable)); count != 1 {
		t.Fatalf("the program holds %q %d times", durable, count)
	}
	// The length stays: "&" separates the options, and between two of them there is none.
	word := fmt.Sprintf("_journal_mode=WAL&_synchronous=%d&&&", level)
	changed := program + "-" + itoa(level)
	if err := os.WriteFile(changed, bytes.Replace(text, []byte(durable), []byte(word), 1), 0o700); err != nil {
		t.Fatal(err)
	}
	return changed
}

// needStrace ends a test where processes can't be traced: it fails in the long form, which promises to trace.
func needStrace(t *testing.T) {
	t.Helper()
	if problem := traceable(); problem != "" {
		if *long {
			t.Fatal(problem)
		}
		t.Skip("NOT TESTED: " + problem)
	}
}

// traceable says why processes can't be traced, "" if they can. strace itself is among the tools that the
// tests need, so that its lack is no excuse.
var traceable = sync.OnceValue(func() string {
	if _, err := exec.LookPath("strace"); err != nil {
		return "strace is needed (Debian: apt install strace)"
	}
	if output, err := exec.Command("strace", "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		return fmt.Sprintf("this system doesn't let strace trace a program (ptrace): %v %s", err, output)
	}
	// A fault comes and goes while the server runs: strace has to attach to a process that isn't its child.
	sleeper := exec.Command("sleep", "60")
	if err := sleeper.Start(); err != nil {
		return err.Error()
	}
	defer func() { _ = sleeper.Wait() }()
	defer func() { _ = sleeper.Process.Kill() }()
	fault, err := attach(sleeper.Process.Pid, os.DevNull, "-e", "trace=fsync")
	if err != nil {
		return "this system doesn't let strace attach to a process (ptrace; as root, or with sysctl kernel.yama.ptrace_scope=0, it would): " + err.Error()
	}
	fault.detach()
	return ""
})

// figures are what the tests counted, printed at their end.
var figures tally

type tally struct {
	mutex sync.Mutex
	lines []string
}

// note adds what one kind of fault came to.
func (f *tally) note(t *testing.T, began time.Time, format string, arguments ...any) {
	t.Helper()
	line := fmt.Sprintf(format, arguments...) + fmt.Sprintf(" (%.0f s)", time.Since(began).Seconds())
	t.Log(line)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.lines = append(f.lines, t.Name()+": "+line)
}

func (f *tally) print() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, line := range f.lines {
		fmt.Println(line)
	}
}
