package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"whetstone/internal/model"
)

// TakeTurn waits for anyone else who is publishing, in any process, and makes others wait until the transaction ends:
// a decision has to know everything that was published before it. It returns the number of the turn.
func (s *Store) TakeTurn(ctx context.Context) (turn int64, err error) {
	err = s.QueryRow(ctx, `UPDATE ledger_turns SET turns = turns + 1 WHERE id = 1 RETURNING turns`, nil, &turn)
	return turn, err
}

// Turn returns the number of the last turn that was taken.
func (s *Store) Turn(ctx context.Context) (turn int64, err error) {
	err = s.QueryRow(ctx, `SELECT turns FROM ledger_turns WHERE id = 1`, nil, &turn)
	return turn, err
}

// PublishedSince returns the people, by token, of whom something was published in the turns after one.
func (s *Store) PublishedSince(ctx context.Context, turn int64) (people []string, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var person string
		err := row(&person)
		people = append(people, person)
		return err
	}, `SELECT DISTINCT l.person FROM ledger_observations o JOIN ledger_answers l ON l.set_id = o.set_id WHERE o.turn > $1`, turn)
	return people, err
}

// PutTokens gives a manager, and one of their assessments, tokens of their own in the ledger, where they have
// none yet.
func (s *Store) PutTokens(ctx context.Context, managerID, assessmentID, person, assessment string) error {
	_, err := s.Exec(ctx, `INSERT INTO ledger_persons (manager_id, token) VALUES ($1, $2)
		ON CONFLICT (manager_id) DO NOTHING`, managerID, person)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, `INSERT INTO ledger_sittings (assessment_id, token)
		SELECT a.id, $3 FROM assessments a WHERE a.manager_id = $1 AND a.id = $2
		ON CONFLICT (assessment_id) DO NOTHING`, managerID, assessmentID, assessment)
	return err
}

// PutHidden notes for each of some people, by token, their smallest effective group over everything that was published
// about them. Tokens that no longer lead to anybody are skipped.
func (s *Store) PutHidden(ctx context.Context, groups map[string]int) error {
	for _, person := range slices.Sorted(maps.Keys(groups)) {
		_, err := s.Exec(ctx, `UPDATE ledger_persons SET hidden = $2 WHERE token = $1 AND hidden <> $2`, person, groups[person])
		if err != nil {
			return err
		}
	}
	return nil
}

// HiddenOf returns what is noted as the smallest effective group of people, by token.
func (s *Store) HiddenOf(ctx context.Context, people []string) (map[string]int, error) {
	noted := map[string]int{}
	return noted, s.inChunks(ctx, people, `SELECT token, hidden FROM ledger_persons WHERE token IN (%s)`,
		func(row func(...any) error) error {
			var person string
			var group int
			err := row(&person, &group)
			noted[person] = group
			return err
		})
}

// Hidden returns a manager's smallest effective group; 0 where nothing was published about them.
func (s *Store) Hidden(ctx context.Context, managerID string) (people int, err error) {
	err = s.Query(ctx, func(row func(...any) error) error { return row(&people) },
		`SELECT hidden FROM ledger_persons WHERE manager_id = $1`, managerID)
	return people, err
}

// Shown counts the answers of a set that were shown by name, hidden again or not, and reports whether the
// manager's own is one of them.
func (s *Store) Shown(ctx context.Context, managerID, setID string) (count int, own bool, err error) {
	var mine int
	err = s.QueryRow(ctx, `SELECT count(*), count(p.manager_id)
		FROM ledger_answers l LEFT JOIN ledger_persons p ON p.token = l.person AND p.manager_id = $1
		WHERE l.set_id = $2 AND EXISTS (SELECT 1 FROM ledger_answers x JOIN ledger_observations o ON o.set_id = x.set_id
			WHERE x.person = l.person AND x.sitting = l.sitting AND o.kind = $3)`,
		[]any{managerID, setID, int(model.Shown)}, &count, &mine)
	return count, mine > 0, err
}

// OwnAssessment finds a manager's own answer in a set of the ledger, and the assessment that it is of;
// model.ErrNotFound where they have none in it or have deleted it.
func (s *Store) OwnAssessment(ctx context.Context, managerID, setID string) (answer model.LedgerAnswer, assessmentID string, err error) {
	err = s.QueryRow(ctx, `SELECT l.person, l.sitting, a.id
		FROM ledger_persons p JOIN ledger_answers l ON l.person = p.token
			JOIN ledger_sittings t ON t.token = l.sitting
			JOIN assessments a ON a.id = t.assessment_id AND a.manager_id = p.manager_id
		WHERE p.manager_id = $1 AND l.set_id = $2`,
		[]any{managerID, setID}, &answer.Person, &answer.Assessment, &assessmentID)
	return answer, assessmentID, err
}

// PutSet adds a set of answers to the ledger, with whom in it each person knows.
func (s *Store) PutSet(ctx context.Context, id string, answers []model.LedgerAnswer, known model.Known) error {
	for _, answer := range answers {
		_, err := s.Exec(ctx, `INSERT INTO ledger_answers (set_id, person, sitting, known) VALUES ($1, $2, $3, $4)`,
			id, answer.Person, answer.Assessment, strings.Join(known[answer.Person], "\n"))
		if err != nil {
			return err
		}
	}
	return nil
}

