package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
)

// calendar makes the address of a calendar through its form, and returns its path.
func (b *browser) calendar() string {
	b.t.Helper()
	return b.makesCalendar("Make an address")
}

// makesCalendar makes the address of a calendar by a button, and returns its path.
func (b *browser) makesCalendar(button string) string {
	b.t.Helper()
	made := b.get(b.site.paths.Reminders()).press(button).wantStatus(http.StatusOK)
	address, err := url.Parse(rawText(made.byID("link")))
	if err != nil {
		b.t.Fatal(err)
	}
	if base := b.site.configuration.BaseURL; address.Scheme != base.Scheme || address.Host != base.Host {
		b.t.Errorf("the address is %s", address)
	}
	return address.Path
}

// chooses saves the usual cadence through its form.
func (b *browser) choosesUsual() {
	b.t.Helper()
	b.get(b.site.paths.Reminders()).press("Save", "rhythm", "usual").wantText("Saved.")
}

// After finishing one is asked when to look again, at the latest result alone. Until one says so nothing is due, and who
// wants no reminders is left alone.
func TestAResultAsksWhenToLookAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	earlier := owner.finished("first-team", "full")
	s.clock.advance(day)
	latest := owner.finished("first-team", "full")
	proposal := owner.get(s.paths.Result(latest)).wantText("When to look again").
		wantText("We propose a pulse on 29 December 2026, and a full assessment on 16 February 2027: a pulse every six weeks and a full assessment every three months.")
	if strings.Contains(owner.get(s.paths.Result(earlier)).text(), "When to look again") {
		t.Error("an earlier result asks, too")
	}
	owner.get(s.paths.RemindersFile()).wantStatus(http.StatusNotFound)
	owner.get(s.paths.Settings()).wantText("You haven’t chosen how often to look again.")
	proposal.press("Keep this rhythm").wantText("Saved.").
		wantText("A pulse is due on 29 December 2026, and a full assessment on 16 February 2027.")
	owner.get(s.paths.Result(latest)).wantText("Add both to my calendar").wantText("A pulse is due on 29 December 2026")
	owner.get(s.paths.Settings()).wantText("A pulse is due on 29 December 2026")
	s.clock.advance(42 * day)
	owner.get(s.paths.Home()).wantText("29 December 2026 A pulse is due").wantText("16 February 2027 A full assessment")
	s.clock.advance(day)
	if home := owner.get(s.paths.Home()).wantText("A pulse has been due since 29 December 2026.").text(); strings.Contains(home, "A pulse is due") {
		t.Errorf("a day that is past is said to come:\n%s", home)
	}
	owner.get(s.paths.Reminders()).wantText("A pulse has been due since 29 December 2026").wantText("Start a pulse")
	owner.get(s.paths.Reminders()).press("Save", "rhythm", "off").follow().wantText("You chose not to be reminded.")
	if strings.Contains(owner.get(s.paths.Result(latest)).text(), "When to look again") {
		t.Error("who wants no reminders is asked again")
	}
}

