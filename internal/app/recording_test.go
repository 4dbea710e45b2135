package app_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/demonstration"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/report"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// recording is a manager with a history of every kind, in the file of a database: the demonstration's quarters,
// a gap, a change of scope and absent answers, and after them targets of one's own, a pulse, a name and a draft.
type recording struct {
	file           []byte
	manager, pulse string
	library        *questionnaire.Library
	// at is when the demonstration's history ends.
	at time.Time
}

// hostileNote is a text that a spreadsheet would run.
const hostileNote = "=HYPERLINK(\"http://example.org\"),\nsecond line"

// recordedOnce is the recording that all tests begin with. Making it takes longer than most of them.
var recordedOnce = sync.OnceValues(func() (made recording, err error) {
	made.at = time.Date(2026, time.August, 3, 10, 0, 0, 123_000_000, time.UTC)
	if made.library, err = shipped(); err != nil {
		return recording{}, err
	}
	folder, err := os.MkdirTemp("", "whetstone-recorded-")
	if err != nil {
		return recording{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "whetstone.db")
	opened, err := store.Open(context.Background(), "sqlite:"+path)
	if err != nil {
		return recording{}, err
	}
	if err := errors.Join(made.record(context.Background(), opened), opened.Close()); err != nil {
		return recording{}, err
	}
	made.file, err = os.ReadFile(path)
	return made, err
})

// useCases are those over a database of this recording, a month later.
func (r *recording) useCases(on *store.Store) *app.App {
	later := r.at.AddDate(0, 1, 0)
	return app.New(on, r.library, func() time.Time { return later }, rand.Text, app.Secret)
}

// record fills a database.
func (r *recording) record(ctx context.Context, into *store.Store) (err error) {
	if r.manager, err = demonstration.FillManager(ctx, into, r.library, r.at); err != nil {
		return err
	}
	useCases := r.useCases(into)
	choices, err := useCases.Targets(ctx, r.manager, "wider-scope")
	if err != nil {
		return err
	}
	var targets []model.Target
	for _, row := range choices.Rows {
		targets = append(targets, model.Target{Competency: row.Competency.ID, Value: 2.5, Importance: 1})
	}
	if err := useCases.SaveTargets(ctx, r.manager, "wider-scope", changing(targets...)); err != nil {
		return err
	}
	asked, _ := r.library.Questionnaire("wider-scope")
	if r.pulse, err = r.answer(ctx, useCases, len(asked.Sections)-1); err != nil {
		return err
	}
	if err := useCases.Finish(ctx, r.manager, r.pulse, true, model.Zone{}); err != nil {
		return err
	}
	if err := useCases.Rename(ctx, r.manager, r.pulse, "+ a name", ""); err != nil {
		return err
	}
	_, err = r.answer(ctx, useCases, 3)
	return err
}

// answer begins a pulse and answers so many of its questions.
func (r *recording) answer(ctx context.Context, useCases *app.App, count int) (id string, err error) {
	id, err = useCases.Start(ctx, r.manager, model.StartInput{
		Questionnaire: "wider-scope", Craft: r.library.Model.Crafts[0].ID, Form: string(model.PulseForm),
	})
	asked, _ := r.library.Questionnaire("wider-scope")
	for number, item := range asked.Items(model.PulseForm)[:count] {
		if err != nil {
			return "", err
		}
		_, err = useCases.SaveAnswers(ctx, r.manager, id, []app.AnswerInput{{
			Item: item.ID, Level: model.Level(1 + number%5).Typed(), Note: hostileNote, Spent: 12345 * time.Millisecond,
		}})
	}
	return id, err
}

// recorded is the recording in a database of the test's own.
type recorded struct {
	useCases       *app.App
	manager, pulse string
}

func record(t *testing.T) recorded {
	t.Helper()
	made := must(recordedOnce())(t)
	return recorded{made.useCases(storetest.Holding(t, made.file)), made.manager, made.pulse}
}

func (r recorded) history(t *testing.T) *report.ExportedHistory {
	t.Helper()
	export, err := r.useCases.WholeHistory(t.Context(), r.manager)
	if err != nil {
		t.Fatal(err)
	}
	return export
}

func written(t *testing.T, export *report.ExportedHistory) []byte {
	t.Helper()
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func recompute(t *testing.T, content []byte) *report.Recomputation {
	t.Helper()
	recomputed, err := report.Recompute(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return recomputed
}
