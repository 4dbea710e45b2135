package store

import (
	"context"

	"whetstone/internal/model"
)

// Targets reads a manager's own targets for a scope, by competency.
func (s *Store) Targets(ctx context.Context, managerID, scope string) (map[string]model.Target, error) {
	targets := map[string]model.Target{}
	err := s.Query(ctx, func(row func(...any) error) error {
		var target model.Target
		err := row(&target.Competency, &target.Value, &target.Importance)
		targets[target.Competency] = target
		return err
	}, `SELECT competency, value, importance FROM targets WHERE manager_id = $1 AND scope = $2`, managerID, scope)
	return targets, err
}

// PutTargets replaces all of a manager's own targets for a scope.
func (s *Store) PutTargets(ctx context.Context, managerID, scope string, targets []model.Target) error {
	if _, err := s.Exec(ctx, `DELETE FROM targets WHERE manager_id = $1 AND scope = $2`, managerID, scope); err != nil {
		return err
	}
	for _, target := range targets {
		_, err := s.Exec(ctx, `
			INSERT INTO targets (manager_id, scope, competency, value, importance) VALUES ($1, $2, $3, $4, $5)`,
			managerID, scope, target.Competency, target.Value, target.Importance)
		if err != nil {
			return err
		}
	}
	return nil
}
