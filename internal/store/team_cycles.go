package store

import (
	"context"
	"database/sql"
	"time"

	"whetstone/internal/model"
)

const cycleColumns = `c.id, c.team_id, c.name, c.form, c.questionnaire_id, c.opens_at, c.closes_at, c.closed_at, c.counts_from,
	c.smallest_group, c.smallest_effective_group, c.smallest_known, c.rules`

func scanCycle(row func(...any) error, more ...any) (*model.Cycle, error) {
	var cycle model.Cycle
	var opens, closes, closed, from sql.NullInt64
	err := row(append([]any{&cycle.ID, &cycle.TeamID, &cycle.Name, &cycle.Form, &cycle.QuestionnaireID,
		&opens, &closes, &closed, &from, &cycle.SmallestGroup, &cycle.SmallestEffectiveGroup, &cycle.SmallestKnown, &cycle.Rules}, more...)...)
	cycle.OpensAt, cycle.ClosesAt, cycle.ClosedAt, cycle.CountsFrom = moment(opens), moment(closes), moment(closed), moment(from)
	return &cycle, err
}

// CreateCycle adds a cycle to a team that the manager stewards; model.ErrNotFound if they don't. One that doesn't say from
// when on it counts does so from its opening.
func (s *Store) CreateCycle(ctx context.Context, managerID string, cycle *model.Cycle) error {
	from := cycle.CountsFrom
	if from.IsZero() {
		from = cycle.OpensAt
	}
	return found(s.Exec(ctx, `
		INSERT INTO cycles (id, team_id, name, form, questionnaire_id, opens_at, closes_at, counts_from,
			smallest_group, smallest_effective_group, smallest_known, rules)
		SELECT $3, t.id, $4, $5, $6, $7, $8, $13, $9, $10, $11, $12 FROM teams t WHERE t.id = $2 AND `+stewardOf,
		managerID, cycle.TeamID, cycle.ID, cycle.Name, string(cycle.Form), cycle.QuestionnaireID,
		milliseconds(cycle.OpensAt), milliseconds(cycle.ClosesAt),
		cycle.SmallestGroup, cycle.SmallestEffectiveGroup, cycle.SmallestKnown, int(cycle.Rules), milliseconds(from)))
}

// Cycles lists the cycles of a team of which the manager is a confirmed member, the latest first.
func (s *Store) Cycles(ctx context.Context, managerID, teamID string) (list []*model.Cycle, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		cycle, err := scanCycle(row)
		list = append(list, cycle)
		return err
	}, `SELECT `+cycleColumns+` FROM cycles c WHERE c.team_id = $2 AND `+confirmedIn+`
		ORDER BY c.opens_at DESC, c.id`, managerID, teamID)
	return list, err
}

// Cycle reads one cycle of a team of which the manager is a confirmed member; model.ErrNotFound if there is
// none.
func (s *Store) Cycle(ctx context.Context, managerID, teamID, cycleID string) (cycle *model.Cycle, err error) {
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		cycle, err = scanCycle(row)
		return err
	}, `SELECT `+cycleColumns+` FROM cycles c WHERE c.team_id = $2 AND c.id = $3 AND `+confirmedIn,
		managerID, teamID, cycleID)
	if err == nil && cycle == nil {
		err = model.ErrNotFound
	}
	return cycle, err
}

// OpenCycles lists the cycles that are open in any of a manager's teams, with their teams, and that count the manager,
// who must have been confirmed before it opened.
func (s *Store) OpenCycles(ctx context.Context, managerID string, now time.Time) (list []model.ContributionOffer, err error) {
	err = s.Query(ctx, func(row func(...any) error) (err error) {
		var offer model.ContributionOffer
		team := &offer.Team
		offer.Cycle, err = scanCycle(row, &team.ID, &team.Name, &team.Purpose, &team.SmallestGroup, zone(&team.Zone), &offer.Members, &offer.Contributes)
		list = append(list, offer)
		return err
	}, `SELECT `+cycleColumns+`, t.id, t.name, t.purpose, t.smallest_group, t.zone, `+countedMembers+`, `+number01(contributes)+`
		FROM `+countingCycles("$1", "$2")+` ORDER BY t.name, t.id`, managerID, milliseconds(now))
	return list, err
}

// DeleteCycle removes a cycle that is planned or open at this moment, with what was contributed, from a team
// that the manager stewards, and reports whether it did.
func (s *Store) DeleteCycle(ctx context.Context, managerID, teamID, cycleID string, now time.Time) (done bool, err error) {
	changed, err := s.Exec(ctx, `DELETE FROM cycles
		WHERE team_id = $2 AND id = $3 AND closed_at IS NULL AND closes_at > $4 AND `+stewardOf,
		managerID, teamID, cycleID, milliseconds(now))
	return changed > 0, err
}

// DueCycles lists the cycles of all teams that are past their last day and not closed, the first to end
// first.
func (s *Store) DueCycles(ctx context.Context, now time.Time) (list []*model.Cycle, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		cycle, err := scanCycle(row)
		list = append(list, cycle)
		return err
	}, `SELECT `+cycleColumns+` FROM cycles c
		WHERE c.closed_at IS NULL AND c.closes_at <= $1 ORDER BY c.closes_at, c.id`, milliseconds(now))
	return list, err
}

// MarkClosed closes a cycle that has opened, and reports whether it did: a cycle is closed once.
func (s *Store) MarkClosed(ctx context.Context, teamID, cycleID string, now time.Time) (done bool, err error) {
	changed, err := s.Exec(ctx, `UPDATE cycles SET closed_at = $3
		WHERE team_id = $1 AND id = $2 AND closed_at IS NULL AND opens_at <= $3`, teamID, cycleID, milliseconds(now))
	return changed > 0, err
}

// CountsDue reports whether an open cycle waits for the count of a day.
func (s *Store) CountsDue(ctx context.Context, now time.Time) (due bool, err error) {
	var waiting int
	err = s.QueryRow(ctx, `SELECT count(*) FROM cycles c
		WHERE c.closed_at IS NULL AND c.opens_at <= $1 AND c.closes_at > $1
		AND NOT EXISTS (SELECT 1 FROM cycle_counts d WHERE d.cycle_id = c.id AND d.day = $2)`,
		[]any{milliseconds(now), date(now.UTC())}, &waiting)
	return waiting > 0, err
}

// FreezeCounts keeps, for the open cycles of one team, or of all where teamID is "", how many contribute now, as the
// count of the day. Each day's count is stored once.
func (s *Store) FreezeCounts(ctx context.Context, teamID string, now time.Time) error {
	_, err := s.Exec(ctx, `INSERT INTO cycle_counts (cycle_id, day, contributors)
		SELECT c.id, $2, (SELECT count(*) FROM cycle_contributions t WHERE t.cycle_id = c.id)
		FROM cycles c WHERE c.closed_at IS NULL AND c.opens_at <= $1 AND c.closes_at > $1 AND ($3 = '' OR c.team_id = $3)
		ON CONFLICT (cycle_id, day) DO NOTHING`, milliseconds(now), date(now.UTC()), teamID)
	return err
}

// DayCount returns the latest count that was kept of a cycle; 0 if there is none.
func (s *Store) DayCount(ctx context.Context, cycleID string) (count int, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&count) },
		`SELECT contributors FROM cycle_counts WHERE cycle_id = $1 ORDER BY day DESC LIMIT 1`, cycleID)
	return count, err
}
