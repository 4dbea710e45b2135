package depth

import (
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/views/kit"
)

// moveOf is what became of a domain between two maps; isNew reports whether the later one alone has it.
func moveOf(moves *model.DepthMoves, p model.Placement) (move model.DepthMove, moved, isNew bool) {
	if moves == nil {
		return move, false, false
	}
	for _, one := range moves.Moved {
		if one.After.Domain == p.Domain {
			return one, true, false
		}
	}
	return move, false, slices.ContainsFunc(moves.New, func(one model.Placement) bool { return one.Domain == p.Domain })
}

// wasAt are the domains that stood in a cell of the grid at the earlier map, and stand elsewhere now.
func wasAt(moves *model.DepthMoves, weight model.Weight, depth model.Depth) (was []model.DepthMove) {
	if moves == nil {
		return nil
	}
	for _, move := range moves.Moved {
		if before := move.Before; before.Weight == weight && before.Depth == depth && elsewhere(move) {
			was = append(was, move)
		}
	}
	return was
}

// elsewhere reports whether a domain changed its place in the grid.
func elsewhere(move model.DepthMove) bool {
	return move.Before.Weight != move.After.Weight || move.Before.Depth != move.After.Depth
}

// arrow points from where a domain stood in the grid to where it stands.
func arrow(move model.DepthMove) string {
	across := slices.Index(model.Depths, move.After.Depth) - slices.Index(model.Depths, move.Before.Depth)
	down := slices.Index(model.Weights, move.After.Weight) - slices.Index(model.Weights, move.Before.Weight)
	arrows := [3][3]string{{"↖", "↑", "↗"}, {"←", "", "→"}, {"↙", "↓", "↘"}}
	return arrows[direction(down)+1][direction(across)+1]
}

func direction(steps int) int { return min(max(steps, -1), 1) }

// movedShort says below the name of a domain, in few words, what became of it since an earlier map; "" for nothing.
func movedShort(moves *model.DepthMoves, p model.Placement) string {
	move, moved, isNew := moveOf(moves, p)
	switch {
	case isNew:
		return "newly placed"
	case !moved:
		return ""
	}
	before, after := move.Before, move.After
	switch {
	case before.Depth != after.Depth && before.Weight != after.Weight:
		return "from " + kit.InText(depthNames[before.Depth]) + "; it " + weightMoved[[2]model.Weight{before.Weight, after.Weight}]
	case before.Depth != after.Depth:
		return "from " + kit.InText(depthNames[before.Depth])
	case before.Weight != after.Weight:
		return weightMoved[[2]model.Weight{before.Weight, after.Weight}]
	case !before.Covered():
		return "somebody to rely on now"
	case !after.Covered():
		return "nobody any more"
	}
	return "somebody else now"
}

// movedWord says in the table what became of a domain since an earlier map.
func movedWord(moves *model.DepthMoves, p model.Placement) string {
	move, moved, isNew := moveOf(moves, p)
	switch {
	case isNew:
		return "newly placed"
	case !moved:
		return "–"
	}
	return changes(move)
}

// ruleNames are what the findings of a domain are called in a table.
var ruleNames = map[model.DepthRule]string{
	model.Exposed: "exposed", model.HalfExposed: "half exposed", model.Alone: "the team leans on you alone", model.Thin: "thin",
	model.Unasked: "a name not yet asked", model.Covered: "covered: as it should be", model.OwnDepth: "yours in depth", model.Spare: "depth to spare",
}

// ruleName is what a domain's finding is called, a dash where nothing is said of it.
func ruleName(p model.Placement) string {
	if name, said := ruleNames[report.DomainRule(p)]; said {
		return name
	}
	return "–"
}
