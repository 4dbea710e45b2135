package disclosure

import (
	"context"
	"maps"
	"slices"
)

// circleLimit is how many circles are looked at one by one; what is left is looked at as one.
const circleLimit = 8

// circle is a group of people who all lead to each other, from one to whom that one knows, and so on.
type circle struct {
	// people are in it, vouched are all to whom they lead, themselves among them.
	people, vouched map[string]bool
}

// circles finds those circles that don't lead to everybody of whom something was published, or would be, by the rules
// of today. Whoever invents people can have them say that they know everybody, but nobody real says that of them: they
// stay outside of the circle of the real ones, for whom the second gate then takes their answers for known. Of whom
// nothing is known, as of those who took part by the first rules alone, nothing of this is asked.
func (l *Ledger) circles(candidate []Observation) []circle {
	knows, knownBy, present := map[string][]string{}, map[string][]string{}, map[string]bool{}
	for _, observations := range [][]Observation{l.observations, candidate} {
		for _, observation := range observations {
			if !observation.Thresholds.kept() {
				continue
			}
			for _, answer := range observation.Answers {
				present[answer.Person] = true
			}
			for person, others := range observation.Known {
				for _, other := range others {
					knows[person] = append(knows[person], other)
					knownBy[other] = append(knownBy[other], person)
				}
			}
		}
	}
	var found []circle
	done := map[string]bool{}
	for _, person := range slices.Sorted(maps.Keys(present)) {
		if done[person] || len(knows[person]) == 0 {
			continue
		}
		vouched, leading := reached(person, knows), reached(person, knownBy)
		one := circle{people: map[string]bool{}, vouched: vouched}
		for other := range vouched {
			if leading[other] {
				one.people[other], done[other] = true, true
			}
		}
		for other := range present {
			if !vouched[other] {
				found = append(found, one)
				break
			}
		}
	}
	if len(found) > circleLimit {
		rest := circle{people: map[string]bool{}, vouched: map[string]bool{}}
		for _, one := range found[circleLimit-1:] {
			maps.Copy(rest.people, one.people)
			maps.Copy(rest.vouched, one.vouched)
		}
		found = append(found[:circleLimit-1:circleLimit-1], rest)
	}
	for i := range found {
		// People of the first rules alone are strangers to nobody.
		for answer := range l.promises {
			if !present[answer.Person] {
				found[i].vouched[answer.Person] = true
			}
		}
	}
	return found
}

// reached are all to whom somebody leads.
func reached(person string, edges map[string][]string) map[string]bool {
	met, waiting := map[string]bool{person: true}, []string{person}
	for len(waiting) > 0 {
		next := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		for _, other := range edges[next] {
			if !met[other] {
				met[other] = true
				waiting = append(waiting, other)
			}
		}
	}
	return met
}

// seenFrom is the ledger as it looks to those of a circle: the answers of strangers are known.
func (l *Ledger) seenFrom(one circle) *Ledger {
	seen := l.apartCopy()
	seen.vouched = one.vouched
	return seen
}

// weighCircle weighs the answers of those of a circle, jointly over the levels, with an observation more.
func (l *Ledger) weighCircle(ctx context.Context, one circle, option []Observation) ([]weighed, error) {
	seen := l.seenFrom(one)
	weighings, err := seen.together(ctx, [][]Observation{option})
	l.large = l.large || seen.large
	if err != nil || l.large {
		return nil, err
	}
	own := make([]weighed, 0, 3)
	for _, all := range weighings[0] {
		part := weighed{level: all.level, jointly: true}
		for i, answer := range all.answers {
			if one.people[answer.Person] {
				part.answers, part.shares = append(part.answers, answer), append(part.shares, all.shares[i])
			}
		}
		own = append(own, part)
	}
	return own, nil
}

// keptInCircles says whether an option keeps so many times the promise to everybody also where the answers of those
// are known to whom nobody of their circle leads.
func (l *Ledger) keptInCircles(ctx context.Context, option []Observation, times float64) (bool, error) {
	for _, one := range l.circles(option) {
		weighings, err := l.weighCircle(ctx, one, option)
		if err != nil || l.large {
			return false, err
		}
		if slices.ContainsFunc(weighings, func(w weighed) bool { return !l.kept(w, option, times) }) {
			return false, nil
		}
	}
	return true, nil
}
