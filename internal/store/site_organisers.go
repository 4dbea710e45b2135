package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// Organising is what decides whether somebody is an organiser: granted reports whether a manager organises by a code, and address is the mail address that is
// confirmed of the identity by which a session of theirs came; known reports whether that identity is still theirs.
func (s *Store) Organising(ctx context.Context, session model.Session) (granted, known bool, address string, err error) {
	err = s.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM organisers WHERE manager_id = $1),
		EXISTS (SELECT 1 FROM identities WHERE manager_id = $1 AND way = $2 AND issuer = $3 AND subject = $4),
		coalesce((SELECT address FROM identities WHERE manager_id = $1 AND way = $2 AND issuer = $3 AND subject = $4), '')`,
		[]any{session.ManagerID, string(session.Way), session.Issuer, session.Subject}, &granted, &known, &address)
	return granted, known, address, err
}

// PutOrganiserCode keeps a code by which somebody becomes an organiser.
func (s *Store) PutOrganiserCode(ctx context.Context, hash string, expires time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO organiser_codes (code_hash, expires_at) VALUES ($1, $2)`, hash, milliseconds(expires))
	return err
}

// UseOrganiserCode takes a code, so that it opens nothing any more; model.ErrNotFound if it opens nothing.
func (s *Store) UseOrganiserCode(ctx context.Context, hash string, now time.Time) error {
	return found(s.Exec(ctx, `DELETE FROM organiser_codes WHERE code_hash = $1 AND expires_at > $2`, hash, milliseconds(now)))
}

// DeleteOrganiserCodesBefore forgets a batch of the codes that ended before a moment, and reports whether there may be more.
func (s *Store) DeleteOrganiserCodesBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM organiser_codes WHERE code_hash IN
		(SELECT code_hash FROM organiser_codes WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`, limit)
}

// MakeOrganiser lets a manager organise this installation.
func (s *Store) MakeOrganiser(ctx context.Context, managerID string, now time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO organisers (manager_id, made_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, managerID, milliseconds(now))
	return err
}

// EndOrganisers lets nobody organise by a code any more, and ends the codes; it returns how many organised.
func (s *Store) EndOrganisers(ctx context.Context) (ended int64, err error) {
	if _, err := s.Exec(ctx, `DELETE FROM organiser_codes`); err != nil {
		return 0, err
	}
	return s.Exec(ctx, `DELETE FROM organisers`)
}

// Organisers counts who organises by a code.
func (s *Store) Organisers(ctx context.Context) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM organisers`, nil, &count)
	return count, err
}
