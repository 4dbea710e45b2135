package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// walkMap is a depth map as the walk knows it. A deleted one stays known, to be asked for.
type walkMap struct {
	owner             *walkPerson
	id, scope         string
	finished, deleted bool
	// words are the name of a domain of their own, and on whom they rely for it; none where it isn't placed.
	words []string
	// moved are the mentors who would move that domain: their own answer names it.
	moved map[*walkPerson]bool
}

// own reports whether it is somebody's, still.
func (m *walkMap) own(person *walkPerson) bool { return m.owner == person && !m.deleted }

// seesMapWord reports whether somebody may see a word of somebody's maps: a mentor through a link that shows a map that has
// it, once that shows, or in their own answer about it; and the confirmed members of a team to which it is shown.
func (w *walker) seesMapWord(person *walkPerson, word string) bool {
	return slices.ContainsFunc(w.maps, func(m *walkMap) bool {
		if m.deleted || !slices.Contains(m.words, word) {
			return false
		}
		return m.moved[person] ||
			slices.ContainsFunc(w.shares, func(s *walkShare) bool { return s.placed == m && w.opens(person, s) && s.showsMap(person) }) ||
			slices.ContainsFunc(w.teams, func(t *walkTeam) bool {
				return t.shown[m.owner] == m && t.places[m.owner] != nil && t.confirmed(person)
			})
	})
}

// showsMap reports whether the map of a share may show to a mentor: not while it could lean a rating.
func (s *walkShare) showsMap(mentor *walkPerson) bool {
	return s.placed != nil && !s.placed.deleted && (!s.rating || s.of.bare[mentor])
}

// draftMap is the map that somebody is at; nil for none.
func (w *walker) draftMap(person *walkPerson) *walkMap {
	for _, m := range w.maps {
		if m.own(person) && !m.finished {
			return m
		}
	}
	return nil
}

// latestMap is the map that somebody finished last; nil for none.
func (w *walker) latestMap(person *walkPerson) (latest *walkMap) {
	for _, m := range w.maps {
		if m.own(person) && m.finished {
			latest = m
		}
	}
	return latest
}

// beginMap begins a map, or gives the one that is under way another scope: all that was placed on it stays.
func (w *walker) beginMap(person *walkPerson) {
	scope := one(w, []string{"first-team", "considering", "wider-scope"})
	places := person.browser.post(w.site.paths.DepthMaps(), url.Values{"scope": {scope}, "craft": {"software"}}).follow().wantStatus(http.StatusOK)
	person.known = true
	id := path.Base(path.Dir(places.address.Path))
	if m := w.draftMap(person); m != nil {
		if m.id != id {
			w.t.Fatalf("%s has two maps under way: %s and %s", person.name, m.id, id)
		}
		m.scope = scope
	} else {
		m := &walkMap{owner: person, id: id, scope: scope, moved: map[*walkPerson]bool{}}
		if last := w.latestMap(person); last != nil {
			m.words = last.words
		}
		w.maps = append(w.maps, m)
	}
	w.holdsMap(person)
}

// holdsMap wants the words of a map that somebody is at to stand where its domains are placed.
func (w *walker) holdsMap(person *walkPerson) {
	m := w.draftMap(person)
	shown := person.browser.get(w.site.paths.Places(m.id)).wantStatus(http.StatusOK)
	for _, word := range m.words {
		if !strings.Contains(shown.body, `value="`+word+`"`) {
			w.t.Fatalf("the map of %s has lost %s", person.name, word)
		}
	}
}

// place places some domains, one of them their own, and may finish the map with that.
func (w *walker) place(person *walkPerson) {
	if w.draftMap(person) == nil {
		w.beginMap(person)
	}
	m := w.draftMap(person)
	m.words = nil
	for _, kind := range []string{"domain of a map", "whom of a map"} {
		var word string
		word = w.writes(person, kind, func(p *walkPerson) bool { return w.seesMapWord(p, word) })
		m.words = append(m.words, word)
	}
	w.changes(person, w.site.paths.Places(m.id), "Save, and go on later", append(placing("ux", one(w, []string{"none", "deep"}), "high"),
		placing("own-1", one(w, []string{"none", "working"}), "high", "name.own-1", m.words[0], "whom.own-1", m.words[1])...)...)
	if w.chance(4) {
		return
	}
	w.changes(person, w.site.paths.Places(m.id), "Finish the map")
	m.finished = true
	// The maps are listed in the order in which they were finished, of which no two are in one instant.
	w.site.clock.advance(time.Second)
	w.maps = append(slices.DeleteFunc(w.maps, func(other *walkMap) bool { return other == m }), m)
}

