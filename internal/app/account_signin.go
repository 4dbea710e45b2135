package app

import (
	"context"

	"whetstone/internal/store"
)

// BeginSignIn counts that a client begins to sign in elsewhere. It is a model.Throttled error after too many sign-ins
// that came to nothing, and a model.Crowded one after very many at all.
func (a *App) BeginSignIn(ctx context.Context, from string) (err error) {
	var refusal error
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if refusal, err = a.throttled(ctx, tx, signInPurpose, from); refusal != nil || err != nil {
			return err
		}
		return a.admit(ctx, tx, from, newSignIn)
	})
	if err != nil {
		return err
	}
	return refusal
}

// FinishSignIn lets act ask who came back from a sign-in elsewhere: once for each state, at whichever process and however
// often it comes back. used reports that it came back before. act reports whether what went wrong may be somebody's try
// at another's sign-in; too many of those are a model.Throttled error.
func (a *App) FinishSignIn(ctx context.Context, state, from string, act func() (try bool, err error)) (used bool, err error) {
	refusal, err := a.throttled(ctx, a.store, signInPurpose, from)
	if err != nil {
		return false, err
	}
	if refusal != nil {
		return false, refusal
	}
	var try bool
	var failure error
	// A state is used up whether or not it came to anything: the provider takes its code once.
	_, acted, err := a.Once(ctx, hashToken("sign-in "+state), func() []byte {
		try, failure = act()
		return []byte{1}
	})
	switch {
	case !acted:
		return err == nil, err
	case err != nil:
		return false, err // who came back can't be let in if it can't be kept that they did
	case try:
		err = a.store.InTx(ctx, func(tx *store.Store) error { return a.countFailure(ctx, tx, signInPurpose, from) })
		if err != nil {
			return false, err
		}
	}
	return false, failure
}
