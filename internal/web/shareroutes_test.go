package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"whetstone/internal/paths"
)

// shareAccess is what each role gets from a route of shares: nobody, another manager, the owner, and mentors
// whose link shows and allows everything, the result alone, or rating alone; one whose link has ended; and
// the mentor of another manager, who asks for the owner's share.
type shareAccess struct {
	// fields is the form that a POST sends; nil for a GET.
	fields func(shareWorld) url.Values

	nobody, another, owner, all, reader, rater, ended, stranger int
}

const gone = http.StatusGone

// owners is for whom the assessment belongs to.
func owners(status int) shareAccess {
	return shareAccess{nil, missing, missing, status, missing, missing, missing, missing, missing}
}

// mentors is for mentors, by what their link shows and allows; for one whose link has ended too where it says
// that it has.
func mentors(all, reader, rater int) shareAccess {
	return shareAccess{nil, missing, missing, missing, all, reader, rater, gone, missing}
}

// ofMentors is for whoever opened a link, also one that has ended.
func ofMentors(status int) shareAccess {
	return shareAccess{nil, missing, missing, missing, status, status, status, status, status}
}

// ofAll is for the mentor who wrote the review alone.
func ofAll(status int) shareAccess {
	return shareAccess{nil, missing, missing, missing, status, missing, missing, missing, missing}
}

// everybodys is for everybody.
func everybodys(status int) shareAccess {
	return shareAccess{nil, status, status, status, status, status, status, status, status}
}

func (a shareAccess) sending(fields func(shareWorld) url.Values) shareAccess {
	a.fields = fields
	return a
}

func form(pairs ...string) func(shareWorld) url.Values {
	return func(shareWorld) url.Values {
		fields := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			fields.Add(pairs[i], pairs[i+1])
		}
		return fields
	}
}

func newShare(shareWorld) url.Values { return everything() }

// moving says what to move on a depth map, once the mentor who sees all has looked at it: until then it takes no answer.
func moving(w shareWorld) url.Values {
	if w.all != nil {
		w.all.post(w.site.paths.Reveal(w.allShare.id), url.Values{"what": {"map"}})
	}
	return url.Values{"domain": {"security-privacy"}, "depth": {"working"}}
}

var (
	rating   = form("level", "5", "comment", "A comment.")
	proposal = form("go", "propose", "level", "3.5", "sentence", "Seen twice.")
)