func (w *walker) deleteMap(person *walkPerson) {
	m, found := picked(w, w.maps, func(m *walkMap) bool { return m.own(person) })
	if found && w.chance(2) {
		w.changes(person, w.site.paths.DeleteDepthMap(m.id), "Delete the map", "meant", "yes")
		m.deleted = true
	}
}

// showMap shows a team on whom somebody relies for a domain of their own.
func (w *walker) showMap(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.confirmed(person) })
	m := w.latestMap(person)
	if found && m != nil {
		address := w.site.paths.OwnReliances(team.id)
		offered := person.browser.get(address).wantStatus(http.StatusOK)
		w.sends(person, address, "do", "show", "map", offered.hidden("map"), "ticked", offered.hidden("ticked"), "domain", "own-1")
		team.shown[person] = m
	}
}

func (w *walker) hideMap(person *walkPerson) {
	team, found := picked(w, w.teams, func(t *walkTeam) bool { return t.confirmed(person) && t.shown[person] != nil })
	if found {
		w.sends(person, w.site.paths.OwnReliances(team.id), "do", "hide")
		delete(team.shown, person)
	}
}

// move says which domain a mentor would move, and may send it, for the owner to see beside the map; while the map waits the
// answer is missing.
func (w *walker) move(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.rating && s.placed != nil && !s.placed.deleted && w.opens(person, s) })
	if !found {
		return
	}
	address := w.site.paths.SharedMap(share.made.id)
	if !share.showsMap(person) {
		person.browser.post(address, url.Values{"domain": {"own-1"}, "depth": {"deep"}}).wantStatus(missing)
		if !share.result {
			return
		}
		w.sends(person, w.site.paths.Reveal(share.made.id), "what", model.RevealMap)
		share.of.revealed[person], share.of.bare[person] = true, true
	}
	// Whether it shows by now is the app's to say: who takes their view back may have to be shown scores anew.
	if !strings.Contains(person.browser.get(address).wantStatus(http.StatusOK).body, "Save your answer") {
		return
	}
	w.changes(person, address, "Save your answer", "domain", "own-1", "depth", one(w, []string{"conversant", "deep"}), "words", w.reviews(person, "words on a move", share.of))
	share.placed.moved[person] = true
	if w.chance(4) {
		return
	}
	w.sendWords(person, share)
	share.placed.owner.browser.get(w.site.paths.DepthMap(share.placed.id)).wantStatus(http.StatusOK)
}

// readMaps holds the file of somebody's maps against what the walk knows: no more maps than theirs, and all of them.
func (w *walker) readMaps(person *walkPerson) {
	if !person.known {
		return
	}
	var file report.ExportedMaps
	if err := json.Unmarshal([]byte(person.browser.get(w.site.paths.DepthMapsJSON()).wantStatus(http.StatusOK).body), &file); err != nil {
		w.t.Fatal(err)
	}
	own := slices.DeleteFunc(slices.Clone(w.maps), func(m *walkMap) bool { return !m.own(person) })
	if len(file.Maps) != len(own) {
		w.t.Fatalf("the file of %s holds %d maps, not %d", person.name, len(file.Maps), len(own))
	}
	for _, kept := range file.Maps {
		at := slices.IndexFunc(own, func(m *walkMap) bool { return m.id == kept.ID })
		if at < 0 {
			w.t.Fatalf("the file of %s holds the map %s, which is not theirs", person.name, kept.ID)
		}
		var words []string
		for _, domain := range kept.Domains {
			if domain.Own {
				words = append(words, domain.Name, domain.ReliesOn)
			}
		}
		if m := own[at]; !slices.Equal(words, m.words) || kept.FinishedAt.IsZero() == m.finished || kept.Scope != m.scope {
			w.t.Fatalf("a map of %s is %v, finished at %s, for %s; want %+v", person.name, words, kept.FinishedAt, kept.Scope, m)
		}
	}
}

// foretellMap gives the map that is asked about to the world of a plan, and what its owner gets.
func (w *walker) foretellMap(person *walkPerson, row planAccess, means *planWorld) (want int, found bool) {
	about := one(w, w.maps)
	if about == nil {
		return 0, false
	}
	means.mapID, means.draftMap = about.id, about.id
	switch {
	case !about.own(person):
		return row.another, true
	case about.finished:
		return row.closed, true
	}
	return row.open, true
}
