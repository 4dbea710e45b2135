package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"whetstone/internal/paths"
	"whetstone/internal/web"
)

// overwritesNothing are the forms of which a second page can take nothing back, and why.
var overwritesNothing = map[string]string{
	"POST " + paths.StartPattern:          "begins an assessment",
	"POST " + paths.ImportPattern:         "sends a file to be looked at",
	"POST " + paths.NewTeamPattern:        "makes a team",
	"POST " + paths.JoinPattern:           "makes a place in a team",
	"POST " + paths.ContinuePattern:       "lets a browser go on as a mentor",
	"POST " + paths.JoinCodePattern:       "makes a place in a team",
	"POST " + paths.InvitationsPattern:    "makes an invitation",
	"POST " + paths.PeersPattern:          "asks another team to compare",
	"POST " + paths.NewCyclePattern:       "makes a cycle",
	"POST " + paths.NewSharePattern:       "makes a share",
	"POST " + paths.NewCommitmentPattern:  "makes a commitment",
	"POST " + paths.NotePattern:           "makes an entry of a log",
	"POST " + paths.OrganisePattern:       "makes somebody an organiser",
	"POST " + paths.RecoverPattern:        "opens another history in this browser",
	"POST " + paths.ReratingPattern:       "is answered once; another answer is refused",
	"POST " + paths.FinishPattern:         "finishes what is stored",
	"POST " + paths.DeletePattern:         "deletes, and asks before",
	"POST " + paths.ErasePattern:          "deletes, and asks before",
	"POST " + paths.PracticePattern:       "adds something",
	"POST " + paths.EndPracticePattern:    "says what became of the practice that it names, and nothing if that has ended",
	"POST " + paths.ForgetSharePattern:    "leaves a share, and asks before",
	"POST " + paths.DepthMapsPattern:      "begins a map",
	"POST " + paths.PasskeysPattern:       "adds a passkey",
	"POST " + paths.RemoveWayInPattern:    "removes a way in, and asks before",
	"POST " + paths.RemovePasskeyPattern:  "removes a passkey, and asks before",
	"POST " + paths.ChoicePattern:         "opens one of two histories",
	"POST " + paths.DeleteDepthMapPattern: "deletes, and asks before",
}

// Every form that shows something stored says by the names of its fields what it was shown with, so that what was
// saved elsewhere meanwhile is seen before it is overwritten.
func TestFormsSayWhatTheySaw(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	routes := http.NewServeMux()
	for _, pattern := range web.Patterns(s.configuration) {
		routes.Handle(pattern, http.NotFoundHandler())
	}
	tied := map[string]bool{}
	for name, p := range everyPage(t, s) {
		if p.root() == nil {
			continue
		}
		for _, form := range find(p.root(), tagged("form")) {
			target, err := p.address.Parse(attribute(form, "action"))
			if err != nil {
				t.Fatal(err)
			}
			_, pattern := routes.Handler(&http.Request{Method: http.MethodPost, URL: target})
			if attribute(form, "method") != "post" || overwritesNothing[pattern] != "" {
				continue
			}
			for _, field := range p.controls(form) {
				sent := attribute(field, "name")
				if attribute(field, "type") == "hidden" || sent == "" || strings.HasPrefix(sent, "counts.") {
					continue
				}
				if !strings.Contains(sent, "@") {
					t.Errorf("%s: the field %q of %s doesn’t say what it was shown with", name, sent, pattern)
				}
				tied[pattern] = true
			}
		}
	}
	for _, pattern := range []string{
		paths.QuestionsPattern, paths.RatePattern, paths.WordsPattern, paths.AgreePattern, paths.MentorAgreePattern, paths.RenamePattern,
		paths.TargetsPattern, paths.ZonesPattern, paths.ExtendSharePattern, paths.ChangeTeamPattern, paths.MyPlacePattern, paths.KnownPattern,
		paths.ContributePattern, paths.CommitmentPattern, paths.DeleteCommitmentPattern, paths.FollowUpPattern, paths.EntryPattern, paths.DeleteEntryPattern, paths.PlacesPattern,
		paths.RemindersPattern, paths.OwnReliancesPattern, paths.PasskeyPattern, paths.InstallationPattern,
	} {
		if !tied["POST "+pattern] {
			t.Errorf("no page has the form of %s", pattern)
		}
	}
}

