package main

import (
	"context"
	"errors"
	"fmt"

	"whetstone/internal/database"
)

type migrateCommand struct {
	beginning
	Status bool `help:"Change nothing; say which version the schema has and which migrations are pending. The exit status is 1 if any are."`
}

// Run brings the schema up to date, or prints how far it has come.
func (c migrateCommand) Run(ctx context.Context, to output) (err error) {
	if c.Status {
		return c.status(ctx, to)
	}
	opened, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	found, err := opened.Migrations(ctx)
	if err != nil {
		return c.unusable(err)
	}
	return printVersion(to, found)
}

func (c migrateCommand) status(ctx context.Context, to output) (err error) {
	connected, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, connected.Close()) }()
	found, err := connected.Migrations(ctx)
	if err != nil {
		return c.unusable(err)
	}
	if err := printVersion(to, found); err != nil {
		return err
	}
	for _, name := range found.Pending {
		if _, err := fmt.Fprintln(to.out, "Pending: "+name); err != nil {
			return err
		}
	}
	if count := len(found.Pending); count > 0 {
		return fmt.Errorf(`%d %s pending: run "whetstone migrate"`, count, plural(count, "migration"))
	}
	return nil
}

func printVersion(to output, found database.Migrations) error {
	newer := ""
	if found.Version > found.Known {
		newer = ", by a newer program"
	}
	_, err := fmt.Fprintf(to.out, "The schema has version %d%s; this program knows %d.\n", found.Version, newer, found.Known)
	return err
}
