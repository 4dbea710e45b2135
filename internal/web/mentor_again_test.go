package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A mentor is asked again a quarter later: the form is filled in as it was, and they find it on their list. After rating
// they see what they said last time and what was agreed, not before.
func TestAskingAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	first := owner.finished("first-team", "full")
	share := owner.shares(first, everything())
	mentor.opens(share)
	mentor.rates(share, "design", "2", "It took long.")
	mentor.get(s.paths.SideBySide(share.id)).wantText("Nothing is shown yet. Ask for it when you are ready").wantNoText("Rate a competency first")
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}}).wantStatus(onward)
	mentor.sends(share, "Mina", "A word.")
	mentor.post(s.paths.MentorAgree(share.id, "design"), url.Values{"level": {"2.5"}, "sentence": {"Seen twice."}}).wantStatus(onward)
	owner.get(s.paths.Conversation(first)).press("Agree on 2.5 for design with Mina").wantText("Agreed with them: 2.5")
	s.clock.advance(91 * day)
	owner.finished("first-team", "full")
	detail := owner.get(s.paths.Share(share.id))
	form := owner.get(detail.link("Ask them again")).wantText("This is what you asked last time.")
	if label := form.byID("label"); attribute(label, "value") != "my mentor" {
		t.Errorf("the form is filled in with %q", attribute(label, "value"))
	}
	made := form.press("Make the link").wantStatus(http.StatusOK).wantText("It stands on their list already")
	again := made.made()
	mentor.get(s.paths.Received()).wantText("Nothing rated yet")
	for _, address := range []string{s.paths.Shares(), s.paths.Share(again.id)} {
		owner.get(address).wantText("It stands on their list; its link was not opened").wantNoText("Not opened yet")
	}
	kept := func(what string, page *page) *page {
		t.Helper()
		for _, words := range []string{"rated this 2", "You both agreed", "It took long.", "Seen twice."} {
			if strings.Contains(page.body, words) {
				t.Errorf("%s, what was said last time is shown: %q", what, words)
			}
		}
		return page
	}
	kept("before the mentor rates, among their own words", mentor.get(s.paths.OwnWords())).wantText("asked about this again").wantText("A word.").
		wantText("A level that you give after taking it is marked as not blind")
	form = kept("before the mentor rates", mentor.get(s.paths.Rate(again.id, "design")))
	const show = "Save, and show what I said last time"
	kept("without a level", form.press(show).wantStatus(http.StatusUnprocessableEntity).wantText("Choose a level first"))
	mentor.rates(again, "design", "3", "")
	form = kept("once rated", mentor.get(s.paths.Rate(again.id, "design")))
	shown := form.press(show, "level", "4").wantStatus(http.StatusOK).wantText("you rated this 2. You both agreed on 2.5.").wantText("It took long.").
		wantText("You rated this 4 before you read what else they shared, or what you said last time, and that stays.")
	if opened := slices.DeleteFunc(find(shown.root(), tagged("details")), func(one *html.Node) bool {
		return !slices.ContainsFunc(one.Attr, func(one html.Attribute) bool { return one.Key == "open" })
	}); len(opened) != 1 {
		t.Errorf("what was asked for is open %d times", len(opened))
	}
	mentor.get(s.paths.OwnWords()).wantText("you rated this 2. You both agreed on 2.5.")
	// Back in the browser, the form from before still has the button, and can change what is kept apart.
	form.press(show, "level", "4").wantText("you rated this 2.")
	mentor.rates(again, "design", "1", "")
	mentor.get(s.paths.Shared(again.id)).wantText("Rated 1, after reading more")
	mentor.post(s.paths.Reveal(again.id), url.Values{"what": {"rated"}}).wantStatus(onward)
	mentor.get(s.paths.SideBySide(again.id)).wantText("you rated this 2. You both agreed on 2.5.")
	// Another mentor, and another manager's form, get nothing of it.
	w := newShareWorld(s)
	if page := w.another.get(s.paths.AskAgain(w.another.finished("first-team", "full"), share.id)); strings.Contains(page.text(), "what you asked last time") {
		t.Error("another manager’s form is filled in from this share")
	}
	foreign := everything()
	foreign.Set("again", share.id)
	w.another.post(s.paths.NewShare(w.another.finished("first-team", "full")), foreign).wantStatus(http.StatusOK)
	if page := mentor.get(s.paths.Received()); strings.Count(page.text(), "Ada") > 2+strings.Count(page.text(), "what Ada shared") {
		t.Errorf("somebody else puts something on a mentor’s list:\n%s", page.text())
	}
}

