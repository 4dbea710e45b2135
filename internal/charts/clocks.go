package charts

import (
	"encoding/json"
	"fmt"
	"time"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Clock is how many years ago somebody last worked in something, over time, in pieces between which it isn't told.
type Clock struct {
	Name   string
	Pieces [][]ClockPoint
}

// ClockPoint is what one day tells of a clock; Words are what is shown where somebody points at it.
type ClockPoint struct {
	At    time.Time
	Years int
	Words string
}

// Clocks draws years over time, a line for each clock. Whoever points at one sees it alone, with its name and the words of
// the point. folklore are years that a dotted line marks.
func Clocks(clocks []Clock, folklore []int) (json.RawMessage, error) {
	chart := echarts.NewLine()
	chart.SetGlobalOptions(
		echarts.WithInitializationOpts(opts.Initialization{ChartID: "clocks"}),
		echarts.WithGridOpts(opts.Grid{Left: "8", Right: "24", Top: "16", Bottom: "16", ContainLabel: opts.Bool(true)}),
		echarts.WithXAxisOpts(opts.XAxis{
			Type:      "time",
			AxisLabel: &opts.AxisLabel{Color: soft, HideOverlap: opts.Bool(true)},
			AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: rule}},
			AxisTick:  &opts.AxisTick{LineStyle: &opts.LineStyle{Color: rule}},
			SplitLine: &opts.SplitLine{Show: opts.Bool(false)},
		}),
		echarts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: 0, MinInterval: 1, AxisLabel: &opts.AxisLabel{Color: soft},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rule}},
		}),
		echarts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}), // the small clocks beside it have the names
		echarts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", Formatter: "{a}\n{b}"}),
	)
	for i, clock := range clocks {
		tone, style := tones[i%len(tones)], i/len(tones)%len(dashes)
		for j, piece := range clock.Pieces {
			options := []echarts.SeriesOpts{
				echarts.WithLineStyleOpts(opts.LineStyle{Color: tone, Width: 2, Type: dashes[style]}),
				echarts.WithItemStyleOpts(opts.ItemStyle{Color: tone}),
				echarts.WithLineChartOpts(opts.LineChart{Symbol: symbols[i%len(symbols)], SymbolSize: 9}),
				echarts.WithEmphasisOpts(opts.Emphasis{Focus: "series"}),
			}
			if i == 0 && j == 0 {
				options = append(options, folkloreMarks(folklore)...)
			}
			chart.AddSeries(clock.Name, clockPoints(piece), options...)
		}
	}
	return option(chart)
}

func folkloreMarks(years []int) []echarts.SeriesOpts {
	marks := []echarts.SeriesOpts{echarts.WithMarkLineStyleOpts(opts.MarkLineStyle{
		Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(true), Color: soft, Formatter: "{b}", Position: "insideStartTop"},
		LineStyle: &opts.LineStyle{Color: soft, Type: "dotted"},
	})}
	for _, at := range years {
		marks = append(marks, echarts.WithMarkLineNameYAxisItemOpts(opts.MarkLineNameYAxisItem{Name: "folklore", YAxis: at}))
	}
	return marks
}

func clockPoints(piece []ClockPoint) []opts.LineData {
	points := make([]opts.LineData, len(piece))
	for i, point := range piece {
		points[i] = opts.LineData{Name: point.Words, Value: json.RawMessage(fmt.Sprintf("[%d,%d]", point.At.UnixMilli(), point.Years))}
	}
	return points
}