// shareRoutes is who gets what of shares. What is someone else's is missing, and so is what a link doesn't
// show or allow; only who had opened a link learns that it has ended.
var shareRoutes = map[string]shareAccess{
	"GET " + paths.NewSharePattern:           owners(ok),
	"POST " + paths.NewSharePattern:          owners(ok).sending(newShare),
	"GET " + paths.SharesPattern:             {nil, missing, ok, ok, missing, missing, missing, missing, missing},
	"GET " + paths.SharePattern:              owners(ok),
	"GET " + paths.SharePreviewPattern:       owners(ok),
	"POST " + paths.ExtendSharePattern:       owners(onward).sending(form("days", "30")),
	"POST " + paths.RevokeSharePattern:       owners(onward).sending(form()),
	"POST " + paths.RemoveSharePattern:       owners(http.StatusUnprocessableEntity).sending(form()), // it lives
	"POST " + paths.RevokeSharesPattern:      {form(), missing, onward, onward, missing, missing, missing, missing, missing},
	"GET " + paths.ConversationPattern:       owners(ok),
	"GET " + paths.ConversationJSONPattern:   owners(ok),
	"GET " + paths.ConversationSchemaPattern: everybodys(ok),
	"GET " + paths.MentorSheetPattern:        owners(ok),
	"POST " + paths.ReadReviewPattern:        owners(onward).sending(form()),
	"POST " + paths.ReplyPattern:             owners(onward).sending(form("reply", "Nothing that hurts.")),
	"POST " + paths.SetAsidePattern:          owners(onward).sending(form("go", "aside")),
	"POST " + paths.AgreePattern:             owners(onward).sending(proposal),

	"GET " + paths.OpenSharePattern:         {nil, ok, ok, onward, ok, ok, ok, missing, ok},
	"POST " + paths.OpenSharePattern:        {form(), onward, onward, onward, onward, onward, onward, missing, onward},
	"GET " + paths.ReceivedPattern:          {nil, ok, ok, ok, ok, ok, ok, ok, ok},
	"GET " + paths.MentorDevicesPattern:     ofMentors(ok),
	"POST " + paths.MentorDevicesPattern:    ofMentors(ok).sending(form()),
	"POST " + paths.EndMentorDevicesPattern: ofMentors(onward).sending(form()),
	"GET " + paths.KeepMentorPattern:        {nil, missing, onward, onward, missing, missing, missing, missing, missing}, // where there is nothing to ask it leads on
	"POST " + paths.KeepMentorPattern:       everybodys(missing).sending(form()),                                         // nobody of these has both
	"POST " + paths.LetGoMentorPattern:      everybodys(missing).sending(form()),
	"GET " + paths.MentorKeyPattern:         ofMentors(ok),
	"POST " + paths.MentorKeyPattern:        ofMentors(ok).sending(form()),
	"GET " + paths.OwnWordsPattern:          ofMentors(ok),
	"GET " + paths.OwnWordsJSONPattern:      ofMentors(ok),
	"GET " + paths.OwnWordsSchemaPattern:    everybodys(ok),
	"GET " + paths.OwnReviewPattern:         ofAll(ok),
	"POST " + paths.OwnReviewPattern:        ofAll(onward).sending(form()),
	"GET " + paths.ContinuePattern:          everybodys(ok),
	"GET " + paths.ContinueWithPattern:      everybodys(ok),
	"POST " + paths.ContinuePattern:         everybodys(http.StatusUnprocessableEntity).sending(form("code", "ABCDE-ABCDE")),
	"GET " + paths.SharedPattern:            mentors(ok, ok, ok),
	"GET " + paths.RatePattern:              mentors(ok, missing, ok),
	"POST " + paths.RatePattern:             mentors(onward, missing, onward).sending(rating),
	"GET " + paths.RatingsPattern:           mentors(ok, missing, ok),
	"POST " + paths.RatingsPattern:          mentors(ok, missing, ok).sending(form("item", "design", "level", "5")),
	"POST " + paths.RevealPattern:           mentors(onward, onward, missing).sending(form("what", "rated")),
	"GET " + paths.SideBySidePattern:        mentors(ok, missing, missing),
	"POST " + paths.MentorAgreePattern:      mentors(onward, missing, missing).sending(proposal),
	"GET " + paths.WordsPattern:             mentors(ok, missing, ok),
	"POST " + paths.WordsPattern:            mentors(onward, missing, onward).sending(form("overall", "A word.")),
	"GET " + paths.SharedResultPattern:      mentors(ok, ok, missing),
	"GET " + paths.SharedHistoryPattern:     mentors(ok, missing, missing),
	"GET " + paths.SharedMapPattern:         mentors(ok, missing, missing),
	"POST " + paths.SharedMapPattern:        mentors(onward, missing, missing).sending(moving),
	"GET " + paths.ForgetSharePattern:       {nil, missing, missing, missing, ok, ok, ok, ok, missing},
	"POST " + paths.ForgetSharePattern:      {form(), missing, missing, missing, onward, onward, onward, onward, missing},
}

// everyPattern lists the routes of all tables.
func everyPattern() []string {
	return slices.Sorted(slices.Values(slices.AppendSeq(slices.AppendSeq(withTeams(routes), maps.Keys(shareRoutes)), maps.Keys(planRoutes))))
}

func (w shareWorld) path(share madeShare, pattern string) string {
	_, address, _ := strings.Cut(pattern, " ")
	return w.site.paths.Base + strings.NewReplacer(
		"{assessment}", w.assessment, "{share}", share.id, "{secret}", share.secret, "{code}", "ABCDE-ABCDE", "{review}", w.review, "{competency}", "design",
	).Replace(address)
}

func (w shareWorld) ask(b *browser, share madeShare, pattern string, row shareAccess) *page {
	b.t.Helper()
	if row.fields == nil {
		return b.get(w.path(share, pattern))
	}
	return b.post(w.path(share, pattern), row.fields(w))
}

