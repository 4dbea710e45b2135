package store_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/mattn/go-sqlite3"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// queue is a store whose writer is held at work, so that a test decides who waits behind it. It lives in
// a bubble of testing/synctest, which knows when everybody waits.
type queue struct {
	*store.Store
	t *testing.T
	// commits counts those of the writer; runs is who worked, in order.
	commits atomic.Int32
	runs    []string
	gate    chan struct{}
	first   *member
	// meanwhile is what the SQL function of this name does, in the middle of a statement.
	meanwhile func()
}

// inQueue runs test with the writer held.
func inQueue(t *testing.T, test func(t *testing.T, q *queue)) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{Store: storetest.SQLite(t), t: t, gate: make(chan struct{})}
		q.onWriter(func(connection *sqlite3.SQLiteConn) error {
			connection.RegisterCommitHook(func() int { q.commits.Add(1); return 0 })
			return connection.RegisterFunc("meanwhile", func() int64 { q.meanwhile(); return 0 }, false)
		})
		q.first = q.add("first", func(context.Context, *store.Store) error { <-q.gate; return nil })
		test(t, q)
	})
}

// onWriter reaches the engine's connection that writes.
func (q *queue) onWriter(do func(*sqlite3.SQLiteConn) error) {
	q.t.Helper()
	connection, err := q.Writes().Conn(q.t.Context())
	if err != nil {
		q.t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if err := connection.Raw(func(raw any) error { return do(raw.(*sqlite3.SQLiteConn)) }); err != nil {
		q.t.Fatal(err)
	}
}

// member is somebody in the queue.
type member struct {
	cancel   context.CancelFunc
	done     chan struct{}
	err      error
	panicked any
}

// returned reports whether InTx has.
func (m *member) returned() bool {
	select {
	case <-m.done:
		return true
	default:
		return false
	}
}

// add puts somebody at the end of the queue: the unit adds a manager of this name, and then works.
func (q *queue) add(name string, work func(context.Context, *store.Store) error) *member {
	ctx, cancel := context.WithCancel(q.t.Context())
	m := &member{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer cancel()
		defer close(m.done)
		defer func() {
			if m.panicked = recover(); m.panicked != nil && m.panicked != "wanted" {
				panic(m.panicked)
			}
		}()
		m.err = q.InTx(ctx, func(tx *store.Store) error {
			q.runs = append(q.runs, name)
			if err := tx.CreateManager(ctx, model.Manager{ID: name, CreatedAt: noon}); err != nil {
				return err
			}
			return work(ctx, tx)
		})
	}()
	synctest.Wait()
	return m
}

// open lets the queue go on, and waits until all is done.
func (q *queue) open() {
	close(q.gate)
	synctest.Wait()
}

// expect fails the test unless exactly these managers are kept, in this number of commits.
func (q *queue) expect(commits int32, names ...string) {
	q.t.Helper()
	if got := q.commits.Load(); got != commits {
		q.t.Errorf("%d commits, want %d", got, commits)
	}
	for _, name := range names {
		if err := q.InTx(q.t.Context(), func(tx *store.Store) error { return tx.DeleteManager(q.t.Context(), name) }); err != nil {
			q.t.Errorf("%s was not kept: %v", name, err)
		}
	}
	if left := q.Count(q.t, "managers"); left != 0 {
		q.t.Errorf("%d more were kept", left)
	}
}

// codeOf is the engine's code of an error, 0 if it is none of the engine's.
func codeOf(err error) sqlite3.ErrNo {
	found, _ := errors.AsType[sqlite3.Error](err)
	return found.Code
}

func nothingMore(context.Context, *store.Store) error { return nil }
