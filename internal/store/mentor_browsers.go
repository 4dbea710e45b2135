package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// CreateMentor adds a mentor with their first browser.
func (s *Store) CreateMentor(ctx context.Context, mentor model.Mentor, label string) error {
	_, err := s.Exec(ctx, `INSERT INTO mentors (id, created_at, seen_at) VALUES ($1, $2, $3)`,
		mentor.ID, milliseconds(mentor.CreatedAt), milliseconds(mentor.SeenAt))
	if err != nil {
		return err
	}
	return s.AddMentorBrowser(ctx, mentor, label)
}

// AddMentorBrowser adds a browser to a mentor.
func (s *Store) AddMentorBrowser(ctx context.Context, mentor model.Mentor, label string) error {
	_, err := s.Exec(ctx, `
		INSERT INTO mentor_browsers (id, mentor_id, token_hash, label, rotated_at, created_at, seen_at)
		VALUES ($1, $2, $3, $4, $5, $5, $6)`,
		mentor.BrowserID, mentor.ID, mentor.TokenHash, label, milliseconds(mentor.CreatedAt), milliseconds(mentor.SeenAt))
	return err
}

// MentorByToken finds the mentor with this token hash in a browser that was seen after seenAfter; the token before the
// current one counts where it was replaced after replacedAfter. model.ErrNotFound if there is none. The mentor carries
// the hash that was asked for.
func (s *Store) MentorByToken(ctx context.Context, tokenHash string, seenAfter, replacedAfter time.Time) (model.Mentor, error) {
	mentor := model.Mentor{TokenHash: tokenHash}
	var created, seen sql.NullInt64
	err := s.QueryRow(ctx, `
		SELECT m.id, b.id, m.created_at, b.seen_at, m.zone, m.zone_chosen
		FROM mentor_browsers b JOIN mentors m ON m.id = b.mentor_id
		WHERE (b.token_hash = $1 OR (b.former_hash = $1 AND b.rotated_at > $3)) AND b.seen_at > $2`,
		[]any{tokenHash, milliseconds(seenAfter), milliseconds(replacedAfter)},
		&mentor.ID, &mentor.BrowserID, &created, &seen, zone(&mentor.Days.Zone), &mentor.Days.Chosen)
	mentor.CreatedAt, mentor.SeenAt = moment(created), moment(seen)
	return mentor, err
}

// MentorToken returns the hash of the current token of one of a mentor's browsers; "" if there is no such browser.
func (s *Store) MentorToken(ctx context.Context, mentor model.Mentor) (tokenHash string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&tokenHash) },
		`SELECT token_hash FROM mentor_browsers WHERE mentor_id = $1 AND id = $2`, mentor.ID, mentor.BrowserID)
	return tokenHash, err
}

// ReplaceMentorToken gives one of a mentor's browsers another token.
func (s *Store) ReplaceMentorToken(ctx context.Context, mentor model.Mentor, tokenHash string, now time.Time) error {
	_, err := s.Exec(ctx, `UPDATE mentor_browsers SET former_hash = token_hash, token_hash = $3, rotated_at = $4, seen_at = $4
		WHERE mentor_id = $1 AND id = $2`, mentor.ID, mentor.BrowserID, tokenHash, milliseconds(now))
	return err
}

// SeeMentor notes a visit in one of a mentor's browsers.
func (s *Store) SeeMentor(ctx context.Context, mentor model.Mentor, seen time.Time) error {
	_, err := s.Exec(ctx, `UPDATE mentor_browsers SET seen_at = $3 WHERE mentor_id = $1 AND id = $2`,
		mentor.ID, mentor.BrowserID, milliseconds(seen))
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `UPDATE mentors SET seen_at = $2 WHERE id = $1`, mentor.ID, milliseconds(seen))
	return err
}

// MentorBrowsers lists the browsers of a mentor that were seen after a moment, the last seen first.
func (s *Store) MentorBrowsers(ctx context.Context, mentorID string, seenAfter time.Time) ([]model.MentorBrowser, error) {
	var browsers []model.MentorBrowser
	err := s.Query(ctx, func(row func(...any) error) error {
		var browser model.MentorBrowser
		var created, seen sql.NullInt64
		err := row(&browser.ID, &browser.Label, &created, &seen)
		browser.AddedAt, browser.SeenAt = moment(created), moment(seen)
		browsers = append(browsers, browser)
		return err
	}, `SELECT id, label, created_at, seen_at FROM mentor_browsers
		WHERE mentor_id = $1 AND seen_at > $2 ORDER BY seen_at DESC, created_at DESC, id`, mentorID, milliseconds(seenAfter))
	return browsers, err
}

// EndOtherMentorBrowsers ends all browsers of a mentor but the one that is kept.
func (s *Store) EndOtherMentorBrowsers(ctx context.Context, mentor model.Mentor) error {
	_, err := s.Exec(ctx, `DELETE FROM mentor_browsers WHERE mentor_id = $1 AND id <> $2`, mentor.ID, mentor.BrowserID)
	return err
}

// DeleteMentorBrowsersSeenBefore ends a batch of the browsers of mentors that have idled too long, and reports whether
// there may be more.
func (s *Store) DeleteMentorBrowsersSeenBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM mentor_browsers WHERE id IN
		(SELECT id FROM mentor_browsers WHERE seen_at <= $1 ORDER BY seen_at LIMIT $2)`, limit)
}

// DeleteMentorsSeenBefore removes a batch of the mentors who have idled too long and have no key to come back by, with
// what they could open, including removed shares that only their lists showed. It reports whether there may be more.
// Their reviews stay, since they are the managers'.
func (s *Store) DeleteMentorsSeenBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	more, err = s.deleteBatch(ctx, `DELETE FROM mentors WHERE id IN (SELECT m.id FROM mentors m
		WHERE m.seen_at <= $1 AND NOT EXISTS (SELECT 1 FROM mentor_keys k WHERE k.mentor_id = m.id)
		ORDER BY m.seen_at LIMIT $2)`, limit)
	if err != nil {
		return false, err
	}
	return more, s.dropRemoved(ctx, "")
}
