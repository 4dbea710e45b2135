package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

type reference struct {
	members, cycles int
	takesPart       float64
	replaced        float64 // chance that a member is replaced between two cycles
}

func (r reference) history(random *rand.Rand) [][]Answer {
	next := 0
	roster := make([]int, r.members)
	for i := range roster {
		roster[i] = next
		next++
	}
	var cycles [][]Answer
	for cycle := range r.cycles {
		var set []Answer
		for i := range roster {
			if cycle > 0 && random.Float64() < r.replaced {
				roster[i] = next
				next++
			}
			if random.Float64() < r.takesPart {
				set = append(set, Answer{Person: fmt.Sprint(roster[i]), Sitting: fmt.Sprint(roster[i], "in", cycle)})
			}
		}
		cycles = append(cycles, set)
	}
	return cycles
}

func TestTry(t *testing.T) {
	for _, churn := range []float64{0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1} {
		var counts [3][]int
		for run := range 100 {
			r := reference{9, 12, 0.95, churn}
			var published []Observation
			var c [3]int
			for _, set := range r.history(seeded(uint64(run))) {
				s, d := decided(t, published, one(set), Floor())
				published = append(published, d.Observations()...)
				for l := range 3 {
					if s[l] > 0 {
						c[l]++
					}
				}
			}
			for l := range 3 {
				counts[l] = append(counts[l], c[l])
			}
		}
		fmt.Print(churn)
		for l := range 3 {
			slices.Sort(counts[l])
			fmt.Print("  ", counts[l][10], counts[l][25], counts[l][50], counts[l][75], counts[l][90])
		}
		fmt.Println()
	}
}
