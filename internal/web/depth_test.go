package web_test

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// beginsMap begins a depth map and gives the page where domains are placed, and the map's id.
func (b *browser) beginsMap(scope string) (places *page, id string) {
	b.t.Helper()
	places = b.post(b.site.paths.DepthMaps(), url.Values{"scope": {scope}, "craft": {"software"}}).follow().wantStatus(http.StatusOK).wantText("Place your domains")
	return places, path.Base(path.Dir(places.address.Path))
}

// maps finishes a depth map with what is placed, and gives its id.
func (b *browser) maps(scope string, pairs ...string) string {
	b.t.Helper()
	places, id := b.beginsMap(scope)
	places.press("Finish the map", pairs...).wantStatus(http.StatusOK).wantAt(b.site.paths.DepthMap(id))
	return id
}

// inhabitMaps gives a manager two maps over a change of scope, and one that is still being made.
func (s *site) inhabitMaps(owner *browser) {
	s.t.Helper()
	first := owner.maps("first-team", placing("security-privacy", "none", "high")...)
	owner.get(s.paths.DepthMap(first)).visitLink("Make a commitment of it").press("Put it in my plan").wantText("It stands in your plan")
	s.clock.advance(90 * day)
	owner.maps("wider-scope", append(placing("ux", "conversant", "high", "role.ux", "ux-partner"),
		placing("own-1", "deep", "low", "name.own-1", "Rockets", "whom.own-1", "whoever built them", "year.own-1", "2019")...)...)
	places, _ := owner.beginsMap("wider-scope")
	places.press("Save, and go on later", "whom.ux", "the one who draws").wantText("Saved. Go on")
}

// placing is what a form says of one domain.
func placing(domain, depth, weight string, more ...string) []string {
	return append([]string{"depth." + domain, depth, "weight." + domain, weight}, more...)
}

// wantChosen wants a value to be chosen in a list.
func (p *page) wantChosen(name, want string) {
	p.t.Helper()
	for _, list := range find(p.root(), tagged("select")) {
		if untied(attribute(list, "name")) != name {
			continue
		}
		for _, option := range find(list, tagged("option")) {
			if slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) && attribute(option, "value") == want {
				return
			}
		}
	}
	p.t.Errorf("%s: %q is not chosen in %q", p.address, want, name)
}

// The way through: placed, saved as a draft, resumed, finished, read; and the next map begins from it.
func TestDepthMap(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	begun, id := owner.beginsMap("first-team")
	begun.press("Save, and go on later", append(placing("security-privacy", "none", "high"), "depth.ux", "conversant")...).
		wantText("Saved. Go on whenever you like")
	if resumed := owner.get(s.paths.DepthMap(id)); resumed.status != http.StatusSeeOther {
		t.Errorf("a draft answers %d", resumed.status)
	}
	owner.get(s.paths.DepthMaps()).wantText("have not finished it")
	places := owner.get(s.paths.Places(id))
	places.wantChosen("weight.security-privacy", "high")
	places.press("Finish the map").wantStatus(http.StatusUnprocessableEntity).wantMistakes(map[string]string{
		"weight.ux": "Choose how much hangs on it, or leave the domain out.",
	})
	finished := places.press("Finish the map", append(placing("ux", "conversant", "high", "role.ux", "ux-partner", "asked.ux", "yes"),
		append(placing("backend", "deep", "high", "role.backend", "senior-engineer", "year.backend", "2022"),
			append(placing("frontend", "working", "medium"), placing("own-1", "none", "low", "name.own-1", "Rockets")...)...)...)...).
		wantStatus(http.StatusOK).wantAt(s.paths.DepthMap(id))
	for _, said := range []string{
		"One domain is exposed: security and privacy.", "UX and product design: little depth, and the UX partner to rely on.",
		"The back end and APIs: yours in depth, and a senior engineer in the team could carry on without you.",
		"You can follow three of the four that matter", "You could not follow one of the four domains that matter: security and privacy.",
		"You last worked in the back end and APIs in 2022.", "Rockets",
	} {
		finished.wantText(said)
	}
	if got := owner.get(s.paths.Places(id)); got.status != http.StatusSeeOther {
		t.Errorf("a finished map can be placed again: %d", got.status)
	}
	commitment := owner.get(s.paths.DepthMap(id)).visitLink("Make a commitment of it").wantText("When, and what will you do?")
	commitment.wantHeld("occasion", "I meet two peers this week")
	commitment.wantHeld("for-domain", "Security and privacy")
	commitment.press("Put it in my plan", "for-domain", "Who may see what").wantText("for “Who may see what”")

	s.clock.advance(90 * day)
	next, second := owner.beginsMap("wider-scope")
	next.wantText("It began as you left it").wantHeld("year.backend", "2022")
	next.wantHeld("name.own-1", "Rockets")
	next.press("Finish the map", "role.security-privacy", "security", "depth.frontend", "deep", "depth.contracts", "none", "weight.contracts", "low").wantStatus(http.StatusOK)
	moved := owner.get(s.paths.DepthMap(second))
	for _, said := range []string{
		"Security and privacy: it has somebody to rely on.", "The front end: it went from working to deep.", "One domain is new to your charter; none is counted as lost depth.",
		"For security and privacy you rely on somebody in security or privacy, and have asked nothing in three months.",
	} {
		moved.wantText(said)
	}
	owner.get(s.paths.DepthMapSince(second, id)).wantStatus(http.StatusOK)
	owner.get(s.paths.DepthMapSince(id, second)).wantStatus(missing)
	owner.get(s.paths.DeleteDepthMap(id)).press("Delete the map").wantStatus(http.StatusUnprocessableEntity).wantText("Tick the box")
	owner.get(s.paths.DeleteDepthMap(id)).press("Delete the map", "meant", "yes").wantStatus(http.StatusOK).wantText("The map is deleted.")
	owner.get(s.paths.DepthMap(id)).wantStatus(missing)
}

