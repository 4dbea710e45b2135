package app_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
)

func TestSessionLeadsBackToItsManager(t *testing.T) {
	w := newWorld(t)
	token, opened, err := w.OpenSession(t.Context(), w.manager, "Firefox on Linux")
	if err != nil {
		t.Fatal(err)
	}
	session, fresh, err := w.Session(t.Context(), token)
	if err != nil || fresh || session.ManagerID != w.manager || session.ID != opened.ID || session.BrowserID == "" {
		t.Errorf("%+v, fresh %v, %v", session, fresh, err)
	}
	// A person who reads the database can't act as the manager: it holds only a hash of the token.
	if session.TokenHash == token || session.ID == token || session.BrowserID == token {
		t.Error("the token is stored as it is")
	}
	if _, _, err := w.Session(t.Context(), session.TokenHash); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("the hash as a token gives %v, want not found", err)
	}
}

func TestVisitIsNotedOnceADay(t *testing.T) {
	w := newWorld(t)
	token, _, err := w.OpenSession(t.Context(), w.manager, "Firefox on Linux")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		after time.Duration
		fresh bool
	}{{23 * time.Hour, false}, {time.Hour, true}, {time.Hour, false}, {model.SessionIdle - time.Hour - 1, true}} {
		w.now = w.now.Add(step.after)
		if _, fresh, err := w.Session(t.Context(), token); err != nil || fresh != step.fresh {
			t.Errorf("%v later: fresh %v, %v; want %v", step.after, fresh, err, step.fresh)
		}
	}
}

func TestSessionEndsAfterFourHundredIdleDays(t *testing.T) {
	w := newWorld(t)
	token, _, err := w.OpenSession(t.Context(), w.manager, "Firefox on Linux")
	if err != nil {
		t.Fatal(err)
	}
	w.answer(w.start("first-team", model.PulseForm), levels{"": {3}}) // who has nothing goes sooner
	w.now = w.now.Add(400*24*time.Hour - time.Millisecond)
	if err := w.EndIdleSessions(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, fresh, err := w.Session(t.Context(), token); err != nil || !fresh {
		t.Errorf("on the last day: fresh %v, %v", fresh, err)
	}
	w.now = w.now.Add(400 * 24 * time.Hour)
	if _, _, err := w.Session(t.Context(), token); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("after it: %v, want not found", err)
	}
	if err := w.EndIdleSessions(t.Context()); err != nil {
		t.Fatal(err)
	}
}
