package disclosure

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

// reference is the team of the specification: nine members of whom 95 % take part,
// over twelve cycles. "Some churn" is read as this: between two cycles each member is
// replaced by somebody new with a chance of 3 %, which is a bit more than one in ten
// in a year of four cycles.
type reference struct {
	members, cycles int
	takesPart       float64
	replaced        float64
}

var specified = reference{members: 9, cycles: 12, takesPart: 0.95, replaced: 0.03}

// history returns the contributors of each cycle.
func (r reference) history(random *rand.Rand) [][]Answer {
	roster := make([]int, r.members)
	for i := range roster {
		roster[i] = i
	}
	next := r.members
	cycles := make([][]Answer, r.cycles)
	for cycle := range cycles {
		for i := range roster {
			if cycle > 0 && random.Float64() < r.replaced {
				roster[i] = next
				next++
			}
			if random.Float64() < r.takesPart {
				cycles[cycle] = append(cycles[cycle], Answer{Person: fmt.Sprint(roster[i]), Assessment: fmt.Sprint(roster[i], " in ", cycle)})
			}
		}
	}
	return cycles
}

// published counts the cycles that publish each level, of so many teams, in order.
func (r reference) published(teams int, thresholds Thresholds) (counts [3][]int) {
	for run := range teams {
		var published []Observation
		var count [3]int
		for _, set := range r.history(seeded(uint64(run))) {
			decision, err := Decide(context.Background(), published, candidate([][]Answer{set}, thresholds))
			if err != nil {
				panic(err)
			}
			published = append(published, decision.Observations()...)
			for _, level := range Levels() {
				if _, some := decision.Step(level); some {
					count[level]++
				}
			}
		}
		for level := range counts {
			counts[level] = append(counts[level], count[level])
		}
	}
	for level := range counts {
		slices.Sort(counts[level])
	}
	return counts
}

// What twelve cycles publish: under the first rules all competencies, 11 areas, 7 to 9 the whole; since the bound is
// held jointly over the levels, 7, 7 and 8.
func TestReferenceFigures(t *testing.T) {
	for _, test := range []struct {
		thresholds Thresholds
		want       [3][2]int
	}{
		{before(5, 3), [3][2]int{{12, 12}, {11, 11}, {7, 9}}},
		{Floor(), [3][2]int{{7, 8}, {7, 9}, {8, 9}}},
	} {
		counts := specified.published(21, test.thresholds)
		for level, want := range test.want {
			if median := counts[level][10]; median < want[0] || median > want[1] {
				t.Errorf("rules %d, %v: half of the teams publish %d or more of 12 cycles, want %d to %d",
					test.thresholds.Rules, Level(level), median, want[0], want[1])
			}
		}
	}
}

// writeReference writes how many of twelve cycles are published, by churn.
func writeReference(report io.Writer, teams int) {
	fmt.Fprintf(report, "Nine members of whom 95 %% take part: how many of 12 cycles publish, median of %d teams (a tenth\n"+
		"publishes as many as the first number in brackets or fewer, a tenth as many as the second or more).\n\n", teams)
	table := tabwriter.NewWriter(report, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "replaced between cycles\tcompetencies\tareas\twhole\t\n")
	for _, rules := range []struct {
		name       string
		thresholds Thresholds
	}{{"each level by itself (first rules)", before(5, 3)}, {"jointly over levels", Floor()}} {
		fmt.Fprintf(table, "%s\t\t\t\t\n", rules.name)
		for _, replaced := range []float64{0, 0.01, 0.03, 0.05, 0.1} {
			r := specified
			r.replaced = replaced
			fmt.Fprintf(table, "%.0f %%\t", 100*replaced)
			for _, counts := range r.published(teams, rules.thresholds) {
				fmt.Fprintf(table, "%d (%d, %d)\t", counts[teams/2], counts[teams/10], counts[teams-1-teams/10])
			}
			fmt.Fprint(table, "\n")
		}
	}
	table.Flush()
	fmt.Fprintln(report)
}

// BenchmarkPrivacyReference prints what the gate costs in published cycles.
func BenchmarkPrivacyReference(b *testing.B) {
	var report strings.Builder
	for b.Loop() {
		report.Reset()
		writeReference(&report, 201)
	}
	fmt.Printf("\n\n%s\n", report.String())
}