// SetAnswers reads a set of the ledger.
func (s *Store) SetAnswers(ctx context.Context, id string) (answers []model.LedgerAnswer, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var answer model.LedgerAnswer
		err := row(&answer.Person, &answer.Assessment)
		answers = append(answers, answer)
		return err
	}, `SELECT person, sitting FROM ledger_answers WHERE set_id = $1 ORDER BY person`, id)
	return answers, err
}

// PutObservation adds to the ledger, under an id of its own, what is published in a turn about one of its sets.
func (s *Store) PutObservation(ctx context.Context, turn int64, id, setID string, observation model.Observation) error {
	_, err := s.Exec(ctx, `
		INSERT INTO ledger_observations (id, set_id, kind, level, step, smallest_group, smallest_effective_group,
			smallest_known, rules, opened_day, closed_day, turn)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		id, setID, int(observation.Kind), int(observation.Level), observation.Step,
		observation.Thresholds.Group, observation.Thresholds.EffectiveGroup, observation.Thresholds.Known,
		int(observation.Thresholds.Rules), observation.Window.Opened, observation.Window.Closed, turn)
	return err
}

// argumentLimit is the most arguments that a statement gets. The engines would take more.
const argumentLimit = 500

// Connected reads everything that was published about any of these people, or about anybody who shares a set with
// them, and so on across sets and people until nobody is left. Beyond so many sets it stops, and reports that it isn't
// whole.
func (s *Store) Connected(ctx context.Context, people []string, most int) (sets []model.LedgerSet, whole bool, err error) {
	known := map[string]bool{}
	for _, person := range people {
		known[person] = true
	}
	seen := map[string]bool{}
	for len(people) > 0 {
		var ids []string
		err := s.inChunks(ctx, people, `SELECT DISTINCT set_id FROM ledger_answers WHERE person IN (%s)`,
			func(row func(...any) error) error {
				var id string
				err := row(&id)
				if !seen[id] {
					seen[id] = true
					ids = append(ids, id)
				}
				return err
			})
		if err != nil {
			return nil, false, err
		}
		if len(sets)+len(ids) > most {
			return sets, false, nil
		}
		found, err := s.ledgerSets(ctx, ids)
		if err != nil {
			return nil, false, err
		}
		people = nil
		for _, set := range found {
			for _, answer := range set.Answers {
				if !known[answer.Person] {
					known[answer.Person] = true
					people = append(people, answer.Person)
				}
			}
		}
		sets = append(sets, found...)
	}
	return sets, true, nil
}

// ledgerSets reads sets of the ledger with their observations.
func (s *Store) ledgerSets(ctx context.Context, ids []string) ([]model.LedgerSet, error) {
	places := make(map[string]int, len(ids))
	sets := make([]model.LedgerSet, len(ids))
	for place, id := range ids {
		places[id], sets[place].ID = place, id
	}
	known := make([]model.Known, len(ids))
	err := s.inChunks(ctx, ids, `SELECT set_id, person, sitting, known FROM ledger_answers WHERE set_id IN (%s) ORDER BY set_id, person`,
		func(row func(...any) error) error {
			var id, knows string
			var answer model.LedgerAnswer
			if err := row(&id, &answer.Person, &answer.Assessment, &knows); err != nil {
				return err
			}
			place := places[id]
			sets[place].Answers = append(sets[place].Answers, answer)
			if knows != "" {
				if known[place] == nil {
					known[place] = model.Known{}
				}
				known[place][answer.Person] = strings.Split(knows, "\n")
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	return sets, s.inChunks(ctx, ids, `SELECT set_id, kind, level, step, smallest_group, smallest_effective_group,
			smallest_known, rules, opened_day, closed_day
		FROM ledger_observations WHERE set_id IN (%s) ORDER BY id`,
		func(row func(...any) error) error {
			var id string
			var one model.Observation
			err := row(&id, &one.Kind, &one.Level, &one.Step, &one.Thresholds.Group, &one.Thresholds.EffectiveGroup,
				&one.Thresholds.Known, &one.Thresholds.Rules, &one.Window.Opened, &one.Window.Closed)
			if err != nil {
				return err
			}
			set := &sets[places[id]]
			one.Answers, one.Known = set.Answers, known[places[id]]
			set.Observations = append(set.Observations, one)
			return nil
		})
}

// inChunks runs a query over a list of values, which replace %s in it, some of them at a time.
func (s *Store) inChunks(ctx context.Context, values []string, query string, scan func(row func(...any) error) error) error {
	for len(values) > 0 {
		part := values[:min(len(values), argumentLimit)]
		values = values[len(part):]
		marks, arguments := make([]string, len(part)), make([]any, len(part))
		for i, value := range part {
			marks[i], arguments[i] = fmt.Sprintf("$%d", i+1), value
		}
		if err := s.Query(ctx, scan, fmt.Sprintf(query, strings.Join(marks, ", ")), arguments...); err != nil {
			return err
		}
	}
	return nil
}
