package measure

import (
	"maps"
	"time"
)

// CarelessReason is a sign that answers were given without reading. It is a
// reason to ask once whether they are meant, never to delete or to hide them.
type CarelessReason string

const (
	// IdenticalAnswers: more than CarelessIdenticalShare of the answers are one
	// and the same level.
	IdenticalAnswers CarelessReason = "identical"
	// FastAnswers: less than CarelessSecondsPerItem per answer.
	FastAnswers CarelessReason = "fast"
	// CopiedAnswers: every answer is the one given to the same item before.
	CopiedAnswers CarelessReason = "copy"
)

// Careless returns the signs of careless answering, in the order identical,
// fast, copy; none is the normal case.
//
// answers are the levels, 1 to 5, by item id. Missing answers are left out, and
// a level off the scale counts as missing. previous are those of the assessment
// before, or nil when there is none. spent is the time that the person actually
// spent on the pages; 0 or less means that it is not known, and nobody is called
// fast.
//
//	identical   (answers of the commonest level) / answered > CarelessIdenticalShare
//	fast        spent / answered < CarelessSecondsPerItem
//	copy        every answer of now is also in previous, with the same level
//
// Time is divided by the answers alone, although "it did not come up" takes time as well: the measure errs towards not
// asking. A copy may be shorter than what it is copied from, as a pulse is after a full questionnaire; with a single
// answer that previous did not have, it is no copy.
//
// With fewer than CarelessMinimumAnswered answers nothing is ever careless. The default of 12 is one item for each
// competency, the size of a pulse. In fewer answers the signs are common among careful people: by the noise of
// Defaults about two answers in five come out the same again, so four alike are not rare, while twelve occur less
// often than once in ten thousand.
func (c Constants) Careless(answers, previous map[string]int, spent time.Duration) []CarelessReason {
	answers = answered(answers)
	if len(answers) < max(1, c.CarelessMinimumAnswered) {
		return nil
	}
	count := float64(len(answers))
	var reasons []CarelessReason
	if float64(commonest(answers))/count > c.CarelessIdenticalShare {
		reasons = append(reasons, IdenticalAnswers)
	}
	if spent > 0 && spent.Seconds()/count < c.CarelessSecondsPerItem {
		reasons = append(reasons, FastAnswers)
	}
	if contains(previous, answers) {
		reasons = append(reasons, CopiedAnswers)
	}
	return reasons
}

// answered returns a copy of answers without the levels off the scale.
func answered(answers map[string]int) map[string]int {
	kept := maps.Clone(answers)
	maps.DeleteFunc(kept, func(_ string, level int) bool { return !onScale(level) })
	return kept
}

// commonest is how often the commonest level occurs in answers.
func commonest(answers map[string]int) int {
	var counts [HighestLevel + 1]int
	most := 0
	for _, level := range answers {
		counts[level]++
		most = max(most, counts[level])
	}
	return most
}

// contains reports whether every one of answers is in previous, unchanged.
func contains(previous, answers map[string]int) bool {
	for item, level := range answers {
		// An item that previous lacks reads 0 there, which is no level.
		if previous[item] != level {
			return false
		}
	}
	return true
}
