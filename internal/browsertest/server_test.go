package browsertest

import (
	"crypto/rand"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/demonstration"
	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
)

// library is the real content, read once.
var library = sync.OnceValues(func() (*questionnaire.Library, error) { return questionnaire.Load(data.Files) })

// server is the app on a loopback address, over a database of its own.
type server struct {
	base    string
	library *questionnaire.Library
	// engine is the browser in which its tabs are opened.
	engine *engine
	clock  clock
	store  *store.Store
	// mail takes the mails that it sends; nil if it sends none.
	mail *mailtest.Server
	// client trusts the server's certificate.
	client *http.Client
	// pass lets time pass where the server doesn't go by the clock; nil where it does.
	pass func(time.Duration)
	// beside is the address of another site that its pages may lead to, "" for none.
	beside string
}

// later lets time pass.
func (s *server) later(by time.Duration) {
	if s.pass == nil {
		s.clock.advance(by)
		return
	}
	s.pass(by)
}

// clock is the server's time, which a test can move on.
type clock struct {
	mutex sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return time.Now().Add(c.ahead)
}

// advance moves the clock on, as if the manager came back after that time.
func (c *clock) advance(by time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.ahead += by
}

// quarter is the time between two assessments.
const quarter = 91 * 24 * time.Hour

func newServer(t *testing.T) *server { return serve(t, false, "http") }

// newSecureServer serves over https, with a certificate that nobody signed and the browsers are told to take.
func newSecureServer(t *testing.T) *server { return serve(t, false, "https") }

// newDemonstration serves the demonstration, as "make demo" does.
func newDemonstration(t *testing.T) *server { return serve(t, true, "http") }

// in opens the server's tabs in an engine.
func (s *server) in(e *engine) *server {
	s.engine = e
	return s
}

func serve(t *testing.T, demonstrate bool, scheme string) *server {
	t.Helper()
	return serveOver(t, storetest.SQLite(t), demonstrate, scheme)
}

// serveOver serves the app over a database that the test has opened, as the changes configure it. What they make of the
// base URL has to lead to the same address.
func serveOver(t *testing.T, opened *store.Store, demonstrate bool, scheme string, changes ...func(*web.Configuration)) *server {
	t.Helper()
	content, err := library()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{library: content, store: opened, engine: chromium, client: http.DefaultClient}
	configuration := web.Configuration{
		Secret: []byte(rand.Text() + rand.Text()), Now: s.clock.now, Random: rand.Text,
		Log: slog.New(slog.NewTextHandler(serverLog{t}, &slog.HandlerOptions{Level: slog.LevelError})),
	}
	if demonstrate {
		if configuration.DemonstrationManager, err = demonstration.Fill(t.Context(), opened, content, s.clock.now()); err != nil {
			t.Fatal(err)
		}
	}
	listening := httptest.NewUnstartedServer(nil)
	s.base = scheme + "://" + listening.Listener.Addr().String()
	if configuration.BaseURL, err = url.Parse(s.base + "/"); err != nil {
		t.Fatal(err)
	}
	if !demonstrate {
		s.mail = mailtest.Start(t, mail.Unprotected, false)
		sender, err := mail.New(s.mail.Settings)
		if err != nil {
			t.Fatal(err)
		}
		configuration.Mail = mail.NewOutbox(sender, configuration.Log)
		t.Cleanup(func() { configuration.Mail.Close(time.Minute) })
	}
	for _, change := range changes {
		change(&configuration)
	}
	s.base = strings.TrimSuffix(configuration.BaseURL.String(), "/")
	listening.Config.Handler, err = web.New(app.New(opened, content, s.clock.now, rand.Text, app.Secret), configuration)
	if err != nil {
		t.Fatal(err)
	}
	if scheme == "https" {
		listening.Config.ErrorLog = log.New(io.Discard, "", 0) // where a browser first refuses the certificate
		listening.StartTLS()
		s.client = listening.Client()
	} else {
		listening.Start()
	}
	t.Cleanup(listening.Close)
	return s
}

// serverLog fails the test on what the server logs as an error.
type serverLog struct{ t *testing.T }

// Write implements io.Writer.
func (l serverLog) Write(line []byte) (int, error) {
	l.t.Errorf("the server logged an error: %s", line)
	return len(line), nil
}

// sections returns the questionnaire's competencies in the order of its pages.
func (s *server) sections(t *testing.T, id string) []questionnaire.Section {
	t.Helper()
	found, ok := s.library.Questionnaire(id)
	if !ok {
		t.Fatalf("there is no questionnaire %q", id)
	}
	return found.For("software").Sections
}

// visitor sends forms without a browser: the quick way to bring the app into the state that a test
// is about.
type visitor struct {
	t      *testing.T
	server *server
	client *http.Client
}

func (s *server) newVisitor(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, s, &http.Client{
		Transport:     s.client.Transport,
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (v *visitor) cookies() []*http.Cookie {
	base, err := url.Parse(v.server.base)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.client.Jar.Cookies(base)
}

// request gets an address, or posts a form to it where there is one.
func (v *visitor) request(address string, form url.Values) (status int, location, body string) {
	v.t.Helper()
	var response *http.Response
	var err error
	if form == nil {
		response, err = v.client.Get(v.server.base + address)
	} else {
		response, err = v.client.PostForm(v.server.base+address, form)
	}
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("Location"), string(content)
}

// post sends a form that must be taken, and returns the address to which it leads.
func (v *visitor) post(address string, form url.Values) string {
	v.t.Helper()
	status, location, body := v.request(address, form)
	if status != http.StatusSeeOther {
		v.t.Fatalf("POST %s answered %d:\n%s", address, status, body)
	}
	return location
}

var to paths.Paths

// start begins an assessment of the last three months and returns its id.
func (v *visitor) start(questionnaire string, form model.Form) string {
	v.t.Helper()
	return path.Base(v.post(to.Start(), url.Values{
		"questionnaire": {questionnaire}, "craft": {"software"}, "form": {string(form)},
	}))
}

// readingTime is the time that a visitor spends on a page: enough not to look careless.
const readingTime = time.Minute

// answer fills in the pages of a questionnaire, as choose says for each item; "" leaves one blank.
func (v *visitor) answer(id, questionnaire string, choose level) {
	v.t.Helper()
	for _, section := range v.server.sections(v.t, questionnaire) {
		form := url.Values{"spent": {strconv.FormatInt(readingTime.Milliseconds(), 10)}}
		for number, item := range section.Items {
			if chosen := choose(section.Competency, number); chosen != "" {
				form.Set("level."+item.ID, chosen)
			}
		}
		if len(form) > 1 {
			v.post(to.Questions(id, section.Competency), form)
		}
	}
}

// take takes a whole assessment, meant as it is however few its answers or whatever their pattern, and returns its id.
func (v *visitor) take(questionnaire string, form model.Form, choose level) string {
	v.t.Helper()
	id := v.start(questionnaire, form)
	v.answer(id, questionnaire, choose)
	v.post(to.Finish(id), url.Values{"meant": {"yes"}})
	return id
}

// mixed answers as someone with a clear strength and two clear gaps would.
func mixed(competency string, number int) string {
	switch competency {
	case "coaching":
		return "5"
	case "debt", "vision":
		return "1"
	}
	return strconv.Itoa(3 + number%2)
}

// raised answers as the same person would after a good year.
func raised(competency string, number int) string {
	switch competency {
	case "design", "tradeoffs", "systems", "debt":
		return "5"
	}
	return mixed(competency, number)
}
