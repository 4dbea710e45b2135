package web_test

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"whetstone/internal/paths"
	"whetstone/internal/web"
)

// walkAssessment is one assessment as the walk knows it. A deleted one stays known, to be asked for.
type walkAssessment struct {
	owner             *walkPerson
	id, questionnaire string
	finished, deleted bool
	// sent are the mentors whose review has come, revealed those who were shown scores, bare those who were shown all for
	// which a depth map may wait.
	sent, revealed, bare map[*walkPerson]bool
}

// own reports whether it is somebody's, still.
func (a *walkAssessment) own(person *walkPerson) bool { return a.owner == person && !a.deleted }

// walkShare is a link as the walk knows it. To whom it was given is outside the app: people pass links on.
type walkShare struct {
	of                             *walkAssessment
	made                           madeShare
	result, history, notes, rating bool
	// placed is the depth map that it shows; nil for none.
	placed *walkMap
	// log shows the entries that were there when the link was made.
	log     bool
	entries []*walkEntry
	// planned are the words of the commitments that were ticked, as they were then.
	planned          []string
	ends             time.Time
	revoked, removed bool
	given, opened    map[*walkPerson]bool
	// answered are those who answered its question: it stays beside their answer, which is theirs to read.
	answered map[*walkPerson]bool
}

// live reports whether the link opens something.
func (s *walkShare) live(now time.Time) bool {
	return !s.revoked && !s.of.deleted && now.Before(s.ends)
}

// opens reports whether somebody has opened the link and still gets through it.
func (w *walker) opens(person *walkPerson, share *walkShare) bool {
	return share.opened[person] && share.live(w.site.clock.now())
}

// seesNotes reports whether somebody may see the notes of an assessment: its owner, and a mentor through a
// link that shows them with the result, once any score of it was revealed.
func (w *walker) seesNotes(person *walkPerson, of *walkAssessment) bool {
	return of.own(person) || of.revealed[person] && slices.ContainsFunc(w.shares, func(s *walkShare) bool {
		return s.of == of && s.notes && s.result && w.opens(person, s)
	})
}

// walkEntry is an entry of somebody's log as the walk knows it.
type walkEntry struct {
	owner     *walkPerson
	id, words string
	deleted   bool
}

// seesEntry reports whether somebody may see an entry: its owner, and a mentor through a link that shows the log and was
// made after it.
func (w *walker) seesEntry(person *walkPerson, entry *walkEntry) bool {
	return !entry.deleted && (entry.owner == person || slices.ContainsFunc(w.shares, func(s *walkShare) bool {
		return s.log && slices.Contains(s.entries, entry) && w.opens(person, s)
	}))
}

// seesReview reports whether somebody may see what a mentor wrote of an assessment: its owner, once that was
// sent or can't be any more.
func (w *walker) seesReview(person, mentor *walkPerson, of *walkAssessment) bool {
	return of.own(person) && (of.sent[mentor] || !slices.ContainsFunc(w.shares, func(s *walkShare) bool {
		return s.of == of && s.rating && w.opens(mentor, s)
	}))
}

// walkTeam is a team as the walk knows it.
type walkTeam struct {
	id, link string
	linkEnds time.Time
	// given are those who know the link.
	given  map[*walkPerson]bool
	places map[*walkPerson]*walkPlace
	cycles []*walkCycle
	// shown are the maps of which members show on whom they rely.
	shown map[*walkPerson]*walkMap
}

// walkPlace is somebody's place in a team.
type walkPlace struct {
	name               string
	confirmed, steward bool
}

type walkCycle struct {
	id             string
	closes         time.Time
	closed, ceased bool
}

func (t *walkTeam) steward(person *walkPerson) bool {
	place := t.places[person]
	return place != nil && place.steward
}

func (t *walkTeam) confirmed(person *walkPerson) bool {
	place := t.places[person]
	return place != nil && place.confirmed
}

// loses takes somebody out of a team, which goes with its last confirmed member: then nobody is in it, and
// its link opens nothing.
func (t *walkTeam) loses(person *walkPerson) {
	delete(t.places, person)
	delete(t.shown, person)
	for _, place := range t.places {
		if place.confirmed {
			return
		}
	}
	clear(t.places)
}

// seesTeam reports whether somebody may see what a team says of itself: whoever is in it or was given its link.
func (t *walkTeam) seesTeam(person *walkPerson) bool {
	return t.places[person] != nil || t.given[person]
}

// seesMember reports whether somebody may see a member's name: the members may, and of a steward's whoever may
// see the team.
func (t *walkTeam) seesMember(person, member *walkPerson) bool {
	return t.places[member] != nil && (t.confirmed(person) || t.steward(member) && t.seesTeam(person))
}

// unmodelled stands for a status that the walk doesn't foretell, since more than rights decides on it.
const unmodelled = 0

