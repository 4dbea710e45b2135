package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// act is something that a person does. Where it isn't theirs to do they do nothing.
type act struct {
	name string
	// weight is how often it is done, next to the others.
	weight int
	do     func(*walker, *walkPerson)
}

var walkActs = []act{
	{"begins an assessment", 5, (*walker).begin}, {"answers and finishes", 5, (*walker).finish}, {"names an assessment", 3, (*walker).rename},
	{"deletes an assessment", 2, (*walker).deleteOne}, {"deletes everything", 1, (*walker).deleteAll},
	{"notes something", 8, (*walker).jot}, {"changes what they noted", 2, (*walker).changeEntry}, {"deletes what they noted", 1, (*walker).deleteEntry},
	{"commits", 6, (*walker).commit}, {"changes a commitment", 3, (*walker).changeCommitment}, {"says what became of one", 2, (*walker).followUp},
	{"says what became of all", 2, (*walker).followAll}, {"deletes a commitment", 1, (*walker).deleteCommitment},
	{"begins a map", 1, (*walker).beginMap}, {"places domains", 7, (*walker).place}, {"deletes a map", 1, (*walker).deleteMap},
	{"shows on whom they rely", 3, (*walker).showMap}, {"stops showing it", 1, (*walker).hideMap}, {"moves a domain", 8, (*walker).move},
	{"chooses a cadence", 2, (*walker).chooseCadence}, {"makes a calendar", 2, (*walker).makeCalendar}, {"ends a calendar", 1, (*walker).endCalendar},
	{"shares", 6, (*walker).share}, {"opens a link", 9, (*walker).open}, {"revokes a link", 2, (*walker).revoke},
	{"extends a link", 2, (*walker).extend}, {"removes a link", 2, (*walker).removeLink}, {"forgets a link", 1, (*walker).forget},
	{"rates", 10, (*walker).rate}, {"is shown scores", 8, (*walker).reveal}, {"sends words", 5, (*walker).send},
	{"makes a team", 3, (*walker).makeTeam}, {"invites", 4, (*walker).invite}, {"joins", 8, (*walker).join}, {"confirms", 6, (*walker).confirm},
	{"takes another name", 2, (*walker).takeName}, {"leaves a team", 1, (*walker).leave}, {"makes a steward", 1, (*walker).promote},
	{"opens a cycle", 4, (*walker).openCycle}, {"contributes", 6, (*walker).contribute}, {"closes a cycle", 1, (*walker).closeCycle},
	{"proposes", 3, (*walker).propose}, {"agrees on a proposal", 2, (*walker).agreeOn}, {"withdraws a proposal", 1, (*walker).withdraw},
	{"cancels a cycle", 1, (*walker).cancelCycle}, {"lets days pass", 2, (*walker).wait},
}

func (w *walker) pick() act {
	total := 0
	for _, act := range walkActs {
		total += act.weight
	}
	left := w.random.IntN(total)
	for _, act := range walkActs {
		if left -= act.weight; left < 0 {
			return act
		}
	}
	return act{}
}

// picked picks among those that are so.
func picked[T any](w *walker, all []T, so func(T) bool) (found T, is bool) {
	var among []T
	for _, each := range all {
		if so(each) {
			among = append(among, each)
		}
	}
	return one(w, among), len(among) > 0
}

// sends posts a form that has to be taken.
func (w *walker) sends(person *walkPerson, address string, pairs ...string) *page {
	w.t.Helper()
	return person.browser.post(address, form(pairs...)(shareWorld{})).wantStatus(http.StatusSeeOther)
}

// changes opens a page and presses one of its buttons, with something changed.
func (w *walker) changes(person *walkPerson, address, button string, pairs ...string) {
	w.t.Helper()
	person.browser.get(address).press(button, pairs...).wantStatus(http.StatusOK)
}

func (w *walker) wait(*walkPerson) { w.site.clock.advance(time.Duration(1+w.random.IntN(4)) * day) }

func (w *walker) begin(person *walkPerson) {
	drafts := 0
	for _, each := range w.assessments {
		if each.own(person) && !each.finished && !each.deleted {
			drafts++
		}
	}
	if drafts >= model.DraftLimit {
		return
	}
	chosen := one(w, []string{"first-team", "first-team", "wider-scope"})
	of := &walkAssessment{owner: person, questionnaire: chosen, sent: map[*walkPerson]bool{}, revealed: map[*walkPerson]bool{}, bare: map[*walkPerson]bool{}}
	of.id = person.browser.start(chosen, one(w, []string{"full", "full", "pulse"}))
	person.known = true
	w.assessments = append(w.assessments, of)
	sections, _ := w.site.library.Questionnaire(chosen)
	w.answerSection(of, sections.For("software").Sections[0])
}

// answerSection answers one page of a draft, with a note.
func (w *walker) answerSection(of *walkAssessment, section questionnaire.Section) {
	fields := []string{"spent", "90000", "go", "continue"}
	for number, item := range section.Items {
		fields = append(fields, "level."+item.ID, fmt.Sprint(1+w.random.IntN(5)))
		if number == 0 || w.chance(3) {
			note := w.writes(of.owner, "note", func(person *walkPerson) bool { return w.seesNotes(person, of) })
			fields = append(fields, "note."+item.ID, note)
		}
	}
	w.fillsIn(of.owner, w.site.paths.Questions(of.id, section.Competency), fields...)
}

