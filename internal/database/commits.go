package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/mattn/go-sqlite3"
)

// largestBatch bounds how many units of work share a commit, and so how long the first waits for the last.
const largestBatch = 64

// commits is the queue that all transactions of an SQLite database pass through. A durable commit waits for the disk,
// which takes many times as long as the statements of a save. So one goroutine, the writer, opens a transaction, lets
// the waiting callers work in it one after another, commits once for all of them, and only then lets them return. It
// never waits for more callers: those who arrive during a commit are in the next one.
//
// Each unit of work has a savepoint, so that a failing one fails alone. It runs on the goroutine of its
// caller, which keeps a panic, or the end of the goroutine, where it belongs.
type commits struct {
	// writes is a pool of one connection. The writer borrows it for one transaction at a time: what can't run inside a
	// transaction, such as VACUUM, runs between two of them.
	writes *sql.DB
	// waiting has no buffer: callers queue in order of arrival, and one whose context ends just leaves.
	waiting chan *unit
	// mutex guards closed, after which nobody is added to callers.
	mutex   sync.Mutex
	closed  bool
	callers sync.WaitGroup
	ended   chan struct{}
	// told, if set, is called after each commit with the number of units of work that shared it.
	told atomic.Pointer[func(units int)]
}

// unit is one caller's work on its way through the queue. The caller and the writer meet in its channels.
type unit struct {
	ctx context.Context
	// turn has no buffer, so that both sides agree on whether the work began, even if the context ends at that moment.
	turn chan turn
	// worked says that the work is over; its error is one that broke the whole transaction.
	worked chan error
	// committed says what became of the transaction.
	committed chan error
}

// turn is either the connection, inside the transaction, or why there is no transaction.
type turn struct {
	connection *sql.Conn
	err        error
}

var (
	errClosed = errors.New("store: closed")
	// errUndone is the error of work that was undone because other work broke their shared transaction. It is to be
	// tried again.
	errUndone = errors.New("store: undone with the transaction that it shared")
	// errUnfinished stands for the outcome of work that panics or ends its goroutine.
	errUnfinished = errors.New("store: the work did not return")
)

// startCommits starts the writer.
func startCommits(writes *sql.DB) *commits {
	c := &commits{writes: writes, waiting: make(chan *unit), ended: make(chan struct{})}
	go c.write()
	return c
}

// close lets all waiting callers finish, and ends the writer.
func (c *commits) close() {
	c.mutex.Lock()
	already := c.closed
	c.closed = true
	c.mutex.Unlock()
	c.callers.Wait()
	if !already {
		close(c.waiting)
	}
	<-c.ended
}

// WhenCommitted has tell called after each commit of an SQLite database, with how many units of work shared it.
// Everybody who is saving waits for tell, too, so it has to be quick. PostgreSQL groups commits by itself and doesn't
// report it.
func (d *DB) WhenCommitted(tell func(units int)) {
	if d.commits != nil {
		d.commits.told.Store(&tell)
	}
}

// enter reports whether a caller may enter. One who may has to call callers.Done afterwards.
func (c *commits) enter() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if !c.closed {
		c.callers.Add(1)
	}
	return !c.closed
}

