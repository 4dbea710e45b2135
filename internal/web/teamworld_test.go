package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// crew is a team with the browsers of its people. The first is its steward.
type crew struct {
	site   *site
	team   string
	link   string
	people []*browser
}

// in is the same in a fork of the site.
func (c *crew) in(fork *site) *crew {
	same := &crew{site: fork, team: c.team, link: c.link}
	for _, person := range c.people {
		same.people = append(same.people, person.in(fork))
	}
	return same
}

// newCrew makes a team of so many confirmed members. They come by one link.
func (s *site) newCrew(name string, size int) *crew {
	s.t.Helper()
	c := &crew{site: s}
	steward := s.browser()
	made := steward.visit(s.paths.Teams()).pressLink("Make a team").press("Make the team", "name", name, "member-name", name+" 1")
	c.team = path.Base(made.address.Path)
	c.people = []*browser{steward}
	c.link = steward.invitation(c.team, "join-link")
	for len(c.people) < size {
		member := fmt.Sprintf("%s %d", name, len(c.people)+1)
		c.confirm(c.joins(s.browser(), member), member)
	}
	return c
}

// pressLink follows the link that says this, as if it were a button.
func (p *page) pressLink(words string) *page { p.t.Helper(); return p.browser.visit(p.link(words)) }

// invitation makes an invitation and reads its secret off the page that shows it: a path, or a code.
func (b *browser) invitation(team, kind string) string {
	b.t.Helper()
	var shown *page
	if kind == "compare-code" {
		shown = b.visit(b.site.paths.Peers(team)).press("Make a code")
	} else {
		shown = b.visit(b.site.paths.Invitations(team)).press("Make the invitation", "kind", kind)
	}
	shown.wantStatus(http.StatusOK)
	base := b.site.configuration.BaseURL
	return strings.TrimPrefix(text(shown.byID("secret")), base.Scheme+"://"+base.Host)
}

// joins lets somebody come by the link and wait.
func (c *crew) joins(b *browser, name string) *browser {
	c.site.t.Helper()
	b.visit(c.link).press("Join the team", "name", name, "agreed", "yes").wantAt(c.site.paths.Team(c.team))
	return b
}

// confirm lets the steward confirm somebody, and counts them as one of the people.
func (c *crew) confirm(b *browser, name string) {
	c.site.t.Helper()
	c.steward().visit(c.site.paths.Roster(c.team)).press("Confirm " + name).wantAt(c.site.paths.Roster(c.team))
	c.people = append(c.people, b)
	c.site.clock.advance(time.Second)
}

func (c *crew) steward() *browser { return c.people[0] }

// open opens a cycle at once, for thirty days, and returns its id.
func (c *crew) open(name, form string) string {
	c.site.t.Helper()
	fields := []string{"name", name, "form", form, "closes", c.site.clock.now().AddDate(0, 0, 30).Format(time.DateOnly)}
	shown := c.steward().visit(c.site.paths.NewCycle(c.team))
	if strings.Contains(shown.body, "What became of our practice") {
		fields = append(fields, "became", "partly", "line", "Most weeks.")
	}
	made := shown.press("Make the cycle", fields...)
	made.wantStatus(http.StatusOK)
	c.site.clock.advance(time.Minute)
	return path.Base(made.address.Path)
}

