package app_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// Unsent words are the mentor's alone; once their link has ended, what was saved is in.
func TestReviewIsSeenWhenItIsSentOrItsLinkHasEnded(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "4", "unsent words")
	unread := func() int {
		t.Helper()
		return len(w.home().Mentors.Reviews)
	}
	held := func() int { return must(w.Holdings(t.Context(), w.manager))(t).Reviews }
	if seen := w.conversation(id); len(seen.Reviews)+len(seen.Rows) != 0 || seen.Waiting != 1 || unread() != 0 || held() != 0 {
		t.Errorf("unsent: %+v, %d unread", seen, unread())
	}
	if err := w.RevokeShare(t.Context(), w.manager, share); err != nil {
		t.Fatal(err)
	}
	seen := w.conversation(id)
	if len(seen.Reviews) != 1 || seen.Reviews[0].Live || !seen.Reviews[0].SentAt.IsZero() || len(seen.Rows) != 1 || seen.Waiting != 0 || unread() != 1 || held() != 1 {
		t.Errorf("ended: %+v, %d unread", seen, unread())
	}
	// Another live link of the same mentor lets them go on, unseen again.
	second := v.open(w.link(id, blindly))
	if rating := v.rating(second, "debt"); rating.Level != 4 || rating.Comment != "unsent words" {
		t.Errorf("the second link resumes with %+v", rating)
	}
	if seen := w.conversation(id); len(seen.Reviews) != 0 {
		t.Errorf("a review that goes on is seen: %+v", seen.Reviews)
	}
	v.send(second, "Bo")
	if seen := w.conversation(id); len(seen.Reviews) != 1 || !seen.Reviews[0].Live || seen.Reviews[0].Label != "my mentor in platform" || seen.Waiting != 0 {
		t.Errorf("sent: %+v", seen)
	}
}

// A mentor who opened a link and wrote nothing, or took it all back, has no review that anybody sees.
func TestReviewWithoutAWordIsNone(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	if saved := v.rate(share, "debt", "", " "); saved.Revision != 0 || saved.Conflict || saved.Later {
		t.Errorf("a blank page saved %+v", saved)
	}
	_, _, err := w.SendReview(t.Context(), v.mentor, share, model.WordsInput{Name: "Bo"})
	expectFields(t, "sending nothing", err, "overall")
	v.rate(share, "debt", "4", "")
	v.rate(share, "debt", "", "")
	_, _, err = w.SendReview(t.Context(), v.mentor, share, model.WordsInput{Name: "Bo"})
	expectFields(t, "sending what was taken back", err, "overall")
	if err := w.RevokeShare(t.Context(), w.manager, share); err != nil {
		t.Fatal(err)
	}
	if seen := w.conversation(id); len(seen.Reviews) != 0 {
		t.Errorf("seen are %+v", seen.Reviews)
	}
}

func TestQuietSignComesWithEachWordAndGoesWhenRead(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	notices := func() []model.ReviewNotice {
		t.Helper()
		return w.home().Mentors.Reviews
	}
	v, share := w.blindShare(id)
	v.rate(share, "debt", "4", "")
	if home := v.home(); len(home.Received) != 1 {
		t.Errorf("the browser of the mentor has received %+v", home.Received)
	}
	v.send(share, "")
	if got := notices(); len(got) != 1 || got[0].Assessment == nil || got[0].Assessment.ID != id || got[0].Name != "my mentor in platform" || !got[0].At.Equal(w.now) {
		t.Errorf("sent: %+v", got)
	}
	review := w.conversation(id).Reviews[0]
	if !review.Unread() || len(notices()) != 1 {
		t.Error("looking cleared the sign")
	}
	w.now = w.now.Add(time.Minute)
	if err := w.ReadReview(t.Context(), w.manager, id, review.ID, review.Seen()); err != nil {
		t.Fatal(err)
	}
	if w.conversation(id).Reviews[0].Unread() || len(notices()) != 0 {
		t.Error("reading didn’t clear the sign")
	}
	w.now = w.now.Add(time.Minute)
	v.rate(share, "coaching", "3", "")
	if err := w.ReadReview(t.Context(), w.manager, id, review.ID, review.Seen()); err != nil || len(notices()) != 1 {
		t.Errorf("reading an old page cleared the sign of what was written since: %v", err)
	}
	for _, seen := range []string{"99999999999999999", "-1", "nonsense", ""} {
		if err := w.ReadReview(t.Context(), w.manager, id, review.ID, seen); err != nil || len(notices()) != 0 {
			t.Errorf("reading at %q leaves %+v, %v", seen, notices(), err)
		}
	}
	w.now = w.now.Add(time.Minute)
	v.send(share, "") // once more, with nothing new
	if len(notices()) != 0 {
		t.Error("sending the same again is a sign")
	}
	v.rate(share, "debt", "4", "one more word")
	if got := notices(); len(got) != 1 {
		t.Errorf("after another word: %+v", got)
	}
	if shared := must(w.Shared(t.Context(), v.mentor, share))(t); shared.Review.ReadAt.IsZero() || !shared.Review.SetAsideAt.IsZero() || shared.Review.Label != "" {
		t.Errorf("the mentor sees %+v", shared.Review)
	}
}

