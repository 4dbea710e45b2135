package browsertest

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
)

// crew is a team with the visitors who are its people; the first is its steward.
type crew struct {
	t      *testing.T
	server *server
	team   string
	// link is the path of the link by which they joined.
	link   string
	people []*visitor
}

// newCrew makes a team of so many confirmed members.
func (s *server) newCrew(t *testing.T, name string, size int) *crew {
	t.Helper()
	steward := s.newVisitor(t)
	team := path.Base(steward.post(to.NewTeam(), url.Values{
		"name": {name}, "purpose": {"Where we stand together."}, "smallest-group": {"5"}, "member-name": {name + " 1"},
	}))
	c := &crew{t: t, server: s, team: team, people: []*visitor{steward}}
	c.link = strings.TrimPrefix(c.invite(model.JoinLink), s.base)
	for len(c.people) < size {
		member := s.newVisitor(t)
		c.joins(member, fmt.Sprintf("%s %d", name, len(c.people)+1))
		c.confirmAll()
		c.people = append(c.people, member)
	}
	return c
}

func (c *crew) steward() *visitor { return c.people[0] }

// get returns the HTML of a page that a visitor must be able to open.
func (v *visitor) get(address string) string {
	v.t.Helper()
	status, _, body := v.request(address, nil)
	if status != http.StatusOK {
		v.t.Fatalf("GET %s answered %d:\n%s", address, status, body)
	}
	return body
}

var (
	shownSecret   = regexp.MustCompile(`data-secret>([^<]*)<`)
	tickedMember  = regexp.MustCompile(`name="known@[^"]*" value="([A-Z0-9]+)"`)
	waitingMember = regexp.MustCompile(`members/([A-Z0-9]+)"><button class="button is-quiet" name="do" value="confirm"`)
)

var (
	currentPractice = regexp.MustCompile(`name="current" value="([A-Z0-9]+)"`)
	proposalForm    = regexp.MustCompile(`/practice/([A-Z0-9]+)"`)
)

// agrees lets a member propose something, and the steward set it.
func (c *crew) agrees(v *visitor, words, competency string) {
	c.t.Helper()
	v.post(to.Practice(c.team), url.Values{"words": {words}, "competency": {competency}})
	shown := c.steward().get(to.Practice(c.team))
	form := url.Values{"do": {"set"}}
	if current := currentPractice.FindStringSubmatch(c.steward().get(to.NewCycle(c.team))); current != nil {
		form.Set("instead", current[1])
	}
	c.steward().post(to.Proposal(c.team, proposalForm.FindStringSubmatch(shown)[1]), form)
	c.server.clock.advance(time.Minute)
}

// invite makes an invitation and returns its secret as the page shows it.
func (c *crew) invite(kind model.InvitationKind) string {
	c.t.Helper()
	form := url.Values{"kind": {string(kind)}, "days": {"7"}, "places": {"40"}}
	status, _, body := c.steward().request(to.Invitations(c.team), form)
	found := shownSecret.FindStringSubmatch(body)
	if status != http.StatusOK || found == nil {
		c.t.Fatalf("no invitation was made, but %d:\n%s", status, body)
	}
	return strings.TrimSpace(html.UnescapeString(found[1]))
}

// joins lets somebody come by the link and wait.
func (c *crew) joins(v *visitor, name string) {
	c.t.Helper()
	v.post(c.link, url.Values{"name": {name}, "agreed": {"yes"}})
}

// confirmAll lets the steward confirm everybody who waits.
func (c *crew) confirmAll() {
	c.t.Helper()
	for _, found := range waitingMember.FindAllStringSubmatch(c.steward().get(to.Roster(c.team)), -1) {
		c.steward().post(to.Member(c.team, found[1]), url.Values{"do": {"confirm"}})
	}
	c.server.clock.advance(time.Second)
}

// open opens a cycle at once and returns its id.
func (c *crew) open(name string, form model.Form) string {
	c.t.Helper()
	fields := url.Values{
		"name": {name}, "form": {string(form)}, "closes": {c.server.clock.now().AddDate(0, 0, 30).Format(model.DateLayout)},
	}
	if current := currentPractice.FindStringSubmatch(c.steward().get(to.NewCycle(c.team))); current != nil {
		fields.Set("current", current[1])
		fields.Set("became", string(model.PartlyKept))
		fields.Set("line", "In most weeks.")
	}
	id := path.Base(c.steward().post(to.NewCycle(c.team), fields))
	c.server.clock.advance(time.Minute)
	return id
}

// contributes takes an assessment and contributes it; it returns the assessment.
func (c *crew) contributes(v *visitor, cycle string, form model.Form, choose level) string {
	c.t.Helper()
	c.knowsAll(v)
	id := v.take("first-team", form, choose)
	v.post(to.Contribute(c.team, cycle), url.Values{"assessment": {id}, "count": {"yes"}})
	return id
}

// knowsAll lets somebody tick all the others as people they know.
func (c *crew) knowsAll(v *visitor) {
	c.t.Helper()
	fields := url.Values{}
	for _, found := range tickedMember.FindAllStringSubmatch(v.get(to.Known(c.team)), -1) {
		fields.Add("known", found[1])
	}
	v.post(to.Known(c.team), fields)
}

// betweenRounds is long enough for two cycles to be apart, and so short that after several of them the sessions of all the
// others still hold.
const betweenRounds = 60 * 24 * time.Hour

// round opens a cycle to which some contribute, closes it, and returns it.
func (c *crew) round(name string, form model.Form, people []*visitor, choose level) string {
	c.t.Helper()
	cycle := c.open(name, form)
	for _, member := range people {
		c.contributes(member, cycle, form, choose)
	}
	c.steward().post(to.CloseCycle(c.team, cycle), url.Values{})
	c.server.clock.advance(betweenRounds)
	return cycle
}

// memberOf finds the place of a member, by the heading in the roster.
func (c *crew) memberOf(name string) string {
	c.t.Helper()
	found := regexp.MustCompile(`id="member-([A-Z0-9]+)"><div><h2><bdi>` + regexp.QuoteMeta(name) + `<`).FindStringSubmatch(c.steward().get(to.Roster(c.team)))
	if found == nil {
		c.t.Fatalf("nobody is called %q", name)
	}
	return found[1]
}

// proposal is the first one that is proposed to the team.
func (c *crew) proposal() string {
	c.t.Helper()
	return proposalForm.FindStringSubmatch(c.steward().get(to.Practice(c.team)))[1]
}
