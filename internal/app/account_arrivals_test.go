package app_test

import (
	"errors"
	"testing"
	"time"

	"whetstone/internal/model"
)

// anIdentity is one of an organisation's sign-in.
func anIdentity(subject string) model.Identity {
	return model.Identity{Way: model.ByOpenID, Issuer: "https://id.example.org", Subject: subject, Name: subject + "@example.org"}
}

// arrives lets somebody in who has proved who they are.
func (w *world) arrives(session model.Session, identity model.Identity) model.Session {
	w.t.Helper()
	arrived := must(w.Arrive(w.t.Context(), session, model.Arrival{Identity: identity, Label: "Firefox on Linux"}))(w.t)
	if arrived.Token == "" {
		w.t.Fatal("there is a choice to make")
	}
	return w.session(arrived.Token)
}

func TestArrivals(t *testing.T) {
	t.Parallel()

	t.Run("who is new begins, and comes back from elsewhere", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		first := w.arrives(model.Session{}, anIdentity("one"))
		if first.ManagerID == "" || first.ManagerID == w.manager || !first.WayBack || first.Keyed || first.Way != model.ByOpenID ||
			first.Issuer != "https://id.example.org" || first.Subject != "one" {
			t.Errorf("the first session is %+v", first)
		}
		elsewhere := w.arrives(model.Session{}, anIdentity("one"))
		if elsewhere.ManagerID != first.ManagerID || elsewhere.BrowserID == first.BrowserID {
			t.Errorf("the second session is %+v, the first was %+v", elsewhere, first)
		}
		other := w.arrives(model.Session{}, anIdentity("two"))
		if other.ManagerID == first.ManagerID {
			t.Error("another subject opens the same history")
		}
		devices := must(w.Devices(t.Context(), first))(t)
		if devices.This.Way != model.ByOpenID || devices.This.CameAs != "one@example.org" || len(devices.Others) != 1 {
			t.Errorf("the devices are %+v", devices)
		}
	})

	t.Run("a browser with nothing becomes that of who comes", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		empty := w.openedFor(must(w.NewManager(t.Context()))(t))
		came := w.arrives(empty, anIdentity("one"))
		if came.ManagerID != empty.ManagerID {
			t.Error("somebody new was made although the browser held nothing")
		}
		w.ended(empty)
	})

	t.Run("what leads elsewhere is handed to nobody unasked", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		first := w.openedFor(w.newManager())
		w.openedFor(first.ManagerID) // another device, which would read what is written here
		w.asked(first, anIdentity("one"))
	})

	t.Run("two people who use one browser stay two", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		first := w.arrives(model.Session{}, anIdentity("one"))
		second := w.arrives(first, anIdentity("two"))
		if second.ManagerID == first.ManagerID {
			t.Error("who comes next gets the history, still empty, of who was there before")
		}
		w.sit("first-team", model.PulseForm, steady) // by w.manager
		session := w.openedFor(w.manager)
		known := w.session(must(w.Arrive(t.Context(), session, model.Arrival{Identity: anIdentity("three"), Adding: true}))(t).Token)
		w.asked(known, anIdentity("four"))
		if choice := must(w.Choice(t.Context(), known))(t); !choice.Taken {
			t.Errorf("the answers of somebody who signs in are offered to another: %+v", choice)
		}
		if _, err := w.Choose(t.Context(), known, model.ChoiceInput{Choice: model.KeepHere}); !wrongOn(err, "choice") {
			t.Errorf("the answers of somebody who signs in are given to another: %v", err)
		}
	})

	t.Run("answers are kept or left, as is chosen", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.sit("first-team", model.PulseForm, steady)
		session := w.openedFor(w.manager)
		w.asked(session, anIdentity("one"))
		choice := must(w.Choice(t.Context(), session))(t)
		if choice.Known || choice.Here.Finished != 1 || choice.WayBack || choice.Here.First.IsZero() {
			t.Errorf("the choice is %+v", choice)
		}
		if _, err := w.Choose(t.Context(), session, model.ChoiceInput{}); !wrongOn(err, "choice") {
			t.Errorf("no choice: %v", err)
		}
		if _, err := w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.OpenThere}); !wrongOn(err, "leave") {
			t.Errorf("answers that nothing leads to are left without a word: %v", err)
		}
		kept := w.session(must(w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.KeepHere}))(t).Token)
		if kept.ManagerID != w.manager || !kept.WayBack {
			t.Errorf("kept: %+v", kept)
		}
		if elsewhere := w.arrives(model.Session{}, anIdentity("one")); elsewhere.ManagerID != w.manager {
			t.Error("the answers don’t open elsewhere")
		}
		w.ended(session)
	})

	t.Run("beginning afresh leaves the answers as they are", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.sit("first-team", model.PulseForm, steady)
		session := w.openedFor(w.manager)
		w.asked(session, anIdentity("one"))
		fresh := w.session(must(w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.OpenThere, Leave: true}))(t).Token)
		if fresh.ManagerID == w.manager || fresh.BrowserID != session.BrowserID {
			t.Errorf("fresh: %+v", fresh)
		}
		if held := must(w.Holdings(t.Context(), w.manager))(t); held.Finished != 1 {
			t.Errorf("left: %+v", held)
		}
	})

	t.Run("two histories", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.sit("first-team", model.PulseForm, steady)
		session := w.openedFor(w.manager)
		known := w.arrives(model.Session{}, anIdentity("one"))
		w.asked(session, anIdentity("one"))
		if choice := must(w.Choice(t.Context(), session))(t); !choice.Known || choice.There.Any() {
			t.Errorf("the choice is %+v", choice)
		}
		if _, err := w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.KeepHere}); !wrongOn(err, "choice") {
			t.Errorf("an identity of somebody’s was given to another: %v", err)
		}
		if stayed := must(w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.StayHere}))(t); stayed.Token != "" {
			t.Error("staying opened something")
		}
		if _, err := w.Choice(t.Context(), session); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("after the choice there is one: %v", err)
		}
		w.asked(session, anIdentity("one"))
		opened := w.session(must(w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.OpenThere, Leave: true}))(t).Token)
		if opened.ManagerID != known.ManagerID {
			t.Errorf("opened: %+v", opened)
		}
	})

	t.Run("who takes long has to sign in again", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.sit("first-team", model.PulseForm, steady)
		session := w.openedFor(w.manager)
		w.asked(session, anIdentity("one"))
		w.now = w.now.Add(time.Hour)
		if _, err := w.Choose(t.Context(), session, model.ChoiceInput{Choice: model.KeepHere}); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("an hour later: %v", err)
		}
	})

	t.Run("a way in is added, and removed with the other devices", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.sit("first-team", model.PulseForm, steady)
		session := w.openedFor(w.manager)
		added := w.session(must(w.Arrive(t.Context(), session, model.Arrival{Identity: anIdentity("one"), Adding: true}))(t).Token)
		if added.ManagerID != w.manager || !added.WayBack {
			t.Errorf("added: %+v", added)
		}
		elsewhere := w.arrives(model.Session{}, anIdentity("one"))
		ways := must(w.WaysIn(t.Context(), session))(t)
		if len(ways.Identities) != 1 || ways.Identities[0].Name != "one@example.org" {
			t.Fatalf("the ways in are %+v", ways)
		}
		if _, err := w.RemoveWayIn(t.Context(), w.openedFor(must(w.NewManager(t.Context()))(t)), ways.Identities[0].ID, true); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("somebody else removes it: %v", err)
		}
		removed := w.session(must(w.RemoveWayIn(t.Context(), added, ways.Identities[0].ID, true))(t))
		if removed.WayBack {
			t.Error("a way in that was removed leads back")
		}
		w.ended(elsewhere)
		if again := w.arrives(model.Session{}, anIdentity("one")); again.ManagerID == w.manager {
			t.Error("a way in that was removed opens the history")
		}
	})
}

// asked lets somebody arrive who has to choose first.
func (w *world) asked(session model.Session, identity model.Identity) {
	w.t.Helper()
	if arrived := must(w.Arrive(w.t.Context(), session, model.Arrival{Identity: identity}))(w.t); arrived.Token != "" {
		w.t.Fatal("nothing was asked")
	}
}

// openedFor opens a session in a browser of its own.
func (w *world) openedFor(manager string) model.Session {
	w.t.Helper()
	_, session := w.signedIn(manager)
	return session
}

// ended reports a session that still opens something.
func (w *world) ended(session model.Session) {
	w.t.Helper()
	for _, device := range must(w.Devices(w.t.Context(), session))(w.t).Others {
		if device.SessionID == session.ID {
			w.t.Error("the session that was replaced goes on")
		}
	}
	if found := must(w.Devices(w.t.Context(), session))(w.t).This; found.SessionID != "" {
		w.t.Error("the session that was replaced goes on")
	}
}

// wrongOn reports whether an error is that of one field.
func wrongOn(err error, field string) bool {
	failure, found := errors.AsType[*model.Error](err)
	return found && failure.Kind == model.Invalid && len(failure.Fields) == 1 && failure.Fields[0].Field == field
}
