package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

const invitationColumns = `i.id, i.team_id, i.kind, i.secret_hash, i.created_at, i.expires_at, i.revoked_at, i.uses, i.places`

func scanInvitation(row func(...any) error, more ...any) (model.TeamInvitation, error) {
	var invitation model.TeamInvitation
	var created, expires, revoked, places sql.NullInt64
	err := row(append([]any{&invitation.ID, &invitation.TeamID, &invitation.Kind, &invitation.SecretHash,
		&created, &expires, &revoked, &invitation.Uses, &places}, more...)...)
	invitation.CreatedAt, invitation.ExpiresAt, invitation.RevokedAt = moment(created), moment(expires), moment(revoked)
	invitation.Places = int(places.Int64)
	return invitation, err
}

// CreateInvitation adds an invitation to a team that the manager stewards; model.ErrNotFound if they don't.
func (s *Store) CreateInvitation(ctx context.Context, managerID string, invitation model.TeamInvitation) error {
	return found(s.Exec(ctx, `
		INSERT INTO team_invitations (id, team_id, kind, secret_hash, created_at, expires_at, places)
		SELECT $3, t.id, $4, $5, $6, $7, $8 FROM teams t WHERE t.id = $2 AND `+stewardOf,
		managerID, invitation.TeamID, invitation.ID, string(invitation.Kind), invitation.SecretHash,
		milliseconds(invitation.CreatedAt), milliseconds(invitation.ExpiresAt),
		sql.NullInt64{Int64: int64(invitation.Places), Valid: invitation.Places > 0}))
}

// Invitations lists the live invitations of a team that the manager stewards, the latest first; none where
// they don't.
func (s *Store) Invitations(ctx context.Context, managerID, teamID string, now time.Time) (list []model.TeamInvitation, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		invitation, err := scanInvitation(row)
		list = append(list, invitation)
		return err
	}, `SELECT `+invitationColumns+` FROM team_invitations i
		WHERE i.team_id = $2 AND i.revoked_at IS NULL AND i.expires_at > $3 AND `+stewardOf+`
		ORDER BY i.created_at DESC, i.id`, managerID, teamID, milliseconds(now))
	return list, err
}

// RevokeInvitation ends an invitation of a team that the manager stewards. One that has already ended stays as it is.
// Where the manager stewards no such team it is model.ErrNotFound.
func (s *Store) RevokeInvitation(ctx context.Context, managerID, teamID, invitationID string, now time.Time) error {
	return found(s.Exec(ctx, `
		UPDATE team_invitations SET revoked_at = COALESCE(revoked_at, $4)
		WHERE team_id = $2 AND id = $3 AND `+stewardOf, managerID, teamID, invitationID, milliseconds(now)))
}

// InvitationBySecret finds a live invitation by the hash of its secret, with its team, the names of the
// team's stewards and the number of its confirmed members; model.ErrNotFound if there is none.
func (s *Store) InvitationBySecret(ctx context.Context, kind model.InvitationKind, secretHash string, now time.Time) (invitation model.TeamInvitation, terms model.JoinTerms, err error) {
	var created sql.NullInt64
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		team := &terms.Team
		var steward sql.NullString
		invitation, err = scanInvitation(row, &team.ID, &team.Name, &team.Purpose, &team.SmallestGroup, zone(&team.Zone), &created,
			&terms.Members, &steward)
		if steward.Valid {
			terms.Stewards = append(terms.Stewards, steward.String)
		}
		team.CreatedAt = moment(created)
		return err
	}, `SELECT `+invitationColumns+`, t.id, t.name, t.purpose, t.smallest_group, t.zone, t.created_at,
			(SELECT count(*) FROM team_members o WHERE o.team_id = t.id AND o.confirmed_at IS NOT NULL), m.name
		FROM team_invitations i JOIN teams t ON t.id = i.team_id
		LEFT JOIN team_members m ON m.team_id = t.id AND m.role = 'steward'
		WHERE i.secret_hash = $1 AND i.kind = $2 AND i.revoked_at IS NULL AND i.expires_at > $3
		ORDER BY m.name, m.id`, secretHash, string(kind), milliseconds(now))
	if err == nil && invitation.ID == "" {
		err = model.ErrNotFound
	}
	return invitation, terms, err
}

// UseInvitation counts somebody who comes by an invitation, and reports whether there was a place left.
func (s *Store) UseInvitation(ctx context.Context, id string) (done bool, err error) {
	changed, err := s.Exec(ctx, `UPDATE team_invitations SET uses = uses + 1
		WHERE id = $1 AND (places IS NULL OR uses < places)`, id)
	return changed > 0, err
}

// SpendInvitation ends an invitation that serves once, and reports whether it was live until now.
func (s *Store) SpendInvitation(ctx context.Context, id string, now time.Time) (done bool, err error) {
	changed, err := s.Exec(ctx, `UPDATE team_invitations SET uses = uses + 1, revoked_at = $2
		WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2`, id, milliseconds(now))
	return changed > 0, err
}

// Spent reports whether the code with this hash serves once, and has.
func (s *Store) Spent(ctx context.Context, secretHash string) (bool, error) {
	var count int
	err := s.QueryRow(ctx, `SELECT count(*) FROM team_invitations WHERE secret_hash = $1 AND kind = $2 AND uses > 0`,
		[]any{secretHash, string(model.CompareCode)}, &count)
	return count > 0, err
}

// DeleteInvitationsBefore forgets a batch of the invitations that had expired by a moment, and reports whether
// there may be more.
func (s *Store) DeleteInvitationsBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM team_invitations WHERE id IN
		(SELECT id FROM team_invitations WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`, limit)
}
