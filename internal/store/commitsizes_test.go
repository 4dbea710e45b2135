package store_test

import (
	"errors"
	"slices"
	"testing"
	"whetstone/internal/store"
)

// Each commit is told with how many shared it, before any of them goes on; what is undone is not.
func TestCommitsAreToldWithTheirSize(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		var sizes []int
		q.WhenCommitted(func(units int) { sizes = append(sizes, units) })
		for _, name := range []string{"second", "third"} {
			q.add(name, nothingMore)
		}
		q.open()
		if !slices.Equal(sizes, []int{3}) {
			t.Errorf("told are %v, want one commit of three", sizes)
		}
		if err := q.InTx(t.Context(), func(*store.Store) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(sizes, []int{3, 1}) {
			t.Errorf("told are %v, want three and one", sizes)
		}
	})
}

// A transaction that broke is not told as a commit.
func TestWhatIsUndoneIsNoCommit(t *testing.T) {
	inQueue(t, func(t *testing.T, q *queue) {
		told := 0
		q.WhenCommitted(func(int) { told++ })
		q.open()
		before := told
		err := q.InTx(t.Context(), func(tx *store.Store) error {
			return errors.Join(tx.ExecInside(t.Context(), `ROLLBACK`), errors.New("broken"))
		})
		if err == nil || told != before {
			t.Errorf("%v, and %d commits were told", err, told-before)
		}
	})
}
