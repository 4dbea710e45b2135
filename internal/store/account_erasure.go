package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// Holdings counts what is kept of a manager. Devices are those seen after seenAfter, reviews are those that the
// manager sees: one that a mentor has only begun is the mentor's.
func (s *Store) Holdings(ctx context.Context, managerID string, seenAfter, now time.Time) (model.Holdings, error) {
	var held model.Holdings
	err := s.QueryRow(ctx, `SELECT
		(SELECT count(*) FROM assessments WHERE manager_id = $1 AND state = 'finished'),
		(SELECT count(*) FROM assessments WHERE manager_id = $1 AND state = 'draft'),
		(SELECT count(*) FROM answers r JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1),
		(SELECT count(*) FROM answers r JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1 AND r.note <> ''),
		(SELECT count(*) FROM targets WHERE manager_id = $1),
		(SELECT count(*) FROM sessions WHERE manager_id = $1 AND seen_at > $2),
		(SELECT count(*) FROM recovery_keys WHERE manager_id = $1) + (SELECT count(*) FROM further_keys WHERE manager_id = $1),
		(SELECT count(*) FROM identities WHERE manager_id = $1),
		(SELECT count(*) FROM passkeys WHERE manager_id = $1),
		(SELECT count(*) FROM shares s WHERE s.manager_id = $1 AND `+listedShare+`),
		(SELECT count(*) FROM reviews r JOIN assessments a ON a.id = r.assessment_id
			WHERE a.manager_id = $1 AND `+visibleReview("$3")+`),
		(SELECT count(*) FROM team_members WHERE manager_id = $1),
		(SELECT count(*) FROM commitments WHERE manager_id = $1),
		(SELECT count(*) FROM log_entries WHERE manager_id = $1),
		(SELECT count(*) FROM cadences WHERE manager_id = $1),
		(SELECT count(*) FROM depth_maps WHERE manager_id = $1),
		(SELECT count(*) FROM calendar_feeds WHERE manager_id = $1),
		(SELECT count(*) FROM team_proposals p JOIN team_members m ON m.id = p.member_id WHERE m.manager_id = $1),
		(SELECT count(*) FROM mentor_ties WHERE manager_id = $1),
		(SELECT count(*) FROM imports WHERE manager_id = $1),
		(SELECT count(*) FROM shown_maps x JOIN team_members m ON m.id = x.member_id WHERE m.manager_id = $1),
		(SELECT count(*) FROM organisers WHERE manager_id = $1)`,
		[]any{managerID, milliseconds(seenAfter), milliseconds(now)},
		&held.Finished, &held.Drafts, &held.Answers, &held.Notes, &held.Targets, &held.Devices, &held.Keys, &held.Identities, &held.Passkeys,
		&held.Shares, &held.Reviews, &held.Teams, &held.Commitments, &held.Entries, &held.Cadences, &held.Maps, &held.Feeds, &held.Proposals,
		&held.Mentors, &held.Files, &held.ShownMaps, &held.Organising)
	return held, err
}

// DeleteAssessment removes one of a manager's finished assessments with its answers, the look backs at it, its shares
// and what mentors wrote through them; model.ErrNotFound if the manager has none of this id. It also notes that the
// manager's history is no longer complete.
func (s *Store) DeleteAssessment(ctx context.Context, managerID, id string) error {
	deleted, err := s.Exec(ctx, `DELETE FROM assessments
		WHERE manager_id = $1 AND id = $2 AND state = 'finished'`, managerID, id)
	if err == nil && deleted == 0 {
		return model.ErrNotFound
	}
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `UPDATE managers SET thinned = 1 WHERE id = $1`, managerID)
	return s.NoteRemains(ctx, err)
}

// Incomplete reports whether a manager has deleted a finished assessment.
func (s *Store) Incomplete(ctx context.Context, managerID string) (bool, error) {
	incomplete := false
	err := s.Query(ctx, func(row func(...any) error) error { return row(&incomplete) },
		`SELECT thinned FROM managers WHERE id = $1`, managerID)
	return incomplete, err
}

