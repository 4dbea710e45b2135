package store

import (
	"context"
)

// CountSessions counts the sessions that are kept.
func (s *Store) CountSessions(ctx context.Context) (count int64, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM sessions`, nil, &count)
	return count, err
}
