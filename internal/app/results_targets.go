package app

import (
	"context"
	"strconv"

	"whetstone/internal/model"
	"whetstone/internal/rounding"
	"whetstone/internal/store"
)

// The bounds of a target, in levels.
const (
	lowestTarget  = 2.0
	highestTarget = 4.0
)

// Targets returns a manager's targets for a scope beside the shipped ones. managerID may be "".
func (a *App) Targets(ctx context.Context, managerID, scopeID string) (*model.TargetChoices, error) {
	return a.targets(ctx, a.store, managerID, scopeID)
}

func (a *App) targets(ctx context.Context, data *store.Store, managerID, scopeID string) (*model.TargetChoices, error) {
	scope, found := a.reports.Library.Model.Scope(scopeID)
	if !found {
		return nil, model.ErrNotFound
	}
	own, err := data.Targets(ctx, managerID, scopeID)
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
				Chosen: chosen, Shipped: shipped, Seen: seenToken(0, ownTarget(chosen, shipped)...),
			})
		}
		break // a shipped questionnaire takes precedence over an operator's own for the same scope
	}
	return choices, nil
}

// ownTarget returns the value and the importance of a target as fields, each "" where it follows the shipped target.
func ownTarget(target, shipped model.Target) []string {
	fields := []string{"", ""}
	if target.Value != shipped.Value {
		fields[0] = rounding.Decimal(target.Value)
	}
	if target.Importance != shipped.Importance {
		fields[1] = strconv.Itoa(target.Importance)
	}
	return fields
}

// SaveTargets keeps a manager's targets for a scope; a target equal to the shipped one follows the shipped one from
// then on, and one that no input names stays. Bad input is a model.Invalid error that names each field. What was
// changed elsewhere in the meantime is a model.Conflict error that names each target. Nothing is kept then.
func (a *App) SaveTargets(ctx context.Context, managerID, scopeID string, inputs []model.TargetInput) error {
	sent := map[string]model.TargetInput{}
	for _, input := range inputs {
		sent[input.Competency] = input
	}
	return a.store.InTx(ctx, func(tx *store.Store) error {
		choices, err := a.targets(ctx, tx, managerID, scopeID)
		if err != nil {
			return err
		}
		var wrong fieldErrors
		var own []model.Target
		var conflicts []string
		asked := 0
		for _, row := range choices.Rows {
			input, found := sent[row.Competency.ID]
			if found {
				asked++
				if input.Shipped {
					input.Target = row.Shipped
				}
				checkTarget(&wrong, input.Target, row.Competency.Name)
				merged, conflict := mergeTarget(input, row)
				if conflict {
					conflicts = append(conflicts, "target."+row.Competency.ID)
				}
				row.Chosen = merged
			}
			if row.Chosen != row.Shipped {
				own = append(own, row.Chosen)
			}
		}
		switch {
		case asked < len(sent):
			return model.ErrNotFound
		case len(wrong) > 0:
			return wrong.err()
		case len(conflicts) > 0:
			return model.ConflictIn(conflicts...)
		}
		return tx.PutTargets(ctx, managerID, scopeID, own)
	})
}

// mergeTarget merges what a form sends with what is stored, see merge.
func mergeTarget(input model.TargetInput, row model.TargetChoice) (merged model.Target, conflict bool) {
	if input.Seen == "" { // see mergeFields
		return input.Target, false
	}
	sent := ownTarget(input.Target, row.Shipped)
	fields, conflict := merge(input.Seen, ownTarget(row.Chosen, row.Shipped), sent)
	merged = row.Chosen
	if fields[0] == sent[0] {
		merged.Value = input.Value
	}
	if fields[1] == sent[1] {
		merged.Importance = input.Importance
	}
	return merged, conflict
}

func checkTarget(wrong *fieldErrors, target model.Target, name string) {
	if target.Value < lowestTarget || target.Value > highestTarget || !model.HalfLevel(target.Value) {
		wrong.add("target."+target.Competency, name+": choose a target from 2.0 to 4.0, in steps of a half.")
	}
	if target.Importance < 1 || target.Importance > 3 {
		wrong.add("importance."+target.Competency, name+": choose an importance from 1 to 3.")
	}
}
