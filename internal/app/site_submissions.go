package app

import (
	"context"
	"errors"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

const (
	// submissionKept is how long the outcome of a form is kept for a second arrival.
	submissionKept = 24 * time.Hour
	// beatPause is how often the holder of a form shows that it lives, and lostBeats is after how many such pauses
	// without a beat it is taken for dead: its process was killed.
	beatPause, lostBeats = time.Second, 4
	// lookPause is how often a second arrival checks for the outcome that it waits for.
	lookPause = 50 * time.Millisecond
	// endTime bounds storing an outcome: the act is done, whatever happens to the request.
	endTime = 5 * time.Second
)

// Once carries out a form that may arrive more than once, in any order and at any process. act runs for the first
// arrival and returns its outcome, nil if nothing was done. A later arrival waits if need be and gets the outcome of
// the first; if nothing was done, it acts itself. digest identifies the form and its content. acted reports whether
// this call acted; err is then only about storing the outcome.
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
			return nil, false, model.UnreachableError(ctx.Err()) // it isn't known yet what became of the form
		case <-time.After(lookPause):
		}
	}
}

// claim makes the holder own a form, or finds who owns it. A form forgotten in between belongs to nobody: the zero
// value stands for it until the next check.
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

// hold acts as the holder of a form, beats meanwhile to show that it is alive, and stores the outcome. Even an act
// that panics releases the form.
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
				// A failed beat counts as a lost one.
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
