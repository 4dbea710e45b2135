package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// jots notes something through its form, and gives the id of the entry.
func (b *browser) jots(competency, words string) string {
	b.t.Helper()
	b.get(b.site.paths.Note(competency, "")).wantStatus(http.StatusOK).press("Keep it", "noted", words).
		wantStatus(http.StatusOK).wantText("Noted. It stands in")
	return b.listedEntry(words)
}

// listedEntry is the id of the entry of these words.
func (b *browser) listedEntry(words string) string {
	b.t.Helper()
	var log report.ExportedLog
	if err := json.Unmarshal([]byte(b.get(b.site.paths.LogJSON()).body), &log); err != nil {
		b.t.Fatal(err)
	}
	for _, entry := range log.Entries {
		if entry.Words == words {
			return entry.ID
		}
	}
	b.t.Fatalf("%q is not in the log", words)
	return ""
}

// noteLink is where a page of one's own leads to note something.
func (p *page) noteLink() string {
	for _, address := range p.addresses("href") {
		if strings.HasPrefix(address, p.browser.site.paths.Note("", "")) {
			return address
		}
	}
	return ""
}

// From a page one comes to the form and back to the page, which says that it is noted; a page about a competency chooses
// it beforehand.
func TestOneComesBackFromNotingSomething(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	finished := owner.finished("first-team", "full")
	commitment := owner.commits("debt")
	for address, competency := range map[string]string{
		s.paths.Result(finished): "", s.paths.History(): "", s.paths.Settings(): "", s.paths.About(): "", s.paths.Log(): "",
		s.paths.Commitment(commitment):                   "debt",
		s.paths.FollowUp(commitment):                     "debt",
		s.paths.LogFor("", "debt", 1):                    "debt",
		s.paths.NewCommitment(s.library.Practices[0].ID): s.library.Practices[0].Competency,
	} {
		link := owner.get(address).noteLink()
		form := owner.get(link).wantStatus(http.StatusOK)
		chosen, _ := form.formOf("Keep it")
		fields := successful(form.controls(chosen))
		if fields.Get("competency") != competency || fields.Get("day") != s.clock.now().Format(model.DateLayout) {
			t.Errorf("%s: the form begins with %v", address, fields)
		}
		back := form.press("Keep it", "noted", "Asked what the queue does.").wantStatus(http.StatusOK).wantText("Noted. It stands in")
		if want, _ := url.Parse(address); back.address.Path != want.Path {
			t.Errorf("%s: one comes back to %s", address, back.address)
		}
		if strings.Contains(back.noteLink(), "noted") {
			t.Errorf("%s: it would be said again: %s", address, back.noteLink())
		}
	}
	for who, got := range map[string]*page{
		"a stranger":         s.browser().get(s.paths.About()),
		"one who answers":    owner.get(s.paths.Questions(owner.begun("first-team", "full"), "design")),
		"one who notes":      owner.get(s.paths.Note("", "")),
		"one who is nowhere": owner.get("/nowhere"),
	} {
		if link := got.noteLink(); strings.Contains(link, "from") || who == "a stranger" && link != "" || who == "one who answers" && link != "" {
			t.Errorf("%s is led to %q", who, link)
		}
	}
}

// Nobody can be led away from the app by a link to its form.
func TestNotingLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := newSite(t, at("https://whetstone.test/tools/whetstone/"))
	owner := s.browser()
	owner.begun("first-team", "full")
	for _, from := range []string{
		"https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/elsewhere", "javascript:alert(1)", "%zz",
		"/tools/whetstone", "/tools/whetstone/a\r\nb", "/tools/whetstone/" + strings.Repeat("a", 600),
	} {
		form := owner.get(s.paths.Note("", from)).wantStatus(http.StatusOK)
		if from != "" && strings.Contains(form.body, "elsewhere") {
			t.Errorf("%q stands on the page", from)
		}
		fields := url.Values{"noted": {"Something."}, "day": {s.clock.now().Format(model.DateLayout)}, "from": {from}}
		if got := owner.post(s.paths.Note("", ""), fields).wantStatus(http.StatusSeeOther).header.Get("Location"); got != s.paths.Log()+"?noted" {
			t.Errorf("%q leads to %q", from, got)
		}
	}
	fields := url.Values{"noted": {"Something."}, "day": {s.clock.now().Format(model.DateLayout)}, "from": {s.paths.LogFor("a b", "debt", 2)}}
	got := owner.post(s.paths.Note("", ""), fields).header.Get("Location")
	if back, _ := url.Parse(got); back.Path != s.paths.Log() || back.Query().Get("words") != "a b" || !back.Query().Has("noted") {
		t.Errorf("one comes back to %q", got)
	}
}

