package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"whetstone/internal/model"
)

// CreateManager adds a manager.
func (s *Store) CreateManager(ctx context.Context, manager model.Manager) error {
	_, err := s.Exec(ctx, `INSERT INTO managers (id, created_at) VALUES ($1, $2)`,
		manager.ID, milliseconds(manager.CreatedAt))
	return err
}

// CreateBrowser adds a browser.
func (s *Store) CreateBrowser(ctx context.Context, browser model.Browser) error {
	_, err := s.Exec(ctx, `INSERT INTO browsers (id, created_at, label) VALUES ($1, $2, $3)`,
		browser.ID, milliseconds(browser.CreatedAt), browser.Label)
	return err
}

// CreateSession adds a session.
func (s *Store) CreateSession(ctx context.Context, session model.Session) error {
	_, err := s.Exec(ctx, `
		INSERT INTO sessions (id, token_hash, browser_id, manager_id, created_at, seen_at, zone, zone_chosen, way, came_as, issuer, subject)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		session.ID, session.TokenHash, session.BrowserID,
		sql.NullString{String: session.ManagerID, Valid: session.ManagerID != ""},
		milliseconds(session.CreatedAt), milliseconds(session.SeenAt), session.Days.Zone.Name(), number(session.Days.Chosen),
		string(session.Way), session.CameAs, session.Issuer, session.Subject)
	return err
}

// SessionByToken finds the session with this token hash that was seen after seenAfter; model.ErrNotFound if there is
// none. The former token works until the present one has been used. The session carries the hash that was asked for.
func (s *Store) SessionByToken(ctx context.Context, tokenHash string, seenAfter time.Time) (model.Session, error) {
	session, err := s.sessionBy(ctx, selectSession+`token_hash = $1 AND seen_at > $2`, tokenHash, seenAfter)
	if errors.Is(err, model.ErrNotFound) {
		session, err = s.sessionBy(ctx, selectSession+`former_hash = $1 AND seen_at > $2`, tokenHash, seenAfter)
		session.Renewed = false
	}
	return session, err
}

// selectSession reads what sessionBy scans.
const selectSession = `
	SELECT id, browser_id, manager_id, created_at, seen_at, zone, zone_chosen, way, came_as, issuer, subject, former_hash IS NOT NULL,
		EXISTS (SELECT 1 FROM recovery_keys k WHERE k.manager_id = sessions.manager_id),
		EXISTS (SELECT 1 FROM identities i WHERE i.manager_id = sessions.manager_id)
			OR EXISTS (SELECT 1 FROM passkeys p WHERE p.manager_id = sessions.manager_id AND p.refused_at IS NULL),
		EXISTS (SELECT 1 FROM shares s WHERE s.manager_id = sessions.manager_id AND ` + listedShare + `),
		EXISTS (SELECT 1 FROM sessions o WHERE o.manager_id = sessions.manager_id AND o.id <> sessions.id AND o.seen_at > $2)
	FROM sessions WHERE `

// sessionBy finds a session by a token hash.
func (s *Store) sessionBy(ctx context.Context, query, tokenHash string, seenAfter time.Time) (model.Session, error) {
	session := model.Session{TokenHash: tokenHash}
	var way string
	var identified bool
	var manager sql.NullString
	var created, seen sql.NullInt64
	days := &session.Days
	err := s.QueryRow(ctx, query,
		[]any{tokenHash, milliseconds(seenAfter)},
		&session.ID, &session.BrowserID, &manager, &created, &seen, zone(&days.Zone), &days.Chosen,
		&way, &session.CameAs, &session.Issuer, &session.Subject, &session.Renewed, &session.Keyed, &identified, &session.Sharing, &session.Elsewhere)
	session.ManagerID, session.Way = manager.String, model.Way(way)
	session.WayBack = session.Keyed || identified
	session.CreatedAt, session.SeenAt = moment(created), moment(seen)
	return session, err
}

// ReplaceToken gives a session another token, beside the one that its browser came with.
func (s *Store) ReplaceToken(ctx context.Context, session model.Session, tokenHash string) error {
	return found(s.Exec(ctx, `UPDATE sessions SET former_hash = $3, token_hash = $4
		WHERE id = $1 AND manager_id = $2 AND (token_hash = $3 OR former_hash = $3)`,
		session.ID, session.ManagerID, session.TokenHash, tokenHash))
}

// EndFormerToken ends the token that a session's present one replaced.
func (s *Store) EndFormerToken(ctx context.Context, tokenHash string) error {
	_, err := s.Exec(ctx, `UPDATE sessions SET former_hash = NULL WHERE token_hash = $1`, tokenHash)
	return err
}

// SeeSession notes a visit.
func (s *Store) SeeSession(ctx context.Context, id string, seen time.Time) error {
	_, err := s.Exec(ctx, `UPDATE sessions SET seen_at = $2 WHERE id = $1`, id, milliseconds(seen))
	return err
}

// DeleteSessionsSeenBefore removes a batch of the sessions that have idled too long, and reports whether there
// may be more.
func (s *Store) DeleteSessionsSeenBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM sessions WHERE id IN
		(SELECT id FROM sessions WHERE seen_at <= $1 ORDER BY seen_at LIMIT $2)`, limit)
}
