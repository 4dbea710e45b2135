package browsertest

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// shared is a link as its manager got it: the share's id, and the path of the address.
type shared struct{ id, link string }

var (
	shownLink = regexp.MustCompile(`data-secret>https?://[^/]+(/[^<]+)<`)
	shareID   = regexp.MustCompile(`/shares/([^"/?]+)"`)
)

// shares makes a link to a finished assessment.
func (v *visitor) shares(assessment string, fields url.Values) shared {
	v.t.Helper()
	status, _, body := v.request(to.NewShare(assessment), fields)
	link, id := shownLink.FindStringSubmatch(body), shareID.FindStringSubmatch(body)
	if status != http.StatusOK || link == nil || id == nil {
		v.t.Fatalf("sharing answered %d:\n%s", status, body)
	}
	return shared{id[1], html.UnescapeString(link[1])}
}

// shareFields is a form of a share that shows and allows everything.
func shareFields(label string) url.Values {
	return url.Values{
		"label": {label}, "sharer": {"Ada"}, "question": {"Where did I hold on to a decision for too long?"}, "days": {"14"},
		"competency": {"design", "debt"}, "result": {"yes"}, "history": {"yes"}, "notes": {"yes"}, "rating": {"yes"},
	}
}

// opens opens a link as a mentor.
func (v *visitor) opens(share shared) {
	v.t.Helper()
	if location := v.post(share.link, url.Values{}); location != to.Shared(share.id) {
		v.t.Fatalf("the link leads to %s", location)
	}
}

// rates rates a competency through a share.
func (v *visitor) rates(share shared, competency, level, comment string) {
	v.t.Helper()
	v.post(to.Rate(share.id, competency), tied(v.seenToken(to.Rate(share.id, competency)), url.Values{"level": {level}, "comment": {comment}}))
}

// seenToken is the token of what a page shows first of what is stored.
var seenToken = regexp.MustCompile(`data-seen="([^"]*)"`)

// seenToken reads that token.
func (v *visitor) seenToken(address string) string {
	v.t.Helper()
	found := seenToken.FindStringSubmatch(v.get(address))
	if found == nil {
		v.t.Fatalf("%s shows nothing with a seen token", address)
	}
	return found[1]
}

// tied names the fields of a form as a page does that has seen what a token stands for.
func tied(token string, fields url.Values) url.Values {
	named := url.Values{}
	for name, values := range fields {
		named[name+"@"+token] = values
	}
	return named
}

// newMentor opens a link in a browser of its own.
func (s *server) newMentor(t *testing.T, share shared) *visitor {
	t.Helper()
	mentor := s.newVisitor(t)
	mentor.opens(share)
	return mentor
}

// signedOut is the visitor's browser as it is once the manager is signed out and the mentor still known.
func (v *visitor) signedOut() *visitor {
	v.t.Helper()
	out := v.server.newVisitor(v.t)
	base, err := url.Parse(v.server.base)
	if err != nil {
		v.t.Fatal(err)
	}
	out.client.Jar.SetCookies(base, slices.DeleteFunc(v.cookies(), func(cookie *http.Cookie) bool { return !strings.Contains(cookie.Name, "-mentor") }))
	return out
}