// A form that can't be taken keeps what was typed and names the field; what was chosen elsewhere meanwhile is shown.
func TestTheFormOfACadence(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	opened := owner.get(s.paths.Reminders())
	for name, value := range checked(opened, "Save") {
		if strings.HasPrefix(name, "rhythm") {
			t.Errorf("before anything is chosen, %s is %s", name, value)
		}
	}
	opened.press("Save").wantStatus(http.StatusUnprocessableEntity).wantText("Choose how often.")
	wrong := opened.press("Save", "rhythm", "own", "pulse", "9 or so", "full", "53").wantStatus(http.StatusUnprocessableEntity).
		wantText("Enter a whole number of weeks between pulses, from 1 to 52.")
	if kept := checked(wrong, "Save"); kept["rhythm"] != "own" || kept["pulse"] != "9 or so" || kept["full"] != "53" {
		t.Errorf("kept is %v", kept)
	}
	if !strings.HasPrefix(wrong.title(), "Error: ") {
		t.Errorf("the title is %q", wrong.title())
	}
	wrong.press("Save", "pulse", "4", "full", "").follow().wantText("A pulse is due on 14 December 2026.")
	stale := opened.press("Save", "rhythm", "usual").wantStatus(http.StatusConflict).
		wantText("You chose a pulse every four weeks, and no full assessment.")
	if kept := checked(stale, "Save"); kept["rhythm"] != "usual" {
		t.Errorf("kept is %v", kept)
	}
	stale.press("Save", "counts.rhythm", "elsewhere").follow().wantText("A pulse is due on 14 December 2026.")
	again := owner.get(s.paths.Reminders())
	if kept := checked(again, "Save"); kept["rhythm"] != "own" || kept["pulse"] != "4" || kept["full"] != "" {
		t.Errorf("it stands as %v", kept)
	}
}

// checked are the values that a form would send, by the plain names of its fields.
func checked(p *page, button string) map[string]string {
	p.t.Helper()
	form, _ := p.formOf(button)
	values := map[string]string{}
	for name, sent := range successful(p.controls(form)) {
		values[untied(name)] = sent[0]
	}
	return values
}

// Everybody acts for the made-up manager of a demonstration: nobody makes an address for them, or ends one.
func TestADemonstrationHasNoCalendar(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstrating)
	visitor := s.browser()
	visitor.post(s.paths.Demonstration(), url.Values{}).wantStatus(onward)
	shown := visitor.get(s.paths.Reminders()).wantStatus(http.StatusOK)
	if strings.Contains(shown.text(), "An address for your calendar") {
		t.Error("it offers an address")
	}
	for _, path := range []string{s.paths.CalendarAddress(), s.paths.EndCalendar()} {
		visitor.post(path, url.Values{"replaces": {""}}).wantStatus(http.StatusNotFound)
	}
}

// event is what a calendar shows of a day.
type event struct{ summary, day, url, sequence string }

// events reads a calendar by another library than wrote it: its events by their names.
func (p *page) events() map[string]event {
	p.t.Helper()
	p.wantStatus(http.StatusOK)
	if got := p.header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		p.t.Errorf("the content type is %q", got)
	}
	read, err := ical.NewDecoder(strings.NewReader(p.body)).Decode()
	if err != nil {
		p.t.Fatalf("%v in\n%s", err, p.body)
	}
	all := map[string]event{}
	for _, one := range read.Events() {
		text := func(name string) string { return one.Props.Get(name).Value }
		all[text("UID")] = event{text("SUMMARY"), text("DTSTART"), text("URL"), text("SEQUENCE")}
	}
	return all
}

// named finds the one event of this summary, and its name.
func named(t *testing.T, events map[string]event, summary string) (uid string, found event) {
	t.Helper()
	for name, one := range events {
		if one.summary == summary {
			if uid != "" {
				t.Errorf("%q is there twice", summary)
			}
			uid, found = name, one
		}
	}
	if uid == "" {
		t.Errorf("%q is not among %v", summary, events)
	}
	return uid, found
}

// The words of people that must stand in no calendar.
const (
	aNote, anOccasion, anAction, aNotice = "ZEBRA-NOTE", "ZEBRA-OCCASION", "ZEBRA-ACTION", "ZEBRA-NOTICE"
	aLabel, aSharer, aQuestion, aTeam    = "ZEBRA-LABEL", "ZEBRA-SHARER", "ZEBRA-QUESTION", "ZEBRA-TEAM"
	aCycle, aName                        = "ZEBRA-CYCLE", "ZEBRA-NAME"
)

