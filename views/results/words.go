package results

import (
	"fmt"
	"math"
	"strings"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// Everything that a result says in sentences stands in this file and, for changes, in changewords.go, so
// that the same finding is worded in one way wherever it is shown.

// counts are the numbers of competencies by standing.
type counts struct{ above, below, open, unknown int }

func countStandings(r *model.Result) counts {
	var c counts
	for _, competency := range r.Competencies {
		switch competency.Standing {
		case measure.Above:
			c.above++
		case measure.Below:
			c.below++
		case measure.Open:
			c.open++
		default:
			c.unknown++
		}
	}
	return c
}

// Headline is the finding of a result in one sentence that a manager could repeat.
func Headline(r *model.Result) string {
	switch {
	case !r.Assessment.Constants.KnowsChances() && r.Assessment.Form == model.PulseForm:
		return earlierPulseHeadline(r)
	case fewAnswered(r):
		return coverageHeadline(r)
	case !r.Chances.Said:
		return earlierHeadline(r)
	case r.First == "":
		return nothingStandsOut(r)
	}
	first := named(r, r.First)
	finding := fmt.Sprintf("Start with %s: %s that it is below your target", kit.InText(first.Name), kit.Chances(first.Chance))
	if first.Section.Importance == greatestImportance(r) {
		finding += ", and nothing counts more"
	}
	return finding + "."
}

// fewAnswered reports whether so little was answered that a finding would promise too much.
func fewAnswered(r *model.Result) bool {
	return 2*r.Whole.Score.Answered < r.Whole.Score.Asked || r.Assessment.Constants.KnowsChances() && !r.Chances.Said
}

// answered counts the competencies with an answer.
func answered(r *model.Result) int {
	count := 0
	for _, competency := range r.Competencies {
		if competency.Score.Answered > 0 {
			count++
		}
	}
	return count
}

// coverageHeadline says how much was answered, and what can be read of it.
func coverageHeadline(r *model.Result) string {
	read, all := answered(r), len(r.Competencies)
	if read == 0 {
		return "No question has an answer from 1 to 5, so there is nothing to read."
	}
	text := fmt.Sprintf("%d of %s answered. ", r.Whole.Score.Answered, kit.Plural(r.Whole.Score.Asked, "question", "questions"))
	switch {
	case read == all:
		return text + fmt.Sprintf("All %s can be read roughly.", kit.Competencies(all))
	case read == 1:
		text += "This one competency can be read roughly"
	default:
		text += fmt.Sprintf("These %s can be read roughly", kit.Competencies(read))
	}
	if left := all - read; left > 1 {
		return text + fmt.Sprintf("; the other %s were not answered.", kit.Number(left))
	}
	return text + "; the other one was not answered."
}

// nothingStandsOut names what is nearest to lying below its target.
func nothingStandsOut(r *model.Result) string {
	nearest := named(r, r.LookFirst[0])
	for _, competency := range r.Competencies {
		if competency.Chance.Below > nearest.Chance.Below {
			nearest = competency
		}
	}
	if nearest.Chance.Below < 0.5 {
		return fmt.Sprintf("Nothing stands out below your targets. The nearest is %s, at %s.", kit.InText(nearest.Name), kit.ChanceFigure(nearest.Chance))
	}
	return fmt.Sprintf("Nothing that counts much stands out below your targets. The likeliest below is %s, at %s.",
		kit.InText(nearest.Name), kit.ChanceFigure(nearest.Chance))
}

func greatestImportance(r *model.Result) int {
	greatest := 0
	for _, competency := range r.Competencies {
		greatest = max(greatest, competency.Section.Importance)
	}
	return greatest
}

// earlierHeadline is the finding of an assessment that was finished before chances came, by its bands.
func earlierHeadline(r *model.Result) string {
	if r.First == "" {
		return fmt.Sprintf("Nothing lies clearly below your targets; %s too close to call.", openCount(countStandings(r).open))
	}
	first := named(r, r.First)
	return fmt.Sprintf("Start with %s, at %s where %s is the target.", kit.InText(first.Name), kit.Score(first.Score.Value), kit.Score(first.Section.Target))
}

func openCount(open int) string { return kit.Number(open) + kit.OneOrMany(open, " is", " are") }

// earlierPulseHeadline is the finding of a pulse that was finished before chances came: the whole alone.
func earlierPulseHeadline(r *model.Result) string {
	if !r.Whole.Score.Known {
		return fmt.Sprintf("%d of %s answered: too few for a pulse to be read.", r.Whole.Score.Answered, kit.Plural(r.Whole.Score.Asked, "question", "questions"))
	}
	return fmt.Sprintf("All together, this pulse stands at %s.", kit.Score(r.Whole.Score.Value))
}

func named(r *model.Result, id string) model.CompetencyResult {
	competency, _ := r.Competency(id)
	return competency
}

// StillTechnical answers "am I still technical enough" for the scope: how many competencies are below their targets, as
// far as one's own answers tell.
func StillTechnical(r *model.Result) string {
	switch {
	case r.Chances.Said:
		return fmt.Sprintf("Technical enough for %s? By your own answers %s.", r.Scope.InText, belowCount(r))
	case answered(r) == 0:
		return "An answer from 1 to 5 is needed before anything can be read."
	case r.Assessment.Constants.KnowsChances():
		return fmt.Sprintf("How likely a competency lies below its target is said once %s have answers.", kit.Competencies(measure.FewestForChances))
	case r.Assessment.Form == model.PulseForm:
		return "This pulse was finished before chances were said. It reads the whole and, roughly, the areas."
	}
	return fmt.Sprintf("Technical enough for %s? %s", r.Scope.InText, standingCounts(countStandings(r)))
}

// belowCount words how many competencies are below their targets: "about six of the twelve are below your targets, give
// or take one or two".
func belowCount(r *model.Result) string {
	of := answered(r)
	all := "the " + kit.Number(of)
	if of < len(r.Competencies) {
		all += " that you answered"
	}
	count := int(math.Round(r.Chances.Below))
	doubt := giveOrTake(r.Chances.BelowDeviation)
	switch {
	case count == 0:
		return "none of " + all + " is below your targets, or perhaps one"
	case count == of:
		return "all of " + all + " are below your targets, or perhaps all but one"
	case doubt == "":
		return fmt.Sprintf("%s of %s %s below your targets", kit.Number(count), all, kit.OneOrMany(count, "is", "are"))
	}
	return fmt.Sprintf("about %s of %s %s below your targets, give or take %s", kit.Number(count), all, kit.OneOrMany(count, "is", "are"), doubt)
}

// giveOrTake words a standard deviation of a count: "one", "one or two", "two"; "" where it is next to nothing.
func giveOrTake(deviation float64) string {
	const quarter = 0.25
	whole, part := math.Modf(deviation)
	switch {
	case deviation < quarter:
		return ""
	case whole == 0:
		return kit.Number(1)
	case part >= quarter && part <= 1-quarter:
		return kit.Number(int(whole)) + " or " + kit.Number(int(whole)+1)
	}
	return kit.Number(int(math.Round(deviation)))
}

// standingCounts counts the competencies by what their bands say, of an assessment finished before chances came.
func standingCounts(c counts) string {
	var parts []string
	add := func(count int, words string) {
		if count > 0 {
			parts = append(parts, kit.Number(count)+" "+words)
		}
	}
	add(c.below, "below")
	add(c.above, "above")
	add(c.open, "too close to call")
	add(c.unknown, "with too few answers to read")
	return fmt.Sprintf("Against your targets, by the bands: %s.", kit.List(parts))
}

// Moved says what certainly moved since the assessment before, in a few words for the top of a result; "" for nothing,
// and after a change of scope, which has words of its own further down.
func Moved(r *model.Result) string {
	if r.Previous == nil || r.Previous.ScopeChanged {
		return ""
	}
	var changed []model.GroupResult
	for _, group := range append([]model.GroupResult{r.Whole}, r.Areas...) {
		if group.Judgement != nil && group.Judgement.Verdict == measure.Changed {
			changed = append(changed, group)
		}
	}
	switch len(changed) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("Since %s: %s %s.", thenOf(r), movedName(changed[0]), kit.Verb(*changed[0].Judgement)+" "+kit.ByLevels(changed[0].Judgement.Change.MeanChange))
	}
	return fmt.Sprintf("Since %s: %s and %s more moved.", thenOf(r), movedName(changed[0]), kit.Number(len(changed)-1))
}

