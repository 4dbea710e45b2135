package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// placed is what a script reads of a domain.
type placed struct {
	Item, Name, Depth, Weight, Role, Whom, Asked, Year, Seen, Choice, Message string
	Answer                                                                    *placed
}

// saves posts one domain as the script does.
func (b *browser) saves(id string, pairs ...string) (got placed, status int) {
	b.t.Helper()
	fields := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		fields.Set(pairs[i], pairs[i+1])
	}
	answer := b.post(b.site.paths.Placed(id), fields, acceptJSON)
	answer.decode(&got)
	return got, answer.status
}

// A script saves one domain at a time. What two tabs change of different fields is kept of both; what both change is
// asked, and nothing is overwritten. What can't be taken is said, and what is finished takes nothing more.
func TestPlacesAreSavedByThemselves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	_, id := owner.beginsMap("first-team")
	first, status := owner.saves(id, "item", "ux", "depth", "none", "weight", "high", "year", "", "seen", "0")
	if status != http.StatusOK || first.Depth != "none" || first.Weight != "high" || !strings.HasPrefix(first.Seen, "1-") {
		t.Fatalf("%d %+v", status, first)
	}
	one, _ := owner.saves(id, "item", "ux", "depth", "working", "weight", "high", "seen", first.Seen)
	other, status := owner.saves(id, "item", "ux", "depth", "none", "weight", "high", "role", "ux-partner", "asked", "yes", "seen", first.Seen)
	if status != http.StatusOK || other.Depth != "working" || other.Role != "ux-partner" || other.Asked != "yes" || one.Role != "" {
		t.Errorf("two fields in two tabs: %d %+v", status, other)
	}
	both, status := owner.saves(id, "item", "ux", "depth", "deep", "weight", "high", "role", "ux-partner", "asked", "yes", "seen", first.Seen)
	if status != http.StatusPreconditionFailed || both.Answer.Depth != "working" || !strings.Contains(both.Choice, "Depth: working") || both.Message == "" {
		t.Errorf("one field in two tabs: %d %+v", status, both)
	}
	if mine, status := owner.saves(id, "item", "ux", "depth", "deep", "weight", "high", "role", "ux-partner", "asked", "yes", "seen", both.Answer.Seen); status != http.StatusOK || mine.Depth != "deep" {
		t.Errorf("what stands here counts: %d %+v", status, mine)
	}
	if mine, status := owner.saves(id, "item", "ux", "depth", "deep", "weight", "high", "whom", "our agency", "seen", "0"); status != http.StatusPreconditionFailed ||
		!strings.Contains(mine.Choice, "Depth: deep, what hangs on it: much, relying on the UX partner, asked in the last three months") {
		t.Errorf("what is saved of whom one relies on: %d %+v", status, mine)
	}
	words, _ := owner.saves(id, "item", "operations", "whom", "the night shift", "seen", "0")
	if mine, status := owner.saves(id, "item", "operations", "whom", "the agency", "seen", "0"); status != http.StatusPreconditionFailed || !strings.Contains(mine.Choice, "Relying on “the night shift”") {
		t.Errorf("what is saved in one's own words: %d %+v", status, mine)
	}
	if role, _ := owner.saves(id, "item", "operations", "whom", "the night shift", "role", "platform", "seen", words.Seen); role.Role != "platform" || role.Whom != "" {
		t.Errorf("a role chosen after words: %+v", role)
	}
	for name, pairs := range map[string][]string{
		"a year": {"item", "ux", "year", "20", "seen", "0"}, "a depth": {"item", "ux", "depth", "huge", "seen", "0"},
		"a text": {"item", "ux", "whom", strings.Repeat("long ", 20), "seen", "0"},
	} {
		if got, status := owner.saves(id, pairs...); status != http.StatusUnprocessableEntity || got.Message == "" {
			t.Errorf("%s: %d %+v", name, status, got)
		}
	}
	if _, status := owner.saves(id, "item", "nothing", "depth", "deep"); status != missing {
		t.Errorf("a domain that isn’t asked: %d", status)
	}
	list := owner.get(s.paths.Placed(id), acceptJSON).wantStatus(http.StatusOK)
	if !strings.Contains(list.body, `"item":"ux","name":"","depth":"deep"`) || !strings.Contains(list.body, `"item":"own-8"`) {
		t.Errorf("all that is kept: %s", list.body)
	}
	owner.get(s.paths.Places(id)).press("Finish the map", "depth.operations", "working", "weight.operations", "low").wantAt(s.paths.DepthMap(id))
	if got, status := owner.saves(id, "item", "ux", "depth", "none", "seen", "0"); status != http.StatusConflict || got.Message != "this is finished, and never changes any more." {
		t.Errorf("a finished map: %d %+v", status, got)
	}
	late := owner.post(s.paths.Places(id), url.Values{"depth.ux": {"none"}, "weight.ux": {"high"}, "role.ux": {"ux-partner"}, "whom.ux": {"typed too late"}, "then": {"save"}}).
		wantStatus(http.StatusConflict).wantText("This map is finished already").wantText("What you sent from this page is not in it.")
	late.visitLink("See the finished map").wantAt(s.paths.DepthMap(id))
	given := late.givenBack()
	for label, want := range map[string]string{
		"How deep are you in it today? for UX and product design": "None", "How much hangs on it? for UX and product design": "Much",
		"On whom do you rely? for UX and product design": "UX partner", "Or in your own words for UX and product design": "typed too late",
	} {
		if given[label] != want {
			t.Errorf("%q is given back as %q, want %q: %v", label, given[label], want, given)
		}
	}
}

