package store_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func someEntry(id string) model.LogEntry {
	return model.LogEntry{
		ID: id, Competency: model.NamedCompetency{ID: "debt"}, Day: day(2026, time.November, 3),
		Words: "The cron job – “again”.\n漢字 'quotes' $1 ?", MadeAt: noon,
	}
}

// jot adds entries to a manager's log.
func jot(t *testing.T, s *store.Store, manager string, all ...model.LogEntry) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		for _, one := range all {
			if err := tx.CreateLogEntry(t.Context(), manager, one); err != nil {
				return err
			}
		}
		return nil
	})
}

func entries(t *testing.T, s *store.Store, manager string) []model.LogEntry {
	t.Helper()
	all, err := s.LogEntries(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestLogEntries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		old, later, newest := someEntry("old"), someEntry("later"), someEntry("newest")
		later.MadeAt, later.Competency.ID = noon.Add(time.Hour), ""
		newest.Day = day(2026, time.November, 4)
		jot(t, s, "ann", old, newest, later)
		jot(t, s, "bea", someEntry("of bea"))
		if got := entries(t, s, "ann"); !reflect.DeepEqual(got, []model.LogEntry{newest, later, old}) {
			t.Fatalf("kept are %+v", got)
		}
		if count, err := s.LogSize(t.Context(), "ann"); err != nil || count != 3 {
			t.Errorf("%d are counted, %v", count, err)
		}
		since, err := s.NotedSince(t.Context(), "ann", noon, []string{"debt", ""})
		if err != nil || !reflect.DeepEqual(since, []model.LogEntry{later}) {
			t.Errorf("since noon were noted %+v, %v", since, err)
		}
		if since, err := s.NotedSince(t.Context(), "ann", time.Time{}, []string{"debt"}); err != nil || len(since) != 2 {
			t.Errorf("ever were noted %+v, %v", since, err)
		}
		recent, err := s.RecentEntries(t.Context(), "ann", day(2026, time.November, 3), 2)
		if err != nil || !reflect.DeepEqual(recent, []model.LogEntry{newest, later}) {
			t.Errorf("recent are %+v, %v", recent, err)
		}
		change := old
		change.Words, change.Day, change.Competency.ID = "other words", day(2026, time.October, 1), "vision"
		inTx(t, s, func(tx *store.Store) error { return tx.ChangeLogEntry(t.Context(), "ann", change) })
		if got, err := s.LogEntry(t.Context(), "ann", "old"); err != nil || !reflect.DeepEqual(got, change) {
			t.Errorf("changed it is %+v, %v", got, err)
		}
		for what, work := range map[string]func(tx *store.Store) error{
			"reading":  func(tx *store.Store) error { _, err := tx.LogEntry(t.Context(), "bea", "old"); return err },
			"changing": func(tx *store.Store) error { return tx.ChangeLogEntry(t.Context(), "bea", change) },
			"deleting": func(tx *store.Store) error { return tx.DeleteLogEntry(t.Context(), "bea", "old") },
		} {
			if err := s.InTx(t.Context(), work); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s someone else's: %v", what, err)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteLogEntry(t.Context(), "ann", "old") })
		if got := entries(t, s, "ann"); len(got) != 2 || len(entries(t, s, "bea")) != 1 {
			t.Errorf("left are %+v", got)
		}
	})
}

// Notes of answers and entries tell when something was last noted of a competency, up to a day; nobody else's count.
func TestLatestNoted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addDraft(t, s, "ann", "draft")
		for item, written := range map[string]time.Time{"design.0": noon, "design.1": noon.Add(48 * time.Hour)} {
			if err := put(t.Context(), s, "ann", "draft", model.Answer{Item: item, Level: 3, Note: "note of " + item, UpdatedAt: written}); err != nil {
				t.Fatal(err)
			}
		}
		today := day(noon.Year(), noon.Month(), noon.Day())
		past, future := someEntry("past"), someEntry("future")
		past.Day, future.Day = today.AddDate(0, 0, -3), today.AddDate(0, 0, 3)
		jot(t, s, "ann", past, future)
		theirs := someEntry("of bea")
		theirs.Day = today
		jot(t, s, "bea", theirs)
		inEntries, inNotes, err := s.LatestNoted(t.Context(), "ann", today, noon.Add(time.Hour))
		if err != nil || len(inEntries) != 1 || !inEntries["debt"].Equal(past.Day) || len(inNotes) != 1 || !inNotes["design"].Equal(noon) {
			t.Errorf("last noted are %v and %v, %v", inEntries, inNotes, err)
		}
		notes, err := s.AnswerNotes(t.Context(), "ann")
		if err != nil || len(notes) != 2 || notes[0].Words != "note of design.1" || notes[0].Of.Item != "design.1" || notes[0].Of.Finished || notes[0].Of.Level != 3 || notes[0].Competency.ID != "design" || !notes[1].MadeAt.Equal(noon) {
			t.Errorf("the notes are %+v, %v", notes, err)
		}
		if notes, err := s.AnswerNotes(t.Context(), "bea"); err != nil || len(notes) != 0 {
			t.Errorf("of bea they are %+v, %v", notes, err)
		}
	})
}

