package web_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/internal/report"
)

// walkCommitment is a commitment as the walk knows it. A deleted one stays known, to be asked for.
type walkCommitment struct {
	owner           *walkPerson
	id              string
	madeAt          time.Time
	closed, deleted bool
	// words are those of its occasion, its action and how it would be noticed, as they stand.
	words []string
}

// own reports whether it is somebody's, still.
func (c *walkCommitment) own(person *walkPerson) bool { return c.owner == person && !c.deleted }

// plans writes the words of a commitment: a mentor sees them through a link on which it was ticked when it had them.
func (w *walker) plans(commitment *walkCommitment) (pairs []string) {
	commitment.words = nil
	for _, field := range []string{"occasion", "action", "notice"} {
		var word string
		word = w.writes(commitment.owner, "word of a commitment", func(person *walkPerson) bool {
			return !commitment.deleted && slices.ContainsFunc(w.shares, func(s *walkShare) bool {
				return slices.Contains(s.planned, word) && w.opens(person, s)
			})
		})
		commitment.words = append(commitment.words, word)
		pairs = append(pairs, field, word)
	}
	return pairs
}

// open picks a commitment that somebody is at.
func (w *walker) openCommitment(person *walkPerson) (*walkCommitment, bool) {
	return picked(w, w.commitments, func(c *walkCommitment) bool { return c.own(person) && !c.closed })
}

func (w *walker) commit(person *walkPerson) {
	open := 0
	for _, each := range w.commitments {
		if each.own(person) && !each.closed {
			open++
		}
	}
	if !person.known || open >= model.OpenLimit {
		return
	}
	commitment := &walkCommitment{owner: person, madeAt: w.site.clock.now()}
	commitment.id = person.browser.commits(one(w, []string{"debt", "design"}), w.plans(commitment)...)
	w.commitments = append(w.commitments, commitment)
}

func (w *walker) changeCommitment(person *walkPerson) {
	if commitment, found := w.openCommitment(person); found {
		w.changes(person, w.site.paths.Commitment(commitment.id), "Save the change", w.plans(commitment)...)
	}
}

// tells writes what became of something, which nobody else ever sees.
func (w *walker) tells(person *walkPerson) string {
	return w.writes(person, "line on a commitment", nobodyElse)
}

func (w *walker) followUp(person *walkPerson) {
	if commitment, found := w.openCommitment(person); found {
		then := one(w, []string{"carry", "close"})
		w.changes(person, w.site.paths.FollowUp(commitment.id), "Keep it in my plan", "became", one(w, []string{"kept", "partly", "not"}),
			"line", w.tells(person), "then", then, "until", w.site.clock.now().AddDate(0, 0, 30).Format(model.DateLayout))
		commitment.closed = then == "close"
	}
}

// followAll says before an assessment what became of the commitments that were made before it.
func (w *walker) followAll(person *walkPerson) {
	of, found := picked(w, w.assessments, func(a *walkAssessment) bool { return a.own(person) && !a.finished })
	if !found {
		return
	}
	asked := person.browser.get(w.site.paths.Following(of.id))
	if asked.status == http.StatusSeeOther {
		return // there is nothing to ask after
	}
	var pairs []string
	for _, commitment := range w.commitments {
		if asked.wantStatus(http.StatusOK).byID("became."+commitment.id) == nil {
			continue
		}
		if !commitment.own(person) || commitment.closed {
			w.t.Fatalf("before an assessment of %s it is asked after %s", person.name, commitment.id)
		}
		then := one(w, []string{"carry", "close"})
		pairs = append(pairs, "became."+commitment.id, "partly", "line."+commitment.id, w.tells(person), "then."+commitment.id, then)
		commitment.closed = then == "close"
	}
	asked.press("Save and go to the questions", pairs...).wantStatus(http.StatusOK)
}

func (w *walker) deleteCommitment(person *walkPerson) {
	commitment, found := picked(w, w.commitments, func(c *walkCommitment) bool { return c.own(person) })
	if found && w.chance(2) {
		w.changes(person, w.site.paths.DeleteCommitment(commitment.id), "Delete the commitment", "meant", "yes")
		commitment.deleted = true
	}
}

func (w *walker) chooseCadence(person *walkPerson) {
	if person.known {
		w.changes(person, w.site.paths.Reminders(), "Save", "rhythm", one(w, []string{model.UsualRhythm, model.OwnRhythm, model.NoRhythm}), "pulse", "4", "full", "12")
	}
}