// busy gives a manager something of everything that falls on a day, with words in all of it.
func (s *site) busy() (owner *browser, assessment, commitment string, share madeShare) {
	s.t.Helper()
	team := s.newCrew(aTeam, 5)
	owner = team.people[1]
	assessment = owner.noted(aNote)
	owner.get(s.paths.Rename(assessment)).press("Save the name", "name", aName)
	commitment = owner.commits("debt", "occasion", anOccasion, "action", anAction, "notice", aNotice)
	fields := everything()
	fields.Set("label", aLabel)
	fields.Set("sharer", aSharer)
	fields.Set("question", aQuestion)
	share = owner.shares(assessment, fields)
	team.open(aCycle, "pulse")
	owner.jots("debt", "ZEBRA-LOG")
	team.proposes(owner, "ZEBRA-PROPOSAL")
	owner.choosesUsual()
	return owner, assessment, commitment, share
}

// A calendar says what falls on a day, and nothing of anybody: no finding, no name, none of people's words, no id.
func TestACalendarTellsDaysAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t, at("https://whetstone.test/tools/whetstone/"))
	owner, assessment, commitment, share := s.busy()
	calendar := s.browser().get(owner.calendar())
	events := calendar.events()
	base := "https://whetstone.test/tools/whetstone"
	for summary, want := range map[string]event{ // all was done on 16 November
		"Whetstone: a pulse is due":           {day: "20261228", url: base + "/start"},
		"Whetstone: a full assessment is due": {day: "20270215", url: base + "/start"},
		"Whetstone: the day of a commitment":  {day: "20261228", url: base + "/plan"},
		"Whetstone: a share ends":             {day: "20261130", url: base + "/shares"},
		"Whetstone: a team’s cycle ends":      {day: "20261216", url: base + "/teams"},
	} {
		if _, got := named(t, events, summary); got.day != want.day || got.url != want.url {
			t.Errorf("%s: on %s, leading to %s; want %s, %s", summary, got.day, got.url, want.day, want.url)
		}
	}
	if len(events) != 5 {
		t.Errorf("there is more: %v", events)
	}
	content := strings.ReplaceAll(calendar.body, "\r\n ", "")
	for _, secret := range []string{"ZEBRA", assessment, commitment, share.id, share.secret, "debt", "design", "Technical debt"} {
		if strings.Contains(content, secret) {
			t.Errorf("it holds %q:\n%s", secret, content)
		}
	}
	for line := range strings.Lines(content) {
		if !regexp.MustCompile(`^(BEGIN|END|VERSION|PRODID|METHOD|X-WR-CALNAME|REFRESH-INTERVAL;VALUE=DURATION|X-PUBLISHED-TTL|UID|DTSTAMP|LAST-MODIFIED|SEQUENCE|DTSTART;VALUE=DATE|DTEND;VALUE=DATE|SUMMARY|URL|CLASS|TRANSP):`).MatchString(line) {
			t.Errorf("a line says something else: %q", line)
		}
	}
	// Of the next assessments there is a file, too, for who doesn't want an address.
	file := owner.get(s.paths.RemindersFile())
	if got := file.header.Get("Content-Disposition"); got != `attachment; filename="whetstone-2026-12-28.ics"` {
		t.Errorf("the file is %s", got)
	}
	alone := file.events()
	for name := range alone {
		if alone[name] != events[name] {
			t.Errorf("the file has %v, the address %v", alone[name], events[name])
		}
	}
	if len(alone) != 2 {
		t.Errorf("the file has %v", alone)
	}
}

