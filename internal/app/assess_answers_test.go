package app_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

const (
	hardToUndo = "design.link.hardest-part"
	assumption = "design.first-team.rests-on"
)

// tab is a page in a browser that shows one answer: what it saw, and what stands on it.
type tab struct {
	w     *world
	id    string
	seen  string
	level model.Level
	note  string
}

// openTab opens a page of a draft on the answer to hardToUndo, as it is kept now.
func (w *world) openTab(id string) *tab {
	w.t.Helper()
	answer := must(w.Answers(w.t.Context(), w.manager, id))(w.t).Get(hardToUndo)
	return &tab{w, id, app.Seen(answer), answer.Level, answer.Note}
}

// save sends what stands on the page, and takes over what is kept then.
func (p *tab) save(spent time.Duration) app.SavedAnswer {
	p.w.t.Helper()
	saved := p.w.save(p.id, app.AnswerInput{Item: hardToUndo, Level: p.level.Typed(), Note: p.note, Seen: p.seen, Spent: spent})
	p.seen, p.level, p.note = app.Seen(saved[0].Answer), saved[0].Level, saved[0].Note
	return saved[0]
}

// expect fails the test unless this is what is kept of the answer to hardToUndo.
func (w *world) expect(id string, level model.Level, note string) {
	w.t.Helper()
	kept := must(w.Answers(w.t.Context(), w.manager, id))(w.t).Get(hardToUndo)
	if kept.Level != level || kept.Note != note {
		w.t.Errorf("kept: level %d, note %q; want %d, %q", kept.Level, kept.Note, level, note)
	}
}

func TestStaleTabDoesNotOverwriteWhatItLeftAlone(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	one, other := w.openTab(id), w.openTab(id)
	one.level, one.note = 4, "from the first tab"
	one.save(0)
	if saved := other.save(20 * time.Second); saved.Conflict || saved.Level != 4 {
		t.Errorf("a tab that changed nothing is answered %+v", saved)
	}
	w.expect(id, 4, "from the first tab")
}

// When two pages change something differently, a person chooses: until then what was saved first stays.
func TestTwoChoicesAreAConflict(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	one, other := w.openTab(id), w.openTab(id)
	one.level = 4
	if saved := one.save(0); saved.Conflict {
		t.Errorf("the first choice is in conflict: %+v", saved)
	}
	other.level = 2
	if saved := other.save(0); !saved.Conflict || saved.Level != 4 {
		t.Errorf("the second choice: %+v, want a conflict", saved)
	}
	w.expect(id, 4, "")
	// With the seen token of what is kept, the second choice is one that was made knowing the first.
	other.level = 2
	if saved := other.save(0); saved.Conflict {
		t.Error("a choice with the seen token of what is kept is in conflict")
	}
	w.expect(id, 2, "")
	// Two tabs that agree have nothing to be asked about.
	one.level = 2
	if saved := one.save(0); saved.Conflict {
		t.Error("the same choice in both tabs is a conflict")
	}
}

func TestNoteAndLevelAreKeptApart(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	one, other := w.openTab(id), w.openTab(id)
	one.level = 4
	one.save(0)
	other.note = "the queue at its tenth retry"
	if saved := other.save(0); saved.Conflict || saved.Level != 4 {
		t.Errorf("a note beside the other tab's level: %+v", saved)
	}
	w.expect(id, 4, "the queue at its tenth retry")
	one.level = 5 // this tab has not seen the note
	one.save(0)
	w.expect(id, 5, "the queue at its tenth retry")
	one, other = w.openTab(id), w.openTab(id)
	one.note, other.note = "shorter", "longer"
	one.save(0)
	other.level = 1
	if saved := other.save(0); !saved.Conflict || saved.Level != 1 {
		t.Errorf("of a level and a note that another tab wrote, too: %+v; want the level kept and a conflict", saved)
	}
	w.expect(id, 1, "shorter")
}

// A tab that only reads on adds time; that is no change of the answer.
func TestTimeSpentElsewhereIsNoConflict(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	one := w.openTab(id)
	one.level = 3
	one.save(time.Second)
	other := w.openTab(id)
	other.save(time.Second)
	one.level = 4
	if saved := one.save(time.Second); saved.Conflict {
		t.Errorf("told of a change that was none: %+v", saved)
	}
}

// A page without a seen token, as one that was tampered with, counts as having seen nothing: it overwrites nothing.
func TestPageWithoutASeenToken(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "4", Note: "first"})
	for _, token := range []string{"", "1.4", "x.y.z", "1.two.abc"} {
		saved := w.save(id, app.AnswerInput{Item: hardToUndo, Level: "2", Note: "second", Seen: token})
		if !saved[0].Conflict || saved[0].Level != 4 || saved[0].Note != "first" {
			t.Errorf("seen token %q: %+v", token, saved[0])
		}
	}
}

// A page that an earlier version made is still open after an upgrade.
func TestSeenTokenOfAnEarlierVersion(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "4", Seen: "0.-1.e3b0c44298fc"})
	w.expect(id, 4, "")
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "5", Note: "a note", Seen: "1.4.e3b0c44298fc"})
	w.expect(id, 5, "a note")
	if saved := w.save(id, app.AnswerInput{Item: hardToUndo, Level: "3", Note: "a note", Seen: "1.4.e3b0c44298fc"}); !saved[0].Conflict {
		t.Error("an old page overwrote what it had not seen")
	}
}

