package disclosure

// hides reports whether showing a name removes its answer from a level's sets: someone who shows the scores of all
// areas shows the whole as well, which is their mean, but not the competencies that an area is made of.
func (l Level) hides() bool { return l != Competency }

// heads is gate 1 and, under today's rules, the check of who knows whom: whether every set of a candidate holds as
// many people as the thresholds ask for or more, each of whom knows enough of the others, and so does every difference
// that is not empty between it and a set that shares answers with it, in both directions. It returns the reason why
// not, or Allowed.
//
// Sets share answers when the same assessment is in both: "the same cycle" of one team, or cycles of two teams to which
// somebody contributed the same assessment. Subtracting one mean from the other takes out exactly what they share.
// Two assessments of one person in cycles that are near each other count as the same here. Where two sets have people
// in common but no such assessment, nothing cancels exactly, and the second gate weighs what can be learnt.
//
// Each direction of a difference counts separately, even when both have a remainder: that is stricter than necessary,
// since the remainder of one then blurs that of the other.
//
// The sides of a split count together as well: what no side holds is a difference.
// Answers that were shown by name hide nobody and are not counted.
func (l *Ledger) heads(level Level, candidate Candidate) Reason {
	var candidates []Observation
	var together []Answer
	for _, set := range candidate.Sets {
		candidates = append(candidates, candidate.observation(Figure, level, set, 0))
		together = append(together, set...)
	}
	others := append(l.tellingOf(level, candidate.Thresholds), candidates...)
	if len(candidate.Sets) > 1 {
		candidates = append(candidates, candidate.observation(Figure, level, together, 0))
	}
	for _, one := range candidates {
		unshown := l.unshown(level, one.Answers)
		if len(unshown) < candidate.Thresholds.Group {
			return TooFew
		}
		if candidate.Thresholds.kept() && len(candidate.Known.short(unshown, candidate.Thresholds.Known)) > 0 {
			return Strangers
		}
		for _, other := range others {
			if reason := l.apart(level, one, other); reason != Allowed {
				return reason
			}
		}
	}
	return Allowed
}

// tellingOf returns what was published that reveals means of a level: its own, and under today's rules those of finer
// levels too, whose mean it is.
func (l *Ledger) tellingOf(level Level, thresholds Thresholds) []Observation {
	var found []Observation
	for _, observation := range l.observations {
		if observation.Level == level || thresholds.kept() && observation.Level < level {
			found = append(found, observation)
		}
	}
	return found
}

// apart returns why the sets of two observations mustn't both be known: they share somebody, and differ in a direction
// by fewer people than either was promised, or by people who don't know each other. Allowed if nothing is wrong.
func (l *Ledger) apart(level Level, one, other Observation) Reason {
	group := max(SmallestGroup, one.Thresholds.Group, other.Thresholds.Group)
	near := (one.Thresholds.kept() || other.Thresholds.kept()) && one.Window.near(other.Window)
	left, right := l.unshown(level, one.Answers), l.unshown(level, other.Answers)
	assessments := make(map[string]string, len(right))
	for _, answer := range right {
		assessments[answer.Person] = answer.Assessment
	}
	same, people := 0, 0
	onlyLeft := make([]Answer, 0, len(left))
	for _, answer := range left {
		assessment, both := assessments[answer.Person]
		switch {
		case both && assessment == answer.Assessment:
			same++
		case both && near:
			people++
		default:
			onlyLeft = append(onlyLeft, answer)
			continue
		}
		delete(assessments, answer.Person)
	}
	if same+people == 0 {
		return Allowed
	}
	reason := Differs
	if people > 0 {
		reason = Near
	}
	var onlyRight []Answer
	for _, answer := range right {
		if assessments[answer.Person] != "" {
			onlyRight = append(onlyRight, answer)
		}
	}
	for _, rest := range []struct {
		answers []Answer
		of      Observation
	}{{onlyLeft, one}, {onlyRight, other}} {
		switch {
		case len(rest.answers) == 0:
		case len(rest.answers) < group:
			return reason
		case rest.of.Thresholds.kept() && len(rest.of.Known.short(rest.answers, rest.of.Thresholds.Known)) > 0:
			return Strangers
		}
	}
	return Allowed
}

// unshown returns the answers of a set that were not shown by name, as far as a
// level is concerned.
func (l *Ledger) unshown(level Level, answers []Answer) []Answer {
	if !level.hides() || len(l.shown) == 0 {
		return answers
	}
	var rest []Answer
	for _, answer := range answers {
		if _, known := l.shown[answer]; !known {
			rest = append(rest, answer)
		}
	}
	return rest
}
