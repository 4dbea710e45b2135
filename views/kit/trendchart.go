package kit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"whetstone/internal/charts"
	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// trendPoint is one assessment in a trend.
type trendPoint struct {
	of    *model.Assessment
	at    time.Time
	score measure.Score
	// target is the target as it was then; 0 for none.
	target float64
	pulse  bool
}

// trendLine is a stretch of assessments that can be read as one line.
type trendLine struct {
	points []trendPoint
	// reason is why it doesn't go on from the line before.
	reason model.Break
}

// TrendChart is a small chart of a score over time, drawn by the server: it serves without a script, in
// print and on a phone, where its drawing units are about a pixel each.
type TrendChart struct {
	Name        string
	lines       []trendLine
	First, Last time.Time
	// axis are its dates, drawn, where several charts share them.
	axis string
}

// The chart's frame, in its own units.
const (
	ChartWidth, ChartHeight  = 320.0, 150.0
	plotLeft, plotRight      = 22.0, 312.0
	plotTop, PlotBottom      = 10.0, 126.0
	quarterGap               = 145 * 24 * time.Hour
	ShortestSpan             = 90 * 24 * time.Hour
	scaleWidth               = measure.HighestLevel - measure.LowestLevel
	diamond                  = 4.5
	labelOffset, labelHeight = 4.0, 16.0
)

// TrendCharts returns a function that charts what pick returns for each result. The charts span the whole history, so that
// all of a page share one axis of time.
func TrendCharts(history *model.History) func(name string, pick func(*model.Result) (measure.Score, float64)) TrendChart {
	blank := TrendChart{First: history.Results[0].Assessment.FinishedAt, Last: history.Latest().Assessment.FinishedAt}
	if blank.Last.Sub(blank.First) < ShortestSpan {
		blank.First = blank.Last.Add(-ShortestSpan)
	}
	blank.axis = blank.dates()
	return func(name string, pick func(*model.Result) (measure.Score, float64)) TrendChart {
		chart := blank
		chart.Name, chart.lines = name, make([]trendLine, 0, len(history.Stretches))
		for _, stretch := range history.Stretches {
			line := trendLine{reason: stretch.Break, points: make([]trendPoint, 0, len(stretch.Results))}
			for _, result := range stretch.Results {
				score, target := pick(result)
				line.points = append(line.points, trendPoint{
					of: result.Assessment, at: result.Assessment.FinishedAt, score: score, target: target,
					pulse: result.Assessment.Form == model.PulseForm,
				})
			}
			chart.lines = append(chart.lines, line)
		}
		return chart
	}
}

// X places a moment; time is to scale.
func (c TrendChart) X(at time.Time) float64 {
	return plotLeft + 6 + (plotRight-plotLeft-12)*float64(at.Sub(c.First))/float64(c.Last.Sub(c.First))
}

// Y places a level, clamped to the scale.
func (c TrendChart) Y(level float64) float64 {
	share := (min(max(level, measure.LowestLevel), measure.HighestLevel) - measure.LowestLevel) / scaleWidth
	return PlotBottom - (PlotBottom-plotTop)*share
}

// segments splits a line's full, scored assessments where a quarter is missing: nothing is drawn across a gap. Pulses
// ask other questions and are drawn apart.
func (l trendLine) segments() [][]trendPoint {
	var segments [][]trendPoint
	full := make([]trendPoint, 0, len(l.points)) // of all segments, one after the other
	begun := 0
	flush := func() {
		if begun < len(full) {
			segments = append(segments, full[begun:])
		}
		begun = len(full)
	}
	for _, point := range l.points {
		if point.pulse {
			continue
		}
		if !point.score.Known {
			flush()
			continue
		}
		if begun < len(full) && point.at.Sub(full[len(full)-1].at) > quarterGap {
			flush()
		}
		full = append(full, point)
	}
	flush()
	return segments
}

// path joins the scores of a segment.
func (c TrendChart) path(segment []trendPoint) string {
	var path Outline
	for _, point := range segment {
		path = path.To(c.X(point.at), c.Y(point.score.Value))
	}
	return string(path)
}

// dots are the scores of a segment.
func (c TrendChart) dots(segment []trendPoint) string {
	var dots Outline
	for _, point := range segment {
		dots = dots.Dot(c.X(point.at), c.Y(point.score.Value))
	}
	return string(dots)
}

// bandPath runs along the upper ends of a segment's bands and back along the lower ones.
func (c TrendChart) bandPath(segment []trendPoint) string {
	var path Outline
	for _, point := range segment {
		path = path.To(c.X(point.at), c.Y(point.score.Upper))
	}
	for _, point := range slices.Backward(segment) {
		path = path.To(c.X(point.at), c.Y(point.score.Lower))
	}
	return string(path.At("Z"))
}

