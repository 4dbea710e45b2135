package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/mattn/go-sqlite3"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestWhoWaitsSharesACommitInOrder(t *testing.T) {
	for waiting, commits := range map[int]int32{0: 1, 63: 1, 64: 2, 130: 3} {
		t.Run(fmt.Sprintf("%d waiting", waiting), func(t *testing.T) {
			inQueue(t, func(t *testing.T, q *queue) {
				names := []string{"first"}
				for number := range waiting {
					names = append(names, fmt.Sprint(number))
					q.add(names[number+1], nothingMore)
				}
				q.open()
				if !slices.Equal(q.runs, names) {
					t.Errorf("they worked in the order %v", q.runs)
				}
				q.expect(commits, names...)
			})
		})
	}
}

func TestFailingWorkFailsAlone(t *testing.T) {
	wanted := errors.New("wanted")
	for name, c := range map[string]struct {
		work     func(context.Context, *store.Store) error
		want     error
		code     sqlite3.ErrNo
		panicked any
	}{
		"an error": {work: func(context.Context, *store.Store) error { return wanted }, want: wanted},
		"a refused statement": {work: func(ctx context.Context, tx *store.Store) error {
			return tx.CreateManager(ctx, model.Manager{ID: "before", CreatedAt: noon})
		}, code: sqlite3.ErrConstraint},
		"a panic": {work: func(context.Context, *store.Store) error { panic("wanted") }, panicked: "wanted"},
		// As t.FailNow does.
		"the end of its goroutine": {work: func(context.Context, *store.Store) error { runtime.Goexit(); return nil }},
	} {
		t.Run(name, func(t *testing.T) {
			inQueue(t, func(t *testing.T, q *queue) {
				before := q.add("before", nothingMore)
				failing := q.add("failing", c.work)
				after := q.add("after", nothingMore)
				q.open()
				if !errors.Is(failing.err, c.want) && c.want != nil || codeOf(failing.err) != c.code || failing.panicked != c.panicked {
					t.Errorf("it ended with %v, panic %v", failing.err, failing.panicked)
				}
				if before.err != nil || after.err != nil {
					t.Errorf("the others: %v and %v", before.err, after.err)
				}
				q.expect(1, "first", "before", "after")
			})
		})
	}
}

func TestWhoGoesWhileWaitingLeavesAtOnceAndNeverWorks(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		gone := q.add("gone", nothingMore)
		q.add("after", nothingMore)
		gone.cancel()
		synctest.Wait()
		if !gone.returned() || !errors.Is(gone.err, context.Canceled) {
			t.Errorf("returned: %v, with %v", gone.returned(), gone.err)
		}
		q.open()
		if slices.Contains(q.runs, "gone") {
			t.Error("it worked")
		}
		q.expect(1, "first", "after")
	})
}

// SQLite undoes a whole transaction when a statement in it is interrupted: nobody may suffer for someone else's
// context.
func TestWhoGoesWhileWorkingInterruptsNobody(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		before := q.add("before", nothingMore)
		gone := q.add("gone", func(ctx context.Context, tx *store.Store) error {
			return tx.ExecInside(ctx, `WITH RECURSIVE n(i) AS (SELECT meanwhile() UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
				INSERT INTO managers (id, created_at) SELECT 'counted', max(i) FROM n`)
		})
		after := q.add("after", nothingMore)
		q.meanwhile = gone.cancel
		q.open()
		if !errors.Is(gone.err, context.Canceled) || before.err != nil || after.err != nil {
			t.Errorf("it ended with %v, the others with %v and %v", gone.err, before.err, after.err)
		}
		if want := []string{"first", "before", "gone", "after"}; !slices.Equal(q.runs, want) {
			t.Errorf("they worked in the order %v", q.runs)
		}
		q.expect(1, "first", "before", "after")
	})
}

func TestWhoGoesIsRefusedFurtherStatements(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		var read, written error
		gone := q.add("gone", func(ctx context.Context, tx *store.Store) error {
			q.meanwhile()
			_, read = tx.Answer(ctx, "gone", "one", "design.0")
			written = tx.CreateManager(ctx, model.Manager{ID: "more", CreatedAt: noon})
			return nil
		})
		q.meanwhile = gone.cancel
		q.open()
		for _, err := range []error{read, written, gone.err} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		}
		q.expect(1, "first")
	})
}

// A caller whose work is done waits for the commit, and learns the truth whatever happens to their context.
func TestOutcomeIsToldAfterTheCommitAndIsTrue(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		kept := q.add("kept", nothingMore)
		failed := q.add("failed", func(context.Context, *store.Store) error { return errors.New("wanted") })
		commit := make(chan struct{})
		q.add("last", func(context.Context, *store.Store) error { <-commit; return nil })
		q.open()
		kept.cancel()
		synctest.Wait()
		if kept.returned() || failed.returned() {
			t.Error("told before the commit")
		}
		if seen := q.Count(t, "managers"); seen != 0 || len(q.runs) != 4 {
			t.Errorf("%d are seen before the commit, after the work of %v", seen, q.runs)
		}
		close(commit)
		synctest.Wait()
		if kept.err != nil {
			t.Errorf("who was kept is told %v", kept.err)
		}
		q.expect(1, "first", "kept", "last")
	})
}

