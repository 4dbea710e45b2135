package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// jotting is an entry of today that is filled in rightly.
func (w *world) jotting(competency, words string) model.EntryInput {
	return model.EntryInput{Words: words, Day: w.now.Format(model.DateLayout), Competency: competency}
}

// jot notes something today.
func (w *world) jot(competency, words string) string {
	w.t.Helper()
	return must(w.Note(w.t.Context(), w.manager, w.jotting(competency, words), model.Zone{}))(w.t)
}

func (w *world) entry(id string) model.LogEntry {
	w.t.Helper()
	return must(w.LogEntry(w.t.Context(), w.manager, id))(w.t)
}

// drop deletes an entry as it stands.
func (w *world) drop(id string) {
	w.t.Helper()
	w.ok(w.DeleteLogEntry(w.t.Context(), w.manager, id, app.SeenEntry(w.entry(id)), true))
}

func (w *world) log(query model.LogQuery) *model.Log {
	w.t.Helper()
	return must(w.Log(w.t.Context(), w.manager, query, model.Zone{}))(w.t)
}

func TestWhatANoteTakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	auckland, _ := model.ReadZone("Pacific/Auckland")
	for what, one := range map[string]struct {
		input  model.EntryInput
		zone   model.Zone
		fields []string
	}{
		"nothing":         {model.EntryInput{}, model.Zone{}, []string{"noted", "day"}},
		"too much":        {w.jotting("", strings.Repeat("ü", model.EntryWordsLimit+1)), model.Zone{}, []string{"noted"}},
		"tomorrow":        {model.EntryInput{Words: "a", Day: "2026-03-04"}, model.Zone{}, []string{"day"}},
		"of another age":  {model.EntryInput{Words: "a", Day: "0026-03-03"}, model.Zone{}, []string{"day"}},
		"the first day":   {model.EntryInput{Words: "a", Day: "0001-01-01"}, model.Zone{}, []string{"day"}},
		"no day":          {model.EntryInput{Words: "a", Day: "yesterday"}, model.Zone{}, []string{"day"}},
		"no competency":   {w.jotting("cooking", "a"), model.Zone{}, []string{"competency"}},
		"unseen":          {w.jotting("debt", "\u200b \u202e"), model.Zone{}, []string{"noted"}},
		"all it may have": {w.jotting("debt", strings.Repeat("ü", model.EntryWordsLimit)), model.Zone{}, nil},
		"none yet":        {w.jotting("", "a\r\nb"), model.Zone{}, nil},
		"long ago":        {model.EntryInput{Words: "a", Day: "2016-03-03"}, model.Zone{}, nil},
	} {
		_, err := w.Note(t.Context(), w.manager, one.input, one.zone)
		if one.fields == nil {
			w.ok(err)
			continue
		}
		expectFields(t, what, err, one.fields...)
	}
	// Today is the reader's: in Auckland it is tomorrow already.
	w.now = time.Date(2026, time.March, 3, 20, 0, 0, 0, time.UTC)
	ahead := model.EntryInput{Words: "a", Day: "2026-03-04"}
	must(w.Note(t.Context(), w.manager, ahead, auckland))(t)
	_, err := w.Note(t.Context(), w.manager, ahead, model.Zone{})
	expectFields(t, "tomorrow in London", err, "day")
}

