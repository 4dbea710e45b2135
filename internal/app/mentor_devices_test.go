package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// code makes a code in the visitor's browser.
func (v *visitor) code() string {
	v.w.t.Helper()
	return must(v.w.MakeMentorCode(v.w.t.Context(), v.mentor))(v.w.t).Code
}

// continues goes on in the visitor's browser with what a code leads to.
func (v *visitor) continues(code string, drop bool) error {
	token, err := v.w.ContinueAsMentor(v.w.t.Context(), model.ContinueInput{Code: code, Drop: drop, Mentor: v.mentor, From: "a place", Label: "Safari on iPhone"})
	if token != "" {
		v.token = token
		v.mentor = must2(v.w.Mentor(v.w.t.Context(), token))(v.w.t)
	}
	return err
}

func must2[T any](value T, _ bool, err error) func(*testing.T) T { return must(value, err) }

// A mentor begins on one device and finishes on another: it is one view, by one mentor.
func TestAMentorGoesOnWithAnotherDevice(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	phone, share := w.blindShare(id)
	phone.rate(share, "debt", "4", "Begun on the phone.")
	desk := w.visitor()
	ok(t, "the code as it is typed", desk.continues(" "+strings.ToLower(strings.ReplaceAll(phone.code(), "-", " "))+" ", false))
	if got := desk.rating(share, "debt"); got.Level != 4 || got.Comment != "Begun on the phone." {
		t.Errorf("at the desk it is %+v", got)
	}
	desk.rate(share, "coaching", "2", "")
	desk.send(share, "Bo")
	if said := w.conversation(id); len(said.Reviews) != 1 || said.Rows[0].Agreement.Mentors != 1 || phone.rating(share, "coaching").Level != 2 {
		t.Errorf("the manager reads %d reviews", len(said.Reviews))
	}
	devices := must(w.MentorDevices(t.Context(), desk.mentor, ""))(t)
	if len(devices.Browsers) != 2 || devices.Browsers[0].Here == devices.Browsers[1].Here {
		t.Errorf("the devices are %+v", devices.Browsers)
	}
	ok(t, "the end of the others", w.EndOtherMentorBrowsers(t.Context(), desk.mentor))
	if _, _, err := w.Mentor(t.Context(), phone.token); err == nil {
		t.Error("the phone is still known")
	}
	if desk.rating(share, "debt").Level != 4 {
		t.Error("what the phone wrote is gone")
	}
}

func TestACodeOpensOnceAndForAWhile(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	phone, _ := w.blindShare(id)
	code := phone.code()
	ok(t, "the first", w.visitor().continues(code, false))
	expectFields(t, "the second", w.visitor().continues(code, false), "code")
	late := phone.code()
	w.now = w.now.Add(15 * time.Minute)
	expectFields(t, "a late one", w.visitor().continues(late, false), "code")
	for _, wrong := range []string{"", "ABCDE", "twelve words that are none of the words keys are made of at all"} {
		expectFields(t, wrong, w.visitor().continues(wrong, false), "code")
	}
	for range 9 {
		expectFields(t, "a guess", w.visitor().continues("ABCDE-ABCDE", false), "code")
	}
	if err := w.visitor().continues(phone.code(), false); model.KindOf(err) != model.Throttled {
		t.Errorf("after ten guesses the right one gives %v", err)
	}
	notFound(t, "a code of nobody", func() error { _, err := w.MakeMentorCode(t.Context(), model.Mentor{}); return err }())
}

// Two browsers that both began become one mentor: what one saw, the other isn't blind to.
func TestTwoBrowsersOfOneMentorAreJoined(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	link := w.link(id, blindly)
	phone, desk := w.visitor(), w.visitor()
	share := phone.open(link)
	phone.rate(share, "debt", "5", "")
	desk.open(link)
	desk.reveal(share, "coaching")
	desk.rate(share, "design", "3", "")
	second := desk.open(w.link(id, func(i *model.ShareInput) { i.Label = "another" }))
	expectFields(t, "two views of one result", desk.continues(phone.code(), false), "drop")
	ok(t, "keeping one", desk.continues(phone.code(), true))
	if got := desk.rating(share, "debt"); got.Level != 5 {
		t.Errorf("the view of the other device is not kept: %+v", got)
	}
	if desk.rating(share, "design").Level != 3 || desk.rating(share, "coaching").RevealedAt.IsZero() {
		t.Error("what only this one says is lost, or what was seen here is forgotten")
	}
	if list := must(w.Received(t.Context(), phone.mentor))(t); len(list) != 2 || phone.rating(second, "debt").Level != 5 {
		t.Errorf("the phone opens %d shares", len(list))
	}
	ok(t, "a code of one’s own", desk.continues(desk.code(), false))
}

