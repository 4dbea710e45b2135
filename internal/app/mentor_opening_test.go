package app_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Unknown, expired and revoked links look alike.
func TestDeadLinksAreAllAlike(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	expired, revoked := w.link(id, func(i *model.ShareInput) { i.Days = "1" }), w.link(id)
	if err := w.RevokeShare(t.Context(), w.manager, revoked.Share.ID); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(24 * time.Hour)
	var messages []string
	for _, secret := range []string{expired.Secret, revoked.Secret, "unknown", ""} {
		for _, manager := range []string{"", w.manager} {
			input := model.OpenInput{Secret: secret, From: "someone " + secret, ManagerID: manager}
			_, err := w.Invitation(t.Context(), input)
			notFound(t, "an invitation", err)
			messages = append(messages, err.Error())
			opened, err := w.OpenShare(t.Context(), input)
			notFound(t, "an opening", err)
			messages = append(messages, err.Error())
			if opened != (model.Opened{}) {
				t.Errorf("it opened %+v", opened)
			}
		}
	}
	for _, message := range messages {
		if message != messages[0] {
			t.Errorf("one says %q, another %q", messages[0], message)
		}
	}
	if count := must(w.store.Attempts(t.Context(), "share", "someone "+expired.Secret, w.now.Truncate(10*time.Minute)))(t); count != 4 {
		t.Errorf("%d of four tries were counted", count)
	}
}

