package storetest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync/atomic"
	"testing"

	"github.com/mattn/go-sqlite3"

	"whetstone/internal/database"
	"whetstone/internal/store"
)

// Counted opens a store on SQLite that counts its statements, and returns the count so far.
func Counted(t *testing.T) (counted *store.Store, statements func() int) {
	t.Helper()
	path, _ := database.SQLitePath(MigratedAddress(t))
	connector := &countedConnector{location: "file:" + path + "?_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on"}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(4)
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return store.Over(database.New(database.SQLite, pool, pool)), func() int { return int(connector.count.Load()) }
}

// countedConnector opens connections that count what is asked of them together.
type countedConnector struct {
	location string
	count    atomic.Int64
}

// Connect implements driver.Connector.
func (c *countedConnector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(c.location)
	if err != nil {
		return nil, err
	}
	return &countedConnection{opened.(*sqlite3.SQLiteConn), &c.count}, nil
}

// Driver implements driver.Connector.
func (c *countedConnector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

type countedConnection struct {
	*sqlite3.SQLiteConn
	count *atomic.Int64
}

// QueryContext implements driver.QueryerContext.
func (c *countedConnection) QueryContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Rows, error) {
	c.count.Add(1)
	return c.SQLiteConn.QueryContext(ctx, query, arguments)
}

// ExecContext implements driver.ExecerContext.
func (c *countedConnection) ExecContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Result, error) {
	c.count.Add(1)
	return c.SQLiteConn.ExecContext(ctx, query, arguments)
}
