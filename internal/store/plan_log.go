package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"whetstone/internal/model"
)

// newestNoted is the order of entries e: by the day that they speak of, the newest first.
const newestNoted = `e.noted_day DESC, e.made_at DESC, e.id DESC`

// entries reads what a query of id, competency, day, words and moment gives.
func (s *Store) entries(ctx context.Context, query string, arguments ...any) ([]model.LogEntry, error) {
	var list []model.LogEntry
	err := s.Query(ctx, func(row func(...any) error) error {
		var entry model.LogEntry
		var noted sql.NullString
		var made sql.NullInt64
		err := row(&entry.ID, &entry.Competency.ID, &noted, &entry.Words, &made)
		if err != nil {
			return err
		}
		entry.MadeAt = moment(made)
		entry.Day, err = day(noted)
		list = append(list, entry)
		return err
	}, query, arguments...)
	return list, err
}

const entryColumns = `e.id, e.competency, e.noted_day, e.words, e.made_at FROM log_entries e`

// LogEntries lists all entries of a manager's log, the newest first.
func (s *Store) LogEntries(ctx context.Context, managerID string) ([]model.LogEntry, error) {
	return s.entries(ctx, `SELECT `+entryColumns+` WHERE e.manager_id = $1 ORDER BY `+newestNoted, managerID)
}

// LogEntry reads one entry of a manager's log; model.ErrNotFound if there is none of this id.
func (s *Store) LogEntry(ctx context.Context, managerID, id string) (model.LogEntry, error) {
	list, err := s.entries(ctx, `SELECT `+entryColumns+` WHERE e.manager_id = $1 AND e.id = $2`, managerID, id)
	if err == nil && len(list) == 0 {
		err = model.ErrNotFound
	}
	if err != nil {
		return model.LogEntry{}, err
	}
	return list[0], nil
}

// LogSize counts the entries of a manager's log.
func (s *Store) LogSize(ctx context.Context, managerID string) (count int, err error) {
	err = s.QueryRow(ctx, `SELECT count(*) FROM log_entries WHERE manager_id = $1`, []any{managerID}, &count)
	return count, err
}

// NotedSince lists the entries on some competencies that a manager made after a moment, the newest first.
func (s *Store) NotedSince(ctx context.Context, managerID string, since time.Time, competencies []string) ([]model.LogEntry, error) {
	chosen, arguments := among("e.competency", competencies, managerID, max(since.UnixMilli(), 0))
	return s.entries(ctx, `SELECT `+entryColumns+` WHERE e.manager_id = $1 AND e.made_at > $2 `+chosen+` ORDER BY `+newestNoted, arguments...)
}

// RecentEntries lists the entries of a manager's log from a day on, the newest first, at most so many.
func (s *Store) RecentEntries(ctx context.Context, managerID string, from time.Time, most int) ([]model.LogEntry, error) {
	return s.entries(ctx, `SELECT `+entryColumns+`
		WHERE e.manager_id = $1 AND e.noted_day >= $2 ORDER BY `+newestNoted+` LIMIT $3`, managerID, date(from), most)
}

// CreateLogEntry adds an entry to a manager's log.
func (s *Store) CreateLogEntry(ctx context.Context, managerID string, entry model.LogEntry) error {
	_, err := s.Exec(ctx, `INSERT INTO log_entries (id, manager_id, competency, noted_day, words, made_at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		entry.ID, managerID, entry.Competency.ID, date(entry.Day), entry.Words, milliseconds(entry.MadeAt))
	return err
}

// ChangeLogEntry sets what an entry of a manager's log says; model.ErrNotFound if there is none of its id.
func (s *Store) ChangeLogEntry(ctx context.Context, managerID string, entry model.LogEntry) error {
	return found(s.Exec(ctx, `UPDATE log_entries SET competency = $3, noted_day = $4, words = $5 WHERE manager_id = $1 AND id = $2`,
		managerID, entry.ID, entry.Competency.ID, date(entry.Day), entry.Words))
}

// DeleteLogEntry removes an entry of a manager's log, also from shares that show it; model.ErrNotFound if there is none
// of this id.
func (s *Store) DeleteLogEntry(ctx context.Context, managerID, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM log_entries WHERE manager_id = $1 AND id = $2`, managerID, id)))
}

// deleteLogEntryAgain is DeleteLogEntry, whoever's it is.
func (s *Store) deleteLogEntryAgain(ctx context.Context, id string) error {
	return s.NoteRemains(ctx, found(s.Exec(ctx, `DELETE FROM log_entries WHERE id = $1`, id)))
}

// ofItem is the competency of an item: what stands before the first point of its id.
func ofItem(id string) string {
	competency, _, _ := strings.Cut(id, ".")
	return competency
}

// AnswerNotes lists all notes that a manager wrote to answers, of drafts as well, the newest first. Their days are not
// known here: they depend on the reader's zone.
func (s *Store) AnswerNotes(ctx context.Context, managerID string) ([]model.Noted, error) {
	var list []model.Noted
	err := s.Query(ctx, func(row func(...any) error) error {
		note := model.Noted{Of: &model.AnswerNote{Level: model.Blank}}
		var level, written sql.NullInt64
		err := row(&note.Of.Assessment, &note.Of.Finished, &note.Of.Item, &level, &note.Words, &written)
		note.Competency.ID = ofItem(note.Of.Item)
		if level.Valid {
			note.Of.Level = model.Level(level.Int64)
		}
		note.MadeAt = moment(written)
		list = append(list, note)
		return err
	}, `SELECT a.id, CASE WHEN a.state = 'finished' THEN 1 ELSE 0 END, r.item_id, r.level, r.note, r.updated_at
		FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND r.note <> '' ORDER BY r.updated_at DESC, a.id, r.item_id`, managerID)
	return list, err
}

