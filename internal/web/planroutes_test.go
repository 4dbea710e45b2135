package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"whetstone/internal/paths"
)

// planAccess is what each role gets from a route of the plan: nobody, another manager, and the owner, of a commitment
// that is open, and of one that is closed together with a finished assessment.
type planAccess struct {
	// fields is the form that a POST sends; nil for a GET.
	fields func(planWorld) url.Values

	nobody, another, open, closed int
}

// planWorld is a manager's plan with an open commitment and a closed one, a draft that asks after the open one, and a
// finished assessment.
type planWorld struct {
	site                           *site
	owner, another                 *browser
	openID, closedID, draft, ended string
	// about is the commitment that is asked about, entryID an entry of the owner's log.
	about, entryID string
	// mapID is a finished depth map of the owner's, draftMap one that they are at.
	mapID, draftMap string
}

// commits makes a commitment through its form, and gives its id.
func (b *browser) commits(competency string, pairs ...string) string {
	b.t.Helper()
	plan := b.get(b.site.paths.NewCommitment("")).wantStatus(http.StatusOK).
		press("Put it in my plan", append([]string{"competency", competency, "occasion", "a release is over", "action", "sit ten minutes with whoever was on call"}, pairs...)...).
		wantStatus(http.StatusOK).wantText("It stands in your plan")
	var newest string
	for _, address := range plan.addresses("href") {
		if strings.HasSuffix(address, "/follow-up") {
			newest = path.Base(path.Dir(address))
		}
	}
	return newest
}

// in is the same in a fork of the site.
func (w planWorld) in(fork *site) planWorld {
	w.site, w.owner, w.another = fork, w.owner.in(fork), w.another.in(fork)
	return w
}

func newPlanWorld(s *site) planWorld {
	s.t.Helper()
	w := planWorld{site: s, owner: s.browser(), another: s.browser()}
	w.another.finished("first-team", "pulse")
	w.ended = w.owner.finished("first-team", "full")
	w.closedID = w.owner.commits("design")
	w.owner.post(s.paths.FollowUp(w.closedID), url.Values{"became": {"kept"}, "line@1": {""}, "then": {"close"}}).wantStatus(onward)
	w.openID = w.owner.commits("debt", "notice", "one workaround a month goes", "bet", "60")
	s.clock.advance(42 * day)
	w.draft = w.owner.begun("first-team", "full")
	w.about, w.entryID = w.openID, w.owner.jots("debt", "The cron job again.")
	w.mapID = w.owner.maps("first-team", placing("ux", "none", "high")...)
	_, w.draftMap = w.owner.beginsMap("first-team")
	return w
}

// inhabitPlan gives a manager a plan: one commitment that stands beside a result, one that is open; a log; a cadence, and
// the address of a calendar.
func (s *site) inhabitPlan(owner *browser) {
	s.t.Helper()
	closed := owner.commits("design", "notice", "authors begin to ask it themselves", "bet", "60")
	owner.get(s.paths.FollowUp(closed)).press("Keep it in my plan", "became", "partly", "line", "Twice of three.", "then", "close").wantStatus(http.StatusOK)
	s.clock.advance(day)
	owner.finished("wider-scope", "full")
	s.clock.advance(day)
	owner.commits("debt", "notice", "one workaround a month goes")
	owner.jots("debt", "The cron job again.")
	owner.jots("", "Two teams want the same flag service.")
	owner.get(s.paths.Reminders()).press("Save", "rhythm", "usual").wantText("Saved.")
	owner.calendar()
}

func (w planWorld) path(pattern, commitment, assessment string) string {
	_, address, _ := strings.Cut(pattern, " ")
	depth := w.mapID
	if commitment == w.openID {
		depth = w.draftMap
	}
	return w.site.paths.Base + strings.NewReplacer("{map}", depth, "{commitment}", commitment, "{assessment}", assessment, "{entry}", w.entryID).Replace(address)
}

func aim(w planWorld) url.Values {
	return url.Values{
		"competency": {"vision"}, "occasion": {"a quarter begins"}, "action": {"run one cheap trial"}, "notice": {""},
		"until": {w.site.clock.now().AddDate(0, 0, 42).Format("2006-01-02")},
	}
}

