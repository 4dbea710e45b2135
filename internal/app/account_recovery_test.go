package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"whetstone/internal/mnemonic"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// unknownKey is a key by its checksum that opens nothing.
var unknownKey = strings.Repeat("abandon ", 11) + "about"

// signedIn opens a session in a browser of its own and returns it with its token.
func (w *world) signedIn(manager string) (string, model.Session) {
	w.t.Helper()
	token, _, err := w.OpenSession(w.t.Context(), manager, "Firefox on Linux")
	if err != nil {
		w.t.Fatal(err)
	}
	return token, w.session(token)
}

func (w *world) session(token string) model.Session {
	w.t.Helper()
	session, _, err := w.Session(w.t.Context(), token)
	if err != nil {
		w.t.Fatal(err)
	}
	return session
}

func (w *world) key() []string {
	w.t.Helper()
	present := must(w.RecoveryKey(w.t.Context(), w.manager))(w.t)
	return w.replaceKey(present.Mark())
}

// replaceKey makes a key from a browser of its own, which is signed out again.
func (w *world) replaceKey(replaces string) []string {
	w.t.Helper()
	_, session, err := w.OpenSession(w.t.Context(), w.manager, "")
	if err != nil {
		w.t.Fatal(err)
	}
	words, _, err := w.MakeRecoveryKey(w.t.Context(), session, replaces)
	ended := w.store.InTx(w.t.Context(), func(tx *store.Store) error {
		return tx.EndSession(w.t.Context(), w.manager, session.ID)
	})
	if err := errors.Join(err, ended); err != nil {
		w.t.Fatal(err)
	}
	return words
}

// recover tries words in a browser without a session.
func (w *world) recover(words, from string) (string, error) {
	w.t.Helper()
	return w.Recover(w.t.Context(), model.Session{}, model.RecoveryInput{Words: words, From: from})
}

func TestRecoveryKeyHoldsAHundredAndTwentyEightBits(t *testing.T) {
	w := newWorld(t)
	seen := map[string]bool{}
	for range 20 {
		key := w.key()
		words := strings.Join(key, " ")
		// The checksum holds: the words encode sixteen bytes.
		if _, err := mnemonic.Decode(key); err != nil {
			t.Errorf("%q: %v", words, err)
		}
		if seen[words] {
			t.Errorf("%q was made twice", words)
		}
		seen[words] = true
	}
}

func TestRecoveryKeyOpensTheHistoryHoweverItIsTyped(t *testing.T) {
	w := newWorld(t)
	words := w.key()
	numbered := ""
	for i, word := range words {
		numbered += fmt.Sprintf("%d. %s\n", i+1, word)
	}
	for _, typed := range []string{
		strings.Join(words, " "),
		"  " + strings.ToUpper(strings.Join(words, "-")) + "\n",
		strings.Join(words, "\t\r\n\u00a0 "),
		strings.Join(words, ", "),
		strings.Join(words, " – "),
		numbered,
	} {
		token, err := w.recover(typed, "here")
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got := w.session(token); got.ManagerID != w.manager || !got.Keyed {
			t.Errorf("%q opens %+v", typed, got)
		}
	}
}

func TestNewRecoveryKeyEndsTheOldOne(t *testing.T) {
	w := newWorld(t)
	if key := must(w.RecoveryKey(t.Context(), w.manager))(t); key != (model.RecoveryKey{}) {
		t.Errorf("it is %+v before there is one", key)
	}
	old := strings.Join(w.key(), " ")
	w.now = w.now.Add(time.Hour)
	present := strings.Join(w.key(), " ")
	if key := must(w.RecoveryKey(t.Context(), w.manager))(t); !key.Made.Equal(w.now) {
		t.Errorf("made at %v, want %v", key.Made, w.now)
	}
	_, err := w.recover(old, "here")
	expectFields(t, "the old key", err, "words")
	if _, err := w.recover(present, "here"); err != nil {
		t.Errorf("the new key: %v", err)
	}
}

