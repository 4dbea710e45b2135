package demonstration

import (
	"context"

	"whetstone/internal/model"
)

// reliesOf are the made-up depth maps of members who show the team on whom they rely, by the place of the member.
var reliesOf = map[int][]placing{
	1: {
		{domain: "security-privacy", depth: "none", weight: "high"},
		{domain: "data-pipelines", depth: "conversant", weight: "medium"},
		{domain: "ux", depth: "conversant", weight: "high", role: "ux-partner", asked: true},
		{domain: "backend", depth: "deep", weight: "high", role: "senior-engineer"},
		{domain: "own-1", depth: "none", weight: "medium"},
	},
	2: {
		{domain: "security-privacy", depth: "conversant", weight: "high"},
		{domain: "ux", depth: "none", weight: "medium", role: "product-partner"},
		{domain: "operations", depth: "working", weight: "high", role: "platform"},
		{domain: "own-1", depth: "deep", weight: "high", whom: "made up: whoever wrote it"},
	},
	4: {
		{domain: "security-privacy", depth: "none", weight: "medium"},
		{domain: "data-pipelines", depth: "none", weight: "high"},
		{domain: "architecture", depth: "working", weight: "high", role: "another-lead", asked: true},
		{domain: "operations", depth: "conversant", weight: "high", role: "platform", asked: true},
	},
	5: {
		{domain: "security-privacy", depth: "conversant", weight: "high", role: "security", asked: true},
		{domain: "data-pipelines", depth: "working", weight: "high", role: "data-partner"},
		{domain: "ux", depth: "conversant", weight: "medium", role: "ux-partner"},
		{domain: "mobile-devices", depth: "none", weight: "medium"},
	},
}

// rely makes up depth maps of some members of a team, and lets them show on whom they rely.
func (c *company) rely(ctx context.Context, team *team, id string) error {
	for place, person := range team.people {
		placings := reliesOf[place]
		if placings == nil {
			continue
		}
		c.clock.at = c.today.AddDate(0, 0, -7*place)
		begun, err := c.useCases.BeginMap(ctx, person.manager, model.BeginMapInput{Scope: "first-team", Craft: "software"})
		if err != nil {
			return err
		}
		if err := c.useCases.SavePlaces(ctx, person.manager, begun.ID, inputsOf(placings, c.today.Year()), true); err != nil {
			return err
		}
		input := model.ReliancesInput{Map: begun.ID}
		for _, placing := range placings {
			input.Ticked = append(input.Ticked, placing.domain)
		}
		if err := c.useCases.ShowMap(ctx, person.manager, id, input); err != nil {
			return err
		}
	}
	return nil
}
