package app_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// homeOf is the first page of a browser of a manager, a mentor or both. The menu counts what it lists.
func (w *world) homeOf(manager string, mentor model.Mentor) *model.Home {
	w.t.Helper()
	home := must(w.Home(w.t.Context(), manager, mentor, model.Zone{}))(w.t)
	if count := must(w.Waiting(w.t.Context(), manager, mentor, model.Zone{}))(w.t); count != home.Waiting() {
		w.t.Errorf("the menu counts %d things, the page lists %d: %+v", count, home.Waiting(), home)
	}
	return home
}

func (w *world) home() *model.Home {
	w.t.Helper()
	return w.homeOf(w.manager, model.Mentor{})
}

func (v *visitor) home() *model.Home {
	v.w.t.Helper()
	return v.w.homeOf("", v.mentor)
}

// waits fails the test unless so many things wait for the manager.
func (w *world) waits(what string, want int) *model.Home {
	w.t.Helper()
	home := w.home()
	if home.Waiting() != want {
		w.t.Errorf("%s: %d things wait, want %d: %+v", what, home.Waiting(), want, home)
	}
	return home
}

func TestNothingWaitsAtFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	home := w.waits("at first", 0)
	if home.Latest != nil || len(home.WorkingOn)+len(home.Drafts) != 0 || !home.Next.First {
		t.Errorf("at first: %+v", home)
	}
	if home := w.homeOf("", model.Mentor{}); home.Waiting() != 0 || home.Opened {
		t.Errorf("for nobody: %+v", home)
	}
}

func TestADraftWaitsUntilItIsFinishedOrDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.start("first-team", model.FullForm)
	w.now = w.now.Add(time.Hour)
	second := w.start("wider-scope", model.PulseForm)
	home := w.waits("two drafts", 2)
	if home.Drafts[0].Assessment.ID != second || home.Drafts[0].Given != 0 || home.Drafts[0].Asked != 12 || home.Drafts[0].Minutes == 0 {
		t.Errorf("the later draft is %+v", home.Drafts[0])
	}
	w.now = w.now.Add(time.Hour)
	w.answer(first, varied)
	if home := w.waits("one of them answered", 2); home.Drafts[0].Assessment.ID != first || home.Drafts[0].Given != 38 || home.Drafts[0].Minutes != 0 || home.Drafts[0].Next != "" {
		t.Errorf("the one worked on last is %+v", home.Drafts[0])
	}
	w.finish(first)
	if home := w.waits("one of them finished", 1); home.Latest == nil || home.Latest.Assessment.ID != first || home.Latest.First == "" {
		t.Errorf("the latest is %+v", home.Latest)
	}
	w.ok(w.DeleteDraft(t.Context(), w.manager, second))
	w.waits("the other deleted", 0)
}

// The finding of Home is that of the result, compared with the assessment before.
func TestHomeShowsTheLatestFinding(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, varied)
	latest := w.sit("first-team", model.FullForm, contrast)
	got, want := w.home().Latest, w.result(latest)
	if got.Assessment.ID != latest || got.First != want.First || got.Previous == nil || got.Previous.Assessment.ID != want.Previous.Assessment.ID {
		t.Errorf("the latest finding is %+v, want %+v", got, want)
	}
	w.ok(w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: model.UsualRhythm}))
	next := must(w.NextAssessment(t.Context(), w.manager, model.Zone{}))(t)
	if home := w.home(); len(home.Next.Dated()) == 0 || home.Next != next {
		t.Errorf("next is %+v, want %+v", home.Next, next)
	}
}

