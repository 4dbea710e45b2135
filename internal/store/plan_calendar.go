package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// CalendarFeed reads the address of a manager's calendar; the zero value if there is none.
func (s *Store) CalendarFeed(ctx context.Context, managerID string) (model.CalendarFeed, error) {
	_, feed, err := s.calendarFeed(ctx, `manager_id = $1`, managerID)
	return feed, err
}

// FeedBySecret finds the address whose secret has this hash, and whose calendar it is; model.ErrNotFound if there is none.
func (s *Store) FeedBySecret(ctx context.Context, secretHash string) (managerID string, feed model.CalendarFeed, err error) {
	managerID, feed, err = s.calendarFeed(ctx, `secret_hash = $1`, secretHash)
	if err == nil && !feed.Exists() {
		err = model.ErrNotFound
	}
	return managerID, feed, err
}

func (s *Store) calendarFeed(ctx context.Context, which string, value string) (managerID string, feed model.CalendarFeed, err error) {
	var made, read sql.NullInt64
	err = s.Query(ctx, func(row func(...any) error) error { return row(&managerID, &feed.SecretHash, &made, &read) },
		`SELECT manager_id, secret_hash, made_at, read_at FROM calendar_feeds WHERE `+which, value)
	feed.MadeAt, feed.ReadAt = moment(made), moment(read)
	return managerID, feed, err
}

// PutCalendarFeed keeps the address of a manager's calendar in the place of any earlier one, which ends.
func (s *Store) PutCalendarFeed(ctx context.Context, managerID string, feed model.CalendarFeed) error {
	_, err := s.Exec(ctx, `
		INSERT INTO calendar_feeds (manager_id, secret_hash, made_at, read_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (manager_id) DO UPDATE SET secret_hash = excluded.secret_hash, made_at = excluded.made_at,
			read_at = excluded.read_at`,
		managerID, feed.SecretHash, milliseconds(feed.MadeAt), milliseconds(feed.ReadAt))
	return err
}

// SeeCalendarFeed notes that a calendar read the address whose secret has this hash.
func (s *Store) SeeCalendarFeed(ctx context.Context, secretHash string, now time.Time) error {
	_, err := s.Exec(ctx, `UPDATE calendar_feeds SET read_at = $2 WHERE secret_hash = $1`, secretHash, milliseconds(now))
	return err
}

// EndCalendarFeed ends the address of a manager's calendar whose secret has this hash; one that ended stays so.
func (s *Store) EndCalendarFeed(ctx context.Context, managerID, secretHash string) error {
	_, err := s.Exec(ctx, `DELETE FROM calendar_feeds WHERE manager_id = $1 AND secret_hash = $2`, managerID, secretHash)
	return err
}

// CalendarVersion reads what a manager's calendars were told last, and how new it was.
func (s *Store) CalendarVersion(ctx context.Context, managerID string) (digest string, version model.CalendarVersion, err error) {
	var changed sql.NullInt64
	err = s.Query(ctx, func(row func(...any) error) error { return row(&digest, &version.Sequence, &changed) },
		`SELECT digest, changes, changed_at FROM calendar_versions WHERE manager_id = $1`, managerID)
	version.ChangedAt = moment(changed)
	return digest, version, err
}

// RenewCalendarVersion notes that a manager's calendars are told something else from now on; where another request has
// noted the same, that stands. model.ErrNotFound if the manager is gone.
func (s *Store) RenewCalendarVersion(ctx context.Context, managerID, digest string, now time.Time) (model.CalendarVersion, error) {
	_, err := s.Exec(ctx, `
		INSERT INTO calendar_versions (manager_id, digest, changes, changed_at)
		SELECT m.id, $2, 0, $3 FROM managers m WHERE m.id = $1
		ON CONFLICT (manager_id) DO UPDATE SET digest = excluded.digest, changes = calendar_versions.changes + 1,
			changed_at = excluded.changed_at
			WHERE calendar_versions.digest <> excluded.digest`,
		managerID, digest, milliseconds(now))
	if err != nil {
		return model.CalendarVersion{}, err
	}
	stored, version, err := s.CalendarVersion(ctx, managerID)
	if err == nil && stored == "" {
		err = model.ErrNotFound
	}
	return version, err
}

// LatestZone is the one in which a manager's days were counted on their last visit with a known one; the zero value where
// there was none.
func (s *Store) LatestZone(ctx context.Context, managerID string) (latest model.Zone, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(zone(&latest)) },
		`SELECT zone FROM sessions WHERE manager_id = $1 AND zone <> '' ORDER BY seen_at DESC, id LIMIT 1`, managerID)
	return latest, err
}
