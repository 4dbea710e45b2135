package store

import (
	"context"
	"database/sql"

	"whetstone/internal/model"
)

// Mark is a short random text that tells this installation from others. It was made with the schema, and
// moves with the data.
func (s *Store) Mark(ctx context.Context) (mark string, err error) {
	err = s.QueryRow(ctx, `SELECT mark FROM installation WHERE id = 1`, nil, &mark)
	return mark, err
}

// Installation reads what organisers have set for this installation, and whether anybody organises it by a code.
func (s *Store) Installation(ctx context.Context) (set model.Installation, err error) {
	var closed string
	var changed sql.NullInt64
	err = s.QueryRow(ctx, `SELECT name, welcome, contact, pulse_weeks, full_weeks, smallest_group, organisers_only, closed_ways, changed_at,
			EXISTS (SELECT 1 FROM organisers)
		FROM installation WHERE id = 1`, nil,
		&set.Name, &set.Welcome, &set.Contact, &set.PulseWeeks, &set.FullWeeks, &set.SmallestGroup, &set.OrganisersOnly, &closed, &changed, &set.Organised)
	set.Closed, set.ChangedAt = model.SplitMarks(closed), moment(changed)
	return set, err
}

// PutInstallation keeps what organisers have set.
func (s *Store) PutInstallation(ctx context.Context, set model.Installation) error {
	_, err := s.Exec(ctx, `UPDATE installation SET name = $1, welcome = $2, contact = $3, pulse_weeks = $4, full_weeks = $5,
		smallest_group = $6, organisers_only = $7, closed_ways = $8, changed_at = $9 WHERE id = 1`,
		set.Name, set.Welcome, set.Contact, set.PulseWeeks, set.FullWeeks, set.SmallestGroup, number(set.OrganisersOnly),
		model.JoinMarks(set.Closed), milliseconds(set.ChangedAt))
	return err
}
