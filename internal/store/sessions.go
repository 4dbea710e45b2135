package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// CreateManager adds a manager.
func (s *Store) CreateManager(ctx context.Context, manager model.Manager) error {
	_, err := s.exec(ctx, `INSERT INTO managers (id, created_at) VALUES ($1, $2)`,
		manager.ID, milliseconds(manager.CreatedAt))
	return err
}

// CreateBrowser adds a browser.
func (s *Store) CreateBrowser(ctx context.Context, browser model.Browser) error {
	_, err := s.exec(ctx, `INSERT INTO browsers (id, created_at, label) VALUES ($1, $2, $3)`,
		browser.ID, milliseconds(browser.CreatedAt), browser.Label)
	return err
}

// CreateSession adds a session.
func (s *Store) CreateSession(ctx context.Context, session model.Session) error {
	_, err := s.exec(ctx, `
		INSERT INTO sessions (id, token_hash, browser_id, manager_id, created_at, seen_at, zone, zone_chosen)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		session.ID, session.TokenHash, session.BrowserID,
		sql.NullString{String: session.ManagerID, Valid: session.ManagerID != ""},
		milliseconds(session.CreatedAt), milliseconds(session.SeenAt), session.Days.Zone.Name(), number(session.Days.Chosen))
	return err
}

// SessionByToken finds the session with this token hash that was seen after seenAfter;
// model.ErrNotFound if there is none.
func (s *Store) SessionByToken(ctx context.Context, tokenHash string, seenAfter time.Time) (model.Session, error) {
	session := model.Session{TokenHash: tokenHash}
	var manager sql.NullString
	var created, seen sql.NullInt64
	days := &session.Days
	err := s.queryRow(ctx, `
		SELECT id, browser_id, manager_id, created_at, seen_at, zone, zone_chosen,
			EXISTS (SELECT 1 FROM recovery_keys k WHERE k.manager_id = sessions.manager_id),
			EXISTS (SELECT 1 FROM shares s WHERE s.manager_id = sessions.manager_id AND `+listedShare+`)
		FROM sessions WHERE token_hash = $1 AND seen_at > $2`,
		[]any{tokenHash, milliseconds(seenAfter)},
		&session.ID, &session.BrowserID, &manager, &created, &seen, zone(&days.Zone), &days.Chosen, &session.Keyed, &session.Sharing)
	session.ManagerID = manager.String
	session.CreatedAt, session.SeenAt = moment(created), moment(seen)
	return session, err
}

// SeeSession notes a visit.
func (s *Store) SeeSession(ctx context.Context, id string, seen time.Time) error {
	_, err := s.exec(ctx, `UPDATE sessions SET seen_at = $2 WHERE id = $1`, id, milliseconds(seen))
	return err
}

// DeleteSessionsSeenBefore removes a batch of the sessions that have idled too long, and tells whether there
// may be more.
func (s *Store) DeleteSessionsSeenBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM sessions WHERE id IN
		(SELECT id FROM sessions WHERE seen_at <= $1 ORDER BY seen_at LIMIT $2)`, limit)
}