// What the last map has of domains about which the next one doesn't ask is named, and goes along at one press that keeps the
// rest of the page; the map that is made of it says what it did not ask about.
func TestDomainsGoAlongWithoutAScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.maps("wider-scope", append(placing("contracts", "working", "high", "whom.contracts", "whoever wrote them"), placing("platforms-vendors", "none", "low")...)...)
	s.clock.advance(90 * day)
	places, id := owner.beginsMap("first-team")
	places.wantText("but for contracts between teams, and platforms and vendors: nothing asks about them here").wantText("Keep both")
	places.wantText("Contracts between teams : working, much hangs on it; you rely on “whoever wrote them”.")
	places = places.press("Keep it : contracts between teams", placing("ux", "none", "high")...).wantStatus(http.StatusOK)
	if places.byID("own") == nil {
		t.Error("the page that it leads to has no domains of one’s own to come to")
	}
	places.wantHeld("name.own-1", "Contracts between teams")
	places.wantHeld("whom.own-1", "whoever wrote them")
	places.wantChosen("depth.ux", "none")
	if strings.Contains(places.text(), "Keep both") || strings.Contains(places.text(), "Keep it : contracts") {
		t.Error("what has gone along is offered again")
	}
	places.press("Finish the map").wantAt(s.paths.DepthMap(id)).wantText("Not asked about on this map: platforms and vendors.").wantText("One domain is new to your charter")
}

// What can't be taken is named at its field, and what was typed stays.
func TestDepthMapNamesEachFieldThatIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	owner.post(s.paths.DepthMaps(), url.Values{}).wantMistakes(map[string]string{"scope": "Choose what you answer for.", "craft": "Choose your craft."})
	places, id := owner.beginsMap("first-team")
	places.press("Finish the map").wantStatus(http.StatusUnprocessableEntity).wantText("Place at least one domain")
	long := strings.Repeat("long ", 20)
	wrong := owner.post(s.paths.Places(id), url.Values{
		"then": {"save"}, "depth.ux": {"huge"}, "weight.ux": {"9"}, "role.ux": {"king"}, "year.ux": {"2199"}, "depth.backend": {""}, "whom.backend": {long},
		"depth.own-1": {"deep"}, "name.own-1": {long},
	})
	wrong.wantStatus(http.StatusUnprocessableEntity).wantMistakes(map[string]string{
		"depth.ux": "Choose one of the depths, or leave it out.", "weight.ux": "Choose how much hangs on it.",
		"role.ux": "Choose one of the list, or write it in your own words.", "year.ux": "Enter a year from 1950 to 2026, or leave it empty.",
		"whom.backend": "Shorten the words to 60 characters; they have 99. They are not saved yet.",
		"name.own-1":   "Shorten the name to 48 characters; it has 99. It is not saved yet.",
	})
	wrong.wantHeld("year.ux", "2199")
	owner.post(s.paths.Places(id), url.Values{"then": {"save"}, "depth.nothing": {"deep"}}).wantStatus(missing)
	owner.post(s.paths.Places(id), url.Values{"then": {"finish"}, "depth.own-1": {"deep"}, "weight.own-1": {"low"}}).
		wantMistakes(map[string]string{"name.own-1": "Name the domain, or leave out how deep you are in it."})
}

// Two tabs place domains: what only one changed is kept, what both changed is asked.
func TestDepthMapInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	one, id := owner.beginsMap("first-team")
	other := owner.get(s.paths.Places(id))
	one.press("Save, and go on later", append(placing("ux", "deep", "high"), placing("backend", "none", "low")...)...).wantText("Saved.")
	conflict := other.press("Save, and go on later", append(placing("ux", "none", "high"), placing("frontend", "working", "high")...)...)
	conflict.wantStatus(http.StatusConflict).wantText("Depth: deep, what hangs on it: much")
	if choices := find(conflict.root(), func(node *html.Node) bool { return attribute(node, "name") == "counts.ux" }); len(choices) != 2 {
		t.Fatalf("%d choices", len(choices))
	}
	conflict.press("Save, and go on later", "counts.ux", "elsewhere").wantText("Saved.")
	places := owner.get(s.paths.Places(id))
	places.wantChosen("depth.ux", "deep")
	places.wantChosen("depth.backend", "none")
	places.wantChosen("depth.frontend", "working")
}
