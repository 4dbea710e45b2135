package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// AddMember adds a manager to a team. A manager who is already in it stays as they are.
func (s *Store) AddMember(ctx context.Context, member model.Membership) error {
	_, err := s.Exec(ctx, `
		INSERT INTO team_members (id, team_id, manager_id, name, role, joined_at, confirmed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (team_id, manager_id) DO NOTHING`,
		member.ID, member.TeamID, member.ManagerID, member.Name, string(member.Role),
		milliseconds(member.JoinedAt), milliseconds(member.ConfirmedAt))
	return err
}

// ConfirmMember confirms a member who waits. A member who is already confirmed keeps their date. For a manager who
// isn't a steward, or a member of another team, it is model.ErrNotFound.
func (s *Store) ConfirmMember(ctx context.Context, managerID, teamID, memberID string, now time.Time) error {
	return found(s.Exec(ctx, `
		UPDATE team_members SET confirmed_at = COALESCE(confirmed_at, $4)
		WHERE team_id = $2 AND id = $3 AND `+stewardOf, managerID, teamID, memberID, milliseconds(now)))
}

// RemoveMember removes somebody else from a team, with everything that belongs to their place in it. For a manager who
// isn't a steward, for the manager themself, and for a member of another team it is model.ErrNotFound.
func (s *Store) RemoveMember(ctx context.Context, managerID, teamID, memberID string) error {
	err := found(s.Exec(ctx, `
		DELETE FROM team_members WHERE team_id = $2 AND id = $3 AND manager_id <> $1 AND `+stewardOf,
		managerID, teamID, memberID))
	return s.NoteRemains(ctx, err)
}

// DeclineWaiting removes everybody from a team that the manager stewards who waited to be confirmed at a moment.
func (s *Store) DeclineWaiting(ctx context.Context, managerID, teamID string, waitedAt time.Time) error {
	_, err := s.Exec(ctx, `
		DELETE FROM team_members
		WHERE team_id = $2 AND confirmed_at IS NULL AND joined_at <= $3 AND `+stewardOf, managerID, teamID, milliseconds(waitedAt))
	return s.NoteRemains(ctx, err)
}

// MakeSteward makes a confirmed member a steward. For a manager who isn't a steward, and for a member of another team
// or one who still waits, it is model.ErrNotFound.
func (s *Store) MakeSteward(ctx context.Context, managerID, teamID, memberID string) error {
	return found(s.Exec(ctx, `
		UPDATE team_members SET role = 'steward'
		WHERE team_id = $2 AND id = $3 AND confirmed_at IS NOT NULL AND `+stewardOf,
		managerID, teamID, memberID))
}

// RenameMember changes the name of a manager in a team; model.ErrNotFound if they aren't in it.
func (s *Store) RenameMember(ctx context.Context, managerID, teamID, name string) error {
	return found(s.Exec(ctx, `UPDATE team_members SET name = $3 WHERE manager_id = $1 AND team_id = $2`,
		managerID, teamID, name))
}

// StepDown makes a steward a member where another steward is left, and reports whether it did.
func (s *Store) StepDown(ctx context.Context, managerID, teamID string) (done bool, err error) {
	changed, err := s.Exec(ctx, `
		UPDATE team_members SET role = 'member'
		WHERE manager_id = $1 AND team_id = $2 AND role = 'steward'
		AND EXISTS (SELECT 1 FROM team_members o
			WHERE o.team_id = $2 AND o.manager_id <> $1 AND o.role = 'steward')`, managerID, teamID)
	return changed > 0, err
}

// TakeOver makes a confirmed member the steward of a team that has none, and reports whether it did.
func (s *Store) TakeOver(ctx context.Context, managerID, teamID string) (done bool, err error) {
	changed, err := s.Exec(ctx, `
		UPDATE team_members SET role = 'steward'
		WHERE manager_id = $1 AND team_id = $2 AND confirmed_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM team_members o WHERE o.team_id = $2 AND o.role = 'steward')`, managerID, teamID)
	return changed > 0, err
}

// LeaveTeam ends a manager's place in a team, with what they contribute to open cycles and what they show by name. The
// team goes with its last confirmed member. If they aren't in it, it is model.ErrNotFound.
func (s *Store) LeaveTeam(ctx context.Context, managerID, teamID string) error {
	err := found(s.Exec(ctx, `DELETE FROM team_members WHERE manager_id = $1 AND team_id = $2`, managerID, teamID))
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `DELETE FROM teams WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM team_members o
		WHERE o.team_id = $1 AND o.confirmed_at IS NOT NULL)`, teamID)
	return s.NoteRemains(ctx, err)
}
