package store_test

import (
	"reflect"
	"sync"
	"testing"

	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// A database can be looked at without being changed: neither made, nor migrated.
func TestMigrationsAreToldWithoutMigrating(t *testing.T) {
	storetest.Addresses(t, func(t *testing.T, address string) {
		if path, embedded := store.SQLitePath(address); embedded {
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
		older := storetest.Open(t, address)
		reviewed(t, older)
		for _, statement := range []string{
			`ALTER TABLE reviews ADD COLUMN glimpses TEXT NOT NULL DEFAULT '1:a,b,c'`,
			`ALTER TABLE ratings ADD COLUMN glimpses TEXT NOT NULL DEFAULT '1:a,b'`,
			`DROP TABLE installation`, `DROP TABLE submissions`, `DROP INDEX sessions_by_former`,
			`ALTER TABLE sessions DROP COLUMN former_hash`, `DELETE FROM goose_db_version WHERE version_id >= 8`,
		} {
			if err := older.Exec(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		before, err := older.Review(t.Context(), "bo", "one", noon)
		if err != nil || before == nil || len(before.Ratings) != 1 {
			t.Fatalf("before: %+v, %v", before, err)
		}
		newer := storetest.Open(t, address)
		after, err := newer.Review(t.Context(), "bo", "one", noon)
		if err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("after: %+v, %v; before: %+v", after, err, before)
		}
		for _, table := range []string{"reviews", "ratings"} {
			if err := newer.Exec(t.Context(), `UPDATE `+table+` SET glimpses = ''`); err == nil {
				t.Errorf("%s still keeps what pages had shown", table)
			}
		}
	})
}
