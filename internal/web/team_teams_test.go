package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"whetstone/internal/model"
)

// A team from its making to its first result, by a steward and a member, without a script.
func TestTeamJourneyWithoutScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	steward := s.browser()
	list := steward.visit(s.paths.Teams()).wantText("A team is a group of managers").wantText("Join one by its code")
	form := list.pressLink("Make a team").wantText("What a steward can’t see").wantText("never lowered")
	home := form.press("Make the team", "name", "Managers of Payments", "purpose", "Where we stand.", "member-name", "Ada")
	home.wantText("the team’s first cycle makes the start").wantText("Three steps to the first result").wantText("One of at least five is in, and nothing is published").wantText("Nobody waits at the moment.").wantText("As a steward")
	invited := home.pressLink("Invite people").press("Make the invitation", "kind", "join-link").wantText("it is shown only this once")
	link := strings.TrimPrefix(text(invited.byID("secret")), "https://whetstone.test")

	member := s.browser()
	terms := member.visit(link).wantText("Nothing is joined yet").wantText("minutes a quarter of your time").wantText("The full terms").wantText("What is counted").wantText("Leaving is free")
	terms.wantText("everybody else in the group acting together").wantText("Its steward is Ada.")
	waits := terms.press("Join the team", "name", "Bo", "agreed", "yes").wantText("You wait to be confirmed").wantText("Its steward is Ada.")
	if strings.Contains(waits.text(), "Cycles") {
		t.Error("who waits sees more than that")
	}
	steward.visit(s.paths.Teams()).pressLink("Managers of Payments").pressLink("Confirm members: one waits").
		wantText("Every member sees this list, on purpose").press("Confirm Bo")
	c := &crew{site: s, team: strings.TrimPrefix(home.address.Path, "/teams/"), link: link, people: []*browser{steward, member}}
	for _, name := range []string{"Cem", "Dana", "Eli"} {
		c.confirm(c.joins(s.browser(), name), name)
	}
	s.clock.advance(time.Minute)

	opened := steward.visit(s.paths.Team(c.team)).pressLink("Open or plan a cycle").
		press("Make the cycle", "name", "Winter", "closes", s.clock.now().AddDate(0, 0, 20).Format(time.DateOnly))
	opened.wantText("It is open until the end of").wantText("Fewer than five had contributed by this morning")
	cycle := strings.Split(opened.address.Path, "/")[4]
	home = member.visit(s.paths.Team(c.team)).wantText("You don’t contribute yet").wantText("You have ticked none.")
	home.pressLink("Start an assessment")
	known := home.pressLink("Tick the people you know").wantText("A name on the roster is what somebody typed")
	known.press("Save the ticks").wantText("Saved: you ticked none. To contribute it takes at least four.")

	id := member.start("first-team", "full")
	member.answerAll(id, "first-team", varied)
	member.post(s.paths.Finish(id), url.Values{"meant": {"yes"}})
	untold := member.post(s.paths.Contribute(c.team, cycle), url.Values{"assessment": {id}, "count": {"yes"}}).wantStatus(http.StatusUnprocessableEntity)
	untold.wantText("Tick first whom of the members you know as people").wantText("Nothing of your assessment has changed by it.")
	untold.checkIDs("contributing before ticking")
	member.visit(s.paths.Result(id)).wantText("You have ticked none.").pressLink("Tick the people you know in Managers of Payments")
	c.knowsAll(member)
	member.visit(s.paths.Known(c.team) + "?saved").wantText("Saved: you ticked four. That is enough to contribute.")
	result := member.visit(s.paths.Result(id)).wantText("Count it in your team?").wantText("Count it in “Winter” of Managers of Payments")
	counted := result.press("Save for “Winter” of Managers of Payments", "count", "yes").wantText("It counts now.")
	member.visit(s.paths.Team(c.team)).wantText("You contribute")
	// A tick that is cleared takes it out again.
	counted.browser.post(s.paths.Contribute(c.team, cycle), url.Values{"assessment": {id}}).follow().wantText("each one assessment")
	result.press("Save for “Winter” of Managers of Payments", "count", "yes")

	for number, other := range []*browser{c.people[0], c.people[2], c.people[3], c.people[4]} {
		c.contributes(other, cycle, "first-team", "full", levels(2+number%3))
	}
	s.clock.advance(day)
	if err := s.useCases.CloseDueCycles(t.Context()); err != nil { // as the upkeep does every minute
		t.Fatal(err)
	}
	asked := steward.visit(s.paths.CloseCycle(c.team, cycle)).wantText("It can’t be undone.").wantText("Five had contributed by this morning")
	closed := asked.press("Close the cycle").wantText("Five contributed.").wantText("Twelve competencies, against the targets")
	member.visit(s.paths.Cycle(c.team, cycle)).wantText("Scores by name").wantText("You are hidden among")
	member.visit(s.paths.TeamTrends(c.team)).wantText("One closed cycle").wantText("In figures, cycle by cycle")
	if strings.Contains(closed.text(), "standard error") {
		t.Error("a result tells more than words")
	}
	// Pressed once more, it leads to the one result.
	asked.press("Close the cycle").wantAt(s.paths.Cycle(c.team, cycle))
	steward.visit(s.paths.CloseCycle(c.team, cycle)).wantAt(s.paths.Cycle(c.team, cycle))
}

