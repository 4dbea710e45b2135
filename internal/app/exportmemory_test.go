package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/database"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// longHistory is a manager with so many finished assessments, each with a note at every question.
func longHistory(tb testing.TB, count int) (use *app.App, manager string) {
	tb.Helper()
	address := "sqlite:" + tb.TempDir() + "/whetstone.db"
	library, err := shipped()
	if err != nil {
		tb.Fatal(err)
	}
	opened, err := store.Open(context.Background(), address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = opened.Close() })
	now := time.Date(2026, time.March, 3, 9, 30, 0, 0, time.UTC)
	id := 0
	use = app.New(opened, library, func() time.Time { return now }, func() string { id++; return "id" + strings.Repeat("0", id%20) + string(rune('a'+id)) }, app.Secret)
	ctx := context.Background()
	one, err := use.NewManager(ctx)
	if err != nil {
		tb.Fatal(err)
	}
	draft, err := use.Start(ctx, one, model.StartInput{
		Questionnaire: "first-team", Craft: "software", Form: string(model.FullForm),
	})
	if err != nil {
		tb.Fatal(err)
	}
	progress, err := use.Progress(ctx, one, draft)
	if err != nil {
		tb.Fatal(err)
	}
	var inputs []app.AnswerInput
	for _, section := range progress.Assessment.Sections {
		for position, item := range section.Items {
			inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: model.Level(1 + position%5).Typed(), Note: strings.Repeat("A note. ", 40), Spent: time.Minute})
		}
	}
	if _, err := use.SaveAnswers(ctx, one, draft, inputs); err != nil {
		tb.Fatal(err)
	}
	if err := use.Finish(ctx, one, draft, true, model.Zone{}); err != nil {
		tb.Fatal(err)
	}
	path, _ := database.SQLitePath(address)
	storetest.Multiply(tb, path, draft, count, count)
	return use, "other-000000"
}

// liveMegabytes is what is in use in memory, what nobody needs any more left out.
func liveMegabytes() float64 {
	runtime.GC()
	runtime.GC() // pools keep what they hold for one
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return float64(memory.HeapAlloc) / 1e6
}

// errEnough is the error of a reader who has read enough.
var errEnough = errors.New("enough")

// held is a reader who stops in the middle, and goes away when all have been looked at.
type held struct {
	after   int
	reached func()
	looked  <-chan struct{}
}

// Write implements io.Writer.
func (h *held) Write(content []byte) (int, error) {
	if h.after -= len(content); h.after > 0 {
		return len(content), nil
	}
	h.reached()
	<-h.looked
	return 0, errEnough
}

// exportingMegabytes is what so many exports at once take when all are in the middle.
func exportingMegabytes(tb testing.TB, use *app.App, manager string, count, middle int, write func(*app.HistoryExport, context.Context, io.Writer) error) float64 {
	tb.Helper()
	before := liveMegabytes()
	looked := make(chan struct{})
	var inTheMiddle, running sync.WaitGroup
	inTheMiddle.Add(count)
	for range count {
		running.Go(func() {
			export, err := use.ExportHistory(context.Background(), manager)
			if err == nil {
				err = write(export, context.Background(), &held{after: middle, reached: inTheMiddle.Done, looked: looked})
			}
			if !errors.Is(err, errEnough) {
				tb.Errorf("an export ends before its middle: %v", err)
				inTheMiddle.Done()
			}
		})
	}
	inTheMiddle.Wait()
	took := liveMegabytes() - before
	close(looked)
	running.Wait()
	return took
}

var exportKinds = map[string]func(*app.HistoryExport, context.Context, io.Writer) error{
	"JSON": (*app.HistoryExport).WriteJSON, "CSV": (*app.HistoryExport).WriteCSV,
}

// Eight long exports at once, with their readers all in the middle, take together half of what has been written by then;
// made in memory as a whole, each would take many times that. It can't run beside other tests, which take memory too.
func TestExportsTakeLittleMemory(t *testing.T) {
	use, manager := longHistory(t, 200)
	const atOnce, middle = 8, 3_000_000
	for kind, write := range exportKinds {
		took := exportingMegabytes(t, use, manager, atOnce, middle, write)
		t.Logf("%s: eight exports take %.1f MB", kind, took)
		if took > atOnce*middle/1e6/2 {
			t.Errorf("%s: eight exports of which 3 MB each are written take %.1f MB", kind, took)
		}
	}
}

// BenchmarkExportMemory prints what eight exports of 1,000 assessments take, all in the middle; and beside them eight of 100,
// which take as much where memory is flat, and what a single one took that was made in memory as a whole.
func BenchmarkExportMemory(b *testing.B) {
	short, few := longHistory(b, 100)
	long, many := longHistory(b, 1000)
	for b.Loop() {
		for kind, write := range exportKinds {
			b.ReportMetric(exportingMegabytes(b, short, few, 8, 1_500_000, write), kind+"-MB-eight-of-100")
			b.ReportMetric(exportingMegabytes(b, long, many, 8, 15_000_000, write), kind+"-MB-eight-of-1000")
		}
		before := liveMegabytes()
		whole, err := long.WholeHistory(context.Background(), many)
		if err != nil {
			b.Fatal(err)
		}
		content, err := json.MarshalIndent(whole, "", "  ")
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(liveMegabytes()-before, "JSON-MB-one-as-a-whole")
		runtime.KeepAlive(content)
		runtime.KeepAlive(whole)
	}
}
