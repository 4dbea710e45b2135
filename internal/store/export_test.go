package store

import (
	"cmp"
	"context"
	"database/sql"
	"testing"
	"whetstone/internal/database"
)

// Count counts the rows of a table, for tests of what a deletion leaves behind.
func (s *Store) Count(t *testing.T, table string) int {
	t.Helper()
	var count int
	if err := s.QueryRow(t.Context(), "SELECT count(*) FROM "+table, nil, &count); err != nil {
		t.Fatal(err)
	}
	return count
}

// ExecAlone runs a statement in one transaction, for tests of the schema itself.
func (s *Store) ExecAlone(ctx context.Context, statement string, arguments ...any) error {
	return s.InTx(ctx, func(tx *Store) error {
		_, err := tx.Exec(ctx, statement, arguments...)
		return err
	})
}

// ExecInside runs a statement inside InTx.
func (s *Store) ExecInside(ctx context.Context, statement string, arguments ...any) error {
	_, err := s.Exec(ctx, statement, arguments...)
	return err
}

// ReadInside reads one value inside InTx.
func (s *Store) ReadInside(ctx context.Context, into any, query string) error {
	return s.QueryRow(ctx, query, nil, into)
}

// Ungrouped is the same store with a commit of its own for each transaction.
func (s *Store) Ungrouped() *Store {
	return &Store{DB: s.DB.Ungrouped(), decoded: s.decoded, settled: s.settled}
}

// NoteCompacted notes that so many deletions have left nothing.
func (s *Store) NoteCompacted(ctx context.Context, deletions int64) error {
	return s.DB.NoteCompacted(ctx, deletions)
}

// MigrateTo brings the schema of an empty database to where an earlier program had it.
func (s *Store) MigrateTo(t *testing.T, version int64) {
	t.Helper()
	provider, err := s.Migrator()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
}

// Marked is an error as the database hands it on.
func Marked(ctx context.Context, err error) error { return database.Unreachable(ctx, err) }

// Writes is the pool of writers.
func (s *Store) Writes() *sql.DB { return cmp.Or(s.Pools()["writes"], s.Pools()["all"]) }

// Reads is the pool of readers.
func (s *Store) Reads() *sql.DB { return cmp.Or(s.Pools()["reads"], s.Pools()["all"]) }

// Remembered counts what is remembered of people's assessments.
func (s *Store) Remembered() int {
	return len(s.settled.assessments.values) + len(s.settled.answers.values) +
		len(s.settled.levels.values) + len(s.settled.earlier.values) + len(s.settled.noted.values)
}

// Bounded tells how much of 100 is held once values that take so much each were remembered, and how many are found.
func Bounded(sizes ...int) (held, found int) {
	bounded := remembered[int]{limit: 100, size: func(size int) int { return size - 1 }} // and its text takes one
	for i, size := range sizes {
		bounded.put(string(rune('a'+i)), size)
	}
	for i, size := range sizes {
		if value, known := bounded.find(string(rune('a' + i))); known && value == size {
			found++
		}
	}
	return bounded.held, found
}

// WholeRows are the columns with which rows are taken out where two histories are laid together.
func WholeRows() map[string][]string { return wholeRows }