// fillsIn opens a page that saves by itself, and sends it with fields filled in.
func (w *walker) fillsIn(person *walkPerson, address string, pairs ...string) {
	w.t.Helper()
	person.browser.post(address, person.browser.opened(address, form(pairs...)(shareWorld{}))).wantStatus(http.StatusSeeOther)
}

func (w *walker) finish(person *walkPerson) {
	of, found := picked(w, w.assessments, func(a *walkAssessment) bool { return a.own(person) && !a.finished })
	if !found {
		return
	}
	sections, _ := w.site.library.Questionnaire(of.questionnaire)
	for _, section := range sections.For("software").Sections {
		w.answerSection(of, section)
	}
	w.sends(person, w.site.paths.Finish(of.id), "meant", "yes")
	of.finished = true
}

// complete picks a finished assessment of somebody's.
func (w *walker) complete(person *walkPerson) (*walkAssessment, bool) {
	return picked(w, w.assessments, func(a *walkAssessment) bool { return a.own(person) && a.finished })
}

func (w *walker) rename(person *walkPerson) {
	if of, found := w.complete(person); found {
		w.changes(person, w.site.paths.Rename(of.id), "Save the name", "name", w.writes(person, "name of an assessment", nobodyElse))
	}
}

// nobodyElse is for what its author alone sees.
func nobodyElse(*walkPerson) bool { return false }

func (w *walker) deleteOne(person *walkPerson) {
	if of, found := w.complete(person); found && w.chance(2) {
		w.sends(person, w.site.paths.Delete(of.id), "meant", "yes")
		of.deleted = true
	}
}

func (w *walker) deleteAll(person *walkPerson) {
	if !person.known || !w.chance(3) {
		return
	}
	person.browser.post(w.site.paths.Erase(), url.Values{"meant": {"yes"}}).wantStatus(http.StatusOK)
	person.known = false
	for _, of := range w.assessments {
		of.deleted = of.deleted || of.owner == person
	}
	for _, entry := range w.entries {
		entry.deleted = entry.deleted || entry.owner == person
	}
	for _, commitment := range w.commitments {
		commitment.deleted = commitment.deleted || commitment.owner == person
	}
	for _, m := range w.maps {
		m.deleted = m.deleted || m.owner == person
	}
	w.endsCalendar(person)
	for _, team := range w.teams {
		team.loses(person)
	}
}

// jot notes something, which mentors see through the links that show the log and are made after it.
func (w *walker) jot(person *walkPerson) {
	if !person.known {
		return
	}
	entry := &walkEntry{owner: person}
	entry.words = w.jots(entry)
	w.changes(person, w.site.paths.Note(one(w, []string{"", "debt", "design"}), w.site.paths.About()), "Keep it", "noted", entry.words)
	entry.id = person.browser.listedEntry(entry.words)
	w.entries = append(w.entries, entry)
}

// jots writes what an entry says.
func (w *walker) jots(entry *walkEntry) string {
	return w.writes(entry.owner, "entry of a log", func(person *walkPerson) bool { return w.seesEntry(person, entry) })
}

// ownEntry picks an entry of somebody's.
func (w *walker) ownEntry(person *walkPerson) (*walkEntry, bool) {
	return picked(w, w.entries, func(e *walkEntry) bool { return e.owner == person && !e.deleted })
}

func (w *walker) changeEntry(person *walkPerson) {
	if entry, found := w.ownEntry(person); found {
		w.changes(person, w.site.paths.Entry(entry.id), "Save the change", "noted", w.jots(entry))
	}
}

func (w *walker) deleteEntry(person *walkPerson) {
	if entry, found := w.ownEntry(person); found {
		w.changes(person, w.site.paths.DeleteEntry(entry.id), "Delete the entry", "meant", "yes")
		entry.deleted = true
	}
}

func (w *walker) share(person *walkPerson) {
	of, found := w.complete(person)
	if !found {
		return
	}
	share := &walkShare{of: of, given: map[*walkPerson]bool{}, opened: map[*walkPerson]bool{}, answered: map[*walkPerson]bool{}}
	share.result, share.rating = w.chance(2), w.chance(2)
	share.result = share.result || !share.rating
	share.history, share.notes = share.result && w.chance(2), share.result && w.chance(2)
	if share.log = !w.chance(4); share.log {
		for _, entry := range w.entries {
			if entry.owner == person && !entry.deleted {
				share.entries = append(share.entries, entry)
			}
		}
	}
	if !w.chance(4) {
		if w.latestMap(person) == nil {
			w.place(person)
		}
		share.placed = w.latestMap(person)
	}
	days := 1 + w.random.IntN(14)
	share.ends = w.site.clock.now().AddDate(0, 0, days)
	fields := url.Values{
		"label": {w.writes(person, "name for a recipient", nobodyElse)}, "days": {fmt.Sprint(days)},
		"sharer":   {w.writes(person, "name of a share’s owner", func(p *walkPerson) bool { return share.given[p] || share.opened[p] })},
		"question": {w.writes(person, "question", func(p *walkPerson) bool { return w.opens(p, share) || share.answered[p] && !share.of.deleted })},
	}
	for name, ticked := range map[string]bool{"result": share.result, "history": share.history, "notes": share.notes, "rating": share.rating, "log": share.log, "map": share.placed != nil} {
		if ticked {
			fields.Set(name, "yes")
		}
	}
	for _, commitment := range w.commitments {
		if commitment.own(person) && !commitment.closed && w.chance(2) {
			share.planned = append(share.planned, commitment.words...)
			fields.Add("commitment", commitment.id)
		}
	}
	share.made = person.browser.shares(of.id, fields)
	for _, number := range w.random.Perm(len(w.people))[:3] { // its owner may be among them
		share.given[w.people[number]] = true
	}
	w.shares = append(w.shares, share)
}

