package store_test

import (
	"fmt"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// Sizes of the benchmark's instance.
const (
	ownAssessments   = 40
	otherAssessments = 100_000
	otherPerManager  = 20
)

// BenchmarkHistoryBesideOthers reads the history of a manager with 40 assessments, alone in the
// database and beside 100,000 assessments of others, and prints the ratio: it should stay at about one.
func BenchmarkHistoryBesideOthers(b *testing.B) {
	s, err := store.Open(b.Context(), "sqlite:"+b.TempDir()+"/whetstone.db")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	fillOwn(b, s)
	read := func(b *testing.B) float64 {
		started := time.Now()
		for b.Loop() {
			history, err := s.History(b.Context(), "ada")
			if err != nil || len(history) != ownAssessments {
				b.Fatalf("%d assessments, %v", len(history), err)
			}
		}
		return float64(time.Since(started).Nanoseconds()) / float64(b.N)
	}
	var alone, beside float64
	b.Run("alone", func(b *testing.B) { alone = read(b) })
	fillOthers(b, s)
	b.Run("beside 100000", func(b *testing.B) {
		beside = read(b)
		b.ReportMetric(beside/alone, "times-alone")
	})
}

func fillOwn(b *testing.B, s *store.Store) {
	b.Helper()
	err := s.InTx(b.Context(), func(tx *store.Store) error {
		if err := tx.CreateManager(b.Context(), model.Manager{ID: "ada", CreatedAt: noon}); err != nil {
			return err
		}
		for number := range ownAssessments {
			draft := longDraft("ada", fmt.Sprintf("ada-%02d", number))
			if err := tx.CreateAssessment(b.Context(), draft); err != nil {
				return err
			}
			for _, section := range draft.Sections {
				for _, item := range section.Items {
					answer := model.Answer{Item: item.ID, Level: 3, UpdatedAt: noon}
					if err := tx.PutAnswer(b.Context(), "ada", draft.ID, answer); err != nil {
						return err
					}
				}
			}
			finished := asFinished(draft)
			finished.FinishedAt = noon.AddDate(0, 3*number, 0)
			if _, err := tx.Finish(b.Context(), finished); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// longDraft is a draft of twelve competencies with three items each, as a real one has.
func longDraft(manager, id string) *model.Assessment {
	draft := someDraft(manager, id)
	draft.Sections = nil
	for number := range 12 {
		section := someSection(fmt.Sprintf("competency-%02d", number), 3, 2)
		third := section.Items[0]
		third.ID += ".third"
		section.Items = append(section.Items, third)
		draft.Sections = append(draft.Sections, section)
	}
	return draft
}

// fillOthers copies one of the manager's assessments to many other managers, in SQL: through the use
// cases it would take an hour.
func fillOthers(b *testing.B, s *store.Store) {
	b.Helper()
	for _, statement := range []string{
		`CREATE TEMP TABLE numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ` + fmt.Sprint(otherAssessments) + `) SELECT i FROM n`,
		`INSERT INTO managers (id, created_at) SELECT DISTINCT 'other-' || (i / ` + fmt.Sprint(otherPerManager) + `), 0 FROM numbers`,
		`INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants)
			SELECT 'other-' || i, 'other-' || (i / ` + fmt.Sprint(otherPerManager) + `), questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants
			FROM assessments, numbers WHERE id = 'ada-00'`,
		`INSERT INTO assessment_sections SELECT 'other-' || i, position, competency, content_hash, target, importance
			FROM assessment_sections, numbers WHERE assessment_id = 'ada-00'`,
		`INSERT INTO assessment_items SELECT 'other-' || i, position, competency, item_id, content_hash
			FROM assessment_items, numbers WHERE assessment_id = 'ada-00'`,
		`INSERT INTO answers SELECT 'other-' || i, item_id, level, note, revision, spent, updated_at
			FROM answers, numbers WHERE assessment_id = 'ada-00'`,
	} {
		if err := s.Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}