// shownIn is what a form of the owner's sends as its page shows it, with the button of these words; nothing where there is
// no such form.
func (w planWorld) shownIn(address, button string) url.Values {
	fields := url.Values{}
	shown := w.owner.get(address)
	if shown.status != http.StatusOK {
		return fields
	}
	form, _ := shown.formOf(button)
	for name, values := range marked(shown.controls(form)) {
		if !strings.HasPrefix(name, "once") {
			fields[name] = values
		}
	}
	return fields
}

// otherWords changes the open commitment as a page shows it.
func otherWords(w planWorld) url.Values {
	fields := w.shownIn(w.site.paths.Commitment(w.openID), "Save the change")
	for name := range fields {
		if words := aim(w)[untied(name)]; words != nil {
			fields[name] = words
		}
	}
	return fields
}

func kept(planWorld) url.Values {
	return url.Values{"became": {"kept"}, "line@1": {"each time"}, "then": {"close"}}
}

// shownEnd deletes the commitment that is asked about as its page shows it.
func shownEnd(w planWorld) url.Values {
	fields := w.shownIn(w.site.paths.DeleteCommitment(w.about), "Delete the commitment")
	fields.Set("meant", "yes")
	return fields
}

func allKept(w planWorld) url.Values {
	return url.Values{"commitment": {w.openID}, "became." + w.openID: {"kept"}, "line." + w.openID + "@1": {"each time"}, "then." + w.openID: {"carry"}}
}

// shownMapEnd deletes the map that is asked about as its page shows it.
func shownMapEnd(w planWorld) url.Values {
	fields := w.shownIn(w.path("GET "+paths.DeleteDepthMapPattern, w.about, ""), "Delete the map")
	fields.Set("meant", "yes")
	return fields
}

func anEnd(planWorld) url.Values { return url.Values{} }

func aPlace(planWorld) url.Values {
	return url.Values{"item": {"backend"}, "depth": {"deep"}, "weight": {"low"}, "seen": {"0"}}
}

func aMap(planWorld) url.Values { return url.Values{"scope": {"first-team"}, "craft": {"software"}} }

func places(planWorld) url.Values {
	return url.Values{"depth.ux": {"deep"}, "weight.ux": {"low"}, "then": {"save"}}
}

func anEntry(w planWorld) url.Values {
	return url.Values{"noted": {"Another thing."}, "day": {w.site.clock.now().Format("2006-01-02")}, "competency": {"vision"}}
}

// shownDeletion deletes an entry as its page shows it, if there is one.
func shownDeletion(w planWorld) url.Values {
	fields := w.shownIn(w.site.paths.DeleteEntry(w.entryID), "Delete the entry")
	fields.Set("meant", "yes")
	return fields
}

// planRoutes is who gets what of a plan. What is someone else's is missing.
var planRoutes = map[string]planAccess{
	"GET " + paths.PlanPattern:              {nil, missing, ok, ok, ok},
	"GET " + paths.PlanJSONPattern:          {nil, missing, ok, ok, ok},
	"GET " + paths.PlanSchemaPattern:        {nil, ok, ok, ok, ok},
	"GET " + paths.NewCommitmentPattern:     {nil, missing, ok, ok, ok},
	"POST " + paths.NewCommitmentPattern:    {aim, missing, onward, onward, onward},
	"GET " + paths.CommitmentPattern:        {nil, missing, missing, ok, onward},
	"POST " + paths.CommitmentPattern:       {otherWords, missing, missing, onward, invalid},
	"GET " + paths.FollowUpPattern:          {nil, missing, missing, ok, onward},
	"POST " + paths.FollowUpPattern:         {kept, missing, missing, onward, invalid},
	"GET " + paths.DeleteCommitmentPattern:  {nil, missing, missing, ok, ok},
	"POST " + paths.DeleteCommitmentPattern: {shownEnd, missing, missing, onward, onward},
	"GET " + paths.FollowingPattern:         {nil, missing, missing, ok, onward},
	"POST " + paths.FollowingPattern:        {allKept, missing, missing, onward, onward},
	"GET " + paths.DepthMapsPattern:         {nil, ok, ok, ok, ok},
	"GET " + paths.DepthMapsJSONPattern:     {nil, missing, ok, ok, ok},
	"GET " + paths.DepthSchemaPattern:       {nil, ok, ok, ok, ok},
	"POST " + paths.DepthMapsPattern:        {aMap, onward, onward, onward, onward},
	"GET " + paths.DepthMapPattern:          {nil, missing, missing, onward, ok},
	"GET " + paths.PlacesPattern:            {nil, missing, missing, ok, onward},
	"POST " + paths.PlacesPattern:           {places, missing, missing, onward, conflict},
	"GET " + paths.PlacedPattern:            {nil, missing, missing, ok, conflict},
	"POST " + paths.PlacedPattern:           {aPlace, missing, missing, ok, conflict},
	"POST " + paths.EndMapOfferPattern:      {anEnd, missing, onward, onward, onward},
	"GET " + paths.DeleteDepthMapPattern:    {nil, missing, missing, ok, ok},
	"POST " + paths.DeleteDepthMapPattern:   {shownMapEnd, missing, missing, onward, onward},
	"GET " + paths.LogPattern:               {nil, missing, ok, ok, ok},
	"GET " + paths.LogJSONPattern:           {nil, missing, ok, ok, ok},
	"GET " + paths.LogSchemaPattern:         {nil, ok, ok, ok, ok},
	"GET " + paths.LogCSVPattern:            {nil, missing, ok, ok, ok},
	"GET " + paths.NotePattern:              {nil, missing, ok, ok, ok},
	"POST " + paths.NotePattern:             {anEntry, missing, onward, onward, onward},
	"GET " + paths.EntryPattern:             {nil, missing, missing, ok, ok},
	"POST " + paths.EntryPattern:            {anEntry, missing, missing, onward, onward},
	"GET " + paths.DeleteEntryPattern:       {nil, missing, missing, ok, ok},
	"POST " + paths.DeleteEntryPattern:      {shownDeletion, missing, missing, onward, onward},
}

