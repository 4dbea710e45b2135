package disclosure

import (
	"fmt"
	"math"
)

// The floors of the thresholds. Nobody can go below them: they are the promise.
const (
	// SmallestGroup is the number of people below which no mean is published.
	SmallestGroup = 5
	// SmallestKnown is how many others of a group each person in it has to know.
	SmallestKnown = 4
	// SmallestEffectiveGroup is the number of people such that no answer may
	// become known better than from an average over so many.
	SmallestEffectiveGroup = 3.0
)

// Rules are a version of the rules for what a cycle publishes: those in force when it opened. They only ever become
// stricter, so that later rules keep what earlier ones promised.
type Rules int

const (
	// FirstRules count heads of sets that share an answer, and hold the bound for each level by itself and for a
	// single answer to a competency over all levels.
	FirstRules Rules = 1
	// KeptRules add who knows whom, count cycles close to each other as one, and also hold the bound jointly over all
	// levels for areas and the whole.
	KeptRules Rules = 2
)

// Thresholds are what the gates enforce: the rules, and three numbers. A cycle stores those with which it was opened,
// so that they never change after an answer was given.
type Thresholds struct {
	// Group is the smallest number of people: SmallestGroup or more.
	Group int `json:"group"`
	// EffectiveGroup is the smallest effective group, in people:
	// SmallestEffectiveGroup or more.
	EffectiveGroup float64 `json:"effective_group"`
	// Known is how many others of a set each person in it has to know: SmallestKnown or more; ignored under the
	// FirstRules.
	Known int `json:"known"`
	// Rules are the rules that hold; 0 stands for the FirstRules.
	Rules Rules `json:"rules"`
}

// Floor returns the lowest thresholds there are, 5, 4 and 3, under today's rules.
func Floor() Thresholds {
	return Thresholds{Group: SmallestGroup, EffectiveGroup: SmallestEffectiveGroup, Known: SmallestKnown, Rules: KeptRules}
}

// NewThresholds returns the thresholds, or an error that says what to do when one
// is below its floor: an operator may raise them, never lower them.
func NewThresholds(group, known int, effectiveGroup float64) (Thresholds, error) {
	thresholds := Thresholds{Group: group, Known: known, EffectiveGroup: effectiveGroup, Rules: KeptRules}
	return thresholds, thresholds.Check()
}

// kept reports whether today's rules apply.
func (t Thresholds) kept() bool { return t.Rules >= KeptRules }

// Check returns an error that says which threshold is too low and what to do, or nil.
func (t Thresholds) Check() error {
	if t.Group < SmallestGroup {
		return fmt.Errorf("the smallest group is %d: set it to %d or more, it can only be raised", t.Group, SmallestGroup)
	}
	if t.kept() && t.Known < SmallestKnown {
		return fmt.Errorf("the smallest number of people known is %d: set it to %d or more, it can only be raised", t.Known, SmallestKnown)
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
		strictest.Known = max(strictest.Known, thresholds.Known)
		strictest.Rules = max(strictest.Rules, thresholds.Rules)
		// By comparison, not by max, so that NaN is skipped.
		if thresholds.EffectiveGroup > strictest.EffectiveGroup {
			strictest.EffectiveGroup = thresholds.EffectiveGroup
		}
	}
	return strictest
}
