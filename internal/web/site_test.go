package web_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/paths"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
)

// opening is when the clock of every test starts.
var opening = time.Date(2026, time.November, 16, 9, 30, 0, 0, time.UTC)

// shipped are the questionnaires that the product comes with.
var shipped = sync.OnceValues(func() (*questionnaire.Library, error) { return questionnaire.Load(data.Files) })

// farAway is the zone of the machine, which must never show.
var farAway = time.FixedZone("far away", -11*60*60)

// clock is a time that a test moves.
type clock struct {
	mutex sync.Mutex
	at    time.Time
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

// far is what the machine's own clock tells, in its zone.
func (c *clock) far() time.Time { return c.now().In(farAway) }

func (c *clock) advance(by time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = c.at.Add(by)
}

const day = 24 * time.Hour

// site is one whole installation: the handler over a real database file, with its log.
type site struct {
	t             *testing.T
	configuration web.Configuration
	paths         paths.Paths
	handler       http.Handler
	library       *questionnaire.Library
	useCases      *app.App
	store         *store.Store
	clock         *clock
	log           *siteLog
	// mail takes the mails of an installation that sends some.
	mail *mailtest.Server
	// address is that of the database.
	address string
	// wrap, if any, stands between every browser and the site.
	wrap func(http.RoundTripper) http.RoundTripper
}

// siteLog keeps what a site logs, from however many requests at once.
type siteLog struct {
	mutex sync.Mutex
	lines bytes.Buffer
}

// Write implements io.Writer.
func (l *siteLog) Write(line []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.lines.Write(line)
}

// String is all that was logged since the last Reset.
func (l *siteLog) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.lines.String()
}

// Reset forgets what was logged.
func (l *siteLog) Reset() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.lines.Reset()
}

// newSite makes an installation at https://whetstone.test, unless a change makes it another.
func newSite(t *testing.T, change ...func(*site)) *site {
	t.Helper()
	return newSiteAt(t, storetest.MigratedAddress(t), change...)
}

// newSiteAt makes an installation over the database at an address.
func newSiteAt(t *testing.T, address string, change ...func(*site)) *site {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, library: library, clock: &clock{at: opening}, log: &siteLog{}}
	s.keptAt(address)
	s.configuration = web.Configuration{
		BaseURL: &url.URL{Scheme: "https", Host: "whetstone.test", Path: "/"},
		Secret:  bytes.Repeat([]byte("k"), 32),
		Log:     slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:     s.clock.far,
		Random:  rand.Text,
	}
	for _, apply := range change {
		apply(s)
	}
	s.paths = paths.Paths{Base: strings.TrimSuffix(s.configuration.BaseURL.Path, "/")}
	s.handler, err = web.New(s.useCases, s.configuration)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keptAt has an installation keep its data in the database at an address.
func (s *site) keptAt(address string) {
	s.t.Helper()
	s.address, s.store = address, storetest.Open(s.t, address)
	s.useCases = app.New(s.store, s.library, s.clock.far, rand.Text, app.Secret)
}

// beside is another process of the installation, over the same database.
func (s *site) beside() http.Handler {
	s.t.Helper()
	other := app.New(storetest.Open(s.t, s.address), s.library, s.clock.far, rand.Text, app.Secret)
	handler, err := web.New(other, s.configuration)
	if err != nil {
		s.t.Fatal(err)
	}
	return handler
}

// at puts an installation at another address.
func at(address string) func(*site) {
	return func(s *site) {
		parsed, err := url.Parse(address)
		if err != nil {
			s.t.Fatal(err)
		}
		s.configuration.BaseURL = parsed
	}
}

// firstItems are the items that a questionnaire's first competency asks in full.
func (s *site) firstItems(id string) (competency string, items []questionnaire.Item) {
	s.t.Helper()
	chosen, found := s.library.Questionnaire(id)
	if !found {
		s.t.Fatalf("there is no questionnaire %q", id)
	}
	first := chosen.For("software").Sections[0]
	return first.Competency, first.Items
}