// twoPages opens a page twice, changes something on one and something else on the other, and gives the page that
// asks which counts: with both in it, and nothing overwritten. It tries the choice for what was saved elsewhere, and
// gives a page on which the other choice is still to be made.
type twoPages struct {
	browser *browser
	path    string
	// button saves, item is what is asked about, and field holds it.
	button, item, field string
	// there is saved first, here after that.
	there, here string
	// shown is what the page says of what is saved.
	shown string
}

// holds is what the field holds on a page that was just opened.
func (p twoPages) holds() string {
	p.browser.site.t.Helper()
	got := p.browser.get(p.path).wantStatus(http.StatusOK)
	form, _ := got.formOf(p.button)
	return successful(got.controls(form)).Get(p.field)
}

func (p twoPages) check() {
	t := p.browser.site.t
	t.Helper()
	expect := func(after, want string) {
		t.Helper()
		if got := p.holds(); got != want {
			t.Errorf("%s: after %s it holds %q, want %q", p.path, after, got, want)
		}
	}
	here, left := p.browser.get(p.path), p.browser.get(p.path)
	p.browser.get(p.path).press(p.button, p.field, p.there).wantStatus(http.StatusOK)
	left.press(p.button).wantStatus(http.StatusOK)
	expect("a page that left it as it saw it", p.there)
	asked := here.press(p.button, p.field, p.here).wantStatus(http.StatusConflict)
	asked.wantText("Another tab or device has saved something else here").wantText(p.shown)
	asked.checkIDs(p.path)
	asked.checkControls(p.path)
	if !strings.HasPrefix(asked.title(), "Error: ") {
		t.Errorf("%s: the title is %q", p.path, asked.title())
	}
	form, _ := asked.formOf(p.button)
	if got := successful(asked.controls(form)).Get(p.field); got != p.here {
		t.Errorf("%s: the page that asks holds %q, not what was typed", p.path, got)
	}
	expect("the conflict", p.there)
	asked.press(p.button).wantStatus(http.StatusConflict)
	expect("no choice", p.there)
	asked.press(p.button, "counts."+p.item, "elsewhere").wantStatus(http.StatusOK)
	expect("the choice for what was saved elsewhere", p.there)
	token := attribute(find(form, func(n *html.Node) bool { return attribute(n, "name") == "counts."+p.item })[0], "value")
	asked.press(p.button, "counts."+p.item, token).wantStatus(http.StatusOK)
	expect("the choice for what stands there", p.here)
}

// What two tabs or devices set otherwise is asked about, wherever something is set.
func TestSetInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.organises()
	assessment := owner.finished("first-team", "full")
	share := owner.shares(assessment, everything())
	crew := s.newCrew("Crew", 1)
	commitment := s.paths.Commitment(owner.commits("debt"))
	for _, one := range []twoPages{
		{owner, commitment, "Save the change", "commitment", "occasion", "a sprint is over", "a quarter is over", "When a sprint is over"},
		{owner, commitment, "Save the change", "commitment", "until", "2026-12-24", "2026-12-31", "Until 24 December 2026"},
		{owner, commitment, "Save the change", "commitment", "notice", "one goes", "two go", "You would notice: one goes."},
		{owner, s.paths.Targets("first-team"), "Save your targets", "design", "target.design", "2.0", "4.0", "Target 2.0, importance high"},
		{owner, s.paths.Rename(assessment), "Save the name", "name", "name", "Autumn", "Winter", "Autumn"},
		{owner, s.paths.Zones(), "Save", "zone", "zone", "Asia/Tokyo", "America/Lima", "Asia/Tokyo"},
		{crew.steward(), s.paths.ChangeTeam(crew.team), "Save", "team", "purpose", "To compare.", "To learn.", "What it is for: To compare."},
		{crew.steward(), s.paths.ChangeTeam(crew.team), "Save", "team", "smallest-group", "6", "7", "The smallest group: 6"},
		{crew.steward(), s.paths.ChangeTeam(crew.team), "Save", "team", "zone", "Asia/Tokyo", "America/Lima", "Its time zone: Asia/Tokyo"},
		{crew.steward(), s.paths.MyPlace(crew.team), "Save the name", "name", "name", "Ada", "Adele", "Ada"},
		{owner, s.paths.Installation(), "Save", "installation", "organisation", "Works", "Example Works", "The name: Works"},
		{owner, s.paths.Installation(), "Save", "installation", "smallest-group", "6", "7", "The smallest group: 6"},
		{owner, s.paths.Installation(), "Save", "installation", "full", "26", "20", "Weeks between full assessments: 26"},
	} {
		one.check()
	}

	path := s.paths.Share(share.id)
	first, second := owner.get(path), owner.get(path)
	first.press("Set the new end", "days", "30").wantText("The link opens until")
	asked := second.press("Set the new end", "days", "3").wantStatus(http.StatusConflict).wantText("It opens until 16 December 2026")
	asked.checkIDs("a share")
	asked.press("Set the new end", "counts.end", "elsewhere").wantText("opens until 16 December 2026")
}

