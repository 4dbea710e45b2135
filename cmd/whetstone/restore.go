package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"whetstone/internal/database"
	"whetstone/internal/store"
)

type restoreCommand struct {
	atDatabase
	erasureList
	File  string `arg:"" help:"The backup, as \"whetstone backup\" made it."`
	Force bool   `help:"Overwrite the database that is there."`
}

// erasureList is where deletions are listed; serve and restore share it.
type erasureList struct {
	ErasureList string `env:"WHETSTONE_ERASURE_LIST" placeholder:"PATH" help:"File that lists what was deleted, as hashes, so that a restored backup doesn't bring it back (${env}; default: beside an SQLite database, its name with .erasures; none for PostgreSQL)."`
}

// list names the list of a database's deletions.
func (l erasureList) list(address string) *store.ErasureList {
	path := l.ErasureList
	if file, embedded := database.SQLitePath(address); path == "" && embedded {
		path = file + ".erasures"
	}
	return store.NewErasureList(path)
}

// Help implements kong's HelpProvider.
func (restoreCommand) Help() string {
	return `The backup is copied and checked first; whatever is wrong with it, the database stays as it is. Stop the
app before: a database that a running process has open is not replaced.

What people deleted after the backup was taken is deleted again before the database is put in place. The app
lists deletions in a file beside the database, as hashes of random ids: copy it to where the backups are
whenever you like, and give it with --erasure-list if the one beside the database is lost.

Everything else is as it was when the backup was taken: answers saved since are gone, and sessions that were
ended, recovery keys that were replaced and links that were revoked since then are valid again. Reviews that
mentors have taken back since are there again, for the managers to read, and whoever has left a team since is
in it again: tell people, so that they can take back and leave once more. What was published about teams since
then is forgotten too, by the gate that protects their members as well: close no cycle a second time whose
figures people have seen.

On PostgreSQL use pg_restore, and let "whetstone serve" have the erasure list (--erasure-list): at its start it
carries out what the database has forgotten.`
}

// Run restores a backup.
func (c restoreCommand) Run(ctx context.Context, to output) error {
	path, embedded := database.SQLitePath(c.Database)
	if !embedded {
		return usageError{fmt.Errorf(`the database (--database) %s is no SQLite file: use pg_restore; "whetstone serve" then carries out the deletions of its --erasure-list`, withoutPassword(c.Database))}
	}
	restored, err := store.Restoration{From: c.File, To: path, Force: c.Force, List: c.list(c.Database)}.
		Run(ctx, progressOn(to.errors, "Restoring"))
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s exists (--database): to overwrite what is in it, give --force", path)
	case errors.Is(err, database.ErrInUse):
		return fmt.Errorf("%s (--database) can't be replaced: %w", path, err)
	case err != nil:
		return fmt.Errorf("nothing was restored: %w", err)
	}
	_, err = fmt.Fprintf(to.out, "Restored %d rows of %d tables, and checked them.\n%s\n", restored.Counts.Rows(), len(restored.Counts), again(restored))
	return err
}

// again says what was deleted again.
func again(restored store.Restored) string {
	if restored.Erasures == 0 {
		return "No deletions are listed (--erasure-list): what people deleted since the backup, if anything, is back."
	}
	held := restored.Replayed
	return fmt.Sprintf("Of %d listed %s, the backup still held %d %s, %d single %s, %d single %s, %d single %s, %d single %s and %d single %s: deleted again.",
		restored.Erasures, plural(restored.Erasures, "deletion"), held.Managers, plural(held.Managers, "manager"),
		held.Assessments, plural(held.Assessments, "assessment"), held.Commitments, plural(held.Commitments, "commitment"),
		held.Proposals, plural(held.Proposals, "proposal"), held.Entries, entries(held.Entries),
		held.Maps, plural(held.Maps, "depth map"))
}

// entries names entries of people's logs, so many.
func entries(count int) string {
	if count == 1 {
		return "log entry"
	}
	return "log entries"
}
