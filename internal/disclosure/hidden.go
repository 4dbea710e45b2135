package disclosure

import (
	"context"
	"math"
)

// Hidden returns, for everybody about whom something was published, the smallest effective group that gate 2 looks at,
// of all answers of that person and all levels, rounded down to whole people: "hidden among 6". People whom nothing
// limits aren't in it; answers that a person showed by name are left out, and if it is too much to compute, nobody is
// in it. The ledger has to hold what is [Connected] with all of them.
func (l *Ledger) Hidden(ctx context.Context) (map[string]int, error) {
	smallest := make(map[string]float64)
	note := func(weighings []weighed) {
		for _, weighing := range weighings {
			for place, share := range weighing.shares {
				// If nothing is explained, 1/0 is the infinite group, as it should be.
				person, group := weighing.answers[place].Person, 1/share
				if before, found := smallest[person]; !found || group < before {
					smallest[person] = group
				}
			}
		}
	}
	for _, level := range Levels() {
		weighings, err := l.weigh(ctx, level, [][]Observation{nil})
		if err != nil || l.large {
			return nil, err
		}
		note(weighings[0])
		if !l.needsAlone(nil) {
			break
		}
	}
	for _, one := range l.circles(nil) {
		weighings, err := l.weighCircle(ctx, one, nil)
		if err != nil || l.large {
			return nil, err
		}
		note(weighings)
	}
	people := make(map[string]int, len(smallest))
	for person, group := range smallest {
		if !math.IsInf(group, 1) {
			people[person] = int(group)
		}
	}
	return people, nil
}

// groups turns shares into effective groups.
func (w weighed) groups() map[Answer]float64 {
	groups := make(map[Answer]float64, len(w.answers))
	for place, share := range w.shares {
		groups[w.answers[place]] = 1 / share
	}
	return groups
}
