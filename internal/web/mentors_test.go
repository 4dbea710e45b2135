package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// scoreShown matches a score, as every page writes one.
var scoreShown = regexp.MustCompile(`\b[1-5]\.[0-9]\b`)

// Before the reveal no address shows a score, and none can be had without the review being marked.
func TestRevealCantBeSkipped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	owner.finished("first-team", "full")
	s.clock.advance(91 * day)
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	mentor.opens(share)
	mentor.rates(share, "design", "5", "")
	for _, path := range []string{
		s.paths.Shared(share.id), s.paths.Rate(share.id, "debt"), s.paths.Ratings(share.id), s.paths.SideBySide(share.id),
		s.paths.SharedResult(share.id), s.paths.SharedHistory(share.id), s.paths.Words(share.id), s.paths.Received(),
	} {
		got := mentor.get(path).wantStatus(http.StatusOK)
		if shown := scoreShown.FindString(got.text()); shown != "" {
			t.Errorf("%s shows %s before the reveal:\n%s", path, shown, got.excerpt())
		}
	}
	mentor.get(s.paths.Reveal(share.id)).wantStatus(http.StatusMethodNotAllowed)
	gate := mentor.get(s.paths.SharedResult(share.id)).wantText("Eleven competencies are not rated")
	got := gate.press("Show all scores").wantAt(s.paths.SharedResult(share.id)).wantText("“you” means them")
	if !scoreShown.MatchString(got.text()) {
		t.Error("the result shows no score after the reveal")
	}
	for _, forbidden := range []string{"Share this result", "Export", "Change your targets", "Delete this assessment", "Ask a mentor"} {
		if strings.Contains(got.text(), forbidden) {
			t.Errorf("a mentor’s view of the result offers %q", forbidden)
		}
	}
	mentor.get(s.paths.SharedHistory(share.id)).wantStatus(http.StatusOK).wantText("as they were")
	mentor.rates(share, "debt", "4", "").wantText("Not compared: you saw the score before you rated")
	mentor.rates(share, "design", "2", "").wantText("You rated this 5. After seeing the score: 2.")
	mentor.sends(share, "Mina", "A word.")
	owner.get(s.paths.Conversation(assessment)).
		wantText("Mina : 4, rated after seeing your score").wantText("Mina : 5; 2 after seeing your score").
		wantText("Not compared: no rating was given blind").wantText("your mentor 5")
}

// A mentor who looks at one competency without rating it is shown only that one.
func TestLookingWithoutRating(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	mentor.opens(share)
	beside := mentor.get(s.paths.Rate(share.id, "design")).wantText("marked as not blind").press("Look without rating")
	if beside.byID("view-design") == nil || beside.byID("view-debt") != nil {
		t.Errorf("the page shows:\n%s", beside.text())
	}
	mentor.get(s.paths.Rate(share.id, "design")).wantText("You have seen their score.")
}

// The way through what is asked leads to a choice: both views, or the rest.
func TestMentorsWay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	mentor.opens(share).wantText("How do you see Ada’s work?").wantText("Where did I hold on for too long?").
		wantText("Two competencies to begin with, about a minute each; the other ten only if you have time.")
	page := mentor.get(s.paths.Shared(share.id)).wantText("Design Not rated")
	page = mentor.get(page.link("Begin")).wantText("Ada asks about this. 1 of 2.").press("Save and go on", "level", "5").
		wantText("Ada asks about this. 2 of 2.").press("Save and go on", "level", "0").
		wantAt(s.paths.Shared(share.id)).wantText("Those are the two that they ask about").wantText("Rated 5").wantText("Not observed")
	page.press("See both side by side").wantAt(s.paths.SideBySide(share.id)).wantText("For your next conversation").
		wantText("Not compared: you have not observed it")
	mentor.sends(share, "", "A word.")
	home := owner.get(s.paths.Home()).wantText("A review is in From my mentor, on your assessment of 16 November 2026: two ratings and a word on the whole.")
	conversation := owner.get(home.link("Read it")).wantAt(s.paths.Conversation(assessment))
	owner.post(s.paths.Rename(assessment), url.Values{"name": {"After the move"}}).wantStatus(http.StatusSeeOther)
	// Looking is not reading.
	owner.get(s.paths.Home()).wantText("From my mentor, on “After the move”: two ratings and a word on the whole.")
	for _, path := range []string{s.paths.Result(assessment), s.paths.Share(share.id), s.paths.Shares(), s.paths.Assessments(), s.paths.Start()} {
		owner.get(path).wantText("A review is in, by my mentor")
	}
	conversation.press("I have read this , by my mentor").wantStatus(http.StatusOK)
	for _, path := range []string{s.paths.Home(), s.paths.Result(assessment), s.paths.Share(share.id), s.paths.Shares(), s.paths.Assessments(), s.paths.Start()} {
		if strings.Contains(owner.get(path).text(), "A review is in") {
			t.Errorf("%s: the sign stays after the review was read", path)
		}
	}
	mentor.get(s.paths.Home()).wantText("Nothing waits for you").wantText("Shared with you Ada , 16 August to 16 November 2026")
	mentor.get(s.paths.Received()).wantText("You sent your view on 16 November 2026. Opens until 30 November 2026.")
}

