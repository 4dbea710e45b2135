package views

import (
	"fmt"
	"strconv"
	"strings"

	"whetstone/internal/measure"
)

// outline is the path of a drawing, in its units to one decimal. A history draws a thousand points, so they
// are written one after the other into one path.
type outline []byte

// at puts a command before numbers.
func (o outline) at(command string, numbers ...float64) outline {
	o = append(o, command...)
	for i, number := range numbers {
		if i > 0 {
			o = append(o, ' ')
		}
		o = strconv.AppendFloat(o, number, 'f', 1, 64)
	}
	return o
}

// to goes to a point: the first one is where the line begins.
func (o outline) to(x, y float64) outline {
	if len(o) == 0 {
		return o.at("M", x, y)
	}
	return o.at("L", x, y)
}

// dot is a line of no length, which its round ends make a dot.
func (o outline) dot(x, y float64) outline { return append(o.at("M", x, y), "h0"...) }

// diamondAt is the sign of a pulse.
func diamondAt(x, y float64) string {
	return string(outline(nil).to(x, y-diamond).to(x+diamond, y).to(x, y+diamond).to(x-diamond, y).at("Z"))
}

// unit writes a number of a drawing.
func unit(value float64) string { return strconv.FormatFloat(value, 'f', 1, 64) }

// chartScale is what all small charts have in common: the five levels.
var chartScale = func() string {
	var drawn strings.Builder
	for level := measure.LowestLevel; level <= measure.HighestLevel; level++ {
		y := trendChart{}.y(float64(level))
		fmt.Fprintf(&drawn, `<line class="axis" x1="%[1]s" x2="%[2]s" y1="%[3]s" y2="%[3]s"></line>`, unit(plotLeft), unit(plotRight), unit(y))
		fmt.Fprintf(&drawn, `<text class="tick" x="%s" y="%s" text-anchor="end">%d</text>`, unit(plotLeft-8), unit(y+labelOffset), level)
	}
	return drawn.String()
}()