// A steward's pages differ from a member's by the acts alone: nothing on them tells more of anybody.
func TestStewardsSeeNoMoreThanMembers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 6)
	c.round("First", 6)
	c.round("Second", 6)
	open := c.open("Third", "full")
	first, second := c.steward(), c.people[1]
	for _, address := range []string{
		s.paths.Team(c.team), s.paths.TeamTrends(c.team), s.paths.Cycle(c.team, open), s.paths.Peers(c.team), s.paths.TeamTrendsCSV(c.team),
	} {
		steward, member := first.visit(address), second.visit(address)
		if steward.root() == nil {
			if steward.body != member.body {
				t.Errorf("%s differs", address)
			}
			continue
		}
		if got, want := steward.without("steward"), member.without("steward"); got != want {
			t.Errorf("%s: the steward’s page differs by more than the acts:\n%s\n%s", address, got, want)
		}
		if strings.Contains(member.body, `class="steward`) {
			t.Errorf("%s: a member sees acts of a steward", address)
		}
	}
	roster := func(b *browser) string {
		return strings.ReplaceAll(b.visit(s.paths.Roster(c.team)).without("steward"), ", you.", ".")
	}
	if roster(first) != roster(second) {
		t.Error("the roster differs by more than the acts and by who one is")
	}
}

// What a cycle published is decoded once and shared by all pages that show it: none of them changes it for the next.
func TestPagesOfATeamReadAlikeEachTime(t *testing.T) {
	s := newSite(t)
	c := s.newCrew("Crew", 6)
	var cycles []string
	for number, form := range []string{"full", "pulse", "full"} {
		cycle := c.open(fmt.Sprint("Cycle ", number), form)
		for place, member := range c.people {
			c.contributes(member, cycle, "first-team", form, levels(1+(place+number)%4))
		}
		c.close(cycle)
		s.clock.advance(day)
		cycles = append(cycles, cycle)
	}
	pages := []string{s.paths.Team(c.team), s.paths.TeamTrends(c.team), s.paths.TeamTrendsCSV(c.team), s.paths.Peers(c.team)}
	for _, cycle := range cycles {
		pages = append(pages, s.paths.Cycle(c.team, cycle), s.paths.CycleCSV(c.team, cycle))
	}
	first := map[string]string{}
	for range 2 {
		for _, page := range pages {
			got := onceOnPage.ReplaceAllString(c.people[1].get(page).body, "")
			if first[page] == "" {
				first[page] = got
			} else if got != first[page] {
				t.Errorf("%s read\n%s\nand reads\n%s", page, first[page], got)
			}
		}
	}
}

// The secret of an invitation stands on one page, once, and in no line of the log.
func TestInvitationSecretsAreShownOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 5)
	c.round("First", 5)
	steward := c.steward()
	for _, kind := range []string{"join-link", "join-code", "compare-code"} {
		secret := steward.invitation(c.team, kind)
		secret = secret[strings.LastIndex(secret, "/")+1:]
		visitor := s.browser()
		if kind == "join-link" {
			visitor.visit(s.paths.Join(secret)).press("Join the team", "name", kind, "agreed", "yes").wantStatus(http.StatusOK)
		} else if kind == "join-code" {
			visitor.visit(s.paths.JoinCode()).press("Read the terms", "code", strings.ToLower(strings.ReplaceAll(secret, "-", " "))).
				press("Join the team", "name", kind, "agreed", "yes").wantStatus(http.StatusOK)
		}
		for path, got := range steward.crawl() {
			if strings.Contains(got.body, secret) || strings.Contains(path, secret) {
				t.Errorf("%s: the secret stands on %s", kind, path)
			}
		}
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("%s: the log holds the secret", kind)
		}
	}
}

