package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"whetstone/internal/model"
)

// shareColumns are the columns that scanShare reads, in its order.
const shareColumns = `s.id, s.manager_id, s.assessment_id, s.secret_hash, s.label, s.sharer, s.question,
	s.address, s.competencies, s.shows_result, s.shows_history, s.shows_notes, s.allows_rating, s.shows_log,
	s.created_at, s.expires_at, s.revoked_at,
	(SELECT w.map_id FROM share_maps w WHERE w.share_id = s.id), (SELECT w.finished_at FROM share_maps w WHERE w.share_id = s.id),
	(SELECT count(*) FROM share_openings o WHERE o.share_id = s.id),
	(SELECT max(o.opened_at) FROM share_openings o WHERE o.share_id = s.id),
	(SELECT count(*) FROM grants g WHERE g.share_id = s.id)`

// liveShare holds for a share s that opens at a moment, which is the parameter that stands in for "?".
func liveShare(parameter string) string {
	return `s.revoked_at IS NULL AND s.expires_at > ` + parameter
}

// CreateShare adds a share of one of its manager's finished assessments, and reports whether this call did:
// the form that formKey names makes one share. A draft and someone else's assessment have none.
func (s *Store) CreateShare(ctx context.Context, share *model.Share, formKey string) (bool, error) {
	changed, err := s.Exec(ctx, `
		INSERT INTO shares (id, manager_id, assessment_id, secret_hash, form_key, label, sharer, question, address,
			competencies, shows_result, shows_history, shows_notes, allows_rating, shows_log, created_at, expires_at, addressed)
		SELECT $3, a.manager_id, a.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
		FROM assessments a WHERE a.manager_id = $1 AND a.id = $2 AND a.state = 'finished'
		ON CONFLICT (assessment_id, form_key) DO NOTHING`,
		share.ManagerID, share.AssessmentID, share.ID, share.SecretHash, formKey, share.Label, share.Sharer, share.Question, share.Address,
		strings.Join(share.Competencies, " "), number(share.Scope.Result), number(share.Scope.History),
		number(share.Scope.Notes), number(share.Scope.Rating), number(share.Scope.Log), milliseconds(share.CreatedAt), milliseconds(share.ExpiresAt),
		number(share.Address != ""))
	return changed > 0, err
}

// number returns how a boolean is stored.
func number(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// listedShare holds for a share s that its manager has not taken off their list.
const listedShare = `s.removed_at IS NULL`

// ShareByForm reads the share that a form has made; model.ErrNotFound if the manager has none on their list.
func (s *Store) ShareByForm(ctx context.Context, managerID, assessmentID, formKey string) (*model.Share, error) {
	return s.oneShare(ctx, `SELECT `+shareColumns+` FROM shares s
		WHERE s.manager_id = $1 AND s.assessment_id = $2 AND s.form_key = $3 AND `+listedShare, managerID, assessmentID, formKey)
}

// Share reads one of the shares on a manager's list; model.ErrNotFound if there is none of this id.
func (s *Store) Share(ctx context.Context, managerID, id string) (*model.Share, error) {
	return s.oneShare(ctx, `SELECT `+shareColumns+` FROM shares s WHERE s.manager_id = $1 AND s.id = $2 AND `+listedShare, managerID, id)
}

// ShareBySecret finds the share that a secret with this hash opens now. None, one that expired and one that
// was revoked are all model.ErrNotFound.
func (s *Store) ShareBySecret(ctx context.Context, secretHash string, now time.Time) (*model.Share, error) {
	return s.oneShare(ctx, `SELECT `+shareColumns+` FROM shares s
		WHERE s.secret_hash = $1 AND `+liveShare("$2"), secretHash, milliseconds(now))
}

// GrantedShare reads a share that a mentor has opened, whether it is still live or not; model.ErrNotFound if they
// never did.
func (s *Store) GrantedShare(ctx context.Context, mentorID, id string) (*model.Share, error) {
	return s.oneShare(ctx, `SELECT `+shareColumns+` FROM shares s JOIN grants g ON g.share_id = s.id
		WHERE g.mentor_id = $1 AND s.id = $2`, mentorID, id)
}

// OpensTo reports whether a share that a mentor has opened opens in their browser: what is for one person alone, or was begun
// so, does where they are signed in as that person.
func (s *Store) OpensTo(ctx context.Context, mentor model.Mentor, id string) (opens bool, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&opens) }, `SELECT `+grantOpensTo("$2")+`
		FROM grants g JOIN shares s ON s.id = g.share_id WHERE g.mentor_id = $1 AND s.id = $3`, mentor.ID, mentor.ManagerID, id)
	return opens, err
}

