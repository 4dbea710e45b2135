package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// PutMentorCode stores the hash of the code by which a mentor goes on with another device, in place of any before it.
func (s *Store) PutMentorCode(ctx context.Context, mentorID, codeHash string, expires time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO mentor_codes (mentor_id, code_hash, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (mentor_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
		mentorID, codeHash, milliseconds(expires))
	return err
}

// marked holds where a column has a hash, alone or with a mark after a point, by which its maker is known again.
func marked(column, hash string) string {
	return `(` + column + ` = ` + hash + ` OR substr(` + column + `, 1, length(` + hash + `) + 1) = ` + hash + ` || '.')`
}

// MentorByCode finds the mentor to whom the code with this hash leads now, and the hash as it is stored, with any mark
// after it; model.ErrNotFound if there is none.
func (s *Store) MentorByCode(ctx context.Context, codeHash string, now time.Time) (mentorID, stored string, err error) {
	err = s.QueryRow(ctx, `SELECT mentor_id, code_hash FROM mentor_codes WHERE `+marked("code_hash", "$1")+` AND expires_at > $2`,
		[]any{codeHash, milliseconds(now)}, &mentorID, &stored)
	return mentorID, stored, err
}

// DropMentorCode ends the code of a mentor, if there is one.
func (s *Store) DropMentorCode(ctx context.Context, mentorID string) error {
	_, err := s.Exec(ctx, `DELETE FROM mentor_codes WHERE mentor_id = $1`, mentorID)
	return err
}

// PutMentorKey stores the hash of a mentor's key in place of any earlier one.
func (s *Store) PutMentorKey(ctx context.Context, mentorID, keyHash string, created time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO mentor_keys (mentor_id, key_hash, created_at) VALUES ($1, $2, $3)
		ON CONFLICT (mentor_id) DO UPDATE SET key_hash = excluded.key_hash, created_at = excluded.created_at`,
		mentorID, keyHash, milliseconds(created))
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
func (s *Store) MentorByKey(ctx context.Context, keyHash string) (mentorID, stored string, err error) {
	err = s.QueryRow(ctx, `SELECT mentor_id, key_hash FROM mentor_keys WHERE `+marked("key_hash", "$1"), []any{keyHash}, &mentorID, &stored)
	return mentorID, stored, err
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
// wrote, saw and uses becomes the second's, and the first is gone. Of two reviews of one assessment the one that was
// sent stays, and where that is true of both or neither, the second's.
func (s *Store) JoinMentors(ctx context.Context, first, second string) error {
	const twin = `EXISTS (SELECT 1 FROM reviews o WHERE o.assessment_id = reviews.assessment_id AND o.mentor_id = `
	for _, statement := range []string{
		`DELETE FROM reviews WHERE mentor_id = $2 AND sent_at IS NULL AND ` + twin + `$1 AND o.sent_at IS NOT NULL)`,
		`DELETE FROM reviews WHERE mentor_id = $1 AND ` + twin + `$2)`,
		`UPDATE reviews SET mentor_id = $2 WHERE mentor_id = $1`,
		`INSERT INTO reveals (assessment_id, mentor_id, competency, revealed_at)
			SELECT v.assessment_id, $2, v.competency, v.revealed_at FROM reveals v WHERE v.mentor_id = $1
			ON CONFLICT (assessment_id, mentor_id, competency) DO NOTHING`,
		`INSERT INTO grants (mentor_id, share_id, granted_at)
			SELECT $2, g.share_id, g.granted_at FROM grants g WHERE g.mentor_id = $1
			ON CONFLICT (mentor_id, share_id) DO NOTHING`,
		`INSERT INTO share_openings (share_id, opened_at, mentor_id)
			SELECT p.share_id, p.opened_at, $2 FROM share_openings p WHERE p.mentor_id = $1
			ON CONFLICT (share_id, opened_at, mentor_id) DO NOTHING`,
		`UPDATE mentor_browsers SET mentor_id = $2 WHERE mentor_id = $1`,
		`UPDATE mentor_keys SET mentor_id = $2 WHERE mentor_id = $1 AND NOT EXISTS (SELECT 1 FROM mentor_keys k WHERE k.mentor_id = $2)`,
	} {
		if _, err := s.Exec(ctx, statement, first, second); err != nil {
			return err
		}
	}
	for _, table := range []string{"reveals", "share_openings"} {
		if _, err := s.Exec(ctx, `DELETE FROM `+table+` WHERE mentor_id = $1`, first); err != nil {
			return err
		}
	}
	_, err := s.Exec(ctx, `DELETE FROM mentors WHERE id = $1`, first)
	return s.NoteRemains(ctx, err)
}