// A commitment waits from its last day on, in the manager's own zone, until its manager says what became of it.
func TestACommitmentWaitsOnceItsDayHasCome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.commit("debt", 0)
	if home := w.waits("a commitment", 0); len(home.WorkingOn) != 1 || home.WorkingOn[0].Competency.Name == "" {
		t.Errorf("working on %+v", home.WorkingOn)
	}
	w.now = w.now.AddDate(0, 0, 42)
	if home := w.waits("its day", 1); home.Due()[0].ID != id {
		t.Errorf("due is %+v", home.Due())
	}
	w.now = time.Date(2026, time.April, 13, 20, 0, 0, 0, time.UTC)
	auckland, _ := model.ReadZone("Pacific/Auckland")
	for zone, want := range map[model.Zone]int{{}: 0, auckland: 1} {
		count := must(w.Waiting(t.Context(), w.manager, model.Mentor{}, zone))(t)
		home := must(w.Home(t.Context(), w.manager, model.Mentor{}, zone))(t)
		if count != want || home.Waiting() != want {
			t.Errorf("on the evening before, in %q: %d are counted, %d listed, want %d", zone.Name(), count, home.Waiting(), want)
		}
	}
	w.now = w.now.AddDate(0, 0, 10)
	w.waits("after its day", 1)
	w.tells(id, model.PartlyKept, "", true)
	w.waits("carried on", 0)
	w.now = w.now.AddDate(0, 0, 42)
	w.waits("its next day", 1)
	w.tells(id, model.Kept, "", false)
	if home := w.waits("closed", 0); len(home.WorkingOn) != 0 {
		t.Errorf("working on %+v", home.WorkingOn)
	}
	w.deletesCommitment(id)
	dropped := w.commit("design", 0)
	w.now = w.now.AddDate(0, 0, 60)
	w.waits("another, long after its day", 1)
	w.deletesCommitment(dropped)
	w.waits("deleted", 0)
}

// A review waits once it is in, and again for what is new in it; what is new is told apart from what was read.
func TestAReviewWaitsForWhatIsNewInIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "4", "")
	w.waits("unsent", 0)
	v.send(share, "Bo")
	home := w.waits("sent", 1)
	review := w.conversation(id).Reviews[0]
	notice := home.Mentors.Reviews[0]
	if notice.ReviewID != review.ID || notice.ShareID != share || notice.Assessment.ID != id || notice.Name != "Bo" || notice.Again || notice.Ratings != 1 {
		t.Errorf("sent is told as %+v", notice)
	}
	if news := w.conversation(id).News(review); news.Any() {
		t.Errorf("in a review that was never read, %+v is new", news)
	}
	read := func() {
		t.Helper()
		w.now = w.now.Add(time.Minute)
		w.ok(w.ReadReview(t.Context(), w.manager, id, review.ID, ""))
		w.waits("read", 0)
		w.now = w.now.Add(time.Minute)
	}
	// news is what is new in the review, by the names of the competencies.
	news := func() (words bool, ratings, gone, levels []string) {
		t.Helper()
		conversation := w.conversation(id)
		found := conversation.News(conversation.Reviews[0])
		ids := func(list []model.NamedCompetency) (ids []string) {
			for _, one := range list {
				ids = append(ids, one.ID)
			}
			return ids
		}
		return found.Words, ids(found.Ratings), ids(found.Gone), ids(found.Levels)
	}
	read()
	v.rate(share, "coaching", "2", "")
	if notice := w.waits("another rating", 1).Mentors.Reviews[0]; !notice.Again || notice.Ratings != 1 || notice.Words || notice.Levels != 0 {
		t.Errorf("another rating is told as %+v", notice)
	}
	if words, ratings, gone, levels := news(); words || !slices.Equal(ratings, []string{"coaching"}) || len(gone)+len(levels) != 0 {
		t.Errorf("new are %t, %v, %v, %v", words, ratings, gone, levels)
	}
	read()
	v.rate(share, "coaching", "", "")
	w.waits("a rating taken back", 1)
	if words, ratings, gone, levels := news(); words || len(ratings)+len(levels) != 0 || !slices.Equal(gone, []string{"coaching"}) {
		t.Errorf("new are %t, %v, %v, %v", words, ratings, gone, levels)
	}
	read()
	kept := must(w.Shared(t.Context(), v.mentor, share))(t).Review
	_, _, err := w.SaveWords(t.Context(), v.mentor, share, model.WordsInput{Name: kept.Name, Overall: "One more word.", Seen: app.SeenWords(kept)})
	w.ok(err)
	if notice := w.waits("more words", 1).Mentors.Reviews[0]; !notice.Words || notice.Ratings != 0 {
		t.Errorf("more words are told as %+v", notice)
	}
	if words, ratings, gone, levels := news(); !words || len(ratings)+len(gone)+len(levels) != 0 {
		t.Errorf("new are %t, %v, %v, %v", words, ratings, gone, levels)
	}
	read()
	w.ok(w.ForgetShare(t.Context(), v.mentor, share, true))
	w.waits("taken back whole", 0)
}

