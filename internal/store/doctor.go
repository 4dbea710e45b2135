package store

import (
	"context"
	"database/sql"
	"time"
)

// Newest is the newest moment that the data speak of, the zero time if they speak of none.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	var newest sql.NullInt64
	err := s.queryRow(ctx, `SELECT max(at) FROM (
		SELECT max(seen_at) AS at FROM sessions UNION ALL
		SELECT max(started_at) FROM assessments UNION ALL SELECT max(finished_at) FROM assessments UNION ALL
		SELECT max(updated_at) FROM answers) AS moments`, nil, &newest)
	return moment(newest), err
}

// Careless names the settings that let a PostgreSQL server acknowledge what it may lose.
func (s *Store) Careless(ctx context.Context) (names []string, err error) {
	if s.engine != PostgreSQL {
		return nil, nil
	}
	err = s.query(ctx, func(row func(...any) error) error {
		var name string
		err := row(&name)
		names = append(names, name)
		return err
	}, `SELECT name FROM pg_settings
		WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`)
	return names, err
}
