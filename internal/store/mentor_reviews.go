package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"whetstone/internal/model"
)

// reviewColumns are the columns that scanReview reads, in its order; the parameter is the moment for which it says
// whether the review's mentor can still change it.
func reviewColumns(now string) string {
	return `r.id, r.assessment_id, r.mentor_id, r.share_id, own.label, r.name, r.overall, r.question,
		CASE WHEN r.answer <> '' THEN r.asked ELSE own.question END, r.answer, r.reply, r.replied_at, r.revision,
		r.constants, r.started_at, r.updated_at, r.sent_at, r.read_at, r.words_at, r.set_aside_at, r.brought_at, ` + number01(liveReview(now)) + `, ` + number01(answeringReview(now)) + `,
		` + number01(ownReview)
}

// ownReview holds for a review r of a manager for whom a browser of its mentor's has acted.
const ownReview = `EXISTS (SELECT 1 FROM mentor_owners o JOIN assessments owned ON owned.manager_id = o.manager_id
	WHERE o.mentor_id = r.mentor_id AND owned.id = r.assessment_id)`

// number01 turns a condition into a number, so that both engines return the same type.
func number01(condition string) string { return `CASE WHEN ` + condition + ` THEN 1 ELSE 0 END` }

// partyTo holds for a review r, of an assessment a, whose mentor or manager is the party $1. Statements that write
// what the two agree on contain it, so that nobody else can change anything. Of a review that was brought in from a file
// nobody can: there is no mentor to answer.
const partyTo = `(r.mentor_id = $1 OR a.manager_id = $1) AND r.brought_at IS NULL`

// liveReview holds for a review r whose mentor still has a live link that lets them rate.
func liveReview(now string) string { return ratingLink(liveShare(now)) }

// answeringReview holds for a review r whose mentor still has a live link that lets them rate and shows them the
// manager's scores, so that they see what is proposed and can answer it.
func answeringReview(now string) string {
	return ratingLink(`s.shows_result = 1 AND ` + liveShare(now))
}

// ratingLink holds for a review r whose mentor has opened a link that lets them rate and for which a condition holds.
func ratingLink(condition string) string {
	return `EXISTS (SELECT 1 FROM grants g JOIN shares s ON s.id = g.share_id
		WHERE g.mentor_id = r.mentor_id AND s.assessment_id = r.assessment_id AND s.allows_rating = 1 AND ` + condition + `)`
}

// visibleReview holds for a review r that its manager sees: one that was sent, or one that its mentor can no longer
// send, if it isn't empty.
func visibleReview(now string) string {
	return `(r.sent_at IS NOT NULL OR (NOT ` + liveReview(now) + ` AND (r.overall <> '' OR r.question <> '' OR r.answer <> ''
		OR EXISTS (SELECT 1 FROM ratings v WHERE v.review_id = r.id
			AND (v.level IS NOT NULL OR v.later IS NOT NULL OR v.comment <> ''))
		OR EXISTS (SELECT 1 FROM map_moves o WHERE o.review_id = r.id AND o.domain <> '')
		OR EXISTS (SELECT 1 FROM agreements g WHERE g.review_id = r.id AND g.level IS NOT NULL))))`
}

// scanReview reads reviewColumns.
func scanReview(row func(...any) error) (*model.MentorReview, error) {
	review := model.MentorReview{Ratings: map[string]model.Rating{}}
	var constants string
	var started, updated, sent, read, words, aside, brought, replied sql.NullInt64
	columns := []any{&review.ID, &review.AssessmentID, &review.MentorID, &review.ShareID, &review.Label, &review.Name, &review.Overall,
		&review.Question, &review.Asked, &review.Answer, &review.Reply, &replied, &review.Revision, &constants, &started, &updated,
		&sent, &read, &words, &aside, &brought, &review.Live, &review.Answers, &review.Own}
	if err := row(columns...); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(constants), &review.Constants); err != nil {
		return nil, fmt.Errorf("the constants of review %s: %w", review.ID, err)
	}
	review.StartedAt, review.UpdatedAt, review.RepliedAt, review.BroughtAt = moment(started), moment(updated), moment(replied), moment(brought)
	review.SentAt, review.ReadAt, review.WordsAt, review.SetAsideAt = moment(sent), moment(read), moment(words), moment(aside)
	return &review, nil
}

