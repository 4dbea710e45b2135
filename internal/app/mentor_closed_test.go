package app_test

import (
	"errors"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// closedTo fails the test if a browser is shown anything that was written by a link for one person alone.
func (v *visitor) closedTo(t *testing.T, what, share, review string) {
	t.Helper()
	ctx := t.Context()
	if list := must(v.w.OwnWords(ctx, v.mentor))(t); len(list) != 0 {
		t.Errorf("%s reads %d of their words", what, len(list))
	}
	if file := must(v.w.OwnWordsExport(ctx, v.mentor))(t); len(file.Reviews) != 0 {
		t.Errorf("%s has a file of %d of their reviews", what, len(file.Reviews))
	}
	_, err := v.w.OwnReview(ctx, v.mentor, review)
	notFound(t, what+", one review", err)
	notFound(t, what+", deleting it", v.w.DeleteOwnReview(ctx, v.mentor, review))
	_, err = v.w.Shared(ctx, v.mentor, share)
	forSomebodyElse(t, what+", the share", err)
	if list := must(v.w.Received(ctx, v.mentor))(t); len(list) != 0 {
		t.Errorf("%s is shown %d links", what, len(list))
	}
	if closed := must(v.w.ClosedToVisitor(ctx, v.mentor))(t); !closed {
		t.Errorf("%s isn’t told that there is something", what)
	}
}

// addressedReview is a browser of somebody who has signed in and written by a link for them alone, with the share and the review.
func (w *world) addressedReview(assessment string) (v *visitor, share, review string) {
	w.t.Helper()
	v = w.visitor()
	made := w.link(assessment, alone("bo@example.org"))
	must(v.opensAs(made, v.comesBy(confirmed("bo", "bo@example.org"))))(w.t)
	v.rate(made.Share.ID, "debt", "4", "For Ada alone.")
	v.send(made.Share.ID, "Bo")
	return v, made.Share.ID, must(w.OwnWords(w.t.Context(), v.mentor))(w.t)[0].Review.ID
}

// What was written by a link for one person alone is closed wherever they aren't signed in, in every list and file, also
// once its manager has taken the link off their list.
func TestWhatWasWrittenByALinkForOnePersonIsClosed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		phone, share, review := w.addressedReview(w.sit("first-team", model.FullForm, contrast))
		if must(w.ClosedToVisitor(t.Context(), phone.mentor))(t) {
			t.Error("where they are signed in, something is closed")
		}
		aside := w.visitor()
		ok(t, "a code", aside.continues(phone.code(), false))
		aside.closedTo(t, "a browser that went on by a code", share, review)
		other := w.visitor()
		aside.mentor.ManagerID = other.comesBy(confirmed("dee", "dee@example.org")).ManagerID
		aside.closedTo(t, "somebody else in it", share, review)
		aside.mentor.ManagerID = ""

		ok(t, "ending it", w.RevokeShare(t.Context(), w.manager, share))
		aside.closedTo(t, "once it has ended, the browser", share, review)
		ok(t, "taking it off the list", w.RemoveShare(t.Context(), w.manager, share))
		aside.closedTo(t, "once it is off the list, the browser", share, review)
		if list := must(w.OwnWords(t.Context(), phone.mentor))(t); len(list) != 1 || must(w.ClosedToVisitor(t.Context(), phone.mentor))(t) {
			t.Errorf("where they are signed in, they read %d of their words", len(list))
		}
		if _, err := w.Shared(t.Context(), phone.mentor, share); !errors.Is(err, model.ErrShareEnded) {
			t.Errorf("where they are signed in, it opens with %v", err)
		}
	})
}

