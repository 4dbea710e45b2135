package report

// RowsOf returns a row of levels for each person, one for each item; 0 where there is none.
func RowsOf(sample []map[string]int, items []string) [][]int {
	rows := make([][]int, len(sample))
	for i, levels := range sample {
		rows[i] = make([]int, len(items))
		for j, item := range items {
			rows[i][j] = levels[item]
		}
	}
	return rows
}
