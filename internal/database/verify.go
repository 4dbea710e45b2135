package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Progress is called with how much of a long piece of work is done. It may be nil.
type Progress func(done, total int64)

func (p Progress) tell(done, total int64) {
	if p != nil {
		p(done, total)
	}
}

// RowCounts are the numbers of rows by table.
type RowCounts map[string]int64

// Rows is how many rows there are in all tables.
func (c RowCounts) Rows() (rows int64) {
	for _, count := range c {
		rows += count
	}
	return rows
}

// CountRows counts the rows of every table of the database.
func (d *DB) CountRows(ctx context.Context) (RowCounts, error) {
	names, err := d.tableNames(ctx)
	if err != nil {
		return nil, err
	}
	counts := RowCounts{}
	for _, name := range names {
		var count int64
		if err := d.QueryRow(ctx, `SELECT count(*) FROM `+quoted(name), nil, &count); err != nil {
			return nil, err
		}
		counts[name] = count
	}
	return counts, nil
}

// quoted returns the name of a table or column, quoted for SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// CheckIntegrity reads all of an embedded database and returns what is damaged in it: the structure of its pages and
// indexes, and references that lead nowhere. PostgreSQL looks after its own.
func (d *DB) CheckIntegrity(ctx context.Context) error {
	if d.engine != SQLite {
		return nil
	}
	var found []string
	err := d.Query(ctx, func(row func(...any) error) error {
		var line string
		err := row(&line)
		found = append(found, line)
		return err
	}, `PRAGMA integrity_check(10)`)
	if err != nil {
		return OneLine(err)
	}
	if !slices.Equal(found, []string{"ok"}) {
		return fmt.Errorf("the file is damaged: %s", strings.Join(strings.Fields(strings.Join(found, "; ")), " "))
	}
	astray := 0
	err = d.Query(ctx, func(row func(...any) error) error {
		var table, parent string
		var id sql.NullInt64
		var key int64
		astray++
		return row(&table, &id, &parent, &key)
	}, `PRAGMA foreign_key_check`)
	if err != nil {
		return OneLine(err)
	}
	if astray > 0 {
		return fmt.Errorf("%d references in the file lead nowhere", astray)
	}
	return nil
}

// openCopy opens a file that nothing else uses, as one file without a log beside it.
func openCopy(path string) (*DB, error) {
	if err := keepTemporariesBeside(path); err != nil {
		return nil, err
	}
	location := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_journal_mode=DELETE&_synchronous=FULL&_foreign_keys=on&_secure_delete=on"
	pool, err := sql.Open("sqlite3", location)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	return New(SQLite, pool, pool), nil
}

// verifyCopy checks that a copied file is whole and holds this many rows.
func verifyCopy(ctx context.Context, path string, want RowCounts) (err error) {
	copied, err := openCopy(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	if err := copied.CheckIntegrity(ctx); err != nil {
		return err
	}
	got, err := copied.CountRows(ctx)
	if err != nil {
		return OneLine(err)
	}
	if !maps.Equal(got, want) {
		return fmt.Errorf("the copy has %d rows in %d tables, the database %d in %d", got.Rows(), len(got), want.Rows(), len(want))
	}
	return nil
}
