package kit

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"whetstone/internal/measure"
)

// Outline is the path of a drawing, in its units to one decimal. A history draws a thousand points, so they are all
// written into one path.
type Outline []byte

// At puts a command before numbers.
func (o Outline) At(command string, numbers ...float64) Outline {
	o = append(o, command...)
	for i, number := range numbers {
		if i > 0 {
			o = append(o, ' ')
		}
		o = appendUnit(o, number)
	}
	return o
}

// appendUnit writes a number of a drawing. The general way takes three times as long, and a history has thousands.
func appendUnit(to []byte, value float64) []byte {
	tenths := int64(math.Round(value * 10))
	if tenths < 0 {
		to, tenths = append(to, '-'), -tenths
	}
	to = strconv.AppendInt(to, tenths/10, 10)
	return append(to, '.', byte('0'+tenths%10))
}

// To goes to a point: the first one is where the line begins.
func (o Outline) To(x, y float64) Outline {
	if len(o) == 0 {
		return o.At("M", x, y)
	}
	return o.At("L", x, y)
}

// Dot is a line of length zero, whose round ends make it a dot.
func (o Outline) Dot(x, y float64) Outline { return append(o.At("M", x, y), "h0"...) }

// DiamondAt is the sign of a pulse.
func DiamondAt(x, y float64) string {
	return string(Outline(nil).To(x, y-diamond).To(x+diamond, y).To(x, y+diamond).To(x-diamond, y).At("Z"))
}

// chartScale is what all small charts have in common: the five levels.
var chartScale = func() string {
	var drawn strings.Builder
	for level := measure.LowestLevel; level <= measure.HighestLevel; level++ {
		y := TrendChart{}.Y(float64(level))
		fmt.Fprintf(&drawn, `<line class="axis" x1="%[1]s" x2="%[2]s" y1="%[3]s" y2="%[3]s"></line>`, Unit(plotLeft), Unit(plotRight), Unit(y))
		fmt.Fprintf(&drawn, `<text class="tick" x="%s" y="%s" text-anchor="end">%d</text>`, Unit(plotLeft-8), Unit(y+labelOffset), level)
	}
	return drawn.String()
}()

// Unit writes a number of a drawing.
func Unit(value float64) string { return string(appendUnit(nil, value)) }