// A level that a mentor proposes waits until the manager answers it, and is no news of the review; the mentor's answer
// to one of the manager's is.
func TestALevelWaitsUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.talk()
	w.ok(w.ReadReview(t.Context(), w.manager, c.assessment, c.review, ""))
	w.waits("read", 0)
	w.now = w.now.Add(time.Minute)
	ok(t, "the mentor’s proposal", c.mentorProposes("3", "First.", ""))
	home := w.waits("a proposal", 1)
	level := home.Mentors.Levels[0]
	if level.ReviewID != c.review || level.Assessment.ID != c.assessment || level.Name != "Bo" || len(level.Competencies) != 1 || level.Competencies[0].Name == "" {
		t.Errorf("the proposal is told as %+v", level)
	}
	if news := w.MentorNews; len(must(news(t.Context(), w.manager))(t).Of("another").Levels) != 0 || len(must(news(t.Context(), w.manager))(t).Through(c.share).Levels) != 1 {
		t.Error("news is not kept to its assessment and its link")
	}
	if home := c.home(); home.Waiting() != 0 {
		t.Errorf("for who proposed it wait %+v", home.ToAnswer)
	}
	ok(t, "the confirmation", c.confirm("1"))
	w.waits("confirmed", 0)
	w.now = w.now.Add(time.Minute)
	ok(t, "the manager’s proposal", c.propose("2", "Second.", "2"))
	w.waits("one’s own proposal", 0)
	if home := c.home(); home.Waiting() != 1 || home.ToAnswer[0].ShareID != c.share || home.ToAnswer[0].Name != "Ann Example" {
		t.Errorf("for the mentor wait %+v", home.ToAnswer)
	}
	w.now = w.now.Add(time.Minute)
	ok(t, "the mentor’s confirmation", c.mentorConfirms("3"))
	if notice := w.waits("the mentor agrees", 1).Mentors.Reviews[0]; notice.Levels != 1 || notice.Ratings != 0 || notice.Words {
		t.Errorf("the mentor’s answer is told as %+v", notice)
	}
	conversation := w.conversation(c.assessment)
	if news := conversation.News(conversation.Reviews[0]); len(news.Levels) != 1 || len(news.Ratings)+len(news.Gone) != 0 || news.Words {
		t.Errorf("new is %+v", news)
	}
	if home := c.home(); home.Waiting() != 0 {
		t.Errorf("for the mentor wait %+v", home.ToAnswer)
	}
	w.ok(w.ReadReview(t.Context(), w.manager, c.assessment, c.review, ""))
	w.now = w.now.Add(time.Minute)
	ok(t, "the mentor takes it back", w.MentorWithdrawLevel(t.Context(), c.mentor, c.share, "debt", c.revision()))
	if notice := w.waits("taken back", 1).Mentors.Reviews[0]; notice.Levels != 1 {
		t.Errorf("the end of an agreement is told as %+v", notice)
	}
	if rating := w.conversation(c.assessment).Rows[0].Ratings[0]; rating.Agreed != nil || !rating.NewLevel() {
		t.Errorf("in conversation is %+v", rating)
	}
	w.ok(w.ReadReview(t.Context(), w.manager, c.assessment, c.review, ""))
	w.now = w.now.Add(time.Minute)
	ok(t, "the manager’s next proposal", c.propose("4", "Third.", ""))
	w.ok(w.RevokeShare(t.Context(), w.manager, c.share))
	if home := c.home(); home.Waiting() != 0 {
		t.Errorf("through a link that has ended wait %+v", home.ToAnswer)
	}
}

