package store

import (
	"context"
	"fmt"
	"strings"
	"whetstone/internal/database"
)

// Ready reports whether the store can serve: the database answers and its schema is at least that of this program.
// Otherwise it returns an error fit for an operator to see.
func (s *Store) Ready(ctx context.Context) error {
	found, err := s.Migrations(ctx)
	if err != nil {
		return database.OneLine(err)
	}
	if len(found.Pending) > 0 {
		return fmt.Errorf("migrations of the database are pending: %s", strings.Join(found.Pending, ", "))
	}
	return nil
}

// TryWriting proves that something can be kept: it writes a row, takes it away again, and commits that. Each caller
// needs a mark of its own, so that no two collide.
func (s *Store) TryWriting(ctx context.Context, mark string) error {
	const purpose = "readiness"
	return s.InTx(ctx, func(tx *Store) error {
		if _, err := tx.Exec(ctx, `INSERT INTO attempts (purpose, subject, window_start, count) VALUES ($1, $2, 0, 0)`, purpose, mark); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM attempts WHERE purpose = $1 AND subject = $2`, purpose, mark)
		return err
	})
}
