// Package database holds the two engines, SQLite (the embedded default) and PostgreSQL, and everything that doesn't
// depend on what is in them: connections, retried transactions, grouped commits, migrations, backups, restoring,
// copying, compaction. The same portable SQL serves both; only the migrations are written per engine. Package store
// knows what the rows mean.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/mattn/go-sqlite3"

	"whetstone/internal/model"
)

// Engine names a database engine.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// DB is the database, or one transaction of it (inside InTx). It is safe for concurrent use,
// other than inside InTx.
type DB struct {
	engine Engine
	// reads and writes are pools of connections; nil inside a transaction. For SQLite, writes holds
	// exactly one connection, since writers that compete for the file starve each other.
	reads, writes *sql.DB
	// commits groups the transactions of SQLite; nil for PostgreSQL and inside a transaction.
	commits *commits
	// run executes statements: the pool of readers, or the transaction.
	run runner
}

// New returns a database over two pools.
func New(engine Engine, reads, writes *sql.DB) *DB {
	return &DB{engine: engine, reads: reads, writes: writes, run: reads}
}

// over is the database as one transaction or one connection sees it.
func (d *DB) over(run runner) *DB {
	return &DB{engine: d.engine, run: run}
}

// runner is what *sql.DB, *sql.Tx and *savepoint have in common.
type runner interface {
	ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
}