// What moves to another day keeps its name and is newer, so that calendars move it. What is over is gone.
func TestACalendarMovesWhatHasMoved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, _, commitment, share := s.busy()
	address := owner.calendar()
	before := s.browser().get(address).events()
	if again := s.browser().get(address).events(); !maps.Equal(again, before) {
		t.Errorf("read again without a change it is %v", again)
	}
	s.clock.advance(day)
	owner.post(s.paths.ExtendShare(share.id), url.Values{"days": {"30"}}).wantStatus(http.StatusSeeOther)
	owner.get(s.paths.Commitment(commitment)).press("Save the change", "until", "2027-01-04")
	owner.finished("first-team", "full")
	after := s.browser().get(address).events()
	for summary, want := range map[string]string{
		"Whetstone: a pulse is due":           "20261229",
		"Whetstone: a full assessment is due": "20270216",
		"Whetstone: the day of a commitment":  "20270104",
		"Whetstone: a share ends":             "20261217",
		"Whetstone: a team’s cycle ends":      "20261216",
	} {
		uid, was := named(t, before, summary)
		if got := after[uid]; got.day != want || got.summary != summary || got.sequence <= was.sequence {
			t.Errorf("%s: %v became %v, want it on %s", summary, was, got, want)
		}
	}
	if len(after) != 5 {
		t.Errorf("there are %v", after)
	}
	owner.post(s.paths.RevokeShare(share.id), url.Values{}).wantStatus(http.StatusSeeOther)
	owner.get(s.paths.DeleteCommitment(commitment)).press("Delete the commitment", "meant", "yes")
	s.clock.advance(40 * day) // the cycle has ended
	owner.get(s.paths.Reminders()).press("Save", "rhythm", "off")
	if got := s.browser().get(address).events(); len(got) != 0 {
		t.Errorf("left are %v", got)
	}
	owner.get(s.paths.RemindersFile()).wantStatus(http.StatusNotFound)
}

// A replaced and an ended address answer like one that never was; a new one is another. Nothing needs a session.
func TestTheAddressOfACalendarEnds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, stranger := s.browser(), s.browser()
	owner.finished("first-team", "full")
	never := s.paths.Calendar(strings.Repeat("x", 43))
	address := owner.calendar()
	for who, b := range map[string]*browser{"the owner": owner, "nobody": stranger} {
		if got := b.get(address).wantStatus(http.StatusOK); got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s gets a cookie", who)
		}
	}
	owner.get(s.paths.Reminders()).wantText("A calendar last read it on 16 November 2026")
	made := owner.get(s.paths.Reminders()).press("Replace the address").wantStatus(http.StatusOK)
	second := strings.TrimPrefix(rawText(made.byID("link")), "https://whetstone.test")
	if second == address {
		t.Error("the address is the same")
	}
	stranger.get(second).wantStatus(http.StatusOK)
	owner.get(s.paths.Reminders()).press("End it").follow().wantText("The address has ended.")
	want := stranger.get(never).wantStatus(http.StatusNotFound)
	for what, path := range map[string]string{"replaced": address, "ended": second} {
		got := stranger.get(path).wantStatus(http.StatusNotFound)
		if anonymous(got.body) != anonymous(want.body) || got.header.Get("Referrer-Policy") != want.header.Get("Referrer-Policy") || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s, it answers\n%s\n%v\nnot as one that never was:\n%s\n%v", what, got.body, got.header, want.body, want.header)
		}
	}
	if policy := want.header.Get("Referrer-Policy"); policy == "same-origin" || policy == "" {
		t.Errorf("the page of an error may tell the address: %q", policy)
	}
}

// anonymous is a page without what differs from request to request.
func anonymous(body string) string {
	return regexp.MustCompile(`[A-Z0-9]{12,26}`).ReplaceAllString(body, "…")
}