func TestTimeIsAddedUpAndBounded(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	page := w.openTab(id)
	page.level = 3
	page.save(10 * time.Second)
	page.save(5 * time.Second)
	page.level = 4
	page.save(-time.Hour)
	if saved := page.save(0); saved.Spent != 15*time.Second {
		t.Errorf("spent %v, want 15 s", saved.Spent)
	}
	// A page left open overnight is not being read.
	if saved := page.save(14 * time.Hour); saved.Spent != 15*time.Second+10*time.Minute {
		t.Errorf("spent %v, want ten minutes more", saved.Spent)
	}
}

func TestAnswerCanBeTakenBack(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	page := w.openTab(id)
	page.level, page.note = 3, "a note"
	page.save(0)
	page.level = model.Blank
	page.save(0)
	w.expect(id, model.Blank, "a note")
	page.level, page.note = model.Absent, ""
	page.save(0)
	w.expect(id, model.Absent, "")
	if given := must(w.Progress(t.Context(), w.manager, id))(t).Given; given != 1 {
		t.Errorf("%d given, want the one that did not come up", given)
	}
}

// What nobody touched is not written: a draft that was only looked at stays untouched.
func TestBlankPageWritesNothing(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	page := w.openTab(id)
	if saved := page.save(time.Minute); saved.Revision != 0 {
		t.Errorf("a blank answer was written: %+v", saved)
	}
	if again := w.start("first-team", model.FullForm); again != id {
		t.Error("the draft counts as touched")
	}
}

func TestNoteIsBoundedInCharacters(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	longest := strings.Repeat("ü", model.NoteLimit)
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "3", Note: "  " + longest + "\r\n"})
	w.expect(id, 3, longest)
	// A browser sends each line end as two characters, and counts it as one.
	page := w.openTab(id)
	page.note = strings.Repeat("x\r\n", model.NoteLimit/2)
	page.save(0)
	w.expect(id, 3, strings.TrimSpace(strings.Repeat("x\n", model.NoteLimit/2)))
	_, err := w.SaveAnswers(t.Context(), w.manager, id, []app.AnswerInput{
		{Item: assumption, Level: "5", Note: "short"},
		{Item: hardToUndo, Level: "5", Note: longest + "ü"},
	})
	expectFields(t, "a note too long", err, "note."+hardToUndo)
	if invalid, _ := errors.AsType[*model.Error](err); !strings.Contains(invalid.Message("note."+hardToUndo), "2001") {
		t.Errorf("the advice %q does not say how long it is", invalid.Message("note."+hardToUndo))
	}
	// All or none.
	if got := must(w.Answers(t.Context(), w.manager, id))(t).Get(assumption); got.Revision != 0 {
		t.Errorf("its neighbour was kept: %+v", got)
	}
}

func TestNoteIsCleaned(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "3", Note: "\n a\x00b\x1b[0m\x7f\tc\r\nd\re\xffé <b>&amp;</b> \u2028"})
	w.expect(id, 3, "ab[0m\tc\nd\ne\uFFFDé <b>&amp;</b>")
}

func TestLevelThatNoFormOffersIsRefused(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	for _, level := range []string{"-2", "-1", "6", "99", "three", "3.5"} {
		_, err := w.SaveAnswers(t.Context(), w.manager, id, []app.AnswerInput{{Item: hardToUndo, Level: level}, {Item: assumption, Level: level}})
		expectFields(t, "a level off the scale", err, "level."+hardToUndo, "level."+assumption)
	}
	w.expect(id, model.Blank, "")
}

func TestItemThatIsNotAskedIsNotFound(t *testing.T) {
	w := newWorld(t)
	pulse := w.start("first-team", model.PulseForm)
	_, err := w.SaveAnswers(t.Context(), w.manager, pulse, []app.AnswerInput{
		{Item: hardToUndo, Level: "3"},
		{Item: assumption, Level: "3"}, // the full form asks it
	})
	if !errors.Is(err, model.ErrNotFound) {
		t.Errorf("gives %v, want not found", err)
	}
	w.expect(pulse, model.Blank, "")
}

// Every answer that was acknowledged is kept, also when many tabs write at once.
func TestManyTabsAtOnceLoseNothing(t *testing.T) {
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	draft := must(w.Progress(t.Context(), w.manager, id))(t).Assessment
	var group sync.WaitGroup
	for _, section := range draft.Sections {
		group.Go(func() {
			for _, item := range section.Items {
				_, err := w.SaveAnswers(t.Context(), w.manager, id, []app.AnswerInput{{Item: item.ID, Level: "4", Note: item.ID}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	answers := must(w.Answers(t.Context(), w.manager, id))(t)
	if len(answers) != draft.Asked() {
		t.Errorf("%d answers kept of %d", len(answers), draft.Asked())
	}
	for item, answer := range answers {
		if answer.Level != 4 || answer.Note != item {
			t.Errorf("%s: %+v", item, answer)
		}
	}
}
