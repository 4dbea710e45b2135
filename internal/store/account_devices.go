package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

// Devices lists the live sessions of a manager, those seen after seenAfter, the last seen first.
func (s *Store) Devices(ctx context.Context, managerID string, seenAfter time.Time) ([]model.Device, error) {
	var devices []model.Device
	err := s.Query(ctx, func(row func(...any) error) error {
		var device model.Device
		var created, seen sql.NullInt64
		var way string
		err := row(&device.SessionID, &device.Label, &way, &device.CameAs, &created, &seen)
		device.Way = model.Way(way)
		device.SignedIn, device.Seen = moment(created), moment(seen)
		devices = append(devices, device)
		return err
	}, `SELECT s.id, b.label, s.way, s.came_as, s.created_at, s.seen_at FROM sessions s JOIN browsers b ON b.id = s.browser_id
		WHERE s.manager_id = $1 AND s.seen_at > $2 ORDER BY s.seen_at DESC, s.created_at DESC, s.id`,
		managerID, milliseconds(seenAfter))
	return devices, err
}

// EndSession ends one session of a manager, and forgets its browser if it has no other;
// model.ErrNotFound if the manager has none of this id.
func (s *Store) EndSession(ctx context.Context, managerID, id string) error {
	ended, err := s.endSessions(ctx, `DELETE FROM sessions WHERE manager_id = $1 AND id = $2 RETURNING browser_id`, managerID, id)
	if err == nil && ended == 0 {
		return model.ErrNotFound
	}
	return err
}

// EndOtherSessions ends all sessions of a manager but the one that is kept.
func (s *Store) EndOtherSessions(ctx context.Context, managerID, kept string) error {
	_, err := s.endSessions(ctx, `DELETE FROM sessions WHERE manager_id = $1 AND id <> $2 RETURNING browser_id`, managerID, kept)
	return err
}

// endSessions runs a deletion of sessions that returns their browsers, forgets those that have no session left, and
// returns how many sessions ended.
func (s *Store) endSessions(ctx context.Context, deletion string, arguments ...any) (int, error) {
	var browsers []string
	err := s.Query(ctx, func(row func(...any) error) error {
		var browser string
		err := row(&browser)
		browsers = append(browsers, browser)
		return err
	}, deletion, arguments...)
	if err != nil {
		return 0, err
	}
	for _, browser := range browsers {
		_, err := s.Exec(ctx, `DELETE FROM browsers WHERE id = $1
			AND NOT EXISTS (SELECT 1 FROM sessions WHERE browser_id = $1)`, browser)
		if err != nil {
			return 0, err
		}
	}
	return len(browsers), nil
}

const unusedBrowser = `NOT EXISTS (SELECT 1 FROM sessions WHERE browser_id = browsers.id)`

// BrowsersWithoutSession returns the ids of browsers that no session belongs to, in order, from those after an id on.
// It returns as many as one transaction should delete, and none if there are no more.
func (s *Store) BrowsersWithoutSession(ctx context.Context, after string) (ids []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var id string
		err := row(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM browsers WHERE id > $1 AND `+unusedBrowser+` ORDER BY id LIMIT $2`, after, batchRows)
	return ids, err
}

// DeleteBrowsersWithoutSession forgets those of the browsers that still no session belongs to.
func (s *Store) DeleteBrowsersWithoutSession(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if _, err := s.Exec(ctx, `DELETE FROM browsers WHERE id = $1 AND `+unusedBrowser, id); err != nil {
			return err
		}
	}
	return nil
}