// A map needs no assessment and no session: beginning it makes both the manager and the session, once, and looking at the
// page makes nothing. Their Home then says where the map stands.
func TestDepthMapStandsAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	stranger := s.browser()
	stranger.get("/").visitLink("Make a depth map").wantStatus(http.StatusOK).wantText("There is no account").wantText("needs no assessment")
	refused := stranger.post(s.paths.DepthMaps(), url.Values{}).wantStatus(http.StatusUnprocessableEntity)
	if len(refused.header["Set-Cookie"]) > 0 || stranger.get(s.paths.Plan()).status != missing {
		t.Error("a look or a refused form makes a session")
	}
	_, id := stranger.beginsMap("considering")
	stranger.get("/").wantText("nothing placed yet").wantText("One thing waits for you")
	stranger.saves(id, "item", "ux", "depth", "none", "weight", "high", "seen", "0")
	resumed := stranger.get("/").wantText("Your depth map: 1 domain placed").visitLink("Go on")
	resumed.press("Finish the map").wantAt(s.paths.DepthMap(id)).wantText("One domain is exposed")
	home := stranger.get("/").wantText("Your depth map of").wantText("One domain is exposed").wantText("No assessment is finished yet")
	if strings.Contains(home.body, s.paths.EndMapOffer()) {
		t.Error("a first map is offered to whoever has one")
	}
	stranger.get(s.paths.DepthMapsJSON()).wantStatus(http.StatusOK).wantText(id)
}

// Home offers a first map once: until it is dismissed, on every device and without a script, or until one is begun, even
// if that is deleted.
func TestHomeOffersAMapOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	offer := func(b *browser) bool { return strings.Contains(b.get("/").body, s.paths.EndMapOffer()) }
	if !offer(owner) {
		t.Fatal("Home offers no map")
	}
	other := s.browser()
	other.finished("first-team", "pulse")
	owner.get("/").press("Don’t offer this again").wantAt(s.paths.Home())
	if offer(owner) || !offer(other) {
		t.Error("the offer is not dismissed, or somebody else’s is")
	}
	_, id := other.beginsMap("first-team")
	other.get(s.paths.DeleteDepthMap(id)).press("Delete the map", "meant", "yes").wantText("The map is deleted.")
	if offer(other) {
		t.Error("a map is offered to whoever began one")
	}
}

// A result and the map that was finished nearest to it name each other, up to six weeks apart, and the map’s first risk
// stands among the places to look first.
func TestMapBesideAResult(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	result := s.paths.Result(owner.finished("first-team", "full"))
	owner.get(result).wantText("nothing here waits for it").visitLink("Make a depth map").wantStatus(http.StatusOK)
	s.clock.advance(6 * 7 * day)
	id := owner.maps("first-team", placing("security-privacy", "none", "high")...)
	beside := owner.get(result).wantText("42 days after this result you finished a depth map").wantText("One domain is exposed: security and privacy.")
	beside.wantText("from your depth map").wantText("Security and privacy")
	beside.visitLink("the map of").wantAt(s.paths.DepthMap(id)).wantText("42 days after your assessment of").visitLink("your assessment of").wantAt(result)
	for _, address := range owner.get(result).addresses("href") {
		if strings.Contains(address, "domain=security-privacy") {
			owner.get(address).wantHeld("for-domain", "Security and privacy")
		}
	}
	if !strings.Contains(owner.get(result).body, "domain=security-privacy") {
		t.Error("no commitment can be begun from the risk")
	}
	s.clock.advance(day)
	later := owner.maps("first-team", placing("security-privacy", "none", "high", "role.security-privacy", "security", "asked.security-privacy", "yes")...)
	owner.get(result).wantText("42 days after this result")
	far := owner.get(s.paths.DepthMap(later))
	if strings.Contains(far.text(), "stands beside it") {
		t.Error("a map of seven weeks later stands beside an assessment")
	}
	again := owner.get(s.paths.Result(owner.finished("first-team", "full"))).wantText("On the same day as this result")
	if strings.Contains(again.text(), "from your depth map") {
		t.Error("a map without a risk has a place to look first")
	}
}

