package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// near fails the test unless got is want to within tolerance.
func near(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %v, want %v (to within %v)", name, got, want, tolerance)
	}
}

// seeded returns a source of random numbers that is the same in every run.
func seeded() *rand.Rand { return rand.New(rand.NewPCG(1991, 1979)) }

// someClusters returns up to five clusters, of up to six levels between lowest
// and highest each, with at least one level in all.
func someClusters(random *rand.Rand, lowest, highest int) []Cluster {
	clusters := []Cluster{{Competency: "first", Levels: []int{lowest}}}
	for i := range 1 + random.IntN(4) {
		cluster := Cluster{Competency: fmt.Sprint(i)}
		for range random.IntN(7) {
			cluster.Levels = append(cluster.Levels, lowest+random.IntN(highest-lowest+1))
		}
		clusters = append(clusters, cluster)
	}
	return clusters
}

// pairsOf returns the shared items of one competency.
func pairsOf(competency string, changes ...float64) []Paired {
	pairs := make([]Paired, len(changes))
	for i, change := range changes {
		pairs[i] = Paired{Competency: competency, Change: change}
	}
	return pairs
}

// evenPairs returns competencies times items shared items that all change by
// the same amount.
func evenPairs(competencies, items int, change float64) []Paired {
	var pairs []Paired
	for i := range competencies {
		for range items {
			pairs = append(pairs, Paired{Competency: fmt.Sprint(i), Change: change})
		}
	}
	return pairs
}

// answer is that of someone who stands at value.
func answer(value float64) int {
	return int(min(HighestLevel, max(LowestLevel, math.Round(value))))
}

// pair is the change of all rows between two assessments.
func pair(rows []Row, earlier, later int) []Paired {
	pairs := make([]Paired, len(rows))
	for i, row := range rows {
		pairs[i] = Paired{
			Competency: row.Competency,
			Change:     float64(row.Levels[later] - row.Levels[earlier]),
		}
	}
	return pairs
}

// quarterly are the times, in days, of so many assessments a quarter apart.
func quarterly(assessments int) []float64 {
	days := make([]float64, assessments)
	for j := range days {
		days[j] = float64(j) * 365.25 / 4
	}
	return days
}