// contributes takes an assessment and contributes it to a cycle; it returns the assessment.
func (c *crew) contributes(b *browser, cycle, questionnaire, form string, pick func(number int) string) string {
	c.site.t.Helper()
	c.knowsAll(b)
	id := b.start(questionnaire, form)
	b.answerAll(id, questionnaire, pick)
	b.post(c.site.paths.Finish(id), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	b.post(c.site.paths.Contribute(c.team, cycle), url.Values{"assessment": {id}, "count": {"yes"}}).wantStatus(http.StatusSeeOther)
	c.site.clock.advance(time.Minute)
	return id
}

// knowsAll lets somebody tick all the others as people they know.
func (c *crew) knowsAll(b *browser) {
	c.site.t.Helper()
	fields := url.Values{}
	for _, box := range find(b.visit(c.site.paths.Known(c.team)).root(), tagged("input")) {
		if untied(attribute(box, "name")) == "known" {
			fields.Add("known", attribute(box, "value"))
		}
	}
	b.post(c.site.paths.Known(c.team), fields).wantStatus(http.StatusSeeOther)
}

// proposes proposes something to the team, and returns the proposal.
func (c *crew) proposes(b *browser, words string) string {
	c.site.t.Helper()
	shown := b.visit(c.site.paths.Practice(c.team)).press("Propose it", "words", words)
	for _, item := range find(shown.root(), tagged("li")) {
		if id, is := strings.CutPrefix(attribute(item, "id"), "proposal-"); is && strings.Contains(text(item), words) {
			return id
		}
	}
	c.site.t.Fatalf("%q is not proposed", words)
	return ""
}

// agrees lets the steward make a proposal the team's practice.
func (c *crew) agrees(b *browser, proposal string) {
	c.site.t.Helper()
	b.post(c.site.paths.Proposal(c.team, proposal), url.Values{"do": {"set"}}).wantStatus(http.StatusSeeOther)
	c.site.clock.advance(time.Minute)
}

// shows shows the team some domains of somebody's last depth map.
func (c *crew) shows(b *browser, domains ...string) *page {
	c.site.t.Helper()
	shown := b.visit(c.site.paths.OwnReliances(c.team))
	form, _ := shown.formOf("Show what is ticked to the team")
	fields := url.Values{"do": {"show"}, "domain": domains, "ticked": {""}}
	for _, field := range find(form, tagged("input")) {
		if attribute(field, "name") == "map" {
			fields.Set("map", attribute(field, "value"))
		}
	}
	return b.post(c.site.paths.OwnReliances(c.team), fields)
}

// close closes a cycle and returns its result, as the steward sees it.
func (c *crew) close(cycle string) *page {
	c.site.t.Helper()
	return c.steward().visit(c.site.paths.CloseCycle(c.team, cycle)).press("Close the cycle").wantAt(c.site.paths.Cycle(c.team, cycle))
}

// levels returns levels around one: steady people differ a little from question to question.
func levels(around int) func(int) string {
	return func(number int) string { return fmt.Sprint(min(max(around+number%3-1, 1), 5)) }
}

// round opens a cycle to which so many of the people contribute, from the last one on, and closes it; it gives
// the cycle.
func (c *crew) round(name string, contributors int) string {
	c.site.t.Helper()
	cycle := c.open(name, "pulse")
	for number, member := range c.people[len(c.people)-contributors:] {
		c.contributes(member, cycle, "first-team", "pulse", levels(2+number%3))
	}
	c.close(cycle)
	c.site.clock.advance(day)
	return cycle
}

// waiting is somebody who has joined and not been confirmed.
func (c *crew) waiting() *browser { return c.joins(c.site.browser(), "Waiting") }

// memberID finds the place of a member in the addresses of the roster's forms.
func (c *crew) memberID(name string) string {
	c.site.t.Helper()
	for _, item := range find(c.steward().visit(c.site.paths.Roster(c.team)).root(), tagged("li")) {
		for _, heading := range find(item, tagged("h2")) {
			if text(heading) == name {
				return strings.TrimPrefix(attribute(item, "id"), "member-")
			}
		}
	}
	c.site.t.Fatalf("nobody is called %q", name)
	return ""
}

// without returns a page's HTML without the elements of a class.
func (p *page) without(class string) string {
	p.t.Helper()
	root, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, node := range find(root, func(node *html.Node) bool {
		return strings.Contains(" "+attribute(node, "class")+" ", " "+class+" ")
	}) {
		if node.Parent != nil {
			node.Parent.RemoveChild(node)
		}
	}
	var written strings.Builder
	if err := html.Render(&written, root); err != nil {
		p.t.Fatal(err)
	}
	return strings.Join(strings.Fields(written.String()), " ")
}

// inhabitTeams puts somebody into teams in which there is something of everything: they steward one with
// closed cycles, an open one, somebody who waits, live invitations and another team to compare with.
func (s *site) inhabitTeams(owner *browser) {
	s.t.Helper()
	made := owner.visit(s.paths.Teams()).pressLink("Make a team").press("Make the team", "name", "Inhabited", "member-name", "Owner")
	c := &crew{site: s, team: path.Base(made.address.Path), people: []*browser{owner}}
	c.link = owner.invitation(c.team, "join-link")
	owner.invitation(c.team, "join-code")
	for _, name := range []string{"Bo", "Cem", "Dana", "Eli", "Fay", "Gus"} {
		c.confirm(c.joins(s.browser(), name), name)
	}
	c.round("First", 6)
	c.agrees(owner, c.proposes(owner, "When a design is ready, we read it alone first."))
	c.round("Second", 6)
	c.agrees(owner, c.proposes(owner, "When a release is over, we look back."))
	c.proposes(owner, "When somebody joins, we draw the systems.")
	c.round("Third", 0)
	c.waiting()
	other := s.newCrew("Next door", 5)
	other.round("Theirs", 5)
	c.shows(owner, "security-privacy") // of the last map that they finished
	owner.visit(s.paths.Peers(c.team)).press("Look at the team", "code", other.steward().invitation(other.team, "compare-code")).press("Ask to compare")
	other.steward().visit(s.paths.Peers(other.team)).press("Agree to compare with Inhabited")
	asking := s.newCrew("Upstairs", 5)
	asking.round("Theirs", 5)
	asking.steward().visit(s.paths.Peers(asking.team)).press("Look at the team", "code", owner.invitation(c.team, "compare-code")).press("Ask to compare")
	fourth := c.open("Fourth", "full")
	c.agrees(owner, c.proposes(owner, "When a plan is drawn, we circle its largest unknown."))
	c.contributes(owner, fourth, "wider-scope", "full", levels(3))
}
