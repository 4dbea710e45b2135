package store_test

import (
	"errors"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// rememberedWorld is one database as two processes see it: ada has two finished assessments, "before" and "last", and a
// draft; bob has nothing. The first process has read all of ada's.
type rememberedWorld struct {
	t          *testing.T
	one, other *store.Store
	draft      *model.Assessment
}

func rememberedByOne(t *testing.T, address string) *rememberedWorld {
	t.Helper()
	w := &rememberedWorld{t: t, one: storetest.Open(t, address), other: storetest.Open(t, address)}
	addManagers(t, w.one, "ada", "bob")
	addFinished(t, w.one, "ada", "before", 30)
	addFinished(t, w.one, "ada", "last", 60)
	w.draft = addDraft(t, w.one, "ada", "draft")
	w.expect("last", "last", "before")
	if w.one.Remembered() == 0 {
		t.Fatal("nothing is remembered")
	}
	w.expect("last", "last", "before") // as it is remembered now
	return w
}

// expect reads everything of ada's by the first process: whose answers are shown beside her draft, and her finished
// assessments, the latest first, each with its answers and with the one before it.
func (w *rememberedWorld) expect(earlier string, finished ...string) {
	w.t.Helper()
	underway, err := w.one.Underway(w.t.Context(), "ada", "draft", "design")
	if err != nil {
		w.t.Fatal(err)
	}
	answers, err := w.one.EarlierAnswers(w.t.Context(), "ada", "draft", "design", underway.Finished)
	if want := "note of " + earlier; err != nil || (earlier == "" && len(answers) > 0) || (earlier != "" && answers["design.0"].Note != want) {
		w.t.Errorf("last time was %+v, %v, want %q", answers, err, want)
	}
	_, noted, err := w.one.LatestNoted(w.t.Context(), "ada", day(2027, 1, 1), day(2027, 1, 1))
	if err != nil || noted["design"].IsZero() != (len(finished) == 0) {
		w.t.Errorf("with %v finished it was noted %v, %v", finished, noted, err)
	}
	levels, err := w.one.Levels(w.t.Context(), "ada")
	if err != nil || len(levels) != len(finished) {
		w.t.Fatalf("there are %d, %v, want %v", len(levels), err, finished)
	}
	for i, id := range finished {
		assessment, err := w.one.Assessment(w.t.Context(), "ada", id)
		if err != nil {
			w.t.Fatal(err)
		}
		answers, err := w.one.AnswersOf(w.t.Context(), assessment)
		if err != nil || answers["design.0"].Note != "note of "+id {
			w.t.Errorf("%s: answers %+v, %v", id, answers, err)
		}
		if answered := levels[len(levels)-1-i]; answered.Assessment.ID != id || answered.Assessment.Name != assessment.Name ||
			answered.Answers.Get("design.0").Level != 4 || answered.Answers["design.0"].Note != "" {
			w.t.Errorf("%s: its levels are %+v of %+v", id, answered.Answers, answered.Assessment)
		}
		before, err := w.one.Before(w.t.Context(), assessment, 1)
		if last := i == len(finished)-1; err != nil || last != (len(before) == 0) || (!last && before[0].Assessment.ID != finished[i+1]) {
			w.t.Errorf("before %s: %+v, %v", id, before, err)
		}
	}
}

// What a process remembers it gives to whom it belongs, and to nobody else.
func TestWhatIsRememberedIsOnesOwn(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := rememberedByOne(t, address)
		for _, id := range []string{"last", "before", "draft"} {
			if assessment, err := w.one.Assessment(t.Context(), "bob", id); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("bob reads %+v, %v", assessment, err)
			}
			if underway, err := w.one.Underway(t.Context(), "bob", id, "design"); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("bob reads %+v, %v", underway, err)
			}
		}
		if _, noted, err := w.one.LatestNoted(t.Context(), "bob", day(2027, 1, 1), day(2027, 1, 1)); err != nil || len(noted) > 0 {
			t.Errorf("bob reads that %v was noted, %v", noted, err)
		}
		if levels, err := w.one.Levels(t.Context(), "bob"); err != nil || len(levels) > 0 {
			t.Errorf("bob reads %+v, %v", levels, err)
		}
		hers, err := w.one.Underway(t.Context(), "ada", "draft", "design")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.one.EarlierAnswers(t.Context(), "bob", "draft", "design", hers.Finished)
		if err != nil || len(answers) > 0 {
			t.Errorf("bob reads %+v, %v", answers, err)
		}
	})
}

