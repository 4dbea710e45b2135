package web_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
)

// The walk that is taken unless another is asked for.
const (
	usualWalk     = 300
	usualWalkSeed = 40
)

var (
	walkSteps = flag.Int("walk", usualWalk, "how many steps the random walk over all requests takes")
	walkSeed  = flag.Uint64("walk-seed", usualWalkSeed, "where the random walk begins")
)

// walker lets a few people use the app at random, side by side. It keeps a model of who may see what, written
// down apart from the app: every word that anybody writes is a mark that occurs nowhere else, and whatever
// is answered to somebody may hold only marks that the model grants them. What somebody asks for and may not
// have has to be missing, and nothing that they do may fail on the server's side.
type walker struct {
	t      *testing.T
	site   *site
	random *rand.Rand
	people []*walkPerson
	marks  map[string]mark
	// writtenOf is of which assessment a mentor wrote.
	writtenOf map[string]*walkAssessment

	assessments []*walkAssessment
	shares      []*walkShare
	entries     []*walkEntry
	commitments []*walkCommitment
	maps        []*walkMap
	teams       []*walkTeam
	// trace is what was done, to be read where the walk fails.
	trace []string
	// seen counts the marks that were shown to somebody by kind, and answers by status: a walk that
	// shows nothing would prove nothing.
	seen    map[string]int
	answers map[int]int
}

// mark is a word that stands for what one person wrote.
type mark struct {
	kind   string
	author *walkPerson
	// may tells whom else it may be shown to, as things are now. Nobody is nil.
	may func(*walkPerson) bool
}

// walkPerson is somebody with one browser: a manager, a mentor of others, and a member of teams, or not yet.
type walkPerson struct {
	name    string
	browser *browser
	// known reports whether the browser has a session of a manager.
	known bool
	// calendar is the path by which their calendar is read, "" for none; calendars are those that have ended.
	calendar  string
	calendars []string
	// typed are the marks in the request that is on its way: a form that is refused gives them back.
	typed []string
}

// markWritten matches every mark. No id, word or number of the app looks like it.
var markWritten = regexp.MustCompile(`zq[0-9]{5}qz`)

// seededText returns texts as crypto/rand.Text does, the same in each run.
func seededText(random *rand.Rand) func() string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	return func() string {
		var text strings.Builder
		for range 26 {
			text.WriteByte(letters[random.IntN(len(letters))])
		}
		return text.String()
	}
}

func newWalker(t *testing.T, seed uint64) *walker {
	// The ids are from a source of their own, so that they decide nothing.
	s := newSite(t, mailing, func(s *site) {
		ids := seededText(rand.New(rand.NewPCG(seed, 1)))
		s.useCases = app.New(s.store, s.library, s.clock.now, ids, app.Secret)
		s.configuration.Random = ids
	})
	w := &walker{
		t: t, site: s, random: rand.New(rand.NewPCG(seed, 0)),
		marks: map[string]mark{}, writtenOf: map[string]*walkAssessment{}, seen: map[string]int{}, answers: map[int]int{},
	}
	for _, name := range []string{"Ada", "Ben", "Cem", "Dana", "Eli", "Fay"} {
		w.people = append(w.people, w.arrives(name))
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("-walk-seed %d; the last steps were:\n%s", seed, strings.Join(w.trace[max(0, len(w.trace)-25):], "\n"))
		}
	})
	return w
}

// arrives gives somebody a browser whose every answer is looked through.
func (w *walker) arrives(name string) *walkPerson {
	person := &walkPerson{name: name, browser: w.site.browser()}
	person.browser.client.Transport = watched{w, person, person.browser.client.Transport}
	return person
}

// watched looks through everything that is answered to one person.
type watched struct {
	walker *walker
	person *walkPerson
	next   http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t watched) RoundTrip(request *http.Request) (*http.Response, error) {
	t.person.typed = nil
	if request.Body != nil {
		sent, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, err
		}
		t.person.typed = markWritten.FindAllString(string(sent), -1)
		request.Body = io.NopCloser(bytes.NewReader(sent))
	}
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(content))
	what := fmt.Sprintf("%s: %s %s answers %d", t.person.name, request.Method, request.URL.Path, response.StatusCode)
	t.walker.trace = append(t.walker.trace, what)
	t.walker.look(t.person, what, response, string(content))
	return response, nil
}

// look wants an answer to hold nothing that the person may not see, and to be none of a server's failures.
func (w *walker) look(person *walkPerson, what string, response *http.Response, content string) {
	w.t.Helper()
	w.answers[response.StatusCode]++
	if response.StatusCode >= http.StatusInternalServerError {
		w.t.Fatalf("%s:\n%s", what, w.site.log)
	}
	for _, header := range response.Header {
		content += strings.Join(header, "\n")
	}
	for _, found := range markWritten.FindAllString(content, -1) {
		known, written := w.marks[found]
		switch {
		case !written:
			w.t.Fatalf("%s: it holds %s, which nobody wrote", what, found)
		case known.author == person || strings.Contains(strings.Join(person.typed, " "), found):
		case !known.may(person):
			w.t.Fatalf("%s: it holds %s, the %s that %s wrote and %s may not see", what, found, known.kind, known.author.name, person.name)
		default:
			w.seen[known.kind]++
		}
	}
}