// An open cycle waits for whom it counts, until they contribute or it closes; whether they do stays on the page.
func TestAnOpenCycleWaitsUntilOneContributes(t *testing.T) {
	t.Parallel()
	w := newTeam(t, names(5)...)
	w.waits("no cycle", 0)
	cycle := w.open(model.FullForm)
	w.manager = w.people["m1"]
	if home := w.waits("an open cycle", 1); home.ToJoin()[0].Cycle.ID != cycle || home.ToJoin()[0].Team.ID != w.team {
		t.Errorf("open are %+v", home.Cycles)
	}
	if choices := must(w.StartChoices(t.Context(), w.manager))(t); len(choices.Cycles) != 1 {
		t.Errorf("the start page tells of %+v", choices.Cycles)
	}
	w.contribute(cycle, "m1", varied)
	if home := w.waits("contributed", 0); len(home.Joined()) != 1 {
		t.Errorf("joined are %+v", home.Joined())
	}
	if choices := must(w.StartChoices(t.Context(), w.manager))(t); len(choices.Cycles) != 0 {
		t.Errorf("the start page tells of %+v", choices.Cycles)
	}
	w.join("late")
	w.confirm("late")
	w.manager = w.people["late"]
	w.waits("for who came after it opened", 0)
	w.manager = w.people["m2"]
	w.waits("for who doesn’t contribute", 1)
	w.now = w.now.AddDate(0, 0, 15)
	w.waits("past its last day", 0)
}

// A cycle that counts too few to publish anything asks for nothing, on no page.
func TestACycleOfTooFewAsksForNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(3)...)
		w.open(model.FullForm)
		w.manager = w.people["m1"]
		w.waits("a cycle of four", 0)
		if choices := must(w.StartChoices(t.Context(), w.manager))(t); len(choices.Cycles) != 0 {
			t.Errorf("the start page tells of %+v", choices.Cycles)
		}
	})
}

// Somebody who wants to join waits for the stewards alone.
func TestAMemberToConfirmWaitsForTheStewards(t *testing.T) {
	t.Parallel()
	w := newTeam(t, "m1")
	w.join("new", "newer")
	if home := w.waits("two who joined", 1); home.ToConfirm[0].TeamID != w.team || home.ToConfirm[0].Count != 2 || home.ToConfirm[0].Team != "Platform" {
		t.Errorf("to confirm are %+v", home.ToConfirm)
	}
	for _, other := range []string{"m1", "new"} {
		if home := w.homeOf(w.people[other], model.Mentor{}); home.Waiting() != 0 {
			t.Errorf("for %s wait %+v", other, home.ToConfirm)
		}
	}
	w.confirm("new")
	w.waits("one confirmed", 1)
	w.ok(w.RemoveMember(t.Context(), w.manager, w.team, w.places["newer"]))
	w.waits("the other declined", 0)
}

