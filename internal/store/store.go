// Package store keeps everything that must outlive the process, in SQLite (the embedded default) or
// PostgreSQL. One portable SQL text serves both; only the migrations are written per engine. Who owns
// a row stands in the SQL itself.
package store

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

// Store is the database, or one transaction of it (inside InTx). It is safe for concurrent use,
// other than inside InTx.
type Store struct {
	// erasures is the file that what is deleted is listed in, if there is one.
	erasures *ErasureList
	engine   Engine
	// reads and writes are pools of connections; nil inside a transaction. For SQLite, writes holds
	// exactly one connection, since writers that compete for the file starve each other.
	reads, writes *sql.DB
	// commits groups the transactions of SQLite; nil for PostgreSQL and inside a transaction.
	commits *commits
	// run executes statements: the pool of readers, or the transaction.
	run runner
	// decoded remembers what never changes.
	decoded *decoded
}

// newStore is a store over two pools.
func newStore(engine Engine, reads, writes *sql.DB) *Store {
	return &Store{engine: engine, reads: reads, writes: writes, run: reads, decoded: &decoded{}}
}

// over is the store as one transaction or one connection sees it.
func (s *Store) over(run runner) *Store {
	return &Store{engine: s.engine, run: run, decoded: s.decoded}
}

// runner is what *sql.DB, *sql.Tx and *savepoint have in common.
type runner interface {
	ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
}

// Open opens the database at address, "sqlite:PATH" or "postgres://…", makes the folder of an
// embedded one, and brings its schema up to date. An address that it can't read, a folder that can't
// be written and a server that can't be reached are errors fit to be shown to an operator.
func Open(ctx context.Context, address string) (*Store, error) {
	opened, err := connect(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := opened.Migrate(ctx); err != nil {
		_ = opened.Close() // what keeps it from being opened is said
		return nil, refusal(err)
	}
	return opened, nil
}

// Connect opens the database at address as it is: it neither makes an embedded one nor changes a schema.
// Its errors are fit to be shown to an operator.
func Connect(ctx context.Context, address string) (*Store, error) {
	if path, embedded := SQLitePath(address); embedded && path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	return connect(ctx, address)
}

// SQLitePath gives the path of an embedded database's file, and tells whether the address names one.
func SQLitePath(address string) (path string, embedded bool) {
	return strings.CutPrefix(address, "sqlite:")
}

// connect opens the database, and makes the file of an embedded one.
func connect(ctx context.Context, address string) (*Store, error) {
	var opened *Store
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
	// Of several that open a new file at once, SQLite lets one turn on the write-ahead log and tells the others,
	// without waiting, that it is locked.
	err = opened.retried(ctx, func() error { return opened.writes.PingContext(ctx) })
	if path, embedded := SQLitePath(address); err == nil && embedded {
		err = hasBegun(path)
	}
	if err != nil {
		_ = opened.Close() // what keeps it from being opened is said
		return nil, refusal(oneLine(err))
	}
	return opened, nil
}

func openSQLite(path string) (*Store, error) {
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
	// secure_delete overwrites what is deleted, so that an erased answer is not left in free pages.
	location := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=on&_secure_delete=on&_cache_size=-4000&_stmt_cache_size=64"
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
	opened := newStore(SQLite, reads, writes)
	opened.commits = startCommits(writes)
	return opened, nil
}

func openPostgreSQL(address string) (*Store, error) {
	configuration, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	// Where an operator has made serializable the default, each read of a page would be a transaction that the
	// database may refuse. A single statement sees one state of the data anyway, and what needs more asks for it.
	// A pooler between may give the statement to another connection, though, and PostgreSQL's relatives refuse reads
	// too: so a single read is tried again (rows).
	pool := stdlib.OpenDB(*configuration, stdlib.OptionAfterConnect(func(ctx context.Context, connection *pgx.Conn) error {
		_, err := connection.Exec(ctx, `SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED`)
		return err
	}))
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(16)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return newStore(PostgreSQL, pool, pool), nil
}

// Engine tells which engine holds the data.
func (s *Store) Engine() Engine { return s.engine }

// Close closes the database cleanly, after the transactions that wait for their turn. On SQLite the last
// connection to close checkpoints the write-ahead log into the file, and so the writer goes last.
func (s *Store) Close() error {
	if s.commits != nil {
		s.commits.close()
	}
	if s.reads == s.writes {
		return s.reads.Close()
	}
	return errors.Join(s.reads.Close(), s.writes.Close())
}

// attempts bounds how often a transaction that met another one is tried again. On PostgreSQL, of a crowd that
// changes one row only one gets through at a time, whatever process it comes by: a whole department has to.
var attempts = map[Engine]int{SQLite: 10, PostgreSQL: 50}

// longestPause bounds how long a transaction waits before it is tried again.
const longestPause = 100 * time.Millisecond

// InTx runs work in one transaction: all of it is kept, durably, when InTx returns nil, and none of
// it otherwise. Where the database asks for another try, work runs again, so it must touch nothing
// but the Store that it is given. A context that ends before work has returned undoes it; after that the
// answer says what became of it, whatever the context.
func (s *Store) InTx(ctx context.Context, work func(*Store) error) error {
	if s.writes == nil {
		return errors.New("store: a transaction inside a transaction")
	}
	return s.retried(ctx, func() error { return s.inTxOnce(ctx, work) })
}

// retried runs a transaction, again for as long as the database asks for another try.
func (s *Store) retried(ctx context.Context, once func() error) error {
	return s.retriedWhere(ctx, shouldRetry, once)
}

// retriedWhere runs something again for as long as its error allows that.
func (s *Store) retriedWhere(ctx context.Context, again func(error) bool, once func() error) error {
	for attempt := 1; ; attempt++ {
		err := once()
		if err == nil || attempt >= attempts[s.engine] || !again(err) {
			return unreachable(ctx, err)
		}
		// The jitter keeps two transactions that met from meeting again.
		pause := time.Duration(rand.Int64N(int64(min(time.Duration(attempt)*5*time.Millisecond, longestPause))))
		select {
		case <-ctx.Done():
			return unreachable(ctx, errors.Join(err, ctx.Err()))
		case <-time.After(pause):
		}
	}
}

func (s *Store) inTxOnce(ctx context.Context, work func(*Store) error) (err error) {
	if s.commits != nil {
		return s.commits.do(ctx, func(run runner) error { return work(s.over(run)) })
	}
	options := &sql.TxOptions{}
	if s.engine == PostgreSQL {
		options.Isolation = sql.LevelSerializable
	}
	transaction, err := s.writes.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	// A rollback after a commit does nothing; after a failure or a panic it frees the connection.
	defer func() { _ = transaction.Rollback() }()
	if err := work(s.over(transaction)); err != nil {
		return err
	}
	return transaction.Commit()
}

// InSnapshot runs several reads on one state of the database, without keeping anybody from writing. Read may run again,
// so it must set what it gives and add nothing to it.
func (s *Store) InSnapshot(ctx context.Context, read func(*Store) error) error {
	return s.inSnapshot(ctx, read)
}

// inSnapshot runs several reads on one state of the database, so that what is finished or deleted
// between two of them doesn't tear them apart. Inside a transaction they have that already. PostgreSQL's
// relatives, and a reserve of it, refuse reads too where they meet a write: then read runs again, so it must
// set what it gives and add nothing to it.
func (s *Store) inSnapshot(ctx context.Context, read func(*Store) error) error {
	if s.reads == nil {
		return read(s)
	}
	return s.retried(ctx, func() error { return s.inSnapshotOnce(ctx, read) })
}

func (s *Store) inSnapshotOnce(ctx context.Context, read func(*Store) error) error {
	options := &sql.TxOptions{}
	if s.engine == PostgreSQL {
		options.Isolation, options.ReadOnly = sql.LevelRepeatableRead, true
	}
	transaction, err := s.reads.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer func() { _ = transaction.Rollback() }()
	return read(s.over(transaction))
}

// shouldRetry tells whether a transaction failed only because of what another one did at the time, and was undone: it
// met the other, waited for it in turn, or waited for longer than an operator lets it.
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

// shouldReadAgain is shouldRetry for a single read, which does no harm either where nobody knows whether it was done.
func shouldReadAgain(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "40003" {
		return true
	}
	return shouldRetry(err)
}

// rows begins to read. A single read that PostgreSQL refuses is tried again, as it has given no row yet; inside a
// transaction the whole of that is.
func (s *Store) rows(ctx context.Context, query string, arguments []any) (rows *sql.Rows, err error) {
	if s.reads == nil || s.engine != PostgreSQL {
		rows, err = s.run.QueryContext(ctx, s.rebind(query), arguments...)
		return rows, unreachable(ctx, err)
	}
	err = s.retriedWhere(ctx, shouldReadAgain, func() (err error) {
		rows, err = s.run.QueryContext(ctx, query, arguments...)
		return err
	})
	return rows, err
}

// exec runs a statement and tells how many rows it changed.
func (s *Store) exec(ctx context.Context, query string, arguments ...any) (int64, error) {
	result, err := s.run.ExecContext(ctx, s.rebind(query), arguments...)
	if err != nil {
		return 0, unreachable(ctx, err)
	}
	return result.RowsAffected()
}

// query runs a query and hands each row to scan, in order.
func (s *Store) query(ctx context.Context, scan func(row func(...any) error) error, query string, arguments ...any) error {
	rows, err := s.rows(ctx, query, arguments)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return err
		}
	}
	return unreachable(ctx, rows.Err())
}