// A form that can't be taken keeps what was typed, and says at each field what is wrong.
func TestANoteThatCantBeTaken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	tomorrow := s.clock.now().Add(day).Format(model.DateLayout)
	form := owner.get(s.paths.Note("debt", s.paths.Plan()))
	refused := form.press("Keep it", "noted", strings.Repeat("a", model.EntryWordsLimit+1), "day", tomorrow).
		wantStatus(http.StatusUnprocessableEntity).wantText("Shorten the note to 600 characters").wantText("to today, as year, month and day")
	refused.wantHeld("day", tomorrow)
	refused.press("Keep it", "noted", "Short.", "day", s.clock.now().Format(model.DateLayout)).wantAt(s.paths.Plan() + "?noted").wantText("Noted.")
	owner.get(s.paths.Log()).wantText("Short.").wantText("Technical debt")
}

// What was noted is found by its words in any case, and by competency, together with notes of answers; it is changed,
// and deleted once that is confirmed.
func TestALogIsReadSearchedAndChanged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full") // with a note on design
	owner.get(s.paths.Log()).wantText("that you wrote to answers").wantText("Where you wrote it")
	id := owner.jots("debt", "Die Straße war gesperrt.\n<b>100 %</b> of the “cron” job")
	owner.jots("", "Two teams want it.")
	all := owner.get(s.paths.Log()).wantText("No competency yet").wantText("Two teams want it.").wantText("<b>100 %</b>").wantText("Nothing noted yet")
	if !strings.Contains(all.body, s.paths.Note("vision", s.paths.Log())) && !strings.Contains(all.body, "competency=vision") {
		t.Error("nothing leads to noting something on vision")
	}
	for search, hits := range map[string]bool{"STRASSE": true, "CRON die": true, "strasse nothing": false, "%": true, "_": false} {
		got := owner.get(s.paths.LogFor(search, "", 1)).wantStatus(http.StatusOK)
		if found := strings.Contains(got.body, "gesperrt"); found != hits {
			t.Errorf("%q finds it: %t", search, found)
		}
	}
	if words := owner.get(s.paths.LogFor("straße", "", 1)).wantText("One entry or note.").text(); strings.Contains(words, "newest first") {
		t.Error("a single hit is said to be the newest")
	}
	owner.get(s.paths.LogFor("straße", "vision", 1)).wantText("Nothing under vision.")
	owner.get(s.paths.LogFor("", "none", 1)).wantText("Two teams want it.").wantStatus(http.StatusOK)
	owner.get(s.paths.LogFor("", "nonsense", 1)).wantText("Your log").wantText("Two teams want it.")

	one, other := owner.get(s.paths.Entry(id)), owner.get(s.paths.Entry(id))
	asked := owner.get(s.paths.DeleteEntry(id)).wantText("gesperrt")
	one.press("Save the change", "noted", "Changed here.").wantText("Changed.").wantText("Changed here.")
	// Another field that was changed elsewhere doesn't stand in the way.
	clash := other.press("Save the change", "noted", "Changed there.", "competency", "vision").wantStatus(http.StatusConflict).
		wantText("Which counts?").wantText("Changed here.")
	clash.wantText("Changed there.")
	asked.press("Delete the entry", "meant", "yes").wantStatus(http.StatusConflict).wantText("Changed here.").wantText("changed in another tab").
		press("Delete the entry").wantStatus(http.StatusUnprocessableEntity).wantText("Tick the box").
		press("Delete the entry", "meant", "yes").wantStatus(http.StatusOK).wantText("Deleted. A link that showed it no longer does.")
	owner.get(s.paths.Entry(id)).wantStatus(http.StatusNotFound)
}

// Of many the overview has the latest, and the rest stands on pages of its own.
func TestALongLogHasPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "pulse")
	for number := range model.LogPage + 2 {
		s.clock.advance(time.Minute)
		owner.post(s.paths.Note("", ""), url.Values{
			"noted": {"Thing " + string(rune('A'+number%26)) + strings.Repeat("i", number/26)}, "day": {s.clock.now().Format(model.DateLayout)}, "competency": {"debt"},
		}).wantStatus(http.StatusSeeOther)
	}
	first := owner.get(s.paths.Log()).visitLink("All 52 of technical debt")
	first.wantText("Page 1 of 2")
	second := first.visitLink("Older").wantText("Page 2 of 2").wantText("Thing A")
	second.visitLink("Newer").wantText("Page 1 of 2")
	owner.get(s.paths.LogFor("thing", "", 99)).wantText("Page 2 of 2")
	owner.get(s.paths.LogFor("thing", "", -3)).wantText("Page 1 of 2")
}

// visitLink follows the link of these words.
func (p *page) visitLink(words string) *page {
	p.t.Helper()
	return p.browser.visit(p.link(words)).wantStatus(http.StatusOK)
}

