package disclosure

import (
	"fmt"
	"testing"
)

// BenchmarkTeamOf500 decides about the twentieth cycle of a team of 500, of whom 95 %
// take part: 10,000 answers have to keep their effective group.
func BenchmarkTeamOf500(b *testing.B) {
	cycles := reference{members: 500, cycles: 20, takesPart: 0.95, replaced: 0.03}.history(seeded(0))
	var published []Observation
	for _, set := range cycles[:19] {
		_, decision := decided(b, published, one(set), Floor())
		published = append(published, decision.Observations()...)
	}
	b.ReportAllocs()
	for b.Loop() {
		decided(b, published, one(cycles[19]), Floor())
	}
}

// BenchmarkInstanceOf1000Teams decides about the twelfth cycle of a team of nine in
// an instance of 1,000 teams, of which everything is handed in. Apart: nobody is in
// two teams. In tens: every tenth team begins a chain of ten, of which each has a
// member in common with the next.
func BenchmarkInstanceOf1000Teams(b *testing.B) {
	for _, each := range []struct {
		name  string
		chain int
	}{{"apart", 1}, {"in tens", 10}, {"in hundreds", 100}, {"in one", 1000}} {
		b.Run(each.name, func(b *testing.B) {
			published, last := instance(1000, each.chain)
			b.ReportAllocs()
			for b.Loop() {
				decided(b, published, one(last), Floor())
			}
		})
	}
}

// instance publishes eleven cycles of many teams, and returns the contributors of the
// first team's twelfth.
func instance(teams, chain int) (published []Observation, last []Answer) {
	guests := make([][]Answer, specified.cycles)
	for i := range teams {
		cycles := specified.history(seeded(uint64(i)))
		for c, cycle := range cycles {
			for a := range cycle {
				cycle[a].Person = fmt.Sprint(i, "/", cycle[a].Person)
				cycle[a].Sitting = fmt.Sprint(i, "/", cycle[a].Sitting)
			}
			// The guest is a member of the team before, with the same assessment.
			if i%chain > 0 {
				cycles[c] = append(cycle, guests[c]...)
			}
			guests[c] = cycle[:1]
		}
		for c, cycle := range cycles {
			if i == 0 && c == specified.cycles-1 {
				last = cycle
				continue
			}
			published = append(published, figures(cycle, 0.1)...)
		}
	}
	return published, last
}