// Going back to the shipped targets takes nothing away that its page didn't see.
func TestOursInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	path := s.paths.Targets("first-team")
	owner.get(path).press("Save your targets", "target.design", "4.0").wantAt(path + "?saved")
	stale := owner.get(path)
	owner.get(path).press("Save your targets", "target.debt", "2.0", "target.design", "2.0").wantAt(path + "?saved")
	asked := stale.press("Go back to ours").wantStatus(http.StatusConflict).wantText("Target 2.0, importance high")
	if count := strings.Count(asked.text(), "Which counts?"); count != 1 {
		t.Errorf("%d are asked about, want the one that both pages changed", count)
	}
	asked.press("Save your targets", "counts.design", "elsewhere").wantAt(path + "?saved")
	kept := owner.get(path)
	for name, want := range map[string]string{"target.design": "2.0", "target.debt": "2.0"} {
		if got := selected(control(kept.controls(kept.root()), name, "")); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

// A tick by which an assessment counts is asked about where another tab has made another one count.
func TestTickInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 5)
	cycle := c.open("Winter", "full")
	member := c.people[1]
	first := c.contributes(member, cycle, "first-team", "full", levels(3))
	second := member.finished("first-team", "full")
	member.post(s.paths.Rename(first), url.Values{"name": {"The first"}})
	member.post(s.paths.Rename(second), url.Values{"name": {"The second"}})
	const save = "Save for “Winter” of Crew"
	counts := func(after, want string) {
		t.Helper()
		for _, id := range []string{first, second} {
			got := member.get(s.paths.Result(id))
			if counts := strings.Contains(got.text(), "It counts now."); counts != (id == want) {
				t.Errorf("after %s it counts: %t\n%s", after, counts, got.excerpt())
			}
		}
	}
	counts("the first", first)
	stale := member.get(s.paths.Result(first))
	unticks := func() *page {
		form, _ := stale.formOf(save)
		fields := marked(stale.controls(form))
		for name := range fields {
			if untied(name) == "count" {
				fields.Del(name)
			}
		}
		return member.post(s.paths.Contribute(c.team, cycle), fields)
	}
	member.get(s.paths.Result(second)).press(save, "count", "yes").wantAt(s.paths.Result(second))
	counts("the second", second)
	stale.press(save).wantAt(s.paths.Result(first))
	counts("a page that left the first ticked", second)
	asked := unticks().wantStatus(http.StatusConflict).wantText("What counts in “Winter”?").wantText("What counts: The second")
	asked.wantText("What you chose is not saved yet: none of your assessments.")
	asked.checkIDs("a tick")
	asked.checkControls("a tick")
	counts("the conflict", second)
	asked.press("Save", "counts.count", "elsewhere")
	counts("the choice for what was saved elsewhere", second)
	token := attribute(find(asked.root(), func(n *html.Node) bool { return attribute(n, "name") == "counts.count" })[0], "value")
	asked.press("Save", "counts.count", token)
	counts("the choice for none", "")

	member.get(s.paths.Result(first)).press(save, "count", "yes")
	cycleStale := member.get(s.paths.Cycle(c.team, cycle))
	member.get(s.paths.Result(second)).press(save, "count", "yes")
	cycleStale.press("Withdraw it").wantStatus(http.StatusConflict).wantText("What counts: The second")
	member.get(s.paths.Cycle(c.team, cycle)).press("Withdraw it").wantStatus(http.StatusOK)
	counts("the withdrawal", "")
}

