package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The way of a mentor to the map and back: it waits, shows in words that fit them, takes one answer, and the manager reads
// it in the conversation and on the map.
func TestAMentorSeesTheMapAndMovesADomain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	if page := owner.get(s.paths.NewShare(id)); strings.Contains(page.text(), "Your depth map") {
		t.Error("a map is offered that there isn’t")
	}
	owner.post(s.paths.NewShare(id), withMap()).wantStatus(http.StatusUnprocessableEntity).wantText("There is no finished depth map any more")
	mapID := owner.maps("first-team", append(placing("security-privacy", "none", "high"),
		append(placing("ux", "conversant", "medium", "role.ux", "ux-partner"), placing("own-1", "deep", "low", "name.own-1", "Rockets")...)...)...)
	form := owner.get(s.paths.NewShare(id)).wantText("Your depth map").wantText("Your latest, of")
	form.press("Preview what they will see", "label", "my mentor", "sharer", "Ada", "map", "yes").wantStatus(http.StatusOK).
		wantText("your depth map, once it can’t lean a rating").wantText("they know it little, and have nobody to ask").press("Change something").
		wantText("Your depth map")
	fields := withMap()
	delete(fields, "competency")
	share := owner.shares(id, fields)
	owner.get(s.paths.Share(share.id)).wantText("Your depth map of").wantText("say which domain of the map they would move")
	owner.get(s.paths.Shares()).wantText("depth map")

	mentor.opens(share).wantText("Waits for three competencies")
	gate := mentor.get(s.paths.SharedMap(share.id)).wantStatus(http.StatusOK).wantText("It waits for these").wantText("Three are not rated yet")
	if strings.Contains(gate.text(), "Rockets") {
		t.Error("the map shows while it waits")
	}
	mentor.post(s.paths.SharedMap(share.id), url.Values{"domain": {"ux"}, "depth": {"deep"}}).wantStatus(missing)
	for _, competency := range []string{"coaching", "learning", "authenticity"} {
		mentor.rates(share, competency, "4", "")
	}
	shown := mentor.get(s.paths.SharedMap(share.id)).wantText("nothing is lost by looking").press("Show the map").wantAt(s.paths.SharedMap(share.id))
	for _, said := range []string{
		"Ada’s depth map of", "One domain is exposed: security and privacy. Much hangs on it, they know it little, and have nobody to ask.",
		"Much of what they answer for hangs on security and privacy, of which they know little", "For UX and product design they rely on the UX partner, and have asked nothing in three months.",
		"They are deep in Rockets, on which little hangs now.", "From five domains on", "could not follow",
	} {
		shown.wantText(said)
	}
	for _, unsaid := range []string{"You can follow", "you know it", "Make a commitment", "Delete this map"} {
		if strings.Contains(shown.text(), unsaid) {
			t.Errorf("the map says %q to somebody who isn’t its owner", unsaid)
		}
	}
	shown.press("Save your answer", "domain", "ux", "depth", "conversant").wantStatus(http.StatusUnprocessableEntity).
		wantMistakes(map[string]string{"depth": "It stands there already. Choose another depth, or change how much hangs on it."})
	refused := shown.press("Save your answer", "domain", "ux").wantStatus(http.StatusUnprocessableEntity)
	refused.wantMistakes(map[string]string{"depth": "Choose where you would move it: to another depth, or by how much hangs on it."})
	refused.wantChosen("domain", "ux")
	saved := shown.press("Save your answer", "domain", "security-privacy", "depth", "working", "words", "Seen twice.").
		wantStatus(http.StatusOK).wantText("Saved. It goes with your view, once you send that.").
		wantText("You would move security and privacy from none to working.")
	saved.wantChosen("depth", "working")
	conflict := shown.press("Save your answer", "domain", "ux", "depth", "deep", "words", "From an old page.").
		wantStatus(http.StatusConflict).wantText("You would move security and privacy from none to working").wantText("From an old page.")
	conflict.press("Save your answer", "counts.move", "elsewhere").wantStatus(http.StatusOK).wantText("Seen twice.")
	mentor.get(s.paths.Shared(share.id)).wantText("You would move security and privacy")
	if page := owner.get(s.paths.DepthMap(mapID)); strings.Contains(page.text(), "would move") {
		t.Error("an answer shows before it is sent")
	}
	mentor.sends(share, "Mina", "A word.")
	owner.get(s.paths.DepthMap(mapID)).wantText("What your mentors would move").wantText("Mina would move security and privacy from none to working.").wantText("Seen twice.")
	owner.get(s.paths.Conversation(id)).wantText("Mina would move security and privacy from none to working.").press("I have read this , by Mina")
	mentor.get(s.paths.OwnWords()).wantText("you would move security and privacy from none to working.")
	owner.get(s.paths.Conversation(id)).visitLink("A sheet for half an hour together with Mina").wantText("What you would move on my depth map")
	s.clock.advance(day)
	mentor.get(s.paths.SharedMap(share.id)).press("Take it back").wantStatus(http.StatusOK).wantText("Saved. They see it from now on.")
	owner.get(s.paths.Conversation(id)).wantText("taken back")
	if page := owner.get(s.paths.DepthMap(mapID)); strings.Contains(page.text(), "would move") {
		t.Error("an answer shows that was taken back")
	}
	mentor.get(s.paths.SharedMap(share.id)).press("Save your answer", "domain", "own-1", "weight", "high").wantStatus(http.StatusOK)
	owner.get(s.paths.Conversation(id)).wantText("would move Rockets from “hardly noticed” to “much hangs on it”.")

	// A later map is not shown; asking again shows it, and says so.
	s.clock.advance(day)
	owner.maps("first-team", placing("security-privacy", "deep", "high", "role.security-privacy", "security")...)
	mentor.get(s.paths.SharedMap(share.id)).wantText("One domain is exposed")
	again := owner.get(owner.get(s.paths.Share(share.id)).link("Ask them again")).wantText("now it is the newest")
	newest := again.press("Make the link").wantStatus(http.StatusOK).made()
	mentor.get(s.paths.SharedMap(newest.id)).wantText("theirs in depth").wantText("One question to you")
	owner.post(s.paths.RevokeShare(share.id), url.Values{}).wantStatus(onward)
	mentor.get(s.paths.SharedMap(share.id)).wantStatus(gone)
	mentor.post(s.paths.SharedMap(share.id), url.Values{"domain": {"ux"}, "depth": {"deep"}, "words": {"Typed just then."}}).wantStatus(gone).wantText("Typed just then.")
	owner.get(s.paths.DeleteDepthMap(mapID)).wantText("what mentors would move on it goes, too").press("Delete the map", "meant", "yes").wantStatus(http.StatusOK)
	if page := owner.get(s.paths.Conversation(id)); strings.Contains(page.text(), "Rockets") {
		t.Error("what was said of a map stays without it")
	}
}