// A question gets one answer, and the mentor sees when they were read.
func TestOneMoreTurnEachWay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	conversation := s.paths.Conversation(w.assessment)
	page := w.owner.get(conversation).wantText("They ask back:")
	page.press("Send the answer to Mina", "reply", " ").wantStatus(http.StatusUnprocessableEntity).wantText("Write your answer first.")
	page.press("Send the answer to Mina", "reply", strings.Repeat("x", 2001)).wantStatus(http.StatusUnprocessableEntity).wantText(strings.Repeat("x", 2001))
	answered := page.press("Send the answer to Mina", "reply", "The weekly report.").wantStatus(http.StatusOK).wantText("Your answer, on").wantText("The weekly report.")
	page.press("Send the answer to Mina", "reply", "From an old page.").wantStatus(http.StatusConflict).wantText("The weekly report.")
	answered.press("I have read this , by Mina")
	words := w.all.get(s.paths.Words(w.allShare.id)).wantText("And what would you stop?").wantText("They answer, on").wantText("The weekly report.").wantText("read on")
	if words.byID("question") != nil {
		t.Error("a question that was answered can still be changed")
	}
	words.press("Save the change", "overall", "Another word.").wantStatus(http.StatusOK)
	w.owner.get(conversation).wantText("And what would you stop?")
	w.all.get(s.paths.Shared(w.allShare.id)).wantText("The weekly report.")
	if !strings.Contains(w.owner.get(s.paths.ConversationJSON(w.assessment)).body, `"reply": "The weekly report."`) {
		t.Error("the export has no answer")
	}
}

// A mentor's own words stay theirs after the link has ended: to read, to export, to delete at the manager, too.
func TestAMentorsOwnWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	w.owner.post(s.paths.RevokeShare(w.allShare.id), url.Values{}).wantStatus(onward)
	own := w.all.get(s.paths.OwnWords()).wantText("A word.").wantText("And what would you stop?").wantText("you rated this 5.")
	export := w.all.get(s.paths.OwnWordsJSON()).wantStatus(http.StatusOK).body
	if !strings.Contains(export, `"overall": "A word."`) || strings.Contains(export, "score") || strings.Contains(export, "my mentor") {
		t.Errorf("the export is %s", export)
	}
	w.stranger.get(s.paths.OwnReview(w.review)).wantStatus(http.StatusNotFound)
	w.stranger.post(s.paths.OwnReview(w.review), url.Values{}).wantStatus(http.StatusNotFound)
	asked := w.all.get(own.link("Delete this , written for Ada"))
	asked.press("Delete it").wantText("Deleted, at the manager, too.").wantText("Nothing yet.")
	w.owner.get(s.paths.Conversation(w.assessment)).wantText("No review is in yet")
}