// Shares lists a manager's shares, the latest first, without those that they took off the list.
func (s *Store) Shares(ctx context.Context, managerID string) ([]*model.Share, error) {
	return s.listShares(ctx, `SELECT `+shareColumns+` FROM shares s
		WHERE s.manager_id = $1 AND `+listedShare+` ORDER BY s.created_at DESC, s.id DESC`, managerID)
}

// GrantedShares lists the shares that a mentor has opened, the latest opened first.
func (s *Store) GrantedShares(ctx context.Context, mentorID string) ([]*model.Share, error) {
	return s.listShares(ctx, `SELECT `+shareColumns+` FROM shares s JOIN grants g ON g.share_id = s.id
		WHERE g.mentor_id = $1 ORDER BY g.granted_at DESC, s.id DESC`, mentorID)
}

func (s *Store) oneShare(ctx context.Context, query string, arguments ...any) (*model.Share, error) {
	list, err := s.listShares(ctx, query, arguments...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, model.ErrNotFound
	}
	return list[0], nil
}

func (s *Store) listShares(ctx context.Context, query string, arguments ...any) ([]*model.Share, error) {
	var list []*model.Share
	err := s.Query(ctx, func(row func(...any) error) error {
		share, err := scanShare(row)
		list = append(list, share)
		return err
	}, query, arguments...)
	return list, err
}

func scanShare(row func(...any) error) (*model.Share, error) {
	var share model.Share
	var competencies string
	var mapID sql.NullString
	var created, expires, revoked, mapped, opened sql.NullInt64
	var holders int
	err := row(&share.ID, &share.ManagerID, &share.AssessmentID, &share.SecretHash, &share.Label, &share.Sharer, &share.Question,
		&share.Address, &competencies, &share.Scope.Result, &share.Scope.History, &share.Scope.Notes, &share.Scope.Rating, &share.Scope.Log,
		&created, &expires, &revoked, &mapID, &mapped, &share.Openings, &opened, &holders)
	share.Held = holders > 0
	share.Competencies = strings.Fields(competencies)
	share.Scope.Map, share.Map = mapID.Valid, model.MapOfShare{ID: mapID.String, FinishedAt: moment(mapped)}
	share.CreatedAt, share.ExpiresAt = moment(created), moment(expires)
	share.RevokedAt, share.LastOpened = moment(revoked), moment(opened)
	return &share, err
}

