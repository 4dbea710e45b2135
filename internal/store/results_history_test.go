package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// addFinished adds a finished assessment with one answer, finished some days after noon.
func addFinished(t *testing.T, s *store.Store, manager, id string, days int) *model.Assessment {
	t.Helper()
	draft := addDraft(t, s, manager, id)
	if err := put(t.Context(), s, manager, id, model.Answer{Item: "design.0", Level: 4, Note: "note of " + id, UpdatedAt: noon}); err != nil {
		t.Fatal(err)
	}
	finished := asFinished(draft)
	finished.FinishedAt = noon.AddDate(0, 0, days)
	if !finish(t, s, finished) {
		t.Fatalf("%s was not finished", id)
	}
	return finished
}

func TestHistoryIsAManagersOwnOldestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada", "bob")
		addFinished(t, s, "ada", "second", 90)
		addFinished(t, s, "ada", "first", 1)
		addFinished(t, s, "bob", "other", 30)
		addDraft(t, s, "ada", "draft")

		history, err := s.History(t.Context(), "ada")
		if err != nil {
			t.Fatal(err)
		}
		if len(history) != 2 || history[0].Assessment.ID != "first" || history[1].Assessment.ID != "second" {
			t.Fatalf("want first and second, got %+v", history)
		}
		for _, answered := range history {
			alone, err := s.Assessment(t.Context(), "ada", answered.Assessment.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := answered.Assessment.Sections, alone.Sections; len(got) != len(want) || got[0].Hash() != want[0].Hash() ||
				got[0].Target != want[0].Target || len(got[1].Items) != len(want[1].Items) || got[1].Items[1].Hash() != want[1].Items[1].Hash() {
				t.Errorf("%s: the history's sections differ from the assessment's: %+v, %+v", alone.ID, got, want)
			}
			if answered.Assessment.Scale != alone.Scale {
				t.Errorf("%s: scale %+v, want %+v", alone.ID, answered.Assessment.Scale, alone.Scale)
			}
			if answer := answered.Answers.Get("design.0"); answer.Level != 4 || answer.Note != "note of "+alone.ID {
				t.Errorf("%s: answer %+v", alone.ID, answer)
			}
		}
		if none, err := s.History(t.Context(), "nobody"); err != nil || len(none) != 0 {
			t.Errorf("nobody's history: %v, %v", none, err)
		}
	})
}

// The narrow ways to read a history agree with the whole of it, also among assessments of one moment.
func TestNarrowReadsAgreeWithTheHistory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada", "bob")
		for id, days := range map[string]int{"c": 90, "a": 90, "b": 90, "first": 1, "last": 200} {
			addFinished(t, s, "ada", id, days)
		}
		addFinished(t, s, "bob", "other", 30)
		draft := addDraft(t, s, "ada", "draft")
		if err := put(t.Context(), s, "ada", draft.ID, model.Answer{Item: "design.0", Level: 2, UpdatedAt: noon}); err != nil {
			t.Fatal(err)
		}
		whole, err := s.History(t.Context(), "ada")
		if err != nil {
			t.Fatal(err)
		}
		levels, err := s.Levels(t.Context(), "ada")
		if err != nil || len(whole) != 5 || len(levels) != len(whole) {
			t.Fatalf("%d and %d assessments, %v", len(whole), len(levels), err)
		}
		for i, answered := range whole {
			id := answered.Assessment.ID
			if levels[i].Assessment.ID != id || levels[i].Answers.Get("design.0") != (model.Answer{Item: "design.0", Level: 4}) {
				t.Errorf("%s: levels alone are %+v of %s", id, levels[i].Answers, levels[i].Assessment.ID)
			}
			before, err := s.Before(t.Context(), answered.Assessment, store.All)
			if err != nil || len(before) != i {
				t.Fatalf("before %s are %d, %v", id, len(before), err)
			}
			for j, earlier := range before {
				if earlier.Assessment.ID != whole[j].Assessment.ID || earlier.Answers.Get("design.0").Level != 4 {
					t.Errorf("before %s is %+v", id, earlier.Assessment)
				}
			}
			last, err := s.Before(t.Context(), answered.Assessment, 1)
			if err != nil || len(last) != min(i, 1) || i > 0 && last[0].Assessment.ID != before[i-1].Assessment.ID {
				t.Errorf("just before %s are %+v, %v", id, last, err)
			}
			if latest, err := s.IsLatest(t.Context(), "ada", id); err != nil || latest != (i == len(whole)-1) {
				t.Errorf("%s is the latest: %v, %v", id, latest, err)
			}
		}
		// Of the latest, those to the questions of one competency; nobody else's.
		underway, err := s.Underway(t.Context(), "ada", draft.ID, "design")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := s.EarlierAnswers(t.Context(), "ada", draft.ID, "design", underway.Finished)
		if err != nil || len(answers) != 1 || answers["design.0"].Note != "note of last" || !answers["design.0"].At.Equal(whole[4].Assessment.PeriodEnd) {
			t.Errorf("the answers of last time are %+v, %v", answers, err)
		}
		for who, competency := range map[string]string{"ada": "systems", "nobody": "design"} {
			earlier, err := s.EarlierAnswers(t.Context(), who, draft.ID, competency, underway.Finished)
			if len(earlier) != 0 || err != nil {
				t.Errorf("%s reads %+v of %s, %v", who, earlier, competency, err)
			}
		}
	})
}

