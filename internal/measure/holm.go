package measure

import (
	"cmp"
	"slices"
)

// holmAdjust returns the Holm-adjusted p-values, in the order of pValues. With
// the m p-values sorted upwards as p(1) to p(m),
//
//	adjusted(i) = max over j <= i of min(1, (m - j + 1)*p(j))
//
// Holm's step-down procedure at any level alpha rejects exactly those whose
// adjusted p-value is below alpha, so one adjustment serves both "changed" and
// "possible". Equal p-values stay equal.
//
// Source: Holm (1979). There, a p-value equal to its bound is rejected as well;
// here it is not, in line with the rule p < 0.05.
func holmAdjust(pValues []float64) []float64 {
	order := make([]int, len(pValues))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(pValues[a], pValues[b])
	})
	adjusted := make([]float64, len(pValues))
	running := 0.0
	for rank, i := range order {
		remaining := float64(len(pValues) - rank)
		running = max(running, min(1, remaining*pValues[i]))
		adjusted[i] = running
	}
	return adjusted
}