func (w *walker) open(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.given[person] && !s.opened[person] })
	if !found {
		return
	}
	live := share.live(w.site.clock.now())
	got := person.browser.post(share.made.link, url.Values{})
	switch {
	case !live:
		got.wantStatus(http.StatusNotFound)
		w.site.clock.advance(11 * time.Minute) // or guesses add up
	case share.of.owner == person:
		got.wantStatus(http.StatusSeeOther)
	default:
		got.wantStatus(http.StatusSeeOther)
		share.opened[person] = true
		share.of.revealed[person] = share.of.revealed[person] || share.result && !share.rating
		share.of.bare[person] = share.of.bare[person] || share.result && !share.rating
	}
}

func (w *walker) revoke(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.of.own(person) && !s.removed })
	if found {
		w.sends(person, w.site.paths.RevokeShare(share.made.id))
		share.revoked = true
	}
}

func (w *walker) extend(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.of.own(person) && !s.revoked && !s.removed })
	if found {
		w.changes(person, w.site.paths.Share(share.made.id), "Set the new end", "days", "3")
		share.ends = w.site.clock.now().AddDate(0, 0, 3)
	}
}

func (w *walker) removeLink(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.of.own(person) && !s.removed && !s.live(w.site.clock.now()) })
	if found {
		w.sends(person, w.site.paths.RemoveShare(share.made.id))
		share.revoked, share.removed = true, true
	}
}

func (w *walker) forget(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.opened[person] && !s.of.deleted })
	if !found {
		return
	}
	withdraws := w.chance(2)
	if withdraws {
		w.sends(person, w.site.paths.ForgetShare(share.made.id), "withdraw", "yes")
		delete(share.of.sent, person)
		for word, written := range w.marks {
			if written.author == person && written.kind != "note" && w.writtenOf[word] == share.of {
				written.may = nobodyElse
				w.marks[word] = written
			}
		}
	} else {
		w.sends(person, w.site.paths.ForgetShare(share.made.id))
	}
	delete(share.opened, person)
}

// reviews writes a text of a mentor on an assessment.
func (w *walker) reviews(mentor *walkPerson, kind string, of *walkAssessment) string {
	word := w.writes(mentor, kind, func(person *walkPerson) bool { return w.seesReview(person, mentor, of) })
	w.writtenOf[word] = of
	return word
}

// rateable picks a share through which somebody can rate.
func (w *walker) rateable(person *walkPerson) (*walkShare, bool) {
	return picked(w, w.shares, func(s *walkShare) bool { return s.rating && w.opens(person, s) })
}

func (w *walker) rate(person *walkPerson) {
	if share, found := w.rateable(person); found {
		w.rates(person, share)
	}
}

func (w *walker) rates(person *walkPerson, share *walkShare) {
	w.fillsIn(person, w.site.paths.Rate(share.made.id, one(w, []string{"design", "debt"})),
		"level", fmt.Sprint(w.random.IntN(6)), "comment", w.reviews(person, "comment", share.of))
}

func (w *walker) reveal(person *walkPerson) {
	share, found := picked(w, w.shares, func(s *walkShare) bool { return s.result && w.opens(person, s) })
	if found {
		what := one(w, []string{"rated", "all", "design"})
		share.of.bare[person] = share.of.bare[person] || what == "all"
		w.sends(person, w.site.paths.Reveal(share.made.id), "what", what)
		// Of those rated there may be none, but no harm is done by an upper bound here.
		share.of.revealed[person] = true
	}
}

func (w *walker) send(person *walkPerson) {
	share, found := w.rateable(person)
	if !found {
		return
	}
	if w.chance(2) { // most who send have rated something, and what they wrote beside it goes along
		w.rates(person, share)
	}
	w.sendWords(person, share)
}

func (w *walker) sendWords(person *walkPerson, share *walkShare) {
	w.fillsIn(person, w.site.paths.Words(share.made.id), "go", "send", "name", w.reviews(person, "name of a mentor", share.of),
		"overall", w.reviews(person, "word on the whole", share.of), "question", w.reviews(person, "answer to a question", share.of),
		"answer", w.reviews(person, "answer to the manager’s question", share.of))
	share.of.sent[person], share.answered[person] = true, true
}
