package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// wire is the way to a server, which a test can cut.
type wire struct {
	listener net.Listener
	mutex    sync.Mutex
	ends     []net.Conn
	cut      bool
	running  sync.WaitGroup
}

// newWire leads to the server of an address, and returns an address that leads through it.
func newWire(t *testing.T, address string) (w *wire, through string) {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	to := parsed.Host
	if parsed.Port() == "" {
		to = net.JoinHostPort(to, "5432")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{listener: listener}
	w.running.Go(func() { w.serve(to) })
	t.Cleanup(w.end)
	parsed.Host = listener.Addr().String()
	return w, parsed.String()
}

func (w *wire) serve(to string) {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", to)
		if err != nil || !w.keep(near, far) {
			_ = near.Close()
			continue
		}
		for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
			w.running.Go(func() {
				_, _ = io.Copy(way[0], way[1])
				_ = way[0].Close()
			})
		}
	}
}

// keep notes both ends of a connection, to be cut; false if the wire is cut already.
func (w *wire) keep(ends ...net.Conn) bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.ends = append(w.ends, ends...)
	return !w.cut
}

// end cuts the wire: connections end, and no other is taken.
func (w *wire) end() {
	_ = w.listener.Close()
	w.mutex.Lock()
	w.cut = true
	for _, end := range w.ends {
		_ = end.Close()
	}
	w.mutex.Unlock()
	w.running.Wait()
}

// wantUnreachable fails the test unless an error says that the database can't be reached, and when to try again.
func wantUnreachable(t *testing.T, what string, err error) {
	t.Helper()
	wantPassing(t, what, err, model.Unreachable)
}

// wantPassing fails the test unless an error is of a kind that passes, and says when to try again.
func wantPassing(t *testing.T, what string, err error, kind model.Kind) {
	t.Helper()
	found, _ := errors.AsType[*model.Error](err)
	if found == nil || found.Kind != kind || found.Wait <= 0 || found.Error() == "" {
		t.Errorf("%s gives %v, want the kind %d", what, err, kind)
	}
}

// everyWay reads and writes in each way that the store has.
func everyWay(ctx context.Context, s *store.Store) map[string]error {
	_, one := s.Assessment(ctx, "ann", "one")
	_, several := s.Assessments(ctx, "ann", model.Draft)
	_, snapshot := s.History(ctx, "ann")
	return map[string]error{
		"reading one row": one, "reading rows": several, "a snapshot": snapshot,
		"a statement by itself": s.PutRecoveryKey(ctx, "none", "none", noon),
		"a transaction": s.InTx(ctx, func(tx *store.Store) error {
			return tx.CreateManager(ctx, model.Manager{ID: "bea", CreatedAt: noon})
		}),
	}
}

