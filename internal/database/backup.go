package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// backupStep is how many pages are copied between reports of progress and checks for cancellation.
const backupStep = 1000

// ErrNoFile is the error for backing up or restoring a database that isn't a file of ours.
var ErrNoFile = errors.New("the database is on a PostgreSQL server, which has tools of its own: pg_dump and pg_restore")

// Backup copies an embedded database into a new file while others use it, checks the copy, and returns how many rows
// it holds. The copy shows the moment at which it began. The file gets its name once it is complete and checked. Only
// its owner can read it, and it never overwrites an existing file.
func (d *DB) Backup(ctx context.Context, to string, progress Progress) (RowCounts, error) {
	if d.engine != SQLite {
		return nil, ErrNoFile
	}
	if err := mustNotExist(to); err != nil {
		return nil, err
	}
	partial, err := emptyBeside(to)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(partial) }()
	counts, err := d.copyPages(ctx, partial, progress)
	if err != nil {
		return nil, fmt.Errorf("copying: %w", OneLine(err))
	}
	if err := verifyCopy(ctx, partial, counts); err != nil {
		return nil, fmt.Errorf("the copy can't be trusted and is thrown away: %w", err)
	}
	if err := mustNotExist(to); err != nil {
		return nil, err
	}
	return counts, moveInto(partial, to)
}

func mustNotExist(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s: %w", path, fs.ErrExist))
	}
	return nil
}

// emptyBeside makes an empty file next to the one that is wanted, so that the final rename can't fail for want of
// space.
func emptyBeside(path string) (string, error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}

// moveInto gives a finished file its name, and makes both durable.
func moveInto(partial, path string) error {
	file, err := os.OpenFile(partial, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(partial, path); err != nil {
		return err
	}
	return SyncFolder(path)
}

// copyPages copies the database page by page. One reader's transaction spans it, so that what others save meanwhile
// neither shows in the copy nor restarts it.
func (d *DB) copyPages(ctx context.Context, to string, progress Progress) (counts RowCounts, err error) {
	source, err := d.reads.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if _, err := source.ExecContext(ctx, `BEGIN`); err != nil {
		return nil, err
	}
	// A context that has ended must not keep the transaction open.
	defer func() {
		_, ending := source.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
		err = errors.Join(err, ending)
	}()
	counts, err = d.over(source).CountRows(ctx)
	if err != nil {
		return nil, err
	}
	target, err := openCopy(to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	into, err := target.writes.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, into.Close()) }()
	return counts, into.Raw(func(intoDriver any) error {
		return source.Raw(func(sourceDriver any) error {
			return copySteps(ctx, intoDriver.(*sqlite3.SQLiteConn), sourceDriver.(*sqlite3.SQLiteConn), progress)
		})
	})
}

func copySteps(ctx context.Context, into, source *sqlite3.SQLiteConn, progress Progress) (err error) {
	backup, err := into.Backup("main", source, "main")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, backup.Finish()) }()
	for {
		done, err := backup.Step(backupStep)
		if err != nil {
			return err
		}
		total := int64(backup.PageCount())
		progress.tell(total-int64(backup.Remaining()), total)
		if done {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