// What another process changes, finishes and deletes shows at once, whatever this one remembers.
func TestWhatOtherProcessesDoIsSeen(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := rememberedByOne(t, address)
		inTx(t, w.other, func(tx *store.Store) error {
			if err := tx.MovePeriod(t.Context(), "ada", "draft", day(2026, 3, 1)); err != nil {
				return err
			}
			return tx.Rename(t.Context(), "ada", "last", "The hard one")
		})
		w.expect("last", "last", "before")
		last, err := w.one.Assessment(t.Context(), "ada", "last")
		if err != nil || last.Name != "The hard one" {
			t.Errorf("it is called %q, %v", last.Name, err)
		}
		draft, err := w.one.Assessment(t.Context(), "ada", "draft")
		if err != nil || !draft.PeriodStart.Equal(day(2026, 3, 1)) {
			t.Errorf("its period begins %v, %v", draft.PeriodStart, err)
		}

		inTx(t, w.other, func(tx *store.Store) error { return tx.DeleteAssessment(t.Context(), "ada", "last") })
		w.expect("before", "before")
		if gone, err := w.one.Assessment(t.Context(), "ada", "last"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("what is deleted is read: %+v, %v", gone, err)
		}
		inTx(t, w.other, func(tx *store.Store) error { return tx.DeleteAssessment(t.Context(), "ada", "before") })
		w.expect("")

		if !finish(t, w.other, asFinished(w.draft)) {
			t.Fatal("the draft isn’t finished")
		}
		finished, err := w.one.Assessment(t.Context(), "ada", "draft")
		if err != nil || finished.State != model.Complete || finished.Sections[0].Target != 2.5 {
			t.Errorf("what was finished is %+v, %v", finished, err)
		}

		inTx(t, w.other, func(tx *store.Store) error { return tx.DeleteManager(t.Context(), "ada") })
		if levels, err := w.one.Levels(t.Context(), "ada"); err != nil || len(levels) > 0 {
			t.Errorf("of who is deleted there is %+v, %v", levels, err)
		}
	})
}

// What a transaction sees of its own and never commits is not remembered.
func TestWhatIsUndoneIsNotRemembered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada")
		draft := addDraft(t, s, "ada", "draft")
		undone := errors.New("undone")
		err := s.InTx(t.Context(), func(tx *store.Store) error {
			finished := asFinished(draft)
			finished.Sections[0].Target = 4
			if _, err := tx.Finish(t.Context(), finished); err != nil {
				return err
			}
			seen, err := tx.Assessment(t.Context(), "ada", "draft")
			if err != nil || seen.Sections[0].Target != 4 {
				t.Errorf("inside it is %+v, %v", seen, err)
			}
			return undone
		})
		if !errors.Is(err, undone) || s.Remembered() != 0 {
			t.Errorf("%v, and %d things are remembered", err, s.Remembered())
		}
		if !finish(t, s, asFinished(draft)) { // at the same moment
			t.Fatal("the draft isn’t finished")
		}
		seen, err := s.Assessment(t.Context(), "ada", "draft")
		if err != nil || seen.Sections[0].Target != 2.5 {
			t.Errorf("it is %+v, %v", seen, err)
		}
	})
}

// An erasure drops what is remembered once it is kept, and a look now and then drops what others have erased.
func TestErasureDropsWhatIsRemembered(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := rememberedByOne(t, address)
		undone := errors.New("undone")
		err := w.one.InTx(t.Context(), func(tx *store.Store) error {
			if err := tx.NoteErasure(t.Context(), noon, "before"); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) || w.one.Remembered() == 0 {
			t.Errorf("%v, and %d things are remembered", err, w.one.Remembered())
		}
		inTx(t, w.one, func(tx *store.Store) error {
			if err := tx.DeleteAssessment(t.Context(), "ada", "last"); err != nil {
				return err
			}
			return tx.NoteErasure(t.Context(), noon, "last")
		})
		if left := w.one.Remembered(); left != 0 {
			t.Errorf("%d things are remembered", left)
		}
		w.expect("before", "before")
		w.one.Forget()
		if left := w.one.Remembered(); left != 0 {
			t.Errorf("%d things are remembered", left)
		}
	})
}

// Who gets something that is remembered may do with it as they like.
func TestWhatIsRememberedIsNotChangedByWhoGetsIt(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		w := rememberedByOne(t, address)
		got, err := w.one.Assessment(t.Context(), "ada", "draft")
		if err != nil {
			t.Fatal(err)
		}
		was := got.Sections[0].Target
		got.Sections[0].Target, got.Name = 4.5, "changed"
		again, err := w.one.Assessment(t.Context(), "ada", "draft")
		if err != nil || again.Sections[0].Target != was || again.Name != "" {
			t.Errorf("it is %v %q, %v", again.Sections[0].Target, again.Name, err)
		}
	})
}

func TestWhatIsRememberedIsBounded(t *testing.T) {
	for _, c := range []struct {
		sizes       []int
		held, found int
	}{
		{[]int{40, 60}, 100, 2}, {[]int{40, 60, 1}, 1, 1}, {[]int{40, 61}, 61, 1}, {[]int{101}, 0, 0}, {[]int{40, 101}, 40, 1},
	} {
		if held, found := store.Bounded(c.sizes...); held != c.held || found != c.found {
			t.Errorf("of %v, %d are held and %d found, want %d and %d", c.sizes, held, found, c.held, c.found)
		}
	}
}
