package faults

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	_ "github.com/mattn/go-sqlite3" // reads the files without our own store
)

func itoa(number int) string { return strconv.Itoa(number) }

// inspect looks at a database's files as a crash has left them: at a copy, since whoever opens them repairs
// them, and that is for the server to show that it can. The file with the index of the log (-shm) is not
// copied: a crashed machine has none, and after a crash of the process it is made anew as well.
func inspect(t *testing.T, path string) database {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy.db")
	for _, suffix := range []string{"", "-wal", "-journal"} {
		content, err := os.ReadFile(path + suffix)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return read(copied)
}

// read opens a database that is looked at once, which recovers it, checks it and reads what is in it.
func read(path string) (found database) {
	found = database{answers: map[place]kept{}, states: map[string]string{}}
	problem := func(err error) {
		if err != nil {
			found.damage = append(found.damage, err.Error())
		}
	}
	if _, err := os.Stat(path); err != nil {
		problem(err)
		return found
	}
	pool, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_synchronous=OFF")
	if err != nil {
		problem(err)
		return found
	}
	defer func() { problem(pool.Close()) }()
	pool.SetMaxOpenConns(1)
	problem(rows(pool, `PRAGMA integrity_check`, 1, func(row []sql.NullString) {
		if row[0].String != "ok" {
			found.damage = append(found.damage, "integrity_check: "+row[0].String)
		}
	}))
	problem(rows(pool, `PRAGMA foreign_key_check`, 4, func(row []sql.NullString) {
		found.damage = append(found.damage, fmt.Sprintf("foreign_key_check: %v", row))
	}))
	problem(rows(pool, `SELECT id, state FROM assessments`, 2, func(row []sql.NullString) {
		found.states[row[0].String] = row[1].String
	}))
	problem(rows(pool, `SELECT assessment_id, item_id, level, note FROM answers`, 4, func(row []sql.NullString) {
		level, _ := strconv.Atoi(row[2].String) // what is no number is none that was sent
		found.answers[place{row[0].String, row[1].String}] = kept{numberIn(row[3].String), level}
	}))
	return found
}

// rows hands each row of a query on as texts.
func rows(pool *sql.DB, query string, columns int, each func([]sql.NullString)) error {
	result, err := pool.Query(query)
	if err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	defer func() { _ = result.Close() }()
	for result.Next() {
		row := make([]sql.NullString, columns)
		into := make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		if err := result.Scan(into...); err != nil {
			return err
		}
		each(row)
	}
	return result.Err()
}