// A reload or a second press sends the form once more: the words that were just shown must stay valid.
func TestFormSentTwiceMakesOneKey(t *testing.T) {
	w := newWorld(t)
	for range 2 { // the first key, and one that replaces it
		replaces := must(w.RecoveryKey(t.Context(), w.manager))(t).Mark()
		words := w.replaceKey(replaces)
		if again := w.replaceKey(replaces); len(words) != 12 || again != nil {
			t.Errorf("%d words, and %d when the form is sent again", len(words), len(again))
		}
		if _, err := w.recover(strings.Join(words, " "), "here"); err != nil {
			t.Errorf("the words shown open nothing: %v", err)
		}
	}
}

// A key changes what a session may do, so the session gets another token. The one before holds until the new one
// has come: a browser that the answer didn't reach must not lose its history.
func TestKeyRenewsTheSession(t *testing.T) {
	w := newWorld(t)
	before, session, err := w.OpenSession(t.Context(), w.manager, "")
	if err != nil {
		t.Fatal(err)
	}
	lost := ""
	for range 2 { // an answer that is lost, and one that comes
		replaces := must(w.RecoveryKey(t.Context(), w.manager))(t).Mark()
		_, present, err := w.MakeRecoveryKey(t.Context(), w.session(before), replaces)
		if err != nil || present == "" || present == before {
			t.Fatalf("the token %q follows %q, %v", present, before, err)
		}
		if got := w.session(before); got.ID != session.ID || !got.Keyed {
			t.Errorf("the token before opens %+v", got)
		}
		if lost == "" {
			lost = present
			continue
		}
		if _, _, err := w.Session(t.Context(), lost); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the token that was lost still opens something: %v", err)
		}
		if got := w.session(present); got.ID != session.ID {
			t.Errorf("the new token opens %+v", got)
		}
		if _, _, err := w.Session(t.Context(), before); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the new token has come, and the one before still opens something: %v", err)
		}
		if got := w.session(present); got.Renewed {
			t.Error("the new token goes on to end the one before")
		}
	}
}

// The word list and the checksum show what can't be a key: the database isn't asked, so here it is closed.
func TestMistypedKeyIsExplainedWithoutTheDatabase(t *testing.T) {
	w := newWorld(t)
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"":                                     "Enter the twelve words",
		" \n - ":                               "Enter the twelve words",
		"abandon about":                        "there are 2 here",
		unknownKey + " about":                  "there are 13 here",
		strings.Repeat("abandon ", 12):         "one seems to be mistyped or out of its place",
		"about " + strings.Repeat("able ", 11): "one seems to be mistyped or out of its place",
		strings.Replace(unknownKey, "about", "aboutt", 1): "The twelfth word is not one that keys are made of: “about” may be meant.",
		strings.Replace(unknownKey, "abandon", "xy", 1):   "The first word is not one that keys are made of: check its spelling.",
		strings.Replace(unknownKey, "abandon", "éééé", 1): "The first word is not one that keys are made of: check its spelling.",
	} {
		_, err := w.recover(typed, "here")
		expectFields(t, typed, err, "words")
		if invalid, ok := errors.AsType[*model.Error](err); ok && !strings.Contains(invalid.Message("words"), want) {
			t.Errorf("%q: %q, want %q in it", typed, invalid.Message("words"), want)
		}
	}
}

// The browser's session is replaced: the old token is dead, so that nobody who knew it comes along.
func TestRecoveryGivesTheBrowserANewSession(t *testing.T) {
	w := newWorld(t)
	words := strings.Join(w.key(), " ")
	earlier, session := w.signedIn(w.newManager())
	token, err := w.Recover(t.Context(), session, model.RecoveryInput{Words: words, From: "here"})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.session(token); got.ManagerID != w.manager || got.BrowserID != session.BrowserID || got.ID == session.ID {
		t.Errorf("the new session is %+v, the old was %+v", got, session)
	}
	if _, _, err := w.Session(t.Context(), earlier); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the old token gives %v, want not found", err)
	}
}