// A link that asks for a view waits in the mentor's browser until they send it, or until it ends.
func TestALinkWaitsForItsMentor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	home := v.home()
	if home.Waiting() != 1 || home.ToRate()[0].ShareID != share || home.ToRate()[0].Sharer != "Ann Example" || home.ToRate()[0].Question == "" {
		t.Errorf("opened: %+v", home)
	}
	v.rate(share, "debt", "4", "")
	if home := v.home(); home.Waiting() != 1 || home.ToRate()[0].Given != 1 {
		t.Errorf("begun: %+v", home.ToRate())
	}
	// Whoever is a mentor and a manager in the same browser sees both.
	other := w.newManager()
	must(w.Start(t.Context(), other, w.input("first-team", model.FullForm)))(t)
	if home := w.homeOf(other, v.mentor); home.Waiting() != 2 || len(home.Drafts) != 1 || len(home.ToRate()) != 1 {
		t.Errorf("for both: %+v", home)
	}
	v.send(share, "Bo")
	if home := v.home(); home.Waiting() != 0 || len(home.Answered()) != 1 {
		t.Errorf("sent: %+v", home)
	}
	toRead := v.open(w.link(id, func(input *model.ShareInput) { input.Rating = false }))
	if home := v.home(); home.Waiting() != 0 || len(home.Received) != 2 || home.Received[0].ShareID != toRead {
		t.Errorf("one to read: %+v", home)
	}
	later := w.sit("first-team", model.FullForm, varied)
	v.open(w.link(later, blindly))
	if home := v.home(); home.Waiting() != 1 {
		t.Errorf("another: %+v", home)
	}
	w.now = w.now.AddDate(0, 0, model.UsualShare)
	if home := v.home(); home.Waiting() != 0 || len(home.Received) != 0 || !home.Opened {
		t.Errorf("expired: %+v", home)
	}
}

// However much there is of somebody, Home takes so many statements; the count takes one.
func TestHomeTakesFewStatements(t *testing.T) {
	t.Parallel()
	var statements atomic.Int64
	w := newWorldOn(t, storetest.Watched(t, storetest.MigratedAddress(t), func() error {
		statements.Add(1)
		return nil
	}))
	during := func(work func()) int64 {
		before := statements.Load()
		work()
		return statements.Load() - before
	}
	v := &visitor{w: w}
	fill := func(number int) {
		for range number {
			id := w.sit("first-team", model.FullForm, contrast)
			mentor, share := w.blindShare(id)
			mentor.rate(share, "debt", "4", "")
			mentor.send(share, "Bo")
			v.open(w.link(id, blindly))
		}
	}
	fill(2)
	w.start("first-team", model.FullForm)
	w.commit("debt", 0)
	measure := func() (home, count int64) {
		w.homeOf(w.manager, v.mentor) // what was never read is read and remembered
		home = during(func() { must(w.Home(t.Context(), w.manager, v.mentor, model.Zone{}))(t) })
		count = during(func() { must(w.Waiting(t.Context(), w.manager, v.mentor, model.Zone{}))(t) })
		return home, count
	}
	fewHome, fewCount := measure()
	fill(8)
	manyHome, manyCount := measure()
	if fewHome != manyHome || fewHome > 17 || fewCount != 1 || manyCount != 1 {
		t.Errorf("Home takes %d statements, with more of everything %d; the count takes %d and %d", fewHome, manyHome, fewCount, manyCount)
	}
}

// What waits is the same on both engines.
func TestWhatWaitsOnBothEngines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, names(5)...)
		w.join("new")
		w.open(model.FullForm)
		w.commit("debt", 0)
		c := w.talk()
		ok(t, "the mentor’s proposal", c.mentorProposes("3", "First.", ""))
		w.now = w.now.AddDate(0, 0, 42)
		w.start("first-team", model.PulseForm)
		home := w.home()
		if len(home.Due()) != 1 || len(home.Drafts) != 1 || len(home.Mentors.Reviews) != 1 || len(home.Mentors.Levels) != 1 || len(home.ToConfirm) != 1 || len(home.Cycles) != 0 {
			t.Errorf("what waits: %+v", home)
		}
		w.ok(w.ReadReview(t.Context(), w.manager, c.assessment, c.review, ""))
		w.now = w.now.Add(time.Minute)
		ok(t, "a link that opens again, so that the mentor can answer", w.extend(c.share, "30"))
		ok(t, "the manager’s proposal", c.propose("2", "Second.", "1"))
		if home := w.waits("read and answered", 3); len(home.Mentors.Reviews)+len(home.Mentors.Levels) != 0 {
			t.Errorf("what mentors say: %+v", home.Mentors)
		}
		v, _ := w.blindShare(c.assessment)
		if home := v.home(); home.Waiting() != 1 {
			t.Errorf("for another mentor: %+v", home)
		}
	})
}
