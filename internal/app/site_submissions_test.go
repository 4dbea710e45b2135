package app_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// A crowd that sends one form gets one outcome, and one of them acts.
func TestFormOfACrowdIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		var acts atomic.Int32
		var crowd sync.WaitGroup
		for range 12 {
			crowd.Go(func() {
				outcome, _, err := w.Once(t.Context(), "a form", func() []byte {
					acts.Add(1)
					return []byte("done")
				})
				if err != nil || string(outcome) != "done" {
					t.Errorf("the outcome is %q, %v", outcome, err)
				}
			})
		}
		crowd.Wait()
		if acts.Load() != 1 {
			t.Errorf("the form was carried out %d times", acts.Load())
		}
		other, acted, err := w.Once(t.Context(), "another form", func() []byte { return []byte("also") })
		if err != nil || !acted || string(other) != "also" {
			t.Errorf("another form: %q, %t, %v", other, acted, err)
		}
	})
}

// An act that did nothing, or that panicked, leaves the form to whoever sends it next.
func TestFormIsLetGoWhereNothingWasDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, acted, err := w.Once(t.Context(), "a form", func() []byte { return nil }); !acted || err != nil {
		t.Errorf("acted: %t, %v", acted, err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is swallowed")
			}
		}()
		_, _, _ = w.Once(t.Context(), "a form", func() []byte { panic("a fault") })
	}()
	if outcome, acted, err := w.Once(t.Context(), "a form", func() []byte { return []byte("done") }); !acted || err != nil || string(outcome) != "done" {
		t.Errorf("the form sent next: %q, %t, %v", outcome, acted, err)
	}
}

// A holder whose process died leaves the form to one who waits; a live one is waited for.
func TestFormOfADeadHolderIsTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	err := w.store.InTx(t.Context(), func(tx *store.Store) error {
		_, err := tx.ClaimSubmission(t.Context(), "a form", "a process that was killed", w.now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if outcome, acted, err := w.Once(t.Context(), "a form", func() []byte { return []byte("done") }); !acted || err != nil || string(outcome) != "done" {
		t.Errorf("the form of a dead holder: %q, %t, %v", outcome, acted, err)
	}

	held, begun := make(chan struct{}), make(chan struct{})
	var holder sync.WaitGroup
	holder.Go(func() {
		_, _, _ = w.Once(t.Context(), "a long form", func() []byte {
			close(begun)
			<-held
			return []byte("done at last")
		})
	})
	<-begun
	// Longer than a dead holder is waited for.
	waits, cancel := context.WithTimeout(t.Context(), 6*time.Second)
	defer cancel()
	if _, acted, err := w.Once(waits, "a long form", func() []byte { return []byte("twice") }); acted || model.KindOf(err) != model.Unreachable {
		t.Errorf("the form of a living holder: acted %t, %v", acted, err)
	}
	close(held)
	holder.Wait()
	if outcome, acted, err := w.Once(t.Context(), "a long form", nil); acted || err != nil || string(outcome) != "done at last" {
		t.Errorf("afterwards: %q, %t, %v", outcome, acted, err)
	}
}

// A sent form is known for a day, and then the upkeep forgets it.
func TestUpkeepForgetsForms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		if _, _, err := w.Once(t.Context(), "a form", func() []byte { return []byte("done") }); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			later time.Duration
			known bool
		}{{23 * time.Hour, true}, {2 * time.Hour, false}} {
			w.now = w.now.Add(step.later)
			if err := w.Upkeep(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := w.store.Submission(t.Context(), "a form")
			if known := !errors.Is(err, model.ErrNotFound); known != step.known {
				t.Errorf("known: %t, %v", known, err)
			}
		}
	})
}