// Where the manager has deleted the map, its page says so and leads back, keeps what was typed, and the list of what was
// written says what goes with what. A link that never showed one, or that somebody can't open, tells nothing.
func TestADeletedMapLeadsBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor, stranger := s.browser(), s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	mapID := owner.maps("first-team", placing("security-privacy", "none", "high")...)
	fields := everything()
	fields.Set("map", "yes")
	share := owner.shares(id, fields)
	mentor.opens(share)
	mentor.rates(share, "design", "4", "")
	mentor.get(s.paths.OwnWords()).wantText("what you said of a depth map goes with the map").wantNoText("stay yours, also")
	owner.get(s.paths.DeleteDepthMap(mapID)).press("Delete the map", "meant", "yes").wantStatus(http.StatusOK)
	page := mentor.get(s.paths.SharedMap(share.id)).wantStatus(missing).wantText("they have deleted it since").wantNoText("This link opens nothing")
	mentor.get(page.link("Back to what they shared")).wantAt(s.paths.Shared(share.id)).wantStatus(http.StatusOK)
	mentor.post(s.paths.SharedMap(share.id), url.Values{"domain": {"ux"}, "depth": {"deep"}, "words": {"Typed just then."}}).
		wantStatus(missing).wantText("Typed just then.").wantText("they have deleted it since")
	stranger.get(s.paths.SharedMap(share.id)).wantStatus(missing).wantText("This link opens nothing")
}

// A map can't be shared alone, and the form says what to tick with it.
func TestAMapAloneIsNotShared(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.finished("first-team", "full")
	owner.maps("first-team", placing("security-privacy", "none", "high")...)
	fields := onlyResult()
	fields.Del("result")
	fields.Set("map", "yes")
	owner.post(s.paths.NewShare(id), fields).wantMistakes(map[string]string{
		"scope": "A link can’t show your depth map alone. Tick “They may rate and comment” or “This result”, too.",
	})
}

