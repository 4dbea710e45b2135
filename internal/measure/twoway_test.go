package measure

import "testing"

func TestTwoWay(t *testing.T) {
	tests := []struct {
		name                  string
		table                 [][]int
		betweenRows, residual float64
	}{
		{"nothing", nil, 0, 0},
		{"empty rows", [][]int{{}, {}}, 0, 0},
		{"one cell", [][]int{{4}}, 0, 0},
		{"one row", [][]int{{1, 5, 3}}, 0, 0},
		{"one column", [][]int{{1}, {3}}, 2, 0},
		{"rows and columns that add up", [][]int{{1, 2, 3}, {3, 4, 5}}, 6, 0},
		// By hand: all means are 2, and each residual is 1.
		{"a cross", [][]int{{1, 3}, {3, 1}}, 0, 4},
		// By hand: row means 3/2, 7/2 and 3 around 8/3; residuals 1/6 four times
		// and 1/3 twice.
		{"a bit of each", [][]int{{1, 2}, {3, 4}, {3, 3}}, 13.0 / 3, 1.0 / 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			betweenRows, residual := twoWay(test.table)
			near(t, "between rows", betweenRows, test.betweenRows, 1e-12)
			near(t, "residual", residual, test.residual, 1e-12)
		})
	}
}

// The whole-number sums give what the definition does.
func TestTwoWayByDefinition(t *testing.T) {
	random := seeded()
	for range 200 {
		k, n := 1+random.IntN(5), 1+random.IntN(6)
		table := make([][]int, k)
		rows, columns, all := make([]float64, k), make([]float64, n), 0.0
		for i := range table {
			for j := range n {
				level := 1 + random.IntN(5)
				table[i] = append(table[i], level)
				rows[i] += float64(level) / float64(n)
				columns[j] += float64(level) / float64(k)
				all += float64(level) / float64(k*n)
			}
		}
		wantBetween, wantResidual := 0.0, 0.0
		for i, row := range table {
			wantBetween += float64(n) * (rows[i] - all) * (rows[i] - all)
			for j, level := range row {
				residual := float64(level) - rows[i] - columns[j] + all
				wantResidual += residual * residual
			}
		}
		betweenRows, residual := twoWay(table)
		near(t, "between rows", betweenRows, wantBetween, 1e-9)
		near(t, "residual", residual, wantResidual, 1e-9)
	}
}