func TestRatingsAndWordsAreChecked(t *testing.T) {
	w := newWorld(t)
	v, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	for _, level := range []string{"6", "-1", "3.5", "x"} {
		_, err := w.SaveRating(t.Context(), v.mentor, share, "debt", model.RatingInput{Level: level})
		expectFields(t, "the level "+level, err, "level")
	}
	_, err := w.SaveRating(t.Context(), v.mentor, share, "pottery", model.RatingInput{Level: "9", Comment: strings.Repeat("é", 2001)})
	expectFields(t, "all at once", err, "competency", "level", "comment")
	_, err = w.RatingPage(t.Context(), v.mentor, share, "pottery")
	notFound(t, "the page of what isn't shared", err)
	if saved := v.rate(share, "debt", "", strings.Repeat("é", 2000)); saved.Revision != 1 {
		t.Errorf("2,000 characters: %+v", saved)
	}
	long := model.WordsInput{Name: strings.Repeat("é", 81), Overall: strings.Repeat("é", 2001), Question: strings.Repeat("é", 501), Answer: strings.Repeat("é", 2001)}
	_, _, err = w.SaveWords(t.Context(), v.mentor, share, long)
	expectFields(t, "long words", err, "answer", "name", "overall", "question")
	_, _, err = w.SendReview(t.Context(), v.mentor, share, long)
	expectFields(t, "sending long words", err, "answer", "name", "overall", "question")
	words := model.WordsInput{Name: " B\to ", Overall: "First.\r\nSecond.\x00", Question: strings.Repeat("é", 500)}
	if kept, conflict, err := w.SaveWords(t.Context(), v.mentor, share, words); err != nil || kept.Revision != 1 || conflict {
		t.Errorf("saved as %+v, %t, %v", kept, conflict, err)
	}
	if review := must(w.Shared(t.Context(), v.mentor, share))(t).Review; review.Name != "B o" || review.Overall != "First.\nSecond." || len([]rune(review.Question)) != 500 {
		t.Errorf("kept are %+v", review)
	}
}

// Pages come in the mentor's order: what the manager asks about, then the rest.
// An answer stands beside the question that it answers, whichever link asks something else later, and whatever becomes
// of the link.
func TestTheManagersQuestionIsAnswered(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	answer := func(share, text, seen string) *model.MentorReview {
		t.Helper()
		kept, conflict, err := w.SendReview(t.Context(), v.mentor, share, model.WordsInput{Answer: text, Seen: seen})
		if err != nil || conflict {
			t.Fatalf("%t, %v", conflict, err)
		}
		return kept
	}
	kept := answer(share, " In the build.\r\nTwice. ", "")
	if said := w.conversation(id).Reviews; len(said) != 1 || said[0].Asked != "Where do I fool myself?" || said[0].Answer != "In the build.\nTwice." {
		t.Fatalf("the manager reads %+v", said)
	}
	second := v.open(w.link(id, func(i *model.ShareInput) { i.Question = "And what next?" }))
	answer(second, "In the build, thrice.", app.SeenWords(kept))
	if _, conflict, err := w.SaveWords(t.Context(), v.mentor, share, model.WordsInput{Answer: "Typed in another tab.", Seen: app.SeenWords(kept)}); err != nil || !conflict {
		t.Errorf("another tab overwrites the answer: %t, %v", conflict, err)
	}
	for _, one := range []string{share, second} {
		if err := w.RevokeShare(t.Context(), w.manager, one); err != nil {
			t.Fatal(err)
		}
		if err := w.RemoveShare(t.Context(), w.manager, one); err != nil {
			t.Fatal(err)
		}
	}
	if said := w.conversation(id).Reviews[0]; said.Asked != "Where do I fool myself?" || said.Answer != "In the build, thrice." {
		t.Errorf("after the links went, the manager reads %+v", said)
	}
	other, silent := w.visitor(), w.link(id, func(i *model.ShareInput) { i.Question = "" })
	opened := other.open(silent)
	_, _, err := w.SendReview(t.Context(), other.mentor, opened, model.WordsInput{Answer: "To what?"})
	expectFields(t, "an answer where nothing was asked", err, "overall")
}

