package store

import (
	"context"
	"database/sql"
)

// Pools are the pools of connections by name, for their statistics alone.
func (s *Store) Pools() map[string]*sql.DB {
	if s.reads == s.writes {
		return map[string]*sql.DB{"all": s.reads}
	}
	return map[string]*sql.DB{"reads": s.reads, "writes": s.writes}
}

// CountSessions counts the sessions that are kept.
func (s *Store) CountSessions(ctx context.Context) (count int64, err error) {
	err = s.queryRow(ctx, `SELECT count(*) FROM sessions`, nil, &count)
	return count, err
}
