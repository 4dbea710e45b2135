// Package model holds the nouns of Whetstone (manager, session, assessment, answer, target), the
// reports that pages show, the rules of who may do what, and the errors that every layer speaks.
// It does no input and no output.
package model

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what sort of failure an Error is. The web layer maps each kind to one HTTP status,
// one page and one log level, and nothing else of an error reaches a browser.
type Kind int

const (
	// Internal is anything unexpected: a broken disk, a bug. Its message is never shown.
	Internal Kind = iota
	// NotFound covers both a missing thing and a thing that belongs to someone else, so that an
	// answer never tells the two apart.
	NotFound
	// Invalid is bad input; Fields says which field and what to do.
	Invalid
	// Finished refuses a change to an assessment that is finished and so immutable.
	Finished
	// Conflict refuses what would take the place of something that was changed elsewhere since its page was shown;
	// Fields say which.
	Conflict
	// Throttled refuses a try at a secret after too many that failed; Wait says for how long.
	Throttled
	// Crowded refuses to make something new for a client that has just made very many; Wait says for how long.
	Crowded
	// ShareEnded refuses a mentor whose share ended while they were using it.
	ShareEnded
	// ShareFull refuses a further browser for a link that was opened in BrowserLimit others.
	ShareFull
	// OrganisersOnly refuses what is for organisers alone to somebody who isn't one.
	OrganisersOnly
	// SignedInLongAgo refuses what is for organisers alone to one who has to sign in again first.
	SignedInLongAgo
	// ShareAddressed refuses a link that opens for one person alone to whoever isn't signed in as that person.
	ShareAddressed
	// Unreachable is a database that can't be reached, or can't work, at the moment. The request may be repeated; Wait
	// says after how long.
	Unreachable
	// NoRoom is a disk that is full: nothing is kept until an operator makes room. Wait is as for Unreachable.
	NoRoom
)

// FieldError says what is wrong with one field of a form and what to do about it.
type FieldError struct {
	// Field is the name of the form's control, so that a page can link to it.
	Field string
	// Message says what to do, in a sentence.
	Message string
}

// Error is the one error type that crosses layers.
type Error struct {
	Kind   Kind
	Fields []FieldError
	// Wait is how long to wait before another try, where that helps.
	Wait  time.Duration
	cause error
}

// Error describes the failure for a log. It holds no answers, notes or secrets.
func (e *Error) Error() string {
	var text string
	switch e.Kind {
	case NotFound:
		text = "not found"
	case Invalid:
		names := make([]string, len(e.Fields))
		for i, field := range e.Fields {
			names[i] = field.Field
		}
		text = "invalid input: " + strings.Join(names, ", ")
	case Finished:
		text = "the assessment is finished"
	case Conflict:
		text = "changed elsewhere meanwhile"
	case Throttled:
		text = "too many tries"
	case Crowded:
		text = "too much was made"
	case ShareEnded:
		text = "the share has ended"
	case ShareFull:
		text = "the share was opened in too many browsers"
	case OrganisersOnly:
		text = "organisers alone may do this"
	case SignedInLongAgo:
		text = "signed in too long ago"
	case ShareAddressed:
		text = "the share is for somebody else"
	case Unreachable, NoRoom:
		return fmt.Sprint(e.cause) // which says so in the database's own words
	default:
		text = "internal error"
	}
	if e.cause != nil {
		return fmt.Sprintf("%s: %v", text, e.cause)
	}
	return text
}

// Unwrap returns the cause, if any.
func (e *Error) Unwrap() error { return e.cause }

// Message returns the message for one field, or "".
func (e *Error) Message(field string) string {
	for _, candidate := range e.Fields {
		if candidate.Field == field {
			return candidate.Message
		}
	}
	return ""
}

// ErrNotFound is the error for what does not exist or belongs to someone else.
var ErrNotFound error = &Error{Kind: NotFound}

// ErrFinished is the error for a change to a finished assessment.
var ErrFinished error = &Error{Kind: Finished}

// ErrShareEnded is the error for a share that has ended, for a mentor who had opened it before.
var ErrShareEnded error = &Error{Kind: ShareEnded}

// ErrShareFull is the error for a link that opens in no further browser.
var ErrShareFull error = &Error{Kind: ShareFull}

// ErrOrganisersOnly is the error for what organisers alone may do.
var ErrOrganisersOnly error = &Error{Kind: OrganisersOnly}

// ErrSignedInLongAgo is the error for an organiser who has to sign in again.
var ErrSignedInLongAgo error = &Error{Kind: SignedInLongAgo}

// ErrShareAddressed is the error for a link that is for somebody else than who is signed in, if anybody is.
var ErrShareAddressed error = &Error{Kind: ShareAddressed}

// unreachableWait is how long to wait before asking again: a database takes some seconds to restart.
const unreachableWait = 5 * time.Second

// UnreachableError wraps the database's error as Unreachable.
func UnreachableError(cause error) error {
	return &Error{Kind: Unreachable, Wait: unreachableWait, cause: cause}
}

// NoRoomError wraps the database's error as NoRoom.
func NoRoomError(cause error) error {
	return &Error{Kind: NoRoom, Wait: unreachableWait, cause: cause}
}

// InvalidFields returns an Invalid error with the fields, or nil when there are none.
func InvalidFields(fields []FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Fields: fields}
}

// ConflictIn returns a Conflict error that names fields, without messages: a page asks in its own words.
func ConflictIn(fields ...string) error {
	conflict := &Error{Kind: Conflict}
	for _, field := range fields {
		conflict.Fields = append(conflict.Fields, FieldError{Field: field})
	}
	return conflict
}

// KindOf returns the kind of any error; one that is not an Error is Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}
