package disclosure

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// A member who attacks knows their own answers and sees a group of one person fewer.
// The gate promises nothing against that; what is left is measured.

// againstMembers returns, for each history, the smallest effective group of anybody
// against any one other person of the history, by the figures of a level, in order.
func againstMembers(histories int, level Level) []float64 {
	var smallest []float64
	for run := range histories {
		told := happen(uint64(run), Floor())
		known := told.knowledge()
		least := float64(len(known.people))
		for _, own := range known.people {
			var clues []clue
			for _, answer := range own {
				clues = append(clues, clue{[]int{answer}, 0, certain})
			}
			_, posterior := known.attackLevel(level, clues...)
			shown := make(map[string]int)
			for _, seen := range known.seen {
				shown[told.answers[seen.answer].Person]++
			}
			for i, variance := range posterior {
				// Who showed a name is left out altogether, to keep this simple.
				if slices.Contains(own, i) || shown[told.answers[i].Person] > 0 {
					continue
				}
				prior := levelSpreads[level].person + levelSpreads[level].assessment
				// What nothing was published about comes out as the prior, but for the last digits.
				if explained := 1 - variance/prior; explained > 1e-6 {
					least = min(least, 1/explained)
				}
			}
		}
		smallest = append(smallest, least)
	}
	slices.Sort(smallest)
	return smallest
}

// writeMembers writes what one member can learn about another.
func writeMembers(report io.Writer, histories int) {
	fmt.Fprintf(report, "Against one member who knows their own answers (no promise), over %d histories\n\n", histories)
	table := tabwriter.NewWriter(report, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "smallest group\ta tenth below\thalf below\t  attacked\n")
	for _, level := range Levels() {
		smallest := againstMembers(histories, level)
		fmt.Fprintf(table, "%.2f\t%.2f\t%.2f\t  %v\n", smallest[0], smallest[histories/10], smallest[histories/2], level)
	}
	table.Flush()
	fmt.Fprintln(report)
}
