package results

import (
	"fmt"
	"slices"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// finding is something that a history says moved.
type finding struct {
	// changed tells that noise doesn't explain it; else it may have been noise.
	changed bool
	words   string
	// of is what it was found in.
	of any
}

// strongestFinding is the finding that a history's headline tells: what changed before what may have, a trend before a pair,
// and a line that goes on before one that has ended.
func strongestFinding(history *model.History) (strongest finding, found bool) {
	latest := history.Latest()
	var findings []finding
	if trend := history.Trend; trend != nil {
		if moved := trendMovements(trend); len(moved) > 0 {
			findings = append(findings, finding{anyChanged(trendJudgements(trend)), overTrend(trend) + ", " + kit.List(moved) + ".", trend})
		}
	}
	if moved := movements(latest); len(moved) > 0 && !latest.Previous.ScopeChanged {
		findings = append(findings, finding{anyChanged(family(latest)), kit.Sentence(kit.List(moved)) + " since " + thenOf(latest) + ".", latest})
	} else if words := linkMovement(latest); words != "" {
		findings = append(findings, finding{anyChanged(family(latest)), words + " A new line has begun.", latest})
	}
	if trend := history.EarlierTrend; trend != nil {
		if moved := trendMovements(trend); len(moved) > 0 {
			findings = append(findings, finding{anyChanged(trendJudgements(trend)),
				fmt.Sprintf("%s of %s, %s.", overTrend(trend), trend.Scope.InText, kit.List(moved)), trend})
		}
	}
	for _, candidate := range findings {
		if !found || candidate.changed && !strongest.changed {
			strongest, found = candidate, true
		}
	}
	return strongest, found
}

// HistoryHeadline is what a history says in one sentence: the strongest finding on its page.
func HistoryHeadline(history *model.History) string {
	latest := history.Latest()
	if latest.Previous == nil {
		return "One assessment so far; the second makes a comparison."
	}
	if headline, found := strongestFinding(history); found {
		return headline.words
	}
	switch {
	case latest.Previous.ScopeChanged:
		return "A new line has begun, with a new scope."
	case history.Trend != nil && anyComparable(trendJudgements(history.Trend)):
		return unmovedTrend(history.Trend)
	case !anyComparable(family(latest)):
		if latest.Previous.Between > 0 {
			return "The latest assessment shares too little with any before it to be compared."
		}
		return "The last two assessments share too little to be compared."
	case latest.Whole.Judgement.Verdict == measure.NotComparable:
		return "In the areas that can be compared, nothing has moved beyond what re-answering alone would do."
	}
	return "Since " + thenOf(latest) + " nothing has moved beyond what re-answering alone would do."
}

func overTrend(trend *model.Trend) string {
	return "Over " + kit.Number(trend.Assessments) + " assessments"
}

func trendJudgements(trend *model.Trend) []measure.Judgement {
	var all []measure.Judgement
	for _, group := range trend.Groups {
		all = append(all, group.Judgement)
	}
	return all
}

func anyChanged(judgements []measure.Judgement) bool {
	return slices.ContainsFunc(judgements, func(judgement measure.Judgement) bool { return judgement.Verdict == measure.Changed })
}

// unmovedTrend words a trend in which nothing moved. What can't be compared has not been found unmoved.
func unmovedTrend(trend *model.Trend) string {
	over := overTrend(trend) + " nothing has moved beyond what re-answering alone would do"
	for _, group := range trend.Groups {
		if group.ID == model.WholeID && group.Judgement.Verdict == measure.NotComparable {
			return over + " in the areas that can be compared."
		}
	}
	return over + "."
}

// HistorySentences say what the headline leaves out, and nothing against it: what it says moved, a shorter look doesn't
// call unmoved.
func HistorySentences(history *model.History) []string {
	latest := history.Latest()
	if latest.Previous == nil {
		return nil
	}
	var said []string
	headline, found := strongestFinding(history)
	switch {
	case latest.Previous.ScopeChanged:
		said = append(said, SinceLast(latest))
	case found && headline.of != latest && len(movements(latest)) > 0:
		said = append(said, SinceLast(latest))
	case found && headline.of == latest:
		if sentence := trendBeside(history.Trend); sentence != "" {
			said = append(said, sentence)
		}
	case found && headline.of == history.EarlierTrend && anyComparable(family(latest)):
		said = append(said, fmt.Sprintf("A new line has begun since. In it the step since %s is too small to tell.", thenOf(latest)))
	case found && history.Trend != nil && anyComparable(family(latest)):
		said = append(said, fmt.Sprintf("From %s to the latest alone the step is too small to tell; the line through all of them tells more.", thenOf(latest)))
	case latest.Whole.Judgement.Verdict == measure.NotComparable:
		said = append(said, notComparable(latest, thenOf(latest)))
	}
	if targets := TargetChanges(latest); targets != "" {
		said = append(said, targets)
	}
	return said
}

// trendBeside is what a trend says beside a headline that the last pair makes; "" where it has nothing to say.
func trendBeside(trend *model.Trend) string {
	if trend == nil || !anyComparable(trendJudgements(trend)) {
		return ""
	}
	if moved := trendMovements(trend); len(moved) > 0 {
		return overTrend(trend) + ", " + kit.List(moved) + "."
	}
	return fmt.Sprintf("A straight line through all %s doesn’t show it yet.", kit.Number(trend.Assessments))
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
	count := kit.Sentence(kit.Counted(len(history.Results), "assessment", "assessments"))
	return count + ", " + zone.LongDates(first.FinishedAt, last.FinishedAt) + "."
}

// between are the assessments between a history's latest and the one that it is compared with.
func between(history *model.History) []*model.Result {
	last := len(history.Results) - 1
	return history.Results[max(0, last-history.Latest().Previous.Between):last]
}

func isPulse(result *model.Result) bool { return result.Assessment.Form == model.PulseForm }

// pairTitle names the two assessments of which a history's latest step is told.
func pairTitle(history *model.History) string {
	latest := history.Latest()
	passed := slices.ContainsFunc(between(history), func(result *model.Result) bool { return !isPulse(result) })
	switch {
	case latest.Previous.Between == 0:
		return "The last two assessments"
	case !passed && !isPulse(latest) && latest.Previous.Assessment.Form == model.FullForm:
		return "The last two full assessments"
	}
	return "The latest assessment, and the one of " + thenOf(latest)
}

// betweenWords say what lies between the two, which the latest step passes over; "" where nothing does.
func betweenWords(history *model.History) string {
	passed := between(history)
	if len(passed) == 0 {
		return ""
	}
	what := kit.OneOrMany(len(passed), "assessment lies", "assessments lie")
	if !slices.ContainsFunc(passed, func(result *model.Result) bool { return !isPulse(result) }) {
		what = kit.OneOrMany(len(passed), "pulse lies", "pulses lie")
	}
	return " " + kit.Sentence(kit.Number(len(passed))) + " " + what + " between them, and can’t be compared with the latest as fully."
}

// pairWords say what the verdicts on the latest step rest on.
func pairWords(history *model.History) string {
	latest := history.Latest()
	if latest.Previous.Shared == 0 {
		return "The two have no answered question in common."
	}
	rests := fmt.Sprintf("On the %s answered both times", kit.Plural(latest.Previous.Shared, "question", "questions"))
	if latest.Previous.ScopeChanged {
		return rests + ", which both scopes share word for word; only the whole is compared." + betweenWords(history)
	}
	if latest.Previous.VersionChanged {
		rests += ", those that both versions of the questionnaire ask"
	}
	return rests + ". The verdicts are adjusted for being looked at together." + betweenWords(history)
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
	return fmt.Sprintf("A straight line through %s assessments, %s, on the %s answered in all of them. It says more than a pair, and is a verdict of its own.",
		kit.Number(trend.Assessments), model.Span(trend.From.Format("January 2006"), trend.To.Format("January 2006")), kit.Plural(trend.Shared, "question", "questions"))
}