// A form that is sent twice makes one invitation, and shows it once more; after a minute it leads to the list, which
// says so.
func TestInvitationFormSentTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 1)
	form := c.steward().visit(s.paths.Invitations(c.team))
	made := form.press("Make the invitation").wantText("Your link to the team")
	if again := form.press("Make the invitation"); again.body != made.body {
		t.Errorf("the second answer is another one:\n%s", again.excerpt())
	}
	s.clock.advance(time.Minute + time.Second)
	again := form.press("Make the invitation").wantAt(s.paths.Invitations(c.team) + "?made").wantText("so nothing more was made by it")
	if count := strings.Count(again.text(), "Link to join"); count != 2 { // the crew's own, and one more
		t.Errorf("%d links are open", count)
	}
	ended := again.press("End it : number 1").press("End it : number 1").wantText("nobody can ask to join")
	ended.press("Make the invitation").wantText("Your link to the team")
}

// Every link that lets nobody in gives the same page: unknown, ended, expired, and that of a team that is gone.
func TestDeadLinksAreAllAlike(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 1)
	steward := c.steward()
	revoked := c.link
	steward.visit(s.paths.Invitations(c.team)).press("End it : number 1")
	expired := steward.invitation(c.team, "join-link")
	s.clock.advance(8 * day)
	gone := s.newCrew("Gone", 1)
	gone.steward().visit(s.paths.LeaveTeam(gone.team)).press("Leave the team").wantText("A team is a group")
	for who, b := range map[string]*browser{"nobody": s.browser(), "somebody": steward} {
		sent := url.Values{"name": {"Somebody"}, "agreed": {"yes"}}
		never := s.paths.Join(strings.Repeat("A", 43))
		unknown := map[string]*page{
			"GET":  b.get(never).wantStatus(http.StatusNotFound).wantText("This link opens nothing"),
			"POST": b.post(never, sent).wantStatus(http.StatusNotFound).wantText("This link opens nothing"),
		}
		for what, path := range map[string]string{"revoked": revoked, "expired": expired, "of a team that is gone": gone.link, "nonsense": s.paths.Join("x")} {
			s.clock.advance(time.Hour) // so that the tries don't count together
			for method, got := range map[string]*page{
				"GET": b.get(path), "POST": b.post(path, sent),
			} {
				if got.body != unknown[method].body || got.status != unknown[method].status {
					t.Errorf("%s, a link that is %s, %s: status %d, and the page differs:\n%s", who, what, method, got.status, got.excerpt())
				}
			}
		}
	}
}

// Somebody who joins twice stays as they are: nothing is asked again, and no second place is made.
func TestJoiningTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 2)
	member := c.people[1]
	member.visit(c.link).wantText("You are in this team already.")
	member.post(c.link, url.Values{"name": {"Another name"}, "agreed": {"yes"}}).follow().wantAt(s.paths.Team(c.team))
	c.steward().visit(s.paths.Roster(c.team)).wantText("Two members.")
}

// What was typed stays in a form that can't be taken, each field with its message.
func TestTeamFormsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 1)
	steward, visitor := c.steward(), s.browser()
	long := strings.Repeat("a", model.LabelLimit+1)
	for name, one := range map[string]struct {
		got   *page
		field string
		typed string
		wrong []string
	}{
		"a team":         {visitor.post(s.paths.NewTeam(), url.Values{"name": {long}, "purpose": {"Kept."}, "smallest-group": {"4"}}), "purpose", "Kept.", []string{"name", "smallest-group", "member-name"}},
		"a change":       {steward.get(s.paths.ChangeTeam(c.team)).press("Save", "name", "", "purpose", "Kept.", "smallest-group", "three"), "smallest-group", "three", []string{"name", "smallest-group"}},
		"joining":        {visitor.post(c.link, url.Values{"name": {long}}), "name", long, []string{"name", "agreed"}},
		"a code":         {visitor.post(s.paths.JoinCode(), url.Values{"code": {"nonsense"}}), "code", "nonsense", []string{"code"}},
		"an invitation":  {steward.post(s.paths.Invitations(c.team), url.Values{"kind": {"join-code"}, "days": {"99"}}), "days", "99", []string{"days"}},
		"a compare code": {steward.post(s.paths.Invitations(c.team), url.Values{"kind": {"compare-code"}, "days": {"99"}}), "days", "99", []string{"days"}},
		"a cycle":        {steward.post(s.paths.NewCycle(c.team), url.Values{"name": {"Kept"}, "form": {"neither"}, "questionnaire": {"none"}, "opens": {"then"}, "closes": {"2026-01-01"}}), "name", "Kept", []string{"form", "questionnaire", "opens"}},
		"a comparison":   {steward.post(s.paths.Peers(c.team), url.Values{"code": {"ABCDE-FGHJK"}}), "code", "ABCDE-FGHJK", []string{"code"}},
		"a name":         {steward.post(s.paths.MyPlace(c.team), url.Values{"do": {"name"}, "name": {long}}), "name", long, []string{"name"}},
		"stepping down":  {steward.post(s.paths.MyPlace(c.team), url.Values{"do": {"step-down"}}), "name", "Crew 1", []string{"step-down"}},
	} {
		one.got.wantStatus(http.StatusUnprocessableEntity)
		if !strings.HasPrefix(one.got.title(), "Error: ") {
			t.Errorf("%s: the title is %q", name, one.got.title())
		}
		node := one.got.byID(one.field)
		kept := attribute(node, "value")
		if node != nil && node.Data == "textarea" {
			kept = rawText(node)
		}
		if kept != one.typed {
			t.Errorf("%s: %q was typed, %q is kept", name, one.typed, kept)
		}
		for _, field := range one.wrong {
			if one.got.byID(field) == nil || len(find(one.got.root(), func(n *html.Node) bool { return attribute(n, "href") == "#"+field })) == 0 {
				t.Errorf("%s: no message leads to %q:\n%s", name, field, one.got.excerpt())
			}
		}
		one.got.checkIDs(name)
		one.got.checkControls(name)
	}
}

