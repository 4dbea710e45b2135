package disclosure

import (
	"context"
	"math"
)

// factor is the Cholesky factor L of the covariance S = L*L' of observations, row by row, and those parts of the
// inverse of S that the shares need. A row starts at its first column that isn't zero: what is left of that stays
// zero, in L, and isn't needed of the inverse, since it belongs to two observations that have nobody in common.
//
// Every product is rounded by itself (that is what float64 around it means to a Go compiler), so that a machine with
// fused multiply-add arrives at the same digits as one without. A decision must not depend on the machine.
type factor struct {
	rows, inverse [][]float64
	first         []int
	// until is, for each row, the last one whose columns reach up to it.
	until []int
}

// grow adds a row to L: that of an observation with the given covariances with the observations before it from the
// one numbered first on, then its own variance. It changes the slice that it is given.
func (f *factor) grow(row []float64, first int) {
	for len(row) > 1 && row[0] == 0 {
		row, first = row[1:], first+1
	}
	last := len(row) - 1
	f.solve(row[:last], first)
	row[last] = math.Sqrt(row[last] - dot(row[:last], row[:last]))
	number := len(f.rows)
	f.rows = append(f.rows, row)
	f.first = append(f.first, first)
	f.until = append(f.until, number)
	for k := first; k < number; k++ {
		f.until[k] = number
	}
}

// solve replaces b, the rows from first on of a column that is zero above, by the solution of L*x = b.
func (f *factor) solve(b []float64, first int) {
	for k := range b {
		row, start := f.rows[first+k], f.first[first+k]
		shared := max(start, first)
		sum := b[k] - dot(row[shared-start:first+k-start], b[shared-first:k])
		b[k] = sum / row[first+k-start]
	}
}

// back replaces b, a whole column, by the solution of L'*x = b.
func (f *factor) back(b []float64) {
	for k := len(b) - 1; k >= 0; k-- {
		row, start := f.rows[k], f.first[k]
		value := b[k] / row[k-start]
		b[k] = value
		if value != 0 {
			subtract(b[start:k], row[:k-start], value)
		}
	}
}

// invert works out of the inverse Z of S what belongs to observations that have people in common, and more, as far as
// a row reaches (Takahashi, Fagan and Chin 1973, "Formation of a sparse bus impedance matrix", Proceedings of the 8th
// PICA Conference). From Z*L = inverse(L'), which is zero below its diagonal,
//
//	Z(i,j) = -sum over k>j of Z(i,k)*L(k,j) / L(j,j)             for i > j
//	Z(j,j) = (1/L(j,j) - sum over k>j of Z(k,j)*L(k,j)) / L(j,j)
//
// so that columns follow from those to their right. Rows that don't reach a column don't affect it, and two that do
// reach each other: no entry is missing. It stops when the context ends.
func (f *factor) invert(ctx context.Context) error {
	size := len(f.rows)
	f.inverse = make([][]float64, size)
	for k, row := range f.rows {
		f.inverse[k] = make([]float64, len(row))
	}
	column, sums := make([]float64, size), make([]float64, size)
	for j := size - 1; j >= 0; j-- {
		if err := ctx.Err(); err != nil {
			return err
		}
		from, to := j+1, f.until[j]
		below, sum := column[:to+1-from], sums[:to+1-from]
		for k := from; k <= to; k++ {
			below[k-from], sum[k-from] = 0, 0
			if f.first[k] <= j {
				below[k-from] = f.rows[k][j-f.first[k]]
			}
		}
		for i := from; i <= to; i++ {
			value := below[i-from]
			if f.first[i] > j {
				continue
			}
			row := f.inverse[i][from-f.first[i]:]
			sum[i-from] += float64(row[i-from]*value) + dotAdd(row[:i-from], below[:i-from], sum[:i-from], value)
		}
		diagonal := f.rows[j][j-f.first[j]]
		own := 1 / diagonal
		for i := from; i <= to; i++ {
			if f.first[i] <= j {
				entry := -sum[i-from] / diagonal
				f.inverse[i][j-f.first[i]] = entry
				own -= float64(entry * below[i-from])
			}
		}
		f.inverse[j][j-f.first[j]] = own / diagonal
	}
	return nil
}

// extend adds a row to L and to the inverse: with x the solution of S*x = b, b the covariances with those before, and
// m the variance that those leave of it,
//
//	Z becomes Z + x*x'/m, and the new row is -x'/m, then 1/m
func (f *factor) extend(row []float64, first int) {
	number := len(f.rows)
	f.grow(row, first)
	added, start := f.rows[number], f.first[number]
	x := make([]float64, number)
	copy(x[start:], added)
	f.back(x)
	left := float64(added[number-start] * added[number-start])
	for i, own := range f.inverse {
		if value := x[i] / left; value != 0 {
			subtract(own, x[f.first[i]:i+1], -value)
		}
	}
	own := make([]float64, len(added))
	for i := start; i < number; i++ {
		own[i-start] = -x[i] / left
	}
	own[number-start] = 1 / left
	f.inverse = append(f.inverse, own)
}

// between is the entry of the inverse for two observations that have people in common.
func (f *factor) between(one, other int) float64 {
	if one < other {
		one, other = other, one
	}
	return f.inverse[one][other-f.first[one]]
}

// dot returns the sum of the products. Four partial sums keep the processor busy, which would have to wait for a
// single one.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += float64(a[i] * b[i])
		s1 += float64(a[i+1] * b[i+1])
		s2 += float64(a[i+2] * b[i+2])
		s3 += float64(a[i+3] * b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += float64(a[i] * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// dotAdd is dot, and also adds a times the factor to into.
func dotAdd(a, b, into []float64, factor float64) float64 {
	b, into = b[:len(a)], into[:len(a)]
	var s0, s1 float64
	i := 0
	for ; i+2 <= len(a); i += 2 {
		x, y := a[i], a[i+1]
		s0 += float64(x * b[i])
		s1 += float64(y * b[i+1])
		into[i] += float64(x * factor)
		into[i+1] += float64(y * factor)
	}
	if i < len(a) {
		s0 += float64(a[i] * b[i])
		into[i] += float64(a[i] * factor)
	}
	return s0 + s1
}

// subtract subtracts b times the factor from a.
func subtract(a, b []float64, factor float64) {
	b = b[:len(a)]
	for i := range a {
		a[i] -= float64(b[i] * factor)
	}
}
