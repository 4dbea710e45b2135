package measure

// isComplete reports whether row has columns levels, all of them on the scale.
func isComplete(row []int, columns int) bool {
	if len(row) != columns {
		return false
	}
	for _, level := range row {
		if !onScale(level) {
			return false
		}
	}
	return true
}

// twoWay decomposes a complete table of k rows by n columns. With x_ij the level in row i and column j, and a dot for
// the mean over an index,
//
//	betweenRows = n * sum over i of (x_i. - x_..)^2             k - 1 degrees
//	residual    = sum over i, j of (x_ij - x_i. - x_.j + x_..)^2
//	                                                (k - 1)(n - 1) degrees
//
// Both are in squared levels, and 0 for an empty table. They are computed from the sums R_i of the rows, C_j of the
// columns and T of all,
//
//	n*k*betweenRows = k*sum(R_i^2) - T^2
//	n*k*residual    = n*k*sum(x_ij^2) - k*sum(R_i^2) - n*sum(C_j^2) + T^2
//
// which are whole numbers. So neither depends on the order of rows or columns,
// and a table without any spread gives exactly 0.
//
// Source: the analysis of variance of a two-way table with one value in a cell,
// Fisher (1925), "Statistical Methods for Research Workers".
func twoWay(table [][]int) (betweenRows, residual float64) {
	if len(table) == 0 || len(table[0]) == 0 {
		return 0, 0
	}
	k, n := len(table), len(table[0])
	columns := make([]int, n)
	total, squares, rowSquares, columnSquares := 0, 0, 0, 0
	for _, row := range table {
		sum := 0
		for j, level := range row {
			sum += level
			columns[j] += level
			squares += level * level
		}
		total += sum
		rowSquares += sum * sum
	}
	for _, sum := range columns {
		columnSquares += sum * sum
	}
	cells := float64(k * n)
	betweenRows = float64(k*rowSquares-total*total) / cells
	residual = float64(k*n*squares-k*rowSquares-n*columnSquares+total*total) / cells
	return betweenRows, residual
}
