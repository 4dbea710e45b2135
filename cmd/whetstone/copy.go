package main

import (
	"context"
	"errors"
	"fmt"

	"whetstone/internal/database"
	"whetstone/internal/store"
)

type copyCommand struct {
	From string `required:"" env:"WHETSTONE_COPY_FROM" secret:"" placeholder:"ADDRESS" help:"The database to copy: sqlite:PATH or postgres://…; it is not changed (${env}, or in a file that ${env}_FILE names)."`
	To   string `required:"" env:"WHETSTONE_COPY_TO" secret:"" placeholder:"ADDRESS" help:"The database to copy into, which must be empty; an SQLite file is made (${env}, or in a file that ${env}_FILE names)."`
}

// Help implements kong's HelpProvider.
func (copyCommand) Help() string {
	return `Stop the app first: the copy shows one moment, and what is saved after that is not in it. An SQLite database
that a running process has open is refused; on PostgreSQL it is yours to see to.

All rows of all tables are copied in one transaction, then read again from the new database and compared with
the old by number and by hash, table by table; only then is anything kept. Start the app on the new database
with the same --secret-file, so that nobody loses their session, and the same --erasure-list.`
}

// Run copies one database into another.
func (c copyCommand) Run(ctx context.Context, to output) (err error) {
	if path, embedded := database.SQLitePath(c.From); embedded {
		if held, err := database.InUse(path); err == nil && held {
			return fmt.Errorf("a running process has %s (--from) open: stop it first", path)
		}
	}
	from, err := atDatabase{Database: c.From}.connect(ctx)
	if err != nil {
		return c.naming("--from", c.From, errors.Unwrap(err))
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	into, err := store.Create(ctx, c.To)
	if err != nil {
		return c.naming("--to", c.To, err)
	}
	defer func() { err = errors.Join(err, into.Close()) }()
	counts, err := from.CopyTo(ctx, into, progressOn(to.errors, "Copying"))
	if err != nil {
		return fmt.Errorf("nothing was copied: %w", err)
	}
	_, err = fmt.Fprintf(to.out, "Copied %d rows of %d tables; number and hash of each table agree.\n", counts.Rows(), len(counts))
	return err
}

func (copyCommand) naming(flag, address string, err error) error {
	return fmt.Errorf("the database (%s) %s can't be used: %w", flag, withoutPassword(address), err)
}