func TestRatingPagesBeginWithWhatIsAsked(t *testing.T) {
	w := newWorld(t)
	v, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	shared := must(w.Shared(t.Context(), v.mentor, share))(t)
	if len(shared.Competencies) != 12 || shared.Competencies[0].ID != "debt" || shared.Competencies[1].ID != "coaching" || shared.Competencies[2].Asked {
		t.Errorf("the order is %+v", shared.Competencies)
	}
	before := ""
	for i, competency := range shared.Competencies {
		page := must(w.RatingPage(t.Context(), v.mentor, share, competency.ID))(t)
		position, count := i+1, 2
		if i >= 2 {
			position, count = i-1, 10
		}
		if page.Position != position || page.Count != count || page.Before != before || page.LastAsked != (i == 1) ||
			(page.After == "") != (i == 11) || page.Competency.Section.Anchors.Three == "" {
			t.Errorf("page %d is %d of %d, before %q, after %q, last %t", i, page.Position, page.Count, page.Before, page.After, page.LastAsked)
		}
		before = competency.ID
	}
}

// Two tabs of one mentor: what a page left as it saw it overwrites nothing, and what both changed is a conflict in
// which what is kept stays until somebody chooses.
func TestTabsOfOneMentor(t *testing.T) {
	w := newWorld(t)
	v, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	v.rate(share, "debt", "3", "first")
	token := func() string { return app.SeenRating(v.rating(share, "debt")) }
	save := func(seen, level, comment string) model.SavedRating {
		t.Helper()
		return must(w.SaveRating(t.Context(), v.mentor, share, "debt", model.RatingInput{Level: level, Comment: comment, Seen: seen}))(t)
	}
	expect := func(what string, saved model.SavedRating, conflict bool, level model.Level, comment string) {
		t.Helper()
		if kept := v.rating(share, "debt"); saved.Conflict != conflict || kept.Level != level || kept.Comment != comment || kept.Revision != saved.Revision {
			t.Errorf("%s: saved %+v, kept %+v", what, saved, kept)
		}
	}
	first := token()
	expect("one tab changes the level", save(first, "4", "first"), false, 4, "first")
	second := token()
	expect("the other adds to the comment", save(first, "3", "first, and more"), false, 4, "first, and more")
	expect("the first one saves again", save(second, "4", "first"), false, 4, "first, and more")
	expect("both change the comment", save(first, "3", "another"), true, 4, "first, and more")
	expect("both chose the same", save(first, "4", "first"), false, 4, "first, and more")
	expect("a level beside a comment in conflict", save(second, "5", "another"), true, 5, "first, and more")
	expect("the other counts", save(token(), "5", "another"), false, 5, "another")
	expect("a blank page", save("", "", ""), false, 5, "another")
	expect("a page without a seen token", save("", "4", ""), true, 5, "another")
	expect("an unreadable seen token", save("a lot", "", "x"), true, 5, "another")
	for i := range 30 {
		v.rate(share, "debt", []string{"1", "2"}[i%2], "another")
	}
	expect("a page that was open for long", save(first, "3", "mine"), true, 2, "another")

	words := func(seen, name, overall string) (*model.MentorReview, bool) {
		t.Helper()
		kept, conflict, err := w.SaveWords(t.Context(), v.mentor, share, model.WordsInput{Name: name, Overall: overall, Seen: seen})
		if err != nil {
			t.Fatal(err)
		}
		return kept, conflict
	}
	kept, _ := words("", "Bo", "")
	begun := app.SeenWords(kept)
	if kept, conflict := words("", "", "on the whole"); kept.Revision != 2 || conflict {
		t.Errorf("the other tab’s words: %+v, %t", kept, conflict)
	}
	if kept, conflict := words(begun, "Bo", "another whole"); kept.Revision != 2 || !conflict || kept.Overall != "on the whole" {
		t.Errorf("two wholes: %+v, %t", kept, conflict)
	}
	// What is in conflict isn't sent.
	kept, conflict, err := w.SendReview(t.Context(), v.mentor, share, model.WordsInput{Name: "Bo", Overall: "another whole", Seen: begun})
	if err != nil || !conflict || !must(w.Shared(t.Context(), v.mentor, share))(t).Review.SentAt.IsZero() {
		t.Errorf("sending two wholes: %t, %v", conflict, err)
	}
	if _, conflict, err := w.SendReview(t.Context(), v.mentor, share, model.WordsInput{Name: "Bo", Overall: "another whole", Seen: app.SeenWords(kept)}); err != nil || conflict {
		t.Errorf("sending what was chosen: %t, %v", conflict, err)
	}
	if review := must(w.Shared(t.Context(), v.mentor, share))(t).Review; review.Name != "Bo" || review.Overall != "another whole" || review.SentAt.IsZero() {
		t.Errorf("kept are %+v", review)
	}
}