// DeleteManager removes a manager with all that is theirs: sessions and their browsers, recovery key, identities, passkeys, targets,
// assessments with answers and notes, commitments, log, depth maps, cadence, what calendars read, shares and what mentors wrote
// through them, and the mentor who is kept under their sign-in; model.ErrNotFound if there is none of this id. The wordings of questions stay: they are nobody's. So do
// the frozen aggregates of teams, and the ledger's tokens, which then lead to nobody. A team goes with its last confirmed
// member.
func (s *Store) DeleteManager(ctx context.Context, id string) error {
	if _, err := s.endSessions(ctx, `DELETE FROM sessions WHERE manager_id = $1 RETURNING browser_id`, id); err != nil {
		return err
	}
	if err := s.deleteTeamsOnlyOf(ctx, id); err != nil {
		return err
	}
	if err := s.deleteTied(ctx, id); err != nil {
		return err
	}
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM managers WHERE id = $1`, id)))
}

// unreachableManager holds for managers to whom no session, no recovery key, no identity and no passkey leads.
const unreachableManager = `NOT EXISTS (SELECT 1 FROM sessions WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM recovery_keys WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM identities WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM passkeys WHERE manager_id = managers.id)`

// emptyManager holds for managers who have nothing of their own: no answers, no finished assessment, no targets, no
// share, no commitment, nothing in their log, no depth map, no cadence, no calendar's address, no mentor under their sign-in, no role, no recovery key, no identity
// and no passkey, and who were neither made nor seen since $1. A draft, of an assessment or a map, that was merely begun
// doesn't count.
// Membership of a team is a separate query, since no statement may combine answers with team membership.
const emptyManager = `managers.created_at < $1
	AND NOT EXISTS (SELECT 1 FROM sessions WHERE manager_id = managers.id AND seen_at >= $1)
	AND NOT EXISTS (SELECT 1 FROM recovery_keys WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM identities WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM passkeys WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM shares WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM targets WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM commitments WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM log_entries WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM depth_maps m WHERE m.manager_id = managers.id
		AND (m.finished_at IS NOT NULL OR EXISTS (SELECT 1 FROM depth_placements p WHERE p.map_id = m.id)))
	AND NOT EXISTS (SELECT 1 FROM cadences WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM calendar_feeds WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM mentor_ties WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM organisers WHERE manager_id = managers.id)
	AND NOT EXISTS (SELECT 1 FROM assessments a WHERE a.manager_id = managers.id
		AND (a.state = 'finished' OR EXISTS (SELECT 1 FROM answers r WHERE r.assessment_id = a.id)))`

// EmptyManagers returns the ids of managers who have nothing at all, except perhaps a place in a team, and haven't
// been seen since a moment, in order, from those after an id on. It returns as many as one transaction should delete,
// and none if there are no more.
func (s *Store) EmptyManagers(ctx context.Context, after string, before time.Time) (ids []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM managers WHERE `+emptyManager+` AND id > $2 ORDER BY id LIMIT $3`,
		milliseconds(before), after, emptyAtOnce)
	return ids, err
}

// DeleteEmptyManagers removes those of the managers who have nothing at all, and no place in a team either. Since they
// have nothing, nothing is noted and nothing needs overwriting; their browsers go with the others that have no
// session.
func (s *Store) DeleteEmptyManagers(ctx context.Context, before time.Time, ids []string) error {
	for _, id := range ids {
		inTeam := false
		err := s.Query(ctx, func(row func(...any) error) error { inTeam = true; return row(new(int)) },
			`SELECT 1 FROM team_members WHERE manager_id = $1 LIMIT 1`, id)
		if err != nil {
			return err
		}
		if inTeam {
			continue
		}
		if _, err := s.Exec(ctx, `DELETE FROM managers WHERE `+emptyManager+` AND id = $2`, milliseconds(before), id); err != nil {
			return err
		}
	}
	return nil
}

// The bounds of how many managers one transaction deletes. How long that takes depends on what they have written.
const (
	unreachableAtOnce = 50
	assessmentsAtOnce = 40
	emptyAtOnce       = 50
)

// UnreachableManagers returns the ids of managers to whom nothing leads, in order, from those
// after an id on. It returns as many as one transaction should delete, and none if there are no more.
func (s *Store) UnreachableManagers(ctx context.Context, after string) (ids []string, err error) {
	assessments := 0
	err = s.Query(ctx, func(row func(...any) error) error {
		var id string
		var has int
		err := row(&id, &has)
		if assessments += has; len(ids) == 0 || assessments <= assessmentsAtOnce {
			ids = append(ids, id)
		}
		return err
	}, `SELECT id, (SELECT count(*) FROM assessments WHERE manager_id = managers.id) FROM managers
		WHERE id > $1 AND `+unreachableManager+` ORDER BY id LIMIT $2`, after, unreachableAtOnce)
	return ids, err
}

// DeleteUnreachableManagers removes those of the managers to whom still nothing leads,
// with all that is theirs, and notes that.
func (s *Store) DeleteUnreachableManagers(ctx context.Context, now time.Time, ids []string) error {
	for _, id := range ids {
		unreachable := false
		err := s.Query(ctx, func(row func(...any) error) error { return row(&unreachable) },
			`SELECT `+unreachableManager+` FROM managers WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if !unreachable {
			continue
		}
		former, err := s.FormerIDs(ctx, id)
		if err != nil {
			return err
		}
		if err := s.DeleteManager(ctx, id); err != nil {
			return err
		}
		if err := s.NoteErasure(ctx, now, append(former, id)...); err != nil {
			return err
		}
	}
	return nil
}
