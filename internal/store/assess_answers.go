package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"whetstone/internal/model"
)

// answerColumns are the columns that scanAnswer reads, in its order.
const answerColumns = `r.item_id, r.level, r.note, r.revision, r.spent, r.updated_at`

// Answers reads all answers of one assessment of a manager. For someone else's assessment there are none.
func (s *Store) Answers(ctx context.Context, managerID, assessmentID string) (model.Answers, error) {
	return s.answers(ctx, `SELECT `+answerColumns+`
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2`, managerID, assessmentID)
}

// AnswersOf reads all answers of an assessment that was just read. Those of a finished one are cached.
func (s *Store) AnswersOf(ctx context.Context, assessment *model.Assessment) (model.Answers, error) {
	read := func() (model.Answers, error) { return s.Answers(ctx, assessment.ManagerID, assessment.ID) }
	if assessment.State != model.Complete {
		return read()
	}
	return s.settled.answers.get(settledKey(assessment.ID, assessment.FinishedAt), read)
}

// EarlierAnswers reads what a manager answered last time to the items that an assessment asks of one competency, each
// from the latest finished assessment in which it was answered. There are none the first time. finished are all finished
// assessments of the manager, as Underway just named them: while they stay the same, so does the result.
func (s *Store) EarlierAnswers(ctx context.Context, managerID, assessmentID, competency, finished string) (map[string]model.EarlierAnswer, error) {
	if finished == "" {
		return nil, nil
	}
	key := managerID + " " + assessmentID + " " + competency + " " + finished
	if earlier, known := s.settled.earlier.find(key); known {
		return earlier, nil
	}
	earlier, err := s.readEarlierAnswers(ctx, managerID, assessmentID, competency)
	if err != nil {
		return nil, err
	}
	// An assessment that was finished meanwhile isn't in the key, so its deletion wouldn't change the key either.
	for _, answer := range earlier {
		if !strings.Contains(finished, answer.Of) {
			return earlier, nil
		}
	}
	s.settled.earlier.put(key, earlier)
	return earlier, nil
}

// readEarlierAnswers is EarlierAnswers without the cache.
func (s *Store) readEarlierAnswers(ctx context.Context, managerID, assessmentID, competency string) (map[string]model.EarlierAnswer, error) {
	answers := map[string]model.EarlierAnswer{}
	err := s.Query(ctx, func(row func(...any) error) error {
		var earlier model.EarlierAnswer
		var period sql.NullString
		var err error
		earlier.Answer, err = scanAnswer(func(into ...any) error { return row(append(into, &period, &earlier.Of, &earlier.Reworded)...) })
		if err != nil {
			return err
		}
		earlier.At, err = day(period)
		answers[earlier.Item] = earlier
		return err
	}, `SELECT `+answerColumns+`, e.period_end, e.id,
			CASE WHEN k.content_hash <> i.content_hash OR e.scale_hash <> d.scale_hash THEN 1 ELSE 0 END
		FROM assessment_items i
		JOIN assessments d ON d.id = i.assessment_id
		JOIN assessments e ON e.id = (
			SELECT a.id FROM assessments a JOIN answers q ON q.assessment_id = a.id
			WHERE a.manager_id = $1 AND a.state = 'finished' AND q.item_id = i.item_id AND q.level IS NOT NULL
			ORDER BY `+latestFirst+` LIMIT 1)
		JOIN assessment_items k ON k.assessment_id = e.id AND k.item_id = i.item_id
		JOIN answers r ON r.assessment_id = e.id AND r.item_id = i.item_id
		WHERE i.assessment_id = $2 AND i.competency = $3`, managerID, assessmentID, competency)
	return answers, err
}

// Answer reads one answer; a blank one where none was written.
func (s *Store) Answer(ctx context.Context, managerID, assessmentID, item string) (model.Answer, error) {
	answer := model.Answer{Item: item, Level: model.Blank}
	err := s.Query(ctx, func(row func(...any) error) (err error) {
		answer, err = scanAnswer(row)
		return err
	}, `SELECT `+answerColumns+`
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2 AND r.item_id = $3`, managerID, assessmentID, item)
	return answer, err
}

// PutAnswer writes an answer of a draft, raises its revision by one and adds to the time spent, and returns it
// as it is kept. An item that the draft does not ask, a finished assessment and someone else's are
// model.ErrNotFound.
func (s *Store) PutAnswer(ctx context.Context, managerID, assessmentID string, answer model.Answer) (kept model.Answer, err error) {
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		kept, err = scanAnswer(row)
		return err
	}, `
		INSERT INTO answers (assessment_id, item_id, level, note, revision, spent, updated_at)
		SELECT i.assessment_id, i.item_id, $4, $5, 1, $6, $7
		FROM assessment_items i JOIN assessments a ON a.id = i.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2 AND a.state = 'draft' AND i.item_id = $3
		ON CONFLICT (assessment_id, item_id) DO UPDATE SET
			level = excluded.level, note = excluded.note, revision = answers.revision + 1,
			spent = answers.spent + excluded.spent, updated_at = excluded.updated_at
		RETURNING item_id, level, note, revision, spent, updated_at`,
		managerID, assessmentID, answer.Item,
		sql.NullInt64{Int64: int64(answer.Level), Valid: answer.Level != model.Blank},
		answer.Note, answer.Spent.Milliseconds(), milliseconds(answer.UpdatedAt))
	if err == nil && kept.Revision == 0 {
		err = model.ErrNotFound
	}
	return kept, err
}

// answers reads the answers that a query of answerColumns gives.
func (s *Store) answers(ctx context.Context, query string, arguments ...any) (model.Answers, error) {
	answers := model.Answers{}
	err := s.Query(ctx, func(row func(...any) error) error {
		answer, err := scanAnswer(row)
		answers[answer.Item] = answer
		return err
	}, query, arguments...)
	return answers, err
}

// scanAnswer reads answerColumns.
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
