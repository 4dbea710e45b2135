package mentor

import (
	"fmt"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// gapChart draws both views of one competency over time, in the frame of a trendChart.
type gapChart struct {
	kit.TrendChart
	line model.GapLine
}

// newGapChart spans all charts of a page over one axis of time.
func newGapChart(lines []model.GapLine, line model.GapLine) gapChart {
	chart := gapChart{kit.TrendChart{Name: line.Name}, line}
	for _, other := range lines {
		for _, point := range other.Points {
			at := point.Assessment.FinishedAt
			if chart.First.IsZero() || at.Before(chart.First) {
				chart.First = at
			}
			if at.After(chart.Last) {
				chart.Last = at
			}
		}
	}
	if chart.Last.Sub(chart.First) < kit.ShortestSpan {
		chart.First = chart.Last.Add(-kit.ShortestSpan)
	}
	return chart
}

// gapSide is one of the two lines: where it is, and how far its band reaches.
type gapSide struct {
	at                  time.Time
	month               string
	value, lower, upper float64
}

func (c gapChart) selves() []gapSide {
	var sides []gapSide
	for _, point := range c.line.Points {
		if point.Self.Known {
			sides = append(sides, gapSide{point.Assessment.FinishedAt, kit.MonthOf(point.Assessment), point.Self.Value, point.Self.Lower, point.Self.Upper})
		}
	}
	return sides
}

func (c gapChart) mentors() []gapSide {
	var sides []gapSide
	for _, point := range c.line.Points {
		if point.Mentors > 0 {
			sides = append(sides, gapSide{point.Assessment.FinishedAt, kit.MonthOf(point.Assessment), point.MentorMean, point.MentorLower, point.MentorUpper})
		}
	}
	return sides
}

// linePath joins the points of one side.
func (c gapChart) linePath(sides []gapSide) string {
	var path kit.Outline
	for _, side := range sides {
		path = path.To(c.X(side.at), c.Y(side.value))
	}
	return string(path)
}

// dots are the points of one side.
func (c gapChart) dots(sides []gapSide) string {
	var dots kit.Outline
	for _, side := range sides {
		dots = dots.Dot(c.X(side.at), c.Y(side.value))
	}
	return string(dots)
}

// reachPath runs around the bands of one side.
func (c gapChart) reachPath(sides []gapSide) string {
	var path kit.Outline
	for _, side := range sides {
		path = path.To(c.X(side.at), c.Y(side.upper))
	}
	for _, side := range slices.Backward(sides) {
		path = path.To(c.X(side.at), c.Y(side.lower))
	}
	return string(path.At("Z"))
}

// square draws the mark of the mentors' mean.
func (c gapChart) square(side gapSide) string {
	const half = 3.4
	x, y := c.X(side.at), c.Y(side.value)
	return string(kit.Outline(nil).At("M", x-half, y-half).At("H", x+half).At("V", y+half).At("H", x-half).At("Z"))
}

// description describes the chart in a sentence; the table has the figures.
func (c gapChart) description() string {
	words := c.Name + " over time"
	for _, side := range []struct {
		name  string
		sides []gapSide
	}{{"you", c.selves()}, {"your mentors", c.mentors()}} {
		if len(side.sides) > 0 {
			first, last := side.sides[0], side.sides[len(side.sides)-1]
			words += fmt.Sprintf("; %s %s in %s, %s in %s", side.name,
				kit.Score(first.value), first.month, kit.Score(last.value), last.month)
		}
	}
	return words + "."
}

// rowsOf are the assessments of which the table of both views over time speaks.
func rowsOf(lines []model.GapLine) []*model.Assessment {
	var all []*model.Assessment
	for _, line := range lines {
		for _, point := range line.Points {
			all = append(all, point.Assessment)
		}
	}
	return all
}
