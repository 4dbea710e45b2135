// Package charts turns the numbers of a report into go-echarts options, as JSON that a page carries in a data block
// and our own script mounts. go-echarts' HTML is never used: it has inline script, an address of another origin and
// unescaped titles.
//
// Colours are written as the names of the page's own tokens ("token:accent"); the script resolves them,
// so that a chart follows the light and the dark theme.
package charts

import (
	"encoding/json"
	"sync"

	"whetstone/internal/rounding"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Banded is a score with the ends of its band, in levels.
type Banded struct{ Value, Lower, Upper float64 }

// Value is one named figure of a chart, in levels from 1 to 5.
type Value struct {
	Name string
	// Score is the score, nil where there is none: the chart leaves a gap.
	Score *Banded
	// Target is 0 for none.
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

// newRadar makes a chart without anything in it, to be copied: go-echarts finds its defaults by reflection, which takes
// as long as all the rest of a chart.
var newRadar = sync.OnceValue(echarts.NewRadar)

// Radar draws competencies around a circle: the scores as a filled line between the ends of their bands, the targets
// dashed. The order of values is the order around the circle, from the top, anticlockwise.
func Radar(values []Value) (json.RawMessage, error) {
	blank := *newRadar()
	radar := &blank
	var indicators []*opts.Indicator
	scores, targets := make([]any, len(values)), make([]any, len(values))
	lower, upper := make([]any, len(values)), make([]any, len(values))
	for i, value := range values {
		indicators = append(indicators, &opts.Indicator{Name: value.Name, Min: 1, Max: 5})
		targets[i] = value.Target
		if score := value.Score; score != nil {
			scores[i], lower[i], upper[i] = figure(score.Value), figure(max(score.Lower, 1)), figure(min(score.Upper, 5))
		}
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
	for _, end := range []opts.RadarData{{Name: "80 % band, from", Value: lower}, {Name: "80 % band, to", Value: upper}} {
		radar.AddSeries(end.Name, []opts.RadarData{end},
			echarts.WithLineStyleOpts(opts.LineStyle{Color: accent, Width: 1, Type: "dotted", Opacity: opts.Float(0.8)}),
			echarts.WithItemStyleOpts(opts.ItemStyle{Color: accent, Opacity: opts.Float(0)}),
		)
	}
	radar.AddSeries("The target", []opts.RadarData{{Name: "The target", Value: targets}},
		echarts.WithLineStyleOpts(opts.LineStyle{Color: ink, Type: "dashed", Width: 1.5}),
		echarts.WithItemStyleOpts(opts.ItemStyle{Color: ink, Opacity: opts.Float(0)}),
	)
	return option(radar)
}

// figure rounds to the one decimal that pages show.
func figure(score float64) json.Number { return json.Number(rounding.Decimal(score)) }

// chart is what go-echarts' charts have in common.
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
