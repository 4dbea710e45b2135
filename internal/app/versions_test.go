package app_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // reads the dump

	"whetstone/internal/database"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/store/storetest"
)

// The three assessments in testdata/version1/database.sql.
const (
	versionOneFull  = "6CWZ4XC6WJUC256A4G7CYZ2N4M"
	versionOnePulse = "JH5PWG3O454T6VNWGI5WRMASQ6"
	versionOneDraft = "BSRWPXOEMF2SPAM53OLM7D2M26"
)

// versionOne is the world of a manager who answered version 1, a quarter later: the database that the program of
// then wrote, opened by this one.
func versionOne(t *testing.T) *world {
	t.Helper()
	dump, err := os.ReadFile("testdata/version1/database.sql")
	if err != nil {
		t.Fatal(err)
	}
	address := storetest.SQLiteAddress(t)
	path, _ := database.SQLitePath(address)
	raw, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	var manager string
	if _, err = raw.Exec(string(dump)); err == nil {
		err = raw.QueryRow("SELECT manager_id FROM assessments LIMIT 1").Scan(&manager)
	}
	if closed := raw.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	w := newWorldOn(t, storetest.Open(t, address))
	w.manager = manager
	w.now = time.Date(2027, time.February, 28, 9, 0, 0, 0, time.UTC)
	return w
}

