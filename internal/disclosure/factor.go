package disclosure

import (
	"math"
	"slices"
)

// factor is the Cholesky factor L of the covariance S = L*L' of observations, row
// by row, so that candidates can be put at its end without starting anew. A row
// starts at its first column that is not zero: what is left of that stays zero.
//
// Every product is rounded by itself (that is what float64 around it means to a Go
// compiler), so that a machine that multiplies and adds in one go arrives at the
// same digits as one that doesn't. A decision must not depend on the machine.
type factor struct {
	rows  [][]float64
	first []int
	// until is, for each row, the last one whose columns reach up to it.
	until []int
}

// grow adds a row: that of an observation with the given covariances with the
// observations before it from the one numbered first on (with those above there are
// none), then its own variance. It changes the slice that it is given.
func (f *factor) grow(row []float64, first int) {
	for len(row) > 1 && row[0] == 0 {
		row, first = row[1:], first+1
	}
	last := len(row) - 1
	f.solve(row[:last], first, first, first+last)
	row[last] = math.Sqrt(row[last] - squares(row[:last]))
	f.rows = append(f.rows, row)
	f.first = append(f.first, first)
	f.until = append(f.until, first+last)
	for k := first; k < first+last; k++ {
		f.until[k] = first + last
	}
}

// fork returns the same factor, to be grown apart.
func (f factor) fork() factor {
	return factor{rows: slices.Clip(f.rows), first: slices.Clip(f.first), until: slices.Clone(f.until)}
}

// negligible is a number so small, beside the answers' standard deviations, that what
// is smaller can be set to zero: all that is dropped moves a share by less than a
// thousandth of the margin that the gate leaves. Along a chain of teams, what one
// says of another falls off so fast that most of the work would be on digits like that.
const negligible = 1e-14

// solve replaces b by the solution of L*x = b. b holds the rows from first on, and
// is zero above; it may end before L does, and is zero from the row numbered zero on.
// The rows above from are solved already. It returns the row from which on the
// solution is zero.
func (f factor) solve(b []float64, first, from, zero int) int {
	// nonzero is the last row so far that has something to say to those below.
	nonzero := from - 1
	for k := from; k < first+len(b); k++ {
		if k >= zero && (nonzero < first || k > f.until[nonzero]) {
			return nonzero + 1
		}
		row, start := f.rows[k], f.first[k]
		sum := b[k-first]
		if nonzero >= start {
			shared := max(start, first)
			right := b[shared-first : k-first]
			for j, value := range row[shared-start : k-start] {
				sum -= float64(value * right[j])
			}
		}
		if math.Abs(sum) < negligible {
			b[k-first] = 0
			continue
		}
		b[k-first] = sum / row[k-start]
		nonzero = k
	}
	return nonzero + 1
}

// squares is the sum of squares.
func squares(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += float64(value * value)
	}
	return sum
}
