// Package rounding holds the one rule for rounding numbers that people read, on pages, in charts and in files: to the
// nearest multiple of a step, and from halfway away from zero. So 3.25 and 3.75 are both rounded up, and their
// negatives both down.
package rounding

import (
	"math"
	"strconv"
)

// tie is how close to the middle between two multiples, in steps, a number counts as halfway. A mean such as 43/20 has
// no exact binary representation, and when computed may lie on either side of 2.15. A mean of n answers that isn't
// halfway is at least a 2n-th of a step away from it.
const tie = 1e-9

// To returns the multiple of a step that is nearest to a value. The step is given in whole tenths, since a tenth has
// no exact binary representation; the multiple is the float that its decimal digits parse to.
func To(value, step float64) float64 {
	tenths := math.Round(step * 10)
	multiple := math.Floor(math.Abs(value)*10/tenths + 0.5 + tie)
	if multiple == 0 {
		return 0 // without a sign
	}
	return math.Copysign(multiple*tenths/10, value)
}

// Hundredths writes a value from 0 to 1 with two decimals, rounded.
func Hundredths(value float64) string {
	return strconv.FormatFloat(math.Floor(value*100+0.5+tie)/100, 'f', 2, 64)
}

// Decimal writes a value with one decimal, rounded.
func Decimal(value float64) string {
	rounded := To(value, 0.1)
	if tenths := rounded * 10; tenths >= 0 && tenths < float64(len(levels)) {
		return levels[int(tenths+0.5)]
	}
	return written(rounded)
}

func written(rounded float64) string { return strconv.FormatFloat(rounded, 'f', 1, 64) }

// levels are the values from 0.0 to 5.0, written: a page of figures has some thousand of them.
var levels = func() (all [51]string) {
	for tenths := range all {
		all[tenths] = written(float64(tenths) / 10)
	}
	return all
}()