// What was last noted as of a moment is the same whether its assessment was open or finished by then, is finished since,
// is read again, or is deleted.
func TestLatestNotedAsOfAMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		hour := func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }
		note := func(id, item string, hours int) {
			t.Helper()
			if err := put(t.Context(), s, "ann", id, model.Answer{Item: item, Level: 3, Note: "a note", UpdatedAt: hour(hours)}); err != nil {
				t.Fatal(err)
			}
		}
		expect := func(asOf, design, systems int) {
			t.Helper()
			for range 2 { // as it is read, and as it is cached
				_, notes, err := s.LatestNoted(t.Context(), "ann", hour(0), hour(asOf))
				want := map[string]time.Time{}
				if design > 0 {
					want["design"] = hour(design)
				}
				if systems > 0 {
					want["systems"] = hour(systems)
				}
				if err != nil || !maps.EqualFunc(notes, want, time.Time.Equal) {
					t.Errorf("as of hour %d it is %v, %v, want %v", asOf, notes, err, want)
				}
			}
		}
		end := func(draft *model.Assessment, hours int) {
			t.Helper()
			finished := asFinished(draft)
			finished.FinishedAt = hour(hours)
			finish(t, s, finished)
		}
		first, second := addDraft(t, s, "ann", "first"), addDraft(t, s, "ann", "second")
		note("first", "design.0", 1)
		note("first", "systems.0", 2)
		note("second", "design.1", 3)
		expect(2, 1, 2)
		end(first, 4)
		expect(4, 3, 2)
		note("second", "design.0", 5)
		expect(4, 3, 2)
		expect(6, 5, 2)
		end(second, 7)
		expect(4, 3, 2)
		expect(8, 5, 2)
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteAssessment(t.Context(), "ann", "second") })
		expect(8, 1, 2)
	})
}

// A share shows the log as it was when it was made, and nothing that is deleted.
func TestShownLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		finish(t, s, asFinished(addDraft(t, s, "ann", "finished")))
		share := someShare("ann", "finished", "share")
		share.Scope.Log = true
		inTx(t, s, func(tx *store.Store) error {
			_, err := tx.CreateShare(t.Context(), share, "form")
			return err
		})
		one, two, old := someEntry("one"), someEntry("two"), someEntry("old")
		two.Day, old.Day = day(2026, time.November, 5), day(2024, time.November, 5)
		jot(t, s, "ann", one, two, old)
		inTx(t, s, func(tx *store.Store) error {
			return tx.ShowLog(t.Context(), "ann", "share", day(2026, time.January, 1), 10)
		})
		change := one
		change.Words = "changed since"
		inTx(t, s, func(tx *store.Store) error { return tx.ChangeLogEntry(t.Context(), "ann", change) })
		shown := func(manager string) []model.LogEntry {
			t.Helper()
			list, err := s.ShownLog(t.Context(), manager, "share")
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if got := shown("ann"); !reflect.DeepEqual(got, []model.LogEntry{two, one}) || len(shown("bea")) != 0 {
			t.Errorf("shown are %+v", got)
		}
		if kept, err := s.Share(t.Context(), "ann", "share"); err != nil || !kept.Scope.Log {
			t.Errorf("the share keeps %+v, %v", kept, err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteLogEntry(t.Context(), "ann", "two") })
		if got := shown("ann"); !slices.EqualFunc(got, []string{"one"}, func(entry model.LogEntry, id string) bool { return entry.ID == id }) {
			t.Errorf("after a deletion shown are %+v", got)
		}
	})
}

// A share that is taken off the list shows nothing of the log any more.
func TestRemovedShareForgetsTheLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		finish(t, s, asFinished(addDraft(t, s, "ann", "finished")))
		jot(t, s, "ann", someEntry("mine"))
		addShare(t, s, someShare("ann", "finished", "share"))
		addMentor(t, s, "mentor", "share") // so that the share itself stays
		inTx(t, s, func(tx *store.Store) error {
			shown := tx.ShowLog(t.Context(), "ann", "share", day(2026, time.January, 1), 10)
			_, removed := tx.RemoveShare(t.Context(), "ann", "share", noon.AddDate(1, 0, 0))
			return errors.Join(shown, removed)
		})
		if s.Count(t, "shares") != 1 || s.Count(t, "share_log_entries") != 0 {
			t.Errorf("there are %d shares and %d entries on them", s.Count(t, "shares"), s.Count(t, "share_log_entries"))
		}
	})
}
