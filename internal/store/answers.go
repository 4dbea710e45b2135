package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// Answers reads all answers of one assessment of a manager. Someone else's assessment has none.
func (s *Store) Answers(ctx context.Context, managerID, assessmentID string) (model.Answers, error) {
	answers := model.Answers{}
	err := s.query(ctx, func(row func(...any) error) error {
		answer, err := scanAnswer(row)
		answers[answer.Item] = answer
		return err
	}, `SELECT r.item_id, r.level, r.note, r.revision, r.spent, r.updated_at
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2`, managerID, assessmentID)
	return answers, err
}

// Answer reads one answer; a blank one where none was written.
func (s *Store) Answer(ctx context.Context, managerID, assessmentID, item string) (model.Answer, error) {
	answer := model.Answer{Item: item, Level: model.Blank}
	err := s.query(ctx, func(row func(...any) error) (err error) {
		answer, err = scanAnswer(row)
		return err
	}, `SELECT r.item_id, r.level, r.note, r.revision, r.spent, r.updated_at
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2 AND r.item_id = $3`, managerID, assessmentID, item)
	return answer, err
}

// PutAnswer writes an answer of a draft, raises its revision by one and adds to the time spent. An
// item that the draft does not ask, a finished assessment and someone else's are
// model.ErrNotFound.
func (s *Store) PutAnswer(ctx context.Context, managerID, assessmentID string, answer model.Answer) error {
	changed, err := s.exec(ctx, `
		INSERT INTO answers (assessment_id, item_id, level, note, revision, spent, updated_at)
		SELECT i.assessment_id, i.item_id, $4, $5, 1, $6, $7
		FROM assessment_items i JOIN assessments a ON a.id = i.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2 AND a.state = 'draft' AND i.item_id = $3
		ON CONFLICT (assessment_id, item_id) DO UPDATE SET
			level = excluded.level, note = excluded.note, revision = answers.revision + 1,
			spent = answers.spent + excluded.spent, updated_at = excluded.updated_at`,
		managerID, assessmentID, answer.Item,
		sql.NullInt64{Int64: int64(answer.Level), Valid: answer.Level != model.Blank},
		answer.Note, answer.Spent.Milliseconds(), milliseconds(answer.UpdatedAt))
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}

func scanAnswer(row func(...any) error) (model.Answer, error) {
	var answer model.Answer
	var level, updated sql.NullInt64
	var spent int64
	err := row(&answer.Item, &level, &answer.Note, &answer.Revision, &spent, &updated)
	answer.Level = model.Blank
	if level.Valid {
		answer.Level = model.Level(level.Int64)
	}
	answer.Spent = time.Duration(spent) * time.Millisecond
	answer.UpdatedAt = moment(updated)
	return answer, err
}