// What was finished on version 1 reads as it did, to the last digit: the export of then is the export of now.
func TestVersionOneReadsAsItDid(t *testing.T) {
	w := versionOne(t)
	then, err := os.ReadFile("testdata/version1/history.json")
	if err != nil {
		t.Fatal(err)
	}
	if found := recompute(t, then).Differences; len(found) != 0 {
		t.Errorf("the export of then is recomputed otherwise: %v", found)
	}
	var now bytes.Buffer
	if err := must(w.ExportHistory(t.Context(), w.manager))(t).WriteJSON(t.Context(), &now); err != nil {
		t.Fatal(err)
	}
	var before, after map[string]any
	if err := json.Unmarshal(then, &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(now.Bytes(), &after); err != nil {
		t.Fatal(err)
	}
	for i, assessment := range before["assessments"].([]any) {
		withoutWritten(after["assessments"].([]any)[i])
		was, is := must(json.Marshal(assessment))(t), must(json.Marshal(after["assessments"].([]any)[i]))(t)
		if string(was) != string(is) {
			t.Errorf("assessment %d was exported as\n%s\nand is\n%s", i, was, is)
		}
	}
	result := w.result(versionOneFull)
	first := result.Assessment.Sections[0].Items[0]
	if result.Assessment.QuestionnaireVersion != 1 || first.ID != "design.link.hard-to-undo" ||
		result.Assessment.Scale.Label(first.Anchors, 4) != "3 is usual; 5 has happened once" {
		t.Errorf("version %d, %s, level 4 reads %q", result.Assessment.QuestionnaireVersion, first.ID, result.Assessment.Scale.Label(first.Anchors, 4))
	}
}

// withoutWritten takes the times of notes out of an assessment: earlier formats had none.
func withoutWritten(assessment any) {
	for _, section := range assessment.(map[string]any)["competencies"].([]any) {
		for _, answer := range section.(map[string]any)["answers"].([]any) {
			delete(answer.(map[string]any), "written_at")
		}
	}
}

// A draft that was begun on version 1 is finished on it, though nothing asks its questions any more.
func TestDraftOfVersionOneIsFinishedOnIt(t *testing.T) {
	w := versionOne(t)
	progress := must(w.Progress(t.Context(), w.manager, versionOneDraft))(t)
	if progress.Given != 10 || progress.Asked != 38 || progress.Next != "roadmap" || progress.Minutes == 0 {
		t.Errorf("%d of %d, next %s, %d minutes", progress.Given, progress.Asked, progress.Next, progress.Minutes)
	}
	page := must(w.QuestionPage(t.Context(), w.manager, versionOneDraft, "roadmap"))(t).Parts[0]
	if page.Section.Items[0].ID != "roadmap.link.weeks-before-dates" || page.Earlier["roadmap.link.weeks-before-dates"].Level != 2 {
		t.Errorf("the page asks %s, answered %v last time", page.Section.Items[0].ID, page.Earlier)
	}
	if len(page.EarlierAsked) != 0 {
		t.Error("the words of last time are taken for others, and are the same")
	}
	w.answer(versionOneDraft, varied)
	w.finish(versionOneDraft)
	if a := w.result(versionOneDraft).Assessment; a.QuestionnaireVersion != 1 || a.Scale.Instruction != "Choose the highest level that fits most occasions in this period." {
		t.Errorf("finished on version %d: %s", a.QuestionnaireVersion, a.Scale.Instruction)
	}
}

// The first assessment on version 2 is compared on the questions that both versions ask, and begins a new line.
func TestVersionTwoIsComparedOnWhatBothAsk(t *testing.T) {
	w := versionOne(t)
	draft := w.start("first-team", model.FullForm)
	page := must(w.QuestionPage(t.Context(), w.manager, draft, "systems"))(t).Parts[0]
	asked := page.EarlierAsked[page.Earlier["systems.link.past-the-list"].Of]
	if asked == nil || asked.QuestionnaireVersion != 1 {
		t.Fatalf("last time's words are shown as today's: %+v", page.EarlierAsked)
	}
	then, _, _ := asked.Item("systems.link.past-the-list")
	if now := page.Section.Items[0]; now.ID != then.ID || now.Text == then.Text || !strings.HasPrefix(then.Anchors.Five, "I found an effect that nobody had listed") {
		t.Errorf("then %q, now %q", then, now)
	}
	w.answer(draft, levels{"": {5}})
	w.finish(draft)
	comparison := must(w.Compare(t.Context(), w.manager, versionOneFull, draft))(t)
	shared := 0
	for _, section := range comparison.Items {
		for _, item := range section.Items {
			if item.Earlier != nil && item.Later != nil {
				shared++
				if item.Then.Text == "" || item.Reworded && item.Then.Hash() == item.Item.Hash() {
					t.Errorf("%s: then %q", item.Item.ID, item.Then.Text)
				}
			}
		}
	}
	previous := comparison.Later.Previous
	if !previous.VersionChanged || previous.ScopeChanged || previous.Shared != shared || shared < 12 || shared >= 38 {
		t.Errorf("%d shared, compared with %+v", shared, previous)
	}
	if whole := comparison.Later.Whole.Judgement; whole.Verdict != measure.Changed || whole.Direction != measure.Rose || whole.Change.Shared != shared {
		t.Errorf("the whole, up by about two levels: %+v", whole)
	}
	history := must(w.History(t.Context(), w.manager))(t)
	if last := history.Stretches[len(history.Stretches)-1]; len(history.Stretches) != 2 || last.Break != model.VersionBreak || len(last.Results) != 1 {
		t.Errorf("%d lines, the last for %q", len(history.Stretches), last.Break)
	}
	targets := must(w.Targets(t.Context(), w.manager, "first-team"))(t)
	if targets.Own {
		t.Error("the targets of version 1 were made the manager's own")
	}
}

// No version before is lost: the lock still has every id that version 1 asked.
func TestEveryItemOfVersionOneStaysLocked(t *testing.T) {
	w := versionOne(t)
	lock, err := os.ReadFile("../../data/questionnaires/lock.yaml")
	if err != nil {
		t.Fatal(err)
	}
	asked := w.result(versionOneFull).Assessment
	var kept []string
	for _, section := range asked.Sections {
		for _, item := range section.Items {
			if !strings.Contains(string(lock), "  "+item.ID+": ") {
				t.Errorf("%s may come back with another meaning", item.ID)
			}
			kept = append(kept, item.ID)
		}
	}
	current, _ := w.library.Questionnaire("first-team")
	still := slices.DeleteFunc(kept, func(id string) bool { _, found := current.Item(id); return !found })
	if len(still) < 12 {
		t.Errorf("only %d items can be compared with version 1", len(still))
	}
}