func TestFailedCommitIsToldToAllWhoHadNotFailed(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		wanted := errors.New("wanted")
		before := q.add("before", nothingMore)
		failed := q.add("failed", func(context.Context, *store.Store) error { return wanted })
		// What refers to nothing is found out by the commit.
		breaking := q.add("breaking", func(ctx context.Context, tx *store.Store) error {
			if err := tx.ExecInside(ctx, `PRAGMA defer_foreign_keys = on`); err != nil {
				return err
			}
			return tx.PutRecoveryKey(ctx, "nobody", "hash", noon)
		})
		after := q.add("after", nothingMore)
		q.open()
		for _, m := range []*member{before, breaking, after} {
			if codeOf(m.err) != sqlite3.ErrConstraint {
				t.Errorf("told %v", m.err)
			}
		}
		if !errors.Is(failed.err, wanted) {
			t.Errorf("who had failed is told %v", failed.err)
		}
		q.expect(0)
		// On the same connection, which counts.
		q.add("again", nothingMore)
		q.expect(1, "again")
	})
}

// A full disk may undo the whole transaction. Others in the same transaction work again, and what the one that found
// the disk full does in spite of its error isn't kept.
func TestFullDiskFailsOnlyWhoFillsIt(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		before := q.add("before", nothingMore)
		filling := q.add("filling", func(ctx context.Context, tx *store.Store) error {
			var pages int
			if err := tx.ReadInside(ctx, &pages, `PRAGMA page_count`); err != nil {
				return err
			}
			if err := tx.ExecInside(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+10)); err != nil {
				return err
			}
			err := tx.CreateBrowser(ctx, model.Browser{ID: "large", CreatedAt: noon, Label: strings.Repeat("x", 1<<20)})
			if codeOf(err) != sqlite3.ErrFull {
				t.Errorf("filling the disk: %v", err)
			}
			if err := tx.CreateManager(ctx, model.Manager{ID: "in spite of it", CreatedAt: noon}); err == nil {
				t.Error("a statement after the transaction's end was taken")
			}
			return nil
		})
		after := q.add("after", nothingMore)
		q.open()
		// Who is undone pauses before the next try, and the bubble's clock moves when everybody waits.
		for _, m := range []*member{q.first, before, after} {
			<-m.done
		}
		if filling.err == nil || before.err != nil || after.err != nil {
			t.Errorf("it ended with %v, the others with %v and %v", filling.err, before.err, after.err)
		}
		if want := []string{"first", "before", "filling", "after"}; !slices.Equal(q.runs[:4], want) || len(q.runs) != 6 {
			t.Errorf("they worked in the order %v", q.runs)
		}
		q.expect(q.commits.Load(), "first", "before", "after")
	})
}

func TestClosingFinishesWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		address := storetest.SQLiteAddress(t)
		opened, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		q := &queue{Store: opened, t: t, gate: make(chan struct{})}
		first := q.add("first", func(context.Context, *store.Store) error { <-q.gate; return nil })
		waiting := q.add("waiting", nothingMore)
		closed := make(chan error)
		go func() { closed <- opened.Close() }()
		synctest.Wait()
		late := q.add("late", nothingMore)
		if !late.returned() || late.err == nil {
			t.Error("a transaction after the closing is taken")
		}
		q.open()
		if err := <-closed; err != nil || first.err != nil || waiting.err != nil {
			t.Errorf("closing: %v; the others: %v and %v", err, first.err, waiting.err)
		}
		if err := opened.Close(); err != nil {
			t.Errorf("closing once more: %v", err)
		}
		again := storetest.Open(t, address)
		if got := again.Count(t, "managers"); got != 2 {
			t.Errorf("%d were kept, want 2", got)
		}
	})
}

// Where another process holds the file, all who wait learn it at once, and may come again.
func TestBusyFileIsToldToAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		address := storetest.SQLiteAddress(t)
		q := &queue{Store: storetest.Open(t, address), t: t}
		q.onWriter(func(connection *sqlite3.SQLiteConn) error {
			_, err := connection.Exec(`PRAGMA busy_timeout = 0`, nil)
			return err
		})
		other := &queue{Store: storetest.Open(t, address), t: t, gate: make(chan struct{})}
		other.add("other", func(context.Context, *store.Store) error { <-other.gate; return nil })
		var members []*member
		for number := range 3 {
			members = append(members, q.add(fmt.Sprint(number), nothingMore))
		}
		for _, m := range members {
			if <-m.done; codeOf(m.err) != sqlite3.ErrBusy {
				t.Errorf("told %v", m.err)
			}
		}
		other.open()
		if again := q.add("again", nothingMore); again.err != nil {
			t.Errorf("afterwards: %v", again.err)
		}
		if !slices.Equal(q.runs, []string{"again"}) {
			t.Errorf("worked: %v", q.runs)
		}
	})
}

// It would get into the work of somebody else, in the same transaction or in a later one.
func TestStatementAfterTheWorkIsRefused(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		var kept *store.Store
		write := func(ctx context.Context, _ *store.Store) error {
			if err := kept.CreateManager(ctx, model.Manager{ID: "stray", CreatedAt: noon}); err == nil {
				t.Error("it was taken")
			}
			return nil
		}
		q.add("keeping", func(_ context.Context, tx *store.Store) error { kept = tx; return nil })
		q.add("same", write)
		q.open()
		q.add("later", write)
		q.expect(2, "first", "keeping", "same", "later")
	})
}

// The file is written anew between two transactions, however many wait.
func TestOverwritingAmidSaves(t *testing.T) {
	s := storetest.SQLite(t)
	ctx, cancel := contextOf(t)
	var saved atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for ctx.Err() == nil {
				manager := model.Manager{ID: fmt.Sprint(saved.Add(1)), CreatedAt: noon}
				if err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.CreateManager(t.Context(), manager) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 5 {
		if got := s.Overwrite(t.Context()); got.Problem != nil || got.Reach != model.ErasedFromFile {
			t.Errorf("reached %+v", got)
		}
	}
	cancel()
	group.Wait()
	if got := int64(s.Count(t, "managers")); got != saved.Load() {
		t.Errorf("%d managers, want %d", got, saved.Load())
	}
}
