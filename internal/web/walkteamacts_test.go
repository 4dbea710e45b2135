package web_test

import (
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

func (w *walker) makeTeam(person *walkPerson) {
	if len(w.teams) > 3 {
		return
	}
	team := &walkTeam{given: map[*walkPerson]bool{}, places: map[*walkPerson]*walkPlace{}, shown: map[*walkPerson]*walkMap{}}
	place := &walkPlace{confirmed: true, steward: true, name: w.memberName(person, team)}
	made := w.sends(person, w.site.paths.NewTeam(), "name", w.writes(person, "name of a team", team.seesTeam),
		"purpose", w.writes(person, "purpose of a team", team.seesTeam), "smallest-group", "5", "member-name", place.name)
	person.known = true
	team.id = path.Base(made.header.Get("Location"))
	team.places[person] = place
	w.teams = append(w.teams, team)
}

func (w *walker) memberName(person *walkPerson, team *walkTeam) string {
	return w.writes(person, "name of a member", func(p *walkPerson) bool { return team.seesMember(p, person) })
}

// stewarded picks a team that somebody stewards.
func (w *walker) stewarded(person *walkPerson) (*walkTeam, bool) {
	return picked(w, w.teams, func(t *walkTeam) bool { return t.steward(person) })
}

func (w *walker) invite(person *walkPerson) {
	team, found := w.stewarded(person)
	if !found {
		return
	}
	if team.link == "" || w.site.clock.now().After(team.linkEnds) {
		team.link = person.browser.invitation(team.id, "join-link")
		team.linkEnds = w.site.clock.now().AddDate(0, 0, 7)
	}
	team.given[one(w, w.people)], team.given[one(w, w.people)] = true, true
}

func (w *walker) join(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool {
		return t.given[person] && t.places[person] == nil && len(t.places) > 0 && w.site.clock.now().Before(t.linkEnds)
	})
	if found {
		place := &walkPlace{name: w.memberName(person, team)}
		w.sends(person, team.link, "name", place.name, "agreed", "yes")
		person.known, team.places[person] = true, place
	}
}

// other picks somebody in a team whose place is so, besides one, and returns their place and its id.
func (w *walker) other(team *walkTeam, besides *walkPerson, so func(*walkPlace) bool) (*walkPlace, string) {
	found, is := picked(w, w.people, func(p *walkPerson) bool { return p != besides && team.places[p] != nil && so(team.places[p]) })
	if !is {
		return nil, ""
	}
	c := &crew{site: w.site, team: team.id, people: []*browser{besides.browser}}
	return team.places[found], c.memberID(team.places[found].name)
}

func (w *walker) confirm(person *walkPerson) {
	team, found := w.stewarded(person)
	if !found {
		return
	}
	if place, id := w.other(team, person, func(p *walkPlace) bool { return !p.confirmed }); place != nil {
		w.sends(person, w.site.paths.Member(team.id, id), "do", "confirm")
		place.confirmed = true
	}
}

func (w *walker) promote(person *walkPerson) {
	team, found := w.stewarded(person)
	if !found {
		return
	}
	if place, id := w.other(team, person, func(p *walkPlace) bool { return p.confirmed && !p.steward }); place != nil {
		w.sends(person, w.site.paths.Member(team.id, id), "do", "steward")
		place.steward = true
	}
}

func (w *walker) takeName(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.places[person] != nil })
	if found {
		name := w.memberName(person, team)
		w.changes(person, w.site.paths.MyPlace(team.id), "Save the name", "name", name)
		team.places[person].name = name
	}
}

func (w *walker) leave(person *walkPerson) {
	// The last steward can't go while others stay; that has its own tests.
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.places[person] != nil && !t.steward(person) })
	if found {
		w.sends(person, w.site.paths.LeaveTeam(team.id))
		team.loses(person)
	}
}

