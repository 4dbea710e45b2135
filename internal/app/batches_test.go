package app_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// tellingTime is a world's use cases with asked called each time that they ask for the time: once before the
// deletions of unreachable managers, and then in the middle of each batch.
func tellingTime(w *world, asked func(times int)) *app.App {
	times := 0
	return app.New(w.store, w.library, func() time.Time {
		times++
		asked(times)
		return w.now
	}, nil, nil)
}

// addUnreachable adds managers whom nothing reaches.
func (w *world) addUnreachable(count int) {
	w.t.Helper()
	err := w.store.InTx(w.t.Context(), func(tx *store.Store) error {
		for number := range count {
			manager := model.Manager{ID: fmt.Sprintf("unreachable %03d", number), CreatedAt: w.now}
			if err := tx.CreateManager(w.t.Context(), manager); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// erasures counts the deletions that the database notes.
func (w *world) erasures() int {
	w.t.Helper()
	return len(must(w.store.Erasures(w.t.Context(), time.UnixMilli(0)))(w.t))
}

// A shutdown lets the current batch finish, and what it deleted is listed; the next run does the rest.
func TestStopEndsDeletionsAfterABatch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		list := store.NewErasureList(filepath.Join(t.TempDir(), "erasures"))
		s.KeepErasureList(list)
		w := newWorldOn(t, s)
		w.signedIn(w.manager)
		w.addUnreachable(170)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		useCases := tellingTime(w, func(times int) {
			if times == 3 { // in the second batch
				stop()
			}
		})
		if err := useCases.Upkeep(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("the stopped upkeep gives %v", err)
		}
		if got, listed := w.erasures(), len(must(list.Read())(t)); got != 100 || listed != got {
			t.Errorf("%d deletions are noted and %d listed, want those of two batches", got, listed)
		}
		if err := useCases.Upkeep(ctx); !errors.Is(err, context.Canceled) || w.erasures() != 100 {
			t.Errorf("after the stop: %d deletions, %v", w.erasures(), err)
		}
		w.upkeep()
		if got, listed := w.erasures(), len(must(list.Read())(t)); got != 170 || listed != got {
			t.Errorf("after the next run %d deletions are noted and %d listed, want 170", got, listed)
		}
	})
}

// Anyone who saves during a batch waits only for that one.
func TestSavesGoThroughBetweenBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.signedIn(w.manager)
		w.addUnreachable(170)
		saved := make(chan struct{})
		useCases := tellingTime(w, func(times int) {
			switch times {
			case 2: // in the first batch
				go func() {
					defer close(saved)
					_, _, err := w.OpenSession(t.Context(), w.manager, "Firefox on Linux")
					if err != nil {
						t.Error(err)
					}
				}()
				synctest.Wait() // for the save to wait
			case 3: // in the second
				synctest.Wait()
				select {
				case <-saved:
				default:
					t.Error("the second batch began before the save was done")
				}
			}
		})
		if err := useCases.EndIdleSessions(t.Context()); err != nil {
			t.Error(err)
		}
		<-saved
	})
}

// Several processes delete what is due together, each of it once.
func TestSeveralProcessesDeleteTogether(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := newWorldOn(t, storetest.Open(t, address))
		w.signedIn(w.manager)
		w.addUnreachable(170)
		var running sync.WaitGroup
		for range 3 {
			other := app.New(storetest.Open(t, address), w.library, func() time.Time { return w.now }, nil, nil)
			running.Go(func() {
				if err := other.EndIdleSessions(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		if got := w.erasures(); got != 170 {
			t.Errorf("%d deletions are noted, want 170", got)
		}
		if _, err := w.DeleteEverything(t.Context(), w.manager, true); err != nil {
			t.Errorf("the manager with a session: %v", err)
		}
	})
}

// Also of small rows there may be more than one transaction should delete.
func TestManySmallRowsAreDeletedInBatches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		const many = 600
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			for number := range many {
				id := fmt.Sprint("row ", number)
				err := errors.Join(
					tx.CreateBrowser(t.Context(), model.Browser{ID: id, CreatedAt: w.now}),
					tx.CreateSession(t.Context(), model.Session{ID: id, TokenHash: id, BrowserID: id, CreatedAt: w.now, SeenAt: w.now}),
					tx.CreateMentor(t.Context(), model.Mentor{ID: id, BrowserID: id, TokenHash: id, CreatedAt: w.now, SeenAt: w.now}, ""),
					tx.CountAttempt(t.Context(), "recovery", id, w.now))
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		first, last := fmt.Sprint("row ", 0), fmt.Sprint("row ", many-1)
		start := w.now
		left := func() (found int) {
			t.Helper()
			for _, id := range []string{first, last} {
				if _, err := s.SessionByToken(t.Context(), id, start.Add(-time.Hour)); err == nil {
					found++
				}
				if must(s.MentorToken(t.Context(), model.Mentor{ID: id, BrowserID: id}))(t) != "" {
					found++
				}
				found += must(s.Attempts(t.Context(), "recovery", id, start))(t)
			}
			return found + len(must(s.BrowsersWithoutSession(t.Context(), ""))(t))
		}
		if got := left(); got != 6 {
			t.Fatalf("%d of the first and the last rows are there, want 6", got)
		}
		w.now = w.now.Add(model.SessionIdle)
		w.upkeep()
		if got := left(); got != 0 {
			t.Errorf("%d rows are left", got)
		}
	})
}