// makeCalendar makes the address of somebody's calendar, or replaces it: then the old one opens nothing.
func (w *walker) makeCalendar(person *walkPerson) {
	if !person.known {
		return
	}
	button := "Make an address"
	if person.calendar != "" {
		button = "Replace the address"
	}
	address := person.browser.makesCalendar(button)
	w.endsCalendar(person)
	person.calendar = address
}

func (w *walker) endCalendar(person *walkPerson) {
	if person.calendar != "" {
		w.changes(person, w.site.paths.Reminders(), "End it")
		w.endsCalendar(person)
	}
}

// endsCalendar takes it that the address of somebody's calendar has ended.
func (w *walker) endsCalendar(person *walkPerson) {
	if person.calendar != "" {
		person.calendars, person.calendar = append(person.calendars, person.calendar), ""
	}
}

// readCalendar reads a calendar by its address, as what has no session does: it holds nobody's words, so that everything
// that it may hold is looked for. What has ended is missing.
func (w *walker) readCalendar(person *walkPerson) {
	if person.calendar != "" {
		got := w.arrives("a calendar").browser.get(person.calendar).wantStatus(http.StatusOK)
		if !strings.HasPrefix(got.body, "BEGIN:VCALENDAR") {
			w.t.Fatalf("the calendar of %s is %s", person.name, got.excerpt())
		}
		w.seen["calendar"]++
	}
	if old := one(w, person.calendars); old != "" {
		w.arrives("a calendar").browser.get(old).wantStatus(http.StatusNotFound)
		w.site.clock.advance(11 * time.Minute) // or guesses add up
	}
}

// readPlan holds a plan against what the walk knows of it: no more commitments than its owner's, and all of them.
func (w *walker) readPlan(person *walkPerson) {
	if !person.known {
		return
	}
	var plan report.ExportedPlan
	if err := json.Unmarshal([]byte(person.browser.get(w.site.paths.PlanJSON()).wantStatus(http.StatusOK).body), &plan); err != nil {
		w.t.Fatal(err)
	}
	own := slices.DeleteFunc(slices.Clone(w.commitments), func(c *walkCommitment) bool { return !c.own(person) })
	if len(plan.Commitments) != len(own) {
		w.t.Fatalf("the plan of %s holds %d commitments, not %d", person.name, len(plan.Commitments), len(own))
	}
	for i, kept := range plan.Commitments {
		if words := []string{kept.Occasion, kept.Action, kept.Notice}; !slices.Equal(words, own[i].words) || kept.ClosedAt.IsZero() == own[i].closed {
			w.t.Fatalf("commitment %d of %s is %v, closed at %s; want %v, closed: %t", i, person.name, words, kept.ClosedAt, own[i].words, own[i].closed)
		}
	}
}

// foretellPlan reads the row of an address of a plan: what is somebody's own they get, as it is open or closed, and what
// is another's is missing.
func (w *walker) foretellPlan(person *walkPerson, pattern string, row planAccess) (want int, address string, fields map[string][]string) {
	means := planWorld{site: w.site, owner: person.browser}
	want = row.another
	switch {
	case strings.Contains(pattern, "{commitment}"):
		about := one(w, w.commitments)
		if about == nil {
			return
		}
		means.openID, means.about = about.id, about.id
		if about.own(person) && about.closed {
			want = row.closed
		} else if about.own(person) {
			want = row.open
		}
	case strings.Contains(pattern, "{entry}"):
		about := one(w, w.entries)
		if about == nil {
			return
		}
		if means.entryID = about.id; !about.deleted && about.owner == person {
			want = row.open
		}
	case strings.Contains(pattern, "{map}"):
		found := false
		if want, found = w.foretellMap(person, row, &means); !found {
			return 0, "", nil
		}
	case strings.HasSuffix(pattern, paths.FollowingPattern):
		about := one(w, w.assessments)
		if about == nil {
			return
		}
		if means.draft = about.id; about.own(person) && about.finished {
			want = row.closed
		} else if about.own(person) {
			want = unmodelled // there may be nothing to ask after
		}
	}
	if !person.known {
		want = row.nobody
	}
	if row.fields != nil && want == missing {
		fields = row.fields(means)
	}
	return want, means.path(pattern, means.about, means.draft), fields
}
