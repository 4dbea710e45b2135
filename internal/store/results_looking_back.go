package store

import (
	"context"
	"database/sql"
	"strings"

	"whetstone/internal/model"
)

// OfferRerating notes the offer to look back, made when an assessment is finished.
func (s *Store) OfferRerating(ctx context.Context, rerating *model.Rerating) error {
	_, err := s.Exec(ctx, `
		INSERT INTO rerating_offers (assessment_id, earlier_id, competencies, state) VALUES ($1, $2, $3, $4)`,
		rerating.AssessmentID, rerating.EarlierID, strings.Join(rerating.Competencies, " "), string(model.ReratingOffered))
	return err
}

// Rerating reads the look back that goes with one of a manager's assessments; model.ErrNotFound if
// none was offered.
func (s *Store) Rerating(ctx context.Context, managerID, assessmentID string) (*model.Rerating, error) {
	rerating := &model.Rerating{AssessmentID: assessmentID, Levels: map[string]model.Level{}}
	var competencies string
	err := s.QueryRow(ctx, `
		SELECT o.earlier_id, o.competencies, o.state FROM rerating_offers o
		JOIN assessments a ON a.id = o.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2`,
		[]any{managerID, assessmentID}, &rerating.EarlierID, &competencies, &rerating.State)
	if err != nil {
		return nil, err
	}
	rerating.Competencies = strings.Fields(competencies)
	return rerating, s.Query(ctx, func(row func(...any) error) error {
		var item string
		var level sql.NullInt64
		err := row(&item, &level)
		if level.Valid {
			rerating.Levels[item] = model.Level(level.Int64)
		}
		return err
	}, `SELECT item_id, level FROM reratings WHERE assessment_id = $1`, assessmentID)
}

// AnswerRerating ends an open offer: with its answers, or skipped. It reports whether this call did so.
func (s *Store) AnswerRerating(ctx context.Context, managerID string, rerating *model.Rerating) (bool, error) {
	changed, err := s.Exec(ctx, `
		UPDATE rerating_offers SET state = $3
		WHERE assessment_id = $2 AND state = 'offered'
			AND EXISTS (SELECT 1 FROM assessments a WHERE a.id = $2 AND a.manager_id = $1)`,
		managerID, rerating.AssessmentID, string(rerating.State))
	if err != nil || changed == 0 {
		return false, err
	}
	for _, section := range rerating.Sections {
		for _, item := range section.Section.Items {
			level, answered := rerating.Levels[item.ID]
			if !answered {
				continue
			}
			_, err := s.Exec(ctx, `
				INSERT INTO reratings (assessment_id, earlier_id, competency, item_id, level) VALUES ($1, $2, $3, $4, $5)`,
				rerating.AssessmentID, rerating.EarlierID, section.Section.Competency, item.ID, int64(level))
			if err != nil {
				return false, err
			}
		}
	}
	return true, nil
}
