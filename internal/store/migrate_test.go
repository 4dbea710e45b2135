package store_test

import (
	"sync"
	"testing"
	"time"

	"whetstone/internal/database"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// A database can be looked at without being changed: neither made, nor migrated.
func TestMigrationsAreToldWithoutMigrating(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		if path, embedded := database.SQLitePath(address); embedded {
			if _, err := store.Connect(t.Context(), address); err == nil {
				t.Errorf("%s was made", path)
			}
			made, err := store.Create(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
		}
		s, err := store.Connect(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		before, err := s.Migrations(t.Context())
		if err != nil || before.Version != 0 || len(before.Pending) < 2 || int64(len(before.Pending)) > before.Known {
			t.Fatalf("of an empty database: %+v, %v", before, err)
		}
		if err := s.Ready(t.Context()); err == nil {
			t.Error("an empty database is called ready")
		}
		if again, err := s.Migrations(t.Context()); err != nil || again.Version != 0 {
			t.Errorf("looking changed it to %+v, %v", again, err)
		}
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		after, err := s.Migrations(t.Context())
		if err != nil || after.Version != before.Known || after.Known != before.Known || len(after.Pending) != 0 {
			t.Errorf("after migrating: %+v, %v", after, err)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("after migrating: %v", err)
		}
	})
}

// Processes that start at once don't get in each other's way.
func TestConcurrentMigrations(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				s, err := store.Open(t.Context(), address)
				if err != nil {
					t.Errorf("opening: %v", err)
					return
				}
				if err := s.Ready(t.Context()); err != nil {
					t.Errorf("not ready after opening: %v", err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
}

// Up to the seventh version what pages had shown was kept beside ratings and words; without it they are as they were.
func TestRatingsAndWordsOutliveTheirOldMarks(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		older := earlier(t, address, 7)
		for _, statement := range []string{
			`INSERT INTO managers (id, created_at) VALUES ('ann', 0)`,
			`INSERT INTO contents (hash, body) VALUES ('scale', '{}')`,
			`INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
				period_start, period_end, scale_hash, state, started_at, finished_at)
				VALUES ('one', 'ann', 'first-team', 1, 'First team', 'first-team', 'software', 'full', '2026-01-01', '2026-03-03', 'scale', 'finished', 0, 1)`,
			`INSERT INTO shares (id, manager_id, assessment_id, secret_hash, form_key, label, sharer, question, competencies,
				shows_result, shows_history, shows_notes, allows_rating, created_at, expires_at)
				VALUES ('share', 'ann', 'one', 'hash', 'form', 'Bo', 'Ann', '', 'design', 1, 0, 0, 1, 0, 4102444800000)`,
			`INSERT INTO mentors (id, token_hash, rotated_at, created_at, seen_at) VALUES ('bo', 'token', 0, 0, 0)`,
			`INSERT INTO grants (mentor_id, share_id, granted_at) VALUES ('bo', 'share', 0)`,
			`INSERT INTO reviews (id, assessment_id, mentor_id, share_id, name, overall, question, revision, glimpses, constants, started_at, updated_at)
				VALUES ('review', 'one', 'bo', 'share', 'Bo', 'On the whole.', 'And you?', 3, '3:a,b,c', '{}', 0, 0)`,
			`INSERT INTO ratings (review_id, competency, level, later, comment, revision, glimpses, updated_at)
				VALUES ('review', 'design', 4, 5, 'seen', 2, '2:x,y', 0)`,
		} {
			if err := older.ExecAlone(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		newer := storetest.Open(t, address)
		review, err := newer.Review(t.Context(), "bo", "one", noon)
		if err != nil || review.Overall != "On the whole." || review.Question != "And you?" || review.Revision != 3 {
			t.Fatalf("after: %+v, %v", review, err)
		}
		if review.WordsAt.IsZero() || !review.WordsAt.Equal(review.UpdatedAt) {
			t.Errorf("the words are of %v, the review was written in at %v", review.WordsAt, review.UpdatedAt)
		}
		rating, err := newer.Rating(t.Context(), "review", "design")
		if err != nil || rating.Level != 4 || rating.Later != 5 || rating.Comment != "seen" || rating.Revision != 2 {
			t.Errorf("after: %+v, %v", rating, err)
		}
		if mentor, err := newer.MentorByToken(t.Context(), "token", time.UnixMilli(-1), noon); err != nil || mentor.ID != "bo" || mentor.BrowserID == "" {
			t.Errorf("their browser leads to %+v, %v", mentor, err)
		}
		if shares, err := newer.GrantedShares(t.Context(), "bo"); err != nil || len(shares) != 1 {
			t.Errorf("they open %v, %v", shares, err)
		}
		for _, table := range []string{"reviews", "ratings"} {
			if err := newer.ExecAlone(t.Context(), `UPDATE `+table+` SET glimpses = ''`); err == nil {
				t.Errorf("%s still keeps what pages had shown", table)
			}
		}
	})
}