// Whoever looked on one device is blind on none: only what was rated before either looked stays blind.
func TestNobodyIsBlindByASecondDevice(t *testing.T) {
	for _, entering := range []string{"the one that looked", "the one that rated"} {
		w := newWorld(t)
		id := w.sit("first-team", model.FullForm, contrast)
		link := w.link(id, blindly)
		phone, desk := w.visitor(), w.visitor()
		share := phone.open(link)
		desk.open(link)
		desk.rate(share, "debt", "2", "Before anybody looked.")
		w.now = w.now.Add(time.Minute)
		desk.reveal(share, "coaching")
		phone.rate(share, "coaching", "1", "")
		phone.reveal(share, model.RevealAll)
		desk.rate(share, "design", "4", "After the phone had seen it all.")
		w.now = w.now.Add(time.Minute)
		desk.rate(share, "systems", "3", "")
		desk.send(share, "Bo")
		if entering == "the one that looked" {
			ok(t, entering, phone.continues(desk.code(), true))
		} else {
			ok(t, entering, desk.continues(phone.code(), true))
		}
		for competency, blind := range map[string]bool{"debt": true, "coaching": false, "design": false, "systems": false} {
			if got := desk.rating(share, competency); got.Blind() != blind || got.Current() == model.Blank || got.RevealedAt.IsZero() {
				t.Errorf("%s enters: %s is %+v", entering, competency, got)
			}
		}
		if rows := w.conversation(id).Rows; len(rows) == 0 {
			t.Error("nothing is compared")
		}
	}
}

// What only one of two devices says is kept, whichever of them was sent; of the rest the newer, where none was.
func TestTwoViewsAreLaidTogether(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	link := w.link(id, blindly)
	phone, desk := w.visitor(), w.visitor()
	share := phone.open(link)
	desk.open(link)
	desk.rate(share, "debt", "2", "Older.")
	desk.rate(share, "coaching", "1", "Of the desk.")
	desk.rate(share, "systems", "3", "")
	w.now = w.now.Add(time.Minute)
	phone.rate(share, "debt", "4", "Newer.")
	phone.rate(share, "design", "5", "Of the phone.")
	phone.rate(share, "systems", "", "A comment alone.")
	ok(t, "laid together", phone.continues(desk.code(), true))
	want := map[string]model.Rating{
		"debt": {Level: 4, Comment: "Newer."}, "coaching": {Level: 1, Comment: "Of the desk."},
		"design": {Level: 5, Comment: "Of the phone."}, "systems": {Level: 3, Comment: "A comment alone."},
	}
	for competency, said := range want {
		if got := desk.rating(share, competency); got.Level != said.Level || got.Comment != said.Comment {
			t.Errorf("%s is %+v, want %+v", competency, got, said)
		}
	}
	desk.send(share, "Bo")
	third := w.visitor()
	third.open(link)
	w.now = w.now.Add(time.Minute)
	third.rate(share, "debt", "1", "Of the third.")
	third.rate(share, "bridge", "2", "Of the third.")
	ok(t, "with one that was sent", third.continues(desk.code(), true))
	if got := third.rating(share, "debt"); got.Level != 4 || got.Comment != "Newer." {
		t.Errorf("what was sent is %+v", got)
	}
	if got := third.rating(share, "bridge"); got.Level != 2 {
		t.Errorf("what was added is %+v", got)
	}
}

// Nobody rates themselves blind in a browser that holds their own answers.
func TestAManagerDoesNotGoOnAsTheirOwnMentor(t *testing.T) {
	w := newWorld(t)
	phone, _ := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	_, err := w.ContinueAsMentor(t.Context(), model.ContinueInput{Code: phone.code(), ManagerID: w.manager, From: "a place"})
	expectFields(t, "in the manager’s browser", err, "code")
}

// A mentor's key brings them back once all their devices are gone.
func TestAMentorComesBackByTheirKey(t *testing.T) {
	w := newWorld(t)
	phone, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	phone.rate(share, "debt", "4", "")
	words, token, err := w.MakeMentorKey(t.Context(), phone.mentor, "")
	if err != nil || len(words) != 12 || token == "" {
		t.Fatalf("%v, %q, %v", words, token, err)
	}
	if again, _, err := w.MakeMentorKey(t.Context(), phone.mentor, ""); err != nil || again != nil {
		t.Errorf("the form sent twice made another key: %v, %v", again, err)
	}
	w.now = w.now.Add(model.SessionIdle + time.Hour)
	if _, _, err := w.Mentor(t.Context(), token); err == nil {
		t.Error("the phone is known after any time")
	}
	desk := w.visitor()
	ok(t, "the words", desk.continues(strings.ToUpper(strings.Join(words, "\n")), false))
	if list := must(w.Received(t.Context(), desk.mentor))(t); len(list) != 1 || list[0].Given != 1 {
		t.Errorf("they find %+v", list)
	}
	another := words[1:]
	refusal, is := errors.AsType[*model.Error](w.visitor().continues(strings.Join(append(another, words[0]), " "), false))
	if !is || strings.Contains(refusal.Message("code"), "quarter of an hour") {
		t.Errorf("words that open nothing: %v", refusal)
	}
}
