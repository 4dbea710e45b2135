package charts

import (
	"bytes"
	"encoding/json"
	"strconv"
	"sync"
	"time"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"whetstone/internal/rounding"
)

// Moment is what one assessment says of a line.
type Moment struct {
	At                  time.Time
	Score, Lower, Upper float64
	// Target is that of the assessment, 0 for none.
	Target float64
}

// Line is one group over time.
type Line struct {
	Name string
	// Area is the place of its area, from 1, and 0 for the whole; Within is a competency's place in its area, from 1, and
	// 0 for an area. All of an area have one colour.
	Area, Within int
	// Full are the full assessments, in order, a piece of the line each; Pulses are those from fewer questions, which no
	// line joins.
	Full   [][]Moment
	Pulses []Moment
}

// Tones of the whole and of the areas, and how the lines of one tone are told apart.
var (
	tones   = []string{ink, "token:line-1", "token:line-2", "token:line-3", "token:line-4"}
	dashes  = []string{"solid", "dashed", "dotted", "solid"}
	widths  = []float32{3, 1.8, 1.8, 1.4}
	symbols = []string{"circle", "rect", "triangle", "roundRect"}
)

// lineRoom is how many bytes a line of ten years takes.
const lineRoom = 2 << 10

// Style is how a line is told apart from others of its tone: 0 for an area, 1 to 3 for the competencies in it.
func (l Line) Style() int {
	if l.Within == 0 {
		return 0
	}
	return 1 + (l.Within-1)%(len(dashes)-1)
}

// Tone is the colour of a line, as a token of the page: "line-1".
func (l Line) Tone() string { return tones[l.Area%len(tones)][len("token:"):] }

// historyFrame is a history's chart without its lines: it is the same for all.
var historyFrame = sync.OnceValues(func() (json.RawMessage, error) {
	chart := echarts.NewLine()
	chart.SetGlobalOptions(
		echarts.WithInitializationOpts(opts.Initialization{ChartID: "history"}),
		echarts.WithGridOpts(opts.Grid{Left: "8", Right: "16", Top: "16", Bottom: "64", ContainLabel: opts.Bool(true)}),
		echarts.WithXAxisOpts(opts.XAxis{
			Type:      "time",
			AxisLabel: &opts.AxisLabel{Color: soft, HideOverlap: opts.Bool(true)},
			AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: rule}},
			AxisTick:  &opts.AxisTick{LineStyle: &opts.LineStyle{Color: rule}},
		}),
		echarts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: 1, Max: 5, SplitNumber: 4,
			AxisLabel: &opts.AxisLabel{Color: soft},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rule}},
		}),
		echarts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		echarts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		echarts.WithDataZoomOpts(opts.DataZoom{Type: "slider", FilterMode: "none"}),
	)
	return option(withoutSeries{chart})
})

// withoutSeries is a chart to which its series are added once it is written.
type withoutSeries struct{ chart }

func (c withoutSeries) JSON() map[string]any {
	written := c.chart.JSON()
	delete(written, "series")
	return written
}

// History draws lines over time, each with the bounds of its band and its target in the data: [time, score, lower,
// upper, target], the time in Unix milliseconds. Each piece of a line is a series, and so are its pulses, all of the
// line's name; the page's script shows those that are chosen. breaks are where a new line begins; days name the moments.
func History(lines []Line, breaks []time.Time, day func(time.Time) string) (json.RawMessage, error) {
	frame, err := historyFrame()
	if err != nil {
		return nil, err
	}
	written := make([]byte, 0, len(frame)+len(lines)*lineRoom)
	written = append(append(written, frame[:len(frame)-1]...), `,"series":[`...)
	for i, line := range lines {
		if i > 0 {
			day = nil // the first line names the moments for all
		}
		tone := tones[line.Area%len(tones)]
		dots := echarts.WithItemStyleOpts(opts.ItemStyle{Color: tone})
		for j, piece := range line.Full {
			style := []echarts.SeriesOpts{
				echarts.WithLineStyleOpts(opts.LineStyle{Color: tone, Width: widths[line.Style()], Type: dashes[line.Style()]}),
				echarts.WithLineChartOpts(opts.LineChart{Symbol: symbols[line.Style()], SymbolSize: 7}),
				dots,
			}
			if i == 0 && j == 0 {
				style = append(style, breakMarks(breaks)...)
			}
			if written, err = appendSeries(written, line.Name, piece, day, style...); err != nil {
				return nil, err
			}
		}
		if len(line.Pulses) > 0 {
			written, err = appendSeries(written, line.Name, line.Pulses, day, dots,
				echarts.WithLineStyleOpts(opts.LineStyle{Opacity: opts.Float(0)}),
				echarts.WithLineChartOpts(opts.LineChart{Symbol: "diamond", SymbolSize: 10}))
			if err != nil {
				return nil, err
			}
		}
	}
	return append(bytes.TrimSuffix(written, []byte(",")), "]}"...), nil
}

// appendSeries writes a series of moments and a comma, each moment with its day where there is one. It is written by hand
// because a long history has hundreds of moments.
func appendSeries(to []byte, name string, moments []Moment, day func(time.Time) string, style ...echarts.SeriesOpts) ([]byte, error) {
	series := echarts.SingleSeries{Name: name, Type: types.ChartLine}
	series.ConfigureSeriesOpts(style...)
	written, err := json.Marshal(&series)
	if err != nil {
		return nil, err
	}
	to = append(append(to, written[:len(written)-1]...), `,"data":[`...)
	for i, moment := range moments {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(to, '{')
		if day != nil {
			named, err := json.Marshal(day(moment.At))
			if err != nil {
				return nil, err
			}
			to = append(append(append(to, `"name":`...), named...), ',')
		}
		to = append(moment.append(append(to, `"value":[`...)), "]}"...)
	}
	return append(to, "]},"...), nil
}

// append writes a moment's numbers.
func (m Moment) append(to []byte) []byte {
	to = strconv.AppendInt(to, m.At.UnixMilli(), 10)
	for _, level := range [...]float64{m.Score, m.Lower, m.Upper} {
		to = append(append(to, ','), rounding.Decimal(min(max(level, 1), 5))...)
	}
	if m.Target > 0 {
		to = append(append(to, ','), rounding.Decimal(m.Target)...)
	}
	return to
}

// breakMarks are the places at which a new line begins.
func breakMarks(breaks []time.Time) []echarts.SeriesOpts {
	marks := []echarts.SeriesOpts{echarts.WithMarkLineStyleOpts(opts.MarkLineStyle{
		Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)}, LineStyle: &opts.LineStyle{Color: soft, Type: "dotted"},
	})}
	for _, at := range breaks {
		marks = append(marks, echarts.WithMarkLineNameXAxisItemOpts(opts.MarkLineNameXAxisItem{Name: "a new line", XAxis: at.UnixMilli()}))
	}
	return marks
}
