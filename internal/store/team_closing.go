package store

import (
	"context"

	"whetstone/internal/model"
)

// Only the closing of a cycle may use what this file reads. Nothing else in the store reveals what members answered,
// and an architecture test enforces that.

// ClosingContributors returns the tokens of those who contribute to a cycle and were confirmed before it opened.
func (s *Store) ClosingContributors(ctx context.Context, cycleID string) (answers []model.LedgerAnswer, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var answer model.LedgerAnswer
		err := row(&answer.Person, &answer.Assessment)
		answers = append(answers, answer)
		return err
	}, `SELECT p.token, k.token
		FROM cycle_contributions t JOIN cycles c ON c.id = t.cycle_id JOIN team_members m ON m.id = t.member_id
			JOIN ledger_persons p ON p.manager_id = m.manager_id
			JOIN ledger_sittings k ON k.assessment_id = t.assessment_id
		WHERE t.cycle_id = $1 AND m.confirmed_at < c.opens_at ORDER BY p.token`, cycleID)
	return answers, err
}

// ClosingKnown returns, by token, which of a cycle's contributors each contributor knows: what they ticked themselves.
func (s *Store) ClosingKnown(ctx context.Context, cycleID string) (model.Known, error) {
	known := model.Known{}
	return known, s.Query(ctx, func(row func(...any) error) error {
		var person, other string
		err := row(&person, &other)
		known[person] = append(known[person], other)
		return err
	}, `SELECT p.token, q.token FROM cycle_contributions t
			JOIN team_acquaintances k ON k.member_id = t.member_id
			JOIN cycle_contributions o ON o.cycle_id = t.cycle_id AND o.member_id = k.known_id
			JOIN team_members m ON m.id = t.member_id JOIN ledger_persons p ON p.manager_id = m.manager_id
			JOIN team_members n ON n.id = o.member_id JOIN ledger_persons q ON q.manager_id = n.manager_id
		WHERE t.cycle_id = $1 ORDER BY p.token, q.token`, cycleID)
}

// DropContributions forgets who contributes to a cycle which assessment: after the close only the ledger's tokens are
// left of it, and nothing at all where nothing is published.
func (s *Store) DropContributions(ctx context.Context, cycleID string) error {
	_, err := s.Exec(ctx, `DELETE FROM cycle_contributions WHERE cycle_id = $1`, cycleID)
	return err
}

// ContributedSums sums up, by competency, what the people of a set of the ledger answered with a level. Anyone who has
// deleted the assessment is left out. Notes and comments aren't read.
func (s *Store) ContributedSums(ctx context.Context, setID string) ([]model.Contributed, error) {
	return s.sums(ctx, `SELECT l.person, l.sitting, a.scope, i.competency, CAST(sum(r.level) AS BIGINT), count(*)
		FROM ledger_answers l JOIN ledger_sittings k ON k.token = l.sitting
			JOIN assessments a ON a.id = k.assessment_id
			JOIN assessment_items i ON i.assessment_id = a.id
			JOIN answers r ON r.assessment_id = i.assessment_id AND r.item_id = i.item_id
		WHERE l.set_id = $1 AND r.level BETWEEN 1 AND 5
		GROUP BY l.person, l.sitting, a.scope, i.competency ORDER BY l.person, i.competency`, setID)
}

// ClosingSums is ContributedSums for those who contribute to a cycle that isn't closed yet.
func (s *Store) ClosingSums(ctx context.Context, cycleID string) ([]model.Contributed, error) {
	return s.sums(ctx, `SELECT p.token, k.token, a.scope, i.competency, CAST(sum(r.level) AS BIGINT), count(*)
		FROM cycle_contributions t JOIN team_members m ON m.id = t.member_id
			JOIN ledger_persons p ON p.manager_id = m.manager_id
			JOIN ledger_sittings k ON k.assessment_id = t.assessment_id
			JOIN assessments a ON a.id = t.assessment_id
			JOIN assessment_items i ON i.assessment_id = a.id
			JOIN answers r ON r.assessment_id = i.assessment_id AND r.item_id = i.item_id
		WHERE t.cycle_id = $1 AND r.level BETWEEN 1 AND 5
		GROUP BY p.token, k.token, a.scope, i.competency ORDER BY p.token, i.competency`, cycleID)
}

// sums reads what a statement sums up, by person.
func (s *Store) sums(ctx context.Context, query, id string) (list []model.Contributed, err error) {
	err = s.Query(ctx, func(row func(...any) error) error {
		var one model.Contributed
		var competency string
		var sum model.LevelSum
		if err := row(&one.Person, &one.Assessment, &one.Scope, &competency, &sum.Sum, &sum.Count); err != nil {
			return err
		}
		if last := len(list) - 1; last < 0 || list[last].Person != one.Person {
			one.Sums = map[string]model.LevelSum{}
			list = append(list, one)
		}
		list[len(list)-1].Sums[competency] = sum
		return nil
	}, query, id)
	return list, err
}
