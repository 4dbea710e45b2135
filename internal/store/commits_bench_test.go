package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// mostClients is how many clients save at once, at most.
const mostClients = 64

// pace is how fast something is saved.
type pace struct {
	perSecond float64
	// late is the time within which 99 of 100 saves are answered.
	late time.Duration
}

// BenchmarkDurableSave saves answers from 1, 16 and 64 clients, all on one disk: as the store does it,
// with a commit for each save, and without waiting for the disk; and it commits single rows on a bare
// connection, as fast as the engine can. It prints them as one table. A save is what a page causes: the state
// of the assessment and the answer are read, and the answer is written and comes back as it is kept.
func BenchmarkDurableSave(b *testing.B) {
	grouped := benchStore(b)
	careless := benchStore(b)
	if _, err := careless.Writes().ExecContext(b.Context(), `PRAGMA synchronous = OFF`); err != nil {
		b.Fatal(err)
	}
	ways := []struct {
		name  string
		store *store.Store
	}{{"grouped", grouped}, {"one commit a save", grouped.Ungrouped()}, {"synchronous off", careless}}
	clients := []int{1, 16, mostClients}
	measured := map[string]pace{}
	for _, count := range clients {
		for _, way := range ways {
			name := fmt.Sprintf("%s/%d clients", way.name, count)
			b.Run(name, func(b *testing.B) {
				measured[name] = measurePace(b, count, func(client, turn int) error {
					return saveOnce(b.Context(), way.store, client, turn)
				})
			})
		}
	}
	var bare pace
	b.Run("bare engine", func(b *testing.B) { bare = benchBare(b) })

	var table strings.Builder
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(columns, "clients\tsaves a second\tp99\tone commit a save\tp99\tratio\tbare engine\tratio\tsynchronous off\tratio\t")
	for _, count := range clients {
		ours := measured[fmt.Sprintf("grouped/%d clients", count)]
		single := measured[fmt.Sprintf("one commit a save/%d clients", count)]
		off := measured[fmt.Sprintf("synchronous off/%d clients", count)]
		if ours.perSecond*single.perSecond*off.perSecond*bare.perSecond == 0 {
			return // -bench chose only some of them
		}
		fmt.Fprintf(columns, "%d\t%.0f\t%v\t%.0f\t%v\t%.1f\t%.0f\t%.1f\t%.0f\t%.2f\t\n", count,
			ours.perSecond, ours.late, single.perSecond, single.late, ours.perSecond/single.perSecond,
			bare.perSecond, ours.perSecond/bare.perSecond, off.perSecond, ours.perSecond/off.perSecond)
	}
	if err := columns.Flush(); err != nil {
		b.Fatal(err)
	}
	fmt.Println(table.String())
}

// benchStore is a store in which each client has a draft.
func benchStore(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), "sqlite:"+b.TempDir()+"/whetstone.db")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	err = s.InTx(b.Context(), func(tx *store.Store) error {
		for client := range mostClients {
			if err := tx.CreateManager(b.Context(), model.Manager{ID: clientName(client), CreatedAt: noon}); err != nil {
				return err
			}
			if err := tx.CreateAssessment(b.Context(), longDraft(clientName(client), clientName(client))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func clientName(client int) string { return fmt.Sprintf("client-%02d", client) }

// saveOnce saves an answer. Each turn writes something new: the same bytes would make no page dirty, and then
// there is nothing to wait for.
func saveOnce(ctx context.Context, s *store.Store, client, turn int) error {
	name := clientName(client)
	return s.InTx(ctx, func(tx *store.Store) error {
		if _, err := tx.State(ctx, name, name); err != nil {
			return err
		}
		item := fmt.Sprintf("competency-%02d.%d", turn%12, turn/12%2)
		answer, err := tx.Answer(ctx, name, name, item)
		if err != nil {
			return err
		}
		answer.Level, answer.Note = model.Level(1+turn%5), fmt.Sprintf("What happened the %dth time", turn)
		answer.Spent, answer.UpdatedAt = time.Second, noon.Add(time.Duration(turn)*time.Second)
		_, err = tx.PutAnswer(ctx, name, name, answer)
		return err
	})
}

// measurePace lets clients save one after the other each, and all at once.
func measurePace(b *testing.B, clients int, save func(client, turn int) error) pace {
	b.Helper()
	var next atomic.Int64
	took := make([]time.Duration, b.N)
	var group sync.WaitGroup
	b.ResetTimer()
	started := time.Now()
	for client := range clients {
		group.Go(func() {
			for turn := next.Add(1) - 1; turn < int64(b.N); turn = next.Add(1) - 1 {
				before := time.Now()
				if err := save(client, int(turn)); err != nil {
					b.Error(err)
					return
				}
				took[turn] = time.Since(before)
			}
		})
	}
	group.Wait()
	elapsed := time.Since(started)
	b.StopTimer()
	slices.Sort(took)
	found := pace{float64(b.N) / elapsed.Seconds(), took[b.N*99/100].Round(10 * time.Microsecond)}
	b.ReportMetric(found.perSecond, "saves/s")
	b.ReportMetric(float64(found.late.Microseconds()), "p99-us")
	return found
}

// benchBare changes one row for each commit, on one connection with the store's settings.
func benchBare(b *testing.B) pace {
	s := benchStore(b)
	connection, err := s.Writes().Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if _, err := connection.ExecContext(b.Context(), `CREATE TABLE bare (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT`); err != nil {
		b.Fatal(err)
	}
	statement, err := connection.PrepareContext(b.Context(), `INSERT INTO bare VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET value = excluded.value`)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = statement.Close() }()
	return measurePace(b, 1, func(_, turn int) error {
		_, err := statement.ExecContext(context.Background(), turn%1000, fmt.Sprintf("What happened the %dth time", turn))
		return err
	})
}
