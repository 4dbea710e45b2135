package demonstration

import (
	"context"
	"strconv"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// placing is where the made-up manager puts one domain.
type placing struct {
	domain, depth, weight, role, whom string
	asked                             bool
	// ago is how many years before today they last worked in it; 0 if they don't say.
	ago int
}

// mapsOf are the made-up manager's depth maps, by how many quarters ago each was finished. Only what changed since the one
// before is told of the later two; the last two answer for a wider scope.
var mapsOf = map[int][]placing{
	5: {
		{domain: "architecture", depth: "deep", weight: "high", role: "senior-engineer", asked: true, ago: 2},
		{domain: "data-pipelines", depth: "none", weight: "medium"},
		{domain: "operations", depth: "working", weight: "high", role: "platform", ago: 3},
		{domain: "security-privacy", depth: "none", weight: "high"},
		{domain: "ux", depth: "conversant", weight: "high", role: "ux-partner", asked: true},
		{domain: "business", depth: "conversant", weight: "low"},
		{domain: "backend", depth: "deep", weight: "high", role: "senior-engineer", ago: 2},
		{domain: "frontend", depth: "none", weight: "high", role: "senior-engineer", asked: true},
		{domain: "quality-release", depth: "working", weight: "medium", role: "senior-engineer", ago: 4},
	},
	1: {
		{domain: "data-pipelines", depth: "conversant", weight: "medium", role: "data-partner", asked: true},
		{domain: "frontend", depth: "conversant", weight: "medium", role: "another-lead", asked: true},
		{domain: "ux", depth: "conversant", weight: "high", role: "ux-partner"},
		{domain: "business", depth: "conversant", weight: "high", role: "product-partner", asked: true},
		{domain: "contracts", depth: "working", weight: "high", role: "another-lead"},
		{domain: "platforms-vendors", depth: "none", weight: "medium", role: "vendor", asked: true},
		{domain: "own-1", depth: "deep", weight: "low", whom: "made up: whoever wrote it", ago: 5},
	},
	0: {
		{domain: "architecture", depth: "deep", weight: "high", ago: 2},
		{domain: "ux", depth: "conversant", weight: "high", role: "ux-partner", asked: true},
		{domain: "backend", depth: "working", weight: "high", role: "senior-engineer", ago: 2},
		{domain: "quality-release", depth: "working", weight: "medium", role: "senior-engineer", ago: 4},
	},
}

// ownTool is the made-up manager's own domain.
const ownTool = "Made up: the build tool"

// place makes up the depth map that was finished with an assessment, through the same use cases as a real one.
func place(ctx context.Context, useCases *app.App, manager, scope string, quartersAgo, thisYear int) error {
	if mapsOf[quartersAgo] == nil {
		return nil
	}
	begun, err := useCases.BeginMap(ctx, manager, model.BeginMapInput{Scope: scope, Craft: "software"})
	if err != nil {
		return err
	}
	return useCases.SavePlaces(ctx, manager, begun.ID, inputsOf(mapsOf[quartersAgo], thisYear), true)
}

// inputsOf are what a form says of some domains.
func inputsOf(placings []placing, thisYear int) (inputs []model.PlacementInput) {
	for _, placing := range placings {
		input := model.PlacementInput{
			Domain: placing.domain, Depth: placing.depth, Weight: placing.weight, Role: placing.role, Whom: placing.whom,
			Asked: placing.asked,
		}
		if placing.ago > 0 {
			input.Year = strconv.Itoa(thisYear - placing.ago)
		}
		if placing.domain == "own-1" {
			input.Name = ownTool
		}
		inputs = append(inputs, input)
	}
	return inputs
}