// writes makes up a text of somebody's.
func (w *walker) writes(author *walkPerson, kind string, may func(*walkPerson) bool) string {
	word := fmt.Sprintf("zq%05dqz", len(w.marks))
	w.marks[word] = mark{kind, author, may}
	return word
}

// one picks among some at random; the zero value if there are none.
func one[T any](w *walker, among []T) (picked T) {
	if len(among) > 0 {
		picked = among[w.random.IntN(len(among))]
	}
	return picked
}

// chance returns true in one of so many cases.
func (w *walker) chance(oneIn int) bool { return w.random.IntN(oneIn) == 0 }

// notes adds to the trace.
func (w *walker) notes(format string, arguments ...any) {
	w.trace = append(w.trace, "— "+fmt.Sprintf(format, arguments...))
}

// requests counts what was asked so far.
func (w *walker) requests() (count int) {
	for _, each := range w.answers {
		count += each
	}
	return count
}

// step lets somebody do something, and then somebody ask for this and that.
func (w *walker) step() {
	act := w.pick()
	for _, number := range w.random.Perm(len(w.people)) {
		before := w.requests()
		w.notes("%s: %s", w.people[number].name, act.name)
		if act.do(w, w.people[number]); w.requests() > before {
			break // whose it was to do; else somebody after them may be able to
		}
		w.trace = w.trace[:len(w.trace)-1]
	}
	for range 3 {
		w.probe(one(w, w.people))
	}
	if w.chance(5) {
		w.probe(w.arrives("nobody"))
	}
	if w.chance(4) {
		w.reads()
	}
	if w.chance(4) {
		w.meets()
	}
	if w.chance(4) {
		w.readCalendar(one(w, w.people))
		w.readPlan(one(w, w.people))
		w.readMaps(one(w, w.people))
	}
	if w.chance(3) {
		w.wander(one(w, w.people))
	}
	w.site.clock.advance(time.Duration(1+w.random.IntN(120)) * time.Minute)
}

// wander follows a few links from the first page on, as a person does: each leads somewhere.
func (w *walker) wander(person *walkPerson) {
	w.notes("%s wanders", person.name)
	got := person.browser.get(w.site.paths.Home()).wantStatus(http.StatusOK)
	for range 5 {
		links := got.linked()
		if got.root() == nil || len(links) == 0 {
			return
		}
		target, err := got.address.Parse(one(w, links))
		if err != nil {
			w.t.Fatal(err)
		}
		target.Fragment = ""
		if target.Host != got.address.Host || strings.HasPrefix(target.Path, w.site.paths.Base+"/assets/") {
			continue
		}
		// The page on which a mentor forgets a link leads back to it, also if it has ended.
		if got = person.browser.visit(target.RequestURI()); got.status != http.StatusGone {
			got.wantStatus(http.StatusOK)
		}
	}
}

// Whatever people do, nobody is shown what another wrote for others, what one may not have is missing, and
// nothing fails. The walk is the same each time; -walk and -walk-seed take another or a longer one. Which steps show
// what changes with every link that a page gets, so another walk follows until something of all was shown.
func TestWalk(t *testing.T) {
	t.Parallel()
	const walks = 12
	unseen := []string{
		"note", "entry of a log", "word of a commitment", "domain of a map", "whom of a map", "words on a move", "calendar", "name of a share’s owner", "question", "comment", "word on the whole", "name of a mentor",
		"name of a team", "name of a member", "name of a cycle", "proposal", "outcome",
	}
	unanswered := []int{http.StatusOK, http.StatusSeeOther, http.StatusNotFound, http.StatusGone}
	for seed := *walkSeed; seed < *walkSeed+walks && len(unseen)+len(unanswered) > 0; seed++ {
		w := newWalker(t, seed)
		for range *walkSteps {
			w.step()
		}
		t.Logf("%d requests answered, by status %v; shown to others, by kind: %v", w.requests(), w.answers, w.seen)
		if *walkSteps < usualWalk || *walkSeed != usualWalkSeed {
			return
		}
		unseen = slices.DeleteFunc(unseen, func(kind string) bool { return w.seen[kind] > 0 })
		unanswered = slices.DeleteFunc(unanswered, func(status int) bool { return w.answers[status] > 0 })
	}
	for _, kind := range unseen {
		t.Errorf("no %s was shown to anybody else, so the walks prove nothing of it", kind)
	}
	for _, status := range unanswered {
		t.Errorf("nothing was answered with %d", status)
	}
}
