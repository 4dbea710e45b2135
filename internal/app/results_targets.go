package app

import (
	"context"
	"math"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// The bounds of a target, in levels.
const (
	lowestTarget  = 2.0
	highestTarget = 4.0
)

// Targets returns a manager's targets for a scope beside the shipped ones. managerID may be "".
func (a *App) Targets(ctx context.Context, managerID, scopeID string) (*model.TargetChoices, error) {
	scope, found := a.reports.Library.Model.Scope(scopeID)
	if !found {
		return nil, model.ErrNotFound
	}
	own, err := a.store.Targets(ctx, managerID, scopeID)
	if err != nil {
		return nil, err
	}
	choices := &model.TargetChoices{Scope: scope, Own: len(own) > 0}
	for _, q := range a.reports.Library.Questionnaires {
		if q.Scope != scopeID {
			continue
		}
		for _, section := range q.For(a.reports.Library.Model.Crafts[0].ID).Sections {
			competency, area := a.reports.Place(section.Competency)
			shipped := model.Target{Competency: competency.ID, Value: section.Target, Importance: section.Importance}
			chosen, isOwn := own[competency.ID]
			if !isOwn {
				chosen = shipped
			}
			choices.Rows = append(choices.Rows, model.TargetChoice{
				Competency: competency, Area: area, Definition: section.Definition,
				Chosen: chosen, Shipped: shipped,
			})
		}
		break // a shipped questionnaire takes precedence over an operator's own for the same scope
	}
	return choices, nil
}

// SaveTargets keeps a manager's targets for a scope; a target equal to the shipped one follows the shipped one from
// then on. Bad input is a model.Invalid error that names each field.
func (a *App) SaveTargets(ctx context.Context, managerID, scopeID string, targets []model.Target) error {
	choices, err := a.Targets(ctx, managerID, scopeID)
	if err != nil {
		return err
	}
	shipped, names := map[string]model.Target{}, map[string]string{}
	for _, row := range choices.Rows {
		shipped[row.Competency.ID], names[row.Competency.ID] = row.Shipped, row.Competency.Name
	}
	var fields []model.FieldError
	var own []model.Target
	for _, target := range targets {
		if _, known := shipped[target.Competency]; !known {
			return model.ErrNotFound
		}
		if target.Value < lowestTarget || target.Value > highestTarget || math.Mod(target.Value*2, 1) != 0 {
			fields = append(fields, model.FieldError{
				Field: "target." + target.Competency, Message: names[target.Competency] + ": choose a target from 2.0 to 4.0, in steps of a half.",
			})
		}
		if target.Importance < 1 || target.Importance > 3 {
			fields = append(fields, model.FieldError{
				Field: "importance." + target.Competency, Message: names[target.Competency] + ": choose an importance from 1 to 3.",
			})
		}
		if target != shipped[target.Competency] {
			own = append(own, target)
		}
	}
	if err := model.InvalidFields(fields); err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.PutTargets(ctx, managerID, scopeID, own) })
}
