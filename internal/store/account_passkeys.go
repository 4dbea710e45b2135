package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

const passkeyColumns = `id, credential_id, handle, credential, name, made_at, used_at, refused_at`

// readPasskey reads passkeyColumns.
func readPasskey(row func(...any) error) (model.Passkey, error) {
	var one model.Passkey
	var made, used, refused sql.NullInt64
	err := row(&one.ID, &one.CredentialID, &one.Handle, &one.Credential, &one.Name, &made, &used, &refused)
	one.Made, one.Used, one.Refused = moment(made), moment(used), moment(refused)
	return one, err
}

// Passkeys lists those of a manager, the oldest first.
func (s *Store) Passkeys(ctx context.Context, managerID string) (list []model.Passkey, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		one, err := readPasskey(row)
		list = append(list, one)
		return err
	}, `SELECT `+passkeyColumns+` FROM passkeys WHERE manager_id = $1 ORDER BY made_at, id`, managerID)
	return list, err
}

// PasskeyByCredential finds a passkey, and whose it is, by what its device calls it; model.ErrNotFound if there is none.
func (s *Store) PasskeyByCredential(ctx context.Context, credentialID string) (passkey model.Passkey, managerID string, err error) {
	err = model.ErrNotFound
	failure := s.Query(ctx, func(row func(...any) error) error {
		var read error
		passkey, read = readPasskey(func(into ...any) error { return row(append(into, &managerID)...) })
		err = read
		return read
	}, `SELECT `+passkeyColumns+`, manager_id FROM passkeys WHERE credential_id = $1`, credentialID)
	if failure != nil {
		err = failure
	}
	return passkey, managerID, err
}

// PutPasskey gives a manager a passkey.
func (s *Store) PutPasskey(ctx context.Context, managerID string, passkey model.Passkey) error {
	_, err := s.Exec(ctx, `INSERT INTO passkeys (id, manager_id, credential_id, handle, credential, name, made_at, used_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
		passkey.ID, managerID, passkey.CredentialID, passkey.Handle, passkey.Credential, passkey.Name, milliseconds(passkey.Made))
	return err
}

// UsePasskey notes that somebody came in with a passkey, or was refused, and keeps it as it is from now on.
func (s *Store) UsePasskey(ctx context.Context, passkey model.Passkey) error {
	_, err := s.Exec(ctx, `UPDATE passkeys SET credential = $2, used_at = $3, refused_at = $4 WHERE id = $1`,
		passkey.ID, passkey.Credential, milliseconds(passkey.Used),
		milliseconds(passkey.Refused))
	return err
}

// RenamePasskey changes what a passkey of a manager is called; model.ErrNotFound if they have none of this id.
func (s *Store) RenamePasskey(ctx context.Context, managerID, id, name string) error {
	return found(s.Exec(ctx, `UPDATE passkeys SET name = $3 WHERE manager_id = $1 AND id = $2`, managerID, id, name))
}

// DeletePasskey takes a passkey from a manager; model.ErrNotFound if they have none of this id.
func (s *Store) DeletePasskey(ctx context.Context, managerID, id string) error {
	return found(s.Exec(ctx, `DELETE FROM passkeys WHERE manager_id = $1 AND id = $2`, managerID, id))
}

// AnswerChallenge notes that a challenge is answered, and reports whether it hadn't been yet.
func (s *Store) AnswerChallenge(ctx context.Context, hash string, expires time.Time) (first bool, err error) {
	noted, err := s.Exec(ctx, `INSERT INTO answered_challenges (challenge_hash, expires_at) VALUES ($1, $2)
		ON CONFLICT (challenge_hash) DO NOTHING`, hash, milliseconds(expires))
	return noted > 0, err
}

// DeleteChallengesBefore forgets a batch of the answered challenges that no page can ask any more, and reports whether
// there may be more.
func (s *Store) DeleteChallengesBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM answered_challenges WHERE challenge_hash IN
		(SELECT challenge_hash FROM answered_challenges WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`, limit)
}
