package database

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/pressly/goose/v3"
)

// Restoration says what to restore, and where.
type Restoration struct {
	// From is the file of a backup, To that of the database.
	From, To string
	// Force lets a database that exists be overwritten.
	Force bool
	// Amend repeats on the copy what happened since the backup was taken, once its schema is up to date.
	Amend func(ctx context.Context, copied *DB) error
}

// ErrInUse refuses to replace a database that a running process has open.
var ErrInUse = errors.New("a running process has the database open: stop it first")

// Run checks a backup, has a copy of it amended, puts the copy in the place of the database, and counts its
// rows. Until the last step, which is a rename, the database stays as it was; the
// backup is never changed.
func (r Restoration) Run(ctx context.Context, progress Progress) (RowCounts, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(r.To), 0o700); err != nil {
		return nil, err
	}
	partial, err := emptyBeside(r.To)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(partial) }()
	if err := copyFile(ctx, r.From, partial, progress); err != nil {
		return nil, err
	}
	counts, err := r.prepare(ctx, partial)
	if err != nil {
		return nil, err
	}
	// Somebody may have started a server in the meantime.
	if err := r.check(); err != nil {
		return nil, err
	}
	// SQLite would take an old log for the new file's.
	for _, beside := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(r.To + beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return counts, moveInto(partial, r.To)
}

// check refuses what must not be restored, or not be overwritten.
func (r Restoration) check() error {
	if info, err := os.Stat(r.From); err != nil || !info.Mode().IsRegular() {
		return errors.Join(err, notRegular(r.From, err))
	}
	if log, err := os.Stat(r.From + "-wal"); err == nil && log.Size() > 0 {
		return fmt.Errorf(`%s belongs to a running database, with a log beside it: take a backup with "whetstone backup"`, r.From)
	}
	_, err := os.Lstat(r.To)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	from, err := filepath.EvalSymlinks(r.From)
	if to, toErr := filepath.EvalSymlinks(r.To); err == nil && toErr == nil && from == to {
		return fmt.Errorf("%s is the database itself", r.From)
	}
	if held, err := inUse(r.To); err != nil || held {
		return errors.Join(err, onlyIf(held, ErrInUse))
	}
	return onlyIf(!r.Force, fmt.Errorf("%s: %w", r.To, fs.ErrExist))
}

func notRegular(path string, err error) error {
	return onlyIf(err == nil, fmt.Errorf("%s is no file", path))
}

func onlyIf(holds bool, err error) error {
	if holds {
		return err
	}
	return nil
}

// prepare checks the copy of a backup, brings its schema up to date, and has it amended.
func (r Restoration) prepare(ctx context.Context, path string) (counts RowCounts, err error) {
	opened, err := openCopy(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	names, err := opened.tableNames(ctx)
	if err != nil || !slices.Contains(names, goose.DefaultTablename) || !slices.Contains(names, "assessments") {
		return nil, fmt.Errorf("%s is no backup of Whetstone", r.From)
	}
	if err := opened.CheckIntegrity(ctx); err != nil {
		return nil, fmt.Errorf("%s can't be restored: %w", r.From, err)
	}
	found, err := opened.Migrations(ctx)
	if err != nil {
		return nil, err
	}
	if found.Version > found.Known {
		return nil, fmt.Errorf("%s was made by a newer Whetstone (schema %d, this one knows %d): restore it with that", r.From, found.Version, found.Known)
	}
	if err := opened.Migrate(ctx); err != nil {
		return nil, err
	}
	if err := r.Amend(ctx, opened); err != nil {
		return nil, err
	}
	// What was deleted must not survive in unused pages.
	deletions, _, err := opened.waiting(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := opened.writes.ExecContext(ctx, `VACUUM`); err != nil {
		return nil, err
	}
	if err := opened.NoteCompacted(ctx, deletions); err != nil {
		return nil, err
	}
	if err := opened.CheckIntegrity(ctx); err != nil {
		return nil, err
	}
	return opened.CountRows(ctx)
}

// copyFile copies a file into one that exists.
func copyFile(ctx context.Context, from, to string, progress Progress) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	info, err := source.Stat()
	if err != nil {
		return err
	}
	target, err := os.OpenFile(to, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	for copied := int64(0); ; {
		written, err := io.CopyN(target, source, backupStep<<12)
		copied += written
		progress.tell(copied, info.Size())
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
}