// A draft that was changed since its deletion was asked about is asked about again.
func TestDeletingAMapThatChanged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	_, id := owner.beginsMap("first-team")
	asked := owner.get(s.paths.DeleteDepthMap(id)).wantText("Nothing is placed in it yet.")
	owner.saves(id, "item", "ux", "depth", "none", "weight", "high", "seen", "0")
	again := asked.press("Delete the map", "meant", "yes").wantStatus(http.StatusConflict).wantText("It was changed in another tab").wantText("It says something of one domain.")
	again.press("Delete the map", "meant", "yes").wantStatus(http.StatusOK).wantText("The map is deleted.")
}

// Domains of one’s own: up to eight, each with a name of its own, since a later map finds them by it.
func TestOwnDomains(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	places, id := owner.beginsMap("first-team")
	for _, name := range []string{"own-1", "own-3", "own-5", "own-7"} {
		next := "own-" + string(rune(name[4]+1))
		places = places.press("Save, and go on later", "name."+name, "Part "+name, "name."+next, "Part "+next, "depth."+next, "deep", "weight."+next, "low").wantStatus(http.StatusOK)
	}
	if strings.Contains(places.body, "own-9") {
		t.Error("there is a ninth")
	}
	owner.post(s.paths.Places(id), url.Values{"depth.own-9": {"deep"}, "then": {"save"}}).wantStatus(missing)
	places.press("Finish the map", "name.own-4", "part OWN-2").wantStatus(http.StatusUnprocessableEntity).
		wantMistakes(map[string]string{"name.own-4": "Another domain has this name. Give it a name of its own, or leave it out."})
	// One that is left out has no name to be told apart by.
	finished := places.press("Finish the map", "name.own-7", "part OWN-2", "year.own-2", "2019", "depth.own-4", "conversant", "year.own-4", "2019").wantStatus(http.StatusOK)
	if text := finished.text(); !strings.Contains(text, "Part own-8") || strings.Contains(text, "Part own-7") {
		t.Error("what has no depth is kept, or what has is not")
	}
	exported := owner.get(s.paths.DepthMapsJSON()).body
	if strings.Count(exported, `"last_year"`) != 1 {
		t.Errorf("hands-on work counts where one is working or deep: %s", exported)
	}
}

// A page that was opened before the map was begun begins no second one, and changes what it is for without losing what was
// placed; where that would lose something, it says so beside the way to go on.
func TestAnOldPageBeginsNoSecondMap(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	old := owner.get(s.paths.DepthMaps())
	places, id := owner.beginsMap("wider-scope")
	places.press("Save, and go on later", placing("ux", "none", "high")...).wantText("Saved. Go on")
	again := old.press("Place your domains", "scope", "first-team", "craft", "software").wantStatus(http.StatusOK).wantAt(s.paths.Places(id) + "?under-way")
	again.wantText("This is the map that you had under way, since").wantText("now for leading a first team").wantChosen("depth.ux", "none")
	owner.post(s.paths.DepthMaps(), url.Values{"scope": {"wider-scope"}, "craft": {"software"}}).follow().
		press("Save, and go on later", placing("contracts", "working", "high")...).wantText("Saved. Go on")
	refused := owner.post(s.paths.DepthMaps(), url.Values{"scope": {"first-team"}, "craft": {"software"}}).wantStatus(http.StatusUnprocessableEntity)
	refused.wantText("what you placed there of Contracts between teams has no place").visitLink("Go on with it").wantChosen("depth.contracts", "working")
}