func TestRenameIsForFinishedAssessmentsOfOnesOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada", "bob")
		addFinished(t, s, "ada", "done", 1)
		addDraft(t, s, "ada", "draft")
		inTx(t, s, func(tx *store.Store) error { return tx.Rename(t.Context(), "ada", "done", "Before the move") })
		assessment, err := s.Assessment(t.Context(), "ada", "done")
		if err != nil || assessment.Name != "Before the move" {
			t.Errorf("name %q, %v", assessment.Name, err)
		}
		for _, refused := range [][2]string{{"bob", "done"}, {"ada", "draft"}, {"ada", "none"}} {
			err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.Rename(t.Context(), refused[0], refused[1], "x") })
			if !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%v: want not found, got %v", refused, err)
			}
		}
	})
}

func TestALookBackIsAnsweredOnceByItsManager(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada", "bob")
		addFinished(t, s, "ada", "then", 1)
		now := addFinished(t, s, "ada", "now", 90)
		offer := &model.Rerating{AssessmentID: "now", EarlierID: "then", Competencies: []string{"design", "systems"}}
		inTx(t, s, func(tx *store.Store) error { return tx.OfferRerating(t.Context(), offer) })

		if _, err := s.Rerating(t.Context(), "bob", "now"); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("someone else's look back: want not found, got %v", err)
		}
		answer := func(manager string, level model.Level) (done bool) {
			inTx(t, s, func(tx *store.Store) (err error) {
				done, err = tx.AnswerRerating(t.Context(), manager, &model.Rerating{
					AssessmentID: "now", EarlierID: "then", State: model.ReratingAnswered,
					Levels:   map[string]model.Level{"design.0": level},
					Sections: []model.ReratedSection{{Section: now.Sections[0]}},
				})
				return err
			})
			return done
		}
		if answer("bob", 1) {
			t.Error("someone else answered the look back")
		}
		if !answer("ada", 2) || answer("ada", 5) {
			t.Error("want the first answer kept and the second refused")
		}
		kept, err := s.Rerating(t.Context(), "ada", "now")
		if err != nil || kept.State != model.ReratingAnswered || len(kept.Levels) != 1 || kept.Levels["design.0"] != 2 || kept.EarlierID != "then" {
			t.Errorf("kept %+v, %v", kept, err)
		}
		if original, err := s.Answer(t.Context(), "ada", "then", "design.0"); err != nil || original.Level != 4 {
			t.Errorf("the answer of then is %d, %v; want 4, untouched", original.Level, err)
		}
	})
}

func TestReliabilityCountsWhoAllowedIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada", "bob", "cem")
		addFinished(t, s, "ada", "ada-first", 1)
		addFinished(t, s, "ada", "ada-second", 90)
		addFinished(t, s, "bob", "bob-only", 1)
		addFinished(t, s, "cem", "cem-only", 1)
		inTx(t, s, func(tx *store.Store) error {
			if err := tx.AllowReliability(t.Context(), "ada", true); err != nil {
				return err
			}
			return tx.AllowReliability(t.Context(), "cem", true)
		})
		inTx(t, s, func(tx *store.Store) error { return tx.AllowReliability(t.Context(), "cem", false) })
		inTx(t, s, func(tx *store.Store) error { return tx.AllowReliability(t.Context(), "bob", true) })

		sample, err := s.ReliabilitySample(t.Context(), "first-team", 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(sample) != 2 || sample[0]["design.0"] != 4 || sample[1]["design.0"] != 4 {
			t.Errorf("want one assessment each of ada and bob, got %v", sample)
		}
		figure := model.Reliability{
			QuestionnaireID: "first-team", QuestionnaireVersion: 2, Area: "judgement",
			Step: 30, Persons: 29, Alpha: 0.71, Lower: 0.5, Upper: 0.85, ComputedAt: noon,
		}
		inTx(t, s, func(tx *store.Store) error { return tx.PutReliability(t.Context(), figure) })
		later := figure
		later.Step, later.Alpha, later.ComputedAt = 40, 0.75, noon.Add(time.Hour)
		inTx(t, s, func(tx *store.Store) error { return tx.PutReliability(t.Context(), later) })
		changed := figure
		changed.Alpha = 0.1
		inTx(t, s, func(tx *store.Store) error { return tx.PutReliability(t.Context(), changed) })

		latest, err := s.Reliabilities(t.Context())
		if err != nil || len(latest) != 1 || latest[0] != later {
			t.Errorf("want the figure of the latest step, got %+v, %v", latest, err)
		}
	})
}

// A history is read in several statements; what is finished or renamed between them must not tear it.
func TestHistoryIsReadAsOfOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		addManagers(t, s, "ada")
		const assessments = 20
		finished := make(chan error, 1)
		go func() {
			finished <- func() error {
				for number := range assessments {
					draft := someDraft("ada", fmt.Sprintf("assessment-%02d", number))
					err := s.InTx(t.Context(), func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), draft) })
					if err != nil {
						return err
					}
					err = s.InTx(t.Context(), func(tx *store.Store) error {
						_, err := tx.Finish(t.Context(), asFinished(draft))
						return err
					})
					if err != nil {
						return err
					}
				}
				return nil
			}()
		}()
		for done := false; !done; {
			select {
			case err := <-finished:
				if err != nil {
					t.Fatal(err)
				}
				done = true
			default:
			}
			history, err := s.History(t.Context(), "ada")
			if err != nil {
				t.Fatal(err)
			}
			for _, answered := range history {
				if len(answered.Assessment.Sections) != 2 || len(answered.Assessment.Sections[1].Items) != 2 {
					t.Fatalf("%s was read without its sections or items", answered.Assessment.ID)
				}
			}
			if done && len(history) != assessments {
				t.Errorf("%d assessments in the end", len(history))
			}
		}
	})
}
