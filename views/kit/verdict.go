package kit

import (
	"math"

	"whetstone/internal/measure"
)

// Verdict puts a judgement into words for a table.
func Verdict(judgement *measure.Judgement) string {
	if judgement == nil {
		return "not compared"
	}
	switch judgement.Verdict {
	case measure.Changed, measure.Possible:
		return Verb(*judgement) + " " + ByLevels(judgement.Change.MeanChange)
	case measure.WithinNoise:
		return "too small to tell"
	}
	if judgement.Obstacle == measure.TooSmallShare {
		return "not comparable: too little in common"
	}
	return "not comparable: " + Plural(judgement.Change.Shared, "shared answer", "shared answers")
}

// Verb is the verdict's word: rose, may have risen, fell, may have fallen.
func Verb(judgement measure.Judgement) string {
	rose := judgement.Direction == measure.Rose
	switch {
	case judgement.Verdict == measure.Changed && rose:
		return "rose"
	case judgement.Verdict == measure.Changed:
		return "fell"
	case rose:
		return "may have risen"
	}
	return "may have fallen"
}

// ByLevels says how far something moved, in levels, such as "by half a level".
func ByLevels(change float64) string {
	switch size := Score(math.Abs(change)); size {
	case "1.0":
		return "by a whole level"
	case "0.5":
		return "by half a level"
	default:
		return "by " + size
	}
}
