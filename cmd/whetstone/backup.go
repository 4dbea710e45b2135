package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"whetstone/internal/database"
)

type backupCommand struct {
	atDatabase
	File string `arg:"" help:"The file to make; one that exists is not overwritten."`
}

// Help implements kong's HelpProvider.
func (backupCommand) Help() string {
	return `The backup is taken while the app serves. It shows the moment at which it began, is checked as a whole
(structure, references, number of rows in each table), and gets its name only then, so that a file of that
name is a good backup. It can be read by its owner alone.

Keep with it, but in another place than the database: the secret file, and the erasure list (see "whetstone
restore --help"), which goes on growing after the backup.

For a database on PostgreSQL use pg_dump: it knows more about the server than this program does.`
}

// Run takes a backup.
func (c backupCommand) Run(ctx context.Context, to output) (err error) {
	connected, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, connected.Close()) }()
	counts, err := connected.Backup(ctx, c.File, progressOn(to.errors, "Backing up"))
	switch {
	case errors.Is(err, database.ErrNoFile):
		return usageError{fmt.Errorf("%w; use pg_dump", database.ErrNoFile)}
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s exists: name another file, or remove that one", c.File)
	case err != nil:
		return fmt.Errorf("no backup was made: %w", err)
	}
	_, err = fmt.Fprintf(to.out, "Backed up %d rows of %d tables, and checked them.\n", counts.Rows(), len(counts))
	return err
}