// shareKinds brings shares into states from which every kind of their pages can be opened.
func shareKinds(t *testing.T, s *server) []kind {
	t.Helper()
	nobody, plain, owner := s.newVisitor(t), s.newVisitor(t), s.newVisitor(t)
	unshared := plain.take("first-team", model.FullForm, mixed)
	earlier := owner.take("first-team", model.FullForm, mixed)
	before := owner.shares(earlier, shareFields("my mentor in platform"))
	faithful := s.newMentor(t, before)
	faithful.rates(before, "design", "2", "")
	faithful.rates(before, "debt", "4", "")
	faithful.post(to.Words(before.id), url.Values{"go": {"send"}, "overall": {"A steady quarter."}})
	s.clock.advance(24 * time.Hour) // the visitors of other kinds would idle too long over a quarter
	assessment := owner.take("first-team", model.FullForm, raised)

	// A mentor who has done everything, at two quarters; one who looked first; one who has only begun.
	share := owner.shares(assessment, shareFields("my mentor in platform"))
	faithful.opens(share)
	unrated, unwritten := faithful.seenToken(to.Rate(share.id, "design")), faithful.seenToken(to.Words(share.id))
	comment := "Asked what the queue does at the tenth retry.\nThe design changed."
	faithful.rates(share, "design", "3", comment)
	faithful.rates(share, "debt", "1", "")
	faithful.rates(share, "coaching", "0", "")
	faithful.post(to.Reveal(share.id), url.Values{"what": {model.RevealAll}})
	faithful.rates(share, "debt", "2", "On second thoughts.")
	faithful.post(to.MentorAgree(share.id, "design"), url.Values{"level": {"4"}, "sentence": {"Seen twice this quarter."}})
	faithful.post(to.Words(share.id), url.Values{
		"go": {"send"}, "name": {"Mina with rather a long name, as people have"}, "overall": {"You have the room when it gets technical."}, "question": {"What would you stop doing?"},
		"answer": {"With the shared build: you kept it for a quarter longer than you had to."},
	})
	second := owner.shares(assessment, shareFields("the architect next door"))
	looking := s.newMentor(t, second)
	looking.rates(second, "design", "4", "")
	looking.post(to.Reveal(second.id), url.Values{"what": {"vision"}})
	looking.rates(second, "vision", "2", "")
	looking.post(to.Words(second.id), url.Values{"go": {"send"}, "overall": {"Good to work with."}})
	own := regexp.MustCompile(`/mentor/words/([^/."]+)"`).FindStringSubmatch(faithful.get(to.OwnWords()))
	keeper := s.newVisitor(t)
	kept := keeper.shares(keeper.take("first-team", model.FullForm, mixed), shareFields("whoever keeps a key"))
	keyed, formerly := s.newMentor(t, kept), s.newMentor(t, kept)
	theirs := formerly.shares(formerly.take("first-team", model.FullForm, mixed), shareFields("a mentor"))
	formerly.get(to.Home())
	formerly = formerly.signedOut()
	_, _, body := owner.request(to.Conversation(assessment), nil)
	reviews := regexp.MustCompile(`/conversation/([^/"]+)/read`).FindAllStringSubmatch(body, -1)
	if len(reviews) != 2 {
		t.Fatalf("%d reviews are in", len(reviews))
	}
	owner.post(to.Agree(assessment, reviews[0][1], "design"), url.Values{"go": {"confirm"}, "revision": {"1"}})
	owner.post(to.Reply(assessment, reviews[0][1]), tied("0-e3b0c44298fc", url.Values{"reply": {"The report that nobody reads."}}))
	owner.post(to.ReadReview(assessment, reviews[0][1]), url.Values{})
	s.clock.advance(time.Minute)
	faithful.rates(share, "roadmap", "2", "Nobody could say what comes after it.")
	looking.post(to.MentorAgree(second.id, "vision"), url.Values{"level": {"2.5"}, "sentence": {"Nobody could name it."}})

	// A level waits for one whose link has ended since.
	past := owner.shares(assessment, shareFields("a mentor who has moved on"))
	gone := s.newMentor(t, past)
	gone.rates(past, "debt", "2", "")
	gone.post(to.Reveal(past.id), url.Values{"what": {model.RevealRated}})
	gone.post(to.Words(past.id), url.Values{"go": {"send"}, "name": {"Noor"}, "overall": {"I leave the team."}})
	_, _, body = owner.request(to.Conversation(assessment), nil)
	unread := regexp.MustCompile(`/conversation/([^/"]+)/read`).FindAllStringSubmatch(body, -1)
	owner.post(to.Agree(assessment, unread[len(unread)-1][1], "debt"), url.Values{"level": {"2"}, "sentence": {"Little was left."}})
	owner.post(to.RevokeShare(past.id), url.Values{})

	// One that was set aside, of somebody who looked at another quarter.
	elsewhere := s.newMentor(t, before)
	elsewhere.rates(before, "design", "5", "")
	elsewhere.post(to.Words(before.id), url.Values{"go": {"send"}, "overall": {"The same person, on a phone."}})
	_, _, body = owner.request(to.Conversation(earlier), nil)
	twice := regexp.MustCompile(`/conversation/([^/"]+)/aside`).FindAllStringSubmatch(body, -1)
	owner.post(to.SetAside(earlier, twice[len(twice)-1][1]), url.Values{"go": {"aside"}})

	third := owner.shares(assessment, shareFields("somebody who has begun"))
	begun := s.newMentor(t, third)
	begun.rates(third, "design", "5", "")
	asked := s.newMentor(t, third)
	asked.rates(third, "design", "5", "")
	asked.rates(third, "debt", "1", "")
	fresh := s.newMentor(t, third)
	read := owner.shares(assessment, url.Values{"label": {"a reader"}, "sharer": {"Ada"}, "days": {"14"}, "result": {"yes"}})
	reader := s.newMentor(t, read)
	rate := owner.shares(assessment, url.Values{"label": {"a rater"}, "sharer": {"Ada"}, "days": {"14"}, "rating": {"yes"}})
	rater := s.newMentor(t, rate)

	both := s.newMentor(t, third)
	both.start("first-team", model.PulseForm)

	ended := owner.shares(assessment, shareFields("ended while typing"))
	late := s.newMentor(t, ended)
	owner.post(to.RevokeShare(ended.id), url.Values{})

	waiting := s.newVisitor(t)
	asks := waiting.take("first-team", model.FullForm, mixed)
	waiting.shares(asks, shareFields("asked, not answered"))

	long, wrong := strings.Repeat("a", model.CommentLimit+1), http.StatusUnprocessableEntity
	preview, made, bad := shareFields("a preview"), shareFields("made just now"), url.Values{"days": {"400"}, "notes": {"yes"}}
	preview.Set("go", "preview")
	s.clock.advance(time.Hour)
	// A mentor who is asked once more about what they rated of an earlier assessment.
	asking, returning := s.newVisitor(t), s.newVisitor(t)
	firstAsked := asking.shares(asking.take("first-team", model.FullForm, mixed), shareFields("a mentor who is asked again"))
	returning.opens(firstAsked)
	returning.rates(firstAsked, "design", "3", "")
	askedAgain := asking.shares(asking.take("first-team", model.FullForm, raised), shareFields("the same mentor"))
	returning.opens(askedAgain)
	return []kind{
		{"share form", plain, to.NewShare(unshared), nil, http.StatusOK, "Share this result"},
		{"share form with errors", owner, to.NewShare(assessment), bad, wrong, "Before the link can be made"},
		{"share preview", owner, to.NewShare(assessment), preview, http.StatusOK, "What they will see"},
		{"share made", owner, to.NewShare(assessment), made, http.StatusOK, "Copy it now"},
		{"shares without any", plain, to.Shares(), nil, http.StatusOK, "No link yet"},
		{"shares", owner, to.Shares(), nil, http.StatusOK, "the architect next door"},
		{"share", owner, to.Share(share.id), nil, http.StatusOK, "When it was opened"},
		{"share sent again", owner, to.Share(third.id) + "?again", nil, http.StatusOK, "The link was shown once"},
		{"share ended", owner, to.Share(ended.id), nil, http.StatusOK, "Ended by you on"},
		{"share with errors", owner, to.ExtendShare(share.id), url.Values{"days": {"x"}}, wrong, "whole number of days"},
		{"share in conflict", owner, to.ExtendShare(share.id), tied("0-another", url.Values{"days": {"3"}}), http.StatusConflict, "Which counts?"},
		{"share not removed", owner, to.RemoveShare(share.id), url.Values{}, wrong, "Not removed"},
		{"preview of a share", owner, to.SharePreview(share.id), nil, http.StatusOK, "What they will see"},
		{"conversation without shares", plain, to.Conversation(unshared), nil, http.StatusOK, "No review is in yet"},
		{"conversation waiting", waiting, to.Conversation(asks), nil, http.StatusOK, "One link that asks for a view is open"},
		{"conversation", owner, to.Conversation(assessment), nil, http.StatusOK, "Since you read it on"},
		{"conversation with one set aside", owner, to.Conversation(earlier), nil, http.StatusOK, "Set aside by you on"},
		{"sheet for a mentor", owner, to.MentorSheet(assessment, reviews[0][1]), nil, http.StatusOK, "Half an hour with"},
		{"conversation with errors", owner, to.Agree(assessment, reviews[1][1], "design"), url.Values{"sentence": {long}}, wrong, "Before this can be proposed"},
		{"result with agreed levels", owner, to.Result(assessment), nil, http.StatusOK, "Agreed level"},
		{"home with what mentors say", owner, to.Home(), nil, http.StatusOK, "Something new in a review"},
		{"start with what mentors say", owner, to.Start(), nil, http.StatusOK, "proposes a level for vision"},
		{"list with what mentors say", owner, to.Assessments(), nil, http.StatusOK, "proposes a level for vision"},
		{"settings with shares", owner, to.Settings(), nil, http.StatusOK, "See your shares"},
		{"delete a finished one", owner, to.Delete(assessment), nil, http.StatusOK, "Delete this assessment?"},
		{"delete a finished one with errors", owner, to.Delete(assessment), url.Values{"meant": {""}}, wrong, "Before it is deleted"},

		{"link", nobody, share.link, nil, http.StatusOK, "Ada asks for your view"},
		{"link to read", nobody, read.link, nil, http.StatusOK, "Ada shares a result with you"},
		{"dead link", nobody, to.OpenShare("AAAA"), nil, http.StatusNotFound, "This link opens nothing"},
		{"dead link of a mentor", begun, to.OpenShare("AAAA"), nil, http.StatusNotFound, "See what was shared with you"},
		{"received nothing", nobody, to.Received(), nil, http.StatusOK, "Nobody yet"},
		{"received", faithful, to.Received(), nil, http.StatusOK, "People who shared with you"},
		{"home of a mentor", fresh, to.Home(), nil, http.StatusOK, "Ada asks for your view"},
		{"home of a mentor who has sent all", reader, to.Home(), nil, http.StatusOK, "Nothing waits for you"},
		{"home of a mentor whose links have ended", late, to.Home(), nil, http.StatusOK, "has ended"},
		{"home of a mentor and manager", both, to.Home(), nil, http.StatusOK, "Two things wait for you"},
		{"shared", fresh, to.Shared(third.id), nil, http.StatusOK, "Begin"},
		{"shared and begun", begun, to.Shared(third.id), nil, http.StatusOK, "Go on"},
		{"shared and asked", asked, to.Shared(third.id), nil, http.StatusOK, "See both side by side"},
		{"shared and sent", faithful, to.Shared(share.id), nil, http.StatusOK, "Your view is with them"},
		{"shared to read", reader, to.Shared(read.id), nil, http.StatusOK, "Read the result"},
		{"shared to rate", rater, to.Shared(rate.id), nil, http.StatusOK, "not part of this link"},
		{"rate", fresh, to.Rate(third.id, "roadmap"), nil, http.StatusOK, "If you have time"},
		{"rate again", begun, to.Rate(third.id, "design"), nil, http.StatusOK, "Ada asks about this"},
		{"rate what was rated last time", returning, to.Rate(askedAgain.id, "design"), nil, http.StatusOK, "show what I said last time"},
		{"rate with errors", fresh, to.Rate(third.id, "design"), url.Values{"level": {"9"}, "comment": {long}}, wrong, "Before this can be saved"},
		{"rate after looking", faithful, to.Rate(share.id, "debt"), nil, http.StatusOK, "that stays"},
		{"side by side with nothing", fresh, to.SideBySide(third.id), nil, http.StatusOK, "Nothing is shown yet"},
		{"side by side", faithful, to.SideBySide(share.id), nil, http.StatusOK, "For your next conversation"},
		{"side by side with errors", faithful, to.MentorAgree(share.id, "debt"), url.Values{"level": {"7"}}, wrong, "Before this can be proposed"},
		{"words", begun, to.Words(third.id), nil, http.StatusOK, "A word on the whole"},
		{"words with errors", begun, to.Words(third.id), url.Values{"go": {"save"}, "overall": {long}, "question": {long}, "answer": {long}, "name": {long}}, wrong, "Before this can be saved"},
		{"rate in conflict", faithful, to.Rate(share.id, "design"), tied(unrated, url.Values{"level": {"5"}, "comment": {"Typed in another tab."}}), http.StatusConflict, "What was saved elsewhere"},
		{"words in conflict", faithful, to.Words(share.id), tied(unwritten, url.Values{"overall": {"Typed in another tab."}, "question": {""}, "answer": {""}, "name": {""}}), http.StatusConflict, "What was saved elsewhere"},
		{"words sent", faithful, to.Words(share.id) + "?sent", nil, http.StatusOK, "Your view is with Ada"},
		{"gate", fresh, to.SharedResult(third.id), nil, http.StatusOK, "Show all scores"},
		{"shared result", faithful, to.SharedResult(share.id), nil, http.StatusOK, "“you” means them"},
		{"shared result to read", reader, to.SharedResult(read.id), nil, http.StatusOK, "“you” means them"},
		{"shared history", faithful, to.SharedHistory(share.id), nil, http.StatusOK, "“you” means them"},
		{"share form, asking again", owner, to.AskAgain(assessment, before.id), nil, http.StatusOK, "This is what you asked last time"},
		{"conversation with a bad answer", owner, to.Reply(assessment, reviews[0][1]), url.Values{"reply": {long}}, wrong, "Before this can be sent"},
		{"conversation with an answer in conflict", owner, to.Reply(assessment, reviews[0][1]), tied("0-another", url.Values{"reply": {"From an old page."}}), http.StatusConflict, "Which counts?"},
		{"own words", faithful, to.OwnWords(), nil, http.StatusOK, "What you have written"},
		{"own words without any", reader, to.OwnWords(), nil, http.StatusOK, "Nothing yet."},
		{"mentor devices", faithful, to.MentorDevices(), nil, http.StatusOK, "Where you are known"},
		{"mentor code", faithful, to.MentorDevices(), url.Values{}, http.StatusOK, "Scan this with the other device"},
		{"mentor key", faithful, to.MentorKey(), nil, http.StatusOK, "A key of your own"},
		{"mentor key made", keyed, to.MentorKey(), url.Values{"replaces": {""}}, http.StatusOK, "Keep these twelve words"},
		{"delete own words", faithful, to.OwnReview(own[1]), nil, http.StatusOK, "Delete"},
		{"a link in a browser that was its manager’s", formerly, theirs.link, nil, http.StatusOK, "This link doesn’t open in this browser"},
		{"continue", nobody, to.Continue(), nil, http.StatusOK, "Go on here with what you began elsewhere"},
		{"continue, scanned", nobody, to.ContinueWith("ABCDE-ABCDE"), nil, http.StatusOK, "One press"},
		{"continue with errors", nobody, to.Continue(), url.Values{"code": {"ABC"}, "drop": {"yes"}}, wrong, "Before you can go on here"},
		{"forget", faithful, to.ForgetShare(share.id), nil, http.StatusOK, "Take back my view"},
		{"ended", late, to.Shared(ended.id), nil, http.StatusGone, "This link has ended"},
		{"ended while typing", late, to.Rate(ended.id, "design"), url.Values{"level": {"4"}, "comment": {comment}}, http.StatusGone, "was not saved"},
	}
}
