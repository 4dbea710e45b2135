package main

import (
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// demonstrating makes a run of "demo" whose temporary files lie in a folder that the test sees.
func demonstrating(t *testing.T) (command *exec.Cmd, temporary string) {
	t.Helper()
	temporary = t.TempDir()
	command = program(t, t.TempDir(), "demo", "--listen", "127.0.0.1:0")
	command.Env = append(command.Env, "TMPDIR="+temporary)
	return command, temporary
}

// The demonstration shows eight made-up assessments, leaves the folder it is started in alone, and
// nothing of it is left once it stops.
func TestDemo(t *testing.T) {
	t.Parallel()
	command, temporary := demonstrating(t)
	s := serving(t, command)
	if found := names(t, temporary); len(found) == 0 || !strings.HasPrefix(found[0], "whetstone-demonstration-") {
		t.Errorf("the temporary files are %v", found)
	}
	if _, body := s.get("/"); !strings.Contains(body, "everything here is made up") {
		t.Error("the first page doesn’t say that all is made up")
	}
	response, err := s.client.Post(s.address+"/demonstration", formType, nil)
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := s.read(response); status != http.StatusSeeOther {
		t.Errorf("opening the demonstration: status %d", status)
	}
	if _, home := s.get(response.Header.Get("Location")); !strings.Contains(home, "things wait for you") {
		t.Errorf("it opens on another page than Home:\n%s", home)
	}
	_, list := s.get("/assessments")
	if results := strings.Count(list, `/result"`); results != 8 {
		t.Errorf("%d results are listed, want 8:\n%s", results, list)
	}
	s.stop()
	if left := names(t, temporary); len(left) > 0 {
		t.Errorf("left behind in the temporary folder: %v", left)
	}
	if left := names(t, command.Dir); len(left) > 0 {
		t.Errorf("left behind in the folder it was started in: %v", left)
	}
}

// Stopped while it still makes up its data, it leaves nothing either.
func TestDemoStoppedEarly(t *testing.T) {
	t.Parallel()
	command, temporary := demonstrating(t)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	// It prints this once it has made its folder.
	if _, err := out.Read(make([]byte, len("Making"))); err != nil {
		t.Fatal(err)
	}
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if left := names(t, temporary); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
