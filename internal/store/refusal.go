package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// ErrDamaged is a file that SQLite can't read as a database. Opening one reads its header, its size and its
// schema, which takes the same time for any size; damage in the middle of a large file is for CheckIntegrity
// to find, which reads all of it.
var ErrDamaged = errors.New("the file is damaged, or no SQLite database")

// refusal words, for an operator, what keeps a database from being opened, where the engine is terse.
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

// line is an error in one line.
type line struct {
	text  string
	cause error
}

// Error implements error.
func (l line) Error() string { return l.text }

// Unwrap gives the error as it was.
func (l line) Unwrap() error { return l.cause }

// oneLine keeps to one line what a driver says in several, one for each address that it tried.
func oneLine(err error) error {
	return line{strings.Join(strings.Fields(err.Error()), " "), err}
}
