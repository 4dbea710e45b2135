package app_test

import (
	"errors"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// comesBy lets somebody come in by an identity in the visitor's browser, with what is kept under it.
func (v *visitor) comesBy(identity model.Identity) model.Session {
	v.w.t.Helper()
	arrived := must(v.w.Arrive(v.w.t.Context(), model.Session{}, model.Arrival{Identity: identity, Label: "Safari on iPhone"}))(v.w.t)
	if token := must(v.w.OpenKept(v.w.t.Context(), arrived.Token, v.mentor, "Safari on iPhone"))(v.w.t); token != "" {
		v.mentor = must2(v.w.Mentor(v.w.t.Context(), token))(v.w.t)
		v.token = token
	}
	return v.w.session(arrived.Token)
}

// keeps keeps what was shared with the visitor under a sign-in.
func (v *visitor) keeps(session model.Session, drop bool) error {
	token, err := v.w.KeepMentor(v.w.t.Context(), session, v.mentor, drop)
	if token != "" {
		v.mentor = must2(v.w.Mentor(v.w.t.Context(), token))(v.w.t)
	}
	return err
}

// What was shared with a browser opens wherever its mentor signs in, once they ask for it, and ends where they sign out.
func TestWhatIsKeptUnderASignInOpensElsewhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		id := w.sit("first-team", model.FullForm, contrast)
		phone, share := w.blindShare(id)
		phone.rate(share, "debt", "4", "Begun on the phone.")
		session := phone.comesBy(anIdentity("bo"))
		if desk := w.visitor(); desk.comesBy(anIdentity("bo")).ManagerID != session.ManagerID || desk.mentor.ID != "" {
			t.Error("something opened that nobody had asked to keep")
		}
		ok(t, "keeping", phone.keeps(session, false))
		ok(t, "keeping twice", phone.keeps(session, false))
		desk := w.visitor()
		came := desk.comesBy(anIdentity("bo"))
		if got := desk.rating(share, "debt"); desk.mentor.ID != phone.mentor.ID || got.Level != 4 {
			t.Errorf("at the desk it is %+v", got)
		}
		desk.send(share, "Bo")
		if said := w.conversation(id); len(said.Reviews) != 1 || said.Reviews[0].Name != "Bo" {
			t.Errorf("the manager reads %d reviews", len(said.Reviews))
		}
		ok(t, "signing out at the desk", w.EndDevice(t.Context(), came, came.ID))
		if _, _, err := w.Mentor(t.Context(), desk.token); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("it is open after signing out: %v", err)
		}
		if phone.rating(share, "debt").Level != 4 {
			t.Error("on the phone it has ended, too")
		}
		ok(t, "letting go", w.LetGoMentor(t.Context(), session, phone.mentor))
		notFound(t, "letting go twice", w.LetGoMentor(t.Context(), session, phone.mentor))
		if late := w.visitor(); late.comesBy(anIdentity("bo")).ID == "" || late.mentor.ID != "" {
			t.Error("it opens after it was let go")
		}
		ok(t, "keeping again", phone.keeps(session, false))
		must(w.DeleteEverything(t.Context(), session.ManagerID, true))(t)
		if _, _, err := w.Mentor(t.Context(), phone.token); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("it is open after everything was deleted: %v", err)
		}
		if said := w.conversation(id); len(said.Reviews) != 1 {
			t.Error("the manager lost what was written to them")
		}
	})
}

// Nobody becomes their own mentor by a sign-in, in whichever order it comes, and nobody takes what another keeps.
func TestNobodyKeepsThemselvesAsTheirMentor(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	link := w.link(id, blindly)
	v := w.visitor()
	v.open(link)
	expectFields(t, "one’s own, opened before", v.keeps(w.openedFor(w.manager), false), "keep")
	notFound(t, "without a session", v.keeps(model.Session{}, false))
	notFound(t, "without a mentor", w.visitor().keeps(w.openedFor(w.manager), false))

	// Kept first, and shared then: the link is one's own wherever the mentor is.
	other := w.newManager()
	mentor, _ := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	ok(t, "keeping", mentor.keeps(w.openedFor(other), false))
	expectFields(t, "what another keeps", mentor.keeps(w.openedFor(w.newManager()), false), "keep")
	w.manager = other
	theirs := w.link(w.sit("first-team", model.FullForm, contrast), blindly)
	input := model.OpenInput{Secret: theirs.Secret, Mentor: mentor.mentor, From: "a place"}
	if opened := must(w.OpenShare(t.Context(), input))(t); !opened.Own || opened.Token != "" {
		t.Errorf("their own opens as %+v", opened)
	}
	if invited := must(w.Invitation(t.Context(), input))(t); !invited.Own {
		t.Error("the page doesn’t say that it is their own")
	}
	// Nor by a code, from a browser that opened it and is nobody's yet.
	fresh := w.visitor()
	fresh.open(theirs)
	expectFields(t, "a code of the kept one", fresh.continues(mentor.code(), false), "code")
	expectFields(t, "a code of the other", mentor.continues(fresh.code(), false), "code")
}

// Two mentors of one sign-in become one, with what one of them saw.
func TestTwoMentorsUnderOneSignInAreOne(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	link := w.link(id, blindly)
	phone, desk := w.visitor(), w.visitor()
	share := phone.open(link)
	desk.open(link)
	phone.reveal(share, "debt")
	desk.rate(share, "debt", "2", "Seen.")
	session := phone.comesBy(anIdentity("bo"))
	ok(t, "the phone", phone.keeps(session, false))
	desk.comesBy(anIdentity("bo"))
	if desk.mentor.ID == phone.mentor.ID {
		t.Fatal("the desk was joined without being asked")
	}
	phone.rate(share, "coaching", "3", "")
	expectFields(t, "two views", desk.keeps(w.openedFor(session.ManagerID), false), "drop")
	ok(t, "laid together", desk.keeps(w.openedFor(session.ManagerID), true))
	if desk.mentor.ID != phone.mentor.ID {
		t.Error("they are two")
	}
	if got := desk.rating(share, "debt"); got.Level != model.Blank || got.Later != 2 {
		t.Errorf("a rating after the score was seen counts as blind: %+v", got)
	}
}
