package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/rounding"
)

// gapLimit is how many of a team's gaps are named.
const gapLimit = 3

// TeamHead names the columns of a team's figures as CSV.
func TeamHead() [][]string {
	return [][]string{{"team", "cycle", "form", "first_day", "closed", "contributors", "scope", "level", "id", "name", "withheld",
		"mean", "mean_is", "step", "lower_quartile", "median", "upper_quartile", "deviation", "change", "changed_since", "mark", "mark_scope", "practice", "practice_became"}}
}

// ResultRows returns the rows of one closed cycle: its figures, then those by scope.
func ResultRows(team string, result *model.TeamResult) [][]string {
	aggregate := result.Aggregate
	since := ""
	if result.Compared != nil {
		since = cell(result.Compared.Name)
	}
	start := []string{
		cell(team), cell(result.Cycle.Name), string(result.Cycle.Form),
		result.Team.Zone.Day(result.Cycle.OpensAt).Format(model.DateLayout), result.Team.Zone.Day(result.Cycle.ClosedAt).Format(model.DateLayout), number(aggregate.Contributors),
	}
	var rows [][]string
	add := func(scope string, figures ...model.TeamFigure) {
		for _, figure := range figures {
			row := append(slices.Clone(start), cell(scope), levelOf(result, figure.ID), cell(figure.ID), cell(result.Names[figure.ID]))
			row = append(row, figureCells(figure)...)
			if figure.Change != "" {
				row = append(row, figure.Change, since)
			} else {
				row = append(row, "", "")
			}
			row = append(row, targetCells(result, scope, figure.ID)...)
			row = append(row, practiceCells(result)...)
			rows = append(rows, row)
		}
	}
	add("", aggregate.Whole)
	add("", aggregate.Areas...)
	add("", aggregate.Competencies...)
	for _, scope := range aggregate.Scopes {
		add(scope.Scope, scope.Figures...)
	}
	return rows
}

// targetCells are the shipped target of a competency and the scope that it is for: that of the row, or else the first,
// as on the page.
func targetCells(result *model.TeamResult, scope, competency string) []string {
	if scope == "" && len(result.Scopes) > 0 {
		scope = result.Scopes[0].ID
	}
	target, marked := result.Aggregate.Targets[scope][competency]
	if !marked {
		return []string{"", ""}
	}
	return []string{rounding.Decimal(target), cell(scope)}
}

// practiceCells are what the team was at before a cycle, and what became of it, the last of several.
func practiceCells(result *model.TeamResult) []string {
	if len(result.Practices) == 0 {
		return []string{"", ""}
	}
	last := result.Practices[len(result.Practices)-1]
	return []string{cell(last.Words), string(last.Became)}
}

// number writes a count; "" for one that is withheld.
func number(count int) string {
	if count == 0 {
		return ""
	}
	return strconv.Itoa(count)
}

// levelOf returns whether an id is that of a competency, an area or the whole.
func levelOf(result *model.TeamResult, id string) string {
	switch {
	case id == model.WholeID:
		return "whole"
	case result.AreaOf[id] != "":
		return "competency"
	}
	return "area"
}

// figureCells are the cells of a figure, from the reason why it is withheld to the deviation.
func figureCells(figure model.TeamFigure) []string {
	cells := make([]string, 8)
	if cells[0] = string(figure.Withheld); figure.Withheld != model.Published {
		return cells
	}
	cells[1], cells[2], cells[3] = rounding.Decimal(figure.Mean.Value), bound(figure.Mean), rounding.Decimal(figure.Step)
	for i, quartile := range figure.Quartiles {
		cells[4+i] = rounding.Decimal(quartile.Value)
	}
	if figure.Spread != nil {
		cells[7] = rounding.Decimal(*figure.Spread)
	}
	return cells
}

// bound returns how to read a number at an end of the scale.
func bound(figure model.Figure) string {
	switch {
	case figure.AtLeast:
		return "at least"
	case figure.AtMost:
		return "at most"
	}
	return "rounded"
}