// Review reads what a mentor says of an assessment, with the ratings that there are; nil if there is none.
func (s *Store) Review(ctx context.Context, mentorID, assessmentID string, now time.Time) (review *model.MentorReview, err error) {
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		review, err = scanReview(row)
		return err
	}, `SELECT `+reviewColumns("$3")+` FROM reviews r JOIN shares own ON own.id = r.share_id
		WHERE r.mentor_id = $1 AND r.assessment_id = $2`, mentorID, assessmentID, milliseconds(now))
	if err != nil || review == nil {
		return nil, err
	}
	err = s.Query(ctx, func(row func(...any) error) error {
		rating, err := scanRating(row)
		review.Ratings[rating.Competency] = rating
		return err
	}, `SELECT `+ratingColumns+` FROM ratings v WHERE v.review_id = $1`, review.ID)
	if err == nil {
		review.Moves, err = s.moves(ctx, review.ID)
	}
	return review, err
}

// ReviewedBy lists of which assessments a mentor has a review, the latest finished first. What was written through a link for
// one person alone is left out where they aren't signed in as that person.
func (s *Store) ReviewedBy(ctx context.Context, mentor model.Mentor) ([]model.OwnReview, error) {
	var list []model.OwnReview
	err := s.Query(ctx, func(row func(...any) error) error {
		var own model.OwnReview
		var finished sql.NullInt64
		err := row(&own.AssessmentID, &own.ManagerID, &own.Sharer, &finished)
		own.FinishedAt = moment(finished)
		list = append(list, own)
		return err
	}, `SELECT a.id, a.manager_id, own.sharer, a.finished_at FROM reviews r JOIN shares own ON own.id = r.share_id
		JOIN assessments a ON a.id = r.assessment_id WHERE r.mentor_id = $1 AND `+opensTo("own", "r.mentor_id", "$2")+` ORDER BY a.finished_at DESC, a.id`, mentor.ID, mentor.ManagerID)
	return list, err
}

// LastNameOf is what a mentor called themself last, likewise; "" if they never did.
func (s *Store) LastNameOf(ctx context.Context, mentor model.Mentor) (name string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&name) },
		`SELECT r.name FROM reviews r JOIN shares own ON own.id = r.share_id
			WHERE r.mentor_id = $1 AND r.name <> '' AND `+opensTo("own", "r.mentor_id", "$2")+` ORDER BY r.updated_at DESC, r.id LIMIT 1`,
		mentor.ID, mentor.ManagerID)
	return name, err
}

// StartReview adds an empty review through one of the shares that its mentor has opened, unless they have one of the
// same assessment.
func (s *Store) StartReview(ctx context.Context, shareID string, review *model.MentorReview) error {
	constants, err := json.Marshal(review.Constants)
	if err != nil {
		return err
	}
	changed, err := s.Exec(ctx, `
		INSERT INTO reviews (id, assessment_id, mentor_id, share_id, constants, started_at, updated_at)
		SELECT $3, s.assessment_id, g.mentor_id, s.id, $4, $5, $5
		FROM grants g JOIN shares s ON s.id = g.share_id WHERE g.mentor_id = $1 AND s.id = $2
		ON CONFLICT (assessment_id, mentor_id) DO NOTHING`,
		review.MentorID, shareID, review.ID, string(constants), milliseconds(review.StartedAt))
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}

