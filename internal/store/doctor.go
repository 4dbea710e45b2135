package store

import (
	"context"
	"database/sql"
	"time"
)

// Newest returns the latest moment in the data, the zero time if there is none.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	var newest sql.NullInt64
	err := s.QueryRow(ctx, `SELECT max(at) FROM (
		SELECT max(seen_at) AS at FROM sessions UNION ALL
		SELECT max(started_at) FROM assessments UNION ALL SELECT max(finished_at) FROM assessments UNION ALL
		SELECT max(updated_at) FROM answers) AS moments`, nil, &newest)
	return moment(newest), err
}
