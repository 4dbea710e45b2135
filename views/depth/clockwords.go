package depth

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"whetstone/internal/charts"
	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// folklore are the years of which practitioners repeat that up to the first an absence is harmless, and from the second on
// hard to undo.
var folklore = []int{3, 5}

// handsOnWords says when somebody last worked in a domain, and how long ago that was at each map that tells it.
func handsOnWords(line model.HandsOn) string {
	said := fmt.Sprintf("last in %d", line.Placement.Year)
	if len(line.Points) < 2 {
		return said
	}
	var years []string
	for _, point := range line.Points {
		years = append(years, fmt.Sprint(point.Years))
	}
	return said + "; years since, map by map: " + strings.Join(years, ", ")
}

// clockScale lays all clocks of a record over the same days and the same years, so that they can be compared by eye.
type clockScale struct {
	first time.Time
	span  float64
	most  int
}

func newClockScale(record []model.HandsOn) clockScale {
	all := pointsOver(record)
	scale := clockScale{first: all[0].At, most: folklore[len(folklore)-1] + 1}
	scale.span = max(all[len(all)-1].At.Sub(scale.first).Hours(), 1)
	for _, line := range record {
		for _, point := range line.Points {
			scale.most = max(scale.most, point.Years)
		}
	}
	return scale
}

func (s clockScale) x(at time.Time) int { return 4 + int(152*at.Sub(s.first).Hours()/s.span) }

func (s clockScale) y(years int) int { return 40 - 36*years/s.most }

func (s clockScale) points(piece []model.HandsOnPoint) string {
	var points []string
	for _, point := range piece {
		points = append(points, fmt.Sprintf("%d,%d", s.x(point.At), s.y(point.Years)))
	}
	return strings.Join(points, " ")
}

// clockPieces are the parts of a line between which a map tells no year: nothing is drawn over such a gap.
func clockPieces(line model.HandsOn) (pieces [][]model.HandsOnPoint) {
	for i, point := range line.Points {
		if i == 0 || line.Points[i-1].Map != point.Map-1 {
			pieces = append(pieces, nil)
		}
		last := len(pieces) - 1
		pieces[last] = append(pieces[last], point)
	}
	return pieces
}

// pointsOver has a point for each map that tells any year, in the order of the maps.
func pointsOver(record []model.HandsOn) (maps []model.HandsOnPoint) {
	for _, line := range record {
		for _, point := range line.Points {
			if !slices.ContainsFunc(maps, func(one model.HandsOnPoint) bool { return one.Map == point.Map }) {
				maps = append(maps, point)
			}
		}
	}
	slices.SortFunc(maps, func(one, other model.HandsOnPoint) int { return cmp.Compare(one.Map, other.Map) })
	return maps
}

// momentsOf are when some maps were finished.
func momentsOf(maps []model.HandsOnPoint) (moments []time.Time) {
	for _, one := range maps {
		moments = append(moments, one.At)
	}
	return moments
}

// yearsAt is how many years ago the last hands-on work in a domain was at a map; a dash where the map doesn't tell.
func yearsAt(line model.HandsOn, at int) string {
	for _, point := range line.Points {
		if point.Map == at {
			return fmt.Sprint(point.Years)
		}
	}
	return "–"
}

// clockOption is the chart of all clocks.
func clockOption(page kit.Page, record []model.HandsOn) (json.RawMessage, error) {
	var lines []charts.Clock
	moments := momentsOf(pointsOver(record))
	for _, line := range record {
		drawn := charts.Clock{Name: text.Shown(line.Placement.Name)}
		for _, piece := range clockPieces(line) {
			var points []charts.ClockPoint
			for _, point := range piece {
				points = append(points, charts.ClockPoint{
					At: point.At, Years: point.Years,
					Words: fmt.Sprintf("%s: %s since hands-on", page.Apart(point.At, moments), kit.Plural(point.Years, "year", "years")),
				})
			}
			drawn.Pieces = append(drawn.Pieces, points)
		}
		lines = append(lines, drawn)
	}
	return charts.Clocks(lines, folklore)
}