// The second of two presses comes from a session that the first has ended.
func TestRecoveryByTwoPressesOpensTheHistory(t *testing.T) {
	w := newWorld(t)
	words := strings.Join(w.key(), " ")
	_, session := w.signedIn(w.newManager())
	for press := range 2 {
		token, err := w.Recover(t.Context(), session, model.RecoveryInput{Words: words, From: "here"})
		if err != nil {
			t.Fatalf("press %d: %v", press+1, err)
		}
		if got := w.session(token); got.ManagerID != w.manager || got.BrowserID != session.BrowserID {
			t.Errorf("press %d opens %+v", press+1, got)
		}
	}
}

func TestBrowserThatHoldsAnswersIsAskedFirst(t *testing.T) {
	w := newWorld(t)
	words := strings.Join(w.key(), " ")
	other := w.newManager()
	if _, err := w.Start(t.Context(), other, w.input("first-team", model.PulseForm)); err != nil {
		t.Fatal(err)
	}
	token, session := w.signedIn(other)
	if got := must(w.Recovery(t.Context(), session))(t); !got.Held || got.WayBack {
		t.Errorf("the page warns of %+v", got)
	}
	if got := must(w.Recovery(t.Context(), model.Session{}))(t); got != (model.Recovery{}) {
		t.Errorf("nobody is warned of %+v", got)
	}
	input := model.RecoveryInput{Words: words, From: "here"}
	if opened := must(w.Recover(t.Context(), session, input))(t); opened != "" {
		t.Error("without the box it isn’t asked")
	}
	if choice := must(w.Choice(t.Context(), session))(t); !choice.Known || choice.Way != model.ByKey || choice.Here.Drafts != 1 {
		t.Errorf("asked is %+v", choice)
	}
	w.session(token) // is still there
	input.Words = "nonsense"
	_, err := w.Recover(t.Context(), session, input)
	expectFields(t, "with nothing right", err, "words")
	input = model.RecoveryInput{Words: words, Leave: true, From: "here"}
	if _, err := w.Recover(t.Context(), session, input); err != nil {
		t.Errorf("with the box: %v", err)
	}
}

// throttledFor fails the test unless err asks to wait this long.
func throttledFor(t *testing.T, err error, want time.Duration) {
	t.Helper()
	got, ok := errors.AsType[*model.Error](err)
	if !ok || got.Kind != model.Throttled || got.Wait != want {
		t.Errorf("%v, %+v; want a wait of %v", err, got, want)
	}
}

func TestGuessingIsSlowed(t *testing.T) {
	w := newWorld(t) // at half past, when a window of ten minutes begins
	words := strings.Join(w.key(), " ")
	w.now = w.now.Add(3 * time.Minute)
	for range 10 {
		_, err := w.recover(unknownKey, "one")
		expectFields(t, "a guess", err, "words")
	}
	_, err := w.recover(unknownKey, "one")
	throttledFor(t, err, 7*time.Minute)
	// Otherwise the answer would reveal a right guess.
	_, err = w.recover(words, "one")
	throttledFor(t, err, 7*time.Minute)
	if _, err := w.recover(words, "another"); err != nil {
		t.Errorf("another client: %v", err)
	}
	w.now = w.now.Add(7 * time.Minute)
	if _, err := w.recover(words, "one"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

// Words that open nothing are counted, those that can't be a key and right ones are not.
func TestOnlyGuessesAreCounted(t *testing.T) {
	w := newWorld(t)
	words := strings.Join(w.key(), " ")
	for range 15 {
		if _, err := w.recover(words, "one"); err != nil {
			t.Fatal(err)
		}
		_, err := w.recover("abandon about", "one")
		expectFields(t, "a slip", err, "words")
	}
}

// A client who guesses slows only themselves: with one limit for all, a single one could lock out everybody.
func TestGuessingSlowsNobodyElse(t *testing.T) {
	w := newWorld(t)
	words := strings.Join(w.key(), " ")
	for range 10 {
		_, err := w.recover(unknownKey, "the guesser")
		expectFields(t, "a guess", err, "words")
	}
	if _, err := w.recover(words, "the guesser"); model.KindOf(err) != model.Throttled {
		t.Errorf("the guesser: want throttled, got %v", err)
	}
	if _, err := w.recover(words, "someone else"); err != nil {
		t.Errorf("someone else: %v", err)
	}
}

func TestTriesAreForgottenAfterAnHour(t *testing.T) {
	w := newWorld(t)
	start := w.now
	_, err := w.recover(unknownKey, "one")
	expectFields(t, "a guess", err, "words")
	w.now = w.now.Add(2 * time.Hour)
	_, err = w.recover(unknownKey, "another")
	expectFields(t, "a later guess", err, "words")
	if got := must(w.store.Attempts(t.Context(), "recovery", "one", start))(t); got != 0 {
		t.Errorf("%d tries of two hours ago are still kept", got)
	}
}

func TestDevicesAreEnded(t *testing.T) {
	w := newWorld(t)
	_, this := w.signedIn(w.manager)
	second, secondSession := w.signedIn(w.manager)
	third, _ := w.signedIn(w.manager)
	stranger, strangerSession := w.signedIn(w.newManager())
	devices := must(w.Devices(t.Context(), this))(t)
	if devices.This.SessionID != this.ID || devices.This.Label != "Firefox on Linux" || len(devices.Others) != 2 {
		t.Errorf("the devices are %+v", devices)
	}
	if err := w.EndDevice(t.Context(), this, strangerSession.ID); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("ending a stranger’s: %v, want not found", err)
	}
	if err := w.EndDevice(t.Context(), this, secondSession.ID); err != nil {
		t.Fatal(err)
	}
	w.session(third)
	if err := w.EndOtherDevices(t.Context(), this); err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"the second": second, "the third": third} {
		if _, _, err := w.Session(t.Context(), token); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s device is still signed in: %v", name, err)
		}
	}
	w.session(stranger)
}

