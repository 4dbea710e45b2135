package main

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whetstone/internal/store/storetest"
)

// eraseEverything deletes all that the browser's manager has.
func (s *server) eraseEverything() {
	s.t.Helper()
	response, err := s.client.Post(s.address+"/settings/delete-everything", formType, strings.NewReader(url.Values{"meant": {"yes"}}.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	if status, body := s.read(response); status != http.StatusOK && status != http.StatusSeeOther {
		s.t.Fatalf("deleting everything: status %d\n%s", status, body)
	}
}

// A backup that is taken while serving brings back what was lost, and nothing that was deleted since.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	serve := []string{"serve", "--listen", "127.0.0.1:0"}
	in := func(arguments ...string) ended { return end(t, program(t, folder, arguments...)) }
	s := serving(t, program(t, folder, serve...))
	staying := s.client
	kept := s.start()
	s.client = &http.Client{Jar: newJar(t), CheckRedirect: staying.CheckRedirect}
	leaving := s.client
	erased := s.start()
	if got := in("backup", "the backup.db"); got.status != 0 || !strings.HasPrefix(got.out, "Backed up ") || got.errors != "" {
		t.Fatalf("status %d, printing %q and %q", got.status, got.out, got.errors)
	}
	in("backup", "the backup.db").wantOneLine(t, statusFailed, "the backup.db exists")
	in("backup", "no/such/folder.db").wantOneLine(t, statusFailed, "no such file")
	s.eraseEverything()
	in("restore", "the backup.db").wantOneLine(t, statusFailed, "running process", "--database")
	in("restore", "--force", "the backup.db").wantOneLine(t, statusFailed, "running process", "stop it first")
	// Even where the server is killed at once, what it called deleted is on the list.
	if err := s.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = s.command.Wait()
	in("restore", "the backup.db").wantOneLine(t, statusFailed, "exists", "--force")
	got := in("restore", "--force", "the backup.db")
	if got.status != 0 || !strings.Contains(got.out, "1 manager, 0 single assessments, 0 single commitments, 0 single proposals, 0 single log entries and 0 single depth maps: deleted again") {
		t.Fatalf("status %d, printing %q and %q", got.status, got.out, got.errors)
	}
	again := serving(t, program(t, folder, serve...))
	again.client = staying
	if status, _ := again.get(kept); status != http.StatusOK {
		t.Errorf("what was kept gives status %d", status)
	}
	again.client = leaving
	if status, _ := again.get(erased); status != http.StatusNotFound {
		t.Errorf("what was deleted gives status %d", status)
	}
	again.stop()
	if got := strings.Join(names(t, folder), " "); got != "the backup.db var/secret var/whetstone.db var/whetstone.db.erasures" {
		t.Errorf("the files left are %s", got)
	}
	// A restoration by other means: the server itself carries out what the database has forgotten.
	if content, err := os.ReadFile(filepath.Join(folder, "the backup.db")); err != nil || os.WriteFile(filepath.Join(folder, "var/whetstone.db"), content, 0o600) != nil {
		t.Fatal(err)
	}
	third := serving(t, program(t, folder, serve...))
	third.client = leaving
	if status, _ := third.get(erased); status != http.StatusNotFound || !strings.Contains(third.log(), "deleted again") {
		t.Errorf("what was deleted gives status %d\n%s", status, third.log())
	}
	third.stop()
}

func TestBackupAndRestoreOfAServer(t *testing.T) {
	t.Parallel()
	address := storetest.PostgreSQLAddress(t)
	folder := t.TempDir()
	for command, words := range map[string]string{"backup": "pg_dump", "restore": "pg_restore"} {
		end(t, program(t, folder, command, "--database", address, "file")).wantOneLine(t, statusUsage, words)
	}
	if left := names(t, folder); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// A log gets a line from time to time, a terminal a bar.
func TestProgress(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	now := time.Now()
	tell := linesOn(&log, "Copying", func() time.Time { return now })
	for done := range int64(101) {
		now = now.Add(time.Second)
		tell(done, 100)
	}
	if got := log.String(); strings.Count(got, "\n") != 10 || !strings.HasPrefix(got, "Copying: 9 %\nCopying: 19 %\n") {
		t.Errorf("printed\n%s", got)
	}
	var terminal bytes.Buffer
	draw := barOn(&terminal, "Copying")
	draw(500, 1000)
	draw(501, 1000) // the same per cent: nothing new to draw
	if got := terminal.String(); strings.Count(got, "Copying") != 1 || !strings.Contains(got, "50 %") {
		t.Errorf("drew %q", got)
	}
	terminal.Reset()
	draw(1000, 1000)
	if got := terminal.String(); got != "\r\x1b[K" {
		t.Errorf("at the end it drew %q, want the line cleared", got)
	}
}