// A link comes with a message that is ready to send, and a reminder while nobody has answered.
func TestGettingALinkSent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	assessment := owner.finished("first-team", "full")
	form := owner.get(s.paths.NewShare(assessment))
	ticked := 0
	for _, box := range find(form.root(), tagged("input")) {
		if attribute(box, "name") == "competency" && slices.ContainsFunc(box.Attr, func(one html.Attribute) bool { return one.Key == "checked" }) {
			ticked++
		}
	}
	if ticked != 4 {
		t.Errorf("%d competencies are ticked at first", ticked)
	}
	made := owner.post(s.paths.NewShare(assessment), everything()).wantStatus(http.StatusOK)
	share := made.made()
	message := rawText(made.byID("message"))
	for _, want := range []string{"It takes about three minutes.", "No account is needed.", "opens until 30 November 2026", share.link, "Where did I hold on for too long?", "Ada"} {
		if !strings.Contains(message, want) {
			t.Errorf("the message has no %q:\n%s", want, message)
		}
	}
	mentor.get(share.link).wantText("About three minutes")
	// Whatever the sender's zone, the message says the same moment as the page behind the link.
	_, until, _ := strings.Cut(message, "The link opens until ")
	until, _, _ = strings.Cut(until, ":\n")
	if !strings.HasSuffix(until, " UTC") {
		t.Errorf("the message says until %q", until)
	}
	mentor.get(share.link).wantText("The link opens until " + until + ".")
	owner.tellsZone("Pacific/Kiritimati")
	reminder := rawText(owner.get(s.paths.Share(share.id)).wantText("No answer yet").byID("reminder"))
	if !strings.Contains(reminder, "16 November 2026") && !strings.Contains(reminder, "17 November 2026") || !strings.Contains(reminder, until) || strings.Contains(reminder, share.secret) {
		t.Errorf("the reminder is:\n%s", reminder)
	}
	mentor.opens(share)
	mentor.sends(share, "Mina", "A word.")
	if page := owner.get(s.paths.Share(share.id)); strings.Contains(page.text(), "No answer yet") {
		t.Error("there is a reminder after the answer")
	}
}

// A mentor reads a full name once on each page, and "they" after it; the button that sends names whom it sends to.
func TestAMentorReadsAFullNameOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	const name = "Ada Lovelace"
	owner.finished("first-team", "full")
	s.clock.advance(91 * day)
	id := owner.finished("first-team", "full")
	owner.jots("design", "We drew it twice.")
	owner.maps("first-team", placing("security-privacy", "none", "high")...)
	fields := everything()
	fields.Set("sharer", name)
	fields.Set("map", "yes")
	fields.Set("history", "yes")
	fields.Set("log", "yes")
	share := owner.shares(id, fields)
	most := func(what string, page *page, want int) {
		t.Helper()
		page.wantStatus(http.StatusOK)
		words := text(find(page.root(), tagged("main"))[0])
		if got := strings.Count(words, name); got == 0 || got > want {
			t.Errorf("%s: the name stands %d times, want it once:\n%s", what, got, words)
		}
	}
	pages := func(when string, paths ...string) {
		for _, path := range paths {
			want := 1
			if path == s.paths.Words(share.id) || path == s.paths.OwnWords() {
				want = 2 // the button that sends says to whom, and a link that deletes says, to whoever hears it, of whom
			}
			most(when+", "+path, mentor.get(path), want)
		}
	}
	most("the link", mentor.get(share.link), 1)
	mentor.opens(share)
	own := []string{s.paths.Shared(share.id), s.paths.Rate(share.id, "design"), s.paths.Words(share.id), s.paths.SideBySide(share.id)}
	pages("at first", append(own, s.paths.SharedResult(share.id), s.paths.SharedHistory(share.id), s.paths.SharedMap(share.id))...)
	mentor.rates(share, "design", "2", "Seen often.")
	pages("rated", own...)
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"rated"}}).wantStatus(onward)
	pages("shown", own...)
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"all"}}).wantStatus(onward)
	pages("all shown", append(own, s.paths.SharedResult(share.id), s.paths.SharedHistory(share.id), s.paths.SharedMap(share.id))...)
	mentor.get(s.paths.Words(share.id)).press("Send to "+name, "name", "Mina", "overall", "A word.", "question", "And now?").wantStatus(http.StatusOK)
	pages("sent", append(own, s.paths.OwnWords(), s.paths.ForgetShare(share.id))...)
}