// What was deleted in another tab leads to what is left of its kind.
func TestWhatWasDeletedElsewhereLeadsToItsKind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.maps("first-team", placing("ux", "none", "high")...)
	owner.get(s.paths.DeleteDepthMap(id)).press("Delete the map", "meant", "yes").wantText("The map is deleted.")
	for _, address := range []string{s.paths.DepthMap(id), s.paths.Places(id), s.paths.DeleteDepthMap(id)} {
		owner.get(address).wantStatus(missing).visitLink("Go to your depth maps").wantAt(s.paths.DepthMaps())
	}
	for address, lead := range map[string]string{
		s.paths.Commitment("gone"): "Go to your plan", s.paths.Entry("gone"): "Go to your log", s.paths.Share("gone"): "Go to your shares",
		s.paths.Team("gone"): "Go to your teams", s.paths.Result("gone"): "Go to your assessments",
	} {
		owner.get(address).wantStatus(missing).visitLink(lead).wantStatus(http.StatusOK)
	}
	if stranger := s.browser().get(s.paths.DepthMap(id)).wantStatus(missing); strings.Contains(stranger.text(), "Go to your depth maps") {
		t.Error("somebody who has no maps is led to theirs")
	}
}

// Two maps of one day are told apart by the time of day, wherever one of them is named, and what keeps a map from being
// finished is headed so.
func TestTwoMapsOfOneDay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.maps("first-team", placing("ux", "none", "high", "year.ux", "2019")...)
	alone := owner.get(s.paths.DepthMaps())
	if strings.Contains(alone.text(), "UTC") {
		t.Error("one map of a day has a time of day")
	}
	s.clock.advance(time.Hour)
	owner.maps("first-team", placing("ux", "working", "high", "year.ux", "2019")...)
	s.clock.advance(time.Second)
	last := owner.maps("first-team", placing("ux", "working", "low", "year.ux", "2019")...)
	var days []string
	for _, line := range regexp.MustCompile(`\d\d? \w+ \d{4}, \d\d:\d\d(:\d\d)? UTC`).FindAllString(owner.get(s.paths.DepthMaps()).text(), -1) {
		if !slices.Contains(days, line) {
			days = append(days, line)
		}
	}
	if len(days) != 3 {
		t.Fatalf("three maps of one day are %q", days)
	}
	page := owner.get(s.paths.DepthMap(last))
	for _, said := range []string{", one domain placed, " + days[0], "What moved since " + days[1], "Since " + days[1]} {
		page.wantText(said)
	}
	for _, offered := range days[1:] {
		if !strings.Contains(page.body, offered+"</option>") {
			t.Errorf("%q can’t be chosen to compare with", offered)
		}
	}
	owner.get(s.paths.DeleteDepthMap(last)).wantText("Delete the map of " + days[0])
	places, _ := owner.beginsMap("first-team")
	places.press("Finish the map", "depth.ux", "").wantStatus(http.StatusUnprocessableEntity).wantText("Before the map can be finished")
}

// Two maps that were finished in one moment are told apart and keep their order, and the pages of a share tell two of a day
// apart, too. Where a mentor can see one is said as it is.
func TestMapsOfOneMomentAndTheirShares(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.maps("first-team", placing("ux", "none", "high")...)
	owner.get(s.paths.DepthMaps()).wantText("A mentor can see one beside an assessment alone, and you have finished none yet.")
	owner.maps("first-team", placing("ux", "working", "high")...)
	days := find(owner.get(s.paths.DepthMaps()).root(), func(node *html.Node) bool {
		return node.Data == "a" && strings.Contains(rawText(node), "November")
	})
	if len(days) != 2 || rawText(days[0]) == rawText(days[1]) {
		t.Errorf("two maps of one moment are called %q and %q", rawText(days[0]), rawText(days[1]))
	}

	assessment := owner.finished("first-team", "full")
	fields := onlyResult()
	fields.Set("map", "yes")
	owner.get(s.paths.DepthMaps()).visitLink("a link to an assessment").wantText("Your latest, of " + rawText(days[0]))
	made := owner.shares(assessment, fields)
	s.clock.advance(time.Hour)
	owner.maps("first-team", placing("ux", "deep", "high")...)
	owner.get(s.paths.Share(made.id)).wantText("Your depth map of " + rawText(days[0]) + "; no later one")
	owner.get(s.paths.AskAgain(assessment, made.id)).wantText("Last time they saw that of " + rawText(days[0]))
}
