package store

import (
	"context"
	"errors"
	"time"

	"whetstone/internal/model"
)

// Holdings counts what is kept of a manager. Devices are those seen after seenAfter, reviews those that the
// manager sees: that a mentor has begun is the mentor's.
func (s *Store) Holdings(ctx context.Context, managerID string, seenAfter, now time.Time) (model.Holdings, error) {
	var held model.Holdings
	err := s.queryRow(ctx, `SELECT
		(SELECT count(*) FROM assessments WHERE manager_id = $1 AND state = 'finished'),
		(SELECT count(*) FROM assessments WHERE manager_id = $1 AND state = 'draft'),
		(SELECT count(*) FROM answers r JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1),
		(SELECT count(*) FROM answers r JOIN assessments a ON a.id = r.assessment_id WHERE a.manager_id = $1 AND r.note <> ''),
		(SELECT count(*) FROM targets WHERE manager_id = $1),
		(SELECT count(*) FROM sessions WHERE manager_id = $1 AND seen_at > $2),
		(SELECT count(*) FROM recovery_keys WHERE manager_id = $1),
		(SELECT count(*) FROM shares s WHERE s.manager_id = $1 AND `+listedShare+`),
		(SELECT count(*) FROM reviews r JOIN assessments a ON a.id = r.assessment_id
			WHERE a.manager_id = $1 AND `+visibleReview("$3")+`),
		(SELECT count(*) FROM team_members WHERE manager_id = $1)`,
		[]any{managerID, milliseconds(seenAfter), milliseconds(now)},
		&held.Finished, &held.Drafts, &held.Answers, &held.Notes, &held.Marks, &held.Devices, &held.Keys,
		&held.Shares, &held.Reviews, &held.Teams)
	return held, err
}

// DeleteAssessment removes one of a manager's finished assessments with its answers, the look backs at it,
// its shares and what mentors wrote through them; model.ErrNotFound if the manager has none of this id. It
// notes that the manager's history is no longer whole.
func (s *Store) DeleteAssessment(ctx context.Context, managerID, id string) error {
	deleted, err := s.exec(ctx, `DELETE FROM assessments
		WHERE manager_id = $1 AND id = $2 AND state = 'finished'`, managerID, id)
	if err == nil && deleted == 0 {
		return model.ErrNotFound
	}
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, `UPDATE managers SET thinned = 1 WHERE id = $1`, managerID)
	return err
}

// Thinned tells whether a manager has deleted a finished assessment.
func (s *Store) Thinned(ctx context.Context, managerID string) (bool, error) {
	thinned := false
	err := s.query(ctx, func(row func(...any) error) error { return row(&thinned) },
		`SELECT thinned FROM managers WHERE id = $1`, managerID)
	return thinned, err
}

// DeleteManager removes a manager with all that is theirs: sessions and their browsers, recovery key,
// marks, assessments with answers and notes, shares and what mentors wrote through them; model.ErrNotFound if there is none of this id. The wordings
// of questions stay: they are nobody's. So do frozen aggregates of teams, and in the ledger tokens that lead to
// nobody any more; a team goes with its last confirmed member.
func (s *Store) DeleteManager(ctx context.Context, id string) error {
	if _, err := s.endSessions(ctx, `DELETE FROM sessions WHERE manager_id = $1 RETURNING browser_id`, id); err != nil {
		return err
	}
	if err := s.deleteTeamsOnlyOf(ctx, id); err != nil {
		return err
	}
	deleted, err := s.exec(ctx, `DELETE FROM managers WHERE id = $1`, id)
	if err == nil && deleted == 0 {
		return model.ErrNotFound
	}
	return err
}

// DeleteUnreachableManagers removes the managers who have neither a session nor a recovery key, with all
// that is theirs, notes that, and tells how many they were.
func (s *Store) DeleteUnreachableManagers(ctx context.Context, now time.Time) (int64, error) {
	var ids []string
	err := s.query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		ids = append(ids, id)
		return err
	}, `DELETE FROM managers
		WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE manager_id = managers.id)
		AND NOT EXISTS (SELECT 1 FROM recovery_keys WHERE manager_id = managers.id) RETURNING id`)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return int64(len(ids)), errors.Join(s.NoteErasure(ctx, now, ids...), s.deleteEmptyTeams(ctx))
}

const (
	// emptyings bounds how often the log's emptying is tried while readers are at work. Each try waits for
	// them as long as any statement waits.
	emptyings = 3
	// rewriteLimit is the size of a database file, in bytes, up to which one deletion rewrites it. Nobody can
	// save while it lasts: one to three seconds at this size.
	rewriteLimit = 256 << 20
)

// Overwrite makes an end of what deleted rows leave in the files, and says how far that went. Call it after
// the deletion's transaction. What keeps it from its work is in the answer: the rows are gone all the same.
//
// On SQLite secure_delete has zeroed the rows and the free pages by then. But where a page was once split,
// the part that moved away may stand on in the unused middle of the old page, which nothing zeroes; only
// writing the file anew does (VACUUM). The write-ahead log, which holds the pages as they were, is then
// emptied.
func (s *Store) Overwrite(ctx context.Context) model.Erasure {
	if s.engine != SQLite {
		return model.Erasure{Reach: model.ErasedOnServer}
	}
	var size int64
	err := s.writes.QueryRowContext(ctx, `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&size)
	if err == nil && size <= rewriteLimit {
		_, err = s.writes.ExecContext(ctx, `VACUUM`)
	}
	emptied, logErr := s.emptyLog(ctx)
	erasure := model.Erasure{Reach: model.ErasedRows, Problem: errors.Join(err, logErr)}
	if erasure.Problem == nil && emptied && size <= rewriteLimit {
		erasure.Reach = model.ErasedFromFile
	}
	return erasure
}

// emptyLog moves the write-ahead log into the database file and tells whether that was done: readers at
// work can prevent it.
func (s *Store) emptyLog(ctx context.Context) (bool, error) {
	for try := range emptyings {
		var busy, logged, moved int
		err := s.writes.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &logged, &moved)
		if err != nil && !shouldRetry(err) {
			return false, err
		}
		if err == nil && busy == 0 {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(time.Duration(try+1) * 20 * time.Millisecond):
		}
	}
	return false, nil
}
