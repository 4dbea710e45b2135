package app_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// follows holds that an export is as its schema says, and that the schema takes no field that it doesn't know.
func follows(t *testing.T, what string, published *jsonschema.Schema, export any) {
	t.Helper()
	content := must(json.Marshal(export))(t)
	if err := published.Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(content)))(t)); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	stray := bytes.Replace(content, []byte(`{`), []byte(`{"stray":1,`), 1)
	if published.Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(stray)))(t)) == nil {
		t.Errorf("%s: a stray field passes", what)
	}
}

// What mentors and managers take with them follows the published schemas: empty, begun, sent, answered, agreed on, set aside,
// over two assessments.
func TestMentorsExportsFollowTheirSchemas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own, talks := compiled(t, report.OwnWordsSchema), compiled(t, report.ConversationSchema)
	c := w.talk()
	check := func(what string) {
		t.Helper()
		follows(t, what+", the mentor", own, must(w.OwnWordsExport(t.Context(), c.mentor))(t))
		follows(t, what+", the manager", talks, must(w.ConversationExport(t.Context(), w.manager, c.assessment))(t))
	}
	begun := w.visitor()
	begun.open(w.link(c.assessment))
	follows(t, "nothing", own, must(w.OwnWordsExport(t.Context(), begun.mentor))(t))
	check("sent")
	c.reveal(c.share, "coaching")
	c.rate(c.share, "coaching", "0", "Not seen.")
	ok(t, "the proposal", c.propose("2.5", "The shared build.", ""))
	check("proposed")
	ok(t, "the mentor’s own", c.mentorProposes("3", "First.", "1"))
	ok(t, "confirmed", c.confirm("2"))
	_, _, err := w.SaveWords(t.Context(), c.mentor, c.share, model.WordsInput{Name: "Bo", Overall: "On the whole.", Question: "And you?", Answer: "More."})
	ok(t, "the words", err)
	ok(t, "the answer", w.Reply(t.Context(), w.manager, c.assessment, c.review, "Less.", ""))
	ok(t, "read", w.ReadReview(t.Context(), w.manager, c.assessment, c.review, ""))
	check("answered")
	w.now = w.now.AddDate(0, 3, 0)
	second := w.sit("first-team", model.FullForm, contrast)
	share := c.open(w.link(second, blindly))
	c.rate(share, "debt", "2", "")
	c.send(share, "Bo")
	check("again")
	follows(t, "the second", talks, must(w.ConversationExport(t.Context(), w.manager, second))(t))
	ok(t, "set aside", w.SetReviewAside(t.Context(), w.manager, c.assessment, c.review, true))
	check("set aside")
}

// After two devices were joined, both read, export and delete all that either wrote, and what was agreed on through either.
func TestJoinedMentorsOwnTheirWords(t *testing.T) {
	for _, order := range [][2]string{{"the phone", "once"}, {"the desk", "once"}, {"the phone", "twice"}, {"the desk", "twice"}} {
		entering := order[0]
		w := newWorld(t)
		first, second := w.sit("first-team", model.FullForm, contrast), w.sit("first-team", model.FullForm, contrast)
		phone, desk := w.visitor(), w.visitor()
		older, newer := w.link(first, blindly), w.link(second, blindly)
		onPhone, onBoth := phone.open(older), phone.open(newer)
		phone.rate(onPhone, "debt", "4", "Of the phone.")
		phone.send(onPhone, "Bo")
		phone.rate(onBoth, "coaching", "2", "Begun on the phone.")
		w.now = w.now.Add(time.Minute)
		desk.open(newer)
		desk.rate(onBoth, "design", "3", "Of the desk.")
		desk.send(onBoth, "Bo")
		desk.reveal(onBoth, model.RevealAll)
		review := w.conversation(second).Reviews[0].ID
		ok(t, "the proposal", w.ProposeLevel(t.Context(), w.manager, second, review, "design", model.AgreementInput{Level: "3.5", Sentence: "Both."}))
		ok(t, "the confirmation", w.MentorConfirmLevel(t.Context(), desk.mentor, onBoth, "design", "1"))
		if order[1] == "twice" { // so that either may be the one that is kept
			w.now = w.now.Add(time.Minute)
			phone.send(onBoth, "Bo")
		}
		if entering == "the phone" {
			ok(t, entering, phone.continues(desk.code(), true))
		} else {
			ok(t, entering, desk.continues(phone.code(), true))
		}
		for what, browser := range map[string]*visitor{"the phone": phone, "the desk": desk} {
			browser.again()
			export := must(w.OwnWordsExport(t.Context(), browser.mentor))(t)
			said := map[string]string{}
			for _, review := range export.Reviews {
				for _, rating := range review.Ratings {
					said[rating.Competency] += rating.Comment
					if rating.Competency == "design" && (rating.Agreed == nil || rating.Agreed.Level != 3.5 || rating.Agreed.ConfirmedAt == nil) {
						t.Errorf("%s enters, %s: agreed is %+v", entering, what, rating.Agreed)
					}
				}
			}
			if len(export.Reviews) != 2 || said["debt"] != "Of the phone." || said["coaching"] != "Begun on the phone." || said["design"] != "Of the desk." {
				t.Errorf("%s enters, %s exports %d reviews, with %q", entering, what, len(export.Reviews), said)
			}
		}
		if talk, agreed := w.conversation(second), w.result(second).Agreed["design"]; len(talk.Reviews) != 1 || len(agreed) != 1 || agreed[0].Level != 3.5 {
			t.Errorf("%s enters: the manager reads %d reviews, and agreed is %+v", entering, len(talk.Reviews), agreed)
		}
		for _, own := range must(w.OwnWords(t.Context(), phone.mentor))(t) {
			ok(t, "deleting", w.DeleteOwnReview(t.Context(), phone.mentor, own.Review.ID))
		}
		if left := must(w.OwnWords(t.Context(), desk.mentor))(t); len(left) != 0 {
			t.Errorf("%s enters: the other device still has %d", entering, len(left))
		}
		for _, assessment := range []string{first, second} {
			if talk := w.conversation(assessment); len(talk.Reviews) != 0 {
				t.Errorf("%s enters: the manager still reads %d", entering, len(talk.Reviews))
			}
		}
		if desk.rating(onBoth, "design").RevealedAt.IsZero() {
			t.Errorf("%s enters: who deleted is blind again", entering)
		}
	}
}
