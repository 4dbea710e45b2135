package charts

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOptionsCarryNothingThatAStrictPolicyBlocks(t *testing.T) {
	score := Banded{Value: 3.6667, Lower: 3.05, Upper: 5.2}
	values := []Value{{Name: `</script><b>Team "A"`, Score: &score, Target: 3.5}, {Name: "Vision", Target: 3}, {Name: "Debt", Score: &score, Target: 2}}
	for name, draw := range map[string]func([]Value) (json.RawMessage, error){"radar": Radar} {
		option, err := draw(values)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text := string(option)
		for _, banned := range []string{"__f__", "function", "</script", "http"} {
			if strings.Contains(text, banned) {
				t.Errorf("%s holds %q: %s", name, banned, text)
			}
		}
		if !strings.Contains(text, `"renderMode":"richText"`) {
			t.Errorf("%s: the tooltip is not drawn in the chart: %s", name, text)
		}
		if !strings.Contains(text, "3.7,null") || !strings.Contains(text, "3.1,null") || !strings.Contains(text, "5.0,null") {
			t.Errorf("%s: want the score and the ends of its band, to one decimal and within the scale: %s", name, text)
		}
		if !strings.Contains(text, "3.7") || !strings.Contains(text, "null") {
			t.Errorf("%s: want the score to one decimal and a gap for the missing one: %s", name, text)
		}
	}
}

func TestHistoryHasASeriesForEachPiece(t *testing.T) {
	at := time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)
	first, second := Moment{At: at, Score: 3.25, Lower: 0.7, Upper: 5.8}, Moment{At: at.AddDate(1, 0, 0), Score: 4, Lower: 3, Upper: 5, Target: 3.5}
	option, err := History([]Line{
		{Name: "All together", Full: [][]Moment{{first}, {second}}, Pulses: []Moment{first}},
		{Name: `</script>`, Area: 2, Within: 1, Full: [][]Moment{{second}}},
	}, []time.Time{at.AddDate(0, 6, 0)}, func(at time.Time) string { return at.Format("Jan 2006") })
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Series []struct {
			Name, Symbol string
			Data         []struct {
				Name  string
				Value []float64
			}
			LineStyle struct{ Color, Type string }
		}
		DataZoom []map[string]any
	}
	if err := json.Unmarshal(option, &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Series) != 4 || len(read.DataZoom) != 1 {
		t.Fatalf("%d series, %d zooms", len(read.Series), len(read.DataZoom))
	}
	whole, pulses, competency := read.Series[0], read.Series[2], read.Series[3]
	if got := whole.Data[0]; got.Name != "Mar 2026" || !slices.Equal(got.Value, []float64{float64(at.UnixMilli()), 3.3, 1, 5}) {
		t.Errorf("the first point is %+v: a band ends with the scale", got)
	}
	if pulses.Name != "All together" || pulses.Symbol != "diamond" {
		t.Errorf("the pulses are %+v", pulses)
	}
	if got := competency.Data[0].Value; competency.LineStyle.Color != "token:line-2" || competency.LineStyle.Type != "dashed" || got[4] != 3.5 {
		t.Errorf("a competency is %+v", competency)
	}
	for _, banned := range []string{"__f__", "function", "</script", "http"} {
		if strings.Contains(string(option), banned) {
			t.Errorf("it holds %q", banned)
		}
	}
}

func TestClocksHaveASeriesForEachPiece(t *testing.T) {
	at := time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)
	option, err := Clocks([]Clock{
		{Name: `</script>`, Pieces: [][]ClockPoint{{{At: at, Years: 2, Words: "2 years"}}, {{At: at.AddDate(1, 0, 0), Years: 1, Words: "1 year"}}}},
		{Name: "Back end", Pieces: [][]ClockPoint{{{At: at, Years: 5, Words: "5 years"}}}},
	}, []int{3, 5})
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Series []struct {
			Name string
			Data []struct {
				Name  string
				Value []int64
			}
			Emphasis struct{ Focus string }
			MarkLine struct{ Data []struct{ YAxis int } }
		}
	}
	if err := json.Unmarshal(option, &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Series) != 3 || len(read.Series[0].MarkLine.Data) != 2 || len(read.Series[2].MarkLine.Data) != 0 {
		t.Fatalf("the series are %+v", read.Series)
	}
	if got := read.Series[1]; got.Data[0].Name != "1 year" || !slices.Equal(got.Data[0].Value, []int64{at.AddDate(1, 0, 0).UnixMilli(), 1}) || got.Emphasis.Focus != "series" {
		t.Errorf("the second piece is %+v", got)
	}
	for _, banned := range []string{"__f__", "function", "</script", "http"} {
		if strings.Contains(string(option), banned) {
			t.Errorf("it holds %q", banned)
		}
	}
}