// OtherBrowsers counts the mentors who have opened a share, apart from one; those who forgot it again count.
func (s *Store) OtherBrowsers(ctx context.Context, shareID, mentorID string) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(DISTINCT mentor_id) FROM share_openings WHERE share_id = $1 AND mentor_id <> $2`,
		[]any{shareID, mentorID}, &count)
	return count, err
}

// CountOpening notes that a mentor pressed the button behind a share's link, unless they did so after
// since: a form that is sent twice counts once. Of each mentor the latest openings are kept, as many as
// model.OpeningsKept.
func (s *Store) CountOpening(ctx context.Context, shareID, mentorID string, now, since time.Time) error {
	_, err := s.Exec(ctx, `
		INSERT INTO share_openings (share_id, mentor_id, opened_at)
		SELECT s.id, $2, $3 FROM shares s WHERE s.id = $1 AND NOT EXISTS (
			SELECT 1 FROM share_openings o WHERE o.share_id = $1 AND o.mentor_id = $2 AND o.opened_at > $4)
		ON CONFLICT (share_id, opened_at, mentor_id) DO NOTHING`,
		shareID, mentorID, milliseconds(now), milliseconds(since))
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `
		DELETE FROM share_openings WHERE share_id = $1 AND mentor_id = $2 AND opened_at <= (
			SELECT o.opened_at FROM share_openings o WHERE o.share_id = $1 AND o.mentor_id = $2
			ORDER BY o.opened_at DESC LIMIT 1 OFFSET $3)`, shareID, mentorID, model.OpeningsKept)
	return err
}

// Openings lists when one of a manager's shares was opened, the latest first.
func (s *Store) Openings(ctx context.Context, managerID, shareID string) ([]time.Time, error) {
	var opened []time.Time
	err := s.Query(ctx, func(row func(...any) error) error {
		var at sql.NullInt64
		err := row(&at)
		opened = append(opened, moment(at))
		return err
	}, `SELECT o.opened_at FROM share_openings o JOIN shares s ON s.id = o.share_id
		WHERE s.manager_id = $1 AND s.id = $2 ORDER BY o.opened_at DESC, o.mentor_id`, managerID, shareID)
	return opened, err
}

// MentorsOfShare lists the mentors who have sent a review that they began through one of a manager's shares, and that was
// not set aside.
func (s *Store) MentorsOfShare(ctx context.Context, managerID, shareID string) (ids []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		ids = append(ids, id)
		return err
	}, `SELECT r.mentor_id FROM reviews r JOIN shares s ON s.id = r.share_id JOIN mentors m ON m.id = r.mentor_id
		WHERE s.manager_id = $1 AND s.id = $2 AND r.sent_at IS NOT NULL AND r.set_aside_at IS NULL
		ORDER BY r.mentor_id`, managerID, shareID)
	return ids, err
}

// ShareAnswered reports whether somebody who opened one of a manager's shares has sent a review of its assessment.
func (s *Store) ShareAnswered(ctx context.Context, managerID, shareID string) (bool, error) {
	var count int
	err := s.QueryRow(ctx, `SELECT count(*) FROM shares s JOIN grants g ON g.share_id = s.id
		JOIN reviews r ON r.mentor_id = g.mentor_id AND r.assessment_id = s.assessment_id
		WHERE s.manager_id = $1 AND s.id = $2 AND r.sent_at IS NOT NULL`, []any{managerID, shareID}, &count)
	return count > 0, err
}

// ExtendShare sets when one of a manager's shares expires, and reports whether it did: one that was revoked
// stays as it is.
func (s *Store) ExtendShare(ctx context.Context, managerID, id string, expires time.Time) (bool, error) {
	changed, err := s.Exec(ctx, `UPDATE shares SET expires_at = $3
		WHERE manager_id = $1 AND id = $2 AND revoked_at IS NULL`, managerID, id, milliseconds(expires))
	return changed > 0, err
}

// RevokeShare ends one of the shares on a manager's list, for good; model.ErrNotFound if there is none of this id.
func (s *Store) RevokeShare(ctx context.Context, managerID, id string, now time.Time) error {
	changed, err := s.Exec(ctx, `UPDATE shares AS s SET revoked_at = COALESCE(revoked_at, $3)
		WHERE s.manager_id = $1 AND s.id = $2 AND `+listedShare, managerID, id, milliseconds(now))
	if err == nil && changed == 0 {
		return model.ErrNotFound
	}
	return err
}

// RemoveShare takes a share that has ended off its manager's list, for good, and reports whether it did: a live one
// stays. With it go the log of its openings, the commitments, the log and the depth map that it shows and the manager's words for the mentor, with the mentor's address; the label
// stays beside a review that was begun with the share. If no mentor's list and no review shows it, nothing is left of it.
func (s *Store) RemoveShare(ctx context.Context, managerID, id string, now time.Time) (bool, error) {
	changed, err := s.Exec(ctx, `UPDATE shares AS s SET removed_at = $3, revoked_at = COALESCE(revoked_at, $3),
			question = '', competencies = '', address = '',
			label = CASE WHEN EXISTS (SELECT 1 FROM reviews r WHERE r.share_id = s.id) THEN label ELSE '' END
		WHERE s.manager_id = $1 AND s.id = $2 AND `+listedShare+` AND NOT (`+liveShare("$3")+`)`, managerID, id, milliseconds(now))
	if err != nil || changed == 0 {
		return false, err
	}
	for _, with := range []string{"share_openings", "share_commitments", "share_log_entries", "share_maps"} {
		if _, err := s.Exec(ctx, `DELETE FROM `+with+` WHERE share_id = $1`, id); err != nil {
			return false, err
		}
	}
	err = s.NoteRemains(ctx, s.dropRemoved(ctx, id))
	return err == nil, err
}

// dropRemoved deletes a share that its manager took off their list, or with "" all of them, once no mentor's list
// and no review shows anything of it.
func (s *Store) dropRemoved(ctx context.Context, id string) error {
	dropped, err := s.Exec(ctx, `DELETE FROM shares WHERE ($1 = '' OR id = $1) AND removed_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.share_id = shares.id)
		AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.share_id = shares.id)`, id)
	if err != nil || dropped == 0 {
		return err
	}
	return s.NoteRemains(ctx, nil)
}

// RevokeShares ends all of a manager's live shares, for good, and returns how many there were.
func (s *Store) RevokeShares(ctx context.Context, managerID string, now time.Time) (int64, error) {
	return s.Exec(ctx, `UPDATE shares SET revoked_at = $2
		WHERE manager_id = $1 AND revoked_at IS NULL AND expires_at > $2`, managerID, milliseconds(now))
}

// HasShared reports whether a manager has made a share, whether it still opens or not.
func (s *Store) HasShared(ctx context.Context, managerID string) (bool, error) {
	var count int
	err := s.QueryRow(ctx, `SELECT count(*) FROM shares WHERE manager_id = $1`, []any{managerID}, &count)
	return count > 0, err
}
