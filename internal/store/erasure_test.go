package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Notes of two managers are written, lengthened and shortened by turns in an order that differs each
// time, so that the pages of the file split, merge and move, as in years of use. Of the one who is
// deleted not a byte may be left, in the file nor beside it.
func TestNothingOfADeletedManagerIsLeftInTheFiles(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			address := storetest.SQLiteAddress(t)
			s := storetest.Open(t, address)
			addManagers(t, s, "ann-the-deleted", "bea-who-stays")
			drafts := map[string][]string{}
			for number := range 30 {
				manager := []string{"ann-the-deleted", "bea-who-stays"}[number%2]
				id := fmt.Sprintf("%x-draft-of-%s-%d", random.Uint32(), manager, number)
				drafts[manager] = append(drafts[manager], id)
				addDraft(t, s, manager, id)
			}
			marks := map[string]string{"ann-the-deleted": "Ann’s secret ", "bea-who-stays": "Bea’s secret "}
			for range 600 {
				for manager, ids := range drafts {
					item := []string{"design.0", "design.1", "systems.0", "systems.1"}[random.IntN(4)]
					note := strings.Repeat(marks[manager], random.IntN(150))
					answer := model.Answer{Item: item, Level: 3, Note: note, UpdatedAt: noon}
					if err := put(t.Context(), s, manager, ids[random.IntN(len(ids))], answer); err != nil {
						t.Fatal(err)
					}
				}
			}
			inTx(t, s, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ann-the-deleted") })
			if got := s.Overwrite(t.Context()); got.Reach != model.ErasedFromFile {
				t.Fatalf("the deletion reached %+v", got)
			}
			path := strings.TrimPrefix(address, "sqlite:")
			for _, file := range []string{path, path + "-wal", path + "-shm"} {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, trace := range []string{"ann-the-deleted", marks["ann-the-deleted"]} {
					if found := bytes.Count(content, []byte(trace)); found > 0 {
						t.Errorf("%s holds %q %d times", file, trace, found)
					}
				}
				if file == path && !bytes.Contains(content, []byte(marks["bea-who-stays"])) {
					t.Error("the other manager’s notes are gone")
				}
			}
		})
	}
}
