package store

import (
	"context"

	"whetstone/internal/model"
)

// Acquaintances returns the members of a team whom a manager who is confirmed in it ticked as people they know, by id.
// Only the closing of a cycle reads anybody else's ticks.
func (s *Store) Acquaintances(ctx context.Context, managerID, teamID string) (map[string]bool, error) {
	known := map[string]bool{}
	return known, s.Query(ctx, func(row func(...any) error) error {
		var member string
		err := row(&member)
		known[member] = true
		return err
	}, `SELECT k.known_id FROM team_acquaintances k JOIN team_members m ON m.id = k.member_id
		WHERE m.manager_id = $1 AND m.team_id = $2 AND m.confirmed_at IS NOT NULL`, managerID, teamID)
}

// CountKnown counts those of Acquaintances whom a cycle counts, see model.Cycle.Counts.
func (s *Store) CountKnown(ctx context.Context, managerID string, cycle *model.Cycle) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM team_members m JOIN team_acquaintances k ON k.member_id = m.id
			JOIN team_members o ON o.id = k.known_id AND o.team_id = m.team_id
		WHERE m.manager_id = $1 AND m.team_id = $2 AND m.confirmed_at IS NOT NULL AND o.confirmed_at < $3`,
		[]any{managerID, cycle.TeamID, milliseconds(cycle.OpensAt)}, &count)
	return count, err
}

// PutAcquaintances replaces what is noted of whom a confirmed member of a team knows in it. People who aren't
// confirmed in the team are skipped, and so is the manager.
func (s *Store) PutAcquaintances(ctx context.Context, managerID, teamID string, members []string) error {
	_, err := s.Exec(ctx, `DELETE FROM team_acquaintances WHERE member_id IN
		(SELECT m.id FROM team_members m WHERE m.manager_id = $1 AND m.team_id = $2)`, managerID, teamID)
	for _, member := range members {
		if err != nil {
			return err
		}
		_, err = s.Exec(ctx, `INSERT INTO team_acquaintances (member_id, known_id)
			SELECT m.id, o.id FROM team_members m JOIN team_members o ON o.team_id = m.team_id AND o.id <> m.id
			WHERE m.manager_id = $1 AND m.team_id = $2 AND m.confirmed_at IS NOT NULL AND o.id = $3 AND o.confirmed_at IS NOT NULL
			ON CONFLICT (member_id, known_id) DO NOTHING`, managerID, teamID, member)
	}
	return err
}
