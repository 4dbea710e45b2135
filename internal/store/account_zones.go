package store

import (
	"context"
	"fmt"

	"whetstone/internal/model"
)

// storedZone reads a time zone into what it points at. A name that this program doesn't know, perhaps from a newer
// time zone database, is read as no zone.
type storedZone struct{ into *model.Zone }

func zone(into *model.Zone) storedZone { return storedZone{into} }

// Scan implements sql.Scanner.
func (z storedZone) Scan(stored any) error {
	switch name := stored.(type) {
	case string:
		*z.into, _ = model.ReadZone(name)
	case []byte:
		*z.into, _ = model.ReadZone(string(name))
	default:
		return fmt.Errorf("a time zone is stored as %T", stored)
	}
	return nil
}

// SetSessionZone keeps the zone in which a session's days are counted. A zone from the browser changes nothing if the
// owner has chosen one.
func (s *Store) SetSessionZone(ctx context.Context, id string, days model.ToldZone, told bool) error {
	_, err := s.Exec(ctx, `UPDATE sessions SET zone = $2, zone_chosen = $3 WHERE id = $1 AND (zone_chosen = 0 OR $4 = 0)`,
		id, days.Zone.Name(), number(days.Chosen), number(told))
	return err
}

// SetMentorZone is SetSessionZone for a mentor.
func (s *Store) SetMentorZone(ctx context.Context, id string, days model.ToldZone, told bool) error {
	_, err := s.Exec(ctx, `UPDATE mentors SET zone = $2, zone_chosen = $3 WHERE id = $1 AND (zone_chosen = 0 OR $4 = 0)`,
		id, days.Zone.Name(), number(days.Chosen), number(told))
	return err
}
