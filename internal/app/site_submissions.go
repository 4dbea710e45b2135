package app

import (
	"context"
	"errors"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

const (
	// submissionKept is how long the outcome of a form is known to whoever sends it again.
	submissionKept = 24 * time.Hour
	// beatPause is how often the holder of a form shows that it lives, and lostBeats after how many such pauses
	// without a sign it is taken for dead: its process was killed.
	beatPause, lostBeats = time.Second, 4
	// lookPause is how often whoever waits for the outcome of a form looks for it.
	lookPause = 50 * time.Millisecond
	// endTime bounds the keeping of an outcome, whose act is done whatever becomes of the request.
	endTime = 5 * time.Second
)

// Once carries out a form that may arrive more than once, in any order and at any process: act runs for the
// first, and returns its outcome, nil if nothing was done. Whoever comes later gets the outcome of the first, waits
// for it if need be, and acts where nothing was done. digest stands for the form and what is in it. acted tells
// that this call acted; then err is about the keeping of the outcome alone.
func (a *App) Once(ctx context.Context, digest string, act func() []byte) (outcome []byte, acted bool, err error) {
	holder := a.random()
	var watched model.Submission
	since := time.Now()
	for {
		mine, found, err := a.claim(ctx, digest, holder)
		if err != nil {
			return nil, false, err
		}
		if !mine && found.Outcome != nil {
			return found.Outcome, false, nil
		}
		if found.Holder != watched.Holder || found.Beats != watched.Beats {
			watched, since = found, time.Now()
		}
		if !mine && time.Since(since) > lostBeats*beatPause {
			err := a.store.InTx(ctx, func(tx *store.Store) (err error) {
				mine, err = tx.TakeSubmission(ctx, digest, watched, holder)
				return err
			})
			if err != nil {
				return nil, false, err
			}
		}
		if mine {
			outcome, err := a.hold(ctx, digest, holder, act)
			return outcome, true, err
		}
		select {
		case <-ctx.Done():
			return nil, false, model.UnreachableError(ctx.Err()) // what became of the form can't be said yet
		case <-time.After(lookPause):
		}
	}
}

// claim makes a form the holder's, or finds whose it is. One that was forgotten in between is nobody's: its
// zero value stands for it until the next look.
func (a *App) claim(ctx context.Context, digest, holder string) (mine bool, found model.Submission, err error) {
	found, err = a.store.Submission(ctx, digest)
	if !errors.Is(err, model.ErrNotFound) {
		return false, found, err
	}
	err = a.store.InTx(ctx, func(tx *store.Store) (err error) {
		mine, err = tx.ClaimSubmission(ctx, digest, holder, a.now())
		return err
	})
	return mine, model.Submission{}, err
}

// hold acts as the holder of a form, shows meanwhile that it lives, and keeps the outcome. Also an act that
// panics lets the form go.
func (a *App) hold(ctx context.Context, digest, holder string, act func() []byte) (outcome []byte, err error) {
	kept, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-kept.Done():
				return
			case <-time.After(beatPause):
				// A beat that fails is one that is lost.
				_ = a.store.InTx(kept, func(tx *store.Store) error { return tx.BeatSubmission(kept, digest, holder) })
			}
		}
	}()
	defer func() {
		cancel()
		<-ended
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
		defer cancel()
		err = a.store.InTx(ending, func(tx *store.Store) error { return tx.EndSubmission(ending, digest, holder, outcome) })
	}()
	return act(), nil
}