func TestManyTabsOfMentorsAtOnceLoseNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		id := w.sit("first-team", model.FullForm, contrast)
		var running sync.WaitGroup
		var mentors []*visitor
		var shares []string
		competencies := []string{"debt", "coaching", "design", "vision", "systems", "bridge"}
		for range 2 {
			v, share := w.blindShare(id)
			mentors, shares = append(mentors, v), append(shares, share)
			for _, competency := range competencies {
				running.Go(func() {
					if _, err := w.SaveRating(t.Context(), v.mentor, share, competency, model.RatingInput{Level: "2"}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		running.Wait()
		for i, v := range mentors {
			if given, _ := must(w.Shared(t.Context(), v.mentor, shares[i]))(t).Given(); given != len(competencies) {
				t.Errorf("mentor %d has given %d", i, given)
			}
			v.send(shares[i], "")
		}
		if seen := w.conversation(id); len(seen.Reviews) != 2 || len(seen.Rows) != len(competencies) || seen.Rows[0].Agreement.Mentors != 2 {
			t.Errorf("in conversation: %d reviews, %d rows", len(seen.Reviews), len(seen.Rows))
		}
	})
}

// A mentor who was rating when their link ended is told so, and what they had saved stays.
func TestEndedShareIsTold(t *testing.T) {
	w := newWorld(t)
	v, share := w.blindShare(w.sit("first-team", model.FullForm, contrast))
	_, err := w.EndedShare(t.Context(), v.mentor, share)
	notFound(t, "the end of a live share", err)
	v.rate(share, "debt", "4", "")
	v.reveal(share, "debt")
	if err := w.RevokeShare(t.Context(), w.manager, share); err != nil {
		t.Fatal(err)
	}
	for what, call := range map[string]func() error{
		"the share":    func() error { _, err := w.Shared(t.Context(), v.mentor, share); return err },
		"a page":       func() error { _, err := w.RatingPage(t.Context(), v.mentor, share, "debt"); return err },
		"side by side": func() error { _, err := w.SideBySide(t.Context(), v.mentor, share); return err },
		"the result":   func() error { _, err := w.SharedResult(t.Context(), v.mentor, share); return err },
		"a rating": func() error {
			_, err := w.SaveRating(t.Context(), v.mentor, share, "debt", model.RatingInput{Level: "9"})
			return err
		},
		"words": func() error {
			_, _, err := w.SaveWords(t.Context(), v.mentor, share, model.WordsInput{Overall: "x"})
			return err
		},
		"sending":  func() error { _, _, err := w.SendReview(t.Context(), v.mentor, share, model.WordsInput{}); return err },
		"a reveal": func() error { return w.Reveal(t.Context(), v.mentor, share, model.RevealAll) },
		"a proposal": func() error {
			return w.MentorProposeLevel(t.Context(), v.mentor, share, "debt", model.AgreementInput{Level: "2", Sentence: "x"})
		},
	} {
		ended(t, what, call())
	}
	page := must(w.EndedShare(t.Context(), v.mentor, share))(t)
	if page.Sharer != "Ann Example" || !page.EndedAt.Equal(w.now) || page.Sent {
		t.Errorf("told is %+v", page)
	}
	if list := must(w.Received(t.Context(), v.mentor))(t); len(list) != 1 || list[0].State != model.ShareRevoked || list[0].Given != 1 {
		t.Errorf("received are %+v", list)
	}
	if home := v.home(); len(home.Received) != 0 || !home.Opened {
		t.Errorf("live are %+v", home.Received)
	}
}

func TestForgettingAShare(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "4", "what I said")
	if err := w.ForgetShare(t.Context(), v.mentor, share, false); err != nil {
		t.Fatal(err)
	}
	_, err := w.Shared(t.Context(), v.mentor, share)
	notFound(t, "a forgotten share", err)
	notFound(t, "forgetting it twice", w.ForgetShare(t.Context(), v.mentor, share, true))
	if seen := w.conversation(id); len(seen.Reviews) != 1 {
		t.Errorf("what was saved is not seen: %+v", seen)
	}
	share = v.open(w.link(id, blindly))
	v.send(share, "Bo")
	if err := w.ForgetShare(t.Context(), v.mentor, share, true); err != nil {
		t.Fatal(err)
	}
	if seen := w.conversation(id); len(seen.Reviews)+len(seen.Rows) != 0 {
		t.Errorf("what was withdrawn is seen: %+v", seen)
	}
}