// PutWords writes the words on the whole of a mentor's review, and raises its revision by one; model.ErrNotFound if it
// isn't theirs.
func (s *Store) PutWords(ctx context.Context, review *model.MentorReview, now time.Time) error {
	return found(s.Exec(ctx, `
		UPDATE reviews SET name = $3, overall = $4, question = $5, asked = $6, answer = $7,
			revision = revision + 1, updated_at = $8, words_at = $8
		WHERE mentor_id = $1 AND id = $2`,
		review.MentorID, review.ID, review.Name, review.Overall, review.Question, review.Asked, review.Answer,
		milliseconds(now)))
}

// TouchReview notes that a mentor wrote something that belongs to a review of theirs; model.ErrNotFound if it isn't.
func (s *Store) TouchReview(ctx context.Context, mentorID, reviewID string, now time.Time) error {
	return found(s.Exec(ctx, `UPDATE reviews SET updated_at = $3 WHERE mentor_id = $1 AND id = $2`,
		mentorID, reviewID, milliseconds(now)))
}

// SendReview notes that a mentor has sent a review of theirs; the first time counts. It is model.ErrNotFound if it
// isn't theirs.
func (s *Store) SendReview(ctx context.Context, mentorID, reviewID string, now time.Time) error {
	return found(s.Exec(ctx, `UPDATE reviews SET updated_at = CASE WHEN sent_at IS NULL THEN $3 ELSE updated_at END,
		sent_at = COALESCE(sent_at, $3) WHERE mentor_id = $1 AND id = $2`, mentorID, reviewID, milliseconds(now)))
}

// DeleteReview removes what a mentor says of an assessment, with ratings, moves on depth maps and agreed levels. What was
// revealed to them stays noted.
func (s *Store) DeleteReview(ctx context.Context, mentorID, assessmentID string) error {
	_, err := s.Exec(ctx, `DELETE FROM reviews WHERE mentor_id = $1 AND assessment_id = $2`, mentorID, assessmentID)
	return s.NoteRemains(ctx, err)
}

