package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"whetstone/internal/model"
)

// aPasskey is a new one of the session's manager, as a device would prove it.
func (w *world) aPasskey(session model.Session, credential string) model.Session {
	w.t.Helper()
	made := model.Registration{Challenge: "for " + credential, Expires: w.now.Add(time.Hour)}
	made.CredentialID, made.Handle, made.Name = credential, "handle", "A device"
	return w.session(must(w.AddPasskey(w.t.Context(), session, made))(w.t))
}

// asserts tries to come in with a passkey, in a new browser; outcome is what checking its answer tells.
func (w *world) asserts(credential, challenge string, outcome func(model.Passkey) (model.Passkey, bool, error)) (model.Session, error) {
	w.t.Helper()
	arrived, err := w.ArriveByPasskey(w.t.Context(), model.Session{}, model.Assertion{
		Challenge: challenge, Expires: w.now.Add(time.Hour), CredentialID: credential, Handle: "handle", Verify: outcome,
	}, model.Arrival{From: "a client"})
	if err != nil {
		return model.Session{}, err
	}
	return w.session(arrived.Token), nil
}

func holds(kept model.Passkey) (model.Passkey, bool, error)    { return kept, false, nil }
func isCloned(kept model.Passkey) (model.Passkey, bool, error) { return kept, true, nil }
func doesNotHold(kept model.Passkey) (model.Passkey, bool, error) {
	return kept, false, errors.New("forged")
}

func TestPasskeys(t *testing.T) {
	t.Parallel()

	t.Run("one opens its owner’s history, once for each challenge", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		session := w.aPasskey(w.openedFor(w.manager), "laptop")
		if !session.WayBack || session.ManagerID != w.manager {
			t.Errorf("afterwards the session is %+v", session)
		}
		came := must(w.asserts("laptop", "first", holds))(t)
		if came.ManagerID != w.manager || came.Way != model.ByPasskey || came.CameAs != "A device" {
			t.Errorf("came in: %+v", came)
		}
		if _, err := w.asserts("laptop", "first", holds); !wrongOn(err, "passkey") {
			t.Errorf("the same answer once more: %v", err)
		}
		for name, try := range map[string]func() (model.Session, error){
			"unknown": func() (model.Session, error) { return w.asserts("another", "second", holds) },
			"forged":  func() (model.Session, error) { return w.asserts("laptop", "third", doesNotHold) },
		} {
			if _, err := try(); !wrongOn(err, "passkey") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})

	t.Run("a copy ends it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		session := w.aPasskey(w.openedFor(w.manager), "laptop")
		if _, err := w.asserts("laptop", "first", isCloned); !wrongOn(err, "passkey") {
			t.Errorf("a copy: %v", err)
		}
		ways := must(w.WaysIn(t.Context(), session))(t)
		if len(ways.Passkeys) != 1 || !ways.Passkeys[0].Refused.Equal(w.now) || ways.Count() != 0 {
			t.Errorf("afterwards the ways in are %+v", ways)
		}
	})

	t.Run("who only tries is slowed", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.aPasskey(w.openedFor(w.manager), "laptop")
		for i := range 10 {
			if _, err := w.asserts("another", fmt.Sprint(i), holds); !wrongOn(err, "passkey") {
				t.Fatalf("try %d: %v", i, err)
			}
		}
		if _, err := w.asserts("laptop", "the right one", holds); model.KindOf(err) != model.Throttled {
			t.Errorf("after ten tries: %v", err)
		}
	})

	t.Run("there are so many and no more", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		session := w.openedFor(w.manager)
		for i := range model.PasskeyLimit {
			session = w.aPasskey(session, fmt.Sprint(i))
		}
		made := model.Registration{Passkey: model.Passkey{CredentialID: "one more", Name: "One more"}, Expires: w.now}
		if _, err := w.AddPasskey(t.Context(), session, made); !wrongOn(err, "passkey") {
			t.Errorf("one more: %v", err)
		}
		removed := must(w.WaysIn(t.Context(), session))(t).Passkeys[0].ID
		if _, err := w.RemovePasskey(t.Context(), w.openedFor(w.newManager()), removed, true); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("somebody else removes one: %v", err)
		}
	})

	t.Run("removing one signs out the others that one asks to", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		session := w.aPasskey(w.openedFor(w.manager), "laptop")
		elsewhere := must(w.asserts("laptop", "first", holds))(t)
		id := must(w.WaysIn(t.Context(), session))(t).Passkeys[0].ID
		after := w.session(must(w.RemovePasskey(t.Context(), session, id, true))(t))
		if after.WayBack {
			t.Error("a removed passkey leads back")
		}
		w.ended(elsewhere)
		if _, err := w.asserts("laptop", "second", holds); !wrongOn(err, "passkey") {
			t.Errorf("a removed passkey: %v", err)
		}
	})
}
