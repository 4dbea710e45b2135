package app_test

import (
	"strings"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// signsIn is a request of the visitor's browser while it acts for a manager; again is one while it doesn't.
func (v *visitor) signsIn(manager string) {
	v.w.t.Helper()
	v.again()
	v.mentor = must(v.w.ActsFor(v.w.t.Context(), v.mentor, manager))(v.w.t)
}

func (v *visitor) again() {
	v.w.t.Helper()
	v.mentor = must2(v.w.Mentor(v.w.t.Context(), v.token))(v.w.t)
}

// key makes a key in the visitor's browser.
func (v *visitor) key() string {
	v.w.t.Helper()
	words, token, err := v.w.MakeMentorKey(v.w.t.Context(), v.mentor, "")
	ok(v.w.t, "a key", err)
	v.token = token
	v.again()
	return strings.Join(words, " ")
}

// twoSides are Ken, who is also a mentor in his browser, the mentor whom he asked, who has written something that isn't
// sent, and their shares.
type twoSides struct {
	*world
	ken         string
	his, mentor *visitor
	ofKen, lees string
	link        *model.MadeShare
}

func newTwoSides(t *testing.T) *twoSides {
	w := newWorld(t)
	sides := &twoSides{world: w, ken: w.manager, his: w.visitor(), mentor: w.visitor()}
	ofKen := w.sit("first-team", model.FullForm, contrast)
	w.manager = w.newManager()
	sides.lees = sides.his.open(w.link(w.sit("first-team", model.FullForm, contrast)))
	w.manager = sides.ken
	sides.link = w.link(ofKen, blindly)
	sides.ofKen = sides.mentor.open(sides.link)
	sides.mentor.rate(sides.ofKen, "debt", "1", "Candid, and not sent.")
	return sides
}

// goesOn is a new browser that goes on by a code or a key.
func (s *twoSides) goesOn(secret string) *visitor {
	s.t.Helper()
	other := s.visitor()
	ok(s.t, "another browser", other.continues(secret, false))
	other.again()
	return other
}

// closed holds that a browser shows nothing of what Ken shared, and takes nothing about it.
func (s *twoSides) closed(what string, v *visitor) {
	s.t.Helper()
	ctx := s.t.Context()
	_, err := s.Shared(ctx, v.mentor, s.ofKen)
	notFound(s.t, what+": the manager’s own share", err)
	_, err = s.RatingPage(ctx, v.mentor, s.ofKen, "debt")
	notFound(s.t, what+": the rating of themselves", err)
	_, err = s.SaveRating(ctx, v.mentor, s.ofKen, "debt", model.RatingInput{Level: "5"})
	notFound(s.t, what+": rating themselves", err)
	notFound(s.t, what+": taking it back", s.ForgetShare(ctx, v.mentor, s.ofKen, true))
	own := must(s.OwnWords(ctx, v.mentor))(s.t)
	list := must(s.Received(ctx, v.mentor))(s.t)
	home := must(s.Home(ctx, "", v.mentor, model.Zone{}))(s.t)
	if len(own) != 0 || len(list) != 1 || list[0].ShareID != s.lees || len(home.Received) != 1 {
		s.t.Errorf("%s: the manager reads %d views of themselves, and opens %+v", what, len(own), list)
	}
	if count := must(s.Waiting(ctx, "", v.mentor, model.Zone{}))(s.t); count != 1 {
		s.t.Errorf("%s: %d wait", what, count)
	}
}

// A mentor doesn't go on in their manager's browser, by a code or a key from there, whenever the manager signed in: the
// manager would read what they have not sent.
func TestNoOrderLetsAManagerReadWhatIsNotSent(t *testing.T) {
	for order, make := range map[string]func(*twoSides) string{
		"signed in, a code": func(s *twoSides) string { s.his.signsIn(s.ken); return s.his.code() },
		"signed in, a key":  func(s *twoSides) string { s.his.signsIn(s.ken); return s.his.key() },
		"signed in, signed out, a code": func(s *twoSides) string {
			s.his.signsIn(s.ken)
			s.his.again()
			return s.his.code()
		},
		"a code, signed in": func(s *twoSides) string {
			code := s.his.code()
			s.his.signsIn(s.ken)
			return code
		},
		"a key, signed in": func(s *twoSides) string {
			key := s.his.key()
			s.his.signsIn(s.ken)
			return key
		},
		"a key, signed in, used elsewhere, ended": func(s *twoSides) string {
			key := s.his.key()
			s.his.signsIn(s.ken)
			ok(s.t, "the end of the first", s.EndOtherMentorBrowsers(s.t.Context(), s.goesOn(key).mentor))
			return key
		},
		"used elsewhere, signed in here, a code from there": func(s *twoSides) string {
			other := s.goesOn(s.his.code())
			s.his.signsIn(s.ken)
			return other.code()
		},
	} {
		s := newTwoSides(t)
		made := make(s)
		expectFields(t, order, s.mentor.continues(made, false), "code")
		if s.mentor.rating(s.ofKen, "debt").Level != 1 {
			t.Errorf("%s: the mentor lost what they wrote", order)
		}
	}
}

// And the other way round: a browser that ever acted for the manager, or goes on with one that did, takes no code of the
// mentor's.
func TestNoOrderMakesAManagerTheirOwnMentor(t *testing.T) {
	for order, enter := range map[string]func(*twoSides) *visitor{
		"signed in":             func(s *twoSides) *visitor { s.his.signsIn(s.ken); return s.his },
		"signed in, signed out": func(s *twoSides) *visitor { s.his.signsIn(s.ken); s.his.again(); return s.his },
		"beside one that signs in": func(s *twoSides) *visitor {
			other := s.goesOn(s.his.code())
			s.his.signsIn(s.ken)
			return other
		},
		"by the key of one that signed in": func(s *twoSides) *visitor {
			key := s.his.key()
			s.his.signsIn(s.ken)
			return s.goesOn(key)
		},
	} {
		s := newTwoSides(t)
		browser := enter(s)
		expectFields(t, order+", a code", browser.continues(s.mentor.code(), false), "code")
		expectFields(t, order+", a key", browser.continues(s.mentor.key(), false), "code")
	}
}

// What was joined before the manager was ever signed in there is closed from the moment on at which they are: while they
// are, after that, and in each browser that goes on with this one.
func TestASharedBrowserIsClosedOnceItIsTheManagers(t *testing.T) {
	s := newTwoSides(t)
	ok(t, "a code of a browser that is nobody’s", s.mentor.continues(s.his.code(), false))
	late := s.his.key()
	if s.his.rating(s.ofKen, "debt").Level != 1 {
		t.Fatal("what was joined isn’t there before")
	}
	session, _, err := s.OpenSession(t.Context(), s.ken, "their browser")
	ok(t, "a session", err)
	must(s.OpenKept(t.Context(), session, s.his.mentor, "their browser"))(t)
	s.his.again()
	s.closed("signed in just now, and no page read", s.his)
	s.his.signsIn(s.ken)
	s.closed("signed in", s.his)
	s.his.again()
	s.closed("signed out", s.his)
	s.closed("by a code from there", s.goesOn(s.his.code()))
	s.closed("by a key from there", s.goesOn(late))
	s.mentor.again()
	if s.mentor.rating(s.ofKen, "debt").Comment != "Candid, and not sent." {
		t.Error("it is closed to the mentor themselves")
	}
	invitation := must(s.Invitation(t.Context(), model.OpenInput{Secret: s.link.Secret, Mentor: s.his.mentor}))(t)
	opened := must(s.OpenShare(t.Context(), model.OpenInput{Secret: s.link.Secret, Mentor: s.his.mentor}))(t)
	if !invitation.Owned || !opened.Owned || opened.Token != "" {
		t.Errorf("the manager’s own link opens: %+v, %+v", invitation, opened)
	}
	must(s.DeleteEverything(t.Context(), s.ken, true))(t)
	s.his.again()
	if len(s.his.mentor.Owners) != 0 {
		t.Errorf("a manager who is deleted is still noted: %v", s.his.mentor.Owners)
	}
}

// What a manager wrote as their own mentor before they ever signed in there counts no more once they do: in a private window,
// say, in which they tried their link. They can let it count again, and that stays. Where the mentor has another browser,
// it may be somebody else's, and counts.
func TestWhatAManagerWroteBeforeTheySignedInIsSetAside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, opened *store.Store) {
		w := newWorldOn(t, opened)
		id := w.sit("first-team", model.FullForm, contrast)
		made := w.link(id, blindly)
		tries := func(name string) *visitor {
			v := w.visitor()
			v.rate(v.open(made), "debt", "5", "Splendid.")
			v.send(made.Share.ID, name)
			return v
		}
		private, other, two := tries("Ann herself"), tries("Bo"), tries("Cy")
		desk := w.visitor()
		w.ok(desk.continues(two.code(), false))
		counts := func(what, name string, want bool) *model.MentorReview {
			t.Helper()
			for _, review := range w.conversation(id).Reviews {
				if review.Name == name {
					if review.Counts() != want {
						t.Errorf("%s: what %s wrote counts: %t", what, name, review.Counts())
					}
					return review
				}
			}
			t.Fatalf("%s: there is nothing by %s", what, name)
			return nil
		}
		session, _, err := w.OpenSession(t.Context(), w.manager, "a private window")
		w.ok(err)
		must(w.OpenKept(t.Context(), session, private.mentor, "a private window"))(t)
		review := counts("signed in", "Ann herself", false)
		counts("signed in", "Bo", true)
		if !review.Own {
			t.Error("nothing says why it was set aside")
		}
		w.ok(w.SetReviewAside(t.Context(), w.manager, id, review.ID, false))
		private.signsIn(w.manager)
		must(w.OpenKept(t.Context(), session, private.mentor, "a private window"))(t)
		counts("let count, and signed in again", "Ann herself", true)
		desk.signsIn(w.manager)
		counts("signed in in one of two", "Cy", true)
		two.signsIn(w.manager)
		counts("signed in in both", "Cy", false)
		if other.mentor.Is(w.manager) || counts("in the end", "Bo", true).Own {
			t.Error("somebody else’s browser is taken for the manager’s")
		}
	})
}
