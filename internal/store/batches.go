package store

import (
	"context"
	"time"
)

// batchRows is how many small rows one transaction of the upkeep deletes, so that nobody who saves in the meantime
// waits for long.
const batchRows = 500

// deleteBatch runs a deletion of what is older than $1, of at most $2 rows, and reports whether there may be more.
func (s *Store) deleteBatch(ctx context.Context, deletion string, limit time.Time) (more bool, err error) {
	deleted, err := s.Exec(ctx, deletion, milliseconds(limit), batchRows)
	return deleted == batchRows, err
}
