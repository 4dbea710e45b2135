package results

import (
	"encoding/json"
	"fmt"
	"slices"

	"whetstone/internal/charts"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// chosenLine is a line of the interactive chart, to be chosen beside it.
type chosenLine struct {
	charts.Line
	// drawn is where its points come from.
	drawn kit.TrendChart
}

// swatch is the class of a line's sample.
func (l chosenLine) swatch() string { return fmt.Sprintf("line is-%s is-dash-%d", l.Tone(), l.Style()) }

// trendChart charts a score over a history, see kit.TrendCharts.
type trendChart = func(name string, pick func(*model.Result) (measure.Score, float64)) kit.TrendChart

// historyLines are what the interactive chart can show: the whole, the areas, and each area's competencies. What
// never had a score is left out.
func historyLines(history *model.History, chart trendChart) (heads []chosenLine, competencies [][]chosenLine) {
	add := func(lines []chosenLine, line charts.Line, drawn kit.TrendChart) []chosenLine {
		line.Name = drawn.Name
		if line.Full, line.Pulses = drawn.Moments(); len(line.Full)+len(line.Pulses) == 0 {
			return lines
		}
		return append(lines, chosenLine{line, drawn})
	}
	heads = add(heads, charts.Line{}, chart(model.WholeName, pickWhole))
	for i, area := range everyGroup(history, areas) {
		heads = add(heads, charts.Line{Area: i + 1}, chart(area.Name, pickArea(area.ID)))
		var own []chosenLine
		for _, group := range competenciesOf(history, area.ID) {
			own = add(own, charts.Line{Area: i + 1, Within: len(own) + 1}, chart(group.Name, pickCompetency(group.ID)))
		}
		if len(own) > 0 {
			competencies = append(competencies, own)
		}
	}
	return heads, competencies
}

// historyOption is the interactive chart of some lines.
func historyOption(page kit.Page, heads []chosenLine, competencies [][]chosenLine) (json.RawMessage, error) {
	lines := make([]charts.Line, 0, len(heads)+12)
	for _, line := range append(slices.Clone(heads), slices.Concat(competencies...)...) {
		lines = append(lines, line.Line)
	}
	return charts.History(lines, heads[0].drawn.Breaks(), page.Day)
}