// Without a key nothing would lead back from the last device, so it can't be signed out by mistake.
func TestThisDeviceEndsOnlyWithAKey(t *testing.T) {
	w := newWorld(t)
	token, this := w.signedIn(w.manager)
	if err := w.EndDevice(t.Context(), this, this.ID); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("without a key: %v, want not found", err)
	}
	w.key()
	this = w.session(token)
	if err := w.EndDevice(t.Context(), this, this.ID); err != nil {
		t.Errorf("with a key: %v", err)
	}
	if _, _, err := w.Session(t.Context(), token); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the ended session gives %v", err)
	}
}

func TestEverythingIsDeletedOnceItIsMeant(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.PulseForm, levels{"": {3}})
	words := strings.Join(w.key(), " ")
	token, _ := w.signedIn(w.manager)
	if got := must(w.Holdings(t.Context(), w.manager))(t); got.Finished != 1 || got.Keys != 1 || got.Devices != 1 {
		t.Errorf("held are %+v", got)
	}
	_, err := w.DeleteEverything(t.Context(), w.manager, false)
	expectFields(t, "unconfirmed", err, "meant")
	w.result(id)

	erasure := must(w.DeleteEverything(t.Context(), w.manager, true))(t)
	if erasure.Reach != model.ErasedFromFile || erasure.Problem != nil {
		t.Errorf("the deletion reached %+v", erasure)
	}
	if _, err := w.Result(t.Context(), w.manager, id); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the result gives %v", err)
	}
	if _, _, err := w.Session(t.Context(), token); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the session gives %v", err)
	}
	_, err = w.recover(words, "here")
	expectFields(t, "the key afterwards", err, "words")
	if _, err := w.DeleteEverything(t.Context(), w.manager, true); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("deleting once more: %v, want not found", err)
	}
}

func TestSettingsSayWhatThereIs(t *testing.T) {
	w := newWorld(t)
	w.signedIn(w.manager)
	w.sit("first-team", model.PulseForm, levels{"": {3}})
	before := must(w.Settings(t.Context(), w.manager, model.Zone{}))(t)
	if !before.Ways.Key.Made.IsZero() || before.Devices != 1 || before.Finished != 1 || len(before.Scopes) != len(w.library.Model.Scopes) {
		t.Errorf("the settings are %+v", before)
	}
	w.key()
	if after := must(w.Settings(t.Context(), w.manager, model.Zone{}))(t); !after.Ways.Key.Made.Equal(w.now) {
		t.Errorf("the key was made at %v, want %v", after.Ways.Key.Made, w.now)
	}
}