// A log that is full says so, and one that is made by a program is bounded by where it comes from.
func TestALogHasBounds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.ok(w.store.InTx(t.Context(), func(tx *store.Store) error {
		for number := range model.EntryLimit {
			if err := tx.CreateLogEntry(t.Context(), w.manager, model.LogEntry{ID: fmt.Sprint("entry ", number), Words: "a", Day: w.now, MadeAt: w.now}); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err := w.Note(t.Context(), w.manager, w.jotting("debt", "one more"), model.Zone{})
	expectFields(t, "one more", err, "room")
	w.drop("entry 7")
	w.jot("debt", "one more")

	w.manager = w.newManager()
	input := w.jotting("debt", "again and again")
	input.From = "a client"
	for range 100 {
		must(w.Note(t.Context(), w.manager, input, model.Zone{}))(t)
	}
	if _, err := w.Note(t.Context(), w.manager, input, model.Zone{}); model.KindOf(err) != model.Crowded {
		t.Errorf("after a hundred: %v", err)
	}
	if _, err := w.Note(t.Context(), w.newManager(), w.jotting("debt", "another"), model.Zone{}); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

// What another page changed isn't overwritten unseen, and isn't deleted unseen.
func TestNothingNewerOfALogIsLost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		id := w.jot("debt", "as it was")
		seen := app.SeenEntry(w.entry(id))
		change := func(words, competency string) error {
			input := w.jotting(competency, words)
			input.Seen = seen
			return w.ChangeLogEntry(t.Context(), w.manager, id, input, model.Zone{})
		}
		w.ok(change("changed here", "debt"))
		w.ok(change("as it was", "vision")) // a page that left the words as it saw them
		if got := w.entry(id); got.Words != "changed here" || got.Competency.ID != "vision" || got.Competency.Name == "" {
			t.Errorf("merged it is %+v", got)
		}
		if err := change("changed there", "debt"); model.KindOf(err) != model.Conflict {
			t.Errorf("both changed the words: %v", err)
		}
		if err := w.DeleteLogEntry(t.Context(), w.manager, id, seen, true); model.KindOf(err) != model.Conflict {
			t.Errorf("deleted as it was: %v", err)
		}
		expectFields(t, "without meaning it", w.DeleteLogEntry(t.Context(), w.manager, id, app.SeenEntry(w.entry(id)), false), "meant")
		other := w.newManager()
		if err := w.DeleteLogEntry(t.Context(), other, id, app.SeenEntry(w.entry(id)), true); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("by somebody else: %v", err)
		}
		w.drop(id)
		if _, err := w.LogEntry(t.Context(), w.manager, id); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// An entry of a day that is yet to come for whoever travelled west keeps its day when its words change.
func TestAnEntryKeepsItsDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	auckland, _ := model.ReadZone("Pacific/Auckland")
	w.now = time.Date(2026, time.March, 3, 20, 0, 0, 0, time.UTC)
	input := model.EntryInput{Words: "a", Day: "2026-03-04"}
	id := must(w.Note(t.Context(), w.manager, input, auckland))(t)
	input.Words, input.Seen = "b", app.SeenEntry(w.entry(id))
	w.ok(w.ChangeLogEntry(t.Context(), w.manager, id, input, model.Zone{}))
	if got := w.entry(id); got.Words != "b" || got.Day.Day() != 4 {
		t.Errorf("it is %+v", got)
	}
}

// Entries and notes stand together by competency, the newest first, and are found on both engines alike.
func TestALogIsReadWithNotes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		draft := w.start("first-team", model.FullForm)
		section := must(w.Progress(t.Context(), w.manager, draft))(t).Assessment.Sections[0]
		w.save(draft, app.AnswerInput{Item: section.Items[0].ID, Level: "4", Note: "Die Straße, noted with an answer"})
		w.now = w.now.Add(48 * time.Hour)
		w.jot(section.Competency, "newer than the note")
		earlier := w.jotting(section.Competency, "STRASSE of the day before the note")
		earlier.Day = w.now.AddDate(0, 0, -3).Format(model.DateLayout)
		must(w.Note(t.Context(), w.manager, earlier, model.Zone{}))(t)
		w.jot("", "of none yet")
		all := w.log(model.LogQuery{})
		if all.Entries != 3 || all.Notes != 1 || len(all.Groups) != 2 || all.Groups[0].Competency.ID != "" || len(all.Silent) != 11 {
			t.Fatalf("the log is %+v", all)
		}
		group := all.Groups[1]
		if group.Count != 3 || group.Latest[0].Of != nil || group.Latest[1].Of == nil || group.Latest[1].Of.Question == "" || group.Latest[1].Of.Level != 4 || group.Latest[2].Words != earlier.Words {
			t.Errorf("of %s are noted %+v", group.Competency.Name, group.Latest)
		}
		for _, one := range []struct {
			query model.LogQuery
			want  int
		}{
			{model.LogQuery{Words: "straße"}, 2}, {model.LogQuery{Words: "straSSE day"}, 1}, {model.LogQuery{Words: "straße", Competency: "debt"}, 0},
			{model.LogQuery{Competency: section.Competency}, 3}, {model.LogQuery{Competency: model.None}, 1},
			{model.LogQuery{Words: strings.Repeat("a", 300)}, 0}, {model.LogQuery{Words: "of"}, 2},
		} {
			if got := w.log(one.query); got.Count != one.want || len(got.Found) != one.want {
				t.Errorf("%+v finds %d", one.query, got.Count)
			}
		}
		w.manager = w.newManager()
		if got := w.log(model.LogQuery{Words: "straße"}); got.Count+got.Entries+got.Notes != 0 {
			t.Errorf("somebody else finds %+v", got)
		}
	})
}

