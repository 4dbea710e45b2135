package app_test

import (
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store/storetest"
)

// deleted begins as a new manager, answers if told to, deletes everything and returns how far that reached.
func (w *world) deleted(answered bool) model.Reach {
	w.t.Helper()
	kept := w.manager
	defer func() { w.manager = kept }()
	w.manager = w.newManager()
	id := w.start("first-team", model.PulseForm)
	if answered {
		w.answer(id, levels{"": {3}})
	}
	return must(w.DeleteEverything(w.t.Context(), w.manager, true))(w.t).Reach
}

func (w *world) upkeep() {
	w.t.Helper()
	if err := w.Upkeep(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// Anybody can begin and delete in a loop, and nobody can save while the file is rewritten.
func TestDeletionsInALoopCompactOnce(t *testing.T) {
	w := newWorld(t)
	for _, step := range []struct {
		after    time.Duration
		answered bool
		want     model.Reach
	}{
		{0, false, model.ErasedUnwritten},
		{0, true, model.ErasedFromFile},
		{9 * time.Minute, true, model.ErasedLater},
		{0, false, model.ErasedUnwritten},
		{time.Minute, true, model.ErasedFromFile},
	} {
		w.now = w.now.Add(step.after)
		if got := w.deleted(step.answered); got != step.want {
			t.Errorf("%v later, answered %t: the deletion reached %v, want %v", step.after, step.answered, got, step.want)
		}
	}
}

// The hourly upkeep takes nothing from the next deletion.
func TestUpkeepMakesUpForCompactions(t *testing.T) {
	w := newWorld(t)
	address := storetest.SQLiteAddress(t)
	w.store = storetest.Open(t, address)
	w.App = app.New(w.store, w.library, func() time.Time { return w.now }, rand.Text, app.Secret)
	logged := func() int64 {
		t.Helper()
		log, err := os.Stat(strings.TrimPrefix(address, "sqlite:") + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return log.Size()
	}
	w.upkeep()
	if got := w.deleted(true); got != model.ErasedFromFile {
		t.Errorf("after the first upkeep a deletion reached %v", got)
	}
	if got := w.deleted(true); got != model.ErasedLater {
		t.Errorf("the second deletion reached %v", got)
	}
	const onePage = 32 + 24 + 4096 // the note that it was compacted
	if logged() <= onePage {
		t.Error("the log is empty already")
	}
	w.upkeep()
	if got := logged(); got > onePage {
		t.Errorf("the log of what was put off still holds %d bytes", got)
	}
}

// What was put off when a process was killed is made up for by the next one, of which the first upkeep compacts
// no more than that.
func TestNextProcessMakesUpForCompactions(t *testing.T) {
	w := newWorld(t)
	address := storetest.SQLiteAddress(t)
	start := func() {
		w.store = storetest.Open(t, address) // the one before is never told to close
		w.App = app.New(w.store, w.library, func() time.Time { return w.now }, rand.Text, app.Secret)
	}
	contents := func() (all string) {
		t.Helper()
		for _, file := range []string{"", "-wal"} {
			all += string(must(os.ReadFile(strings.TrimPrefix(address, "sqlite:") + file))(t))
		}
		return all
	}
	start()
	w.signedIn(w.newManager())
	w.deleted(true)
	w.manager = w.newManager()
	gone := w.start("first-team", model.PulseForm)
	if err := w.DeleteDraft(t.Context(), w.manager, gone); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(contents(), gone) {
		t.Fatal("nothing is left of the draft before any compaction")
	}
	start()
	w.upkeep()
	if strings.Contains(contents(), gone) {
		t.Error("the next process left something of the draft")
	}
	before := contents()
	start()
	w.upkeep()
	if contents() != before {
		t.Error("a start with nothing to make up for changed the file")
	}
}

func TestUpkeepForgetsWhatIsOver(t *testing.T) {
	w := newWorld(t)
	start := w.now
	_, err := w.recover(unknownKey, "one")
	expectFields(t, "a guess", err, "words")
	words := strings.Join(w.key(), " ")
	keyed := w.sit("first-team", model.PulseForm, levels{"": {3}})
	w.signedIn(w.manager)
	idle, live := w.newManager(), w.newManager()
	w.signedIn(idle)
	w.now = w.now.Add(model.SessionIdle)
	w.signedIn(live)
	w.upkeep()
	if got := must(w.store.Attempts(t.Context(), "recovery", "one", start))(t); got != 0 {
		t.Errorf("%d old tries are still kept", got)
	}
	if _, err := w.DeleteEverything(t.Context(), idle, true); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("to the idle manager without a key nothing leads, but they are kept: %v", err)
	}
	if _, err := w.DeleteEverything(t.Context(), live, true); err != nil {
		t.Errorf("the manager with a session: %v", err)
	}
	if _, err := w.recover(words, "here"); err != nil {
		t.Errorf("the idle manager with a key: %v", err)
	}
	w.result(keyed)
}
