package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// save sends one answer as the page's script does, and returns what the app tells the script. A page that says
// nothing of what it saw was opened just now.
func (b *browser) save(id string, fields ...string) savedAnswer {
	b.t.Helper()
	var answer savedAnswer
	form := changed(url.Values{}, fields...)
	if form.Get("seen") == "" {
		form.Set("seen", b.answers(id)[form.Get("item")].Seen)
	}
	b.post(b.site.paths.Answers(id), form, acceptJSON).wantStatus(http.StatusOK).decode(&answer)
	return answer
}

func TestAutosaveKeepsAndMarks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.start("first-team", "full")
	_, items := s.firstItems("first-team")
	first := person.save(id, "item", items[0].ID, "level", "4", "note", "  Asked why.\r\nTwice.  ", "seen", "", "spent", "5000")
	if first.Item != items[0].ID || first.Level != 4 || first.Note != "Asked why.\nTwice." || first.Seen == "" {
		t.Errorf("the first save tells %+v", first)
	}
	if kept := person.answers(id)[items[0].ID]; kept != first {
		t.Errorf("kept is %+v, the save told %+v", kept, first)
	}
	second := person.save(id, "item", items[0].ID, "level", "0", "note", first.Note, "seen", first.Seen)
	if second.Level != 0 || second.Seen == first.Seen {
		t.Errorf("the second save tells %+v", second)
	}
	// Sent again, as after a lost response, it changes nothing.
	if again := person.save(id, "item", items[0].ID, "level", "0", "note", first.Note, "seen", second.Seen); again != second {
		t.Errorf("sent again, it tells %+v, want %+v", again, second)
	}
	blank := person.save(id, "item", items[0].ID, "level", "", "note", "", "seen", second.Seen)
	if blank.Level != -1 || blank.Note != "" {
		t.Errorf("taken back, it tells %+v", blank)
	}
	person.get(s.paths.Assessment(id)).wantText("Not started")
}

// The page that a script saved from shows what was saved, when it is opened again.
func TestAutosavedAnswerIsOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	competency, items := s.firstItems("first-team")
	saved := person.save(id, "item", items[2].ID, "level", "5", "note", "Kept & shown", "seen", "")
	form := person.get(s.paths.Questions(id, competency)).wantText("Saved")
	held := marked(form.controls(form.byID("questions")))
	if held.Get("level."+items[2].ID+"@"+saved.Seen) != "5" || held.Get("note."+items[2].ID+"@"+saved.Seen) != "Kept & shown" {
		t.Errorf("the page holds %v, saved was %+v", held, saved)
	}
}

// What two tabs change is in conflict: the second is told what is kept, and nothing is overwritten until it says
// that it knows. What a tab left as it saw it never overwrites what the other wrote.
func TestAutosaveFromTwoTabs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.start("first-team", "full")
	_, items := s.firstItems("first-team")
	item := items[0].ID
	seen := person.save(id, "item", item, "level", "3", "note", "", "seen", "").Seen
	here := person.save(id, "item", item, "level", "2", "note", "", "seen", seen)
	var told toldConflict
	there := url.Values{"item": {item}, "level": {"5"}, "note": {""}, "seen": {seen}}
	person.post(s.paths.Answers(id), there, acceptJSON).wantStatus(http.StatusPreconditionFailed).decode(&told)
	if told.Answer != here || told.Message == "" || !strings.Contains(told.Choice, here.Seen) {
		t.Errorf("the later tab was told %+v, kept is %+v", told, here)
	}
	if kept := person.answers(id)[item]; kept != here {
		t.Errorf("a conflict left %+v, want %+v", kept, here)
	}
	if chosen := person.save(id, "item", item, "level", "5", "note", "", "seen", told.Answer.Seen); chosen.Level != 5 {
		t.Errorf("what was chosen gave %+v", chosen)
	}
	noted := person.save(id, "item", item, "level", "2", "note", "From the first tab.", "seen", here.Seen)
	if noted.Level != 5 || noted.Note != "From the first tab." {
		t.Errorf("a note from the tab that had not touched the level gives %+v", noted)
	}
}

// toldConflict is what a script is told that sends what was changed elsewhere, too.
type toldConflict struct {
	Message, Choice string
	Answer          savedAnswer
}

func TestAnswersForScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.start("first-team", "full")
	if got := person.get(s.paths.Answers(id)).body; got != `{"answers":[]}` {
		t.Errorf("a draft without answers gives %s", got)
	}
	_, items := s.firstItems("first-team")
	for _, item := range items {
		person.save(id, "item", item.ID, "level", "3", "note", "", "seen", "")
	}
	got := person.get(s.paths.Answers(id))
	if kept := person.answers(id); len(kept) != len(items) {
		t.Errorf("%d answers are kept, want %d", len(kept), len(items))
	}
	if again := person.get(s.paths.Answers(id)); again.body != got.body {
		t.Error("the order of answers changes")
	}
}

// Anything but an answer of the draft is refused, and any time that a script sends is either taken or dropped.
func TestAutosaveOddities(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.begun("first-team", "full")
	_, items := s.firstItems("first-team")
	for _, item := range []string{"", "nonsense", strings.Repeat("x", 5000)} {
		for _, level := range []string{"3", ""} {
			got := person.post(s.paths.Answers(id), url.Values{"item": {item}, "level": {level}}, acceptJSON)
			if got.status != http.StatusNotFound && level != "" {
				t.Errorf("an unknown item at level %q: status %d", level, got.status)
			}
		}
	}
	for _, spent := range []string{"", "-5", "999999999", "99999999999999999999", "soon"} {
		if got := person.save(id, "item", items[1].ID, "level", "4", "spent", spent); got.Level != 4 {
			t.Errorf("with the time %q saved is %+v", spent, got)
		}
	}
	for _, seen := range []string{"nonsense", "1.2", "-1.-1.x", "9999999999999999999.1.x"} {
		stale := url.Values{"item": {items[1].ID}, "level": {"2"}, "seen": {seen}}
		person.post(s.paths.Answers(id), stale, acceptJSON).wantStatus(http.StatusPreconditionFailed)
	}
	if len(person.answers(id)) != 2 {
		t.Errorf("kept is %v", person.answers(id))
	}
}