// A pulse gives no score of a competency: nothing can be compared, and no page says that the two agree.
func TestMentorOfAPulse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	pulse := owner.finished("first-team", "pulse")
	share := owner.shares(pulse, everything())
	mentor.opens(share)
	mentor.get(s.paths.SideBySide(share.id)).wantText("Nothing is shown yet").wantText("Begin with the first")
	mentor.rates(share, "design", "5", "")
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}}).wantStatus(http.StatusSeeOther)
	mentor.post(s.paths.MentorAgree(share.id, "design"), url.Values{"level": {"4"}, "sentence": {"Seen twice."}}).wantStatus(http.StatusSeeOther)
	beside := mentor.get(s.paths.SideBySide(share.id)).wantText("Not compared: they were asked one question, which makes no score").
		wantText("You propose 4.0; they see it once you send your view")
	mentor.sends(share, "Mina", "A word.")
	mentor.get(s.paths.SideBySide(share.id)).wantText("You propose 4.0; they have not confirmed it yet")
	conversation := owner.get(s.paths.Conversation(pulse)).wantText("Not compared: one question was asked, which makes no score").
		wantText("Begin with what your mentor wrote.")
	for _, got := range []*page{beside, conversation} {
		if strings.Contains(got.text(), "No difference stands out") {
			t.Errorf("%s says that nothing differs where nothing was compared", got.address)
		}
	}
}

// What a mentor writes after the manager's page was shown isn't read by its button.
func TestReadingAnOldPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	old := w.owner.get(s.paths.Conversation(w.assessment))
	s.clock.advance(time.Minute)
	w.all.rates(w.allShare, "debt", "4", "One more word.")
	old.press("I have read this , by Mina").wantStatus(http.StatusOK)
	home := w.owner.get(s.paths.Home()).wantText("Something new in a review From Mina, on your assessment of 15 February 2027: one rating.")
	conversation := w.owner.get(home.link("Read it"))
	conversation.wantText("New Since you read it on 17 February 2027: Technical debt : a rating or a comment")
	conversation.press("I have read this , by Mina")
	if strings.Contains(w.owner.get(s.paths.Home()).text(), "From Mina") {
		t.Error("the sign stays after the review was read")
	}
}

// A level is agreed on by both: proposed by one, confirmed by the other as they saw it.
func TestAgreeingOnALevel(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	path := s.paths.MentorAgree(w.allShare.id, "design")
	bad := w.all.post(path, url.Values{"go": {"propose"}, "level": {"3.3"}, "sentence": {strings.Repeat("x", 501)}}).
		wantStatus(http.StatusUnprocessableEntity).wantText("Before this can be proposed").wantText(strings.Repeat("x", 501))
	bad.checkIDs("a bad proposal")
	w.all.post(path, url.Values{"go": {"propose"}, "level": {"4"}, "sentence": {"Seen twice."}}).wantStatus(http.StatusSeeOther)
	page := w.owner.get(s.paths.Conversation(w.assessment)).wantText("They propose 4.0").wantText("Seen twice.")
	if strings.Contains(w.owner.get(s.paths.Result(w.assessment)).text(), "Agreed level") {
		t.Error("a proposal stands on the result")
	}
	w.all.post(path, url.Values{"go": {"propose"}, "level": {"2"}, "sentence": {"Changed."}, "revision": {"1"}}).wantStatus(http.StatusSeeOther)
	got := page.press("Agree on 4.0 for design with Mina").wantText("Before anything is answered").wantText("Look at it again before you agree.")
	if strings.Contains(got.text(), "Agreed with them") {
		t.Error("another proposal was confirmed than the page showed")
	}
	holding := 0
	for _, field := range find(got.root(), tagged("textarea")) {
		if strings.Contains(rawText(field), "Changed.") {
			holding++
		}
	}
	if holding != 1 {
		t.Errorf("beside the refusal %d forms hold what is proposed now:\n%s", holding, got.text())
	}
	w.owner.get(s.paths.Conversation(w.assessment)).press("Agree on 2.0 for design with Mina").wantText("Agreed with them: 2.0")
	w.owner.get(s.paths.Result(w.assessment)).wantText("Agreed level").wantText("Mina: “Changed.”")
	w.all.get(s.paths.SideBySide(w.allShare.id)).wantText("Agreed with them: 2.0")
}

