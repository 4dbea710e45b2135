package web_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"whetstone/internal/store"
	"whetstone/internal/web"
)

// errorPages is what each page for a mistake says: what happened, and what became of the answers.
var errorPages = map[string]struct {
	status         int
	happened, kept string
}{
	"400": {http.StatusBadRequest, "could not be read", "Nothing was changed"},
	"403": {http.StatusForbidden, "came from somewhere else", "Nothing was changed"},
	"404": {http.StatusNotFound, "nothing at this address", "Look at the address once more"},
	"405": {http.StatusMethodNotAllowed, "takes no such request", "Nothing was changed"},
	"409": {http.StatusConflict, "This is finished already", "What it says is kept"},
	"413": {http.StatusRequestEntityTooLarge, "too much at once", "It was not saved"},
	"500": {http.StatusInternalServerError, "Something went wrong", "What was on its way was not saved"},
}

func TestErrorPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.inhabited()
	pages := owner.mistakes()
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	pages["500"] = owner.get(s.paths.Assessments())
	for what, want := range errorPages {
		got := pages[what].wantStatus(want.status)
		got.wantText(want.happened).wantText(want.kept)
		id := requestID.FindString(got.text())
		if id == "" || !strings.Contains(s.log.String(), strings.TrimPrefix(id, "Request ")) {
			t.Errorf("%s: the request id %q is not on the page and in the log", what, id)
		}
		back := []string{s.paths.Home(), s.paths.Assessments()}
		if !slices.ContainsFunc(got.linked(), func(address string) bool { return slices.Contains(back, address) }) {
			t.Errorf("%s: no way back", what)
		}
	}
}

// leaks are traces of what a program says to its makers and not to its users.
var leaks = regexp.MustCompile(`(?i)\.go:|goroutine|panic|sqlite|sql:|database is|runtime error|nil pointer|strconv|invalid URL|http:|%!`)

func TestErrorPagesLeakNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	pages := owner.mistakes()
	competency, items := s.firstItems("first-team")
	id := owner.begun("first-team", "full")
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	pages["500 page"] = owner.get(s.paths.Questions(id, competency))
	pages["500 form"] = owner.post(s.paths.Questions(id, competency), url.Values{"level." + items[0].ID: {"3"}})
	pages["500 JSON"] = owner.post(s.paths.Answers(id), url.Values{"item": {items[0].ID}, "level": {"3"}}, acceptJSON)
	for what, got := range pages {
		if found := leaks.FindString(got.text()); found != "" {
			t.Errorf("%s: %q in\n%s", what, found, got.text())
		}
	}
}

// dueIn gives a request so much time until its answer is due.
func dueIn(patience time.Duration) func(*http.Request) {
	return func(r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		context.AfterFunc(ctx, cancel)
		*r = *r.WithContext(ctx)
	}
}

// Where no answer of the database comes in time, a page and a script are told that it is the database, that it
// passes, and what became of what was typed; and then it has passed.
func TestDatabaseOutOfReach(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	form := url.Values{"level." + items[1].ID: {"3"}, "note." + items[1].ID: {"typed <last>"}}
	answer := url.Values{"item": {items[1].ID}, "level": {"3"}, "note": {"typed"}}
	// Somebody else writes for as long as the test likes.
	held, gate, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		ended <- s.store.InTx(t.Context(), func(*store.Store) error { close(held); <-gate; return nil })
	}()
	<-held
	for what, got := range map[string]*page{
		"a page":  owner.get(s.paths.Questions(id, competency), dueIn(0)),
		"a form":  owner.post(s.paths.Questions(id, competency), form, dueIn(100*time.Millisecond)),
		"a start": s.browser().post(s.paths.Start(), owner.startFields("first-team", "full"), dueIn(100*time.Millisecond)),
	} {
		got.wantStatus(http.StatusServiceUnavailable)
		got.wantText("The database can’t be reached just now").wantText("whether it was saved can’t be said")
		if gives := strings.Contains(got.text(), "typed <last>") || strings.Contains(got.body, "typed &lt;last&gt;"); gives != (what == "a form") {
			t.Errorf("%s: what was typed is given back: %v", what, gives)
		}
		if wait := got.header.Get("Retry-After"); wait != "5" {
			t.Errorf("%s: try again after %q seconds", what, wait)
		}
		if found := leaks.FindString(got.text()); found != "" {
			t.Errorf("%s: %q in\n%s", what, found, got.text())
		}
	}
	got := owner.post(s.paths.Answers(id), answer, acceptJSON, dueIn(100*time.Millisecond)).wantStatus(http.StatusServiceUnavailable)
	var told struct{ Message string }
	if got.decode(&told); !strings.Contains(told.Message, "can’t be reached just now. What you typed stays on this page") || got.header.Get("Retry-After") != "5" {
		t.Errorf("a script is told %q, and to try again after %q seconds", told.Message, got.header.Get("Retry-After"))
	}
	if !strings.Contains(s.log.String(), "level=ERROR msg=failed") {
		t.Errorf("the log doesn’t say so:\n%s", s.log)
	}
	close(gate)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	owner.post(s.paths.Answers(id), answer, acceptJSON).wantStatus(http.StatusOK)
}

func TestPanicBecomesAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	organiser := s.browser()
	organiser.organises()
	organiser.get(s.paths.Installation()).press("Save", "contact", "Ann@Example.org").wantStatus(http.StatusOK)
	s.handler = web.Observed(s.useCases, s.configuration, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a mistake of ours") }))
	got := s.browser().get("/").wantStatus(http.StatusInternalServerError)
	got.wantText("Ask Ann@Example.org")
	got.wantText("Something went wrong").wantText("What a page called saved is kept")
	if strings.Contains(got.body, "a mistake of ours") {
		t.Error("the page tells what went wrong inside")
	}
	if log := s.log.String(); !strings.Contains(log, "a mistake of ours") || !strings.Contains(log, "errors_test.go") {
		t.Errorf("the log doesn’t say what went wrong, and where:\n%s", log)
	}
}

// Half a page can't be taken back: then the connection ends, as the browser must see that it is half.
func TestAbortedResponseStaysAborted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.handler = web.Observed(s.useCases, s.configuration, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the server was not told to end the connection")
		}
	}()
	s.browser().get("/")
}

func TestMethodNotAllowedSaysWhatIs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	for path, want := range map[string]string{
		s.paths.Home():      "GET, HEAD",
		s.paths.Start():     "GET, HEAD, POST",
		s.paths.Finish(id):  "POST",
		s.paths.Answers(id): "GET, HEAD, POST",
	} {
		got := owner.request(http.MethodDelete, path, nil).wantStatus(http.StatusMethodNotAllowed)
		if allow := got.header.Get("Allow"); allow != want {
			t.Errorf("%s allows %q, want %q", path, allow, want)
		}
	}
}

// A body that is too large, or that isn't a form, is refused by every form and changes nothing.
func TestBodiesThatNoFormSends(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	id := owner.begun("first-team", "full")
	kept := owner.answers(id)
	competency, items := s.firstItems("first-team")
	asMultipart := func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data; boundary=x") }
	asJSON := func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }
	for _, path := range []string{s.paths.Start(), s.paths.Questions(id, competency), s.paths.Answers(id), s.paths.Finish(id), s.paths.Targets("first-team")} {
		large := url.Values{"item": {items[0].ID}, "level": {"1"}, "note": {strings.Repeat("x", 1<<20)}}
		owner.post(path, large).wantStatus(http.StatusRequestEntityTooLarge)
		for name, got := range map[string]*page{
			"bad escapes": owner.request(http.MethodPost, path, strings.NewReader("item=%zz"), urlEncoded),
			"semicolons":  owner.request(http.MethodPost, path, strings.NewReader("item=a;level=3"), urlEncoded),
			"multipart":   owner.request(http.MethodPost, path, strings.NewReader("--x--"), asMultipart),
			"JSON":        owner.request(http.MethodPost, path, strings.NewReader(`{"level":3}`), asJSON),
		} {
			if got.status != http.StatusBadRequest {
				t.Errorf("%s, %s: status %d, want 400", path, name, got.status)
			}
		}
	}
	if now := owner.answers(id); now[items[0].ID] != kept[items[0].ID] || len(now) != len(kept) {
		t.Errorf("the answers changed from %v to %v", kept, now)
	}
}

