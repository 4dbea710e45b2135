package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// PutMailLink keeps a link that is about to be sent.
func (s *Store) PutMailLink(ctx context.Context, link model.MailLink) error {
	_, err := s.Exec(ctx, `INSERT INTO mail_links (secret_hash, browser_hash, address, manager_id, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		link.SecretHash, link.BrowserHash, link.Address, sql.NullString{String: link.ManagerID, Valid: link.ManagerID != ""}, milliseconds(link.Expires))
	return err
}

// MailLink finds a link by the hashes of its secret and of what the browser that asked keeps; model.ErrNotFound if they
// open nothing.
func (s *Store) MailLink(ctx context.Context, secretHash, browserHash string, now time.Time) (model.MailLink, error) {
	link := model.MailLink{SecretHash: secretHash, BrowserHash: browserHash}
	var manager sql.NullString
	var expires sql.NullInt64
	err := s.QueryRow(ctx, `SELECT address, manager_id, expires_at FROM mail_links WHERE secret_hash = $1 AND browser_hash = $2 AND expires_at > $3`,
		[]any{secretHash, browserHash, milliseconds(now)}, &link.Address, &manager, &expires)
	link.ManagerID, link.Expires = manager.String, moment(expires)
	return link, err
}

// UseMailLink takes a link, so that it opens nothing any more, with all others of its browser; model.ErrNotFound if it
// is gone.
func (s *Store) UseMailLink(ctx context.Context, link model.MailLink) error {
	if err := found(s.Exec(ctx, `DELETE FROM mail_links WHERE secret_hash = $1 AND browser_hash = $2`, link.SecretHash, link.BrowserHash)); err != nil {
		return err
	}
	_, err := s.Exec(ctx, `DELETE FROM mail_links WHERE browser_hash = $1`, link.BrowserHash)
	return err
}

// DeleteMailLinksBefore forgets a batch of the links that ended before a moment, and reports whether there may be more.
func (s *Store) DeleteMailLinksBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM mail_links WHERE secret_hash IN
		(SELECT secret_hash FROM mail_links WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`, limit)
}
