package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

// ShareMap lets one of a manager's shares show a depth map of theirs that is finished.
func (s *Store) ShareMap(ctx context.Context, managerID, shareID, mapID string) error {
	_, err := s.Exec(ctx, `
		INSERT INTO share_maps (share_id, map_id, finished_at)
		SELECT s.id, d.id, d.finished_at FROM shares s JOIN depth_maps d ON d.manager_id = s.manager_id
		WHERE s.manager_id = $1 AND s.id = $2 AND d.id = $3 AND d.finished_at IS NOT NULL`, managerID, shareID, mapID)
	return err
}

// moveColumns are the columns that scanMove reads, in its order.
const moveColumns = `o.map_id, o.finished_at, o.domain, o.own, o.name, o.in_text, o.from_depth, o.from_weight, o.depth, o.weight,
	o.words, o.revision, o.updated_at`

func scanMove(row func(...any) error) (move model.MapMove, err error) {
	var finished, updated sql.NullInt64
	var own int64
	err = row(&move.MapID, &finished, &move.From.Domain, &own, &move.From.Name, &move.From.InText, &move.From.Depth, &move.From.Weight,
		&move.Depth, &move.Weight, &move.Words, &move.Revision, &updated)
	move.From.Own, move.MapAt, move.UpdatedAt = own == 1, moment(finished), moment(updated)
	return move, err
}

// moves reads what a review says of depth maps, the latest map first.
func (s *Store) moves(ctx context.Context, reviewID string) (all []model.MapMove, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		move, err := scanMove(row)
		all = append(all, move)
		return err
	}, `SELECT `+moveColumns+` FROM map_moves o WHERE o.review_id = $1 ORDER BY o.finished_at DESC, o.map_id`, reviewID)
	return all, err
}

// addMoves adds to reviews what they say of depth maps.
func (s *Store) addMoves(ctx context.Context, managerID string, byID map[string]*model.MentorReview) error {
	return s.Query(ctx, func(row func(...any) error) error {
		var id string
		move, err := scanMove(func(into ...any) error { return row(append([]any{&id}, into...)...) })
		if review, visible := byID[id]; visible {
			review.Moves = append(review.Moves, move)
		}
		return err
	}, `SELECT o.review_id, `+moveColumns+` FROM map_moves o JOIN reviews r ON r.id = o.review_id
		JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1 ORDER BY o.finished_at DESC, o.map_id`, managerID)
}

// MovesOn lists what mentors would move on one of a manager's depth maps, the latest first: of the reviews that were sent
// and not set aside.
func (s *Store) MovesOn(ctx context.Context, managerID, mapID string) (all []model.MentorMove, err error) {
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		var one model.MentorMove
		one.MapMove, err = scanMove(func(into ...any) error {
			return row(append([]any{&one.MentorID, &one.By, &one.AssessmentID, &one.ReviewID}, into...)...)
		})
		all = append(all, one)
		return err
	}, `SELECT r.mentor_id, `+byMentor+`, r.assessment_id, r.id, `+moveColumns+`
		FROM map_moves o JOIN reviews r ON r.id = o.review_id JOIN shares own ON own.id = r.share_id
		WHERE own.manager_id = $1 AND o.map_id = $2 AND o.domain <> '' AND r.sent_at IS NOT NULL AND r.set_aside_at IS NULL
		ORDER BY o.updated_at DESC, r.id`, managerID, mapID)
	return all, err
}

// PutMove writes what a mentor's review says of a depth map and raises its revision by one; model.ErrNotFound if the review
// isn't theirs.
func (s *Store) PutMove(ctx context.Context, mentorID, reviewID string, move model.MapMove) error {
	return found(s.Exec(ctx, `
		INSERT INTO map_moves (review_id, map_id, finished_at, domain, own, name, in_text, from_depth, from_weight, depth, weight,
			words, revision, updated_at)
		SELECT r.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14 FROM reviews r WHERE r.mentor_id = $1 AND r.id = $2
		ON CONFLICT (review_id, map_id) DO UPDATE SET
			domain = excluded.domain, own = excluded.own, name = excluded.name, in_text = excluded.in_text,
			from_depth = excluded.from_depth, from_weight = excluded.from_weight, depth = excluded.depth, weight = excluded.weight,
			words = excluded.words, revision = map_moves.revision + 1, updated_at = excluded.updated_at`,
		mentorID, reviewID, move.MapID, milliseconds(move.MapAt), move.From.Domain, number(move.From.Own), move.From.Name, move.From.InText,
		string(move.From.Depth), string(move.From.Weight), string(move.Depth), string(move.Weight), move.Words, milliseconds(move.UpdatedAt)))
}