// A server that goes away, between two statements or in the middle of a transaction, is told apart from faults
// of ours; and so is one that isn't there to begin with.
func TestServerThatHasGoneIsUnreachable(t *testing.T) {
	cable, through := newWire(t, storetest.PostgreSQLAddress(t))
	s, err := store.Open(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	addManagers(t, s, "ann")
	err = s.InTx(t.Context(), func(tx *store.Store) error {
		if _, err := tx.Assessments(t.Context(), "ann", model.Draft); err != nil {
			t.Fatal(err)
		}
		cable.end()
		_, err := tx.Assessments(t.Context(), "ann", model.Draft)
		return err
	})
	wantUnreachable(t, "in the middle", err)
	for range 2 { // the first finds connections of before
		for what, err := range everyWay(t.Context(), s) {
			wantUnreachable(t, what, err)
		}
	}
}

// An operator who stops the server ends its connections first.
func TestEndedConnectionIsUnreachable(t *testing.T) {
	address := storetest.PostgreSQLAddress(t)
	s, other := storetest.Open(t, address), storetest.Open(t, address)
	err := s.InTx(t.Context(), func(tx *store.Store) error {
		var process int
		if err := tx.ReadInside(t.Context(), &process, `SELECT pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
		if err := other.ExecInside(t.Context(), `SELECT pg_terminate_backend($1)`, process); err != nil {
			t.Fatal(err)
		}
		return tx.CreateManager(t.Context(), model.Manager{ID: "ann", CreatedAt: noon})
	})
	wantUnreachable(t, "a transaction whose connection was ended", err)
	addManagers(t, s, "ann") // the next one finds another connection
}

// Where all connections are taken, or the only one that writes, whoever has waited for as long as they may is
// told that, and whoever went away is told nothing of the database.
func TestNoFreeConnectionIsUnreachable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		size := s.Writes().Stats().MaxOpenConnections
		taken, gate := make(chan struct{}, size), make(chan struct{})
		var holders sync.WaitGroup
		for range size {
			holders.Go(func() {
				err := s.InTx(t.Context(), func(*store.Store) error { taken <- struct{}{}; <-gate; return nil })
				if err != nil {
					t.Error(err)
				}
			})
		}
		for range size {
			<-taken
		}
		nothing := func(*store.Store) error { return nil }
		short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		wantUnreachable(t, "waiting too long", s.InTx(short, nothing))
		gone, leave := context.WithCancel(t.Context())
		leave()
		if err := s.InTx(gone, nothing); model.KindOf(err) != model.Internal || !errors.Is(err, context.Canceled) {
			t.Errorf("going away gives %v", err)
		}
		close(gate)
		holders.Wait()
	})
}

// A file that another process holds for too long.
func TestBusyFileIsUnreachable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		address := storetest.SQLiteAddress(t)
		q := &queue{Store: storetest.Open(t, address), t: t}
		q.onWriter(func(connection *sqlite3.SQLiteConn) error {
			_, err := connection.Exec(`PRAGMA busy_timeout = 0`, nil)
			return err
		})
		other := &queue{Store: storetest.Open(t, address), t: t, gate: make(chan struct{})}
		other.add("other", func(context.Context, *store.Store) error { <-other.gate; return nil })
		err := q.InTx(t.Context(), func(*store.Store) error { return nil })
		if wantUnreachable(t, "a busy file", err); codeOf(err) != sqlite3.ErrBusy {
			t.Errorf("the log would say %v", err)
		}
		other.open()
	})
}

// A disk without room is for an operator to see to, and has an error of its own. What was asked may be asked again
// after that.
func TestFullFileHasNoRoom(t *testing.T) {
	s := storetest.SQLite(t)
	if _, err := s.Writes().ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil { // as many as there are
		t.Fatal(err)
	}
	err := s.ExecAlone(t.Context(), `INSERT INTO managers (id, created_at) VALUES ($1, 0)`, strings.Repeat("x", 1<<20))
	if wantPassing(t, "a full file", err, model.NoRoom); codeOf(err) != sqlite3.ErrFull {
		t.Errorf("the log would say %v", err)
	}
	if err := store.Marked(t.Context(), &pgconn.PgError{Code: "53100"}); model.KindOf(err) != model.NoRoom {
		t.Errorf("a full server gives %v", err)
	}
}

// Trying whether something can be written leaves nothing behind, also where several try at once.
func TestTryWriting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var group sync.WaitGroup
		for number := range 4 {
			group.Go(func() {
				if err := s.TryWriting(t.Context(), fmt.Sprint("mark ", number)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if left := s.Count(t, "attempts"); left != 0 {
			t.Errorf("%d rows are left", left)
		}
	})
}

// What is wrong with a statement, or with the file itself, doesn't pass by itself and isn't said to.
func TestOtherFailuresAreFaults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		for what, err := range map[string]error{
			"a statement that is none":  s.ExecAlone(t.Context(), `SELECT FROM nowhere`),
			"one that breaks the rules": s.ExecAlone(t.Context(), `INSERT INTO managers (id, created_at) VALUES ('ann', 0)`),
		} {
			if err == nil || model.KindOf(err) != model.Internal {
				t.Errorf("%s gives %v", what, err)
			}
		}
	})
	path := filepath.Join(t.TempDir(), "whetstone.db")
	s := storetest.Open(t, "sqlite:"+path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for what, err := range everyWay(t.Context(), s) {
		if err == nil || model.KindOf(err) != model.Internal {
			t.Errorf("closed: %s gives %v", what, err)
		}
	}
}