// ResultsOf returns a function that adds to what a cycle published the names that go with it; all are the closed
// cycles of its team. The results share their names.
func (r Reports) ResultsOf(page *model.TeamPage, all []model.ClosedCycle) func(model.ClosedCycle) *model.TeamResult {
	names, areaOf := map[string]string{model.WholeID: model.WholeName}, map[string]string{}
	for _, area := range r.Library.Model.Areas {
		names[area.ID] = area.Name
		for _, competency := range area.Competencies {
			names[competency.ID], areaOf[competency.ID] = competency.Name, area.ID
		}
	}
	return func(closed model.ClosedCycle) *model.TeamResult {
		return r.teamResult(&model.TeamResult{
			TeamPage: *page, Cycle: closed.Cycle, Aggregate: closed.Aggregate, Names: names, AreaOf: areaOf,
		}, all)
	}
}

// teamResult completes a result with what it is compared with, its targets and its gaps.
func (r Reports) teamResult(result *model.TeamResult, all []model.ClosedCycle) *model.TeamResult {
	for _, scope := range r.Library.Model.Scopes {
		if result.Aggregate.Targets[scope.ID] != nil {
			result.Scopes = append(result.Scopes, scope)
		}
	}
	for _, other := range all {
		if other.Cycle.ID == result.Aggregate.Compared {
			result.Compared = other.Cycle
		}
	}
	result.Unpaired, result.Items = unpaired(result, all), r.itemsOf(result)
	result.Gaps = r.teamGaps(result)
	return result
}

// TooClose reports whether a published mean is too close to a target to be called above or below it.
func TooClose(result *model.TeamResult, figure model.TeamFigure, target float64) bool {
	limit := measure.Defaults().TeamTargetLimit(result.Aggregate.Contributors, result.Items[figure.ID], figure.Step)
	return math.Abs(figure.Mean.Value-target) <= limit
}

// itemsOf counts the questions of each competency, in the questionnaire of a cycle or else that of its first scope.
func (r Reports) itemsOf(result *model.TeamResult) map[string]int {
	items := map[string]int{}
	for i := range r.Library.Questionnaires {
		asked := &r.Library.Questionnaires[i]
		of := result.Cycle.QuestionnaireID
		if of == "" && len(result.Scopes) > 0 && asked.Scope == result.Scopes[0].ID {
			of = asked.ID
		}
		if asked.ID != of || len(items) > 0 {
			continue
		}
		for _, section := range asked.Sections {
			for _, item := range section.Items {
				if item.Suits(r.Library.Model.Crafts[0].ID) {
					items[section.Competency]++
				}
			}
		}
	}
	return items
}

// teamGaps are the competencies furthest below the targets, as published. Where any questionnaire counts, the targets
// are those of the first scope: which scope most contributors answered for stays unknown.
func (r Reports) teamGaps(result *model.TeamResult) []model.TeamGap {
	if len(result.Scopes) == 0 {
		return nil
	}
	scope := result.Scopes[0]
	var gaps []model.TeamGap
	for _, figure := range result.Aggregate.Competencies {
		target, marked := result.Aggregate.Targets[scope.ID][figure.ID]
		if figure.Withheld != model.Published || !marked || figure.Mean.AtLeast || figure.Mean.Value >= target {
			continue
		}
		gaps = append(gaps, model.TeamGap{
			Competency: model.NamedCompetency{ID: figure.ID, Name: result.Names[figure.ID]},
			Mean:       figure.Mean, Target: target, Scope: scope,
			Close: TooClose(result, figure, target),
		})
	}
	slices.SortStableFunc(gaps, func(x, y model.TeamGap) int {
		if x.Close != y.Close {
			if x.Close {
				return 1
			}
			return -1
		}
		return cmp.Compare(y.Target-y.Mean.Value, x.Target-x.Mean.Value)
	})
	gaps = gaps[:min(len(gaps), gapLimit)]
	for i := range gaps {
		gaps[i].Practices = r.Library.PracticesFor(gaps[i].Competency.ID, scope.ID, "")
	}
	return gaps
}
