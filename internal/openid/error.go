package openid

import (
	"errors"
	"net/url"

	"golang.org/x/oauth2"

	"whetstone/internal/text"
)

// Problem is why somebody isn't let in.
type Problem int

const (
	// Away is a provider that can't be reached, or that doesn't answer as one.
	Away Problem = iota
	// Misconfigured is a provider that takes this installation for another one, or is another one itself.
	Misconfigured
	// Used is a sign-in that was finished before, was begun in another browser, or took too long.
	Used
	// Declined is a sign-in that the person, or the provider for them, broke off.
	Declined
	// Clock is a clock that is wrong: this server's or the provider's.
	Clock
	// Invalid is what a provider must not say.
	Invalid
	// Unwelcome is somebody whom the operator doesn't let in.
	Unwelcome
)

// Error is what is in the way of a sign-in. It tells a log what happened, without tokens, codes or people.
type Error struct {
	Problem Problem
	// Name is what the provider calls somebody who is unwelcome.
	Name  string
	cause error
}

// Error implements error.
func (e *Error) Error() string {
	words := [...]string{
		Away: "the provider can't be reached", Misconfigured: "the provider and the settings don't fit", Used: "the sign-in is over",
		Declined: "the provider let nobody in", Clock: "a clock is wrong", Invalid: "the provider's answer can't be believed",
		Unwelcome: "somebody who is not to be let in",
	}[e.Problem]
	if e.cause == nil {
		return words
	}
	return words + ": " + e.cause.Error()
}

// Unwrap returns the cause, if any.
func (e *Error) Unwrap() error { return e.cause }

// longestCode bounds what is told of a provider's own words.
const longestCode = 60

// Code returns a provider's code of an error as it may stand in a log.
func Code(sent string) string {
	sent = text.Line(sent)
	if runes := []rune(sent); len(runes) > longestCode {
		sent = string(runes[:longestCode])
	}
	return sent
}

// brief returns what is wrong with the way to a provider, without addresses and without what it sent.
func brief(err error) error {
	if asked, is := errors.AsType[*url.Error](err); is {
		return asked.Err
	}
	if refused, is := errors.AsType[*oauth2.RetrieveError](err); is {
		if refused.ErrorCode != "" {
			return errors.New("it says " + Code(refused.ErrorCode))
		}
		return errors.New("it answers with status " + refused.Response.Status)
	}
	return errors.New(Code(err.Error()))
}
