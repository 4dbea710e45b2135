package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// PutRecoveryKey stores the hash of a manager's recovery key in place of any earlier one, and of those that came with
// histories that were laid together.
func (s *Store) PutRecoveryKey(ctx context.Context, managerID, keyHash string, created time.Time) error {
	if _, err := s.Exec(ctx, `DELETE FROM further_keys WHERE manager_id = $1`, managerID); err != nil {
		return err
	}
	_, err := s.Exec(ctx, `
		INSERT INTO recovery_keys (manager_id, key_hash, created_at) VALUES ($1, $2, $3)
		ON CONFLICT (manager_id) DO UPDATE SET key_hash = excluded.key_hash, created_at = excluded.created_at`,
		managerID, keyHash, milliseconds(created))
	return err
}

// RecoveryKey returns what is kept of a manager's recovery key; the zero value if they have none.
func (s *Store) RecoveryKey(ctx context.Context, managerID string) (model.RecoveryKey, error) {
	var key model.RecoveryKey
	var created sql.NullInt64
	err := s.Query(ctx, func(row func(...any) error) error { return row(&key.Hash, &created, &key.Further) },
		`SELECT key_hash, created_at, (SELECT count(*) FROM further_keys f WHERE f.manager_id = $1)
			FROM recovery_keys WHERE manager_id = $1`, managerID)
	key.Made = moment(created)
	return key, err
}

// ManagerByRecoveryKey finds the manager to whom the key with this hash belongs; model.ErrNotFound if there is none.
func (s *Store) ManagerByRecoveryKey(ctx context.Context, keyHash string) (managerID string, err error) {
	err = s.QueryRow(ctx, `SELECT manager_id FROM recovery_keys WHERE key_hash = $1
		UNION ALL SELECT manager_id FROM further_keys WHERE key_hash = $1`, []any{keyHash}, &managerID)
	return managerID, err
}

// Attempts counts the tries that a subject has made for a purpose in the window that starts then.
func (s *Store) Attempts(ctx context.Context, purpose, subject string, window time.Time) (count int, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&count) }, `
		SELECT count FROM attempts WHERE purpose = $1 AND subject = $2 AND window_start = $3`,
		purpose, subject, milliseconds(window))
	return count, err
}

// CountAttempt adds one try to a window.
func (s *Store) CountAttempt(ctx context.Context, purpose, subject string, window time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO attempts (purpose, subject, window_start, count) VALUES ($1, $2, $3, 1)
		ON CONFLICT (purpose, subject, window_start) DO UPDATE SET count = attempts.count + 1`,
		purpose, subject, milliseconds(window))
	return err
}

// DeleteAttemptsBefore forgets a batch of the windows that started before a moment, and reports whether there may
// be more.
func (s *Store) DeleteAttemptsBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM attempts WHERE (purpose, subject, window_start) IN
		(SELECT purpose, subject, window_start FROM attempts WHERE window_start < $1 ORDER BY window_start LIMIT $2)`, limit)
}
