package app_test

import (
	"errors"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// confirmed is an identity whose mail address its issuer has confirmed.
func confirmed(subject, address string) model.Identity {
	identity := anIdentity(subject)
	identity.Address = address
	return identity
}

// alone lets a link open for one person alone.
func alone(address string) func(*model.ShareInput) {
	return func(input *model.ShareInput) { blindly(input); input.Address = address }
}

// as is the visitor's browser in a session.
func (v *visitor) as(made *model.MadeShare, session model.Session) model.OpenInput {
	return model.OpenInput{Secret: made.Secret, Mentor: v.mentor, ManagerID: session.ManagerID, SessionID: session.ID, From: "a place", Label: "Safari on iPhone"}
}

// opensAs presses the button behind a link while somebody is signed in.
func (v *visitor) opensAs(made *model.MadeShare, session model.Session) (model.Opened, error) {
	v.w.t.Helper()
	if _, err := v.w.Invitation(v.w.t.Context(), v.as(made, session)); err != nil {
		_, second := v.w.OpenShare(v.w.t.Context(), v.as(made, session))
		if !errors.Is(second, err) {
			v.w.t.Errorf("looking is refused with %v, opening with %v", err, second)
		}
		return model.Opened{}, err
	}
	opened, err := v.w.OpenShare(v.w.t.Context(), v.as(made, session))
	if opened.Token != "" {
		v.token = opened.Token
		v.signsIn(session.ManagerID)
		v.mentor.ManagerID = session.ManagerID
	}
	return opened, err
}

func forSomebodyElse(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, model.ErrShareAddressed) {
		t.Errorf("%s: %v, want that it is for somebody else", what, err)
	}
}

// A link that is for one person opens for whoever signs in with the address, wherever they do, and for nobody else; the
// manager sees nothing of the others.
func TestALinkForOnePersonAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		id := w.sit("first-team", model.FullForm, contrast)
		made := w.link(id, alone(" Bo@Bücher.example "))
		if made.Share.Address != "bo@xn--bcher-kva.example" {
			t.Errorf("it is for %q", made.Share.Address)
		}
		phone, desk, other := w.visitor(), w.visitor(), w.visitor()
		_, err := phone.opensAs(made, model.Session{})
		forSomebodyElse(t, "nobody", err)
		named := anIdentity("cy")
		named.Name = "bo@xn--bcher-kva.example" // what pages call somebody proves nothing
		_, err = other.opensAs(made, other.comesBy(named))
		forSomebodyElse(t, "a name", err)
		_, err = other.opensAs(made, other.comesBy(confirmed("dee", "bo@example.org")))
		forSomebodyElse(t, "another address", err)
		if got := must(w.Share(t.Context(), w.manager, made.Share.ID))(t); len(got.Opened) != 0 || got.Share.Openings != 0 {
			t.Errorf("the manager sees %d openings of somebody else", len(got.Opened))
		}

		bo := confirmed("bo", "bo@xn--bcher-kva.example")
		session := phone.comesBy(bo)
		if got, err := phone.opensAs(made, session); err != nil || got.Token == "" || got.ShareID != made.Share.ID {
			t.Fatalf("for whom it is it opens as %+v, %v", got, err)
		}
		phone.rate(made.Share.ID, "debt", "4", "Begun on the phone.")
		if got := must(w.Received(t.Context(), phone.mentor))(t); len(got) != 1 {
			t.Errorf("%d things were shared", len(got))
		}
		if got := must(w.Share(t.Context(), w.manager, made.Share.ID))(t); got.Share.Openings != 1 {
			t.Errorf("the manager sees %d openings", got.Share.Openings)
		}

		// It opens wherever they sign in, and nowhere else: not by a code, and not once nobody is signed in.
		came := desk.comesBy(bo)
		desk.mentor.ManagerID = came.ManagerID
		if got := desk.rating(made.Share.ID, "debt"); got.Level != 4 {
			t.Errorf("at the desk the rating is %+v", got)
		}
		aside := w.visitor()
		ok(t, "a code", aside.continues(phone.code(), false))
		_, err = w.Shared(t.Context(), aside.mentor, made.Share.ID)
		forSomebodyElse(t, "another browser, by a code", err)
		if home := aside.home(); len(home.Received) != 0 || home.Waiting() != 0 || must(w.Waiting(t.Context(), "", aside.mentor, model.Zone{}))(t) != 0 {
			t.Errorf("without signing in, it stands on Home: %+v", home.Received)
		}
		_, err = w.EndedShare(t.Context(), aside.mentor, made.Share.ID)
		forSomebodyElse(t, "its end", err)
		forSomebodyElse(t, "forgetting it", w.ForgetShare(t.Context(), aside.mentor, made.Share.ID, true))
		aside.mentor.ManagerID = other.comesBy(confirmed("dee", "bo@example.org")).ManagerID
		_, err = w.Shared(t.Context(), aside.mentor, made.Share.ID)
		forSomebodyElse(t, "another person in their browser", err)

		// What the provider no longer confirms counts no more.
		desk.comesBy(confirmed("bo", "other@example.org"))
		_, err = w.Shared(t.Context(), desk.mentor, made.Share.ID)
		forSomebodyElse(t, "an address that was theirs", err)
		desk.comesBy(bo)
		if _, err := w.Shared(t.Context(), desk.mentor, made.Share.ID); err != nil {
			t.Error(err)
		}
		ok(t, "ending it", w.RevokeShare(t.Context(), w.manager, made.Share.ID))
		if _, err := w.Shared(t.Context(), desk.mentor, made.Share.ID); !errors.Is(err, model.ErrShareEnded) {
			t.Errorf("an ended link opens with %v", err)
		}
		_, err = w.Invitation(t.Context(), desk.as(made, came))
		notFound(t, "the link of an ended share", err)
		ok(t, "removing it", w.RemoveShare(t.Context(), w.manager, made.Share.ID))
		var left int
		if err := opened.QueryRow(t.Context(), `SELECT count(*) FROM shares WHERE address <> ''`, nil, &left); err != nil || left != 0 {
			t.Errorf("the address is kept in %d shares after it was removed, %v", left, err)
		}
	})
}