// A level is offered to who can answer alone, and one that nobody can answer any more says so and can be taken back.
func TestALevelIsOfferedToWhoCanAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	rating := owner.shares(assessment, onlyRating())
	mentor.opens(rating)
	mentor.rates(rating, "design", "5", "")
	mentor.sends(rating, "Mina", "A word.")
	conversation := s.paths.Conversation(assessment)
	if page := owner.get(conversation).wantText("Mina : 5"); strings.Contains(page.text(), "Propose a level") {
		t.Error("a level is offered over a link that doesn’t show the scores")
	}
	share := owner.shares(assessment, everything())
	mentor.opens(share)
	page := owner.get(conversation).press("Propose a level for design to Mina", "level", "4", "sentence", "Seen twice.").
		wantText("You propose 4.0; they see it once they look at both views")
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}}).wantStatus(http.StatusSeeOther)
	owner.get(conversation).wantText("You propose 4.0; they have not confirmed it yet")
	owner.post(s.paths.RevokeShare(share.id), url.Values{}).wantStatus(http.StatusSeeOther)
	page.press("Propose a level for design to Mina", "level", "3", "sentence", "Typed before it ended.").
		wantStatus(http.StatusUnprocessableEntity).wantText("They can’t answer a proposal for this").wantText("Typed before it ended.")
	ended := owner.get(conversation).wantText("You propose 4.0; they can’t answer: their link doesn’t show them your scores")
	if strings.Contains(ended.text(), "Change your proposal") {
		t.Error("another level is offered to who can’t answer")
	}
	if got := ended.press("Withdraw the level for design with Mina").wantStatus(http.StatusOK); strings.Contains(got.text(), "You propose") {
		t.Error("the proposal was not taken back")
	}
}

// The manager's question is a field of its own at the top of the last page, and stands beside its answer.
func TestAnsweringTheManagersQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	mentor.opens(share)
	words := mentor.get(s.paths.Words(share.id)).wantText("They ask: Where did I hold on for too long?")
	if first := find(words.root(), tagged("textarea"))[0]; !strings.HasPrefix(attribute(first, "name"), "answer") {
		t.Errorf("the first field is %s", attribute(first, "name"))
	}
	words.press("Send to Ada", "answer", strings.Repeat("x", 2001)).wantStatus(http.StatusUnprocessableEntity).
		wantText("your answer").wantText(strings.Repeat("x", 2001))
	words.press("Send to Ada", "answer", "In the build.").wantText("Your view is with Ada")
	owner.get(s.paths.Conversation(assessment)).wantText("You asked: Where did I hold on for too long? In the build.")
	export := owner.get(s.paths.ConversationJSON(assessment)).wantStatus(http.StatusOK).body
	for _, want := range []string{`"asked": "Where did I hold on for too long?"`, `"answer": "In the build."`} {
		if !strings.Contains(export, want) {
			t.Errorf("the export has no %s", want)
		}
	}
	rating := owner.shares(assessment, onlyRating())
	rater := s.browser()
	rater.opens(rating)
	if page := rater.get(s.paths.Words(rating.id)); strings.Contains(page.text(), "They ask:") {
		t.Error("there is a field for an answer where nothing was asked")
	}
}