// A script gets its errors as JSON with a message to show, and of the same status as a form.
func TestErrorsForScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	draft, finished := owner.begun("first-team", "full"), owner.finished("first-team", "pulse")
	_, items := s.firstItems("first-team")
	answer := func(level, note string) url.Values {
		return url.Values{"item": {items[0].ID}, "level": {level}, "note": {note}}
	}
	foreign := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
	for name, one := range map[string]struct {
		got     *page
		status  int
		message string
	}{
		"a level out of range": {owner.post(s.paths.Answers(draft), answer("6", ""), acceptJSON), 422, "Choose a level from 1 to 5"},
		"a level of words":     {owner.post(s.paths.Answers(draft), answer("high", ""), acceptJSON), 422, "Choose a level from 1 to 5"},
		"a long note":          {owner.post(s.paths.Answers(draft), answer("3", strings.Repeat("é", 2001)), acceptJSON), 422, "Shorten this note to 2000 characters; it has 2001"},
		"too much":             {owner.post(s.paths.Answers(draft), answer("3", strings.Repeat("x", 1<<20)), acceptJSON), 413, "longer than this form takes"},
		"a finished one":       {owner.post(s.paths.Answers(finished), answer("3", ""), acceptJSON), 409, "this is finished"},
		"a missing one":        {owner.post(s.paths.Answers("NONE"), answer("3", ""), acceptJSON), 404, "this browser can’t open this"},
		"from elsewhere":       {owner.post(s.paths.Answers(draft), answer("3", ""), acceptJSON, foreign), 403, "another site"},
		"no form":              {owner.request(http.MethodPost, s.paths.Answers(draft), strings.NewReader("%zz"), urlEncoded, acceptJSON), 400, "not a form"},
	} {
		if one.got.status != one.status {
			t.Errorf("%s: status %d, want %d", name, one.got.status, one.status)
		}
		var told struct{ Message string }
		if one.got.decode(&told); !strings.Contains(told.Message, one.message) {
			t.Errorf("%s: the message is %q, want it to say %q", name, told.Message, one.message)
		}
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	var told struct{ Message string }
	got := owner.post(s.paths.Answers(draft), answer("3", ""), acceptJSON).wantStatus(http.StatusInternalServerError)
	if got.decode(&told); told.Message == "" {
		t.Error("a failing database gives no message")
	}
}

// Bytes that aren't text can't be an id: the page is missing, and they never reach a database that would refuse them.
func TestBytesThatAreNoTextAreMissing(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	id := b.begun("first-team", "full")
	for _, path := range []string{"/assessments/%00", "/assessments/%ff", "/assessments/%ff/result", "/assessments/" + id + "/questions/%00", "/targets/%ff"} {
		if got := b.get(s.paths.Base + path); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, got.status)
		}
	}
	got := b.post(s.paths.Answers(id), url.Values{"item": {"\x00"}, "level": {"3"}, "note": {"\xff"}})
	if got.status != http.StatusNotFound {
		t.Errorf("an item that is no text: status %d", got.status)
	}
}

func TestAPageThatSaysNothingOfAnAnswerBlanksNothing(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	id := b.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	b.save(id, "item", items[0].ID, "level", "4", "note", "kept")
	b.post(s.paths.Questions(id, competency), url.Values{"go": {"continue"}})
	if kept := b.answers(id)[items[0].ID]; kept.Level != 4 || kept.Note != "kept" {
		t.Errorf("a form without fields left %+v", kept)
	}
}

// What was done is reported even if its request's time ran out while it was being stored: a key's words are shown only
// once.
func TestWhatWasDoneIsToldAfterItsTime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	words := owner.post(s.paths.RecoveryKey(), url.Values{"replaces": {""}}, func(r *http.Request) {
		ctx, end := context.WithCancel(r.Context())
		s.store.WhenCommitted(func(int) { end() })
		*r = *r.WithContext(ctx)
	}).wantStatus(http.StatusOK).keyWords()
	s.store.WhenCommitted(func(int) {})
	s.browser().recover(words).wantStatus(http.StatusOK)
}

// slowly is a body that is on its way for a while.
type slowly struct {
	io.Reader
	takes time.Duration
}

// Read implements io.Reader.
func (s *slowly) Read(into []byte) (int, error) {
	time.Sleep(s.takes)
	s.takes = 0
	return s.Reader.Read(into)
}

// How long a form is on its way takes nothing of the time for its answer.
func TestASlowLineIsNoFailingDatabase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		owner := s.browser()
		id := owner.begun("first-team", "full")
		competency, items := s.firstItems("first-team")
		fields := url.Values{"level." + items[1].ID: {"4"}, "note." + items[1].ID: {"It took its time."}}
		owner.post(s.paths.Questions(id, competency), fields, func(r *http.Request) {
			r.Body = io.NopCloser(&slowly{r.Body, 25 * time.Second})
		}).wantStatus(http.StatusSeeOther)
		if saved := owner.answers(id)[items[1].ID]; saved.Note != "It took its time." {
			t.Errorf("saved is %+v", saved)
		}
	})
}
