package results

import (
	"fmt"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// HistoryHeadline is what a history says in one sentence.
func HistoryHeadline(history *model.History) string {
	latest := history.Latest()
	if latest.Previous == nil {
		return "One assessment so far; the second makes a comparison."
	}
	if history.Trend != nil {
		if moved := trendMovements(history.Trend); len(moved) > 0 {
			return "Over " + kit.Number(history.Trend.Assessments) + " assessments, " + kit.List(moved) + "."
		}
		return unmovedTrend(history.Trend)
	}
	if latest.Previous.ScopeChanged {
		return "A new line has begun, with a new scope."
	}
	if moved := movements(latest); len(moved) > 0 {
		return kit.Sentence(kit.List(moved)) + " since " + thenOf(latest) + "."
	}
	switch {
	case !anyComparable(family(latest)):
		return "The last two assessments share too little to be compared."
	case latest.Whole.Judgement.Verdict == measure.NotComparable:
		return "In the areas that can be compared, nothing has moved beyond what re-answering alone would do."
	}
	return "Since " + thenOf(latest) + " nothing has moved beyond what re-answering alone would do."
}

// unmovedTrend words a trend in which nothing moved. What can't be compared has not been found unmoved.
func unmovedTrend(trend *model.Trend) string {
	var all []measure.Judgement
	whole := false
	for _, group := range trend.Groups {
		all = append(all, group.Judgement)
		whole = whole || group.ID == model.WholeID && group.Judgement.Verdict != measure.NotComparable
	}
	over := "Over " + kit.Number(trend.Assessments) + " assessments nothing has moved beyond what re-answering alone would do"
	switch {
	case !anyComparable(all):
		return "The last " + kit.Number(trend.Assessments) + " full assessments share too little to be compared."
	case !whole:
		return over + " in the areas that can be compared."
	}
	return over + "."
}

// HistorySentences say what the headline leaves out.
func HistorySentences(history *model.History) []string {
	latest := history.Latest()
	var said []string
	if history.Trend != nil || latest.Previous != nil && latest.Previous.ScopeChanged {
		if since := SinceLast(latest); since != "" {
			said = append(said, since)
		}
	}
	if latest.Previous != nil {
		if targets := TargetChanges(latest); targets != "" {
			said = append(said, targets)
		}
	}
	return said
}

func trendMovements(trend *model.Trend) []string {
	var moved []string
	for _, group := range trend.Groups {
		name := group.Name
		if group.ID == model.WholeID {
			name = "the whole"
		}
		if words := movement(name, &group.Judgement); words != "" {
			moved = append(moved, words)
		}
	}
	return moved
}

// CompareHeadline is what two assessments say in one sentence.
func CompareHeadline(comparison *model.Comparison) string {
	later := comparison.Later
	if later.Previous.ScopeChanged {
		return "Two assessments for different scopes"
	}
	if moved := movements(later); len(moved) > 0 {
		return kit.Sentence(kit.List(moved)) + "."
	}
	if !anyComparable(family(later)) {
		return "These two share too little to be compared."
	}
	if later.Whole.Judgement.Verdict == measure.NotComparable {
		return "These two share too little to compare as a whole."
	}
	return "Nothing moved beyond what re-answering alone would do."
}

func historyOver(zone model.Zone, history *model.History) string {
	first, last := history.Results[0].Assessment, history.Latest().Assessment
	count := kit.Plural(len(history.Results), "assessment", "assessments")
	if len(history.Results) == 1 {
		return count + ", " + zone.LongDate(first.FinishedAt) + "."
	}
	return fmt.Sprintf("%s, %s to %s.", count, zone.LongDate(first.FinishedAt), zone.LongDate(last.FinishedAt))
}

// pairWords says what the last pair's verdicts rest on.
func pairWords(latest *model.Result) string {
	if latest.Previous.Shared == 0 {
		return "The two have no answered question in common."
	}
	rests := fmt.Sprintf("On the %s answered both times", kit.Plural(latest.Previous.Shared, "question", "questions"))
	if latest.Previous.ScopeChanged {
		return rests + ", which both scopes share word for word; only the whole is compared."
	}
	if latest.Previous.VersionChanged {
		rests += ", those that both versions of the questionnaire ask"
	}
	return rests + ". The verdicts are adjusted for being looked at together."
}

func noTrendWords(history *model.History) string {
	last := history.Stretches[len(history.Stretches)-1]
	full := 0
	for _, result := range last.Results {
		if result.Assessment.Form == model.FullForm {
			full++
		}
	}
	words := fmt.Sprintf("A trend takes %s full assessments of one scope that share enough questions; this line has %s.", kit.Number(history.TrendNeeds), kit.Number(full))
	if len(history.Stretches) > 1 {
		words += " The lines before it are not joined to it."
	}
	return words
}

func trendWords(trend *model.Trend) string {
	return fmt.Sprintf("A straight line through %s assessments, %s to %s, on the %s answered in all of them. It says more than a pair, and is a verdict of its own.",
		kit.Number(trend.Assessments), trend.From.Format("January 2006"), trend.To.Format("January 2006"), kit.Plural(trend.Shared, "question", "questions"))
}
