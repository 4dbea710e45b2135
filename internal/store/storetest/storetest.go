// Package storetest gives tests real, migrated databases: an SQLite file and, if a server is available, a PostgreSQL
// database of their own.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver

	"whetstone/internal/database"
	"whetstone/internal/store"
)

// Each runs test once on each engine, as the subtests "sqlite" and "postgres", each time on an empty store of its own.
// PostgreSQL is the server that the PG… environment variables name, as pg_virtualenv sets them. Without PGHOST, and
// only then, its subtest is skipped: if a server is named but can't be reached, the test fails.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, PostgreSQLAddress(t))) })
}

// SQLite returns an empty store in a file of its own, which goes with the test.
func SQLite(t *testing.T) *store.Store {
	t.Helper()
	return Open(t, MigratedAddress(t))
}

// MigratedAddress returns the address of an empty store in a file of its own, which goes with the test. Like every
// separately made database, it has a mark of its own.
func MigratedAddress(t *testing.T) string {
	t.Helper()
	content, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	address := HoldingAddress(t, content)
	path, _ := database.SQLitePath(address)
	file, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.ExecContext(t.Context(), `UPDATE installation SET mark = lower(hex(randomblob(5)))`)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return address
}

// Holding returns a store in a file of its own, of this content, which goes with the test.
func Holding(t *testing.T, content []byte) *store.Store {
	t.Helper()
	return Open(t, HoldingAddress(t, content))
}

// HoldingAddress returns the address of a store as Holding returns it.
func HoldingAddress(t *testing.T, content []byte) (address string) {
	t.Helper()
	address = SQLiteAddress(t)
	path, _ := database.SQLitePath(address)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return address
}

// migrated returns the file of an empty store. It is made only once, since the migrations take longer than most tests.
var migrated = sync.OnceValues(func() (content []byte, err error) {
	folder, err := os.MkdirTemp("", "whetstone-migrated-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "whetstone.db")
	opened, err := store.Open(context.Background(), "sqlite:"+path)
	if err != nil {
		return nil, err
	}
	if err := opened.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Open opens the store at an address until the test ends.
func Open(t *testing.T, address string) *store.Store {
	t.Helper()
	opened, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return opened
}

// Addresses returns the address of an empty database of each engine to test, as subtests. It is for tests
// that open a database more than once.
func Addresses(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLiteAddress(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQLAddress(t)) })
}

// SQLiteAddress returns the address of a file that does not exist yet and goes with the test.
func SQLiteAddress(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "whetstone.db")
}

// PostgreSQLAddress makes an empty database on the server of the environment, drops it when the test
// ends, and returns its address. Without PGHOST the test is skipped.
func PostgreSQLAddress(t *testing.T) string {
	t.Helper()
	if os.Getenv("PGHOST") == "" {
		t.Skip(`no PostgreSQL: run "make test", which starts one`)
	}
	server, err := sql.Open("pgx", address(os.Getenv("PGDATABASE")))
	if err != nil {
		t.Fatal(err)
	}
	name := "whetstone_test_" + strings.ToLower(rand.Text())
	if _, err := server.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		_ = server.Close()
		t.Fatalf("making a database on PostgreSQL at %s: %v", os.Getenv("PGHOST"), err)
	}
	t.Cleanup(func() {
		// The test's own context has ended by now. FORCE ends connections that a failed test left open.
		if _, err := server.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dropping the database %s: %v", name, err)
		}
		_ = server.Close()
	})
	return address(name)
}

// address returns the address of a database on the server named by the environment.
func address(database string) string {
	host := os.Getenv("PGHOST")
	if port := os.Getenv("PGPORT"); port != "" {
		host = net.JoinHostPort(host, port)
	}
	return (&url.URL{
		Scheme: "postgres",
		User:   url.UserPassword(os.Getenv("PGUSER"), os.Getenv("PGPASSWORD")),
		Host:   host,
		Path:   "/" + database,
	}).String()
}