func movedName(group model.GroupResult) string {
	if group.ID == model.WholeID {
		return "the whole"
	}
	return group.Name
}

// LookFirstWords says before the places to look at what they are, where they are not simply what counts most and may lie
// furthest below; else "".
func LookFirstWords(r *model.Result) string {
	switch {
	case len(r.LookFirst) == 0:
		return "Too little was answered to say."
	case r.Chances.Said && r.First == "":
		return "Nothing stands out. If you look for something to work on, these are the nearest."
	case r.Chances.Said:
		return ""
	case r.Assessment.Constants.KnowsChances():
		return "So few competencies were answered that these are in the order of what lies furthest below its target."
	case r.First == "":
		return "Nothing lies clearly below its target. If you look for something to work on, these are the nearest."
	}
	return ""
}

// LowestWords leads the question of a competency's lowest answer.
func LowestWords(r *model.Result, competency model.CompetencyResult) string {
	lowest := r.Answers.Get(competency.Lowest.ID).Level
	switch {
	case competency.Score.Answered == 1:
		return fmt.Sprintf("Your answer, %d:", lowest)
	case competency.Score.Value == float64(lowest):
		return fmt.Sprintf("Every answer was %d, this one too:", lowest)
	}
	return fmt.Sprintf("Your lowest answer, %d:", lowest)
}