// targetPath steps along the targets as they were, over a whole line.
func (c TrendChart) targetPath(line trendLine) string {
	var path Outline
	for _, point := range line.points {
		if point.target == 0 {
			continue
		}
		x, y := c.X(point.at), c.Y(point.target)
		if len(path) == 0 {
			path = path.At("M", x-5, y)
		} else {
			path = path.At("H", x-5).At("V", y)
		}
		path = path.At("H", x+5)
	}
	return string(path)
}

// tick is a date on the axis of time.
type tick struct {
	x     float64
	words string
}

// steps are the months between two ticks, the first that leaves room for their words.
var steps = []int{1, 2, 3, 6, 12, 24, 60, 120}

const (
	mostTicks = 5
	// tickRoom is the least distance of two ticks, and of a tick from the ends of the axis for it to stand centred.
	tickRoom = 34.0
)

// Moments are the chart's points for one that is drawn in the browser: the pieces of its lines, and the pulses.
func (c TrendChart) Moments() (full [][]charts.Moment, pulses []charts.Moment) {
	moment := func(point trendPoint) charts.Moment {
		return charts.Moment{
			At: point.at, Score: point.score.Value, Lower: point.score.Lower, Upper: point.score.Upper, Target: point.target,
		}
	}
	for _, line := range c.lines {
		for _, segment := range line.segments() {
			piece := make([]charts.Moment, len(segment))
			for i, point := range segment {
				piece[i] = moment(point)
			}
			full = append(full, piece)
		}
		for _, point := range line.points {
			if point.pulse && point.score.Known {
				pulses = append(pulses, moment(point))
			}
		}
	}
	return full, pulses
}

// Breaks are the moments at which a new line begins.
func (c TrendChart) Breaks() (breaks []time.Time) {
	for number, line := range c.lines {
		if line.reason != model.FirstStretch {
			before := c.lines[number-1].points
			last := before[len(before)-1].at
			breaks = append(breaks, last.Add(line.points[0].at.Sub(last)/2))
		}
	}
	return breaks
}

// ticks date the axis of time: the first days of months or years, whichever have room. The first one that names a
// month names its year, too, so that an axis within one year says which.
func (c TrendChart) ticks() []tick {
	for _, step := range steps {
		var ticks []tick
		at := time.Date(c.First.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
		if step > 12 {
			at = at.AddDate(-(c.First.Year() % (step / 12)), 0, 0)
		}
		for ; !at.After(c.Last) && len(ticks) <= mostTicks; at = at.AddDate(0, step, 0) {
			if at.Before(c.First) {
				continue
			}
			words := at.Format("2006")
			if at.Month() != time.January {
				words = at.Format("Jan")
				if len(ticks) == 0 {
					words = at.Format("Jan 2006")
				}
			}
			ticks = append(ticks, tick{c.X(at), words})
		}
		if len(ticks) <= mostTicks {
			return ticks
		}
	}
	return nil
}

// dates draws the dates of the axis. It is written by hand because a page has many charts.
func (c TrendChart) dates() string {
	if c.axis != "" {
		return c.axis
	}
	var drawn strings.Builder
	for _, date := range c.ticks() {
		x := Unit(date.x)
		for _, part := range []string{
			`<line class="turn" x1="`, x, `" x2="`, x, `" y1="`, chartTop, `" y2="`, chartBottom, `"></line>`,
			`<text class="tick" x="`, x, `" y="`, chartTurns, `" text-anchor="`, date.anchor(), `">`, date.words, `</text>`,
		} {
			drawn.WriteString(part)
		}
	}
	return drawn.String()
}

// anchor places the words of a tick so that they stay within the chart.
func (t tick) anchor() string {
	switch {
	case t.x < plotLeft+tickRoom/2:
		return "start"
	case t.x > plotRight-tickRoom/2:
		return "end"
	}
	return "middle"
}

// Where the dates stand.
var chartTop, chartBottom, chartTurns = Unit(plotTop), Unit(PlotBottom), Unit(PlotBottom + labelHeight)

// breakAt places the sign of a new line: half way between the last assessment before it and its first.
func (c TrendChart) breakAt(line int) float64 {
	before := c.lines[line-1].points
	return (c.X(before[len(before)-1].at) + c.X(c.lines[line].points[0].at)) / 2
}

// description describes the chart in a sentence, for those who can't see it; the table has the figures.
func (c TrendChart) description() string {
	var first, last *trendPoint
	for i := range c.lines {
		for j := range c.lines[i].points {
			point := &c.lines[i].points[j]
			if !point.score.Known {
				continue
			}
			if first == nil {
				first = point
			}
			last = point
		}
	}
	if first == nil {
		return c.Name + " over time: no score yet."
	}
	return fmt.Sprintf("%s over time: %s in %s, %s in %s.", c.Name,
		Score(first.score.Value), MonthOf(first.of), Score(last.score.Value), MonthOf(last.of))
}
