package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// PutContribution contributes a manager's own finished assessment to a cycle that is open at this moment, in
// the place of another of theirs, and reports whether it did. The manager has to have been confirmed before
// the cycle opened, and the assessment finished since the cycle counts; it counts in at most one cycle of a team. One that
// was brought in from a file counts in none: the others are promised that each answered here, once, and what a file says
// of its days, or whether the same answers came in under two names, nobody can check.
func (s *Store) PutContribution(ctx context.Context, managerID, teamID, cycleID, assessmentID string, now time.Time) (done bool, err error) {
	changed, err := s.Exec(ctx, `
		INSERT INTO cycle_contributions (cycle_id, member_id, assessment_id)
		SELECT c.id, m.id, a.id FROM team_members m JOIN cycles c ON c.team_id = m.team_id
			JOIN assessments a ON a.manager_id = m.manager_id
		WHERE m.manager_id = $1 AND m.team_id = $2 AND c.id = $3 AND a.id = $4
			AND m.confirmed_at < c.opens_at
			AND c.closed_at IS NULL AND c.opens_at <= $5 AND c.closes_at > $5
			AND a.state = 'finished' AND a.brought_at IS NULL AND a.finished_at >= c.counts_from AND a.finished_at < c.closes_at
			AND NOT `+countedInAnotherCycle+`
		ON CONFLICT (cycle_id, member_id) DO UPDATE SET assessment_id = excluded.assessment_id`,
		managerID, teamID, cycleID, assessmentID, milliseconds(now))
	return changed > 0, err
}

// countedInAnotherCycle holds for an assessment a that counts or has counted in another cycle of the team of a cycle c.
const countedInAnotherCycle = `(EXISTS (SELECT 1 FROM cycle_contributions x JOIN cycles y ON y.id = x.cycle_id
		WHERE x.assessment_id = a.id AND y.team_id = c.team_id AND y.id <> c.id)
	OR EXISTS (SELECT 1 FROM ledger_sittings k JOIN ledger_answers l ON l.sitting = k.token
			JOIN cycle_aggregates g ON g.set_id = l.set_id JOIN cycles y ON y.id = g.cycle_id
		WHERE k.assessment_id = a.id AND y.team_id = c.team_id AND y.id <> c.id))`

// CountedInAnotherCycle reports whether one of a manager's assessments counts or has counted in another cycle of a team
// than this one.
func (s *Store) CountedInAnotherCycle(ctx context.Context, managerID, teamID, cycleID, assessmentID string) (bool, error) {
	var count int
	err := s.QueryRow(ctx, `SELECT count(*) FROM team_members m JOIN cycles c ON c.team_id = m.team_id JOIN assessments a ON a.manager_id = m.manager_id
		WHERE m.manager_id = $1 AND m.team_id = $2 AND c.id = $3 AND a.id = $4 AND `+countedInAnotherCycle,
		[]any{managerID, teamID, cycleID, assessmentID}, &count)
	return count > 0, err
}

// DeleteContribution takes a manager's contribution back from a cycle that is open at this moment, and reports whether
// it did.
func (s *Store) DeleteContribution(ctx context.Context, managerID, teamID, cycleID string, now time.Time) (done bool, err error) {
	changed, err := s.Exec(ctx, `DELETE FROM cycle_contributions
		WHERE cycle_id = (SELECT c.id FROM cycles c
			WHERE c.team_id = $2 AND c.id = $3 AND c.closed_at IS NULL AND c.closes_at > $4)
		AND member_id = (SELECT m.id FROM team_members m WHERE m.manager_id = $1 AND m.team_id = $2)`,
		managerID, teamID, cycleID, milliseconds(now))
	return changed > 0, err
}

// Contributions returns the assessments that a manager contributes to cycles that aren't closed, by cycle; only the
// manager's own.
func (s *Store) Contributions(ctx context.Context, managerID string) (map[string]string, error) {
	own := map[string]string{}
	err := s.Query(ctx, func(row func(...any) error) error {
		var cycle, assessment string
		err := row(&cycle, &assessment)
		own[cycle] = assessment
		return err
	}, `SELECT t.cycle_id, t.assessment_id FROM cycle_contributions t JOIN team_members m ON m.id = t.member_id
		WHERE m.manager_id = $1`, managerID)
	return own, err
}

// FinishedBetween lists a manager's assessments of a form that were finished here from one moment on and before
// another, without their sections, the latest first.
func (s *Store) FinishedBetween(ctx context.Context, managerID string, form model.Form, from, to time.Time) (list []*model.Assessment, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		assessment, err := s.scanAssessment(row)
		list = append(list, assessment)
		return err
	}, `SELECT `+assessmentColumns+` FROM assessments a
		WHERE a.manager_id = $1 AND a.state = 'finished' AND a.brought_at IS NULL AND a.form = $2 AND a.finished_at >= $3 AND a.finished_at < $4
		ORDER BY a.finished_at DESC, a.id`, managerID, string(form), milliseconds(from), milliseconds(to))
	return list, err
}