// While answering, each competency offers what was noted of it since the assessment before; nothing older, and nothing
// of other competencies.
func TestNotedSinceLastTimeStandsBesideTheQuestions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	owner.jots("debt", "Before everything.")
	draft := owner.start("first-team", "full")
	owner.get(s.paths.Questions(draft, "debt")).wantText("What you noted").wantText("Before everything.")
	owner.finished("first-team", "pulse")
	s.clock.advance(day)
	if got := owner.get(s.paths.Questions(draft, "debt")); strings.Contains(got.body, "noted since") {
		t.Error("what was noted before is offered")
	}
	owner.jots("debt", "The cron job <again>.")
	owner.jots("", "Of no competency.")
	got := owner.get(s.paths.Questions(draft, "debt")).wantText("What you noted since last time").wantText("The cron job <again>.")
	for _, other := range []string{"Before everything.", "Of no competency."} {
		if strings.Contains(got.body, other) {
			t.Errorf("%q is offered", other)
		}
	}
	if got := owner.get(s.paths.Questions(draft, "design")); strings.Contains(got.body, "cron job") {
		t.Error("it is offered with another competency")
	}
	owner.get(s.paths.Questions(owner.start("first-team", "pulse"), "debt")).wantText("The cron job <again>.")
}

// Beside the scores of a result stands how fresh their evidence is, and which high ones have none; not in what a mentor
// sees, in the export or in what is printed on one page.
func TestFreshnessStandsBesideScores(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	draft := owner.start("first-team", "full")
	owner.answerAll(draft, "first-team", func(int) string { return "4" })
	owner.jots("debt", "The cron job again.")
	s.clock.advance(100 * day)
	owner.post(s.paths.Finish(draft), url.Values{"meant": {"yes"}}).wantStatus(http.StatusSeeOther)
	got := owner.get(s.paths.Result(draft)).wantText("What your scores rest on").wantText("4 or more, and nothing noted in a year").wantText("100 days before").wantText("fading")
	if silent := got.content(t, func(node *html.Node) bool { return attribute(node, "id") == "evidence" }); strings.Contains(strings.SplitN(silent, ":", 2)[0], "technical debt") {
		t.Errorf("of technical debt something was noted: %s", silent)
	}
	mentor := s.browser()
	share := owner.shares(draft, onlyResult())
	mentor.opens(share)
	for who, text := range map[string]string{
		"a mentor": mentor.get(s.paths.SharedResult(share.id)).body, "the export": owner.get(s.paths.ResultJSON(draft)).body, "one page": owner.get(s.paths.OnePage(draft)).body,
	} {
		if strings.Contains(text, "rest on</h2>") || strings.Contains(text, "cron job") || strings.Contains(text, "nothing noted") {
			t.Errorf("%s says how fresh it is", who)
		}
	}
}

// The log is taken away whole, and a spreadsheet runs nothing of it.
func TestALogIsTakenAway(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.begun("first-team", "full")
	id := owner.jots("debt", "=1+1\nand “more”")
	var log report.ExportedLog
	if err := json.Unmarshal([]byte(owner.get(s.paths.LogJSON()).body), &log); err != nil {
		t.Fatal(err)
	}
	if log.Format != "whetstone-log-1" || len(log.Entries) != 1 || log.Entries[0].ID != id || log.Entries[0].Competency != "debt" || log.Entries[0].Words != "=1+1\nand “more”" || len(log.Notes) == 0 || log.Notes[0].Words == "" {
		t.Errorf("the export is %+v", log)
	}
	got := owner.get(s.paths.LogCSV()).wantStatus(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+len(log.Entries)+len(log.Notes) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		if row[1] == "entry" && row[4] != "'=1+1\nand “more”" || row[1] == "note" && row[5] == "" {
			t.Errorf("a row is %q", row)
		}
	}
}

// A mentor sees the log only where it was ticked.
func TestAMentorSeesALogOnlyIfTicked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	finished := owner.finished("first-team", "full")
	owner.jots("debt", "The cron job again.")
	owner.get(s.paths.NewShare(finished)).wantText("Your one entry of the last twelve months")
	plain, ticked := everything(), onlyResult()
	ticked.Set("log", "yes")
	preview := url.Values{"go": {"preview"}}
	for name, values := range ticked {
		preview[name] = values
	}
	owner.post(s.paths.NewShare(finished), preview).wantStatus(http.StatusOK).wantText("The cron job again.")
	for sees, fields := range map[bool]url.Values{false: plain, true: ticked} {
		share, mentor := owner.shares(finished, fields), s.browser()
		mentor.opens(share)
		for address, got := range mentor.crawl() {
			if strings.Contains(got.body, "The cron job again.") && (!sees || path.Base(address) != share.id) {
				t.Errorf("ticked %t: %s shows it", sees, address)
			}
		}
		if shown := strings.Contains(mentor.get(s.paths.Shared(share.id)).body, "The cron job again."); shown != sees {
			t.Errorf("ticked %t: it is shown: %t", sees, shown)
		}
		if said := strings.Contains(owner.get(s.paths.Share(share.id)).body, "The cron job again."); said != sees {
			t.Errorf("ticked %t: the owner is told so: %t", sees, said)
		}
	}
}
