package store

import (
	"context"
	"database/sql"
	"time"
)

// Grant lets a mentor into a share, and reports whether this call did.
func (s *Store) Grant(ctx context.Context, mentorID, shareID string, now time.Time) (bool, error) {
	changed, err := s.Exec(ctx, `INSERT INTO grants (mentor_id, share_id, granted_at) VALUES ($1, $2, $3)
		ON CONFLICT (mentor_id, share_id) DO NOTHING`, mentorID, shareID, milliseconds(now))
	return changed > 0, err
}

// TakeGrant takes a share from a mentor again.
func (s *Store) TakeGrant(ctx context.Context, mentorID, shareID string) error {
	if _, err := s.Exec(ctx, `DELETE FROM grants WHERE mentor_id = $1 AND share_id = $2`, mentorID, shareID); err != nil {
		return err
	}
	return s.dropRemoved(ctx, shareID)
}

// Reveal notes that a mentor was shown a manager's score of one competency of an assessment. What was revealed earlier
// keeps its time.
func (s *Store) Reveal(ctx context.Context, mentorID, assessmentID, competency string, now time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO reveals (assessment_id, mentor_id, competency, revealed_at)
		SELECT x.assessment_id, $1, x.competency, $4 FROM assessment_sections x
		WHERE x.assessment_id = $2 AND x.competency = $3
		ON CONFLICT (assessment_id, mentor_id, competency) DO NOTHING`,
		mentorID, assessmentID, competency, milliseconds(now))
	return err
}

// RevealAssessment is Reveal for all competencies of an assessment.
func (s *Store) RevealAssessment(ctx context.Context, mentorID, assessmentID string, now time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO reveals (assessment_id, mentor_id, competency, revealed_at)
		SELECT x.assessment_id, $1, x.competency, $3 FROM assessment_sections x
		WHERE x.assessment_id = $2
		ON CONFLICT (assessment_id, mentor_id, competency) DO NOTHING`,
		mentorID, assessmentID, milliseconds(now))
	return err
}

// RevealHistory is Reveal for all competencies of an assessment and of the manager's finished ones before
// it.
func (s *Store) RevealHistory(ctx context.Context, mentorID, assessmentID string, now time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO reveals (assessment_id, mentor_id, competency, revealed_at)
		SELECT x.assessment_id, $1, x.competency, $3
		FROM assessments last JOIN assessments a ON a.manager_id = last.manager_id
		JOIN assessment_sections x ON x.assessment_id = a.id
		WHERE last.id = $2 AND a.state = 'finished' AND a.finished_at <= last.finished_at
		ON CONFLICT (assessment_id, mentor_id, competency) DO NOTHING`,
		mentorID, assessmentID, milliseconds(now))
	return err
}

// HistoryRevealed reports whether a mentor has been shown all scores of an assessment and of the manager's
// finished ones before it.
func (s *Store) HistoryRevealed(ctx context.Context, mentorID, assessmentID string) (bool, error) {
	var hidden int
	err := s.QueryRow(ctx, `
		SELECT count(*)
		FROM assessments last JOIN assessments a ON a.manager_id = last.manager_id
		JOIN assessment_sections x ON x.assessment_id = a.id
		WHERE last.id = $2 AND a.state = 'finished' AND a.finished_at <= last.finished_at
			AND NOT EXISTS (SELECT 1 FROM reveals v
				WHERE v.assessment_id = a.id AND v.mentor_id = $1 AND v.competency = x.competency)`,
		[]any{mentorID, assessmentID}, &hidden)
	return hidden == 0, err
}

// Glimpse notes that a mentor was shown something of a manager, other than the score, that could lean their rating of one
// competency of an assessment. What was seen earlier keeps its time.
func (s *Store) Glimpse(ctx context.Context, mentorID, assessmentID, competency string, now time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO glimpses (assessment_id, mentor_id, competency, seen_at)
		SELECT x.assessment_id, $1, x.competency, $4 FROM assessment_sections x
		WHERE x.assessment_id = $2 AND x.competency = $3
		ON CONFLICT (assessment_id, mentor_id, competency) DO NOTHING`,
		mentorID, assessmentID, competency, milliseconds(now))
	return err
}

// Reveals returns when a mentor was shown the manager's score of each competency of an assessment.
func (s *Store) Reveals(ctx context.Context, mentorID, assessmentID string) (map[string]time.Time, error) {
	return s.shownAt(ctx, `SELECT competency, revealed_at FROM reveals WHERE mentor_id = $1 AND assessment_id = $2`, mentorID, assessmentID)
}

// Glimpses returns of which competencies of an assessment a mentor has a glimpse, and since when.
func (s *Store) Glimpses(ctx context.Context, mentorID, assessmentID string) (map[string]time.Time, error) {
	return s.shownAt(ctx, `SELECT competency, seen_at FROM glimpses WHERE mentor_id = $1 AND assessment_id = $2`, mentorID, assessmentID)
}

// shownAt reads competencies with moments.
func (s *Store) shownAt(ctx context.Context, query string, args ...any) (map[string]time.Time, error) {
	shown := map[string]time.Time{}
	err := s.Query(ctx, func(row func(...any) error) error {
		var competency string
		var at sql.NullInt64
		err := row(&competency, &at)
		shown[competency] = moment(at)
		return err
	}, query, args...)
	return shown, err
}
