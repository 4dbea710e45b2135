package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gorilla/securecookie"
)

// The log says which request, of which route, with which status, and nothing of anybody: no answer, no
// note, no secret and no address of an assessment.
func TestLogTellsNothingOfAnybody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	cookie := person.firstWrite().cookie().Value
	var token string
	if err := securecookie.New(s.configuration.Secret, nil).Decode("__Host-"+s.cookieName(""), cookie, &token); err != nil {
		t.Fatal(err)
	}
	note := "Zanzibar"
	id := person.noted(note)
	person.crawl()
	person.mistakes()
	competency, items := s.firstItems("first-team")
	person.get(s.paths.Questions(id, competency) + "?changed=" + note)
	person.get("/" + note)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	person.post(s.paths.Answers(id), url.Values{"item": {items[0].ID}, "level": {"3"}, "note": {note}}).wantStatus(http.StatusInternalServerError)
	log := s.log.String()
	for what, secret := range map[string]string{
		"a note": note, "an assessment’s id": id, "a session’s token": token, "a cookie": cookie,
		"a cookie’s name": "__Host-", "an item": items[0].ID, "a query": "changed=", "an address": "/assessments/" + id[:8],
		"a long note": strings.Repeat("x", 100), "a field’s value": "first-team",
	} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %s: %q", what, secret)
		}
	}
}

// logLine is a line of the log of requests.
var logLine = regexp.MustCompile(`^time=\S+ level=INFO msg=request request=[A-Z0-9]{12} method=[A-Z]+ route=(none|"[A-Z]+ /[^"]*") status=[1-5]\d\d bytes=\d+ milliseconds=[0-9.e+-]+$`)

func TestLogHasALineForEachRequest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	requests := len(person.crawl())
	person.get("/nothing")
	person.post(s.paths.Start(), url.Values{}, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	lines := strings.Split(strings.TrimSpace(s.log.String()), "\n")
	if len(lines) != requests+2 {
		t.Errorf("%d lines for %d requests", len(lines), requests+2)
	}
	for _, line := range lines {
		if !logLine.MatchString(line) {
			t.Errorf("the line is %s", line)
		}
	}
	for _, route := range []string{`route="GET /start"`, `route="GET /assets/"`, "route=none status=404", `route="POST /start" status=403`} {
		if !strings.Contains(s.log.String(), route) {
			t.Errorf("no line has %s", route)
		}
	}
}

// What a visitor causes isn't an error of the program's; anything else is logged once, with its cause.
func TestLogLevels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	person.mistakes()
	if log := s.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") {
		t.Errorf("mistakes of visitors are logged as errors:\n%s", log)
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	got := person.get(s.paths.Assessments()).wantStatus(http.StatusInternalServerError)
	id := strings.TrimPrefix(requestID.FindString(got.text()), "Request ")
	failures := regexp.MustCompile(`level=ERROR msg=failed request=`+id+` route="GET /assessments" error=.*closed`).FindAllString(s.log.String(), -1)
	if len(failures) != 1 {
		t.Errorf("%d lines say what failed in request %s:\n%s", len(failures), id, s.log)
	}
}
