package store

import (
	"context"
	"time"

	"whetstone/internal/model"
)

// TieMentor keeps a mentor under the sign-in of a manager, by the manager's own act.
func (s *Store) TieMentor(ctx context.Context, managerID, mentorID string, now time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO mentor_ties (manager_id, mentor_id, tied_at) VALUES ($1, $2, $3)`, managerID, mentorID, milliseconds(now))
	return err
}

// UntieMentor ends that; model.ErrNotFound if there is no such tie.
func (s *Store) UntieMentor(ctx context.Context, managerID, mentorID string) error {
	return found(s.Exec(ctx, `DELETE FROM mentor_ties WHERE manager_id = $1 AND mentor_id = $2`, managerID, mentorID))
}

// TiedMentor finds the mentor who is kept under the sign-in of a manager; model.ErrNotFound if there is none.
func (s *Store) TiedMentor(ctx context.Context, managerID string) (mentorID string, err error) {
	err = s.QueryRow(ctx, `SELECT mentor_id FROM mentor_ties WHERE manager_id = $1`, []any{managerID}, &mentorID)
	return mentorID, err
}

// TiedManager finds the manager under whose sign-in a mentor is kept; "" if there is none.
func (s *Store) TiedManager(ctx context.Context, mentorID string) (managerID string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&managerID) },
		`SELECT manager_id FROM mentor_ties WHERE mentor_id = $1`, mentorID)
	return managerID, err
}

// SignsIn reports whether a manager has a way in, so that whoever opens it has signed in: whose answers a browser merely
// holds has none.
func (s *Store) SignsIn(ctx context.Context, managerID string) (signs bool, err error) {
	err = s.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM recovery_keys WHERE manager_id = $1)
		OR EXISTS (SELECT 1 FROM identities WHERE manager_id = $1)
		OR EXISTS (SELECT 1 FROM passkeys WHERE manager_id = $1)`, []any{managerID}, &signs)
	return signs, err
}

// MentorsOf lists the mentors of whose browsers any has acted for a manager.
func (s *Store) MentorsOf(ctx context.Context, managerID string) ([]string, error) {
	return s.texts(ctx, `SELECT DISTINCT mentor_id FROM mentor_owners WHERE manager_id = $1 ORDER BY mentor_id`, managerID)
}

// BindMentorBrowser lets one of a mentor's browsers end with a session, and reports whether there is such a browser.
func (s *Store) BindMentorBrowser(ctx context.Context, mentor model.Mentor, sessionID string) (bound bool, err error) {
	changed, err := s.Exec(ctx, `UPDATE mentor_browsers SET session_id = $3 WHERE mentor_id = $1 AND id = $2`, mentor.ID, mentor.BrowserID, sessionID)
	return changed > 0, err
}

// ReleaseMentorBrowsers lets a mentor's browsers no longer end with sessions.
func (s *Store) ReleaseMentorBrowsers(ctx context.Context, mentorID string) error {
	_, err := s.Exec(ctx, `UPDATE mentor_browsers SET session_id = NULL WHERE mentor_id = $1`, mentorID)
	return err
}

// deleteTied removes the mentor who is kept under the sign-in of a manager, with all that they could open. Their reviews
// stay, since they are the other managers'.
func (s *Store) deleteTied(ctx context.Context, managerID string) error {
	deleted, err := s.Exec(ctx, `DELETE FROM mentors WHERE id IN (SELECT mentor_id FROM mentor_ties WHERE manager_id = $1)`, managerID)
	if err != nil || deleted == 0 {
		return err
	}
	return s.dropRemoved(ctx, "")
}
