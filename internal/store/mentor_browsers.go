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
// the hash that was asked for, and for whom the browser has acted.
func (s *Store) MentorByToken(ctx context.Context, tokenHash string, seenAfter, replacedAfter time.Time) (model.Mentor, error) {
	mentor := model.Mentor{TokenHash: tokenHash}
	err := s.Query(ctx, func(row func(...any) error) error {
		var created, seen sql.NullInt64
		var owner sql.NullString
		err := row(&mentor.ID, &mentor.BrowserID, &created, &seen, zone(&mentor.Days.Zone), &mentor.Days.Chosen, &owner)
		mentor.CreatedAt, mentor.SeenAt = moment(created), moment(seen)
		if owner.Valid {
			mentor.Owners = append(mentor.Owners, owner.String)
		}
		return err
	}, `SELECT m.id, b.id, m.created_at, b.seen_at, m.zone, m.zone_chosen, o.manager_id
		FROM mentor_browsers b JOIN mentors m ON m.id = b.mentor_id
		LEFT JOIN mentor_owners o ON o.mentor_id = b.mentor_id AND o.browser_id = b.id
		WHERE (b.token_hash = $1 OR (b.former_hash = $1 AND b.rotated_at > $3)) AND b.seen_at > $2 ORDER BY o.manager_id`,
		tokenHash, milliseconds(seenAfter), milliseconds(replacedAfter))
	if err == nil && mentor.ID == "" {
		err = model.ErrNotFound
	}
	return mentor, err
}

// NoteMentorOwner notes that one of a mentor's browsers acts for a manager. If it is new, and no browser of the mentor's is
// left that doesn't, what was written there of the manager is set aside: as far as can be told, they wrote it themself.
func (s *Store) NoteMentorOwner(ctx context.Context, mentor model.Mentor, managerID string, now time.Time) error {
	added, err := s.Exec(ctx, `INSERT INTO mentor_owners (mentor_id, browser_id, manager_id)
		SELECT m.id, $2, g.id FROM mentors m, managers g WHERE m.id = $1 AND g.id = $3
		ON CONFLICT (mentor_id, browser_id, manager_id) DO NOTHING`, mentor.ID, mentor.BrowserID, managerID)
	if err != nil || added == 0 {
		return err
	}
	_, err = s.Exec(ctx, `UPDATE reviews SET set_aside_at = $3
		WHERE mentor_id = $1 AND set_aside_at IS NULL AND brought_at IS NULL
			AND assessment_id IN (SELECT a.id FROM assessments a WHERE a.manager_id = $2)
			AND NOT EXISTS (SELECT 1 FROM mentor_browsers b WHERE b.mentor_id = $1 AND NOT EXISTS (SELECT 1 FROM mentor_owners o
				WHERE o.mentor_id = b.mentor_id AND o.browser_id = b.id AND o.manager_id = $2))`,
		mentor.ID, managerID, milliseconds(now))
	return err
}

// InheritMentorOwners passes on to one of a mentor's browsers for whom another one of theirs has acted.
func (s *Store) InheritMentorOwners(ctx context.Context, mentor model.Mentor, browserID string) error {
	_, err := s.Exec(ctx, `INSERT INTO mentor_owners (mentor_id, browser_id, manager_id)
		SELECT o.mentor_id, $2, o.manager_id FROM mentor_owners o WHERE o.mentor_id = $1 AND o.browser_id = $3
		ON CONFLICT (mentor_id, browser_id, manager_id) DO NOTHING`, mentor.ID, mentor.BrowserID, browserID)
	return err
}

// MentorOwners lists the managers for whom any browser of a mentor's has acted.
func (s *Store) MentorOwners(ctx context.Context, mentorID string) (ids []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT manager_id FROM mentor_owners WHERE mentor_id = $1 ORDER BY manager_id`, mentorID)
	return ids, err
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

// EndMentorBrowser ends one of a mentor's browsers.
func (s *Store) EndMentorBrowser(ctx context.Context, mentor model.Mentor) error {
	_, err := s.Exec(ctx, `DELETE FROM mentor_browsers WHERE mentor_id = $1 AND id = $2`, mentor.ID, mentor.BrowserID)
	return err
}

// DeleteMentorBrowsersSeenBefore ends a batch of the browsers of mentors that have idled too long, and reports whether
// there may be more.
func (s *Store) DeleteMentorBrowsersSeenBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	return s.deleteBatch(ctx, `DELETE FROM mentor_browsers WHERE id IN
		(SELECT id FROM mentor_browsers WHERE seen_at <= $1 ORDER BY seen_at LIMIT $2)`, limit)
}

// DeleteMentorsSeenBefore removes a batch of the mentors who have idled too long, have no key to come back by and are kept under no sign-in, with
// what they could open, including removed shares that only their lists showed. It reports whether there may be more.
// Their reviews stay, since they are the managers'.
func (s *Store) DeleteMentorsSeenBefore(ctx context.Context, limit time.Time) (more bool, err error) {
	more, err = s.deleteBatch(ctx, `DELETE FROM mentors WHERE id IN (SELECT m.id FROM mentors m
		WHERE m.seen_at <= $1 AND NOT EXISTS (SELECT 1 FROM mentor_keys k WHERE k.mentor_id = m.id)
			AND NOT EXISTS (SELECT 1 FROM mentor_ties t WHERE t.mentor_id = m.id)
		ORDER BY m.seen_at LIMIT $2)`, limit)
	if err != nil {
		return false, err
	}
	return more, s.dropRemoved(ctx, "")
}