// asked counts the questions that a questionnaire asks in full.
func (s *site) asked(id string) int {
	s.t.Helper()
	chosen, found := s.library.Questionnaire(id)
	if !found {
		s.t.Fatalf("there is no questionnaire %q", id)
	}
	return chosen.Asked(questionnaire.FormFull, "software")
}

// start begins an assessment over the form and returns its id.
func (b *browser) start(questionnaireID, form string) string {
	b.t.Helper()
	answer := b.post(b.site.paths.Start(), b.startFields(questionnaireID, form))
	answer.wantStatus(http.StatusSeeOther)
	location := answer.header.Get("Location")
	return location[strings.LastIndex(location, "/")+1:]
}

// startFields are what the form for a new assessment sends.
func (b *browser) startFields(questionnaireID, form string) url.Values {
	return url.Values{
		"questionnaire": {questionnaireID}, "craft": {"software"}, "form": {form},
	}
}

// answerAll answers every question of a draft, page by page as the form sends it. pick gives the level
// of the number-th question.
func (b *browser) answerAll(id, questionnaireID string, pick func(number int) string) {
	b.t.Helper()
	chosen, _ := b.site.library.Questionnaire(questionnaireID)
	number := 0
	for _, section := range chosen.For("software").Sections {
		fields := url.Values{"spent": {"90000"}, "go": {"continue"}}
		for _, item := range section.Items {
			fields.Set("level."+item.ID, pick(number))
			number++
		}
		path := b.site.paths.Questions(id, section.Competency)
		answer := b.post(path, fields)
		if answer.status == http.StatusConflict { // something is answered already, and the page has to tell that it shows that
			answer = b.post(path, b.opened(path, fields))
		}
		answer.wantStatus(http.StatusSeeOther)
	}
}

// opened opens a page that saves by itself, and fills in fields by the names that they have there, which tell what the page
// shows.
func (b *browser) opened(path string, fields url.Values) url.Values {
	b.t.Helper()
	shown := b.get(path).wantStatus(http.StatusOK)
	form := shown.byID("questions")
	if form == nil {
		form = shown.byID("words")
	}
	controls := shown.controls(form)
	named := marked(controls)
	for name, values := range fields {
		if found := control(controls, name, values[0]); found != nil {
			name = attribute(found, "name")
		}
		named[name] = values
	}
	return named
}

// varied returns levels as a person does who reads the questions.
func varied(number int) string { return []string{"4", "3", "3", "2", "5", "3", "0", "4"}[number%8] }

// finished takes a whole assessment and returns its id.
func (b *browser) finished(questionnaireID, form string) string {
	b.t.Helper()
	id := b.start(questionnaireID, form)
	b.answerAll(id, questionnaireID, varied)
	b.post(b.site.paths.Finish(id), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	return id
}

// begun starts an assessment and answers one question of it, so that it is a draft of its own.
func (b *browser) begun(questionnaireID, form string) string {
	b.t.Helper()
	id := b.start(questionnaireID, form)
	_, items := b.site.firstItems(questionnaireID)
	b.post(b.site.paths.Answers(id), url.Values{
		"item": {items[0].ID}, "level": {"4"}, "note": {"A note of one’s own."},
	}).wantStatus(http.StatusOK)
	return id
}

// answers reads what is kept of a draft, by item.
func (b *browser) answers(id string) map[string]savedAnswer {
	b.t.Helper()
	page := b.get(b.site.paths.Answers(id)).wantStatus(http.StatusOK)
	var list struct{ Answers []savedAnswer }
	page.decode(&list)
	kept := map[string]savedAnswer{}
	for _, answer := range list.Answers {
		kept[answer.Item] = answer
	}
	return kept
}

// savedAnswer is an answer as the app tells a script.
type savedAnswer struct {
	Item  string
	Level int
	Note  string
	Seen  string
}

// decode reads a JSON answer.
func (p *page) decode(into any) {
	p.t.Helper()
	if got := p.header.Get("Content-Type"); got != "application/json" {
		p.t.Fatalf("content type %q, want JSON", got)
	}
	if err := json.Unmarshal([]byte(p.body), into); err != nil {
		p.t.Fatalf("%v in %s", err, p.body)
	}
}
