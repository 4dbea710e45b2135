package team

import (
	"time"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// practiceMark is what a team was at, in a chart of its trend: how long, and a sign of what became of it at the end.
type practiceMark struct {
	span, end string
	// became is the class of the sign; open tells that the team is still at it.
	became string
	open   bool
}

// Where the marks stand: above the scale, so that no mean lies under them.
const (
	practiceLine = 4.0
	practiceSign = 3.2
)

// newTeamPractices are what a team was at between its first closed cycle and its last, the oldest first: what came
// later has no cycle to be read beside yet.
func newTeamPractices(trends *model.TeamTrends) (list []model.TeamPractice) {
	for _, practice := range trends.Practices {
		if len(trends.Results) > 0 && practice.SetAt.Before(lastResultOf(trends.Results).Cycle.ClosedAt) {
			list = append(list, practice)
		}
	}
	return list
}

// marked adds to a chart what the team was at. A chart of one competency has what serves it alone.
func (c teamTrend) marked(practices []model.TeamPractice) teamTrend {
	for _, practice := range practices {
		c.practices = append(c.practices, c.markOf(practice))
	}
	if len(practices) > 0 {
		c.said = "; marked: " + kit.List(practicesSaid(practices))
	}
	return c
}

// serving picks the practices that serve one competency.
func serving(practices []model.TeamPractice, competency string) (list []model.TeamPractice) {
	for _, practice := range practices {
		if practice.Competency.ID == competency {
			list = append(list, practice)
		}
	}
	return list
}

func (c teamTrend) markOf(practice model.TeamPractice) practiceMark {
	from, to := latest(practice.SetAt, c.frame.First), practice.EndedAt
	open := practice.Open() || to.After(c.frame.Last)
	if open {
		to = c.frame.Last
	}
	to = latest(to, from)
	mark := practiceMark{open: open, became: string(practice.Became)}
	x := c.frame.X(to)
	mark.span = string(kit.Outline(nil).At("M", c.frame.X(from), practiceLine).At("L", x, practiceLine))
	if !open {
		mark.end = endSign(practice.Became, x)
	}
	return mark
}

// endSign is the sign of what became of a practice: a square where it was kept, half of one where partly, an open one
// where it was dropped, and a stroke where another took its place.
func endSign(became model.Became, x float64) string {
	top, bottom := practiceLine-practiceSign, practiceLine+practiceSign
	switch became {
	case model.Replaced:
		return string(kit.Outline(nil).At("M", x, top).At("L", x, bottom))
	case model.PartlyKept:
		return string(kit.Outline(nil).At("M", x-practiceSign, top).At("L", x+practiceSign, bottom).At("L", x-practiceSign, bottom).At("Z"))
	}
	return string(kit.Outline(nil).At("M", x-practiceSign, top).At("L", x+practiceSign, top).At("L", x+practiceSign, bottom).At("L", x-practiceSign, bottom).At("Z"))
}

func latest(one, other time.Time) time.Time {
	if other.After(one) {
		return other
	}
	return one
}

// practicesSaid words the marks for those who can't see them.
func practicesSaid(practices []model.TeamPractice) (said []string) {
	for _, practice := range practices {
		words := kit.Quoted(practice.Words)
		if name := outcomeName(practice.Became); name != "" {
			words += " (" + kit.InText(name) + ")"
		}
		said = append(said, words)
	}
	return said
}

// hasPractices reports whether the team was at anything before any of the cycles.
func hasPractices(results []*model.TeamResult) bool {
	for _, result := range results {
		if len(result.Practices) > 0 {
			return true
		}
	}
	return false
}

// hasBecome reports whether a practice ended in one of these ways.
func hasBecome(practices []model.TeamPractice, became model.Became) bool {
	for _, practice := range practices {
		if practice.Became == became {
			return true
		}
	}
	return false
}