func (w *walker) openCycle(person *walkPerson) {
	team, found := w.stewarded(person)
	if !found || w.current(team) != nil {
		return
	}
	name := w.writes(person, "name of a cycle", team.confirmed)
	closes := w.site.clock.now().AddDate(0, 0, 20)
	fields := []string{"name", name, "form", "pulse", "closes", closes.Format(time.DateOnly)}
	if current := person.browser.get(w.site.paths.NewCycle(team.id)).hidden("current"); current != "" {
		fields = append(fields, "current", current, "became", "kept", "line", w.writes(person, "outcome", team.confirmed))
	}
	made := w.sends(person, w.site.paths.NewCycle(team.id), fields...)
	id := strings.TrimSuffix(path.Base(made.header.Get("Location")), "?made")
	team.cycles = append(team.cycles, &walkCycle{id: id, closes: closes})
}

// current is the cycle of a team that takes contributions.
func (w *walker) current(team *walkTeam) *walkCycle {
	for _, cycle := range team.cycles {
		if !cycle.closed && !cycle.ceased && w.site.clock.now().Before(cycle.closes.AddDate(0, 0, 2)) {
			return cycle
		}
	}
	return nil
}

func (w *walker) contribute(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.confirmed(person) && w.current(t) != nil })
	of, finished := w.complete(person)
	if !found || !finished {
		return
	}
	// Whether it counts, by its form, its day and when they were confirmed, is the app's to say.
	got := person.browser.post(w.site.paths.Contribute(team.id, w.current(team).id), url.Values{"assessment": {of.id}, "count": {"yes"}})
	if got.status != http.StatusSeeOther && got.status != http.StatusUnprocessableEntity {
		w.t.Fatalf("a contribution: status %d\n%s", got.status, got.excerpt())
	}
}

func (w *walker) closeCycle(person *walkPerson) {
	team, found := w.stewarded(person)
	if found && w.current(team) != nil && w.site.clock.now().Before(w.current(team).closes) {
		cycle := w.current(team)
		w.sends(person, w.site.paths.CloseCycle(team.id, cycle.id))
		cycle.closed = true
	}
}

func (w *walker) cancelCycle(person *walkPerson) {
	team, found := w.stewarded(person)
	if found && w.current(team) != nil && w.site.clock.now().Before(w.current(team).closes.AddDate(0, 0, -1)) {
		cycle := w.current(team)
		w.sends(person, w.site.paths.CancelCycle(team.id, cycle.id))
		cycle.ceased = true
	}
}

// hidden is the value of the hidden field of a name; "" where the page has none.
func (p *page) hidden(name string) string {
	for _, field := range find(p.root(), tagged("input")) {
		if attribute(field, "type") == "hidden" && attribute(field, "name") == name {
			return attribute(field, "value")
		}
	}
	return ""
}

func (w *walker) propose(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.confirmed(person) })
	if !found {
		return
	}
	// Whether there is room for one more is the app's to say.
	got := person.browser.post(w.site.paths.Practice(team.id), url.Values{"words": {w.writes(person, "proposal", team.confirmed)}})
	if got.status != http.StatusSeeOther && got.status != http.StatusUnprocessableEntity {
		w.t.Fatalf("a proposal: status %d\n%s", got.status, got.excerpt())
	}
}

// proposal picks one of the proposals that somebody can act on, by the address of its form.
func (w *walker) proposal(person *walkPerson, team *walkTeam, button string) (address, instead string) {
	shown := person.browser.get(w.site.paths.Practice(team.id))
	var among []string
	for _, form := range find(shown.root(), tagged("form")) {
		for _, one := range find(form, tagged("button")) {
			if attribute(one, "value") == button {
				among = append(among, attribute(form, "action"))
			}
		}
	}
	return one(w, among), shown.hidden("instead")
}

func (w *walker) agreeOn(person *walkPerson) {
	if team, found := w.stewarded(person); found {
		if address, instead := w.proposal(person, team, "set"); address != "" {
			w.sends(person, address, "do", "set", "instead", instead)
		}
	}
}

func (w *walker) withdraw(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.confirmed(person) })
	if found {
		if address, _ := w.proposal(person, team, "withdraw"); address != "" {
			w.sends(person, address, "do", "withdraw")
		}
	}
}
