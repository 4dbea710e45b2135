package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"whetstone/internal/database"
	"whetstone/internal/store"
)

// atDatabase is where the data are; the commands that use them share it.
type atDatabase struct {
	Database         string `default:"sqlite:var/whetstone.db" env:"WHETSTONE_DATABASE" secret:"" placeholder:"ADDRESS" help:"sqlite:PATH or postgres://… (${env}, or in a file that ${env}_FILE names; default ${default})."`
	DatabasePassword string `env:"WHETSTONE_DATABASE_PASSWORD" secret:"" placeholder:"PASSWORD" help:"Password for PostgreSQL, in the place of one in the address (${env}, or better in a file that ${env}_FILE names)."`
}

// AfterApply puts the password into the address. It implements kong's hook.
func (d *atDatabase) AfterApply() error {
	if d.DatabasePassword == "" {
		return nil
	}
	if _, embedded := database.SQLitePath(d.Database); embedded {
		return usageError{errors.New("a password (--database-password) is for PostgreSQL, and the database (--database) is an SQLite file")}
	}
	separator := "?"
	if strings.Contains(d.Database, separator) {
		separator = "&"
	}
	d.Database += separator + "password=" + url.QueryEscape(d.DatabasePassword)
	d.DatabasePassword = ""
	return nil
}

// beginning is atDatabase for the commands that make a database if there is none.
type beginning struct {
	atDatabase
	BeginInEmpty bool `env:"WHETSTONE_BEGIN_IN_EMPTY" help:"Begin an SQLite database also in a file that is there and empty, as one that was prepared with its owner and permissions (${env}). Without it such a file is taken for a database that was lost."`
}

// open opens the database and brings its schema up to date.
func (d beginning) open(ctx context.Context) (*store.Store, error) {
	if d.BeginInEmpty {
		if err := database.BeginInPrepared(d.Database); err != nil {
			return nil, d.unusable(err)
		}
	}
	opened, err := store.Open(ctx, d.Database)
	if err != nil {
		return nil, d.unusable(err)
	}
	return opened, nil
}

// connect opens the database as it is.
func (d atDatabase) connect(ctx context.Context) (*store.Store, error) {
	opened, err := store.Connect(ctx, d.Database)
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New(`there is no such file; "whetstone serve" and "whetstone migrate" make it`)
	}
	if err != nil {
		return nil, d.unusable(err)
	}
	return opened, nil
}

func (d atDatabase) unusable(err error) error {
	if errors.Is(err, database.ErrDamaged) {
		err = fmt.Errorf("%w%s", err, damaged)
	}
	if errors.Is(err, database.ErrEmpty) {
		err = fmt.Errorf(`%w: restore a backup ("whetstone restore --help"), or delete the file to begin anew; if it was prepared for a new database, give --begin-in-empty once`, err)
	}
	return fmt.Errorf("the database (--database) %s can't be used: %w", withoutPassword(d.Database), err)
}

// damaged says what to do about a damaged file.
const damaged = `; stop the app, keep a copy of the files, and restore a backup ("whetstone restore --help")`

// withoutPassword removes the password from a database address, so that it can be printed.
func withoutPassword(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		scheme, _, _ := strings.Cut(address, ":")
		return scheme + ":…"
	}
	query := parsed.Query()
	for _, name := range []string{"password", "sslpassword"} {
		if query.Has(name) {
			query.Set(name, "xxxxx")
			parsed.RawQuery = query.Encode()
		}
	}
	return parsed.Redacted()
}
