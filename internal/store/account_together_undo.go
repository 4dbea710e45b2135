package store

import (
	"context"
	"slices"
	"time"

	"whetstone/internal/model"
)

// UndoJoining gives back what two histories were before they were laid together: each row that was moved or taken out,
// as it is now. What was made since stays with the manager. model.ErrNotFound if it can't be undone any more. Devices
// that have signed in since are signed out, but for the one that asks: nobody knows which of the two they are for.
func (s *Store) UndoJoining(ctx context.Context, session model.Session, now time.Time) (joined model.Joining, err error) {
	kept := session.ManagerID
	if joined, err = s.Joining(ctx, kept, now); err != nil {
		return joined, err
	}
	var record string
	if err := s.QueryRow(ctx, `SELECT record FROM joinings WHERE manager_id = $1`, []any{kept}, &record); err != nil {
		return joined, err
	}
	steps, err := readSteps(record)
	if err != nil {
		return joined, err
	}
	if slices.ContainsFunc(steps, func(step joiningStep) bool { return step.Table == "ledger_persons" }) {
		if _, err := s.TakeTurn(ctx); err != nil {
			return joined, err
		}
	}
	for _, step := range slices.Backward(steps) {
		if err := s.undo(ctx, step); err != nil {
			return joined, err
		}
	}
	for _, step := range []func() error{
		func() error { return s.EndJoining(ctx, kept) },
		func() error {
			_, err := s.Exec(ctx, `DELETE FROM former_managers WHERE id = $1`, joined.FormerID)
			return err
		},
		func() error { return s.apart(ctx, kept, joined) },
		func() error { return s.apartInTeams(ctx, kept, joined.FormerID) },
		func() error {
			_, err := s.endSessions(ctx, `DELETE FROM sessions WHERE manager_id = $1 AND created_at > $2 AND id <> $3 RETURNING browser_id`,
				kept, milliseconds(joined.MadeAt), session.ID)
			return err
		},
		func() error { return s.leadBack(ctx, session, joined.FormerID) },
	} {
		if err := step(); err != nil {
			return joined, err
		}
	}
	// What is remembered says whose it was.
	s.erased = true
	return joined, nil
}

// apart takes away what was made while two histories were one and shows something of one in the other: looks back, and
// what links show of plan, log and maps. Links go with their assessment. Where something was finished meanwhile, its
// numbers may rest on answers of the other.
func (s *Store) apart(ctx context.Context, kept string, joined model.Joining) error {
	for _, id := range []string{kept, joined.FormerID} {
		for _, statement := range []string{
			`UPDATE shares SET manager_id = $1 WHERE assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1) AND manager_id <> $1`,
			`DELETE FROM reratings WHERE assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)
				AND earlier_id NOT IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)`,
			`DELETE FROM rerating_offers WHERE assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)
				AND earlier_id NOT IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)`,
			`DELETE FROM share_commitments WHERE share_id IN (SELECT s.id FROM shares s WHERE s.manager_id = $1)
				AND commitment_id NOT IN (SELECT c.id FROM commitments c WHERE c.manager_id = $1)`,
			`DELETE FROM share_log_entries WHERE share_id IN (SELECT s.id FROM shares s WHERE s.manager_id = $1)
				AND entry_id NOT IN (SELECT e.id FROM log_entries e WHERE e.manager_id = $1)`,
			`DELETE FROM share_maps WHERE share_id IN (SELECT s.id FROM shares s WHERE s.manager_id = $1)
				AND map_id NOT IN (SELECT m.id FROM depth_maps m WHERE m.manager_id = $1)`,
			`DELETE FROM map_moves WHERE review_id IN (SELECT r.id FROM reviews r JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1)
				AND map_id NOT IN (SELECT m.id FROM depth_maps m WHERE m.manager_id = $1)`,
		} {
			if _, err := s.Exec(ctx, statement, id); err != nil {
				return err
			}
		}
		_, err := s.Exec(ctx, `UPDATE managers SET thinned = 1 WHERE id = $1 AND EXISTS (SELECT 1 FROM assessments a
			WHERE a.manager_id = $1 AND a.state = 'finished' AND a.finished_at >= $2)`, id, milliseconds(joined.MadeAt))
		if err != nil {
			return err
		}
	}
	return nil
}

// apartInTeams takes back what either of two managers contributes that is the other's, and what was put back of cycles
// that have closed meanwhile.
func (s *Store) apartInTeams(ctx context.Context, kept, former string) error {
	_, err := s.Exec(ctx, `DELETE FROM cycle_contributions
		WHERE member_id IN (SELECT m.id FROM team_members m WHERE m.manager_id IN ($1, $2))
			AND (cycle_id IN (SELECT c.id FROM cycles c WHERE c.closed_at IS NOT NULL)
				OR NOT EXISTS (SELECT 1 FROM team_members m JOIN assessments a ON a.manager_id = m.manager_id
					WHERE m.id = cycle_contributions.member_id AND a.id = cycle_contributions.assessment_id))`, kept, former)
	for _, id := range []string{kept, former} {
		if err == nil {
			err = s.hideOthersMaps(ctx, id)
		}
	}
	return err
}

// hideOthersMaps takes away what a manager shows teams of depth maps that aren't theirs.
func (s *Store) hideOthersMaps(ctx context.Context, managerID string) error {
	shown, err := s.texts(ctx, `SELECT x.map_id FROM shown_maps x JOIN team_members m ON m.id = x.member_id WHERE m.manager_id = $1`, managerID)
	if err != nil || len(shown) == 0 {
		return err
	}
	own, err := s.DepthMaps(ctx, managerID)
	for _, id := range shown {
		if err == nil && !slices.ContainsFunc(own, func(one model.DepthMap) bool { return one.ID == id }) {
			_, err = s.Exec(ctx, `DELETE FROM shown_maps WHERE map_id = $2
				AND member_id IN (SELECT id FROM team_members WHERE manager_id = $1)`, managerID, id)
		}
	}
	return err
}

// Unreachable reports whether nothing leads to a manager: no session, no recovery key and no identity.
func (s *Store) Unreachable(ctx context.Context, managerID string) (unreachable bool, err error) {
	err = s.QueryRow(ctx, `SELECT `+unreachableManager+` FROM managers WHERE id = $1`, []any{managerID}, &unreachable)
	return unreachable, err
}

// leadBack lets the session that undid it open what nothing else would lead to: the former manager's history.
func (s *Store) leadBack(ctx context.Context, session model.Session, former string) error {
	unreachable, err := s.Unreachable(ctx, former)
	if err != nil || !unreachable {
		return err
	}
	_, err = s.Exec(ctx, `UPDATE sessions SET manager_id = $2 WHERE id = $1`, session.ID, former)
	return err
}

// CameAlong reports whether a session opened the other history before two were laid together.
func (s *Store) CameAlong(ctx context.Context, session model.Session) (came bool, err error) {
	var record string
	err = s.QueryRow(ctx, `SELECT record FROM joinings WHERE manager_id = $1`, []any{session.ManagerID}, &record)
	if err != nil {
		return false, err
	}
	steps, err := readSteps(record)
	return slices.ContainsFunc(steps, func(step joiningStep) bool {
		return step.Table == "sessions" && slices.Contains(step.Keys, session.ID)
	}), err
}

// ManagerOf returns for whom a session acts.
func (s *Store) ManagerOf(ctx context.Context, sessionID string) (managerID string, err error) {
	err = s.QueryRow(ctx, `SELECT manager_id FROM sessions WHERE id = $1`, []any{sessionID}, &managerID)
	return managerID, err
}