// deleteReviewAgain is DeleteReview, whoever's it is.
func (s *Store) deleteReviewAgain(ctx context.Context, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM reviews WHERE id = $1`, id)))
}

// Reviews reads all reviews that a manager sees, of all their assessments, the oldest first.
func (s *Store) Reviews(ctx context.Context, managerID string, now time.Time) (reviews []*model.MentorReview, err error) {
	err = s.InSnapshot(ctx, func(snapshot *Store) (err error) {
		reviews, err = snapshot.readReviews(ctx, managerID, now)
		return err
	})
	return reviews, err
}

func (s *Store) readReviews(ctx context.Context, managerID string, now time.Time) ([]*model.MentorReview, error) {
	var reviews []*model.MentorReview
	byID := map[string]*model.MentorReview{}
	err := s.Query(ctx, func(row func(...any) error) error {
		review, err := scanReview(row)
		if err != nil {
			return err
		}
		reviews, byID[review.ID] = append(reviews, review), review
		return nil
	}, `SELECT `+reviewColumns("$2")+` FROM reviews r JOIN shares own ON own.id = r.share_id
		JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND `+visibleReview("$2")+` ORDER BY r.started_at, r.id`, managerID, milliseconds(now))
	if err != nil || len(reviews) == 0 {
		return nil, err
	}
	if err := s.addRatings(ctx, managerID, byID); err != nil {
		return nil, err
	}
	if err := s.addMoves(ctx, managerID, byID); err != nil {
		return nil, err
	}
	return reviews, s.addReveals(ctx, managerID, byID)
}

func (s *Store) addRatings(ctx context.Context, managerID string, byID map[string]*model.MentorReview) error {
	return s.Query(ctx, func(row func(...any) error) error {
		var id string
		rating, err := scanRating(func(into ...any) error { return row(append([]any{&id}, into...)...) })
		if review, visible := byID[id]; visible {
			review.Ratings[rating.Competency] = rating
		}
		return err
	}, `SELECT v.review_id, `+ratingColumns+` FROM ratings v JOIN reviews r ON r.id = v.review_id
		JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1`, managerID)
}

// addReveals notes, beside the ratings, when each score was shown to the mentor; a competency that they
// only looked at gets a blank rating.
func (s *Store) addReveals(ctx context.Context, managerID string, byID map[string]*model.MentorReview) error {
	return s.Query(ctx, func(row func(...any) error) error {
		var id, competency string
		var at sql.NullInt64
		if err := row(&id, &competency, &at); err != nil {
			return err
		}
		if review, visible := byID[id]; visible {
			rating := review.Rating(competency)
			rating.RevealedAt = moment(at)
			review.Ratings[competency] = rating
		}
		return nil
	}, `SELECT r.id, v.competency, v.revealed_at FROM reveals v
		JOIN reviews r ON r.assessment_id = v.assessment_id AND r.mentor_id = v.mentor_id
		JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1`, managerID)
}

// VisibleReview returns the mentor of a review of one of a manager's assessments; model.ErrNotFound if the manager
// doesn't see it.
func (s *Store) VisibleReview(ctx context.Context, managerID, assessmentID, reviewID string, now time.Time) (mentorID string, err error) {
	err = s.QueryRow(ctx, `SELECT r.mentor_id FROM reviews r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND a.id = $2 AND r.id = $3 AND `+visibleReview("$4"),
		[]any{managerID, assessmentID, reviewID, milliseconds(now)}, &mentorID)
	return mentorID, err
}

// ReadReview notes that a manager has read a review of an assessment of theirs as it stood at a moment;
// model.ErrNotFound if it isn't of one of theirs. Call it only for one that they see.
func (s *Store) ReadReview(ctx context.Context, managerID, reviewID string, at time.Time) error {
	return found(s.Exec(ctx, `UPDATE reviews SET read_at = $3
		WHERE id = $2 AND assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)`,
		managerID, reviewID, milliseconds(at)))
}

// SetAside notes that a manager has set a review of an assessment of theirs aside, or with the zero time that it counts
// again; the first time stays. It is model.ErrNotFound if it isn't of one of theirs.
func (s *Store) SetAside(ctx context.Context, managerID, reviewID string, at time.Time) error {
	const own = ` WHERE id = $2 AND assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)`
	if at.IsZero() {
		return found(s.Exec(ctx, `UPDATE reviews SET set_aside_at = NULL`+own, managerID, reviewID))
	}
	return found(s.Exec(ctx, `UPDATE reviews SET set_aside_at = COALESCE(set_aside_at, $3)`+own, managerID, reviewID, milliseconds(at)))
}

// Reply writes what a manager answers to the question that the mentor of a review of an assessment of theirs asks back;
// model.ErrNotFound if it isn't of one of theirs, or asks nothing.
func (s *Store) Reply(ctx context.Context, managerID, reviewID, reply string, at time.Time) error {
	return found(s.Exec(ctx, `UPDATE reviews SET reply = $3, replied_at = $4
		WHERE id = $2 AND question <> '' AND brought_at IS NULL AND assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $1)`,
		managerID, reviewID, reply, milliseconds(at)))
}

// WaitingShares counts the live shares of an assessment that let a mentor rate and of which the manager
// sees no review yet.
func (s *Store) WaitingShares(ctx context.Context, managerID, assessmentID string, now time.Time) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM shares s
		WHERE s.manager_id = $1 AND s.assessment_id = $2 AND s.allows_rating = 1 AND `+liveShare("$3")+`
			AND NOT EXISTS (SELECT 1 FROM grants h JOIN reviews r ON r.mentor_id = h.mentor_id
				WHERE h.share_id = s.id AND r.assessment_id = s.assessment_id AND r.sent_at IS NOT NULL)`,
		[]any{managerID, assessmentID, milliseconds(now)}, &count)
	return count, err
}
