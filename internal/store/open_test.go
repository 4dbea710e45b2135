package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func contextOf(t *testing.T) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return ctx, cancel
}

func TestReopeningKeepsTheDataAndMigratesNothingAgain(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		first, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		addManagers(t, first, "ann")
		want := addDraft(t, first, "ann", "one")
		migrations := first.Count(t, "goose_db_version")
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		again := storetest.Open(t, address)
		if got, err := again.Assessment(t.Context(), "ann", "one"); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v", got, err)
		}
		if got := again.Count(t, "goose_db_version"); got != migrations || got < 2 {
			t.Errorf("%d migrations noted, %d before", got, migrations)
		}
	})
}

func TestEngineIsKnown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		want := strings.Split(t.Name(), "/")[1]
		if got := string(s.Engine()); got != want {
			t.Errorf("the engine is %q, want %q", got, want)
		}
	})
}

// An operator reads these: one line each, saying what to change.
func TestBadAddressIsExplained(t *testing.T) {
	occupied := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(occupied, []byte(strings.Repeat("This is a text, no database. ", 40)), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"":                                     `must begin with "sqlite:" or "postgres://"`,
		"mysql://localhost/whetstone":          `must begin with "sqlite:" or "postgres://"`,
		"var/whetstone.db":                     `must begin with "sqlite:" or "postgres://"`,
		"sqlite:":                              "path of a file",
		"sqlite::memory:":                      "path of a file",
		"sqlite:a?mode=ro":                     `without "?"`,
		"sqlite:a#b":                           `without "?" or "#"`,
		"sqlite:" + occupied + "/whetstone.db": "not a directory",
		"sqlite:" + filepath.Dir(occupied):     "is a directory",
		"sqlite:" + occupied:                   "not a database",
		// Not even root makes a folder there.
		"sqlite:/proc/whetstone/whetstone.db": "folder can't be made",
		// Nothing listens on port 1 of this machine.
		"postgres://someone:secret@127.0.0.1:1/whetstone?sslmode=disable": "refused",
		"postgres://localhost:notaport/whetstone":                         "port",
	} {
		opened, err := store.Open(t.Context(), address)
		if err == nil {
			_ = opened.Close()
			t.Errorf("%q was opened", address)
			continue
		}
		if got := errors.Is(err, database.ErrDamaged); got != (address == "sqlite:"+occupied) {
			t.Errorf("%q counts as damaged: %t", address, got)
		}
		if text := err.Error(); !strings.Contains(text, want) || strings.Contains(text, "\n") || strings.Contains(text, "secret@") {
			t.Errorf("%q gives %q, want one line with %q and no password", address, text, want)
		}
	}
}

// A path is a path: nothing in it is an escape, an option or a scheme.
func TestPathWithOddCharacters(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, path := range []string{"a folder/the file.db", "100%25.db", "50%.db", "naïve&mode=ro;x='1'.db", "a:b.db", "file:c.db", "./plain.db"} {
		s := storetest.Open(t, "sqlite:"+path)
		addManagers(t, s, "ann")
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, stray := range []string{"100%.db", "a", "c.db"} {
		if _, err := os.Stat(stray); err == nil {
			t.Errorf("a stray file %q was made", stray)
		}
	}
}

// The file holds candid statements: nobody else on the machine reads it, nor what lies beside it.
func TestSQLiteFilesArePrivate(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made", "by open")
	s := storetest.Open(t, "sqlite:"+filepath.Join(folder, "whetstone.db"))
	addManagers(t, s, "ann")
	for name, want := range map[string]os.FileMode{"": 0o700 | os.ModeDir, "whetstone.db": 0o600, "whetstone.db-wal": 0o600, "whetstone.db-shm": 0o600} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if info.Mode() != want {
			t.Errorf("%q has mode %v, want %v", name, info.Mode(), want)
		}
	}
}

// A clean stop leaves one file, which can be copied as it is.
func TestCloseLeavesOneFile(t *testing.T) {
	folder := t.TempDir()
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(folder, "whetstone.db"))
	if err != nil {
		t.Fatal(err)
	}
	addManagers(t, s, "ann")
	if _, err := s.Assessments(t.Context(), "ann", model.Draft); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Errorf("left: %v, %v", files, err)
	}
}

