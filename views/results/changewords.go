package results

import (
	"fmt"
	"slices"
	"strings"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// What a change between two assessments is called stands in this file. Noise has no direction in it.

// thenOf names the assessment before: by its month, or by its day where the two fall in one month.
func thenOf(r *model.Result) string {
	if kit.MonthOf(r.Previous.Assessment) == kit.MonthOf(r.Assessment) {
		return model.LongDay(r.Previous.Assessment.PeriodEnd)
	}
	return kit.MonthOf(r.Previous.Assessment)
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
	return fmt.Sprintf("%s %s %s", name, kit.Verb(*judgement), kit.ByLevels(judgement.Change.MeanChange))
}

// SinceLast says in a sentence or two what changed since the assessment before; "" for the first.
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
	return fmt.Sprintf("Compared with %s, %s%s", then, kit.List(moved), certain)
}

// notComparable says why the whole can't be compared, and that areas can where they can.
func notComparable(r *model.Result, then string) string {
	constants := r.Assessment.Constants
	needs := fmt.Sprintf("the whole needs %d", constants.MinimumSharedWhole)
	if r.Whole.Judgement.Obstacle == measure.TooSmallShare {
		needs = fmt.Sprintf("the whole needs %.0f%% of the questions", 100*constants.MinimumShareOfShorterForm)
	}
	text := fmt.Sprintf("As a whole this can't be compared with %s: %s answered both times, and %s.",
		then, kit.Plural(r.Previous.Shared, "question was", "questions were"), needs)
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
		text += fmt.Sprintf("The two assessments share %s, too few to compare.", kit.Plural(judgement.Change.Shared, "answered question", "answered questions"))
	case judgement.Verdict == measure.WithinNoise:
		text += fmt.Sprintf("On the %s questions that both share, nothing moved beyond noise.", kit.Number(judgement.Change.Shared))
	default:
		text += fmt.Sprintf("On the %s questions that both share, you %s %s.", kit.Number(judgement.Change.Shared), kit.Verb(judgement), kit.ByLevels(judgement.Change.MeanChange))
	}
	return text
}

// TargetChanges says which targets differ from the assessment before; "" when none does.
func TargetChanges(r *model.Result) string {
	if r.Previous == nil || len(r.Previous.Targets) == 0 {
		return ""
	}
	var higher, lower []string
	for _, change := range r.Previous.Targets {
		words := fmt.Sprintf("%s (%s to %s)", kit.InText(change.Name), kit.Score(change.From), kit.Score(change.To))
		if change.To > change.From {
			higher = append(higher, words)
		} else {
			lower = append(lower, words)
		}
	}
	var parts []string
	if len(higher) > 0 {
		parts = append(parts, "higher for "+kit.List(higher))
	}
	if len(lower) > 0 {
		parts = append(parts, "lower for "+kit.List(lower))
	}
	return "The target is " + strings.Join(parts, ", and ") + ". That is a change of the target, not of you."
}
