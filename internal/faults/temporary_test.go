package faults

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// temporaryFile finds the folders in which SQLite opens temporary files: without a name, or where a file system
// has no such files, with one that begins like this.
var temporaryFile = regexp.MustCompile(`"([^"]*)", [A-Z_|]*O_TMPFILE|"([^"]*)/etilqs_`)

// What a deletion or a restoring writes anew passes through a temporary file with everybody's answers in it. It
// lies in the folder of the database, or where an operator says, and never in one that others use too.
func TestTemporaryFilesLieBesideTheDatabase(t *testing.T) {
	needStrace(t)
	began := time.Now()
	program, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	folder, shared, chosen := t.TempDir(), t.TempDir(), t.TempDir()
	path, backup := databaseIn(folder), filepath.Join(folder, "backup")
	serve(t, command(t, program, folder)).stop()
	pool, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	// More than SQLite keeps in memory.
	_, err = pool.ExecContext(t.Context(), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
		INSERT INTO contents (hash, body) SELECT i, hex(randomblob(512)) FROM n`)
	if err != nil || pool.Close() != nil {
		t.Fatal(err)
	}
	if status, printed := ran(t, bounded(t, program, "backup", "--database", "sqlite:"+path, backup)); status != 0 {
		t.Fatalf("the backup failed: %s", printed)
	}
	for want, variables := range map[string][]string{
		filepath.Dir(path): {"TMPDIR=" + shared},
		chosen:             {"TMPDIR=" + shared, "SQLITE_TMPDIR=" + chosen},
	} {
		log := filepath.Join(t.TempDir(), "opened")
		made := bounded(t, "strace", "-f", "--seccomp-bpf", "-o", log, "-e", "trace=openat", "-e", "signal=none",
			program, "restore", "--database", "sqlite:"+path, "--force", backup)
		made.Env = append(slices.DeleteFunc(made.Env, func(variable string) bool { return strings.HasPrefix(variable, "SQLITE_TMPDIR=") }), variables...)
		if status, printed := ran(t, made); status != 0 {
			t.Fatalf("restoring failed: %s", printed)
		}
		content, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		found := temporaryFile.FindAllSubmatch(content, -1)
		if len(found) == 0 {
			t.Errorf("with %v SQLite made no temporary file: nothing was tested", variables)
		}
		for _, one := range found {
			if folder := string(one[1]) + string(one[2]); folder != want {
				t.Errorf("with %v a temporary file was made in %s, want %s", variables, folder, want)
			}
		}
	}
	figures.note(t, began, "temporary files lie beside the database, or where SQLITE_TMPDIR says")
}
