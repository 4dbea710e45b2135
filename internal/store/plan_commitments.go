package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

const commitmentColumns = `c.id, c.competency, c.practice, c.domain, c.occasion, c.action, c.notice, c.until_day, c.bet, c.revision, c.made_at, c.closed_at
	FROM commitments c`

func scanCommitment(row func(...any) error) (commitment model.Commitment, err error) {
	var until sql.NullString
	var bet, made, closed sql.NullInt64
	err = row(&commitment.ID, &commitment.Competency.ID, &commitment.Practice, &commitment.Domain, &commitment.Occasion, &commitment.Action,
		&commitment.Notice, &until, &bet, &commitment.Revision, &made, &closed)
	if err != nil {
		return commitment, err
	}
	commitment.Bet = int(bet.Int64)
	commitment.MadeAt, commitment.ClosedAt = moment(made), moment(closed)
	commitment.Until, err = day(until)
	return commitment, err
}

// Commitments lists all of a manager's commitments with what became of them, the oldest first.
func (s *Store) Commitments(ctx context.Context, managerID string) ([]model.Commitment, error) {
	var list []model.Commitment
	place := map[string]int{}
	err := s.Query(ctx, func(row func(...any) error) error {
		commitment, err := scanCommitment(row)
		place[commitment.ID] = len(list)
		list = append(list, commitment)
		return err
	}, `SELECT `+commitmentColumns+` WHERE c.manager_id = $1 ORDER BY c.made_at, c.id`, managerID)
	if err != nil || len(list) == 0 {
		return list, err
	}
	return list, s.Query(ctx, func(row func(...any) error) error {
		var id string
		var followUp model.FollowUp
		var told sql.NullInt64
		err := row(&id, &followUp.Became, &followUp.Line, &followUp.Carried, &told)
		followUp.ToldAt = moment(told)
		if at, known := place[id]; known {
			list[at].FollowUps = append(list[at].FollowUps, followUp)
		}
		return err
	}, `SELECT f.commitment_id, f.became, f.line, f.carried, f.told_at
		FROM commitment_follow_ups f JOIN commitments c ON c.id = f.commitment_id
		WHERE c.manager_id = $1 ORDER BY f.commitment_id, f.number`, managerID)
}

// CreateCommitment adds a commitment of a manager.
func (s *Store) CreateCommitment(ctx context.Context, managerID string, commitment model.Commitment) error {
	_, err := s.Exec(ctx, `
		INSERT INTO commitments (id, manager_id, competency, practice, occasion, action, notice, until_day, bet, revision, made_at, domain)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)`,
		commitment.ID, managerID, commitment.Competency.ID, commitment.Practice, commitment.Occasion, commitment.Action,
		commitment.Notice, date(commitment.Until), sql.NullInt64{Int64: int64(commitment.Bet), Valid: commitment.Bet != 0},
		milliseconds(commitment.MadeAt), commitment.Domain)
	return err
}

// ChangeCommitment sets the words and the last day of one of a manager's commitments that is open and still at the
// revision of the given one, and tells whether it did.
func (s *Store) ChangeCommitment(ctx context.Context, managerID string, commitment model.Commitment) (bool, error) {
	changed, err := s.Exec(ctx, `
		UPDATE commitments SET occasion = $4, action = $5, notice = $6, until_day = $7, revision = revision + 1
		WHERE manager_id = $1 AND id = $2 AND revision = $3 AND closed_at IS NULL`,
		managerID, commitment.ID, commitment.Revision, commitment.Occasion, commitment.Action, commitment.Notice, date(commitment.Until))
	return changed > 0, err
}

// AddFollowUp notes what became of one of a manager's commitments that is open and still at the revision of the given
// one. It closes it, or where it is carried on sets its last day; it tells whether it did.
func (s *Store) AddFollowUp(ctx context.Context, managerID string, commitment model.Commitment, followUp model.FollowUp) (bool, error) {
	closed := followUp.ToldAt
	if followUp.Carried {
		closed = commitment.ClosedAt // zero
	}
	changed, err := s.Exec(ctx, `
		UPDATE commitments SET until_day = $4, closed_at = $5, revision = revision + 1
		WHERE manager_id = $1 AND id = $2 AND revision = $3 AND closed_at IS NULL`,
		managerID, commitment.ID, commitment.Revision, date(commitment.Until), milliseconds(closed))
	if err != nil || changed == 0 {
		return false, err
	}
	_, err = s.Exec(ctx, `
		INSERT INTO commitment_follow_ups (commitment_id, number, became, line, carried, told_at)
		SELECT c.id, 1 + (SELECT count(*) FROM commitment_follow_ups f WHERE f.commitment_id = c.id), $3, $4, $5, $6
		FROM commitments c WHERE c.manager_id = $1 AND c.id = $2`,
		managerID, commitment.ID, string(followUp.Became), followUp.Line, number(followUp.Carried), milliseconds(followUp.ToldAt))
	return err == nil, err
}

// DeleteCommitment removes one of a manager's commitments with what became of it, also from shares that show it;
// model.ErrNotFound if there is none of this id.
func (s *Store) DeleteCommitment(ctx context.Context, managerID, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM commitments WHERE manager_id = $1 AND id = $2`, managerID, id)))
}

// deleteCommitmentAgain is DeleteCommitment, whoever's it is.
func (s *Store) deleteCommitmentAgain(ctx context.Context, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM commitments WHERE id = $1`, id)))
}

// ShowCommitments lets one of a manager's shares show commitments of theirs, as they are worded now.
func (s *Store) ShowCommitments(ctx context.Context, managerID, shareID string, commitments []model.Commitment) error {
	for _, commitment := range commitments {
		_, err := s.Exec(ctx, `
			INSERT INTO share_commitments (share_id, commitment_id, competency, occasion, action, notice, until_day)
			SELECT s.id, c.id, c.competency, c.occasion, c.action, c.notice, c.until_day
			FROM shares s JOIN commitments c ON c.manager_id = s.manager_id
			WHERE s.manager_id = $1 AND s.id = $2 AND c.id = $3`, managerID, shareID, commitment.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// ShownCommitments are those that a manager's share shows, as they were worded when it was made.
func (s *Store) ShownCommitments(ctx context.Context, managerID, shareID string) ([]model.Commitment, error) {
	var list []model.Commitment
	err := s.Query(ctx, func(row func(...any) error) error {
		var commitment model.Commitment
		var until sql.NullString
		err := row(&commitment.ID, &commitment.Competency.ID, &commitment.Occasion, &commitment.Action, &commitment.Notice, &until)
		if err == nil {
			commitment.Until, err = day(until)
		}
		list = append(list, commitment)
		return err
	}, `SELECT w.commitment_id, w.competency, w.occasion, w.action, w.notice, w.until_day
		FROM share_commitments w JOIN shares s ON s.id = w.share_id
		WHERE s.manager_id = $1 AND s.id = $2 ORDER BY w.until_day, w.commitment_id`, managerID, shareID)
	return list, err
}