// Ticks of two tabs are kept of both; those that a page left alone stay.
func TestKnownInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 4)
	member, path := c.people[1], s.paths.Known(c.team)
	boxes := func(p *page) (ids []string, ticked map[string]bool) {
		ticked = map[string]bool{}
		for _, box := range p.controls(p.root()) {
			if untied(attribute(box, "name")) != "known" {
				continue
			}
			_, is := lookup(box, "checked")
			ids, ticked[attribute(box, "value")] = append(ids, attribute(box, "value")), is
		}
		return ids, ticked
	}
	first, second := member.get(path), member.get(path)
	ids, _ := boxes(first)
	first.press("Save the ticks", "known", ids[0]).wantStatus(http.StatusOK)
	second.press("Save the ticks", "known", ids[1]).wantStatus(http.StatusOK)
	stale := member.get(path)
	form, _ := stale.formOf("Save the ticks")
	fields := marked(stale.controls(form))
	for name := range fields {
		if untied(name) == "known" {
			fields[name] = []string{ids[1]} // the first tick is cleared
		}
	}
	second.press("Save the ticks", "known", ids[2]).wantStatus(http.StatusOK)
	member.post(path, fields).wantStatus(http.StatusSeeOther)
	if _, ticked := boxes(member.get(path)); ticked[ids[0]] || !ticked[ids[1]] || !ticked[ids[2]] {
		t.Errorf("ticked are %v", ticked)
	}
}

// A look back that was answered elsewhere meanwhile gives back what was chosen; the same again is no news.
func TestLookBackInTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	s.clock.advance(90 * day)
	second := owner.finished("first-team", "full")
	here, there := owner.get(s.paths.Rerating(second)), owner.get(s.paths.Rerating(second))
	var items []string
	for _, group := range find(here.root(), tagged("fieldset")) {
		items = append(items, attribute(group, "id"))
	}
	answered := there.press("Save this view", items[0], "3").wantAt(s.paths.Result(second))
	got := here.press("Save this view", items[0], "5", items[1], "2").wantStatus(http.StatusConflict)
	got.wantText("This look back is done already").wantText("was not saved. It stands here, so that you can copy it")
	given := 0
	for label, value := range got.givenBack() {
		if strings.HasPrefix(label, "Your level, to: ") && (value == "5" || value == "2") {
			given++
		}
	}
	if given != 2 {
		t.Errorf("given back is %v", got.givenBack())
	}
	if again := owner.get(s.paths.Result(second)); again.excerpt() != answered.excerpt() {
		t.Error("what was answered there is changed")
	}
	here.press("Save this view", items[0], "3").wantAt(s.paths.Result(second))
}

// An invitation is made as it was typed, also where the list has changed since its page was opened.
func TestInvitationFromAStaleList(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 1)
	stale := c.steward().get(s.paths.Invitations(c.team))
	c.steward().invitation(c.team, "join-link")
	stale.press("Make the invitation", "kind", "join-code", "days", "3", "places", "2").wantStatus(http.StatusOK).
		wantText("Your code to the team").wantText("for two people")
	refused := stale.press("Make the invitation", "days", "99").wantStatus(http.StatusUnprocessableEntity)
	if got := attribute(refused.byID("days"), "value"); got != "99" {
		t.Errorf("the form holds %q, not what was typed", got)
	}
}

// What was proposed meanwhile isn't taken back by a page that didn't see it.
func TestWithdrawalOfWhatWasNotSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := newShareWorld(s)
	path := s.paths.MentorAgree(w.allShare.id, "design")
	w.all.post(path, url.Values{"go": {"propose"}, "level": {"4"}, "sentence": {"Seen twice."}}).wantStatus(http.StatusSeeOther)
	stale := w.owner.get(s.paths.Conversation(w.assessment))
	w.all.post(path, url.Values{"go": {"propose"}, "level": {"2"}, "sentence": {"Changed."}, "revision": {"1"}}).wantStatus(http.StatusSeeOther)
	const decline = "Decline the level for design with Mina"
	stale.press(decline).wantStatus(http.StatusUnprocessableEntity).wantText("What was proposed or agreed has changed since this page was shown").wantText("They propose 2.0")
	declined := w.owner.get(s.paths.Conversation(w.assessment)).press(decline).wantStatus(http.StatusOK)
	if strings.Contains(declined.text(), "They propose") {
		t.Error("what was seen can’t be declined")
	}
}
