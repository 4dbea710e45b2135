package storetest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"testing"

	"github.com/mattn/go-sqlite3"

	"whetstone/internal/database"
	"whetstone/internal/store"
)

// Watched opens a store on the SQLite file at an address. Each statement is told before it runs, by whichever goroutine
// runs it, and fails with the error that this returns, if any.
func Watched(t *testing.T, address string, told func() error) *store.Store {
	t.Helper()
	path, _ := database.SQLitePath(address)
	pool := sql.OpenDB(watchedConnector{"file:" + path + "?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on", told})
	pool.SetMaxOpenConns(4)
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return store.Over(database.New(database.SQLite, pool, pool))
}

// watchedConnector opens connections that tell what is asked of them.
type watchedConnector struct {
	location string
	told     func() error
}

// Connect implements driver.Connector.
func (c watchedConnector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(c.location)
	if err != nil {
		return nil, err
	}
	return &watchedConnection{opened.(*sqlite3.SQLiteConn), c.told}, nil
}

// Driver implements driver.Connector.
func (watchedConnector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

type watchedConnection struct {
	*sqlite3.SQLiteConn
	told func() error
}

// QueryContext implements driver.QueryerContext.
func (c *watchedConnection) QueryContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Rows, error) {
	if err := c.told(); err != nil {
		return nil, err
	}
	return c.SQLiteConn.QueryContext(ctx, query, arguments)
}

// ExecContext implements driver.ExecerContext.
func (c *watchedConnection) ExecContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Result, error) {
	if err := c.told(); err != nil {
		return nil, err
	}
	return c.SQLiteConn.ExecContext(ctx, query, arguments)
}
