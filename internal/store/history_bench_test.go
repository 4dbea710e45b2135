package store_test

import (
	"fmt"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
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
	path := b.TempDir() + "/whetstone.db"
	s, err := store.Open(b.Context(), "sqlite:"+path)
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
	storetest.Multiply(b, path, "ada-00", otherAssessments, otherPerManager)
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
					if _, err := tx.PutAnswer(b.Context(), "ada", draft.ID, answer); err != nil {
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
