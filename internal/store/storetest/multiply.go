package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"
)

// Multiply copies one assessment with its answers, in the SQLite file at path, to other managers of so many
// assessments each, until there are so many copies. It is done in SQL, without protection against a loss of power:
// through the use cases 100,000 would take an hour.
func Multiply(tb testing.TB, path, assessment string, copies, each int) {
	tb.Helper()
	database, err := sql.Open("sqlite3", "file:"+path+"?_synchronous=OFF&_busy_timeout=5000&_cache_size=-200000")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	// The table of numbers is seen by its own connection alone.
	connection, err := database.Conn(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	for _, statement := range []string{
		`CREATE TEMP TABLE numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT i, format('other-%06d', i) AS copy, format('other-%06d', (i - 1) / ?2) AS manager FROM n`,
		`BEGIN`,
		`INSERT INTO managers (id, created_at) SELECT DISTINCT manager, ?4 FROM numbers`,
		// Managers whom no session leads to would be deleted by the upkeep.
		`INSERT INTO browsers (id, created_at) SELECT id, ?4 FROM managers WHERE id LIKE 'other-%'`,
		`INSERT INTO sessions (id, token_hash, browser_id, manager_id, created_at, seen_at) SELECT id, id, id, id, ?4, ?4 FROM managers WHERE id LIKE 'other-%'`,
		`INSERT INTO assessments (id, manager_id, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants, name)
			SELECT copy, manager, questionnaire_id, questionnaire_version, questionnaire_name, scope, craft, form,
			period_start, period_end, scale_hash, state, started_at, finished_at, item_variance, degrees, constants, name
			FROM numbers CROSS JOIN assessments WHERE id = ?3 ORDER BY i`,
		// In key order, so that each row goes to the end of the file.
		`INSERT INTO assessment_sections (assessment_id, position, competency, content_hash, target, importance)
			SELECT copy, position, competency, content_hash, target, importance
			FROM numbers CROSS JOIN assessment_sections WHERE assessment_id = ?3 ORDER BY i, position`,
		`INSERT INTO assessment_items (assessment_id, position, competency, item_id, content_hash)
			SELECT copy, position, competency, item_id, content_hash
			FROM numbers CROSS JOIN assessment_items WHERE assessment_id = ?3 ORDER BY i, position`,
		`INSERT INTO answers (assessment_id, item_id, level, note, revision, spent, updated_at)
			SELECT copy, item_id, level, note, revision, spent, updated_at
			FROM numbers CROSS JOIN answers WHERE assessment_id = ?3 ORDER BY i, item_id`,
		`COMMIT`,
		// Otherwise readers would have to search a log of all this.
		`PRAGMA wal_checkpoint(TRUNCATE)`,
	} {
		if _, err := connection.ExecContext(context.Background(), statement, copies, each, assessment, time.Now().UnixMilli()); err != nil {
			tb.Fatalf("%v in %s", err, statement)
		}
	}
	var found int
	if err := connection.QueryRowContext(context.Background(), `SELECT count(*) FROM assessments WHERE id LIKE 'other-%'`).Scan(&found); err != nil || found != copies {
		tb.Fatal(fmt.Errorf("%d copies, want %d: %w", found, copies, err))
	}
}