// What the design promises of SQLite is asked of every connection: a PRAGMA holds for one only.
func TestEverySQLiteConnectionIsSetUp(t *testing.T) {
	s := storetest.SQLite(t)
	common := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "5000"}
	checkPragmas(t, "the writer", s.Writes(), 1, common, "0")
	checkPragmas(t, "a reader", s.Reads(), 4, common, "1")
}

func checkPragmas(t *testing.T, who string, pool *sql.DB, size int, common map[string]string, queryOnly string) {
	t.Helper()
	if got := pool.Stats().MaxOpenConnections; got != size {
		t.Errorf("%s: a pool of %d connections, want %d", who, got, size)
	}
	for range size { // held until the end, so that each is another one
		connection, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = connection.Close() }()
		expect := func(pragma, want string) {
			t.Helper()
			var got string
			if err := connection.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %s is %q (%v), want %q", who, pragma, got, err, want)
			}
		}
		for pragma, want := range common {
			expect(pragma, want)
		}
		expect("query_only", queryOnly)
	}
}

// An empty file was a database once, or never was one: nothing is begun in it, nor thrown away beside it.
func TestEmptiedFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whetstone.db")
	addManagers(t, storetest.Open(t, "sqlite:"+path), "ann")
	log, err := os.ReadFile(path + "-wal")
	if err != nil || len(log) == 0 {
		t.Fatalf("a log of %d bytes, %v", len(log), err)
	}
	emptied := filepath.Join(t.TempDir(), "whetstone.db")
	for name, content := range map[string][]byte{emptied: nil, emptied + "-wal": log} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, open := range map[string]func(context.Context, string) (*store.Store, error){"Open": store.Open, "Connect": store.Connect, "Create": store.Create} {
		if _, err := open(t.Context(), "sqlite:"+emptied); !errors.Is(err, database.ErrEmpty) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if left, err := os.ReadFile(emptied + "-wal"); err != nil || len(left) != len(log) {
		t.Errorf("of the log %d bytes are left (%v)", len(left), err)
	}
}

// An operator may prepare the file of a database, with its owner and permissions, and say so. A file that holds
// something, or beside which a database has left something, doesn't count as prepared.
func TestPreparedFileIsBegun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whetstone.db")
	address := "sqlite:" + path
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, beside := range []string{"-wal", ".erasures"} {
		write(path, "")
		write(path+beside, "something")
		if err := database.BeginInPrepared(address); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), address); !errors.Is(err, database.ErrEmpty) {
			t.Errorf("with %s beside it: %v", beside, err)
		}
		if err := os.Remove(path + beside); err != nil {
			t.Fatal(err)
		}
	}
	if prepared, err := database.Prepared(address); err != nil || !prepared {
		t.Errorf("an empty file counts as prepared: %v, %v", prepared, err)
	}
	if _, err := store.Open(t.Context(), address); !errors.Is(err, database.ErrEmpty) {
		t.Errorf("unless the operator says so: %v", err)
	}
	for range 2 { // the second time it holds the database, and stays as it is
		if err := database.BeginInPrepared(address); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		if s.Count(t, "managers") == 0 {
			addManagers(t, s, "ann")
		}
		if s.Count(t, "managers") != 1 || s.Close() != nil {
			t.Error("it doesn't hold what was put into it")
		}
	}
	if _, err := os.Stat(path + "-new"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the sign of a beginning is left: %v", err)
	}
}

// A start that was killed between making the file and writing to it doesn't keep the next one from starting.
func TestBeginningGoesOn(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "whetstone.db")
	for _, left := range [][]string{{path + "-new"}, {path + "-new", path}} {
		for _, name := range left {
			if err := os.WriteFile(name, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := store.Open(t.Context(), "sqlite:"+path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
			t.Errorf("left: %v, %v", files, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// Several processes may find no file at once: one makes it, and no other takes it for an emptied one.
func TestSeveralBeginAtOnce(t *testing.T) {
	for range 20 {
		address := storetest.SQLiteAddress(t)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				s, err := store.Create(t.Context(), address)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
}
