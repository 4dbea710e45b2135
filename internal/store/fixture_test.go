package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

// noon is a fixed moment. Moments are kept to the millisecond.
var noon = time.Date(2026, time.November, 24, 12, 0, 0, 123_000_000, time.UTC)

// day is a whole day, as periods are.
func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// inTx runs work in a transaction that has to succeed.
func inTx(t *testing.T, s *store.Store, work func(tx *store.Store) error) {
	t.Helper()
	if err := s.InTx(t.Context(), work); err != nil {
		t.Fatal(err)
	}
}

// last passes on what came of a batch, which has to be the last one.
func last(more bool, err error) error {
	if err == nil && more {
		err = errors.New("more is said to be left")
	}
	return err
}

// addManagers adds managers by their ids.
func addManagers(t *testing.T, s *store.Store, ids ...string) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) error {
		for _, id := range ids {
			if err := tx.CreateManager(t.Context(), model.Manager{ID: id, CreatedAt: noon}); err != nil {
				return err
			}
		}
		return nil
	})
}

// earlier opens a new database at an address whose schema is that of an earlier program, until the test ends.
func earlier(t *testing.T, address string, version int64) *store.Store {
	t.Helper()
	open := store.Connect
	if _, embedded := database.SQLitePath(address); embedded {
		open = store.Create
	}
	s, err := open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.MigrateTo(t, version)
	return s
}

// addDraft adds a draft of two competencies with two items each.
func addDraft(t *testing.T, s *store.Store, manager, id string) *model.Assessment {
	t.Helper()
	draft := someDraft(manager, id)
	inTx(t, s, func(tx *store.Store) error { return tx.CreateAssessment(t.Context(), draft) })
	return draft
}

// put writes an answer in a transaction of its own.
func put(ctx context.Context, s *store.Store, manager, assessment string, answer model.Answer) error {
	return s.InTx(ctx, func(tx *store.Store) error {
		_, err := tx.PutAnswer(ctx, manager, assessment, answer)
		return err
	})
}

// finish finishes a draft as it stands.
func finish(t *testing.T, s *store.Store, draft *model.Assessment) (done bool) {
	t.Helper()
	inTx(t, s, func(tx *store.Store) (err error) {
		done, err = tx.Finish(t.Context(), draft)
		return err
	})
	return done
}

func someDraft(manager, id string) *model.Assessment {
	return &model.Assessment{
		ID: id, ManagerID: manager,
		QuestionnaireID: "first-team", QuestionnaireVersion: 2, QuestionnaireName: "Leading a first team",
		Scope: "first-team", Craft: "software", Form: model.FullForm,
		PeriodStart: day(2026, time.August, 24), StartedAt: noon, State: model.Draft,
		Scale: questionnaire.Scale{
			Absent: "It did not come up", Instruction: "Choose the highest level that fits.",
			Between: questionnaire.Between{Two: "beyond 1", Four: "beyond 3"},
		},
		Sections: []model.Section{someSection("design", 3.5, 3), someSection("systems", 3, 1)},
	}
}

func someSection(competency string, target float64, importance int) model.Section {
	section := model.Section{
		Rubric: questionnaire.Rubric{
			Competency: competency, Definition: "You know “" + competency + "” & its <limits>.",
			Anchors: questionnaire.Anchors{One: "They attend.", Three: "They ask.", Five: "It changed."},
		},
		Target: target, Importance: importance,
	}
	for number := range 2 {
		section.Items = append(section.Items, model.Item{
			ID: fmt.Sprintf("%s.%d", competency, number), Competency: competency,
			Text:          "In a review – naïve or not – I ask.",
			Anchors:       questionnaire.Anchors{One: "I attend.", Three: "I ask.", Five: "It changed."},
			Illustrations: map[string]string{"software": "a queue", "applied-science": "a label"},
			Outcomes:      []string{"trust"}, Pillar: "acumen",
		})
	}
	return section
}

// asFinished gives a draft the values that a finish freezes.
func asFinished(draft *model.Assessment) *model.Assessment {
	finished := *draft
	finished.State = model.Complete
	finished.FinishedAt = noon.Add(15 * time.Minute)
	finished.PeriodEnd = day(2026, time.November, 24)
	finished.Constants = measure.Defaults()
	finished.Noise = measure.Noise{ItemVariance: 0.587, Degrees: 44}
	finished.Sections = append([]model.Section(nil), draft.Sections...)
	finished.Sections[0].Target, finished.Sections[0].Importance = 2.5, 2
	return &finished
}

// reading is in the middle of reading managers, until the test ends or stop is called.
func reading(t *testing.T, s *store.Store) (stop func()) {
	t.Helper()
	rows, err := s.Reads().QueryContext(t.Context(), `SELECT id FROM managers`)
	if err != nil {
		t.Fatal(err)
	}
	stop = func() { _ = rows.Close() }
	t.Cleanup(stop)
	if !rows.Next() {
		t.Fatal("there is nothing to read")
	}
	return stop
}
