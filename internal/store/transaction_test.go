package store_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestFailedTransactionLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		wanted := errors.New("wanted")
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			if err := tx.CreateManager(t.Context(), model.Manager{ID: "ann", CreatedAt: noon}); err != nil {
				return err
			}
			return wanted
		})
		if !errors.Is(err, wanted) {
			t.Errorf("InTx gives %v, want the error of the work", err)
		}
		if got := s.Count(t, "managers"); got != 0 {
			t.Errorf("%d managers were kept", got)
		}
	})
}

// A panic must free the connection too: SQLite has only one that writes.
func TestPanicLeavesNothingAndFreesTheConnection(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = s.InTx(t.Context(), func(tx *store.Store) error {
				if err := tx.CreateManager(t.Context(), model.Manager{ID: "ann", CreatedAt: noon}); err != nil {
					return err
				}
				panic("wanted")
			})
		}()
		addManagers(t, s, "bea")
		if got := s.Count(t, "managers"); got != 1 {
			t.Errorf("%d managers, want the one after the panic", got)
		}
	})
}

func TestTransactionInsideATransactionIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ran := false
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			return tx.InTx(t.Context(), func(*store.Store) error { ran = true; return nil })
		})
		if err == nil || ran {
			t.Errorf("gives %v, ran: %v", err, ran)
		}
	})
}

func TestTransactionReadsWhatItWrote(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		inTx(t, s, func(tx *store.Store) error {
			if err := tx.CreateAssessment(t.Context(), someDraft("ann", "one")); err != nil {
				return err
			}
			if _, err := tx.Assessment(t.Context(), "ann", "one"); err != nil {
				t.Errorf("inside: %v", err)
			}
			if _, err := s.Assessment(t.Context(), "ann", "one"); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("outside, before the commit: %v, want not found", err)
			}
			return nil
		})
	})
}

func TestEndedContextEndsATransaction(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, cancel := contextOf(t)
		err := s.InTx(ctx, func(tx *store.Store) error {
			if err := tx.CreateManager(ctx, model.Manager{ID: "ann", CreatedAt: noon}); err != nil {
				return err
			}
			cancel()
			return nil
		})
		if err == nil {
			t.Error("a transaction whose caller has gone says that it was kept")
		}
		addManagers(t, s, "bea")
		if got := s.Count(t, "managers"); got != 1 {
			t.Errorf("%d managers, want the one after it", got)
		}
	})
}

// Read, then write what rests on the reading: the case where a lost update would show. Each writer
// gives the note that it read one letter more.
// Whoever waits for a connection waits no longer than their context.
func TestEndedContextEndsTheWaitForAConnection(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var name string
		err := s.QueryRow(ctx, `SELECT name FROM assessments WHERE id = $1`, []any{"one"}, &name)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it reads %q, %v", name, err)
		}
	})
}

func TestConcurrentWritersLoseNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		// Few enough that no transaction on PostgreSQL runs out of attempts.
		const writers, each = 4, 10
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				for range each {
					err := s.InTx(t.Context(), func(tx *store.Store) error {
						answer, err := tx.Answer(t.Context(), "ann", "one", "design.0")
						if err != nil {
							return err
						}
						answer.Note += "x"
						answer.Spent, answer.UpdatedAt = time.Second, noon
						_, err = tx.PutAnswer(t.Context(), "ann", "one", answer)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		got, err := s.Answer(t.Context(), "ann", "one", "design.0")
		if err != nil || len(got.Note) != writers*each || got.Revision != writers*each || got.Spent != writers*each*time.Second {
			t.Errorf("after %d writes: note of %d, revision %d, spent %v (%v)", writers*each, len(got.Note), got.Revision, got.Spent, err)
		}
	})
}