// Nor do such words come out by another link: not as what was said last time, not as the name, and not on the same result.
func TestALinkForAllTellsNothingOfOneForOnePerson(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, contrast)
	phone, share, review := w.addressedReview(first)
	aside := w.visitor()
	ok(t, "a code", aside.continues(phone.code(), false))
	bare := aside.open(w.link(w.sit("first-team", model.FullForm, contrast), blindly))
	aside.rate(bare, "debt", "3", "")
	lookBack := func(mentor model.Mentor) *model.LastTime {
		t.Helper()
		page := must(w.RatingPage(t.Context(), mentor, bare, "debt"))(t)
		saved := must(w.SaveRating(t.Context(), mentor, bare, "debt", model.RatingInput{Level: "3", Seen: app.SeenRating(page.Competency.Rating), Last: true}))(t)
		return saved.Page.Competency.Last
	}
	if last := lookBack(aside.mentor); last != nil {
		t.Errorf("it says what was said last time: %+v", last)
	}
	if words := must(w.SharedToRate(t.Context(), aside.mentor, bare))(t); words.KnownAs != "" {
		t.Errorf("it says that they are called %q", words.KnownAs)
	}
	if lookBack(phone.mentor) == nil {
		t.Error("where they are signed in, it doesn’t say what was said last time")
	}

	same := w.link(first, blindly)
	id := aside.open(same)
	_, err := w.Shared(t.Context(), aside.mentor, id)
	forSomebodyElse(t, "a link for all to the same result", err)
	if list := must(w.Received(t.Context(), aside.mentor))(t); len(list) != 1 || list[0].ShareID != bare {
		t.Errorf("%d links are listed", len(list))
	}

	// Two views that are laid together are closed like the one of them.
	desk := w.visitor()
	begun := desk.open(same)
	desk.rate(begun, "debt", "1", "Begun by the link for all.")
	ok(t, "laid together", desk.continues(phone.code(), true))
	_, err = w.Shared(t.Context(), desk.mentor, begun)
	forSomebodyElse(t, "two views laid together", err)
	for _, own := range must(w.OwnWords(t.Context(), desk.mentor))(t) {
		if own.AssessmentID == first || own.Review.ID == review {
			t.Error("two views laid together are read without signing in")
		}
	}
	_, err = w.Shared(t.Context(), desk.mentor, share)
	forSomebodyElse(t, "the link for one person", err)

	// So are they where the other one stays, since it was sent.
	third := w.sit("first-team", model.FullForm, contrast)
	made := w.link(third, alone("cy@example.org"))
	cy, sent := w.visitor(), w.visitor()
	must(cy.opensAs(made, cy.comesBy(confirmed("cy", "cy@example.org"))))(t)
	cy.rate(made.Share.ID, "coaching", "4", "For Ada alone.")
	bareOf := sent.open(w.link(third, blindly))
	sent.rate(bareOf, "debt", "1", "Begun by the link for all.")
	sent.send(bareOf, "Cy")
	ok(t, "laid together with one that was sent", sent.continues(cy.code(), true))
	_, err = w.Shared(t.Context(), sent.mentor, bareOf)
	forSomebodyElse(t, "one that was sent", err)
	if list := must(w.OwnWords(t.Context(), sent.mentor))(t); len(list) != 0 {
		t.Errorf("of one that was sent, %d are read", len(list))
	}
	if list := must(w.OwnWords(t.Context(), cy.mentor))(t); len(list) != 1 || len(list[0].Ratings) != 2 {
		t.Errorf("where they are signed in, they read %+v", list)
	}
}

// Whoever is signed in as somebody else than the one who keeps a mentor's side doesn't become that mentor, however they come
// by a code or a key.
func TestACodeOfAnothersSignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		phone, share, _ := w.addressedReview(w.sit("first-team", model.FullForm, contrast))
		holder := must(w.store.TiedManager(t.Context(), phone.mentor.ID))(t)
		key := phone.key()
		cy := w.visitor()
		session := cy.comesBy(confirmed("cy", "cy@example.org"))
		enters := func(v *visitor, code, manager string) error {
			_, err := w.ContinueAsMentor(t.Context(), model.ContinueInput{Code: code, Mentor: v.mentor, ManagerID: manager, From: "a place"})
			return err
		}
		code := phone.code()
		expectFields(t, "a code", enters(cy, code, session.ManagerID), "code")
		expectFields(t, "a key", enters(cy, key, session.ManagerID), "code")
		if devices := must(w.MentorDevices(t.Context(), phone.mentor, holder))(t); len(devices.Browsers) != 1 {
			t.Errorf("they have %d browsers", len(devices.Browsers))
		}
		// A browser that merely holds answers isn't signed in as anybody, nor is one that holds none.
		held := w.visitor()
		ok(t, "where answers lie to which nothing leads", enters(held, code, w.newManager()))
		ok(t, "where nobody is signed in", held.continues(key, false))

		// Signed in afterwards, they hold nothing of it any more; signed in as that person, all of it.
		if theirs := must(w.Theirs(t.Context(), held.mentor, session.ManagerID))(t); theirs.ID != "" {
			t.Errorf("somebody else who signs in is %+v", theirs)
		}
		for what, manager := range map[string]string{"nobody": "", "they themselves": holder, "who signs in by nothing": w.newManager()} {
			if theirs := must(w.Theirs(t.Context(), held.mentor, manager))(t); theirs.ID != phone.mentor.ID {
				t.Errorf("for %s the mentor is %q", what, theirs.ID)
			}
		}

		// What is kept under their own sign-in opens in its place.
		own := w.link(w.sit("first-team", model.FullForm, contrast), alone("cy@example.org"))
		must(cy.opensAs(own, session))(t)
		again := held.comesBy(confirmed("cy", "cy@example.org"))
		held.mentor.ManagerID = again.ManagerID
		if list := must(w.Received(t.Context(), held.mentor))(t); held.mentor.ID != cy.mentor.ID || len(list) != 1 || list[0].ShareID == share {
			t.Errorf("they are shown %+v", list)
		}
		// Nor does a code of theirs lead there.
		expectFields(t, "the other way", enters(phone, cy.code(), holder), "code")
		loose := w.visitor()
		loose.open(w.link(w.sit("first-team", model.FullForm, contrast), blindly))
		loose.signsIn(session.ManagerID)
		expectFields(t, "of a browser in which they are signed in", enters(phone, loose.code(), holder), "code")
	})
}
