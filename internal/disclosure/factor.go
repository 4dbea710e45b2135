package disclosure

import "math"

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
}

// grow returns the factor with one row more: that of an observation with the
// given covariances with the observations before it, then its own variance. The
// rows that f has already are shared, not copied.
func (f factor) grow(covariances []float64) factor {
	last := len(covariances) - 1
	first := 0
	for first < last && covariances[first] == 0 {
		first++
	}
	row := make([]float64, last-first+1)
	copy(row, covariances[first:])
	f.solve(row[:last-first], first, first)
	row[last-first] = math.Sqrt(row[last-first] - squares(row[:last-first]))
	return factor{
		rows:  append(f.rows[:last:last], row),
		first: append(f.first[:last:last], first),
	}
}

// solve replaces b by the solution of L*x = b. b holds the rows from first on, and
// is zero above; it may end before L does. The rows above from are solved already.
func (f factor) solve(b []float64, first, from int) {
	for k := from; k < first+len(b); k++ {
		row, start := f.rows[k], f.first[k]
		shared := max(start, first)
		sum := b[k-first]
		right := b[shared-first : k-first]
		for j, value := range row[shared-start : k-start] {
			sum -= float64(value * right[j])
		}
		b[k-first] = sum / row[k-start]
	}
}

// squares is the sum of squares.
func squares(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += float64(value * value)
	}
	return sum
}
