package database

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Several processes may start at once on one PostgreSQL: one migrates, and the others check at this interval, this
// many times, whether it has finished.
const (
	migrationWait  = 100 * time.Millisecond
	migrationWaits = 3000
)

// Migrator returns the migrations of the database's engine.
func (d *DB) Migrator() (*goose.Provider, error) {
	// This dialect, made for a distributed relative, numbers the migrations without a sequence, and works just as well
	// with tables that have one.
	dialects := map[Engine]goose.Dialect{SQLite: goose.DialectSQLite3, PostgreSQL: goose.DialectAuroraDSQL}
	own, err := fs.Sub(migrations, "migrations/"+string(d.engine))
	if err != nil {
		return nil, err
	}
	common, err := fs.Sub(migrations, "migrations/both")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.engine == PostgreSQL {
		// A lease in a table, since not all relatives of PostgreSQL have advisory locks.
		locker, err := lock.NewPostgresTableLocker(lock.WithTableLockTimeout(migrationWait, migrationWaits))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithLocker(locker))
	}
	return goose.NewProvider(dialects[d.engine], d.writes, folders{own, common}, options...)
}

// folders are some that are read as one.
type folders []fs.FS

// Open implements fs.FS.
func (f folders) Open(name string) (fs.File, error) {
	for _, folder := range f {
		if file, err := folder.Open(name); !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements fs.ReadDirFS.
func (f folders) ReadDir(name string) (all []fs.DirEntry, err error) {
	for _, folder := range f {
		entries, err := fs.ReadDir(folder, name)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	return all, nil
}

// Migrate brings the schema up to date. It is safe to call on every start: migrations that were run
// are known by their numbers.
func (d *DB) Migrate(ctx context.Context) error {
	provider, err := d.Migrator()
	if err != nil {
		return err
	}
	var failure error
	for pending := -1; ; {
		found, err := d.Migrations(ctx)
		// Most starts find nothing to do, and so don't wait.
		if err == nil && len(found.Pending) == 0 {
			return nil
		}
		// If a migration failed because another process had just run it, fewer are left.
		if err := errors.Join(err, failure); err != nil && (failure == nil || len(found.Pending) == pending) {
			return fmt.Errorf("migrating the database: %w", OneLine(err))
		}
		pending = len(found.Pending)
		_, failure = provider.Up(ctx)
	}
}

// Migrations is how far the schema of a database has come.
type Migrations struct {
	// Version is the number of the newest migration that was run, 0 for none. It may come from a newer program.
	Version int64
	// Known is the number of the newest migration of this program.
	Known int64
	// Pending are the migrations of this program that were not run yet, in order, by their names.
	Pending []string
}

// Migrations returns how far the schema has come. It changes nothing, even in an empty database.
func (d *DB) Migrations(ctx context.Context) (Migrations, error) {
	var found Migrations
	done, err := d.migrationsDone(ctx)
	if err != nil {
		return found, err
	}
	if len(done) > 0 {
		found.Version = slices.Max(done)
	}
	provider, err := d.Migrator()
	if err != nil {
		return found, err
	}
	for _, source := range provider.ListSources() {
		found.Known = max(found.Known, source.Version)
		if !slices.Contains(done, source.Version) {
			found.Pending = append(found.Pending, strings.TrimSuffix(path.Base(source.Path), ".sql"))
		}
	}
	return found, nil
}

func (d *DB) migrationsDone(ctx context.Context) (done []int64, err error) {
	tables, err := d.tableNames(ctx)
	if err != nil || !slices.Contains(tables, goose.DefaultTablename) {
		return nil, err
	}
	err = d.Query(ctx, func(row func(...any) error) error {
		var version int64
		err := row(&version)
		done = append(done, version)
		return err
	}, `SELECT version_id FROM `+goose.DefaultTablename)
	return done, err
}

// tableNames lists all tables of the database, ours or not.
func (d *DB) tableNames(ctx context.Context) (names []string, err error) {
	list := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
	if d.engine == PostgreSQL {
		list = `SELECT table_name FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`
	}
	err = d.Query(ctx, func(row func(...any) error) error {
		var name string
		err := row(&name)
		names = append(names, name)
		return err
	}, list)
	return names, err
}
