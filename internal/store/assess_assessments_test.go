package store_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestDraftIsReadAsItWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		want := addDraft(t, s, "ann", "one")
		got, err := s.Assessment(t.Context(), "ann", "one")
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		// Recomputing a hash from an export must give the one that is stored.
		if got.Scale.Hash() != want.Scale.Hash() || got.Sections[0].Hash() != want.Sections[0].Hash() ||
			got.Sections[1].Items[1].Hash() != want.Sections[1].Items[1].Hash() {
			t.Error("a hash changed on the way through the database")
		}
	})
}

func TestContentIsStoredOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		addDraft(t, s, "ann", "one")
		const contents = 1 + 2 + 4 // a scale, two rubrics, four items
		if got := s.Count(t, "contents"); got != contents {
			t.Errorf("%d contents, want %d", got, contents)
		}
		addDraft(t, s, "bea", "two")
		if got := s.Count(t, "contents"); got != contents {
			t.Errorf("%d contents after a second assessment of the same words, want %d", got, contents)
		}
		reworded := someDraft("ann", "three")
		reworded.Sections[0].Items[0].Text += " Again."
		inTx(t, s, func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), reworded) })
		if got := s.Count(t, "contents"); got != contents+1 {
			t.Errorf("%d contents after one item was reworded, want %d", got, contents+1)
		}
		old, err := s.Assessment(t.Context(), "ann", "one")
		if err != nil || old.Sections[0].Items[0].Text == reworded.Sections[0].Items[0].Text {
			t.Errorf("the old assessment took the new words (%v)", err)
		}
	})
}

// Knowing the id of another manager's assessment doesn't let one read, change or delete it.
func TestAssessmentOfAnotherManagerIsNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "eve")
		draft := addDraft(t, s, "ann", "one")
		if _, err := s.Assessment(t.Context(), "eve", "one"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("reading gives %v, want not found", err)
		}
		if _, err := s.State(t.Context(), "eve", "one"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("its state gives %v, want not found", err)
		}
		if list, err := s.Assessments(t.Context(), "eve", model.Draft); err != nil || len(list) != 0 {
			t.Errorf("listing gives %d, %v", len(list), err)
		}
		theirs := *draft
		theirs.ManagerID = "eve"
		if id, err := s.UntouchedDraft(t.Context(), &theirs); err != nil || id != "" {
			t.Errorf("a draft to go on with: %q, %v", id, err)
		}
		err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.DeleteDraft(t.Context(), "eve", "one") })
		if !errors.Is(err, model.ErrNotFound) {
			t.Errorf("deleting gives %v, want not found", err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.MovePeriod(t.Context(), "eve", "one", day(2020, 1, 1)) })
		finished := asFinished(draft)
		finished.ManagerID = "eve"
		if finish(t, s, finished) {
			t.Error("another manager finished it")
		}
		if got, err := s.Assessment(t.Context(), "ann", "one"); err != nil || !reflect.DeepEqual(got, draft) {
			t.Errorf("it was changed: %+v, %v", got, err)
		}
	})
}

func TestFinishFreezesOnceAndForAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		draft := addDraft(t, s, "ann", "one")
		if err := put(t.Context(), s, "ann", "one", model.Answer{Item: "design.0", Level: 4, UpdatedAt: noon}); err != nil {
			t.Fatal(err)
		}
		want := asFinished(draft)
		if !finish(t, s, want) {
			t.Fatal("the first finish did nothing")
		}
		again := asFinished(draft)
		again.FinishedAt = noon.Add(time.Hour)
		again.Noise.ItemVariance = 9
		again.Sections[0].Target = 4
		if finish(t, s, again) {
			t.Error("it was finished a second time")
		}
		if err := put(t.Context(), s, "ann", "one", model.Answer{Item: "design.0", Level: 1, UpdatedAt: noon}); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("an answer after the finish gives %v, want not found", err)
		}
		inTx(t, s, func(tx *store.Store) error { return tx.MovePeriod(t.Context(), "ann", "one", day(2020, 1, 1)) })
		err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.DeleteDraft(t.Context(), "ann", "one") })
		if !errors.Is(err, model.ErrNotFound) {
			t.Errorf("deleting gives %v, want not found", err)
		}
		got, err := s.Assessment(t.Context(), "ann", "one")
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v\n%v", got, want, err)
		}
		if answer, err := s.Answer(t.Context(), "ann", "one", "design.0"); err != nil || answer.Level != 4 || answer.Revision != 1 {
			t.Errorf("the answer became %+v, %v", answer, err)
		}
	})
}

func TestStateOfAnAssessment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		draft := addDraft(t, s, "ann", "one")
		if state, err := s.State(t.Context(), "ann", "one"); err != nil || state != model.Draft {
			t.Errorf("a draft: %q, %v", state, err)
		}
		finish(t, s, asFinished(draft))
		if state, err := s.State(t.Context(), "ann", "one"); err != nil || state != model.Complete {
			t.Errorf("a finished one: %q, %v", state, err)
		}
	})
}

func TestAssessmentsAreListedLatestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		// Those that were started early can be finished late.
		for i, name := range []string{"c", "a", "b"} {
			draft := someDraft("ann", name)
			draft.StartedAt = noon.Add(time.Duration(i) * time.Hour)
			inTx(t, s, func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), draft) })
			finished := someDraft("ann", "finished "+name)
			finished.StartedAt = draft.StartedAt
			inTx(t, s, func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), finished) })
			finished = asFinished(finished)
			finished.FinishedAt = noon.Add(-time.Duration(i) * time.Hour)
			finish(t, s, finished)
		}
		for state, want := range map[model.State][]string{
			model.Draft:    {"b", "a", "c"},
			model.Complete: {"finished c", "finished a", "finished b"},
		} {
			list, err := s.Assessments(t.Context(), "ann", state)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, assessment := range list {
				got = append(got, assessment.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", state, got, want)
			}
		}
	})
}

func TestUntouchedDraftIsOneLikeIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		find := func(change func(*model.Assessment)) string {
			t.Helper()
			wanted := someDraft("ann", "another")
			change(wanted)
			id, err := s.UntouchedDraft(t.Context(), wanted)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		if got := find(func(*model.Assessment) {}); got != "one" {
			t.Errorf("found %q, want the draft", got)
		}
		for name, change := range map[string]func(*model.Assessment){
			"questionnaire": func(a *model.Assessment) { a.QuestionnaireID = "wider-scope" },
			"version":       func(a *model.Assessment) { a.QuestionnaireVersion++ },
			"form":          func(a *model.Assessment) { a.Form = model.PulseForm },
			"craft":         func(a *model.Assessment) { a.Craft = "applied-science" },
		} {
			if got := find(change); got != "" {
				t.Errorf("another %s found %q", name, got)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.MovePeriod(t.Context(), "ann", "one", day(2026, 10, 1)) })
		if moved, err := s.Assessment(t.Context(), "ann", "one"); err != nil || !moved.PeriodStart.Equal(day(2026, 10, 1)) {
			t.Errorf("the period was not moved: %v, %v", moved.PeriodStart, err)
		}
		if err := put(t.Context(), s, "ann", "one", model.Answer{Item: "design.0", Level: model.Absent, UpdatedAt: noon}); err != nil {
			t.Fatal(err)
		}
		if got := find(func(*model.Assessment) {}); got != "" {
			t.Errorf("found %q, which has an answer", got)
		}
	})
}

func TestDeletedDraftLeavesNothingButItsWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		addDraft(t, s, "ann", "other")
		for _, draft := range []string{"one", "other"} {
			if err := put(t.Context(), s, "ann", draft, model.Answer{Item: "design.0", Level: 3, Note: "candid", UpdatedAt: noon}); err != nil {
				t.Fatal(err)
			}
		}
		inTx(t, s, func(tx *store.Store) error { return tx.DeleteDraft(t.Context(), "ann", "one") })
		for table, want := range map[string]int{"assessments": 1, "assessment_sections": 2, "assessment_items": 4, "answers": 1} {
			if got := s.Count(t, table); got != want {
				t.Errorf("%s has %d rows, want the %d of the other draft", table, got, want)
			}
		}
		if _, err := s.Assessment(t.Context(), "ann", "one"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("reading it gives %v, want not found", err)
		}
		if _, err := s.Assessment(t.Context(), "ann", "other"); err != nil {
			t.Errorf("the other draft: %v", err)
		}
	})
}

// What an assessment asks is remembered. A caller may set targets and add to what it got, and the next one finds it
// unchanged.
func TestWhatIsReadTwiceIsTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann")
		addDraft(t, s, "ann", "one")
		first, err := s.Assessment(t.Context(), "ann", "one")
		if err != nil {
			t.Fatal(err)
		}
		asked, target := len(first.Sections[0].Items), first.Sections[0].Target
		first.Sections[0].Target = target + 1
		first.Sections[0].Items = append(first.Sections[0].Items, model.Item{ID: "added"})
		first.Sections = append(first.Sections, model.Section{})
		again, err := s.Assessment(t.Context(), "ann", "one")
		if err != nil {
			t.Fatal(err)
		}
		if again.Asks("added") || len(again.Sections[0].Items) != asked || again.Sections[0].Target != target || len(again.Sections) == len(first.Sections) {
			t.Errorf("read again: %+v", again.Sections)
		}
	})
}

// The next assessment is due by the latest one, and by the latest full one of its scope.
func TestLatestOf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ann", "bea")
		expect := func(want ...string) {
			t.Helper()
			list, err := s.LatestOf(t.Context(), "ann")
			var got []string
			for _, assessment := range list {
				got = append(got, assessment.ID)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("they are %v, %v, want %v", got, err, want)
			}
		}
		add := func(manager, id string, form model.Form, scope string, days int) {
			t.Helper()
			draft := someDraft(manager, id)
			draft.Form, draft.Scope = form, scope
			inTx(t, s, func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), draft) })
			if days > 0 {
				finished := asFinished(draft)
				finished.FinishedAt = noon.AddDate(0, 0, days)
				finish(t, s, finished)
			}
		}
		expect()
		add("ann", "draft", model.FullForm, "first-team", 0)
		add("bea", "hers", model.FullForm, "first-team", 9)
		expect()
		add("ann", "first", model.FullForm, "first-team", 1)
		expect("first")
		add("ann", "second", model.FullForm, "first-team", 2)
		expect("second")
		add("ann", "wider", model.FullForm, "several-teams", 3)
		add("ann", "pulse", model.PulseForm, "first-team", 4)
		add("ann", "again", model.PulseForm, "first-team", 5)
		expect("again", "second")
		add("ann", "widest", model.PulseForm, "whole", 6)
		expect("widest")
	})
}
