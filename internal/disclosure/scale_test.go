package disclosure

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
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

// BenchmarkMatrix decides about one more team of nine among people who are each in several teams, so that all hangs
// together closely: the worst case. Beyond the bound it is withheld.
func BenchmarkMatrix(b *testing.B) {
	for _, sets := range []int{100, 300, 1000, 1500, 2000, 5000} {
		b.Run(fmt.Sprint(sets), func(b *testing.B) {
			published, candidate := matrix(sets)
			for b.Loop() {
				decided(b, published, one(candidate), Floor())
			}
		})
	}
}

// matrix publishes so many sets of nine people each, who are in about eight sets each, and returns one more.
func matrix(sets int) (published []Observation, candidate []Answer) {
	random, people := seeded(7), max(9, sets*9/8)
	for k := range sets + 1 {
		var set []Answer
		for _, person := range random.Perm(people)[:9] {
			set = append(set, Answer{Person: fmt.Sprint("p", person), Assessment: fmt.Sprint("s", person, "-", k)})
		}
		if k == sets {
			return published, set
		}
		published = append(published, Observation{Level: Competency, Answers: set, Step: 0.1, Thresholds: Floor(), Known: everybody(set)})
	}
	return nil, nil
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
				cycle[a].Assessment = fmt.Sprint(i, "/", cycle[a].Assessment)
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

// What hangs together too closely to be checked is withheld, and a deadline is kept in the middle of the arithmetic.
func TestDecisionsAreBounded(t *testing.T) {
	published, set := matrix(60)
	ledger, err := Read(published, set)
	if err != nil {
		t.Fatal(err)
	}
	ledger.work = 100
	decision, err := ledger.Decide(t.Context(), candidate(one(set), Floor()))
	if err != nil || stepsOf(decision) != withheld || decision.Reason(Whole) != TooLarge || len(decision.Observations()) > 0 {
		t.Errorf("beyond the bound: %v, %v, %v", stepsOf(decision), decision.Reason(Whole), err)
	}
	if hidden, err := ledger.Hidden(t.Context()); err != nil || len(hidden) != 0 {
		t.Errorf("hidden are %v, %v", hidden, err)
	}
	published, set = matrix(1000)
	ended, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := Decide(ended, published, candidate(one(set), Floor())); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("within its deadline it ends with %v", err)
	}
}
