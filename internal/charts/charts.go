// Package charts turns the numbers of a report into go-echarts options, as JSON that a page carries in
// a data block and a script of ours mounts. go-echarts' own HTML is never used: it carries inline
// script, an address of another origin and unescaped titles.
//
// Colours are written as the names of the page's own tokens ("token:accent"); the script resolves them,
// so that a chart follows the light and the dark theme.
package charts

import (
	"encoding/json"
	"whetstone/internal/rounding"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Value is one named figure of a chart, in levels from 1 to 5.
type Value struct {
	Name string
	// Score is the score, nil where there is none: the chart leaves a gap.
	Score *float64
	// Target is the target, 0 for none.
	Target float64
}

// Names of the page's colour tokens.
const (
	accent = "token:accent"
	ink    = "token:ink"
	soft   = "token:soft"
	rule   = "token:rule"
	sheet  = "token:sheet"
)

// Radar draws competencies around a circle: the scores as a filled line, the targets dashed. The order
// of values is the order around the circle, from the top, anticlockwise.
func Radar(values []Value) (json.RawMessage, error) {
	radar := echarts.NewRadar()
	var indicators []*opts.Indicator
	scores, targets := make([]any, len(values)), make([]any, len(values))
	for i, value := range values {
		indicators = append(indicators, &opts.Indicator{Name: value.Name, Min: 1, Max: 5})
		scores[i], targets[i] = figure(value.Score), value.Target
	}
	radar.SetGlobalOptions(
		echarts.WithInitializationOpts(opts.Initialization{ChartID: "radar"}),
		echarts.WithRadarComponentOpts(opts.RadarComponent{
			Indicator:   indicators,
			Shape:       "polygon",
			SplitNumber: 4,
			AxisName:    &opts.AxisName{Color: soft},
			AxisLine:    &opts.AxisLine{LineStyle: &opts.LineStyle{Color: rule}},
			SplitLine:   &opts.SplitLine{LineStyle: &opts.LineStyle{Color: rule}},
			SplitArea:   &opts.SplitArea{Show: opts.Bool(false)},
		}),
		echarts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		echarts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
	)
	radar.AddSeries("You", []opts.RadarData{{Name: "You", Value: scores}},
		echarts.WithLineStyleOpts(opts.LineStyle{Color: accent, Width: 2.5}),
		echarts.WithItemStyleOpts(opts.ItemStyle{Color: accent}),
		echarts.WithAreaStyleOpts(opts.AreaStyle{Color: accent, Opacity: opts.Float(0.14)}),
	)
	radar.AddSeries("The target", []opts.RadarData{{Name: "The target", Value: targets}},
		echarts.WithLineStyleOpts(opts.LineStyle{Color: ink, Type: "dashed", Width: 1.5}),
		echarts.WithItemStyleOpts(opts.ItemStyle{Color: ink, Opacity: opts.Float(0)}),
	)
	return option(radar)
}

// Bars draws one horizontal bar for each value, the first on top, on the scale from 1 to 5.
func Bars(values []Value) (json.RawMessage, error) {
	bar := echarts.NewBar()
	names, data := make([]string, len(values)), make([]opts.BarData, len(values))
	for i, value := range values {
		names[i] = value.Name
		data[i] = opts.BarData{Name: value.Name, Value: figure(value.Score), Label: label(value.Score)}
	}
	bar.SetGlobalOptions(
		echarts.WithInitializationOpts(opts.Initialization{ChartID: "bars"}),
		echarts.WithGridOpts(opts.Grid{Left: "8", Right: "40", Top: "8", Bottom: "8", ContainLabel: opts.Bool(true)}),
		echarts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: 1, Max: 5, SplitNumber: 4,
			AxisLabel: &opts.AxisLabel{Color: soft},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: rule}},
		}),
		echarts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLabel: &opts.AxisLabel{Color: ink},
			AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: rule}},
		}),
		echarts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		echarts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}), // each bar carries its figure
	)
	bar.AddSeries("Score", data,
		echarts.WithItemStyleOpts(opts.ItemStyle{Color: accent, Opacity: opts.Float(0.85)}),
		echarts.WithBarChartOpts(opts.BarChart{BarWidth: "38%"}),
	)
	return option(bar)
}

// figure rounds to the one decimal that pages show; nil stays a gap.
func figure(score *float64) any {
	if score == nil {
		return nil
	}
	return json.Number(rounding.Decimal(*score))
}

// label writes the figure of a bar beside it: "3.0", where the chart library would write "3".
func label(score *float64) *opts.Label {
	if score == nil {
		return nil
	}
	return &opts.Label{Show: opts.Bool(true), Position: "right", Formatter: rounding.Decimal(*score), Color: ink}
}

// chart is what the charts of go-echarts have in common.
type chart interface {
	Validate()
	JSON() map[string]any
	Accept(visitor echarts.ConfigurationVisitor)
}

// strictPolicy draws tooltips in the chart itself: the HTML kind breaks a strict content security
// policy.
type strictPolicy struct {
	echarts.BaseConfigurationVisitor
}

// tooltip adds to the options of go-echarts the field that they lack.
type tooltip struct {
	opts.Tooltip
	RenderMode      string `json:"renderMode"`
	BackgroundColor string `json:"backgroundColor"`
	BorderColor     string `json:"borderColor"`
	TextStyle       any    `json:"textStyle"`
}

// VisitTooltipOpt implements echarts.ConfigurationVisitor.
func (strictPolicy) VisitTooltipOpt(options opts.Tooltip) any {
	return tooltip{options, "richText", sheet, rule, map[string]string{"color": ink}}
}

// radarComponent adds to the options of go-echarts the field that they lack: room for the names.
type radarComponent struct {
	opts.RadarComponent
	Radius string `json:"radius"`
}

// VisitRadar implements echarts.ConfigurationVisitor.
func (strictPolicy) VisitRadar(options opts.RadarComponent) any {
	return radarComponent{options, "64%"}
}

// Visit implements echarts.ConfigurationVisitor: it drops the library's default palette, since every
// colour here is a token of the page.
func (strictPolicy) Visit(chart map[string]any) { delete(chart, "color") }

func option(c chart) (json.RawMessage, error) {
	c.Accept(strictPolicy{})
	c.Validate()
	return json.Marshal(c.JSON())
}
