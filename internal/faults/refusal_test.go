package faults

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// nobody is a user without rights of its own, by Debian's number.
const nobody = 65534

// ran runs a command of the program to its end.
func ran(t *testing.T, made *exec.Cmd) (status int, printed string) {
	t.Helper()
	output, err := made.CombinedOutput()
	if made.ProcessState == nil {
		t.Fatal(err)
	}
	return made.ProcessState.ExitCode(), string(output)
}

// damages are what can become of a database's file, all of which a start finds.
var damages = []struct {
	name string
	make func(content []byte) []byte
}{
	{"another file in its place", func([]byte) []byte { return bytes.Repeat([]byte("This is a text, no database. "), 500) }},
	{"nothing but zeros", func(content []byte) []byte { return make([]byte, len(content)) }},
	{"its first page overwritten", func(content []byte) []byte { return fillWith(content, 0, 4096) }},
	{"its schema overwritten", func(content []byte) []byte { return fillWith(content, 100, 4096) }},
	{"its second half lost", func(content []byte) []byte { return content[:len(content)/2] }},
	{"nothing left of it", func([]byte) []byte { return nil }},
	{"cut in the middle of a page", func(content []byte) []byte { return content[:len(content)-5000] }},
}

func fillWith(content []byte, from, to int) []byte {
	changed := bytes.Clone(content)
	copy(changed[from:to], bytes.Repeat([]byte{0xa5}, to-from))
	return changed
}

// A damaged file is refused at the start, with what to do; and done, it brings the answers back.
func TestDamagedFile(t *testing.T) {
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	path, backup := databaseIn(folder), filepath.Join(folder, "backup")
	clients := newCrowd(t, 2)
	running := serve(t, command(t, program, folder))
	stop := clients.work(running.base)
	clients.until(t, 30, 0)
	stop()
	if status, printed := ran(t, bounded(t, program, "backup", "--database", "sqlite:"+path, backup)); status != 0 {
		t.Fatalf("the backup failed: %s", printed)
	}
	running.stop()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lost := 0
	for _, damage := range damages {
		if err := os.WriteFile(path, damage.make(content), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, damage.name, command(t, program, folder), path, "whetstone restore")
		if status, printed := ran(t, bounded(t, program, "restore", "--database", "sqlite:"+path, "--force", backup)); status != 0 {
			t.Fatalf("%s: the backup can't be restored: %s", damage.name, printed)
		}
		running = serve(t, command(t, program, folder))
		lost += clients.check(t, damage.name+", restored", clients.look(t, running.base))
		running.stop()
	}
	// What a start doesn't read, the doctor does.
	middle := fillWith(content, len(content)/2, len(content)/2+8192)
	if err := os.WriteFile(path, middle, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, printed := ran(t, bounded(t, program, "doctor", "--database", "sqlite:"+path, "--secret-file", secretIn(folder))); status == 0 || !strings.Contains(printed, "whetstone restore") {
		t.Errorf("of damage in the middle the doctor says, with status %d: %s", status, printed)
	}
	figures.note(t, began, "%d kinds of damage refused at the start and mended by restoring: of %d answers in the backup %d lost",
		len(damages), clients.acknowledged, lost)
}

// refused starts a server that must end with a message of one line which holds certain words.
func refused(t *testing.T, what string, made *exec.Cmd, words ...string) {
	t.Helper()
	started, status, printed := try(t, made)
	if started != nil {
		t.Errorf("%s: it starts", what)
		started.kill()
		return
	}
	t.Logf("%s: %s", what, strings.TrimSpace(printed))
	for _, word := range words {
		if status != 1 || !strings.Contains(printed, word) || strings.Count(printed, "\n") != 1 {
			t.Errorf("%s: status %d, printing %q, want one line with %q", what, status, printed, word)
		}
	}
}

// A database that may not be written is refused at the start, with a message that says what is missing.
func TestReadOnly(t *testing.T) {
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(builds, "read-only-")
	if err != nil {
		t.Fatal(err)
	}
	serve(t, command(t, program, folder)).stop()
	path := databaseIn(folder)
	everything := func(file, inside fs.FileMode) {
		t.Helper()
		for path, mode := range map[string]fs.FileMode{folder: 0o755, filepath.Dir(secretIn(folder)): 0o755, secretIn(folder): 0o600, filepath.Dir(path): inside, path: file} {
			// To root everything is allowed: the server then runs as nobody.
			if os.Getuid() == 0 {
				if err := os.Chown(path, nobody, nobody); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Cleanup(func() { everything(0o600, 0o700) })
	made := func() *exec.Cmd {
		made := command(t, program, folder)
		made.Dir = folder
		if os.Getuid() == 0 {
			made.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		return made
	}
	everything(0o600, 0o700)
	serve(t, made()).stop()
	everything(0o400, 0o700)
	refused(t, "a file that may not be written", made(), path, "permission denied")
	everything(0o600, 0o500)
	refused(t, "a folder that may not be written", made(), path, "make files beside it")
	everything(0o600, 0o700)
	serve(t, made()).stop()
	figures.note(t, began, "a file and a folder that may not be written are refused with a message")
}