// Two transactions that both read before either writes can't both stand as they are: the database
// refuses one, and InTx runs it again on what the other has left.
func TestConflictingTransactionsAreBothApplied(t *testing.T) {
	s := storetest.Open(t, storetest.PostgreSQLAddress(t))
	for name, items := range map[string][2]string{
		"the same row":                {"design.0", "design.0"},
		"rows that each other's read": {"design.0", "design.1"},
	} {
		t.Run(name, func(t *testing.T) {
			manager := "manager of " + name
			addManagers(t, s, manager)
			addDraft(t, s, manager, name)
			var runs atomic.Int32
			var bothHaveRead, group sync.WaitGroup
			bothHaveRead.Add(2)
			for _, item := range items {
				var first sync.Once
				group.Go(func() {
					err := s.InTx(t.Context(), func(tx *store.Store) error {
						runs.Add(1)
						answers, err := tx.Answers(t.Context(), manager, name)
						if err != nil {
							return err
						}
						first.Do(func() { bothHaveRead.Done(); bothHaveRead.Wait() })
						// The note counts the answers that were there: one of the two must see the other.
						note := fmt.Sprintf("found %d", len(answers))
						_, err = tx.PutAnswer(t.Context(), manager, name, model.Answer{Item: item, Level: 3, Note: note, UpdatedAt: noon})
						return err
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if runs.Load() < 3 {
				t.Errorf("the work ran %d times, want one more run for the one that was refused", runs.Load())
			}
			first, err := s.Answer(t.Context(), manager, name, items[0])
			if err != nil {
				t.Fatal(err)
			}
			second, err := s.Answer(t.Context(), manager, name, items[1])
			if err != nil {
				t.Fatal(err)
			}
			if items[0] == items[1] {
				if first.Revision != 2 || first.Note != "found 1" {
					t.Errorf("the row is %+v, want two revisions, the later on top of the earlier", first)
				}
				return
			}
			if notes := first.Note + ", " + second.Note; notes != "found 0, found 1" && notes != "found 1, found 0" {
				t.Errorf("the two found: %s", notes)
			}
		})
	}
}

// refusal is what PostgreSQL says when a transaction meets another one.
const refusal = `DO $$ BEGIN RAISE EXCEPTION 'wanted' USING ERRCODE = 'serialization_failure'; END $$`

// PostgreSQL's relatives refuse reads, too: a snapshot that was refused is read again, and as often as a write.
func TestRefusedSnapshotIsReadAgain(t *testing.T) {
	s := storetest.Open(t, storetest.PostgreSQLAddress(t))
	addManagers(t, s, "ann")
	runs := 0
	var managers int
	err := s.InSnapshot(t.Context(), func(snapshot *store.Store) error {
		if err := snapshot.ReadInside(t.Context(), &managers, `SELECT count(*) FROM managers`); err != nil {
			return err
		}
		if runs++; runs < 3 {
			return snapshot.ExecInside(t.Context(), refusal)
		}
		return nil
	})
	if err != nil || runs != 3 || managers != 1 {
		t.Errorf("after %d runs %d managers, %v", runs, managers, err)
	}
	runs = 0
	err = s.InSnapshot(t.Context(), func(snapshot *store.Store) error {
		runs++
		return snapshot.ExecInside(t.Context(), refusal)
	})
	if model.KindOf(err) != model.Unreachable || runs != 50 {
		t.Errorf("refused for ever, it ends after %d runs with %v", runs, err)
	}
}

// refusing makes a function that refuses so many times with a code of PostgreSQL's, and then answers with 1.
func refusing(t *testing.T, address, name, code string, times int) {
	t.Helper()
	for _, statement := range []string{
		`CREATE SEQUENCE tries_of_` + name,
		`CREATE FUNCTION ` + name + `() RETURNS integer LANGUAGE plpgsql AS 'BEGIN
			IF nextval(''tries_of_` + name + `'') <= ` + strconv.Itoa(times) + ` THEN RAISE EXCEPTION ''refused'' USING ERRCODE = ''` + code + `''; END IF;
			RETURN 1; END'`,
	} {
		if _, err := direct(t, address).ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// What PostgreSQL and its relatives refuse because of others is tried again where that does no harm: a transaction that
// was undone, and a single read in any case. Where nobody knows whether a transaction was done it is told as out of reach.
func TestRefusalsAreTriedAgain(t *testing.T) {
	address := storetest.PostgreSQLAddress(t)
	s := storetest.Open(t, address)
	for name, one := range map[string]struct {
		code        string
		transaction bool // it is tried again inside a transaction
	}{"conflict": {"40001", true}, "deadlock": {"40P01", true}, "locked": {"55P03", true}, "unknown": {"40003", false}} {
		refusing(t, address, name+"_alone", one.code, 3)
		var got int
		if err := s.ReadInside(t.Context(), &got, `SELECT `+name+`_alone()`); err != nil || got != 1 {
			t.Errorf("%s: a read gives %d, %v", one.code, got, err)
		}
		refusing(t, address, name+"_inside", one.code, 3)
		runs := 0
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			runs++
			return tx.ReadInside(t.Context(), &got, `SELECT `+name+`_inside()`)
		})
		if one.transaction && (err != nil || runs != 4) {
			t.Errorf("%s: a transaction is done after %d runs, %v", one.code, runs, err)
		}
		if !one.transaction {
			wantUnreachable(t, one.code+" inside a transaction", err)
			if runs != 1 {
				t.Errorf("%s: a transaction that may have been done ran %d times", one.code, runs)
			}
		}
	}
	refusing(t, address, "ever", "40001", 1000)
	var got int
	wantUnreachable(t, "a read that is refused for ever", s.ReadInside(t.Context(), &got, `SELECT ever()`))
}