// A calendar that asks whether something is new is told so, and gets it only then.
func TestACalendarAsksWhatIsNew(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	owner.choosesUsual()
	address := owner.calendar()
	got := s.browser().get(address).wantStatus(http.StatusOK)
	tag, modified := got.header.Get("ETag"), got.header.Get("Last-Modified")
	if tag == "" || modified != "Mon, 16 Nov 2026 09:30:00 GMT" || got.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("the headers are %v", got.header)
	}
	head := s.browser().request(http.MethodHead, address, nil).wantStatus(http.StatusOK)
	if head.body != "" || head.header.Get("ETag") != tag || head.header.Get("Content-Length") != got.header.Get("Content-Length") {
		t.Errorf("a HEAD gives %v and %q", head.header, head.body)
	}
	asking := func(header, value string) *page {
		return s.browser().get(address, func(r *http.Request) { r.Header.Set(header, value) })
	}
	for header, value := range map[string]string{"If-None-Match": tag, "If-Modified-Since": modified} {
		if unchanged := asking(header, value).wantStatus(http.StatusNotModified); unchanged.body != "" || unchanged.header.Get("ETag") != tag {
			t.Errorf("%s: %v, %q", header, unchanged.header, unchanged.body)
		}
	}
	s.clock.advance(time.Hour)
	owner.get(s.paths.Reminders()).press("Save", "rhythm", "own", "pulse", "4", "full", "12")
	for header, value := range map[string]string{"If-None-Match": tag, "If-Modified-Since": modified} {
		if changed := asking(header, value).wantStatus(http.StatusOK); changed.header.Get("ETag") == tag || changed.header.Get("Last-Modified") != "Mon, 16 Nov 2026 10:30:00 GMT" {
			t.Errorf("%s: %v", header, changed.header)
		}
	}
	owner.post(address, url.Values{}).wantStatus(http.StatusMethodNotAllowed)
}

// Who guesses is refused for a while, and so is an address that is read far too often. One that is right is never
// refused for what others tried: addresses that have ended are still read, and by a whole office from one client.
func TestGuessingCalendarsIsSlowed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	ended := owner.calendar()
	owner.get(s.paths.Reminders()).press("End it")
	address := owner.calendar()
	guess := s.paths.Calendar(strings.Repeat("y", 43))
	for range 5 {
		s.browser().get(ended).wantStatus(http.StatusNotFound)
		s.browser().get(guess).wantStatus(http.StatusNotFound)
	}
	for _, gone := range []string{ended, guess} {
		if refused := s.browser().get(gone).wantStatus(http.StatusTooManyRequests); refused.header.Get("Retry-After") != "600" {
			t.Errorf("it may come back after %q", refused.header.Get("Retry-After"))
		}
	}
	s.browser().get(address).wantStatus(http.StatusOK)
	s.clock.advance(10 * time.Minute)
	for range 60 {
		s.browser().get(address).wantStatus(http.StatusOK)
	}
	s.browser().get(address).wantStatus(http.StatusTooManyRequests)
	other := s.browser()
	other.finished("first-team", "full")
	s.browser().get(other.calendar()).wantStatus(http.StatusOK)
	s.clock.advance(10 * time.Minute)
	s.browser().get(address).wantStatus(http.StatusOK)
}

// The secret of an address stands in no line of the log, however it is asked for and whatever goes wrong.
func TestTheLogTellsNoCalendar(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "full")
	address := owner.calendar()
	secret := strings.Split(address, "/")[2]
	owner.get(address).wantStatus(http.StatusOK)
	s.browser().request(http.MethodHead, address, nil)
	owner.post(address, url.Values{"secret": {secret}})
	owner.get(address + "/more?of=" + secret)
	owner.get("/calendar/" + secret)
	owner.get(strings.ToUpper(address))
	owner.get("/" + address)
	owner.get(s.paths.Reminders()).press("End it")
	owner.get(address).wantStatus(http.StatusNotFound)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	owner.get(address).wantStatus(http.StatusInternalServerError)
	log := s.log.String()
	if strings.Contains(strings.ToLower(log), strings.ToLower(secret)) {
		t.Errorf("the log holds it:\n%s", log)
	}
	if !strings.Contains(log, `route="GET /calendar/{secret}/whetstone.ics" status=200`) || !strings.Contains(log, `route="GET /calendar/{secret}/whetstone.ics" status=500`) {
		t.Errorf("the log lacks the requests:\n%s", log)
	}
}