// An answer belongs to the question that was read: who changed it meanwhile is asked again, and who types another one
// after it was answered is told so, with what they typed.
func TestAnAnswerStaysWithItsQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	mentor.opens(share)
	words := s.paths.Words(share.id)
	mentor.get(words).press("Send to Ada", "question", "What would you stop?")
	read := owner.get(s.paths.Conversation(assessment))
	mentor.get(words).press("Save the change", "question", "May I tell your lead?")
	again := read.press("Send the answer to my mentor", "reply", "The weekly report.").wantStatus(http.StatusUnprocessableEntity).
		wantText("They have changed their question").wantText("May I tell your lead?").wantText("The weekly report.")

	stale := mentor.get(words)
	again.press("Send the answer to my mentor", "reply", "Not yet.").wantText("Not yet.")
	refused := stale.press("Save the change", "question", "What would help you?", "overall", "On the whole.").
		wantStatus(http.StatusUnprocessableEntity).wantText("They have answered your question as it was").wantText("Not yet.").wantText("What would help you?")
	refused.press("Save the change", "question", "").wantText("Your view is with Ada").wantText("On the whole.")
	owner.get(s.paths.Conversation(assessment)).wantText("May I tell your lead?").wantText("On the whole.")
	stale.press("Save the change", "name", "Mina").wantText("Your view is with Ada") // which left the question alone
}

// A review is set aside by one press, and counts again by another.
func TestSettingAReviewAside(t *testing.T) {
	t.Parallel()
	w := newShareWorld(newSite(t))
	conversation := w.owner.get(w.site.paths.Conversation(w.assessment))
	aside := conversation.press("Set it aside , the review by Mina").wantText("Nothing that counts is in yet").
		wantText("Set aside by you on").wantText("Not compared: no review that counts")
	again := aside.press("Let it count again , the review by Mina")
	if again.text() != conversation.text() {
		t.Errorf("afterwards the page says:\n%s", again.text())
	}
}

// Who comes back finds their name filled in, and what is taken off the list says so.
func TestAReturningMentor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	first := owner.shares(owner.finished("first-team", "full"), everything())
	mentor.opens(first)
	mentor.sends(first, "Mina", "A word.")
	s.clock.advance(91 * day)
	assessment := owner.finished("first-team", "full")
	second := owner.shares(assessment, everything())
	mentor.opens(second)
	words := mentor.get(s.paths.Words(second.id))
	words.press("Send to Ada", "overall", "One more word.").wantText("Your view is with Ada")
	owner.get(s.paths.Conversation(assessment)).wantText("Mina New")
	mentor.get(s.paths.Words(second.id)).press("Save the change", "name", "")
	if page := mentor.get(s.paths.Words(second.id)); strings.Contains(page.body, `value="Mina"`) {
		t.Error("a name that was taken out comes back")
	}
	mentor.get(s.paths.ForgetShare(first.id)).press("Remove it").wantText("Removed from your list.")
}

// What was typed when the link ended stands on the page, and how to get a new one.
func TestEndedWhileTyping(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	rate, words := w.all.get(s.paths.Rate(w.allShare.id, "debt")), w.all.get(s.paths.Words(w.allShare.id))
	w.owner.post(s.paths.RevokeShare(w.allShare.id), url.Values{}).wantStatus(http.StatusSeeOther)
	typed := "What I saw.\nTwice."
	got := rate.press("Save and go on", "level", "4", "comment", typed).wantStatus(http.StatusGone).
		wantText("This link has ended").wantText("ask them").wantText("Your view was sent").wantText("Request ")
	if field := got.byID("typed-comment"); field == nil || strings.TrimPrefix(rawText(field), "\n") != typed {
		t.Errorf("what was typed is gone:\n%s", got.text())
	}
	got.wantTyped("level", "4")
	rate.press("Save and go on", "level", "0").wantStatus(http.StatusGone).wantTyped("level", "Not observed")
	got = words.press("Save the change", "overall", "On the whole.", "question", "And now?", "name", "Mina M.").wantStatus(http.StatusGone)
	if got.byID("typed-overall") == nil || got.byID("typed-question") == nil {
		t.Errorf("what was typed is gone:\n%s", got.text())
	}
	got.wantTyped("name", "Mina M.")
	got.checkIDs("an ended link")
	w.all.post(s.paths.MentorAgree(w.allShare.id, "design"), proposal(w)).wantStatus(http.StatusGone).wantTyped("level", "3.5")
	script := w.all.post(s.paths.Ratings(w.allShare.id), url.Values{"item": {"debt"}, "level": {"4"}}, acceptJSON).wantStatus(http.StatusGone)
	if !strings.Contains(script.body, "the link has ended") {
		t.Errorf("a script is told %s", script.body)
	}
	w.owner.get(s.paths.Conversation(w.assessment)).wantText("A word.")
	w.all.get(s.paths.Received()).wantText("Ended on")
}

