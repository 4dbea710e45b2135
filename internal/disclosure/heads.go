package disclosure

// hides says whether a name that was shown takes its answer out of a level's
// sets: someone who shows the scores of all areas shows the whole as well, which
// is their mean, but not the competencies that an area is made of.
func (l Level) hides() bool { return l != Competency }

// heads is gate 1: whether every set of a candidate holds as many people as the
// thresholds ask for or more, and so does every difference that is not empty
// between it and a set that shares answers with it, in both directions.
//
// Sets share answers when the same sitting is in both: "the same cycle" of one
// team, or cycles of two teams to which somebody contributed the same assessment.
// Subtracting one mean from the other takes out exactly what they share. Where two
// sets have people in common but no sitting, nothing cancels exactly, and the
// second gate weighs what can be learnt.
//
// Differences are taken by answer, not by person, and each direction counts by
// itself, also when both are left over at once: that is stricter than necessary,
// since the rest of one then blurs the rest of the other.
//
// The sides of a split count together as well: what no side holds is a difference.
// Answers that were shown by name hide nobody and are not counted.
func (h history) heads(level Level, sets [][]Answer, thresholds Thresholds) bool {
	candidates := make([]Observation, 0, len(sets)+1)
	var together []Answer
	for _, set := range sets {
		candidates = append(candidates, Observation{Level: level, Answers: set, Thresholds: thresholds})
		together = append(together, set...)
	}
	others := append(h.at(level), candidates...)
	if len(sets) > 1 {
		candidates = append(candidates, Observation{Level: level, Answers: together, Thresholds: thresholds})
	}
	for _, candidate := range candidates {
		if len(h.unshown(level, candidate.Answers)) < thresholds.Group {
			return false
		}
		for _, other := range others {
			if !h.apart(candidate, other) {
				return false
			}
		}
	}
	return true
}

// apart says whether the sets of two observations share no answer, or differ in
// each direction by nobody or by as many people at least as either was promised.
func (h history) apart(one, other Observation) bool {
	group := max(SmallestGroup, one.Thresholds.Group, other.Thresholds.Group)
	left, right := h.unshown(one.Level, one.Answers), h.unshown(other.Level, other.Answers)
	inRight := make(map[Answer]struct{}, len(right))
	for _, answer := range right {
		inRight[answer] = struct{}{}
	}
	shared := 0
	for _, answer := range left {
		if _, both := inRight[answer]; both {
			shared++
		}
	}
	if shared == 0 {
		return true
	}
	onlyLeft, onlyRight := len(left)-shared, len(right)-shared
	return (onlyLeft == 0 || onlyLeft >= group) && (onlyRight == 0 || onlyRight >= group)
}

// unshown returns the answers of a set that were not shown by name, as far as a
// level is concerned.
func (h history) unshown(level Level, answers []Answer) []Answer {
	if !level.hides() || len(h.shown) == 0 {
		return answers
	}
	var rest []Answer
	for _, answer := range answers {
		if _, known := h.shown[answer]; !known {
			rest = append(rest, answer)
		}
	}
	return rest
}
