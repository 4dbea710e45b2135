package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

// AllowReliability notes whether a manager lets their answers count in this instance's reliability.
func (s *Store) AllowReliability(ctx context.Context, managerID string, allowed bool) error {
	value := 0
	if allowed {
		value = 1
	}
	changed, err := s.Exec(ctx, `UPDATE managers SET counts_for_reliability = $2 WHERE id = $1`, managerID, value)
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}

// ReliabilityAllowed reports whether a manager lets their answers count.
func (s *Store) ReliabilityAllowed(ctx context.Context, managerID string) (bool, error) {
	var value int
	err := s.QueryRow(ctx, `SELECT counts_for_reliability FROM managers WHERE id = $1`, []any{managerID}, &value)
	return value == 1, err
}

// CountForReliability counts the managers who allowed it and have finished this version in full here: what was brought in
// from a file may have been counted elsewhere, or never have been answered.
func (s *Store) CountForReliability(ctx context.Context, questionnaireID string, version int) (int, error) {
	var count int
	err := s.QueryRow(ctx, `
		SELECT COUNT(DISTINCT a.manager_id) FROM assessments a JOIN managers m ON m.id = a.manager_id
		WHERE a.questionnaire_id = $1 AND a.questionnaire_version = $2 AND a.form = 'full'
			AND a.state = 'finished' AND a.brought_at IS NULL AND m.counts_for_reliability = 1`,
		[]any{questionnaireID, version}, &count)
	return count, err
}

// ReliabilitySample reads the answers on the scale of the managers who allowed it: one assessment each, their first of
// this version in full, as levels by item id. The order reveals nothing about whose they are.
func (s *Store) ReliabilitySample(ctx context.Context, questionnaireID string, version int) ([]map[string]int, error) {
	var sample []map[string]int
	current := ""
	err := s.Query(ctx, func(row func(...any) error) error {
		var id, item string
		var level sql.NullInt64
		if err := row(&id, &item, &level); err != nil {
			return err
		}
		if id != current {
			current = id
			sample = append(sample, map[string]int{})
		}
		if level.Valid && level.Int64 > 0 {
			sample[len(sample)-1][item] = int(level.Int64)
		}
		return nil
	}, `SELECT a.id, r.item_id, r.level FROM assessments a
		JOIN managers m ON m.id = a.manager_id
		JOIN answers r ON r.assessment_id = a.id
		WHERE a.questionnaire_id = $1 AND a.questionnaire_version = $2 AND a.form = 'full'
			AND a.state = 'finished' AND a.brought_at IS NULL AND m.counts_for_reliability = 1
			AND NOT EXISTS (SELECT 1 FROM assessments b
				WHERE b.manager_id = a.manager_id AND b.questionnaire_id = $1 AND b.questionnaire_version = $2
					AND b.form = 'full' AND b.state = 'finished' AND b.brought_at IS NULL
					AND (b.finished_at < a.finished_at OR b.finished_at = a.finished_at AND b.id < a.id))
		ORDER BY a.id`, questionnaireID, version)
	return sample, err
}

// PutReliability stores the figure of a step, once: what was computed at a step stays.
func (s *Store) PutReliability(ctx context.Context, figure model.Reliability) error {
	_, err := s.Exec(ctx, `
		INSERT INTO reliabilities (questionnaire_id, questionnaire_version, area, step, persons, alpha,
			lower_limit, upper_limit, computed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (questionnaire_id, questionnaire_version, area, step) DO NOTHING`,
		figure.QuestionnaireID, figure.QuestionnaireVersion, figure.Area, figure.Step, figure.Persons,
		figure.Alpha, figure.Lower, figure.Upper, milliseconds(figure.ComputedAt))
	return err
}

// Reliabilities reads the figures of the latest step of each questionnaire's version and area.
func (s *Store) Reliabilities(ctx context.Context) ([]model.Reliability, error) {
	var figures []model.Reliability
	err := s.Query(ctx, func(row func(...any) error) error {
		var figure model.Reliability
		var computed sql.NullInt64
		err := row(&figure.QuestionnaireID, &figure.QuestionnaireVersion, &figure.Area, &figure.Step,
			&figure.Persons, &figure.Alpha, &figure.Lower, &figure.Upper, &computed)
		figure.ComputedAt = moment(computed)
		figures = append(figures, figure)
		return err
	}, `SELECT f.questionnaire_id, f.questionnaire_version, f.area, f.step, f.persons, f.alpha,
			f.lower_limit, f.upper_limit, f.computed_at
		FROM reliabilities f
		WHERE f.step = (SELECT MAX(g.step) FROM reliabilities g
			WHERE g.questionnaire_id = f.questionnaire_id AND g.questionnaire_version = f.questionnaire_version
				AND g.area = f.area)
		ORDER BY f.questionnaire_id, f.questionnaire_version, f.area`)
	return figures, err
}