// Open opens the database at address, "sqlite:PATH" or "postgres://…", makes the folder of an embedded one, and
// brings its schema up to date. An unreadable address, a folder that can't be written, or a server that can't be
// reached is an error fit for an operator to see.
func Open(ctx context.Context, address string) (*DB, error) {
	opened, err := connect(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := opened.Migrate(ctx); err != nil {
		_ = opened.Close() // the error says what keeps it from being opened
		return nil, refusal(err)
	}
	return opened, nil
}

// Connect opens the database at address as it is: it neither creates an embedded one nor changes a schema. Its
// errors are fit for an operator to see.
func Connect(ctx context.Context, address string) (*DB, error) {
	if path, embedded := SQLitePath(address); embedded && path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	return connect(ctx, address)
}

// SQLitePath returns the path of an embedded database's file, and reports whether the address names one.
func SQLitePath(address string) (path string, embedded bool) {
	return strings.CutPrefix(address, "sqlite:")
}

// connect opens the database, and makes the file of an embedded one.
func connect(ctx context.Context, address string) (*DB, error) {
	var opened *DB
	var err error
	switch scheme, rest, _ := strings.Cut(address, ":"); scheme {
	case "sqlite":
		opened, err = openSQLite(rest)
	case "postgres", "postgresql":
		opened, err = openPostgreSQL(address)
	default:
		return nil, errors.New(`it must begin with "sqlite:" or "postgres://"`)
	}
	if err != nil {
		return nil, err
	}
	// When several connections open a new file at once, SQLite lets one turn on the write-ahead log and immediately
	// tells the others that the file is locked.
	err = opened.retried(ctx, func() error { return opened.writes.PingContext(ctx) })
	if path, embedded := SQLitePath(address); err == nil && embedded {
		err = hasBegun(path)
	}
	if err != nil {
		_ = opened.Close() // the error says what keeps it from being opened
		return nil, refusal(OneLine(err))
	}
	return opened, nil
}

func openSQLite(path string) (*DB, error) {
	if path == "" || path == ":memory:" || strings.ContainsAny(path, "?#") {
		return nil, errors.New(`after "sqlite:" comes the path of a file, without "?" or "#"`)
	}
	// SQLite gives a relative name a meaning of its own where it begins like a URI.
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := MakeFolder(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("its folder can't be made: %w", err)
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	if err := keepTemporariesBeside(path); err != nil {
		return nil, err
	}
	// secure_delete overwrites what is deleted, so that an erased answer is not left in free pages. No mutex: a pool
	// hands each connection to one goroutine at a time, and SQLite locks one at each of its steps otherwise.
	location := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_mutex=no&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=on&_secure_delete=on&_cache_size=-4000&_stmt_cache_size=64"
	writes, err := sql.Open("sqlite3", location+"&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	writes.SetMaxOpenConns(1)
	reads, err := sql.Open("sqlite3", location+"&_query_only=1")
	if err != nil {
		return nil, err
	}
	reads.SetMaxOpenConns(4)
	reads.SetMaxIdleConns(4)
	opened := New(SQLite, reads, writes)
	opened.commits = startCommits(writes)
	return opened, nil
}

func openPostgreSQL(address string) (*DB, error) {
	configuration, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	// If an operator has made serializable the default, every read of a page would be a transaction that the database
	// may refuse. A single statement sees one state of the data anyway, and what needs more asks for it. A pooler may
	// still pass the statement to another connection, though, and PostgreSQL's relatives refuse reads too, so a single
	// read is retried (rows).
	pool := stdlib.OpenDB(*configuration, stdlib.OptionAfterConnect(func(ctx context.Context, connection *pgx.Conn) error {
		_, err := connection.Exec(ctx, `SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED`)
		return err
	}))
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return New(PostgreSQL, pool, pool), nil
}

// Engine returns which engine holds the data.
func (d *DB) Engine() Engine { return d.engine }

// Close closes the database cleanly, after the transactions that are waiting. On SQLite the last connection to close
// checkpoints the write-ahead log into the file, and so the writer goes last.
func (d *DB) Close() error {
	if d.commits != nil {
		d.commits.close()
	}
	if d.reads == d.writes {
		return d.reads.Close()
	}
	return errors.Join(d.reads.Close(), d.writes.Close())
}

// attempts bounds how often a transaction that conflicts with another one is retried. On PostgreSQL, when a crowd
// changes one row, only one gets through at a time, across all processes: this has to suffice for a whole department.
var attempts = map[Engine]int{SQLite: 10, PostgreSQL: 50}

// longestPause bounds how long a transaction waits before it is tried again.
const longestPause = 100 * time.Millisecond

// InTx runs work in one transaction: all of it is kept, durably, when InTx returns nil, and none of it otherwise.
// Where the database asks for another try, work runs again, so it must touch nothing but the DB that it is given. If
// the context ends before work has returned, the work is undone; after that the result says what became of it,
// whatever the context.
func (d *DB) InTx(ctx context.Context, work func(*DB) error) error {
	if d.writes == nil {
		return errors.New("store: a transaction inside a transaction")
	}
	return d.retried(ctx, func() error { return d.inTxOnce(ctx, work) })
}

// retried runs a transaction, again for as long as the database asks for another try.
func (d *DB) retried(ctx context.Context, once func() error) error {
	return d.retriedWhere(ctx, shouldRetry, once)
}

// retriedWhere runs something again for as long as its error allows that.
func (d *DB) retriedWhere(ctx context.Context, again func(error) bool, once func() error) error {
	for attempt := 1; ; attempt++ {
		err := once()
		if err == nil || attempt >= attempts[d.engine] || !again(err) {
			return Unreachable(ctx, err)
		}
		// The jitter keeps two conflicting transactions from colliding again.
		pause := time.Duration(rand.Int64N(int64(min(time.Duration(attempt)*5*time.Millisecond, longestPause))))
		select {
		case <-ctx.Done():
			return Unreachable(ctx, errors.Join(err, ctx.Err()))
		case <-time.After(pause):
		}
	}
}

func (d *DB) inTxOnce(ctx context.Context, work func(*DB) error) (err error) {
	if d.commits != nil {
		return d.commits.do(ctx, func(run runner) error { return work(d.over(run)) })
	}
	options := &sql.TxOptions{}
	if d.engine == PostgreSQL {
		options.Isolation = sql.LevelSerializable
	}
	transaction, err := d.writes.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	// A rollback after a commit does nothing; after a failure or a panic it frees the connection.
	defer func() { _ = transaction.Rollback() }()
	if err := work(d.over(transaction)); err != nil {
		return err
	}
	return transaction.Commit()
}

// InSnapshot runs several reads on one state of the database, so that what is finished or deleted between two of them
// doesn't make them inconsistent. Inside a transaction they are consistent anyway. PostgreSQL's relatives, and its
// standbys, refuse even reads that conflict with a write. Then read runs again, so it must assign its results, never
// append to them.
func (d *DB) InSnapshot(ctx context.Context, read func(*DB) error) error {
	if d.reads == nil {
		return read(d)
	}
	return d.retried(ctx, func() error { return d.inSnapshotOnce(ctx, read) })
}

func (d *DB) inSnapshotOnce(ctx context.Context, read func(*DB) error) error {
	options := &sql.TxOptions{}
	if d.engine == PostgreSQL {
		options.Isolation, options.ReadOnly = sql.LevelRepeatableRead, true
	}
	transaction, err := d.reads.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer func() { _ = transaction.Rollback() }()
	return read(d.over(transaction))
}

// shouldRetry reports whether a transaction failed only because of what another one did at the time, and was undone:
// it conflicted with the other, deadlocked with it, or waited longer than the operator allows.
func shouldRetry(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "40001" || e.Code == "40P01" || e.Code == "55P03"
	}
	if errors.Is(err, errUndone) {
		return true
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked
	}
	return false
}

// shouldReadAgain is shouldRetry for a single read, which can also be repeated when nobody knows whether it was done.
func shouldReadAgain(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "40003" {
		return true
	}
	return shouldRetry(err)
}

// rows begins to read. A single read that PostgreSQL refuses is retried, since it has returned no row yet; inside a
// transaction the whole transaction is retried.
func (d *DB) rows(ctx context.Context, query string, arguments []any) (rows *sql.Rows, err error) {
	if d.reads == nil || d.engine != PostgreSQL {
		rows, err = d.run.QueryContext(ctx, d.rebind(query), arguments...)
		return rows, Unreachable(ctx, err)
	}
	err = d.retriedWhere(ctx, shouldReadAgain, func() (err error) {
		rows, err = d.run.QueryContext(ctx, query, arguments...)
		return err
	})
	return rows, err
}

// Exec runs a statement and returns how many rows it changed.
func (d *DB) Exec(ctx context.Context, query string, arguments ...any) (int64, error) {
	result, err := d.run.ExecContext(ctx, d.rebind(query), arguments...)
	if err != nil {
		return 0, Unreachable(ctx, err)
	}
	return result.RowsAffected()
}

// Query runs a query and passes each row to scan, in order.
func (d *DB) Query(ctx context.Context, scan func(row func(...any) error) error, query string, arguments ...any) error {
	rows, err := d.rows(ctx, query, arguments)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return err
		}
	}
	return Unreachable(ctx, rows.Err())
}

// QueryRow reads one row; none is model.ErrNotFound.
func (d *DB) QueryRow(ctx context.Context, query string, arguments []any, into ...any) error {
	if d.reads != nil && d.engine == SQLite {
		// Only the wait for a connection ends with the context. To watch it while SQLite reads a row takes a goroutine, and
		// as long as to read the row.
		connection, err := d.reads.Conn(ctx)
		if err != nil {
			return Unreachable(ctx, err)
		}
		defer func() { _ = connection.Close() }()
		d, ctx = d.over(connection), context.WithoutCancel(ctx)
	}
	rows, err := d.rows(ctx, query, arguments)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return Unreachable(ctx, err)
		}
		return model.ErrNotFound
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	return Unreachable(ctx, rows.Close())
}

// rebind turns $1 into ?1 for SQLite, which takes a plain $1 as a name and binds it by first appearance. No statement
// of ours holds a "$" in a literal.
func (d *DB) rebind(query string) string {
	if d.engine == SQLite {
		return strings.ReplaceAll(query, "$", "?")
	}
	return query
}