// LatestNoted gives by competency the day of the latest entry of a manager's log up to a day, and the moment of the
// latest note of an answer up to a moment.
func (s *Store) LatestNoted(ctx context.Context, managerID string, until, at time.Time) (entries, notes map[string]time.Time, err error) {
	entries = map[string]time.Time{}
	err = s.Query(ctx, func(row func(...any) error) error {
		var competency string
		var latest sql.NullString
		err := row(&competency, &latest)
		if err == nil {
			entries[competency], err = day(latest)
		}
		return err
	}, `SELECT competency, max(noted_day) FROM log_entries WHERE manager_id = $1 AND noted_day <= $2 GROUP BY competency`, managerID, date(until))
	if err != nil {
		return nil, nil, err
	}
	notes, err = s.latestNotes(ctx, managerID, at)
	return entries, notes, err
}

// latestNotes gives by competency the moment of the latest note of an answer up to a moment. The notes of assessments
// that were finished by then don't change any more: which is the latest of each is cached. Those of others are few, since
// an assessment counts only if it was begun by then.
func (s *Store) latestNotes(ctx context.Context, managerID string, at time.Time) (map[string]time.Time, error) {
	var finished []map[string]time.Time
	var unknown []string
	read := map[string]map[string]time.Time{} // of the unknown ones, by their keys
	err := s.Query(ctx, func(row func(...any) error) error {
		var id string
		var end sql.NullInt64
		if err := row(&id, &end); err != nil {
			return err
		}
		key := settledKey(id, moment(end))
		notes, found := s.settled.noted.find(key)
		if !found {
			notes = map[string]time.Time{}
			unknown, read[key] = append(unknown, id), notes
		}
		finished = append(finished, notes)
		return nil
	}, `SELECT id, finished_at FROM assessments WHERE manager_id = $1 AND state = 'finished' AND finished_at <= $2`,
		managerID, milliseconds(at))
	if err != nil {
		return nil, err
	}
	if len(unknown) > 0 {
		chosen, arguments := among("a.id", unknown, managerID)
		if err := s.addLatest(ctx, func(key string) map[string]time.Time { return read[key] }, chosen, arguments...); err != nil {
			return nil, err
		}
		for key, notes := range read {
			s.settled.noted.put(key, notes)
		}
	}
	latest := map[string]time.Time{}
	for _, notes := range finished {
		for competency, written := range notes {
			if written.After(latest[competency]) {
				latest[competency] = written
			}
		}
	}
	return latest, s.addLatest(ctx, func(string) map[string]time.Time { return latest }, `
		AND (a.state = 'draft' OR a.finished_at > $2) AND a.started_at <= $2 AND r.updated_at <= $2`, managerID, milliseconds(at))
}

// addLatest adds the moment of each note of an answer to that of its competency, if it is later, in the assessment's map
// by its key. A condition may select some of the assessments of the manager, who is the first argument.
func (s *Store) addLatest(ctx context.Context, of func(key string) map[string]time.Time, condition string, arguments ...any) error {
	return s.Query(ctx, func(row func(...any) error) error {
		var id, item string
		var finished, written sql.NullInt64
		err := row(&id, &finished, &item, &written)
		latest, competency := of(settledKey(id, moment(finished))), ofItem(item)
		if latest != nil && moment(written).After(latest[competency]) {
			latest[competency] = moment(written)
		}
		return err
	}, `SELECT a.id, a.finished_at, r.item_id, r.updated_at FROM answers r JOIN assessments a ON a.id = r.assessment_id
		WHERE a.manager_id = $1 AND r.note <> '' `+condition, arguments...)
}

// ShowLog lets one of a manager's shares show the entries of their log from a day on, as they are worded now, the newest,
// at most so many.
func (s *Store) ShowLog(ctx context.Context, managerID, shareID string, from time.Time, most int) error {
	_, err := s.Exec(ctx, `
		INSERT INTO share_log_entries (share_id, entry_id, competency, noted_day, words)
		SELECT s.id, e.id, e.competency, e.noted_day, e.words
		FROM shares s JOIN log_entries e ON e.manager_id = s.manager_id
		WHERE s.manager_id = $1 AND s.id = $2 AND e.noted_day >= $3 ORDER BY `+newestNoted+` LIMIT $4`,
		managerID, shareID, date(from), most)
	return err
}

// ShownLog lists the entries that a manager's share shows, as they were worded when it was made, the newest first.
func (s *Store) ShownLog(ctx context.Context, managerID, shareID string) ([]model.LogEntry, error) {
	return s.entries(ctx, `SELECT w.entry_id, w.competency, w.noted_day, w.words, e.made_at
		FROM share_log_entries w JOIN shares s ON s.id = w.share_id JOIN log_entries e ON e.id = w.entry_id
		WHERE s.manager_id = $1 AND s.id = $2 ORDER BY w.noted_day DESC, e.made_at DESC, w.entry_id DESC`, managerID, shareID)
}
