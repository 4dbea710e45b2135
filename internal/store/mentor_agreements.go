package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// Agreement reads what is agreed or proposed on a competency between a manager and the mentor of a review, with only
// its revision where it was withdrawn or never proposed; proposed is false then.
func (s *Store) Agreement(ctx context.Context, reviewID, competency string) (agreed model.AgreedLevel, proposed bool, err error) {
	agreed = model.AgreedLevel{ReviewID: reviewID, Competency: competency}
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		agreed, proposed, err = scanAgreement(row)
		return err
	}, `SELECT `+agreementColumns+`
		WHERE g.review_id = $1 AND g.competency = $2`, reviewID, competency)
	return agreed, proposed, err
}

const agreementColumns = `g.review_id, g.competency, g.level, g.sentence, g.proposed_by, g.proposed_at, g.confirmed_at, g.revision,
		` + byMentor + `, CASE WHEN r.set_aside_at IS NULL THEN 0 ELSE 1 END
	FROM agreements g JOIN reviews r ON r.id = g.review_id JOIN shares own ON own.id = r.share_id`

func scanAgreement(row func(...any) error) (agreed model.AgreedLevel, proposed bool, err error) {
	var level sql.NullFloat64
	var at, confirmed sql.NullInt64
	err = row(&agreed.ReviewID, &agreed.Competency, &level, &agreed.Sentence, &agreed.ProposedBy, &at, &confirmed,
		&agreed.Revision, &agreed.With, &agreed.SetAside)
	agreed.Level = level.Float64
	agreed.ProposedAt, agreed.ConfirmedAt = moment(at), moment(confirmed)
	return agreed, level.Valid, err
}

// Agreements lists what is agreed or proposed on one of a manager's assessments with all its mentors, and, without a
// level, what was taken back; the oldest first.
func (s *Store) Agreements(ctx context.Context, managerID, assessmentID string) ([]model.AgreedLevel, error) {
	return s.listAgreements(ctx, `SELECT `+agreementColumns+` JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2
		ORDER BY g.proposed_at, g.review_id, g.competency`, managerID, assessmentID)
}

// ReviewAgreements lists what is agreed or proposed with the mentor of one review.
func (s *Store) ReviewAgreements(ctx context.Context, reviewID string) ([]model.AgreedLevel, error) {
	return s.listAgreements(ctx, `SELECT `+agreementColumns+`
		WHERE r.id = $1 AND g.level IS NOT NULL ORDER BY g.proposed_at, g.competency`, reviewID)
}

func (s *Store) listAgreements(ctx context.Context, query string, arguments ...any) ([]model.AgreedLevel, error) {
	var list []model.AgreedLevel
	err := s.Query(ctx, func(row func(...any) error) error {
		agreed, _, err := scanAgreement(row)
		list = append(list, agreed)
		return err
	}, query, arguments...)
	return list, err
}

// Propose writes a proposal of a party to a review, its mentor or its manager, in place of what was agreed or proposed
// before, and raises the revision. For anybody else's review it is model.ErrNotFound.
func (s *Store) Propose(ctx context.Context, partyID string, proposal model.AgreedLevel) error {
	return found(s.Exec(ctx, `
		INSERT INTO agreements (review_id, competency, level, sentence, proposed_by, proposed_at, revision)
		SELECT r.id, $3, $4, $5, $6, $7, 1 FROM reviews r JOIN assessments a ON a.id = r.assessment_id
		WHERE r.id = $2 AND `+partyTo+`
		ON CONFLICT (review_id, competency) DO UPDATE SET
			level = excluded.level, sentence = excluded.sentence, proposed_by = excluded.proposed_by,
			proposed_at = excluded.proposed_at, confirmed_at = NULL, revision = agreements.revision + 1`,
		partyID, proposal.ReviewID, proposal.Competency, proposal.Level, proposal.Sentence, string(proposal.ProposedBy),
		milliseconds(proposal.ProposedAt)))
}

// ofParty holds for agreements of reviews to which $1 is a party.
const ofParty = `review_id IN (SELECT r.id FROM reviews r JOIN assessments a ON a.id = r.assessment_id WHERE r.id = $2 AND ` + partyTo + `)`

// Confirm notes that a party to a review has confirmed a proposal. It is another revision, so that a page that saw the
// proposal alone changes nothing of what was agreed.
func (s *Store) Confirm(ctx context.Context, partyID string, agreed model.AgreedLevel) error {
	_, err := s.Exec(ctx, `UPDATE agreements SET confirmed_at = $4, revision = revision + 1
		WHERE `+ofParty+` AND competency = $3 AND level IS NOT NULL`,
		partyID, agreed.ReviewID, agreed.Competency, milliseconds(agreed.ConfirmedAt))
	return err
}

// Withdraw takes back, for a party to a review, what is agreed or proposed; its revision is not used again. Who took it
// back, and when, stands in the place of who proposed it.
func (s *Store) Withdraw(ctx context.Context, partyID, reviewID, competency string, by model.Party, now time.Time) error {
	_, err := s.Exec(ctx, `UPDATE agreements SET level = NULL, sentence = '', confirmed_at = NULL, proposed_by = $4, proposed_at = $5
		WHERE `+ofParty+` AND competency = $3`, partyID, reviewID, competency, string(by), milliseconds(now))
	return s.NoteRemains(ctx, err)
}
