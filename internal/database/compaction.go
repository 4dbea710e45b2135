package database

import (
	"context"
	"errors"
	"time"

	"whetstone/internal/model"
)

const (
	// emptyings bounds how often the log's emptying is tried while readers are at work. Each try waits for them as
	// long as a statement would.
	emptyings = 3
	// rewriteLimit is the size of a database file, in bytes, up to which one deletion rewrites it. Nobody can
	// save while it lasts: one to three seconds at this size.
	rewriteLimit = 256 << 20
)

// NoteRemains notes, in the transaction that deletes somebody's data, that traces may be left in the file. If the
// process is killed, its successor then knows. An error of the deletion is passed on.
func (d *DB) NoteRemains(ctx context.Context, err error) error {
	if err != nil || d.engine != SQLite { // on PostgreSQL all deletions would contend for one row that nobody reads
		return err
	}
	_, err = d.Exec(ctx, `UPDATE compactions SET deletions = deletions + 1 WHERE id = 1`)
	return err
}

// CompactionDue reports whether something was deleted since Overwrite last reached all of the file.
func (d *DB) CompactionDue(ctx context.Context) (due bool, err error) {
	if d.engine != SQLite {
		return false, nil
	}
	err = d.QueryRow(ctx, `SELECT deletions > compacted FROM compactions WHERE id = 1`, nil, &due)
	return due, err
}

// NoteCompacted notes that so many deletions have left no traces. What was deleted after they were counted stays due,
// and a later count by another process stands.
func (d *DB) NoteCompacted(ctx context.Context, deletions int64) error {
	return d.InTx(ctx, func(tx *DB) error {
		_, err := tx.Exec(ctx, `UPDATE compactions SET compacted = $1 WHERE id = 1 AND compacted < $1`, deletions)
		return err
	})
}

// Overwrite removes what deleted rows leave in the files, and reports how far that went. Call it after the deletion's
// transaction. What hinders it is part of the result: the rows are gone in any case.
//
// On SQLite secure_delete has zeroed the rows and the free pages by then. But where a page was once split, a copy of
// the part that moved may remain in the unused middle of the old page. Nothing zeroes that except rewriting the file
// (VACUUM). The write-ahead log, which holds the old pages, is then emptied, except for the note that this was done.
func (d *DB) Overwrite(ctx context.Context) model.Erasure {
	if d.engine != SQLite {
		return model.Erasure{Reach: model.ErasedOnServer}
	}
	deletions, size, err := d.waiting(ctx)
	if err == nil && size <= rewriteLimit {
		_, err = d.writes.ExecContext(ctx, `VACUUM`)
	}
	emptied, logErr := d.emptyLog(ctx)
	erasure := model.Erasure{Reach: model.ErasedRows, Problem: errors.Join(err, logErr)}
	if erasure.Problem == nil && emptied && size <= rewriteLimit {
		erasure.Reach = model.ErasedFromFile
		erasure.Problem = d.NoteCompacted(ctx, deletions)
	}
	return erasure
}

// waiting counts the deletions up to now, and returns the size of the file in bytes.
func (d *DB) waiting(ctx context.Context) (deletions, size int64, err error) {
	err = d.writes.QueryRowContext(ctx, `SELECT deletions, page_count * page_size
		FROM compactions, pragma_page_count, pragma_page_size`).Scan(&deletions, &size)
	return deletions, size, err
}

// emptyLog moves the write-ahead log into the database file and reports whether that was done: readers at
// work can prevent it.
func (d *DB) emptyLog(ctx context.Context) (bool, error) {
	for try := range emptyings {
		var busy, logged, moved int
		err := d.writes.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &logged, &moved)
		if err != nil && !shouldRetry(err) {
			return false, err
		}
		if err == nil && busy == 0 {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(time.Duration(try+1) * 20 * time.Millisecond):
		}
	}
	return false, nil
}
