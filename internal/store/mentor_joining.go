package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// PutMentorCode stores the hash of the code by which a mentor goes on with another device, in place of any before it.
func (s *Store) PutMentorCode(ctx context.Context, mentor model.Mentor, codeHash string, expires time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO mentor_codes (mentor_id, browser_id, code_hash, expires_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (mentor_id) DO UPDATE SET browser_id = excluded.browser_id, code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
		mentor.ID, mentor.BrowserID, codeHash, milliseconds(expires))
	return err
}

// MentorByCode finds the mentor to whom the code with this hash leads now, with the browser that it was made in;
// model.ErrNotFound if there is none.
func (s *Store) MentorByCode(ctx context.Context, codeHash string, now time.Time) (mentor model.Mentor, err error) {
	err = s.QueryRow(ctx, `SELECT mentor_id, browser_id FROM mentor_codes WHERE code_hash = $1 AND expires_at > $2`,
		[]any{codeHash, milliseconds(now)}, &mentor.ID, &mentor.BrowserID)
	return mentor, err
}

// DropMentorCode ends the code of a mentor, if there is one.
func (s *Store) DropMentorCode(ctx context.Context, mentorID string) error {
	_, err := s.Exec(ctx, `DELETE FROM mentor_codes WHERE mentor_id = $1`, mentorID)
	return err
}

// PutMentorKey stores the hash of a mentor's key in place of any earlier one.
func (s *Store) PutMentorKey(ctx context.Context, mentor model.Mentor, keyHash string, created time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO mentor_keys (mentor_id, browser_id, key_hash, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (mentor_id) DO UPDATE SET browser_id = excluded.browser_id, key_hash = excluded.key_hash, created_at = excluded.created_at`,
		mentor.ID, mentor.BrowserID, keyHash, milliseconds(created))
	return err
}

// MentorKey returns what is kept of a mentor's key; the zero value if they have none.
func (s *Store) MentorKey(ctx context.Context, mentorID string) (key model.RecoveryKey, err error) {
	var created sql.NullInt64
	err = s.Query(ctx, func(row func(...any) error) error { return row(&key.Hash, &created) },
		`SELECT key_hash, created_at FROM mentor_keys WHERE mentor_id = $1`, mentorID)
	key.Made = moment(created)
	return key, err
}

// MentorByKey finds the mentor to whom the key with this hash belongs, as MentorByCode does.
func (s *Store) MentorByKey(ctx context.Context, keyHash string) (mentor model.Mentor, err error) {
	err = s.QueryRow(ctx, `SELECT mentor_id, browser_id FROM mentor_keys WHERE key_hash = $1`, []any{keyHash}, &mentor.ID, &mentor.BrowserID)
	return mentor, err
}

// SharersWith lists the managers of whose assessments a mentor may read something or has written something.
func (s *Store) SharersWith(ctx context.Context, mentorID string) (ids []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		ids = append(ids, id)
		return err
	}, `SELECT s.manager_id FROM grants g JOIN shares s ON s.id = g.share_id WHERE g.mentor_id = $1
		UNION SELECT a.manager_id FROM reviews r JOIN assessments a ON a.id = r.assessment_id WHERE r.mentor_id = $1
		ORDER BY 1`, mentorID)
	return ids, err
}

// ReviewedByBoth counts the assessments of which two mentors both have a review.
func (s *Store) ReviewedByBoth(ctx context.Context, one, other string) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM reviews r JOIN reviews o ON o.assessment_id = r.assessment_id
		WHERE r.mentor_id = $1 AND o.mentor_id = $2`, []any{one, other}, &count)
	return count, err
}

// JoinMentors makes two mentors, who have turned out to be one person in two browsers, one: what the first opened,
// wrote, saw and uses becomes the second's, and the first is gone. Two reviews of one assessment are laid together, see
// model.Together.
func (s *Store) JoinMentors(ctx context.Context, first, second string, now time.Time) error {
	if err := s.openEyes(ctx, first, second); err != nil {
		return err
	}
	if err := s.joinReviews(ctx, first, second, now); err != nil {
		return err
	}
	for _, statement := range []string{
		`UPDATE reviews SET mentor_id = $2 WHERE mentor_id = $1`,
		`INSERT INTO reveals (assessment_id, mentor_id, competency, revealed_at)
			SELECT v.assessment_id, $2, v.competency, v.revealed_at FROM reveals v WHERE v.mentor_id = $1
			ON CONFLICT (assessment_id, mentor_id, competency) DO UPDATE SET revealed_at = excluded.revealed_at
			WHERE excluded.revealed_at < reveals.revealed_at`,
		`INSERT INTO glimpses (assessment_id, mentor_id, competency, seen_at)
			SELECT v.assessment_id, $2, v.competency, v.seen_at FROM glimpses v WHERE v.mentor_id = $1
			ON CONFLICT (assessment_id, mentor_id, competency) DO UPDATE SET seen_at = excluded.seen_at
			WHERE excluded.seen_at < glimpses.seen_at`,
		`INSERT INTO grants (mentor_id, share_id, granted_at)
			SELECT $2, g.share_id, g.granted_at FROM grants g WHERE g.mentor_id = $1
			ON CONFLICT (mentor_id, share_id) DO NOTHING`,
		`INSERT INTO share_openings (share_id, opened_at, mentor_id)
			SELECT p.share_id, p.opened_at, $2 FROM share_openings p WHERE p.mentor_id = $1
			ON CONFLICT (share_id, opened_at, mentor_id) DO NOTHING`,
		`UPDATE mentor_browsers SET mentor_id = $2 WHERE mentor_id = $1`,
		`UPDATE mentor_ties SET mentor_id = $2 WHERE mentor_id = $1 AND NOT EXISTS (SELECT 1 FROM mentor_ties k WHERE k.mentor_id = $2)`,
		`UPDATE mentor_owners SET mentor_id = $2 WHERE mentor_id = $1`,
		`UPDATE mentor_keys SET mentor_id = $2 WHERE mentor_id = $1 AND NOT EXISTS (SELECT 1 FROM mentor_keys k WHERE k.mentor_id = $2)`,
	} {
		if _, err := s.Exec(ctx, statement, first, second); err != nil {
			return err
		}
	}
	for _, table := range []string{"reveals", "glimpses", "share_openings"} {
		if _, err := s.Exec(ctx, `DELETE FROM `+table+` WHERE mentor_id = $1`, first); err != nil {
			return err
		}
	}
	_, err := s.Exec(ctx, `DELETE FROM mentors WHERE id = $1`, first)
	return s.NoteRemains(ctx, err)
}

