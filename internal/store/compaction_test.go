package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// wantDue fails the test unless a compaction is due, or none is.
func wantDue(t *testing.T, when string, s *store.Store, want bool) {
	t.Helper()
	if got, err := s.CompactionDue(t.Context()); err != nil || got != want {
		t.Errorf("%s: a compaction is due: %t, %v; want %t", when, got, err, want)
	}
}

// Deleting anything of somebody's makes a compaction due, and nothing else does.
func TestDeletionMakesACompactionDue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		sqlite := s.Engine() == database.SQLite
		addManagers(t, s, "ann", "bea", "cy", "dan")
		for _, id := range []string{"shared", "kept", "deleted"} {
			addFinished(t, s, "ann", id, 0)
		}
		addDraft(t, s, "ann", "draft")
		addShare(t, s, someShare("ann", "shared", "share"))
		someTeam(t, s, "team", "ann", "bea", "dan")
		wantDue(t, "before any deletion", s, false)
		for what, remove := range map[string]func(context.Context, *store.Store) error{
			"a draft":       func(ctx context.Context, tx *store.Store) error { return tx.DeleteDraft(ctx, "ann", "draft") },
			"an assessment": func(ctx context.Context, tx *store.Store) error { return tx.DeleteAssessment(ctx, "ann", "deleted") },
			"a review":      func(ctx context.Context, tx *store.Store) error { return tx.DeleteReview(ctx, "bo", "kept") },
			"an agreement": func(ctx context.Context, tx *store.Store) error {
				return tx.Withdraw(ctx, "nobody", "none", "design", model.ManagerParty, noon)
			},
			"a share": func(ctx context.Context, tx *store.Store) error {
				_, err := tx.RemoveShare(ctx, "ann", "share", noon.AddDate(1, 0, 0))
				return err
			},
			"shown scores": func(ctx context.Context, tx *store.Store) error {
				return tx.DeleteShownScores(ctx, "ann", "team", "cycle")
			},
			"a place in a team": func(ctx context.Context, tx *store.Store) error { return tx.LeaveTeam(ctx, "bea", "team") },
			"a member": func(ctx context.Context, tx *store.Store) error {
				return tx.RemoveMember(ctx, "ann", "team", "team of dan")
			},
			"a manager": func(ctx context.Context, tx *store.Store) error {
				return tx.DeleteUnreachableManagers(ctx, noon, []string{"cy"})
			},
		} {
			undone := errors.New("undone")
			err := s.InTx(t.Context(), func(tx *store.Store) error {
				return errors.Join(remove(t.Context(), tx), undone)
			})
			if err == nil || err.Error() != "undone" {
				t.Fatalf("%s: %v", what, err)
			}
			wantDue(t, what+", undone", s, false)
			inTx(t, s, func(tx *store.Store) error { return remove(t.Context(), tx) })
			wantDue(t, what, s, sqlite)
			if got := s.Overwrite(t.Context()); got.Problem != nil {
				t.Fatal(got.Problem)
			}
			wantDue(t, what+", once it is overwritten", s, false)
		}
	})
}

// A process that was killed between a deletion and the compaction leaves it to the next one.
func TestCompactionStaysDueAfterAKill(t *testing.T) {
	address := storetest.SQLiteAddress(t)
	killed := storetest.Open(t, address)
	addManagers(t, killed, "ann")
	inTx(t, killed, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
	next := storetest.Open(t, address) // the first is never told to close
	wantDue(t, "after a kill", next, true)
	if got := next.Overwrite(t.Context()); got.Reach != model.ErasedFromFile || got.Problem != nil {
		t.Errorf("the deletion reached %+v", got)
	}
	wantDue(t, "after that", storetest.Open(t, address), false)
}

// What the log still holds because of a reader, and what was deleted after others were counted, stays due.
func TestUnfinishedCompactionStaysDue(t *testing.T) {
	s := storetest.SQLite(t)
	addManagers(t, s, "ann", "bea")
	stop := reading(t, s)
	inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann") })
	short, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if got := s.Overwrite(short); got.Reach != model.ErasedRows {
		t.Errorf("the deletion reached %+v while a reader was at work", got)
	}
	wantDue(t, "while a reader is at work", s, true)
	stop()
	inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "bea") })
	if err := s.NoteCompacted(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	wantDue(t, "after one of two", s, true)
	if err := errors.Join(s.NoteCompacted(t.Context(), 2), s.NoteCompacted(t.Context(), 1)); err != nil {
		t.Fatal(err)
	}
	wantDue(t, "after both", s, false)
}

// Of a file from before compactions were noted nobody knows what it deleted, if it was in use.
func TestOlderFileIsCompactedOnce(t *testing.T) {
	for _, used := range []bool{false, true} {
		address := storetest.SQLiteAddress(t)
		older := earlier(t, address, 6)
		if used {
			addManagers(t, older, "ann")
		}
		newer := storetest.Open(t, address)
		wantDue(t, "after the migration", newer, used)
		if got := newer.Overwrite(t.Context()); got.Problem != nil {
			t.Error(got.Problem)
		}
		wantDue(t, "after a compaction", newer, false)
	}
}