// wantTyped expects that the page gives back what one field was sent with.
func (p *page) wantTyped(name, want string) {
	p.t.Helper()
	if field := p.byID("typed-" + name); field == nil || attribute(field, "value") != want {
		p.t.Errorf("the %s %q is gone:\n%s", name, want, p.text())
	}
}

// Bad input comes back with what was typed.
func TestRatingErrors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	long := strings.Repeat("x", 2001)
	for _, level := range []string{"6", "-1", "2.5", "x"} {
		got := w.all.post(s.paths.Rate(w.allShare.id, "debt"), url.Values{"level": {level}, "comment": {"Kept."}}).
			wantStatus(http.StatusUnprocessableEntity).wantText("Choose a level from 1 to 5").wantText("Kept.")
		got.checkIDs("a bad level")
	}
	w.all.post(s.paths.Rate(w.allShare.id, "debt"), url.Values{"level": {"4"}, "comment": {long}}).
		wantStatus(http.StatusUnprocessableEntity).wantText(long).checkIDs("a long comment")
	w.all.post(s.paths.Ratings(w.allShare.id), url.Values{"item": {"nonsense"}, "level": {"4"}}, acceptJSON).wantStatus(http.StatusUnprocessableEntity)
	w.rater.post(s.paths.Words(w.rateShare.id), url.Values{"go": {"send"}}).wantStatus(http.StatusUnprocessableEntity).wantText("Before this can be sent")
	w.rater.post(s.paths.Words(w.rateShare.id), url.Values{"overall": {long}, "question": {long}, "name": {long}}).
		wantStatus(http.StatusUnprocessableEntity).checkIDs("words too long")
	if got := w.all.get(s.paths.Shared(w.allShare.id)); !strings.Contains(got.text(), "Technical debt Not rated") {
		t.Errorf("what was refused was kept:\n%s", got.text())
	}
}

// A script reads and saves ratings one by one, and learns of another tab.
func TestSavingRatingsByScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	save := func(fields url.Values) (saved savedAnswer) {
		t.Helper()
		w.all.post(s.paths.Ratings(w.allShare.id), fields, acceptJSON).wantStatus(http.StatusOK).decode(&saved)
		return saved
	}
	first := save(url.Values{"item": {"debt"}, "level": {"4"}})
	if first.Item != "debt" || first.Level != 4 || first.Seen == "" {
		t.Errorf("saved as %+v", first)
	}
	second := save(url.Values{"item": {"debt"}, "level": {"3"}, "note": {"Seen."}, "seen": {first.Seen}})
	var told toldConflict
	stale := url.Values{"item": {"debt"}, "level": {"5"}, "note": {""}, "seen": {first.Seen}}
	w.all.post(s.paths.Ratings(w.allShare.id), stale, acceptJSON).wantStatus(http.StatusPreconditionFailed).decode(&told)
	if told.Answer != second || !strings.Contains(told.Choice, second.Seen) {
		t.Errorf("a second tab was told %+v, kept is %+v", told, second)
	}
	var list struct{ Answers []savedAnswer }
	w.all.get(s.paths.Ratings(w.allShare.id), acceptJSON).decode(&list)
	if len(list.Answers) != 12 {
		t.Errorf("%d ratings", len(list.Answers))
	}
	var words struct{ Overall, Seen string }
	w.rater.post(s.paths.Words(w.rateShare.id), url.Values{"overall": {"While typing."}}, acceptJSON).wantStatus(http.StatusOK).decode(&words)
	if words.Overall != "While typing." || words.Seen == "" {
		t.Errorf("words were saved as %+v", words)
	}
	w.rater.post(s.paths.Words(w.rateShare.id), url.Values{"overall": {"Another."}}, acceptJSON).wantStatus(http.StatusPreconditionFailed)
	w.rater.get(s.paths.Words(w.rateShare.id)).wantText("While typing.")
}