// NothingCarries is said where nothing is likelier at or above its target than below.
func NothingCarries(r *model.Result) string {
	switch {
	case answered(r) == 0:
		return "Too little was answered to say."
	case r.Chances.Said:
		return "By these answers nothing else is likely to lie at or above its target."
	case r.Assessment.Constants.KnowsChances():
		return "Nothing else that was answered is at or above its target."
	}
	return "No competency is clearly above its target. That is usual: with three answers a score has to lie well over the target to be called above it."
}

// CarryWords says why a competency carries: how certain that is, and the answers that it rests on.
func CarryWords(r *model.Result, competency model.CompetencyResult) string {
	var words string
	if competency.Chance.Known {
		words = fmt.Sprintf("%s: %s that it is below. ", kit.Sentence(kit.ChanceWords(competency.Chance)), kit.Chances(competency.Chance))
	}
	least, most := r.Answers.Get(competency.Lowest.ID).Level, r.Answers.Get(highestItem(r, competency).ID).Level
	switch {
	case competency.Score.Answered == 1:
		return strings.TrimSpace(words)
	case least == most:
		return words + fmt.Sprintf("Every answer was %d.", least)
	case most-least == 1:
		return words + fmt.Sprintf("Every answer was %d or %d.", least, most)
	}
	return words + fmt.Sprintf("Your answers went from %d to %d.", least, most)
}

// highestItem is the item of a competency that was answered highest; among equals the first with a note.
func highestItem(r *model.Result, competency model.CompetencyResult) *model.Item {
	highest := competency.Lowest
	for i := range competency.Section.Items {
		best, answer := r.Answers.Get(highest.ID), r.Answers.Get(competency.Section.Items[i].ID)
		if answer.Level > best.Level || answer.Level == best.Level && best.Note == "" && answer.Note != "" {
			highest = &competency.Section.Items[i]
		}
	}
	return highest
}

// highestNote is the note of a competency's highest answer, "" for none.
func highestNote(r *model.Result, competency model.CompetencyResult) string {
	return r.Answers.Get(highestItem(r, competency).ID).Note
}