// probe asks for any address in any of its meanings. A request that would change something is sent only by
// who may not.
func (w *walker) probe(person *walkPerson) {
	pattern := one(w, web.Patterns(w.site.configuration))
	want, address, fields := w.foretell(person, pattern)
	w.wants(person, pattern, want, address, fields)
}

// reads lets a mentor read every page of a link, and its owner what mentors wrote.
func (w *walker) reads() {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return len(s.opened) > 0 })
	if !found {
		return
	}
	mentor := one(w, slices.DeleteFunc(slices.Clone(w.people), func(p *walkPerson) bool { return !share.opened[p] }))
	for _, pattern := range web.Patterns(w.site.configuration) {
		row, of := shareRoutes[pattern]
		if !of || row.fields != nil {
			continue
		}
		reader := share.of.owner
		if strings.Contains(pattern, "/shared/") {
			reader = mentor
		}
		if !strings.Contains(pattern, "{secret}") && !strings.Contains(pattern, "/mentor/") {
			want, address, _ := w.foretellShare(reader, pattern, row, share)
			w.wants(reader, pattern, want, address, nil)
		}
	}
}

// meets lets somebody ask for every page of a team, be they in it or not.
func (w *walker) meets() {
	team := one(w, w.teams)
	if team == nil {
		return
	}
	person, _ := picked(w, w.people, func(p *walkPerson) bool { return w.chance(4) || team.places[p] != nil })
	for _, pattern := range web.Patterns(w.site.configuration) {
		if row, of := teamRoutes[pattern]; of && row.fields == nil && person != nil {
			want, address, _ := w.foretellTeam(person, pattern, row, team)
			w.wants(person, pattern, want, address, nil)
		}
	}
}

// wants asks for an address and wants a status.
func (w *walker) wants(person *walkPerson, pattern string, want int, address string, fields map[string][]string) {
	w.t.Helper()
	method, _, _ := strings.Cut(pattern, " ")
	if address == "" || method == http.MethodPost && want != missing && want != gone {
		return
	}
	w.notes("%s asks: %s, expecting %d", person.name, pattern, want)
	var got *page
	if method == http.MethodPost {
		got = person.browser.post(address, fields)
	} else {
		got = person.browser.get(address)
	}
	if want != unmodelled && got.status != want {
		w.t.Fatalf("%s by %s: status %d, want %d:\n%s", pattern, person.name, got.status, want, got.excerpt())
	}
	if strings.HasSuffix(pattern, paths.OpenSharePattern) || strings.HasSuffix(pattern, paths.JoinPattern) || strings.HasSuffix(pattern, paths.CalendarPattern) {
		w.site.clock.advance(11 * time.Minute) // or guesses add up, and every link is refused for a while
	}
}

// foretell picks what an address is about, and returns the status that the table of its kind foretells; "" as
// the address if there is nothing yet that it could be about.
func (w *walker) foretell(person *walkPerson, pattern string) (want int, address string, fields map[string][]string) {
	if row, found := teamRoutes[pattern]; found {
		return w.foretellTeam(person, pattern, row, one(w, w.teams))
	}
	if row, found := shareRoutes[pattern]; found {
		return w.foretellShare(person, pattern, row, one(w, w.shares))
	}
	if row, found := planRoutes[pattern]; found {
		return w.foretellPlan(person, pattern, row)
	}
	return w.foretellAssessment(person, pattern, routes[pattern])
}

func (w *walker) foretellAssessment(person *walkPerson, pattern string, row access) (want int, address string, fields map[string][]string) {
	about := one(w, w.assessments)
	second := one(w, w.assessments)
	if about == nil {
		return
	}
	switch {
	case !person.known:
		want = row.nobody
	case !about.own(person):
		want = row.other
	case about.finished:
		want = row.ownerOfFinished
	default:
		want = row.ownerOfDraft
	}
	switch {
	case strings.HasSuffix(pattern, paths.ComparePattern):
		want = unmodelled // whether two can be compared, both one's own and finished, is the app's to judge
		for _, each := range []*walkAssessment{about, second} {
			if about != second && (!each.own(person) || !each.finished) || !person.known {
				want = missing
			}
		}
	case strings.HasSuffix(pattern, paths.ZonesPattern) && !person.known:
		want = unmodelled // a mentor's browser has days of its own, too
	case strings.HasSuffix(pattern, paths.RemindersFilePattern) && person.known:
		want = unmodelled // by the cadence and the assessments there may be something due
	case strings.HasSuffix(pattern, paths.ReratingPattern) && want == ok:
		want = unmodelled // there may be nothing to look back on
	}
	means := world{w.site, about.id, second.id}
	if row.fields != nil {
		fields = row.fields(means)
	}
	return want, means.path(pattern), fields
}