func (w *planWorld) ask(b *browser, commitment, assessment, pattern string, row planAccess) *page {
	b.t.Helper()
	w.about = commitment
	if row.fields == nil {
		return b.get(w.path(pattern, commitment, assessment))
	}
	return b.post(w.path(pattern, commitment, assessment), row.fields(*w))
}

func TestEveryPlanRouteByRole(t *testing.T) {
	t.Parallel()
	world := newPlanWorld(newSite(t))
	fork := world.site.forked()
	for pattern, row := range planRoutes {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			w := world.in(fork(t))
			held := func() string {
				return w.owner.get(w.site.paths.PlanJSON()).body + w.owner.get(w.site.paths.LogJSON()).body
			}
			before := held()
			ask := func(b *browser, commitment, assessment string) int {
				return w.ask(b, commitment, assessment, pattern, row).status
			}
			for _, one := range []struct {
				who     string
				browser *browser
				want    int
			}{{"nobody", w.site.browser(), row.nobody}, {"another manager", w.another, row.another}} {
				if got := ask(one.browser, w.openID, w.draft); got != one.want {
					t.Errorf("%s: status %d, want %d", one.who, got, one.want)
				}
			}
			if now := held(); now != before {
				t.Errorf("others changed the owner’s plan from\n%s to\n%s", before, now)
			}
			if got := ask(w.owner, w.closedID, w.ended); got != row.closed {
				t.Errorf("the owner, of a closed one: status %d, want %d", got, row.closed)
			}
			if pattern == "POST "+paths.FollowingPattern || pattern == "POST "+paths.DeleteEntryPattern {
				w = world.in(fork(t)) // it was said before the finished one, or is deleted
			}
			if got := ask(w.owner, w.openID, w.draft); got != row.open {
				t.Errorf("the owner, of an open one: status %d, want %d", got, row.open)
			}
		})
	}
}

// Nobody learns from an answer whether a commitment of someone else's exists.
func TestSomeoneElsesCommitmentIsLikeMissing(t *testing.T) {
	t.Parallel()
	w := newPlanWorld(newSite(t))
	w.another.get(w.site.paths.Plan()) // after weeks it gets its cookie anew
	for pattern, row := range planRoutes {
		if !strings.Contains(pattern, "{commitment}") && !strings.Contains(pattern, "{entry}") && !strings.Contains(pattern, "{map}") {
			continue
		}
		ask := func(commitment string) *page {
			w := w
			if commitment != w.openID {
				w.entryID, w.mapID = commitment, commitment
			}
			if row.fields == nil {
				return w.another.get(w.path(pattern, commitment, ""))
			}
			return w.another.post(w.path(pattern, commitment, ""), row.fields(w))
		}
		got, want := ask(w.openID), ask(strings.Repeat("A", len(w.openID)))
		if got.withoutRequestID() != want.withoutRequestID() || !maps.EqualFunc(got.header, want.header, func(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }) {
			t.Errorf("%s: somebody else’s differs from a missing one", pattern)
		}
	}
}
