package clustertest_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// After a database was brought back from a backup, processes that start at once all carry out the same
// erasure list: each person is deleted once, and nobody stumbles over another.
func TestErasuresAreReplayedOnce(t *testing.T) {
	address := emptyDatabase(t)
	var processes []*store.Store
	for range 3 {
		processes = append(processes, storetest.Open(t, address))
	}
	const people = 20
	var lines strings.Builder
	for number := range people {
		id := fmt.Sprintf("manager %d", number)
		fmt.Fprintf(&lines, "%x %s\n", sha256.Sum256([]byte(id)), time.Now().UTC().Format(time.RFC3339))
		err := processes[0].InTx(t.Context(), func(tx *store.Store) error {
			return tx.CreateManager(t.Context(), model.Manager{ID: id, CreatedAt: time.Now()})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	list := filepath.Join(t.TempDir(), "erasures")
	if err := os.WriteFile(list, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	replayed := make([]store.Replayed, len(processes))
	var running sync.WaitGroup
	for i, process := range processes {
		running.Go(func() {
			var err error
			if replayed[i], err = store.NewErasureList(list).Replay(t.Context(), process); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	total := 0
	for _, one := range replayed {
		total += one.Managers
	}
	if left := queried(t, direct(t, address), `SELECT count(*) FROM managers`); left > 0 || total != people {
		t.Errorf("%d people are left, %d were deleted, want %d", left, total, people)
	}
}