// How fresh evidence is counts from the day of the finish, by the latest entry or note up to then.
func TestEvidenceOfAResult(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	noted := func(competency string, daysAgo int) {
		input := w.jotting(competency, "something")
		input.Day = w.now.AddDate(0, 0, -daysAgo).Format(model.DateLayout)
		must(w.Note(t.Context(), w.manager, input, model.Zone{}))(t)
	}
	noted("debt", 180)
	noted("debt", 400)
	noted("coaching", 365)
	noted("ownership", 366)
	noted("vision", 0)
	id := w.start("first-team", model.FullForm)
	w.answer(id, levels{"": {3}, "coaching": {5}, "ownership": {4}, "credibility": {4}, "learning": {0}})
	section := must(w.Progress(t.Context(), w.manager, id))(t).Assessment.Sections[0]
	w.save(id, app.AnswerInput{Item: section.Items[0].ID, Level: "3", Note: "noted today"})
	w.finish(id)
	w.now = w.now.Add(quarter)
	w.jot("credibility", "later than the result")
	evidence := must(w.Evidence(t.Context(), w.result(id), model.Zone{}))(t)
	fresh := map[string]model.CompetencyEvidence{}
	for _, one := range evidence.Competencies {
		fresh[one.ID] = one
	}
	for competency, want := range map[string]float64{"debt": .5, "coaching": .245233, "vision": 1, section.Competency: 1, "credibility": 0, "systems": 0} {
		near(t, competency, fresh[competency].Freshness, want)
	}
	if _, said := fresh["learning"]; said || !evidence.Any {
		t.Error("of what has no score something is said")
	}
	var silent []string
	for _, one := range evidence.Silent {
		silent = append(silent, one.ID)
	}
	if strings.Join(silent, " ") != "ownership credibility" {
		t.Errorf("silent are %v", silent)
	}
	before := w.result(id)
	noted("ownership", 1)
	if after := w.result(id); after.Whole.Score != before.Whole.Score {
		t.Error("what is noted changes a score")
	}
}

// A mentor sees the log where it was ticked, as it was worded then, each entry once it can lean no rating any more.
func TestAMentorSeesATickedLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, steady)
	old := w.jotting("debt", "too old to be shown")
	old.Day = w.now.AddDate(0, -model.SharedMonths, -1).Format(model.DateLayout)
	must(w.Note(t.Context(), w.manager, old, model.Zone{}))(t)
	debt := w.jot("debt", "of debt")
	w.jot("", "of none")
	if form := must(w.ShareForm(t.Context(), w.manager, id, ""))(t); form.Entries != 2 || form.Input.Log {
		t.Errorf("%d entries are offered, ticked %t", form.Entries, form.Input.Log)
	}
	made := w.link(id, func(input *model.ShareInput) { input.Log = true })
	plain := w.link(id)
	unrated := w.link(id, func(input *model.ShareInput) { input.Log, input.Rating = true, false })
	w.jot("debt", "later than the link")
	change := w.jotting("debt", "changed since")
	change.Seen = app.SeenEntry(w.entry(debt))
	w.ok(w.ChangeLogEntry(t.Context(), w.manager, debt, change, model.Zone{}))

	mentor := w.visitor()
	for _, link := range []*model.MadeShare{made, plain, unrated} {
		mentor.open(link)
	}
	shown := func(link *model.MadeShare) string {
		t.Helper()
		shared := must(w.Shared(t.Context(), mentor.mentor, link.Share.ID))(t)
		said := fmt.Sprint(shared.EntriesLater)
		for _, entry := range shared.Entries {
			said += ", " + entry.Words
		}
		if len(shared.Share.Entries) > 0 {
			t.Error("what waits goes along")
		}
		return said
	}
	another := w.visitor()
	another.open(made)
	if got := must(w.Shared(t.Context(), another.mentor, made.Share.ID))(t); got.EntriesLater != 2 || len(got.Entries) != 0 {
		t.Errorf("before any rating: %+v", got.Entries)
	}
	if got := shown(plain); got != "0" {
		t.Errorf("where it isn’t ticked: %s", got)
	}
	another.reveal(made.Share.ID, "debt")
	if got := must(w.Shared(t.Context(), another.mentor, made.Share.ID))(t); got.EntriesLater != 1 || len(got.Entries) != 1 || got.Entries[0].Words != "of debt" {
		t.Errorf("once debt is known: %+v", got.Entries)
	}
	if got := shown(unrated); got != "0, of none, of debt" {
		t.Errorf("where nothing can be rated: %s", got)
	}
	if got := must(w.Share(t.Context(), w.manager, made.Share.ID))(t); len(got.Entries) != 2 {
		t.Errorf("the manager is told of %+v", got.Entries)
	}
	w.drop(debt)
	if got := shown(unrated); got != "0, of none" {
		t.Errorf("after a deletion: %s", got)
	}
}

// A log alone is something to lose: it keeps its manager, and is told of before another history opens in the browser.
func TestALogAloneIsSomething(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.jot("debt", "The cron job again.")
	if held := must(w.Holdings(t.Context(), w.manager))(t); !held.Any() || !held.Written() || held.Entries != 1 {
		t.Errorf("held are %+v", held)
	}
	empty := must(w.store.EmptyManagers(t.Context(), "", w.now.Add(quarter)))(t)
	if len(empty) != 0 {
		t.Errorf("empty are %v", empty)
	}
}
