package disclosure

import (
	"context"
	"errors"
	"slices"
)

// DecideShowing says whether a person may show their area scores of one cycle by
// name to the team, and returns the observation to store if so. contributors is
// the set of the cycle, answer the one that is to be shown, thresholds are those
// of the cycle; published and errors are as in [Decide].
//
// What is shown is known exactly: anyone who sees it can subtract it from every mean that it went into. It may be
// shown when, with it and all that was shown before taken out of the areas and the whole (the mean of the areas),
//
//   - as many contributors of the cycle as the thresholds ask for stay unshown,
//     and so do as many people of every other set that the answer was published
//     in, and of every difference of such a set from another;
//   - every answer that is not shown keeps the effective group that it was
//     promised. For the person's own answers of other cycles, the prior variance is
//     what their own showing leaves of it: a person may give themselves away, the
//     figures may not add to it.
//
// What was shown once stays known: hiding it again removes no observation. Showing it again is always allowed. The
// decision doesn't depend on the scores.
func DecideShowing(ctx context.Context, published []Observation, contributors []Answer, answer Answer, thresholds Thresholds) (shown Observation, allowed bool, err error) {
	if err := thresholds.Check(); err != nil {
		return Observation{}, false, err
	}
	if !slices.Contains(contributors, answer) {
		return Observation{}, false, errors.New("disclosure: only an answer that went into the cycle can be shown in it")
	}
	ledger, err := Read(published, contributors)
	if err != nil {
		return Observation{}, false, err
	}
	shown = Observation{Kind: Shown, Level: Area, Answers: []Answer{answer}, Thresholds: thresholds}
	if _, before := ledger.shown[answer]; before {
		return shown, true, nil
	}
	ledger.show(answer)
	if len(ledger.unshown(Area, contributors)) < thresholds.Group {
		return Observation{}, false, nil
	}
	for _, level := range Levels() {
		if level.hides() && !ledger.headsWithout(level, answer) {
			return Observation{}, false, nil
		}
	}
	allowed, err = ledger.holds(ctx)
	if err != nil || !allowed {
		return Observation{}, false, err
	}
	return shown, true, nil
}

// headsWithout reports whether gate 1 holds for the sets that contain an answer, now that it is shown. For means that
// only went into a comparison, differences are left to the second gate, as they were when it was published.
func (l *Ledger) headsWithout(level Level, answer Answer) bool {
	for _, one := range l.observations {
		if !l.tells(one, level) || !slices.Contains(one.Answers, answer) {
			continue
		}
		unshown := l.unshown(level, one.Answers)
		if len(unshown) < max(SmallestGroup, one.Thresholds.Group) {
			return false
		}
		if one.Kind == Figure && one.Thresholds.kept() && len(one.Known.short(unshown, one.Thresholds.Known)) > 0 {
			return false
		}
		for _, other := range l.observations {
			if one.Kind == Figure && other.Kind == Figure && l.tells(other, level) && l.apart(level, one, other) != Allowed {
				return false
			}
		}
	}
	return true
}

// tells reports whether an observation is of a level, or of a finer one that was promised to count for it.
func (l *Ledger) tells(observation Observation, level Level) bool {
	return observation.Level == level || observation.Thresholds.kept() && observation.Level < level
}