// openEyes keeps a level apart that one of two mentors gave after the other had seen the score, or
// what else could lean it, since both are one person.
// When a level was given isn't noted, only when the rating was last written: where the order can't be told, it isn't blind.
// Who gave it before they looked themselves, and before the other did, was blind.
func (s *Store) openEyes(ctx context.Context, first, second string) error {
	const seen = `(SELECT assessment_id, mentor_id, competency, revealed_at AS seen_at FROM reveals WHERE mentor_id IN ($1, $2)
		UNION ALL SELECT assessment_id, mentor_id, competency, seen_at FROM glimpses WHERE mentor_id IN ($1, $2))`
	_, err := s.Exec(ctx, `UPDATE ratings SET later = COALESCE(later, level), level = NULL
		WHERE level IS NOT NULL AND EXISTS (
			SELECT 1 FROM reviews r JOIN `+seen+` seen ON seen.assessment_id = r.assessment_id
			WHERE r.id = ratings.review_id AND r.mentor_id IN ($1, $2)
				AND seen.mentor_id <> r.mentor_id AND seen.competency = ratings.competency AND seen.seen_at <= ratings.updated_at
				AND NOT EXISTS (SELECT 1 FROM `+seen+` own WHERE own.assessment_id = r.assessment_id AND own.mentor_id = r.mentor_id
					AND own.competency = ratings.competency AND own.seen_at < seen.seen_at))`, first, second)
	return err
}

// joinReviews lays the two reviews together that two mentors have of one assessment.
func (s *Store) joinReviews(ctx context.Context, first, second string, now time.Time) error {
	var both []string
	err := s.Query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		both = append(both, id)
		return err
	}, `SELECT r.assessment_id FROM reviews r JOIN reviews o ON o.assessment_id = r.assessment_id
		WHERE r.mentor_id = $1 AND o.mentor_id = $2 ORDER BY r.assessment_id`, first, second)
	for _, assessmentID := range both {
		if err == nil {
			err = s.joinTwins(ctx, first, second, assessmentID, now)
		}
	}
	return err
}

func (s *Store) joinTwins(ctx context.Context, first, second, assessmentID string, now time.Time) error {
	one, err := s.Review(ctx, first, assessmentID, now)
	if err != nil {
		return err
	}
	other, err := s.Review(ctx, second, assessmentID, now)
	if err != nil {
		return err
	}
	kept, gone, words := model.Together(other, one)
	for _, rating := range kept.Ratings {
		rating.UpdatedAt = now
		if err := s.PutRating(ctx, kept.MentorID, kept.ID, rating); err != nil {
			return err
		}
	}
	for _, move := range kept.Moves {
		move.UpdatedAt = now
		if err := s.PutMove(ctx, kept.MentorID, kept.ID, move); err != nil {
			return err
		}
	}
	if len(kept.Ratings)+len(kept.Moves) > 0 {
		if err := s.TouchReview(ctx, kept.MentorID, kept.ID, now); err != nil {
			return err
		}
	}
	if words {
		if err := s.putJoinedWords(ctx, kept, now); err != nil {
			return err
		}
	}
	// What was written through a link for one person alone stays closed to everybody else.
	_, err = s.Exec(ctx, `UPDATE reviews SET share_id = $3 WHERE mentor_id = $1 AND id = $2
		AND EXISTS (SELECT 1 FROM shares g WHERE g.id = $3 AND g.addressed = 1)
		AND NOT EXISTS (SELECT 1 FROM shares k WHERE k.id = reviews.share_id AND k.addressed = 1)`, kept.MentorID, kept.ID, gone.ShareID)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `UPDATE agreements SET review_id = $1 WHERE review_id = $2
		AND NOT EXISTS (SELECT 1 FROM agreements k WHERE k.review_id = $1 AND k.competency = agreements.competency)`, kept.ID, gone.ID)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `DELETE FROM reviews WHERE mentor_id = $1 AND id = $2`, gone.MentorID, gone.ID)
	return err
}

// putJoinedWords writes the words on the whole of two reviews that became one, with the reply to the question in them.
func (s *Store) putJoinedWords(ctx context.Context, review *model.MentorReview, now time.Time) error {
	if err := s.PutWords(ctx, review, now); err != nil {
		return err
	}
	return found(s.Exec(ctx, `UPDATE reviews SET reply = $3, replied_at = $4 WHERE mentor_id = $1 AND id = $2`,
		review.MentorID, review.ID, review.Reply, milliseconds(review.RepliedAt)))
}
