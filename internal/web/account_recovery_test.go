package web_test

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"whetstone/internal/model"

	"golang.org/x/net/html"

	"whetstone/internal/app"
	"whetstone/internal/store/storetest"
)

// unknownKey is a key by its checksum that opens nothing.
var unknownKey = strings.Repeat("abandon ", 11) + "about"

// keyWords reads the words of a key off the page that shows them.
func (p *page) keyWords() string {
	p.t.Helper()
	var words []string
	for _, list := range find(p.root(), tagged("ol")) {
		if attribute(list, "class") == "key-words" {
			for _, word := range find(list, tagged("li")) {
				words = append(words, text(word))
			}
		}
	}
	if len(words) != 12 {
		p.t.Fatalf("%s shows the words %q, want twelve", p.address, words)
	}
	return strings.Join(words, " ")
}

// makeKey goes from the settings to a recovery key, and returns its words.
func (b *browser) makeKey() string {
	b.t.Helper()
	return b.visit(b.site.paths.RecoveryKey()).press("Make my recovery key").wantStatus(http.StatusOK).keyWords()
}

// recover enters words on the page for them, as somebody does who comes from the first page.
func (b *browser) recover(words string) *page {
	b.t.Helper()
	return b.visit(b.visit(b.site.paths.Home()).link("Open your history")).press("Open the history", "words", words)
}

// asking makes all requests of a browser carry a User-Agent.
func (b *browser) asking(userAgent string) *browser {
	b.client.Transport = agent{b.client.Transport, userAgent}
	return b
}

type agent struct {
	http.RoundTripper
	name string
}

// RoundTrip implements http.RoundTripper.
func (a agent) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", a.name)
	return a.RoundTripper.RoundTrip(r)
}

// offers reports whether a page has a control of this name.
func (p *page) offers(name string) bool {
	return len(find(p.root(), func(node *html.Node) bool { return attribute(node, "name") == name })) > 0
}

// From the first result to a second device and back, without a script.
func TestKeyOpensTheHistoryOnAnotherDevice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.browser()
	id := desk.finished("first-team", "full")
	result := desk.visit(s.paths.Result(id)).wantText("Keep your way back in").wantText("Only this browser opens your answers")
	made := desk.visit(result.link("Make a recovery key")).wantText("lost to you").press("Make my recovery key")
	words := made.wantStatus(http.StatusOK).keyWords()
	made.wantText("shown only now").wantText("https://whetstone.test/recover").wantText("lost to you")
	if caching := made.header.Get("Cache-Control"); caching != "no-store" {
		t.Errorf("the page with the words may be kept: %q", caching)
	}
	for _, address := range made.linked() {
		if strings.Contains(address, strings.Fields(words)[0]) {
			t.Errorf("a word of the key stands in the address %q", address)
		}
	}
	for _, path := range []string{s.paths.RecoveryKey(), s.paths.Settings(), s.paths.Result(id), s.paths.About()} {
		got := desk.visit(path)
		if strings.Contains(got.text(), words) || strings.Contains(got.text(), "Only this browser opens your answers") || strings.Contains(got.text(), "Keep your way back in") {
			t.Errorf("%s doesn’t know that there is a key, or shows it:\n%s", path, got.text())
		}
	}

	phone := s.browser()
	phone.recover(strings.ToUpper(words)).wantAt(s.paths.History())
	phone.visit(s.paths.Result(id)).wantAt(s.paths.Result(id))
	if strings.Contains(s.log.String(), strings.Fields(words)[0]+" ") || strings.Contains(s.log.String(), words) {
		t.Error("the log holds words of the key")
	}
}

func TestNewKeyEndsTheOldOne(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	old := owner.makeKey()
	page := owner.visit(s.paths.RecoveryKey()).wantText("A new key ends the old one at once.")
	present := page.press("Make a new key and end the old one").keyWords()
	s.browser().recover(old).wantStatus(http.StatusUnprocessableEntity).wantText("No history opens with these words")
	s.browser().recover(present).wantAt(s.paths.History())
}

// A reload, the way back and a second press send the form once more: that shows the same words within the minute,
// none later, and ends none.
func TestKeyFormSentAgainMakesNoOther(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	form := owner.visit(s.paths.RecoveryKey())
	words := form.press("Make my recovery key").keyWords()
	if twice := form.press("Make my recovery key").keyWords(); twice != words {
		t.Errorf("the form made %q, and then %q", words, twice)
	}
	s.clock.advance(time.Minute + time.Second)
	again := form.press("Make my recovery key").wantAt(s.paths.RecoveryKey() + "?again").wantText("no other was made now")
	if strings.Contains(again.text(), words) {
		t.Error("the words are shown once more")
	}
	s.browser().recover(words).wantAt(s.paths.History())
	replaced := again.press("Make a new key and end the old one").keyWords()
	s.clock.advance(time.Minute + time.Second)
	again.press("Make a new key and end the old one").wantAt(s.paths.RecoveryKey() + "?again")
	s.browser().recover(replaced).wantAt(s.paths.History())
}

func TestWrongWordsAreExplainedAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for words, want := range map[string]string{
		"":         "Enter the twelve words",
		unknownKey: "No history opens with these words",
		strings.Replace(unknownKey, "about", "abuot", 1): "The twelfth word is not one that keys are made of",
	} {
		got := s.browser().recover(words).wantStatus(http.StatusUnprocessableEntity).wantText(want).wantText("Before the history can be opened")
		if kept := rawText(got.byID("words")); kept != words {
			t.Errorf("%q was typed, %q is kept", words, kept)
		}
		if !strings.HasPrefix(got.title(), "Error: ") || got.setsCookie() {
			t.Errorf("the title is %q, a cookie is set: %t", got.title(), got.setsCookie())
		}
	}
}

func TestGuessingIsSlowed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	words := owner.makeKey()
	// The browsers of these tests have one address; the handler is asked by several.
	try := func(address, words string) *page {
		b := s.browser()
		b.client.Transport = inProcessFrom{s.handler, address}
		return b.post(s.paths.Recover(), url.Values{"words": {words}})
	}
	for i := range 10 {
		// All of one IPv6 network are one client.
		try("[2001:db8:1:1::"+strconv.Itoa(i)+"]:4711", unknownKey).wantStatus(http.StatusUnprocessableEntity)
		try("192.0.2.7:"+strconv.Itoa(4000+i), unknownKey).wantStatus(http.StatusUnprocessableEntity)
	}
	for _, address := range []string{"[2001:db8:1:1::ffff]:1", "192.0.2.7:9", "[::ffff:192.0.2.7]:9"} {
		got := try(address, words).wantStatus(http.StatusTooManyRequests).wantText("Too many tries").wantText("Wait ten minutes")
		if wait, err := strconv.Atoi(got.header.Get("Retry-After")); err != nil || wait < 1 || wait > 600 {
			t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
		}
	}
	for _, address := range []string{"[2001:db8:1:2::1]:1", "192.0.2.8:9"} {
		try(address, words).wantStatus(http.StatusSeeOther)
	}
	if log := s.log.String(); strings.Contains(log, "192.0.2.7") || strings.Contains(log, "2001:db8") {
		t.Error("the log holds an address")
	}
}

// inProcessFrom is inProcess for a client of some network address.
type inProcessFrom struct {
	handler http.Handler
	address string
}

// RoundTrip implements http.RoundTripper.
func (t inProcessFrom) RoundTrip(r *http.Request) (*http.Response, error) {
	return inProcess{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = t.address
		t.handler.ServeHTTP(w, r)
	})}.RoundTrip(r)
}

// The session changes with what it may do, so that who knew the old one is not let in.
func TestRecoveryChangesTheCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	before := owner.firstWrite().cookie()
	words := owner.makeKey()
	form := owner.visit(s.paths.Recover())
	fields := url.Values{"words": {words}}
	if form.offers("leave") {
		fields.Set("leave", "yes")
	}
	after := owner.post(s.paths.Recover(), fields).wantStatus(http.StatusSeeOther).cookie()
	if after.Value == before.Value {
		t.Error("the cookie is the old one")
	}
	if s.browser().get(s.paths.Assessments(), carrying(before.Name, before.Value)).holds(s) {
		t.Error("the old cookie still opens the history")
	}
	if !s.browser().get(s.paths.Assessments(), carrying(after.Name, after.Value)).holds(s) {
		t.Error("the new cookie opens nothing")
	}
}

func TestBrowserIsWarnedBeforeItLeavesItsAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other := s.browser(), s.browser()
	owner.finished("first-team", "pulse")
	words := owner.makeKey()
	id := other.begun("first-team", "full")
	form := other.visit(s.paths.Recover()).wantText("This browser already holds answers.").wantText("without either they are deleted").wantText("Nothing else leads back to them yet.")
	choice := form.press("Open the history", "words", words).wantAt(s.paths.Choice()).wantText("with the recovery key")
	other.visit(s.paths.Assessment(id)).wantStatus(http.StatusOK)
	choice.press("Go on", "choice", model.OpenThere).wantStatus(http.StatusUnprocessableEntity).wantText("Tick the box")
	other.visit(s.paths.Recover()).press("Open the history", "words", words, "leave", "yes").wantAt(s.paths.History())
	other.visit(s.paths.Assessment(id)).wantStatus(http.StatusNotFound)
	if got := s.browser().visit(s.paths.Recover()); got.offers("leave") {
		t.Error("a browser that holds nothing is warned")
	}
}

func TestDevicesAreListedAndEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	desk := s.browser().asking("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	desk.finished("first-team", "pulse")
	alone := desk.visit(desk.visit(s.paths.Settings()).link("See the devices")).wantText("on this device alone").wantText("make a way back in first")
	if strings.Contains(alone.text(), "Sign out here") {
		t.Error("the last device can be signed out without a key")
	}
	words := desk.makeKey()
	s.clock.advance(3 * day)
	phone := s.browser().asking("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1")
	tablet := s.browser().asking("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1")
	for _, one := range []*browser{phone, tablet} {
		one.recover(words).wantAt(s.paths.History())
	}
	list := desk.visit(s.paths.Devices()).wantText("on three devices").
		wantText("Firefox on Linux, this device Signed in since 16 November 2026. Last visit on 19 November 2026.").
		wantText("Safari on iPhone Signed in since 19 November 2026, with the recovery key.")
	list.press("Sign out Safari on iPhone").wantAt(s.paths.Devices()).wantText("on two devices")
	phone.visit(s.paths.Settings()).wantStatus(http.StatusNotFound)
	tablet.visit(s.paths.Settings()).wantStatus(http.StatusOK)

	phone.recover(words).wantAt(s.paths.History())
	phone.visit(s.paths.Devices()).press("Sign out all other devices").wantAt(s.paths.Devices()).wantText("on this device alone")
	for _, one := range []*browser{desk, tablet} {
		one.visit(s.paths.Settings()).wantStatus(http.StatusNotFound)
	}
	phone.visit(s.paths.Devices()).press("Sign out here").wantAt(s.paths.Home())
	phone.visit(s.paths.Settings()).wantStatus(http.StatusNotFound)
}

// Nobody can end another’s device, nor learn whether there is one.
func TestForeignDeviceIsMissing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, stranger := s.browser(), s.browser()
	owner.finished("first-team", "pulse")
	owner.makeKey()
	stranger.finished("first-team", "pulse")
	form, _ := owner.visit(s.paths.Devices()).formOf("Sign out here")
	address := attribute(form, "action")
	stranger.post(address, url.Values{}).wantStatus(http.StatusNotFound)
	s.browser().post(address, url.Values{}).wantStatus(http.StatusNotFound)
	owner.visit(s.paths.Settings()).wantStatus(http.StatusOK)
}

// keptAt keeps an installation's data in a file of which the test knows the path.
func keptAt(address string) func(*site) {
	return func(s *site) {
		s.store = storetest.Open(s.t, address)
		s.useCases = app.New(s.store, s.library, s.clock.now, rand.Text, app.Secret)
	}
}

func TestEverythingIsDeletedFromTheFiles(t *testing.T) {
	t.Parallel()
	address := storetest.SQLiteAddress(t)
	s := newSite(t, keptAt(address))
	owner, other := s.browser(), s.browser()
	finished := owner.finished("first-team", "full")
	draft := owner.begun("wider-scope", "full")
	_, items := s.firstItems("wider-scope")
	owner.post(s.paths.Answers(draft), url.Values{"item": {items[1].ID}, "level": {"3"}, "note": {"Zanzibar " + strings.Repeat("Timbuktu ", 150)}}).wantStatus(http.StatusOK)
	words := owner.makeKey()
	kept := other.begun("first-team", "full")
	_, items = s.firstItems("first-team")
	other.post(s.paths.Answers(kept), url.Values{"item": {items[1].ID}, "level": {"3"}, "note": {"Reykjavik"}}).wantStatus(http.StatusOK)

	form := owner.visit(owner.visit(s.paths.Settings()).link("Delete everything")).
		wantText("1 finished assessment").wantText("1 draft").wantText("2 notes").wantText("Your recovery key").wantText("can’t be undone")
	form.press("Delete everything").wantStatus(http.StatusUnprocessableEntity).wantText("Tick the box").wantText("Before anything is deleted")
	owner.visit(s.paths.Result(finished)).wantStatus(http.StatusOK)
	done := form.press("Delete everything", "meant", "yes").wantStatus(http.StatusOK).wantText("Everything is deleted").wantText("written anew")
	if gone := done.cookie(); gone.Value != "" || gone.MaxAge >= 0 {
		t.Errorf("the cookie stays: %v", gone)
	}
	owner.visit(s.paths.Result(finished)).wantStatus(http.StatusNotFound)
	owner.recover(words).wantStatus(http.StatusUnprocessableEntity)
	other.visit(s.paths.Assessment(kept)).wantStatus(http.StatusOK)

	path := strings.TrimPrefix(address, "sqlite:")
	var all []byte
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, content...)
	}
	for what, trace := range map[string]string{"a note": "Zanzibar", "a long note": "Timbuktu", "a finished assessment": finished, "a draft": draft} {
		if bytes.Contains(all, []byte(trace)) {
			t.Errorf("the files still hold %s", what)
		}
	}
	if !bytes.Contains(all, []byte("Reykjavik")) {
		t.Error("the other manager’s note is gone")
	}
}

// The made-up manager of a demonstration is everyone's, so nobody deletes them.
func TestDemonstrationIsNotDeleted(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	visitor := s.browser()
	visitor.visit(s.paths.Home()).press("Open the demonstration").wantStatus(http.StatusOK)
	settings := visitor.visit(s.paths.Settings()).wantStatus(http.StatusOK)
	if strings.Contains(settings.text(), "Delete everything") {
		t.Error("the settings offer to delete the demonstration")
	}
	visitor.visit(s.paths.Erase()).wantStatus(http.StatusNotFound)
	visitor.post(s.paths.Erase(), url.Values{"meant": {"yes"}}).wantStatus(http.StatusNotFound)
	visitor.visit(s.paths.Settings()).wantStatus(http.StatusOK)
}
