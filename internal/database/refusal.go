package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"whetstone/internal/model"
)

// ErrDamaged is a file that SQLite can't read as a database. Opening one reads its header, its size and its
// schema, which takes the same time for any size; damage in the middle of a large file is for CheckIntegrity
// to find, which reads all of it.
var ErrDamaged = errors.New("the file is damaged, or no SQLite database")

// refusal explains to an operator what keeps a database from being opened, where the engine's own message is terse.
func refusal(err error) error {
	e, ok := errors.AsType[sqlite3.Error](err)
	if !ok {
		return err
	}
	switch e.Code {
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case sqlite3.ErrCantOpen, sqlite3.ErrReadonly:
		return fmt.Errorf("this program must be able to write it, and to make files beside it in its folder: %w", err)
	case sqlite3.ErrFull:
		return fmt.Errorf("make room on its disk: %w", err)
	case sqlite3.ErrIoErr:
		return fmt.Errorf("its disk fails (the system's log says more), or is full: %w", err)
	}
	return err
}

// Unreachable marks an error of a database that can't be reached, or can't do its work, just now, or has no room;
// others stay as they are. Code that runs statements passes their errors through it, so that no other code has to know
// both engines' errors.
func Unreachable(ctx context.Context, err error) error {
	switch {
	case err == nil, model.KindOf(err) != model.Internal:
		return err
	case isFull(err):
		return model.NoRoomError(err)
	case passes(ctx, err):
		return model.UnreachableError(err)
	}
	return err
}

// isFull reports whether a database found no room on its disk.
func isFull(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "53100"
	}
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && e.Code == sqlite3.ErrFull
}

// passes reports whether the same request may succeed later, because the trouble passes by itself or an operator deals
// with it.
func passes(ctx context.Context, err error) bool {
	switch {
	case errors.Is(err, context.Canceled):
		return false // the caller has gone
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return true // no connection was free, or no answer came; the messages vary
	case shouldRetry(err), lostConnection(err):
		return true // shouldRetry: it was tried again until that took too long
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slices.Contains(passingCodes, e.Code) || len(e.Code) == 5 && slices.Contains(passingClasses, e.Code[:2])
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return slices.Contains(passingResults, e.Code)
	}
	return false
}

// What PostgreSQL answers when it can't work, by SQLSTATE or by its first two characters.
var (
	passingClasses = []string{
		"08", // the connection
		"53", // no memory, too many connections
		"58", // the operating system, such as its disk
	}
	passingCodes = []string{
		"57014",                   // it took longer than the operator allows
		"57P01", "57P02", "57P03", // it is stopping, has crashed, or is starting
		"40003", // CockroachDB doesn't know whether it was done
		"25006", // it is a standby that has not taken over yet
	}
)

// passingResults are SQLite's results for a file that it can't get at. A damaged or read-only file isn't among them:
// only an operator can help there.
var passingResults = []sqlite3.ErrNo{
	sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol, sqlite3.ErrIoErr, sqlite3.ErrCantOpen, sqlite3.ErrNomem,
}

// lostConnection reports whether a server couldn't be reached, or has gone in the middle.
func lostConnection(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	return pgconn.SafeToRetry(err) || slices.ContainsFunc([]error{driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF},
		func(one error) bool { return errors.Is(err, one) })
}

// line is an error in one line.
type line struct {
	text  string
	cause error
}

// Error implements error.
func (l line) Error() string { return l.text }

// Unwrap returns the error as it was.
func (l line) Unwrap() error { return l.cause }

// OneLine joins into one line what a driver says in several, one for each address that it tried.
func OneLine(err error) error {
	return line{strings.Join(strings.Fields(err.Error()), " "), err}
}
