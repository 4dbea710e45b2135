package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"whetstone/internal/model"
)

// PutAggregate freezes what a closed cycle published; setID is the set of its contributors in the ledger, ""
// where they were too few.
func (s *Store) PutAggregate(ctx context.Context, aggregate *model.TeamAggregate, setID string) error {
	body, err := json.Marshal(aggregate)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `INSERT INTO cycle_aggregates (cycle_id, set_id, body) VALUES ($1, $2, $3)`,
		aggregate.CycleID, sql.NullString{String: setID, Valid: setID != ""}, string(body))
	return err
}

// aggregateColumns are what scanClosed reads.
const aggregateColumns = cycleColumns + `, g.body, g.set_id`

func (s *Store) scanClosed(row func(...any) error, more ...any) (model.ClosedCycle, error) {
	var closed model.ClosedCycle
	var body string
	var set sql.NullString
	cycle, err := scanCycle(row, append([]any{&body, &set}, more...)...)
	if err != nil {
		return closed, err
	}
	closed.Cycle, closed.SetID = cycle, set.String
	closed.Aggregate, err = s.decoded.aggregates.get(body, func() (*model.TeamAggregate, error) {
		aggregate := &model.TeamAggregate{}
		return aggregate, json.Unmarshal([]byte(body), aggregate)
	})
	if err != nil {
		return closed, fmt.Errorf("the aggregate of cycle %s: %w", cycle.ID, err)
	}
	return closed, nil
}

// ClosedCycles lists the closed cycles of a team of which the manager is a confirmed member, the oldest
// first, with what they published.
func (s *Store) ClosedCycles(ctx context.Context, managerID, teamID string) ([]model.ClosedCycle, error) {
	return s.closedCycles(ctx, `SELECT `+aggregateColumns+` FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id
		WHERE c.team_id = $2 AND `+confirmedIn+` ORDER BY c.opens_at, c.id`, managerID, teamID)
}

// ClosedBefore finds the latest closed cycle of a team, of one form, that opened before a moment;
// model.ErrNotFound if there is none.
func (s *Store) ClosedBefore(ctx context.Context, teamID string, form model.Form, opened time.Time) (model.ClosedCycle, error) {
	list, err := s.closedCycles(ctx, `SELECT `+aggregateColumns+` FROM cycles c JOIN cycle_aggregates g ON g.cycle_id = c.id
		WHERE c.team_id = $1 AND c.form = $2 AND c.opens_at < $3 ORDER BY c.opens_at DESC, c.id LIMIT 1`,
		teamID, string(form), milliseconds(opened))
	if err != nil {
		return model.ClosedCycle{}, err
	}
	if len(list) == 0 {
		return model.ClosedCycle{}, model.ErrNotFound
	}
	return list[0], nil
}

func (s *Store) closedCycles(ctx context.Context, query string, arguments ...any) (list []model.ClosedCycle, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		closed, err := s.scanClosed(row)
		list = append(list, closed)
		return err
	}, query, arguments...)
	return list, err
}

// PutShownScores freezes the area scores that a manager shows by name in a closed cycle of a team. Existing ones stay.
func (s *Store) PutShownScores(ctx context.Context, managerID, teamID, cycleID string, scores map[string]float64) error {
	for area, score := range scores {
		_, err := s.Exec(ctx, `INSERT INTO shown_scores (cycle_id, member_id, area, score)
			SELECT c.id, m.id, $4, $5 FROM team_members m JOIN cycles c ON c.team_id = m.team_id
			WHERE m.manager_id = $1 AND m.team_id = $2 AND c.id = $3 AND c.closed_at IS NOT NULL
			ON CONFLICT (cycle_id, member_id, area) DO NOTHING`, managerID, teamID, cycleID, area, score)
		if err != nil {
			return err
		}
	}
	return nil
}

// DeleteShownScores hides the scores that a manager shows in a cycle.
func (s *Store) DeleteShownScores(ctx context.Context, managerID, teamID, cycleID string) error {
	_, err := s.Exec(ctx, `DELETE FROM shown_scores WHERE cycle_id = $3 AND member_id IN
		(SELECT m.id FROM team_members m WHERE m.manager_id = $1 AND m.team_id = $2)`, managerID, teamID, cycleID)
	return s.NoteRemains(ctx, err)
}

// ShownScores returns the area scores that members show by name in a cycle of a team of which the manager is
// a confirmed member, by member and area.
func (s *Store) ShownScores(ctx context.Context, managerID, teamID, cycleID string) (map[string]map[string]float64, error) {
	shown := map[string]map[string]float64{}
	err := s.Query(ctx, func(row func(...any) error) error {
		var member, area string
		var score float64
		err := row(&member, &area, &score)
		if shown[member] == nil {
			shown[member] = map[string]float64{}
		}
		shown[member][area] = score
		return err
	}, `SELECT x.member_id, x.area, x.score FROM shown_scores x JOIN cycles c ON c.id = x.cycle_id
		WHERE c.team_id = $2 AND c.id = $3 AND `+confirmedIn, managerID, teamID, cycleID)
	return shown, err
}