// Who has looked at all scores and rated none is not told to have been through them all.
func TestWhoRatedNoneIsToldSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	share := owner.shares(owner.finished("first-team", "full"), everything())
	mentor.opens(share)
	mentor.get(s.paths.SharedResult(share.id)).press("Show all scores").wantStatus(http.StatusOK)
	mentor.get(s.paths.Shared(share.id)).wantText("You have seen all of the scores, and rated nothing.").wantNoText("You have been through them all")
}

// Who may only read a result sees the map with it, and is asked nothing.
func TestAReaderSeesTheMap(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, reader := s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	owner.maps("first-team", placing("security-privacy", "none", "high")...)
	fields := onlyResult()
	fields.Set("map", "yes")
	share := owner.shares(id, fields)
	reader.opens(share).visitLink("Their depth map").wantText("One domain is exposed")
	if page := reader.get(s.paths.SharedMap(share.id)); strings.Contains(page.text(), "One question to you") {
		t.Error("somebody who may only read is asked")
	}
	reader.post(s.paths.SharedMap(share.id), url.Values{"domain": {"security-privacy"}, "depth": {"deep"}}).wantStatus(missing)
}

// A script saves a mentor's answer about a map by itself, as it does their words: it reads what is kept and what that comes
// to, is told what an answer still lacks, and is asked where two tabs say different things.
func TestAMoveIsSavedByItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, mentor := s.browser(), s.browser()
	id := owner.finished("first-team", "full")
	owner.maps("first-team", append(placing("security-privacy", "none", "high"), placing("ux", "conversant", "medium")...)...)
	share := owner.shares(id, withMap())
	mentor.opens(share)
	mentor.post(s.paths.Reveal(share.id), url.Values{"what": {"map"}}).wantStatus(http.StatusSeeOther)
	type kept struct {
		Item, Domain, Depth, Weight, Words, Seen, Told, Choice, Message string
		Answer                                                          *struct{ Domain, Told string }
	}
	address := s.paths.SharedMap(share.id)
	saves := func(seen string, pairs ...string) (got kept, status int) {
		t.Helper()
		answer := mentor.post(address, form(append([]string{"item", "move", "seen", seen, "spent", "10"}, pairs...)...)(shareWorld{}), acceptJSON)
		answer.decode(&got)
		return got, answer.status
	}
	half, status := saves("", "domain", "ux", "depth", "", "weight", "", "words", "")
	if status != http.StatusUnprocessableEntity || half.Message != "Choose where you would move it: to another depth, or by how much hangs on it." {
		t.Errorf("half an answer: %d %+v", status, half)
	}
	saved, status := saves("", "domain", "ux", "depth", "deep", "weight", "", "words", "Seen twice.")
	if status != http.StatusOK || saved.Item != "move" || saved.Depth != "deep" || saved.Weight != "" || saved.Told != "You would move UX and product design from conversant to deep." {
		t.Errorf("an answer: %d %+v", status, saved)
	}
	if again, status := saves(saved.Seen, "domain", "ux", "depth", "deep", "weight", "", "words", "Seen twice."); status != http.StatusOK || again.Seen != saved.Seen {
		t.Errorf("the same again: %d %+v", status, again)
	}
	if words, status := saves(saved.Seen, "domain", "ux", "depth", "deep", "weight", "", "words", "Seen three times."); status != http.StatusOK || words.Words != "Seen three times." {
		t.Errorf("other words: %d %+v", status, words)
	}
	other, status := saves(saved.Seen, "domain", "security-privacy", "depth", "working", "weight", "", "words", "From an old tab.")
	if status != http.StatusPreconditionFailed || other.Answer == nil || other.Answer.Domain != "ux" || !strings.Contains(other.Choice, "Seen three times.") {
		t.Errorf("another tab: %d %+v", status, other)
	}
	mentor.get(address).wantText("You would move UX and product design from conversant to deep.").wantChosen("depth", "deep")
	if list := mentor.get(address, acceptJSON).wantStatus(http.StatusOK); !strings.Contains(list.body, `{"answers":[{"item":"move","domain":"ux"`) {
		t.Errorf("what is kept: %s", list.body)
	}
}