func TestGuessingLinksIsSlowed(t *testing.T) {
	w := newWorld(t)
	made := w.link(w.sit("first-team", model.FullForm, contrast))
	input := model.OpenInput{Secret: "a guess", From: "Mallory"}
	for try := range 10 {
		call := func() error { _, err := w.Invitation(t.Context(), input); return err }
		if try%2 == 0 {
			call = func() error { _, err := w.OpenShare(t.Context(), input); return err }
		}
		notFound(t, fmt.Sprintf("try %d", try), call())
	}
	right := model.OpenInput{Secret: made.Secret, From: "Mallory"}
	_, err := w.Invitation(t.Context(), right)
	throttledFor(t, err, w.now.Truncate(10*time.Minute).Add(10*time.Minute).Sub(w.now))
	_, err = w.OpenShare(t.Context(), right)
	throttledFor(t, err, w.now.Truncate(10*time.Minute).Add(10*time.Minute).Sub(w.now))
	right.From = "someone else"
	if _, err := w.Invitation(t.Context(), right); err != nil {
		t.Errorf("guessing slows others: %v", err)
	}
	// Guesses at links and at recovery keys are counted apart.
	_, err = w.recover(unknownKey, "Mallory")
	expectFields(t, "a recovery key", err, "words")
	w.now = w.now.Add(10 * time.Minute)
	right.From = "Mallory"
	if _, err := w.OpenShare(t.Context(), right); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

// A scanner that follows a link opens nothing, and a manager who follows their own reviews nothing.
func TestOnlyTheButtonOpens(t *testing.T) {
	w := newWorld(t)
	made := w.link(w.sit("first-team", model.FullForm, contrast), blindly)
	for range 3 {
		invitation := must(w.Invitation(t.Context(), model.OpenInput{Secret: made.Secret}))(t)
		if invitation.Sharer != "Ann Example" || invitation.Own || invitation.ShareID != "" || !invitation.Scope.Rating || invitation.Scope.Notes ||
			!invitation.ExpiresAt.Equal(made.Share.ExpiresAt) {
			t.Errorf("the invitation is %+v", invitation)
		}
	}
	own := model.OpenInput{Secret: made.Secret, ManagerID: w.manager}
	if invitation := must(w.Invitation(t.Context(), own))(t); !invitation.Own || invitation.ShareID != made.Share.ID {
		t.Errorf("the own invitation is %+v", invitation)
	}
	if opened := must(w.OpenShare(t.Context(), own))(t); opened != (model.Opened{ShareID: made.Share.ID, Own: true}) {
		t.Errorf("the own share opens as %+v", opened)
	}
	if share := must(w.Share(t.Context(), w.manager, made.Share.ID))(t).Share; share.Openings != 0 || !share.LastOpened.IsZero() {
		t.Errorf("%d openings were counted", share.Openings)
	}
	// Another manager may well be a mentor.
	opened := must(w.OpenShare(t.Context(), model.OpenInput{Secret: made.Secret, ManagerID: w.newManager()}))(t)
	if opened.Own || opened.Token == "" {
		t.Errorf("another manager opens it as %+v", opened)
	}
}

func TestOpeningsAreLogged(t *testing.T) {
	w := newWorld(t)
	made := w.link(w.sit("first-team", model.FullForm, contrast))
	v, other := w.visitor(), w.visitor()
	first := w.now
	share := v.open(made)
	v.open(made) // pressed twice
	w.now = w.now.Add(time.Hour)
	other.open(made)
	v.open(made)
	detail := must(w.Share(t.Context(), w.manager, share))(t)
	if detail.Share.Openings != 3 || len(detail.Opened) != 3 || !detail.Share.LastOpened.Equal(w.now) || !detail.Opened[2].Equal(first) {
		t.Errorf("logged are %v", detail.Opened)
	}
}

// A link opens in some browsers only, and forgetting it makes no room for more.
func TestLinkOpensInSomeBrowsersOnly(t *testing.T) {
	w := newWorld(t)
	made := w.link(w.sit("first-team", model.FullForm, contrast))
	first := w.visitor()
	share := first.open(made)
	for range model.BrowserLimit - 1 {
		v := w.visitor()
		v.open(made)
		if err := w.ForgetShare(t.Context(), v.mentor, share, true); err != nil {
			t.Error(err)
		}
	}
	for _, input := range []model.OpenInput{
		{Secret: made.Secret, From: "there"}, {Secret: made.Secret, From: "there", Mentor: model.Mentor{ID: "gone"}},
	} {
		if opened, err := w.OpenShare(t.Context(), input); !errors.Is(err, model.ErrShareFull) {
			t.Errorf("one browser too many is let in: %+v, %v", opened, err)
		}
	}
	w.now = w.now.Add(time.Hour)
	if first.open(made) != share {
		t.Error("who opened it before is kept out")
	}
}

// The token of a mentor is a new one whenever what it opens changes, and the browser is the same mentor all
// the same.
func TestMentorKeepsTheirSharesUnderANewToken(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	one, other := w.link(id), w.link(id)
	v := w.visitor()
	v.open(one)
	old, before := v.mentor, v.token
	v.open(one)
	if v.token != before {
		t.Error("opening the same share again gave a new token")
	}
	v.open(other)
	if v.token == before || v.mentor.ID != old.ID {
		t.Error("another share gave no new token, or made another mentor")
	}
	if list := must(w.Received(t.Context(), v.mentor))(t); len(list) != 2 {
		t.Errorf("received are %+v", list)
	}
	// A form that is sent twice comes with the token of before.
	again := must(w.OpenShare(t.Context(), model.OpenInput{Secret: other.Secret, Mentor: old}))(t)
	if again.Token == "" {
		t.Error("the browser that came with the token of before got no new one")
	}
	if mentor, _, err := w.Mentor(t.Context(), again.Token); err != nil || mentor.ID != old.ID {
		t.Errorf("the newest token is that of %+v, %v", mentor, err)
	}
	_, _, err := w.Mentor(t.Context(), before)
	notFound(t, "the first token", err)
	w.now = w.now.Add(2 * time.Minute)
	_, _, err = w.Mentor(t.Context(), v.token)
	notFound(t, "a replaced token after a while", err)
}

func TestMentorIsSeenOnceADayAndIdlesOut(t *testing.T) {
	w := newWorld(t)
	w.key() // so that the manager doesn't idle out
	id := w.sit("first-team", model.FullForm, contrast)
	v := w.visitor()
	v.rate(v.open(w.link(id)), "debt", "2", "")
	if _, fresh, err := w.Mentor(t.Context(), v.token); err != nil || fresh {
		t.Errorf("at once: fresh %t, %v", fresh, err)
	}
	w.now = w.now.Add(25 * time.Hour)
	if mentor, fresh, err := w.Mentor(t.Context(), v.token); err != nil || !fresh || mentor.ID != v.mentor.ID {
		t.Errorf("a day later: fresh %t, %v", fresh, err)
	}
	w.now = w.now.Add(400*24*time.Hour - time.Second)
	w.upkeep()
	if _, _, err := w.Mentor(t.Context(), v.token); err != nil {
		t.Errorf("before the end: %v", err)
	}
	w.now = w.now.Add(401 * 24 * time.Hour)
	_, _, err := w.Mentor(t.Context(), v.token)
	notFound(t, "after 400 idle days", err)
	w.upkeep()
	if list := must(w.Received(t.Context(), v.mentor))(t); len(list) != 0 {
		t.Errorf("the mentor who idled has %d shares", len(list))
	}
	if reviews := w.conversation(id).Reviews; len(reviews) != 1 {
		t.Errorf("%d reviews are left, want the manager's", len(reviews))
	}
}

// Two mentors press the same button, and one presses it in two tabs, at the same time.
func TestOpeningAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		made := w.link(w.sit("first-team", model.FullForm, contrast), blindly)
		known := w.visitor()
		known.open(w.link(made.Share.AssessmentID))
		var running sync.WaitGroup
		tokens := make([]string, 12)
		for i := range tokens {
			running.Go(func() {
				input := model.OpenInput{Secret: made.Secret, From: "here"}
				if i%2 == 0 {
					input.Mentor = known.mentor
				}
				opened, err := w.OpenShare(t.Context(), input)
				if err != nil || opened.ShareID != made.Share.ID {
					t.Errorf("opened %+v, %v", opened, err)
				}
				tokens[i] = opened.Token
			})
		}
		running.Wait()
		mentors := map[string]bool{}
		for i, token := range tokens {
			mentor, _, err := w.Mentor(t.Context(), token)
			if i%2 == 0 {
				if err == nil && mentor.ID != known.mentor.ID {
					t.Error("a tab of the known mentor became another one")
				}
				continue
			}
			if err != nil || mentors[mentor.ID] {
				t.Errorf("a new mentor is %+v, %v", mentor, err)
			}
			mentors[mentor.ID] = true
		}
		if list := must(w.Received(t.Context(), known.mentor))(t); len(list) != 2 {
			t.Errorf("the known mentor has %d shares", len(list))
		}
		if _, _, err := w.Mentor(t.Context(), known.token); err == nil || !errors.Is(err, model.ErrNotFound) {
			t.Errorf("the first token: %v, want not found", err)
		}
	})
}