// do runs work in a savepoint of a shared transaction, and returns after its commit. If the context ends before the
// work has returned, it fails; after that the context no longer matters.
func (c *commits) do(ctx context.Context, work func(runner) error) error {
	if !c.enter() {
		return errClosed
	}
	defer c.callers.Done()
	if err := ctx.Err(); err != nil {
		return err
	}
	u := &unit{ctx: ctx, turn: make(chan turn), worked: make(chan error, 1), committed: make(chan error, 1)}
	select {
	case c.waiting <- u:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case given := <-u.turn:
		if given.err != nil {
			return given.err
		}
		return u.run(given.connection, work)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run does the work and waits for the commit. Even work that failed waits: its error may depend on what others wrote
// in the same transaction, which nobody may see before the commit.
func (u *unit) run(connection *sql.Conn, work func(runner) error) (err error) {
	point := &savepoint{connection: connection}
	if err := point.execute(`SAVEPOINT unit`); err != nil {
		u.worked <- err
		<-u.committed
		return err
	}
	err = errUnfinished
	defer func() {
		broken := point.end(err == nil)
		if broken != nil && err == nil {
			err = broken
		}
		u.worked <- broken
		if undone := <-u.committed; err == nil {
			err = undone
		}
	}()
	err = work(point)
	if err == nil {
		err = u.ctx.Err()
	}
	return err
}

// offer gives a caller its turn, and reports whether the caller was still there to take it.
func (u *unit) offer(given turn) bool {
	select {
	case u.turn <- given:
		return true
	case <-u.ctx.Done():
		return false
	}
}

// write commits what waits until close.
func (c *commits) write() {
	defer close(c.ended)
	for first := range c.waiting {
		c.transaction(first)
	}
}

// next returns the caller that has waited longest, nil if none is waiting.
func (c *commits) next() *unit {
	select {
	case u := <-c.waiting:
		return u
	default:
		return nil
	}
}

// transaction does the work of first, and of those who wait by then, in one transaction.
func (c *commits) transaction(first *unit) {
	connection, err := c.begin()
	if err != nil {
		// Another process may hold the file, and each further try would wait as long as this one did.
		for u, told := first, 1; u != nil; u, told = c.next(), told+1 {
			u.offer(turn{err: err})
			if told == largestBatch {
				return
			}
		}
		return
	}
	var batch []*unit
	for u := first; u != nil; u = c.next() {
		if !u.offer(turn{connection: connection}) {
			continue
		}
		batch = append(batch, u)
		if broken := <-u.worked; broken != nil {
			// SQLite undoes a whole transaction when the disk fails or is full. Those still waiting get another one.
			err = fmt.Errorf("%w: %w", errUndone, broken)
			break
		}
		if len(batch) == largestBatch {
			break
		}
	}
	if err == nil {
		_, err = connection.ExecContext(context.Background(), `COMMIT`)
	}
	if tell := c.told.Load(); tell != nil && err == nil {
		(*tell)(len(batch)) // before its callers return, so that a caller who has saved finds it counted
	}
	release(connection)
	for _, u := range batch {
		u.committed <- err
	}
}

// begin borrows the connection and opens a transaction.
func (c *commits) begin() (*sql.Conn, error) {
	connection, err := c.writes.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	if _, err := connection.ExecContext(context.Background(), `BEGIN IMMEDIATE`); err != nil {
		release(connection)
		return nil, err
	}
	return connection, nil
}

// release gives the connection back, without a transaction: one that is still open is rolled back, and if
// that fails the connection is closed, and the pool opens another.
func release(connection *sql.Conn) {
	if inTransaction(connection) {
		_, _ = connection.ExecContext(context.Background(), `ROLLBACK`)
	}
	if inTransaction(connection) {
		_ = connection.Raw(func(any) error { return driver.ErrBadConn })
	}
	_ = connection.Close()
}

// inTransaction asks the engine. It is the only way to know: some errors end a transaction, others don't.
func inTransaction(connection *sql.Conn) (open bool) {
	_ = connection.Raw(func(raw any) error {
		engine, known := raw.(*sqlite3.SQLiteConn)
		open = known && !engine.AutoCommit()
		return nil
	})
	return open
}

// savepoint runs the statements of one unit of work.
type savepoint struct {
	connection *sql.Conn
	ended      atomic.Bool
}

// end keeps or undoes the work. An error has broken the whole transaction.
func (p *savepoint) end(keep bool) error {
	p.ended.Store(true)
	if keep {
		return p.execute(`RELEASE unit`)
	}
	return p.execute(`ROLLBACK TO unit; RELEASE unit`)
}

func (p *savepoint) execute(statement string) error {
	_, err := p.connection.ExecContext(context.Background(), statement)
	return err
}

// ready refuses three kinds of statement: one whose caller has gone, one after the work's end, which would end up in
// someone else's work, and one after an error that ended the transaction, which would be committed by itself.
func (p *savepoint) ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if p.ended.Load() || !inTransaction(p.connection) {
		return sql.ErrTxDone
	}
	return nil
}

// ExecContext runs a statement. It isn't interrupted when the context ends: SQLite would undo the whole transaction,
// including what others have done.
func (p *savepoint) ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error) {
	if err := p.ready(ctx); err != nil {
		return nil, err
	}
	return p.connection.ExecContext(context.WithoutCancel(ctx), query, arguments...)
}

// QueryContext runs a query; for its context see ExecContext.
func (p *savepoint) QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error) {
	if err := p.ready(ctx); err != nil {
		return nil, err
	}
	return p.connection.QueryContext(context.WithoutCancel(ctx), query, arguments...)
}

// Ungrouped returns the same database with one commit per transaction, as the baseline that grouping is measured
// against.
func (d *DB) Ungrouped() *DB {
	return &DB{engine: d.engine, reads: d.reads, writes: d.writes, run: d.run}
}