// A browser is a manager and a mentor side by side; ending one leaves the other.
func TestManagerAndMentorInOneBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, both := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	own := both.finished("first-team", "full")
	both.opens(share)
	page := both.get(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	if strings.Contains(page.text(), "Settings") {
		t.Error("a mentor’s page has the manager’s menu")
	}
	both.get(s.paths.Result(own)).wantText("Shared with you")
	both.get(s.paths.Erase()).wantText("What others shared with this browser, and what you wrote of them, is theirs and stays, too.")
	if strings.Contains(owner.get(s.paths.Erase()).text(), "Shared with you") {
		t.Error("who is no mentor is told of what others shared")
	}
	both.post(s.paths.Erase(), url.Values{"meant": {"yes"}}).wantStatus(http.StatusOK)
	both.get(s.paths.Result(own)).wantStatus(http.StatusNotFound)
	both.get(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	both.get(s.paths.ForgetShare(share.id)).press("Remove it").wantText("Nobody yet, in this browser.")
	both.get(s.paths.Shared(share.id)).wantStatus(http.StatusNotFound)
	both.get(s.paths.Result(own)).wantStatus(http.StatusNotFound)
}

// A manager's own link leads to its page, and is not counted.
func TestOwnLink(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	owner.visit(share.link).wantAt(s.paths.Share(share.id)).wantText("Not opened yet")
	owner.post(share.link, url.Values{}).follow().wantAt(s.paths.Share(share.id)).wantText("Not opened yet")
}

// Deleting a finished assessment takes its shares and what mentors wrote with it.
func TestDeleteFinished(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	rate := w.all.get(s.paths.Rate(w.allShare.id, "debt"))
	w.owner.get(s.paths.Result(w.assessment)).pressLink("Delete this assessment").wantText("Every link to it ends at once").
		press("Delete the assessment").wantStatus(http.StatusUnprocessableEntity).
		press("Delete the assessment", "meant", "yes").wantAt(s.paths.Assessments())
	w.owner.get(s.paths.Conversation(w.assessment)).wantStatus(http.StatusNotFound)
	w.owner.get(s.paths.Share(w.allShare.id)).wantStatus(http.StatusNotFound)
	w.all.get(s.paths.Shared(w.allShare.id)).wantStatus(http.StatusNotFound).wantText("Request ")
	w.all.get(w.allShare.link).wantStatus(http.StatusNotFound)
	got := rate.press("Save and go on", "level", "4", "comment", "What I saw.").wantStatus(http.StatusNotFound).wantText("copy it")
	if field := got.byID("typed-comment"); field == nil || strings.TrimPrefix(rawText(field), "\n") != "What I saw." {
		t.Errorf("what was typed is gone:\n%s", got.text())
	}
	got.wantTyped("level", "4")
}

// The cookie of a mentor has the promises of a manager's.
func TestMentorCookie(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://whetstone.test/": "__Host-", "https://whetstone.test/tools": "__Secure-", "http://127.0.0.1:8080/": "",
	} {
		s := newSite(t, at(base))
		owner, mentor := s.browser(), s.browser()
		share := owner.shares(owner.finished("first-team", "full"), everything())
		cookie := mentor.post(share.link, url.Values{}).cookie()
		if cookie.Name != want+s.cookieName("-mentor") || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure != strings.HasPrefix(base, "https") {
			t.Errorf("at %s the cookie is %v", base, cookie)
		}
	}
	s := newSite(t, at("http://whetstone.test/"))
	if policy := s.browser().get(s.paths.Received()).header.Get("Referrer-Policy"); policy != "same-origin" {
		t.Errorf("over plain HTTP the referrer policy is %q: a browser would refuse the forms", policy)
	}
}

// A demonstration's visitors see both sides.
func TestDemonstrationAsAMentor(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	visitor := s.browser()
	visitor.post(s.paths.Demonstration(), url.Values{"who": {"mentor"}}).wantStatus(http.StatusNotFound) // nothing to share yet
	visitor.get(s.paths.Home()).press("Open the demonstration")
	visitor.finished("first-team", "full")
	visitor.maps("first-team", placing("ux", "none", "high")...)
	visitor.get(s.paths.Home()).press("Look as a mentor").wantText("How do you see Example manager’s work?").
		visitLink("Their depth map").wantText("Example manager’s depth map")
	another := s.browser()
	another.get(s.paths.Home()).press("Look as a mentor").wantText("How do you see Example manager’s work?")
	shares := func() int {
		return strings.Count(visitor.get(s.paths.Shares()).text(), "Visitors of the demonstration")
	}
	if made := shares(); made != 1 {
		t.Errorf("%d shares were made for visitors", made)
	}
	for range model.BrowserLimit - 1 {
		s.browser().get(s.paths.Home()).press("Look as a mentor").wantText("How do you see Example manager’s work?")
	}
	if made := shares(); made != 2 {
		t.Errorf("%d shares were made for more visitors than one opens for", made)
	}
}
