package disclosure

import (
	"fmt"
	"math"
)

// The floors of the thresholds. Nobody can go below them: they are the promise.
const (
	// SmallestGroup is the number of people below which no mean is published.
	SmallestGroup = 5
	// SmallestEffectiveGroup is the number of people such that no answer may
	// become known better than from an average over so many.
	SmallestEffectiveGroup = 3.0
)

// Thresholds are the two numbers that the gates hold to. A cycle stores those with
// which it was opened, so that they never change under an answer.
type Thresholds struct {
	// Group is the smallest number of people: SmallestGroup or more.
	Group int `json:"group"`
	// EffectiveGroup is the smallest effective group, in people:
	// SmallestEffectiveGroup or more.
	EffectiveGroup float64 `json:"effective_group"`
}

// Floor returns the lowest thresholds there are, 5 and 3.
func Floor() Thresholds {
	return Thresholds{Group: SmallestGroup, EffectiveGroup: SmallestEffectiveGroup}
}

// NewThresholds returns the thresholds, or an error that says what to do when one
// is below its floor: an operator may raise them, never lower them.
func NewThresholds(group int, effectiveGroup float64) (Thresholds, error) {
	thresholds := Thresholds{Group: group, EffectiveGroup: effectiveGroup}
	return thresholds, thresholds.Check()
}

// Check says which threshold is too low, and what to do, or nil.
func (t Thresholds) Check() error {
	if t.Group < SmallestGroup {
		return fmt.Errorf("the smallest group is %d: set it to %d or more, it can only be raised", t.Group, SmallestGroup)
	}
	if !(t.EffectiveGroup >= SmallestEffectiveGroup) || math.IsInf(t.EffectiveGroup, 1) {
		return fmt.Errorf("the smallest effective group is %v: set it to %v or more, it can only be raised", t.EffectiveGroup, SmallestEffectiveGroup)
	}
	return nil
}

// Strictest returns the highest of each threshold, and never less than the floor.
// A new cycle takes the strictest of the instance's, its team's and those of the
// cycle before: so they only rise, and only for later cycles.
func Strictest(all ...Thresholds) Thresholds {
	strictest := Floor()
	for _, thresholds := range all {
		strictest.Group = max(strictest.Group, thresholds.Group)
		// Compared, not by max, so that what is not a number is passed over.
		if thresholds.EffectiveGroup > strictest.EffectiveGroup {
			strictest.EffectiveGroup = thresholds.EffectiveGroup
		}
	}
	return strictest
}
