package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

// Cadence reads how often a manager means to be assessed; the zero value where they haven't chosen.
func (s *Store) Cadence(ctx context.Context, managerID string) (cadence model.Cadence, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var chosen sql.NullInt64
		err := row(&cadence.PulseWeeks, &cadence.FullWeeks, &chosen)
		cadence.ChosenAt = moment(chosen)
		return err
	}, `SELECT pulse_weeks, full_weeks, chosen_at FROM cadences WHERE manager_id = $1`, managerID)
	return cadence, err
}

// PutCadence keeps how often a manager means to be assessed, in the place of what they chose before.
func (s *Store) PutCadence(ctx context.Context, managerID string, cadence model.Cadence) error {
	_, err := s.Exec(ctx, `
		INSERT INTO cadences (manager_id, pulse_weeks, full_weeks, chosen_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (manager_id) DO UPDATE SET pulse_weeks = excluded.pulse_weeks, full_weeks = excluded.full_weeks,
			chosen_at = excluded.chosen_at`,
		managerID, cadence.PulseWeeks, cadence.FullWeeks, milliseconds(cadence.ChosenAt))
	return err
}