// What comes too late, or too early, is refused in words, and changes nothing of the assessment.
func TestLateContributionsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("Crew", 5)
	cycle := c.open("Short", "pulse")
	var taken string
	for _, member := range c.people {
		taken = c.contributes(member, cycle, "first-team", "pulse", levels(3))
	}
	member := c.people[4]
	c.close(cycle)
	for name, fields := range map[string]url.Values{
		"contributing": {"assessment": {taken}, "count": {"yes"}},
		"withdrawing":  {"assessment": {taken}},
	} {
		got := member.post(s.paths.Contribute(c.team, cycle), fields).wantStatus(http.StatusUnprocessableEntity)
		got.wantText("This was not counted").wantText("This cycle is closed").wantText("Nothing of your assessment has changed by it.")
		if !strings.HasPrefix(got.title(), "Error: ") {
			t.Errorf("%s: the title is %q", name, got.title())
		}
		got.checkIDs(name)
	}
	member.visit(s.paths.Result(taken))
	late := c.joins(s.browser(), "Late")
	c.open("Next", "pulse")
	c.confirm(late, "Late")
	late.visit(s.paths.Team(c.team)).wantText("so you count from the next cycle on")
}

// Whatever is withheld, the answer is the same to the byte, and so is the file for a spreadsheet.
func TestWithheldResultsAreTheSameWhateverTheyHide(t *testing.T) {
	t.Parallel()
	bodies := map[string][]string{}
	for _, around := range []int{1, 5} {
		s := newSite(t)
		c := s.newCrew("Crew", 5)
		cycle := c.open("Small", "pulse")
		for _, member := range c.people[:4] {
			c.contributes(member, cycle, "first-team", "pulse", levels(around))
		}
		c.close(cycle)
		member := c.people[4]
		for what, path := range map[string]string{
			"page": s.paths.Cycle(c.team, cycle), "CSV": s.paths.CycleCSV(c.team, cycle), "trends": s.paths.TeamTrends(c.team), "home": s.paths.Team(c.team),
		} {
			got := member.get(path).wantStatus(http.StatusOK)
			bodies[what] = append(bodies[what], strings.NewReplacer(c.team, "TEAM", cycle, "CYCLE").Replace(got.body))
		}
	}
	for what, pair := range bodies {
		if pair[0] != pair[1] {
			t.Errorf("the %s tells what is withheld:\n%s\n%s", what, pair[0], pair[1])
		}
	}
	if !strings.Contains(bodies["page"][0], "Fewer than five took part in “Small”, so nothing of it is published.") {
		t.Error("the page doesn’t say why nothing is published")
	}
}

// A name that a spreadsheet would run as a formula is text in the file.
func TestTeamCSVIsNeutralised(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.newCrew("=HYPERLINK(\"x\")", 5)
	cycle := c.round("+1+1", 5)
	for _, path := range []string{s.paths.CycleCSV(c.team, cycle), s.paths.TeamTrendsCSV(c.team)} {
		got := c.steward().get(path).wantStatus(http.StatusOK)
		if kind := got.header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
			t.Errorf("%s is %q", path, kind)
		}
		for _, line := range strings.Split(got.body, "\n") {
			for _, cell := range strings.Split(line, ",") {
				if cell = strings.TrimPrefix(cell, `"`); strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") {
					t.Errorf("%s: the cell %q would run", path, cell)
				}
			}
		}
	}
}