func (w *walker) foretellShare(person *walkPerson, pattern string, row shareAccess, share *walkShare) (want int, address string, fields map[string][]string) {
	if share == nil {
		return
	}
	live := share.live(w.site.clock.now())
	switch {
	case strings.Contains(pattern, "{secret}") && !live:
		want = missing
	case strings.Contains(pattern, "{secret}") && share.of.owner == person:
		want = row.owner
	case strings.Contains(pattern, "{secret}"):
		want = row.nobody
		if !share.given[person] && !share.opened[person] {
			return // a secret that one was never given isn't guessed
		}
	case strings.HasSuffix(pattern, paths.ReceivedPattern):
		want = ok
	case strings.Contains(pattern, "/mentor/") && strings.Contains(pattern, "{review}"):
		want = missing // there is no review of this name
	case strings.Contains(pattern, "/mentor/"):
		return // a browser stays a mentor's after its last share went, which the walk doesn't keep
	case strings.Contains(pattern, "/shared/"):
		want = w.foretellMentor(person, share, pattern, row)
	case strings.Contains(pattern, "{share}"), strings.Contains(pattern, "{assessment}"):
		want = missing
		if share.of.own(person) && (!share.removed || !strings.Contains(pattern, "{share}")) {
			want = row.owner
		}
		if strings.HasSuffix(pattern, paths.MentorSheetPattern) || strings.HasSuffix(pattern, paths.ReplyPattern) || strings.HasSuffix(pattern, paths.SetAsidePattern) {
			want = missing // there is no review of this name
		}
	case person.known:
		want = row.owner
	default:
		want = row.nobody
	}
	means := shareWorld{site: w.site, assessment: share.of.id, review: "none"}
	_, address, _ = strings.Cut(pattern, " ")
	address = w.site.paths.Base + strings.NewReplacer(
		"{assessment}", share.of.id, "{share}", share.made.id, "{secret}", share.made.secret, "{review}", means.review, "{competency}", "design",
	).Replace(address)
	if row.fields != nil {
		fields = row.fields(means)
	}
	return want, address, fields
}

// foretellMentor reads a mentor's row of the table: its columns are links that show and allow everything, the
// result alone and rating alone, so what a link has to show or allow stands in which of them are missing.
func (w *walker) foretellMentor(person *walkPerson, share *walkShare, pattern string, row shareAccess) int {
	allowed := (row.reader != missing || share.rating) && (row.rater != missing || share.result)
	if strings.HasSuffix(pattern, paths.SharedHistoryPattern) {
		allowed = share.history
	}
	moving := false
	if strings.HasSuffix(pattern, paths.SharedMapPattern) {
		moving = row.fields != nil
		allowed = share.placed != nil && !share.placed.deleted && !share.removed && (share.rating || !moving)
	}
	ended := !share.live(w.site.clock.now())
	switch {
	case !share.opened[person] || share.of.deleted:
		return missing
	case !allowed:
		return missing
	case ended:
		return row.ended
	case moving && !share.showsMap(person):
		return missing
	}
	return row.all
}

func (w *walker) foretellTeam(person *walkPerson, pattern string, row teamAccess, team *walkTeam) (want int, address string, fields map[string][]string) {
	if team == nil {
		return
	}
	place := team.places[person]
	switch {
	case !person.known:
		want = row.nobody
	case place == nil:
		want = row.outsider
	case place.steward:
		want = row.steward
	case place.confirmed:
		want = row.member
	default:
		want = row.waiting
	}
	means := teamWorld{crew: &crew{site: w.site, team: team.id, link: team.link}, other: &crew{team: "none"}, waitingID: "none", invitation: "none", proposal: "none"}
	if strings.Contains(pattern, "{cycle}") {
		cycle := one(w, team.cycles)
		if cycle == nil {
			return
		}
		means.open, means.closed = cycle.id, cycle.id
		open := w.site.clock.now().Before(cycle.closes) && !cycle.closed
		switch {
		case cycle.ceased:
			want = missing
		case want != missing && !open && !strings.HasSuffix(pattern, paths.CyclePattern),
			want != missing && (strings.HasSuffix(pattern, paths.CycleCSVPattern) || strings.HasSuffix(pattern, paths.TeamSheetPattern)):
			want = unmodelled
		}
	}
	switch {
	case strings.Contains(pattern, "{secret}"):
		if team.link == "" || !team.given[person] && place == nil {
			return
		}
		want = ok
		if !w.site.clock.now().Before(team.linkEnds) || len(team.places) == 0 {
			want = missing
		}
	case strings.Contains(pattern, "{member}"), strings.Contains(pattern, "{invitation}"), strings.Contains(pattern, "{peer}"),
		strings.Contains(pattern, "{proposal}"):
		if want != missing && row.fields != nil {
			want = unmodelled // to end what isn't there is no mistake everywhere
		} else {
			want = missing // there is none of this name
		}
	}
	if row.fields != nil && want == missing {
		fields = row.fields(means)
	}
	return want, means.path(pattern), fields
}
