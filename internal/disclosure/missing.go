package disclosure

import (
	"context"
	"fmt"
)

// missingBeyond is how far beyond the smallest group is looked for a number of people from which on one may miss a cycle.
const missingBeyond = 15

// largestAsked is the largest smallest group of which that is worked out: beyond it a person is easily missed.
const largestAsked = 50

// SafeToMissOne is the number of people from which on one of them can miss a cycle: of three cycles, a quarter apart, in
// which all take part, all but one, and all again, each is published with its competencies. It is found by asking the
// gate itself, with made-up people who know each other. Since the gate never sees an answer, it says nothing of any, nor
// of who took part in anything; what is really published of a cycle is decided anew when it closes. It is 0 where there
// is no such number near the smallest group.
func SafeToMissOne(ctx context.Context, thresholds Thresholds) (int, error) {
	from := 0
	if thresholds.Group > largestAsked {
		return 0, nil
	}
	for people := thresholds.Group; people <= thresholds.Group+missingBeyond; people++ {
		safe, err := safeToMissOne(ctx, thresholds, people)
		switch {
		case err != nil:
			return 0, err
		case !safe:
			from = 0
		case from == 0:
			from = people
		}
	}
	return from, nil
}

// safeToMissOne reports whether one of so many people can miss a cycle.
func safeToMissOne(ctx context.Context, thresholds Thresholds, people int) (bool, error) {
	ledger, err := Read(nil)
	if err != nil {
		return false, err
	}
	for cycle, size := range []int{people, people - 1, people} {
		candidate := madeUp(thresholds, cycle, size)
		decision, err := ledger.Decide(ctx, candidate)
		if err != nil {
			return false, err
		}
		if _, published := decision.Step(candidate.Finest); !published {
			return false, nil
		}
		ledger.Take(decision)
	}
	return true, nil
}

// quarterDays is how far made-up cycles are apart, madeUpDays how long they last.
const quarterDays, madeUpDays = 91, 14

// madeUp is a cycle of so many people who know each other.
func madeUp(thresholds Thresholds, cycle, size int) Candidate {
	var set []Answer
	var names []string
	for number := range size {
		name := fmt.Sprintf("%03d", number)
		names = append(names, name)
		set = append(set, Answer{Person: name, Assessment: fmt.Sprintf("%s in %d", name, cycle)})
	}
	known := Known{}
	for _, name := range names {
		known[name] = names
	}
	opened := (cycle + 1) * quarterDays
	return Candidate{
		Sets: [][]Answer{set}, Thresholds: thresholds, Finest: Competency, Known: known,
		Window: Window{Opened: opened, Closed: opened + madeUpDays},
	}
}

// ReplacedFrom is how many of so many people have to be replaced by others from one cycle to the next for the word on
// how those in both have changed to be published; with nobody replaced it always is, where the figures are. Like
// [SafeToMissOne] it asks the gate itself, with made-up people. It is 0 where no number of them is enough.
func ReplacedFrom(ctx context.Context, thresholds Thresholds, people int) (int, error) {
	if people > largestAsked {
		return 0, nil
	}
	for replaced := 1; people-replaced >= thresholds.Group; replaced++ {
		compared, err := comparedWithout(ctx, thresholds, people, replaced)
		if err != nil || compared {
			return replaced, err
		}
	}
	return 0, nil
}

// comparedWithout reports whether two cycles of so many people are compared, of whom some were replaced.
func comparedWithout(ctx context.Context, thresholds Thresholds, people, replaced int) (bool, error) {
	ledger, err := Read(nil)
	if err != nil {
		return false, err
	}
	earlier := madeUp(thresholds, 0, people)
	later := madeUp(thresholds, 1, people+replaced)
	later.Sets[0] = later.Sets[0][replaced:]
	for _, candidate := range []Candidate{earlier, later} {
		decision, err := ledger.Decide(ctx, candidate)
		if err != nil {
			return false, err
		}
		ledger.Take(decision)
	}
	decision, err := ledger.DecideComparison(ctx, earlier.Sets[0], later)
	if err != nil {
		return false, err
	}
	_, compared := decision.Step(Whole)
	return compared, nil
}

// Variance is how much an answer at the level varies, from person to person and from day to day, as the gate takes it: u
// + e. A word between two published means is computed from it.
func (l Level) Variance() float64 { return l.variances().person + l.variances().assessment }
