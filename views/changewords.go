package views

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// What a change between two sittings is called stands in this file. Noise has no direction in it.

// monthOf names the end of an earlier sitting's period: "March", with the year where it helps.
func monthOf(a *model.Assessment) string { return a.PeriodEnd.Format("January 2006") }

// thenOf names the sitting before: by its month, or by its day where the two fall in one month.
func thenOf(r *model.Result) string {
	if monthOf(r.Previous.Assessment) == monthOf(r.Assessment) {
		return model.LongDay(r.Previous.Assessment.PeriodEnd)
	}
	return monthOf(r.Previous.Assessment)
}

// movements words what rose or fell in the family of five, the whole last. Noise has no words here.
func movements(r *model.Result) []string {
	var moved []string
	for _, area := range r.Areas {
		if words := movement(area.Name, area.Judgement); words != "" {
			moved = append(moved, words)
		}
	}
	if words := movement("the whole", r.Whole.Judgement); words != "" {
		moved = append(moved, words)
	}
	return moved
}

func movement(name string, judgement *measure.Judgement) string {
	if judgement == nil || judgement.Direction == "" {
		return ""
	}
	return fmt.Sprintf("%s %s %s", name, verb(*judgement), byLevels(judgement.Change.MeanChange))
}

// verb is the verdict's word: rose, may have risen, fell, may have fallen.
func verb(judgement measure.Judgement) string {
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

// Verdict words a judgement for a table.
func Verdict(judgement *measure.Judgement) string {
	if judgement == nil {
		return "not compared"
	}
	switch judgement.Verdict {
	case measure.Changed, measure.Possible:
		return verb(*judgement) + " " + byLevels(judgement.Change.MeanChange)
	case measure.WithinNoise:
		return "too small to tell"
	}
	if judgement.Obstacle == measure.TooSmallShare {
		return "not comparable: too little in common"
	}
	return "not comparable: " + plural(judgement.Change.Shared, "shared answer", "shared answers")
}

func byLevels(change float64) string {
	switch size := score(math.Abs(change)); size {
	case "1.0":
		return "by a whole level"
	case "0.5":
		return "by half a level"
	default:
		return "by " + size
	}
}

// SinceLast says in a sentence or two what changed since the sitting before; "" for the first.
func SinceLast(r *model.Result) string {
	if r.Previous == nil {
		return ""
	}
	then := thenOf(r)
	if r.Previous.ScopeChanged {
		return scopeChange(r)
	}
	moved := movements(r)
	if r.Whole.Judgement.Verdict == measure.NotComparable && len(moved) == 0 {
		return notComparable(r, then)
	}
	if len(moved) == 0 {
		return fmt.Sprintf("Compared with %s, nothing has moved beyond what re-answering alone would do.", then)
	}
	changed, possible := 0, 0
	for _, judgement := range family(r) {
		switch judgement.Verdict {
		case measure.Changed:
			changed++
		case measure.Possible:
			possible++
		}
	}
	certain := ": more than noise explains."
	switch {
	case changed == 0:
		certain = "; noise could still explain it."
	case possible > 0:
		certain = "; where it says “may have”, noise could still explain it."
	}
	return fmt.Sprintf("Compared with %s, %s%s", then, list(moved), certain)
}

// notComparable says why the whole can't be compared, and that areas can where they can.
func notComparable(r *model.Result, then string) string {
	constants := r.Assessment.Constants
	needs := fmt.Sprintf("the whole needs %d", constants.MinimumSharedWhole)
	if r.Whole.Judgement.Obstacle == measure.TooSmallShare {
		needs = fmt.Sprintf("the whole needs %.0f%% of the questions", 100*constants.MinimumShareOfShorterForm)
	}
	text := fmt.Sprintf("As a whole this can't be compared with %s: %s answered both times, and %s.",
		then, plural(r.Previous.Shared, "question was", "questions were"), needs)
	if anyComparable(family(r)) {
		text += " In the areas that can be compared, nothing has moved beyond what re-answering alone would do."
	}
	return text
}

func anyComparable(judgements []measure.Judgement) bool {
	return slices.ContainsFunc(judgements, func(judgement measure.Judgement) bool {
		return judgement.Verdict != measure.NotComparable
	})
}

// family has the judgements of the whole and the areas, which are read together.
func family(r *model.Result) []measure.Judgement {
	var all []measure.Judgement
	for _, group := range append([]model.GroupResult{r.Whole}, r.Areas...) {
		if group.Judgement != nil {
			all = append(all, *group.Judgement)
		}
	}
	return all
}

func scopeChange(r *model.Result) string {
	text := fmt.Sprintf("The scope changed from “%s” to “%s”, so a new line starts beside the old one. ",
		r.Previous.Assessment.QuestionnaireName, r.Assessment.QuestionnaireName)
	judgement := *r.Whole.Judgement
	switch {
	case judgement.Change.Shared == 0:
		text += "The two share no answered question, so nothing of them can be compared."
	case judgement.Verdict == measure.NotComparable:
		text += fmt.Sprintf("The two sittings share %s, too few to compare.", plural(judgement.Change.Shared, "answered question", "answered questions"))
	case judgement.Verdict == measure.WithinNoise:
		text += fmt.Sprintf("On the %s questions that both share, nothing moved beyond noise.", number(judgement.Change.Shared))
	default:
		text += fmt.Sprintf("On the %s questions that both share, you %s %s.", number(judgement.Change.Shared), verb(judgement), byLevels(judgement.Change.MeanChange))
	}
	return text
}

// MarkChanges says which marks differ from the sitting before; "" when none does.
func MarkChanges(r *model.Result) string {
	if r.Previous == nil || len(r.Previous.Marks) == 0 {
		return ""
	}
	var higher, lower []string
	for _, change := range r.Previous.Marks {
		words := fmt.Sprintf("%s (%s to %s)", inText(change.Name), score(change.From), score(change.To))
		if change.To > change.From {
			higher = append(higher, words)
		} else {
			lower = append(lower, words)
		}
	}
	var parts []string
	if len(higher) > 0 {
		parts = append(parts, "higher for "+list(higher))
	}
	if len(lower) > 0 {
		parts = append(parts, "lower for "+list(lower))
	}
	return "The mark is " + strings.Join(parts, ", and ") + ". That is a change of the mark, not of you."
}
