package store

import (
	"context"
	"strings"

	"whetstone/internal/model"
)

// Sitting is a finished assessment with its answers.
type Sitting struct {
	Assessment *model.Assessment
	Answers    model.Answers
	// Rerating is the look back that was answered after it; nil if there is none.
	Rerating *model.Rerating
}

// History reads all of a manager's finished assessments with their sections, items and answers, the
// oldest first. Its cost follows this manager's data alone, in three queries whatever their number, and
// one for each wording that is not yet known.
func (s *Store) History(ctx context.Context, managerID string) (sittings []Sitting, err error) {
	err = s.inSnapshot(ctx, func(snapshot *Store) (err error) {
		sittings, err = snapshot.readHistory(ctx, managerID)
		return err
	})
	return sittings, err
}

func (s *Store) readHistory(ctx context.Context, managerID string) ([]Sitting, error) {
	var sittings []Sitting
	var rows []askedRow
	err := s.query(ctx, func(scan func(...any) error) error {
		var row askedRow
		assessment, err := s.scanAssessment(scan, row.columns()...)
		sittings, rows = append(sittings, Sitting{Assessment: assessment, Answers: model.Answers{}}), append(rows, row)
		return err
	}, `SELECT `+assessmentColumns+`, `+askedColumns+` FROM assessments a
		WHERE a.manager_id = $1 AND a.state = 'finished'
		ORDER BY a.finished_at, a.started_at, a.id DESC`, managerID)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Sitting, len(sittings))
	for i := range sittings {
		if err := s.addAsked(ctx, sittings[i].Assessment, rows[i]); err != nil {
			return nil, err
		}
		byID[sittings[i].Assessment.ID] = &sittings[i]
	}
	if err := s.addAnswers(ctx, managerID, byID); err != nil {
		return nil, err
	}
	return sittings, s.addReratings(ctx, managerID, byID)
}

func (s *Store) addAnswers(ctx context.Context, managerID string, byID map[string]*Sitting) error {
	return s.query(ctx, func(row func(...any) error) error {
		var id string
		answer, err := scanAnswer(func(into ...any) error { return row(append([]any{&id}, into...)...) })
		if err != nil {
			return err
		}
		byID[id].Answers[answer.Item] = answer
		return nil
	}, `SELECT r.assessment_id, r.item_id, r.level, r.note, r.revision, r.spent, r.updated_at
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.state = 'finished'`, managerID)
}

func (s *Store) addReratings(ctx context.Context, managerID string, byID map[string]*Sitting) error {
	return s.query(ctx, func(row func(...any) error) error {
		var id, earlier, competencies, item string
		var level int
		if err := row(&id, &earlier, &competencies, &item, &level); err != nil {
			return err
		}
		sitting := byID[id]
		if sitting.Rerating == nil {
			sitting.Rerating = &model.Rerating{
				AssessmentID: id, EarlierID: earlier, State: model.ReratingAnswered,
				Competencies: strings.Fields(competencies), Levels: map[string]model.Level{},
			}
		}
		sitting.Rerating.Levels[item] = model.Level(level)
		return nil
	}, `SELECT o.assessment_id, o.earlier_id, o.competencies, r.item_id, r.level
		FROM rerating_offers o JOIN reratings r ON r.assessment_id = o.assessment_id
		JOIN assessments a ON a.id = o.assessment_id
		WHERE a.manager_id = $1 AND o.state = 'answered'`, managerID)
}

// Rename sets the name of a finished assessment; model.ErrNotFound if the manager has none of this id.
func (s *Store) Rename(ctx context.Context, managerID, id, name string) error {
	changed, err := s.exec(ctx, `UPDATE assessments SET name = $3
		WHERE manager_id = $1 AND id = $2 AND state = 'finished'`, managerID, id, name)
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}