// queryRow reads one row; none is model.ErrNotFound.
func (s *Store) queryRow(ctx context.Context, query string, arguments []any, into ...any) error {
	rows, err := s.rows(ctx, query, arguments)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return unreachable(ctx, err)
		}
		return model.ErrNotFound
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	return unreachable(ctx, rows.Close())
}

// rebind turns $1 into ?1 for SQLite, which takes a plain $1 for a name and binds it by first
// appearance. No statement of ours holds a "$" in a literal.
func (s *Store) rebind(query string) string {
	if s.engine == SQLite {
		return strings.ReplaceAll(query, "$", "?")
	}
	return query
}

// milliseconds is how a moment is stored; the zero time is NULL.
func milliseconds(moment time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: moment.UnixMilli(), Valid: !moment.IsZero()}
}

// moment reads back what milliseconds wrote.
func moment(stored sql.NullInt64) time.Time {
	if !stored.Valid {
		return time.Time{}
	}
	return time.UnixMilli(stored.Int64).UTC()
}

// date is how a whole day is stored; the zero time is NULL.
func date(day time.Time) sql.NullString {
	return sql.NullString{String: day.Format(model.DateLayout), Valid: !day.IsZero()}
}

// day reads back what date wrote.
func day(stored sql.NullString) (time.Time, error) {
	if !stored.Valid {
		return time.Time{}, nil
	}
	return time.Parse(model.DateLayout, stored.String)
}
