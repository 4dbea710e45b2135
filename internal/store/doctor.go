package store

import (
	"context"
	"database/sql"
	"time"
)

// Newest is the newest moment that the data speak of, the zero time if they speak of none.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	var newest sql.NullInt64
	err := s.QueryRow(ctx, `SELECT max(at) FROM (
		SELECT max(seen_at) AS at FROM sessions UNION ALL
		SELECT max(started_at) FROM assessments UNION ALL SELECT max(finished_at) FROM assessments UNION ALL
		SELECT max(updated_at) FROM answers) AS moments`, nil, &newest)
	return moment(newest), err
}