// Those who may not change anything change nothing, so those who may come last.
func TestEveryShareRouteByRole(t *testing.T) {
	t.Parallel()
	world := newShareWorld(newSite(t))
	fork := world.site.forked()
	for pattern, row := range shareRoutes {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			w := world.in(fork(t))
			for _, one := range []struct {
				who     string
				browser *browser
				share   madeShare
				want    int
			}{
				{"nobody", w.site.browser(), w.allShare, row.nobody},
				{"another manager", w.another, w.allShare, row.another},
				{"another’s mentor", w.stranger, w.allShare, row.stranger},
				{"a mentor whose link has ended", w.ended, w.endedShare, row.ended},
				{"a mentor who may rate", w.rater, w.rateShare, row.rater},
				{"a mentor who may read", w.reader, w.readShare, row.reader},
				{"a mentor who may do everything", w.all, w.allShare, row.all},
				{"the owner", w.owner, w.allShare, row.owner},
			} {
				got := w.ask(one.browser, one.share, pattern, row)
				if got.status != one.want {
					t.Errorf("%s: status %d, want %d:\n%s", one.who, got.status, one.want, got.excerpt())
				}
				if strings.Contains(pattern, "/open/") || strings.Contains(pattern, "/shared") || strings.Contains(pattern, "/mentor/") {
					if policy := got.header.Get("Referrer-Policy"); policy != "no-referrer" {
						t.Errorf("%s: the referrer policy is %q", one.who, policy)
					}
				}
			}
		})
	}
}

// Only what a link showed or allowed says that it has ended; the rest of it stays missing.
func TestEndedLinkSaysSoWhereItLed(t *testing.T) {
	t.Parallel()
	w := newShareWorld(newSite(t))
	for _, share := range []madeShare{w.readShare, w.rateShare} {
		w.owner.post(w.site.paths.RevokeShare(share.id), url.Values{}).wantStatus(onward)
	}
	ended := func(live int) int {
		if live == missing {
			return missing
		}
		return gone
	}
	for _, pattern := range slices.Sorted(maps.Keys(shareRoutes)) {
		if !strings.Contains(pattern, paths.SharedPattern) || strings.Contains(pattern, paths.ForgetSharePattern) {
			continue
		}
		row := shareRoutes[pattern]
		if got := w.ask(w.reader, w.readShare, pattern, row); got.status != ended(row.reader) {
			t.Errorf("%s, over a link to read: status %d, want %d", pattern, got.status, ended(row.reader))
		}
		if got := w.ask(w.rater, w.rateShare, pattern, row); got.status != ended(row.rater) {
			t.Errorf("%s, over a link to rate: status %d, want %d", pattern, got.status, ended(row.rater))
		}
	}
}

// Nobody learns whether an id of someone else's exists, and no id of one's own opens another's review.
func TestIDsOfOtherShares(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	never := strings.Repeat("A", len(w.allShare.id))
	for _, pattern := range slices.Sorted(maps.Keys(shareRoutes)) {
		if !strings.Contains(pattern, "{share}") {
			continue
		}
		for who, b := range map[string]*browser{"nobody": s.browser(), "another manager": w.another, "another’s mentor": w.stranger} {
			got := w.ask(b, w.allShare, pattern, shareRoutes[pattern])
			want := w.ask(b, madeShare{id: never}, pattern, shareRoutes[pattern])
			if got.status != missing || got.withoutRequestID() != want.withoutRequestID() || !maps.EqualFunc(got.header, want.header, slices.Equal) {
				t.Errorf("%s by %s: status %d, and another answer than for a missing one", pattern, who, got.status)
			}
		}
	}
	// A review of another assessment is not reached over one's own.
	own := w.another.finished("first-team", "full")
	w.another.post(s.paths.ReadReview(own, w.review), url.Values{}).wantStatus(missing)
	w.another.post(s.paths.Agree(own, w.review, "design"), proposal(w)).wantStatus(missing)
	earlier := w.owner.finished("first-team", "full")
	w.owner.post(s.paths.Agree(earlier, w.review, "design"), proposal(w)).wantStatus(missing)
	w.owner.post(s.paths.Agree(w.assessment, w.review, "nonsense"), proposal(w)).wantStatus(missing)
	w.all.get(s.paths.Rate(w.allShare.id, "nonsense")).wantStatus(missing)
}
