package mentor

import (
	"fmt"
	"slices"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/text"
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

// by are the points of one mentor: nothing joins what different people said.
func (c gapChart) by(mentor string) []gapSide {
	var sides []gapSide
	for _, point := range c.line.Points {
		if rating, found := point.Rating(mentor); found {
			sides = append(sides, gapSide{point.Assessment.FinishedAt, kit.MonthOf(point.Assessment), rating.Level, rating.Lower, rating.Upper})
		}
	}
	return sides
}

// gapMentor is a mentor who has a line of their own; order is that of their shape.
type gapMentor struct {
	id, name string
	order    int
}

// gapMentors are those who rated anything in the lines, by their latest names. Who reviewed the assessment of the page
// has the same shape as there; the others follow, in the order in which they came.
func gapMentors(reviews []*model.MentorReview, lines []model.GapLine) []gapMentor {
	var mentors []gapMentor
	next := len(reviews)
	for _, line := range lines {
		for _, point := range line.Points {
			for _, rating := range point.Ratings {
				at := slices.IndexFunc(mentors, func(one gapMentor) bool { return one.id == rating.MentorID })
				if at < 0 {
					order := slices.IndexFunc(reviews, func(review *model.MentorReview) bool { return review.MentorID == rating.MentorID })
					if order < 0 {
						order, next = next, next+1
					}
					mentors, at = append(mentors, gapMentor{id: rating.MentorID, order: order}), len(mentors)
				}
				mentors[at].name = rating.Name
			}
		}
	}
	return mentors
}

// hasMeans reports whether any of the lines has a mean over the same mentors.
func hasMeans(lines []model.GapLine) bool {
	return slices.ContainsFunc(lines, model.GapLine.SameMentors)
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

// markRoom is how far apart marks at one place stand.
const markRoom = 7.0

// place moves the mark of the position-th mentor to a point, beside those that lie there already.
func (c gapChart) place(mentors []gapMentor, position int, side gapSide) string {
	x := c.X(side.at)
	for _, other := range mentors[:position] {
		if slices.ContainsFunc(c.by(other.id), func(one gapSide) bool { return one.at.Equal(side.at) && one.value == side.value }) {
			x -= markRoom
		}
	}
	return "translate(" + kit.Unit(x) + " " + kit.Unit(c.Y(side.value)) + ")"
}

// description describes the chart in a sentence; the table has the figures.
func (c gapChart) description() string {
	words := c.Name + " over time" + saidOf("you", c.selves())
	for _, mentor := range gapMentors(nil, []model.GapLine{c.line}) {
		words += saidOf(text.Isolated(mentor.name), c.by(mentor.id))
	}
	return words + "."
}

// saidOf says where one side begins and where it ends.
func saidOf(name string, sides []gapSide) string {
	if len(sides) == 0 {
		return ""
	}
	first, last := sides[0], sides[len(sides)-1]
	words := fmt.Sprintf("; %s %s in %s", name, kit.Score(first.value), first.month)
	if len(sides) > 1 {
		words += fmt.Sprintf(", %s in %s", kit.Score(last.value), last.month)
	}
	return words
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
