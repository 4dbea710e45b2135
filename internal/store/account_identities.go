package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// PutIdentity gives a manager an identity.
func (s *Store) PutIdentity(ctx context.Context, managerID string, identity model.Identity) error {
	_, err := s.Exec(ctx, `INSERT INTO identities (id, manager_id, way, issuer, subject, name, address, made_at, used_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
		identity.ID, managerID, string(identity.Way), identity.Issuer, identity.Subject, identity.Name, identity.Address, milliseconds(identity.Made))
	return err
}

// ManagerByIdentity finds the manager who has an identity; model.ErrNotFound if nobody has.
func (s *Store) ManagerByIdentity(ctx context.Context, identity model.Identity) (managerID string, err error) {
	err = s.QueryRow(ctx, `SELECT manager_id FROM identities WHERE way = $1 AND issuer = $2 AND subject = $3`,
		[]any{string(identity.Way), identity.Issuer, identity.Subject}, &managerID)
	return managerID, err
}

// SeeIdentity notes that somebody came by an identity, what it calls them now, and which address of theirs is confirmed.
func (s *Store) SeeIdentity(ctx context.Context, identity model.Identity, now time.Time) error {
	_, err := s.Exec(ctx, `UPDATE identities SET used_at = $4, name = $5, address = $6 WHERE way = $1 AND issuer = $2 AND subject = $3`,
		string(identity.Way), identity.Issuer, identity.Subject, milliseconds(now), identity.Name, identity.Address)
	return err
}

// Identities lists those of a manager, the oldest first.
func (s *Store) Identities(ctx context.Context, managerID string) (list []model.Identity, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.Identity
		var way string
		var made, used sql.NullInt64
		err := row(&one.ID, &way, &one.Issuer, &one.Subject, &one.Name, &one.Address, &made, &used)
		one.Way, one.Made, one.Used = model.Way(way), moment(made), moment(used)
		list = append(list, one)
		return err
	}, `SELECT id, way, issuer, subject, name, address, made_at, used_at FROM identities WHERE manager_id = $1 ORDER BY made_at, id`, managerID)
	return list, err
}

// HasAddress reports whether a mail address is confirmed to be a manager's, by any of their ways in.
func (s *Store) HasAddress(ctx context.Context, managerID, address string) (has bool, err error) {
	var count int
	err = s.QueryRow(ctx, `SELECT count(*) FROM identities WHERE manager_id = $1 AND address = $2 AND address <> ''`, []any{managerID, address}, &count)
	return count > 0, err
}

// DeleteIdentity takes an identity from a manager; model.ErrNotFound if they have none of this id.
func (s *Store) DeleteIdentity(ctx context.Context, managerID, id string) error {
	return found(s.Exec(ctx, `DELETE FROM identities WHERE manager_id = $1 AND id = $2`, managerID, id))
}

// PutArrival keeps who came to a session's browser until they have chosen, in place of who came before.
func (s *Store) PutArrival(ctx context.Context, sessionID string, arrival model.Arrival, expires time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO arrivals (session_id, way, issuer, subject, name, address, manager_id, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (session_id) DO UPDATE SET way = excluded.way, issuer = excluded.issuer, subject = excluded.subject,
			name = excluded.name, address = excluded.address, manager_id = excluded.manager_id, expires_at = excluded.expires_at`,
		sessionID, string(arrival.Way), arrival.Issuer, arrival.Subject, arrival.Name, arrival.Address,
		sql.NullString{String: arrival.ManagerID, Valid: arrival.ManagerID != ""}, milliseconds(expires))
	return err
}

// Arrival finds who came to a session's browser and has yet to choose; model.ErrNotFound if nobody has.
func (s *Store) Arrival(ctx context.Context, sessionID string, now time.Time) (model.Arrival, error) {
	var arrival model.Arrival
	var way string
	var manager sql.NullString
	err := s.QueryRow(ctx, `SELECT way, issuer, subject, name, address, manager_id FROM arrivals WHERE session_id = $1 AND expires_at > $2`,
		[]any{sessionID, milliseconds(now)}, &way, &arrival.Issuer, &arrival.Subject, &arrival.Name, &arrival.Address, &manager)
	arrival.Way, arrival.ManagerID = model.Way(way), manager.String
	return arrival, err
}

// EndArrival forgets who came to a session's browser.
func (s *Store) EndArrival(ctx context.Context, sessionID string) error {
	_, err := s.Exec(ctx, `DELETE FROM arrivals WHERE session_id = $1`, sessionID)
	return err
}

// DeleteArrivalsBefore forgets a batch of those who didn't choose in time, and reports whether there may be more.
func (s *Store) DeleteArrivalsBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM arrivals WHERE session_id IN
		(SELECT session_id FROM arrivals WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`, limit)
}

// Standing tells how much a manager has.
func (s *Store) Standing(ctx context.Context, managerID string, seenAfter, now time.Time) (model.Standing, error) {
	var first, last sql.NullInt64
	held, err := s.Holdings(ctx, managerID, seenAfter, now)
	if err == nil {
		err = s.QueryRow(ctx, `SELECT min(finished_at), max(finished_at) FROM assessments WHERE manager_id = $1 AND state = 'finished'`,
			[]any{managerID}, &first, &last)
	}
	return model.Standing{Holdings: held, First: moment(first), Last: moment(last)}, err
}
