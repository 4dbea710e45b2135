package browsertest

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"whetstone/internal/model"
)

// keyWords finds the words of a key on the page that shows them.
var keyWords = regexp.MustCompile(`<li[^>]*>([a-z]+)</li>`)

// key makes a recovery key.
func (v *visitor) key() string {
	_, _, body := v.request(to.RecoveryKey(), url.Values{"replaces": {""}})
	var words []string
	for _, match := range keyWords.FindAllStringSubmatch(body, -1) {
		words = append(words, match[1])
	}
	if len(words) != 12 {
		v.t.Fatalf("the key has %d words", len(words))
	}
	return strings.Join(words, " ")
}

// together are the pages on the way of two histories that become one: the choice, what lies where, and undoing it.
func together(t *testing.T, s *server) []kind {
	t.Helper()
	desk := s.newVisitor(t)
	desk.take("first-team", model.FullForm, mixed)
	desk.take("first-team", model.FullForm, raised)
	words := desk.key()
	coming := func() *visitor {
		phone := s.newVisitor(t)
		phone.take("first-team", model.PulseForm, mixed)
		phone.start("wider-scope", model.FullForm)
		return phone
	}
	asked, joined := coming(), coming()
	asked.post(to.Recover(), url.Values{"words": {words}})
	kinds := []kind{
		{"two histories", asked, to.Choice(), nil, http.StatusOK, "Nothing happens to either until you have chosen"},
		{"two histories without a choice", asked, to.Choice(), url.Values{"choice": {""}}, http.StatusUnprocessableEntity, "Choose what becomes of"},
	}
	other := s.newVisitor(t)
	other.take("first-team", model.FullForm, mixed)
	otherWords := other.key()
	waits := coming()
	joined.post(to.Recover(), url.Values{"words": {otherWords}})
	joined.post(to.Together(), url.Values{})
	waits.post(to.Recover(), url.Values{"words": {otherWords}})
	share := other.shares(other.take("first-team", model.FullForm, mixed), shareFields("Ada’s"))
	offered, kept := s.newVisitor(t), s.newVisitor(t)
	for _, mentor := range []*visitor{offered, kept} {
		mentor.opens(share)
		mentor.take("first-team", model.PulseForm, mixed)
	}
	kept.post(to.KeepMentor(), url.Values{})
	alone := shareFields("one person")
	alone.Set("address", "Ada.Lovelace@bücher.example")
	result := other.take("first-team", model.FullForm, mixed)
	addressed := other.shares(result, alone)
	known, theirs := s.newVisitor(t), s.newVisitor(t)
	known.request(known.mailed("grace@example.com", false), url.Values{})
	theirs.opens(share)
	theirs.request(theirs.mailed("ada.lovelace@bücher.example", false), url.Values{})
	bad := shareFields("one person")
	bad.Set("address", "Ada")
	return append(kinds,
		kind{"mentor devices with a sign-in", offered, to.MentorDevices(), nil, http.StatusOK, "Keep this under my sign-in"},
		kind{"mentor devices kept under a sign-in", kept, to.MentorDevices() + "?saved", nil, http.StatusOK, "Kept. It opens wherever you sign in."},
		kind{"is this yours, too", offered, to.KeepMentor(), nil, http.StatusOK, "Is this yours, too?"},
		kind{"is this yours, before a link for one person", theirs, to.KeepMentorTo(addressed.link), nil, http.StatusOK, "one of the two is needed first"},
		kind{"a link for one person, before signing in", s.newVisitor(t), to.SignInTo(addressed.link), nil, http.StatusOK, "Sign in to open what was shared"},
		kind{"a link for somebody else", known, addressed.link, nil, http.StatusForbidden, "This link is for somebody else"},
		kind{"a share for one person", other, to.Share(addressed.id), nil, http.StatusOK, "ada.lovelace@bücher.example"},
		kind{"shares, one for one person", other, to.Shares(), nil, http.StatusOK, "alone"},
		kind{"a share for no address", other, to.NewShare(result), bad, http.StatusUnprocessableEntity, "Enter one mail address"},
		kind{"asking one person again", other, to.AskAgain(result, addressed.id), nil, http.StatusOK, "This is what you asked last time"},
		kind{"a mentor’s page in nobody’s browser", s.newVisitor(t), to.MentorDevices(), nil, http.StatusNotFound, "Nothing was shared with this browser"},
		kind{"what lies in two histories", asked, to.Together(), nil, http.StatusOK, "What becomes of it"},
		kind{"two histories that have to wait", waits, to.Together(), nil, http.StatusOK, "Undo that first"},
		kind{"two histories refused", waits, to.Together(), url.Values{"sent": {""}}, http.StatusUnprocessableEntity, "Nothing was laid together"},
		kind{"home after laying together", joined, to.Home(), nil, http.StatusOK, "Two histories were laid together"},
		kind{"ways in after laying together", joined, to.WaysIn(), nil, http.StatusOK, "Undo it"},
		kind{"nothing left to decide", other, to.Together(), nil, http.StatusNotFound, "nothing left to decide"},
		kind{"taking two histories apart", joined, to.Apart(), nil, http.StatusOK, "Take the two histories apart?"},
	)
}