// An address that can't be one, and one's own, are told at the field; asking again asks the same person.
func TestForWhomALinkIs(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	for what, address := range map[string]string{"a name": "Bo", "two": "bo@example.org, cy@example.org", "a local part beyond ASCII": "bö@example.org"} {
		input := shareInput()
		input.Address = address
		_, err := w.MakeShare(t.Context(), w.manager, id, input)
		expectFields(t, what, err, "address")
		_, err = w.PreviewShare(t.Context(), w.manager, id, input)
		expectFields(t, what+" in a preview", err, "address")
	}
	err := w.store.InTx(t.Context(), func(tx *store.Store) error {
		own := confirmed("own", "ada@example.org")
		own.ID, own.Made = "own", w.now
		return tx.PutIdentity(t.Context(), w.manager, own)
	})
	ok(t, "an address of one's own", err)
	input := shareInput()
	input.Address = "ADA@example.org"
	_, err = w.MakeShare(t.Context(), w.manager, id, input)
	expectFields(t, "one's own", err, "address")

	// The same form with another address is another link.
	one := shareInput()
	one.Form, one.Address = "a form", "bo@example.org"
	two := one
	two.Address = "cy@example.org"
	first, second := must(w.MakeShare(t.Context(), w.manager, id, one))(t), must(w.MakeShare(t.Context(), w.manager, id, two))(t)
	if first.Share.ID == second.Share.ID || must(w.MakeShare(t.Context(), w.manager, id, one))(t).Share.ID != first.Share.ID {
		t.Error("two people got one link, or one of them two")
	}

	bo := w.visitor()
	session := bo.comesBy(confirmed("bo", "bo@example.org"))
	must(bo.opensAs(first, session))(t)
	bo.rate(first.Share.ID, "debt", "4", "Seen.")
	bo.send(first.Share.ID, "Bo")
	later := w.sit("first-team", model.FullForm, contrast)
	again := must(w.ShareForm(t.Context(), w.manager, later, first.Share.ID))(t).Input
	if again.Address != "bo@example.org" {
		t.Errorf("it is asked again for %q", again.Address)
	}
	listed := must(w.MakeShare(t.Context(), w.manager, later, again))(t)
	if !listed.Listed {
		t.Error("it doesn’t stand on their list")
	}
	if _, err := w.Shared(t.Context(), bo.mentor, listed.Share.ID); err != nil {
		t.Errorf("from their list it opens with %v", err)
	}
	again.Form, again.Address = "", "cy@example.org"
	if elsewhere := must(w.MakeShare(t.Context(), w.manager, later, again))(t); elsewhere.Listed {
		t.Error("a link for another person stands on the list of the one before")
	}
}

// Whoever signs in in a browser that holds a mentor's side says first whose that is, and nothing is lost either way.
func TestAMentorsBrowserAndALinkForOnePerson(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, bare := w.blindShare(id)
	v.rate(bare, "debt", "2", "By the bare link.")
	key := v.key()
	made := w.link(id, alone("bo@example.org"))
	session := v.comesBy(confirmed("bo", "bo@example.org"))
	if invited := must(w.Invitation(t.Context(), v.as(made, session)))(t); !invited.Apart {
		t.Error("it isn’t asked whose the browser’s mentor is")
	}
	if opened := must(w.OpenShare(t.Context(), v.as(made, session)))(t); !opened.Apart || opened.Token != "" {
		t.Errorf("it opens as %+v", opened)
	}
	if asked := must(w.Keeping(t.Context(), session, v.mentor))(t); len(asked.Received) != 1 {
		t.Errorf("it is asked about %d things", len(asked.Received))
	}
	ok(t, "keeping", v.keeps(session, false))
	_, err := w.Keeping(t.Context(), session, v.mentor)
	notFound(t, "what is kept already", err)
	notFound(t, "closing what is one’s own", w.CloseMentor(t.Context(), session, v.mentor))
	if opened, err := v.opensAs(made, session); err != nil || opened.Apart {
		t.Errorf("after keeping it opens as %+v, %v", opened, err)
	}
	if got := v.rating(made.Share.ID, "debt"); got.Level != 2 {
		t.Errorf("what was written by the bare link is %+v", got)
	}

	// Somebody else closes it: it opens by its key still, and the link opens for them in its place.
	next := w.visitor()
	next.open(w.link(id, blindly))
	cy := next.comesBy(confirmed("cy", "cy@example.org"))
	ok(t, "closing", w.CloseMentor(t.Context(), cy, next.mentor))
	if _, _, err := w.Mentor(t.Context(), next.token); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("it opens after it was closed: %v", err)
	}
	next.mentor = model.Mentor{}
	if opened, err := next.opensAs(w.link(id, alone("cy@example.org")), cy); err != nil || opened.Token == "" {
		t.Errorf("it opens as %+v, %v", opened, err)
	}
	back := w.visitor()
	ok(t, "by the key", back.continues(key, false))
	if back.rating(bare, "debt").Level != 2 {
		t.Error("what was kept is lost")
	}
	notFound(t, "nobody’s", w.CloseMentor(t.Context(), model.Session{}, back.mentor))
	_, err = w.Keeping(t.Context(), cy, back.mentor)
	notFound(t, "what another keeps", err)
}
