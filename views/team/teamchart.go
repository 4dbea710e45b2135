package team

import (
	"fmt"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// teamPoint is one closed cycle in a team's trend.
type teamPoint struct {
	at     time.Time
	cycle  string
	figure model.TeamFigure
	pulse  bool
}

// teamTrend is a small chart of a published mean over the closed cycles. It shares the frame of the charts of
// a history. Nothing is drawn through a cycle that published nothing.
type teamTrend struct {
	frame  kit.TrendChart
	points []teamPoint
	// practices are what the team was at, where the chart marks it; said words them for its description.
	practices []practiceMark
	said      string
}

// newTeamTrend takes one figure of each cycle. The span is that of all results given, so that the charts of a
// page share one axis of time.
func newTeamTrend(results []*model.TeamResult, id, name string) teamTrend {
	chart := teamTrend{frame: kit.TrendChart{Name: name}, points: make([]teamPoint, 0, len(results))}
	for _, result := range results {
		chart.points = append(chart.points, teamPoint{
			at: result.Cycle.ClosedAt, cycle: text.Isolated(result.Cycle.Name), figure: heatFigure(result, id),
			pulse: result.Cycle.Form == model.PulseForm,
		})
	}
	if len(results) > 0 {
		chart.frame.First = results[0].Cycle.ClosedAt
		chart.frame.Last = results[len(results)-1].Cycle.ClosedAt
	}
	if chart.frame.Last.Sub(chart.frame.First) < kit.ShortestSpan {
		chart.frame.First = chart.frame.Last.Add(-kit.ShortestSpan)
	}
	return chart
}

// over stretches the axis to a span, so that several teams can be laid side by side.
func (c teamTrend) over(first, last time.Time) teamTrend {
	c.frame.First, c.frame.Last = first, last
	if last.Sub(first) < kit.ShortestSpan {
		c.frame.First = last.Add(-kit.ShortestSpan)
	}
	return c
}

// segments splits the full cycles where one published nothing. Pulses ask other questions and are drawn
// apart.
func (c teamTrend) segments() [][]teamPoint {
	var segments [][]teamPoint
	var current []teamPoint
	for _, point := range c.points {
		switch {
		case point.pulse:
			continue
		case point.figure.Withheld != model.Published:
			if len(current) > 0 {
				segments = append(segments, current)
			}
			current = nil
		default:
			current = append(current, point)
		}
	}
	if len(current) > 0 {
		segments = append(segments, current)
	}
	return segments
}

// path joins the means of a segment.
func (c teamTrend) path(segment []teamPoint) string {
	var path kit.Outline
	for _, point := range segment {
		path = path.To(c.frame.X(point.at), c.frame.Y(point.figure.Mean.Value))
	}
	return string(path)
}

// dots are the means of a segment.
func (c teamTrend) dots(segment []teamPoint) string {
	var dots kit.Outline
	for _, point := range segment {
		dots = dots.Dot(c.frame.X(point.at), c.frame.Y(point.figure.Mean.Value))
	}
	return string(dots)
}

// bands are the stretches of a segment that publish the middle half of those who took part, each at least two
// cycles long; alone are the cycles that do so between others that don't.
func (c teamTrend) bands(segment []teamPoint) (bands []string, alone []teamPoint) {
	for len(segment) > 0 {
		end := slices.IndexFunc(segment, func(point teamPoint) bool { return len(point.figure.Quartiles) < 3 })
		if end < 0 {
			end = len(segment)
		}
		if end > 1 {
			bands = append(bands, c.bandPath(segment[:end]))
		} else {
			alone = append(alone, segment[:end]...)
		}
		segment = segment[min(end+1, len(segment)):]
	}
	return bands, alone
}

func (c teamTrend) bandPath(run []teamPoint) string {
	var path kit.Outline
	for _, point := range run {
		path = path.To(c.frame.X(point.at), c.frame.Y(point.figure.Quartiles[2].Value))
	}
	for _, point := range slices.Backward(run) {
		path = path.To(c.frame.X(point.at), c.frame.Y(point.figure.Quartiles[0].Value))
	}
	return string(path.At("Z"))
}

// cross is the sign of a figure that is withheld. It stands below the scale, since it has no level, and above the dates.
func (c teamTrend) cross(point teamPoint) string {
	const size, below = 2.8, 4.2
	x, y := c.frame.X(point.at), kit.PlotBottom+below
	return string(kit.Outline(nil).At("M", x-size, y-size).At("L", x+size, y+size).At("M", x-size, y+size).At("L", x+size, y-size))
}

// missing are the cycles that have no figure although they asked for it.
func (c teamTrend) missing() []teamPoint {
	var missing []teamPoint
	for _, point := range c.points {
		if point.figure.Withheld.Protects() || point.figure.Withheld == model.TooFew {
			missing = append(missing, point)
		}
	}
	return missing
}

// description describes the chart in a sentence, for those who can't see it; the table has the figures.
func (c teamTrend) description() string {
	var first, last *teamPoint
	for i := range c.points {
		if c.points[i].figure.Withheld == model.Published {
			if first == nil {
				first = &c.points[i]
			}
			last = &c.points[i]
		}
	}
	if first == nil {
		return c.frame.Name + " over the cycles: nothing is published."
	}
	words := fmt.Sprintf("%s over the cycles: %s in %s", c.frame.Name, published(first.figure.Mean), first.cycle)
	if first != last {
		words += fmt.Sprintf(", %s in %s", published(last.figure.Mean), last.cycle)
	}
	if missing := len(c.missing()); missing > 0 {
		words += fmt.Sprintf("; withheld in %s", kit.Counted(missing, "cycle", "cycles"))
	}
	return words + c.said + "."
}

// hasPulses reports whether a cycle took pulses.
func hasPulses(results []*model.TeamResult) bool {
	for _, result := range results {
		if result.Cycle.Form == model.PulseForm {
			return true
		}
	}
	return false
}

// hasBands reports whether any cycle publishes a spread.
func hasBands(results []*model.TeamResult) bool {
	for _, result := range results {
		for figure := range allFigures(result.Aggregate) {
			if figure.Withheld == model.Published && len(figure.Quartiles) >= 3 {
				return true
			}
		}
	}
	return false
}
