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

// fewAnswered tells whether so little was answered that a finding would promise too much.
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
	add(c.below, "below your targets")
	add(c.above, "above")
	add(c.open, "too close to call")
	add(c.unknown, "with too few answers to read")
	return fmt.Sprintf("By its bands: %s.", kit.List(parts))
}

// Why says what a competency's standing rests on: the item that pulled it furthest, and the note to it.
func Why(r *model.Result, competency model.CompetencyResult) string {
	gap := competency.Standing == measure.Below
	var chosen model.Item
	var answer model.Answer
	for _, item := range competency.Section.Items {
		candidate := r.Answers.Get(item.ID)
		if !candidate.Level.Scored() {
			continue
		}
		if answer.Item == "" || gap && candidate.Level < answer.Level || !gap && candidate.Level > answer.Level {
			chosen, answer = item, candidate
		}
	}
	if answer.Item == "" {
		return ""
	}
	if competency.Score.Value == float64(answer.Level) {
		return fmt.Sprintf("Every answer was at %d.", answer.Level)
	}
	extreme := "Highest"
	if gap {
		extreme = "Lowest"
	}
	return fmt.Sprintf("%s, at %d, where the question was: “%s”", extreme, answer.Level, chosen.Text)
}

// NoteOf gives the first note of a competency's answers, "" where there is none.
func NoteOf(r *model.Result, competency model.CompetencyResult) string {
	for _, item := range competency.Section.Items {
		if note := r.Answers.Get(item.ID).Note; note != "" {
			return note
		}
	}
	return ""
}

// OpenOnes says of the competencies that are too close to call which way they lean, and what would
// narrow them.
func OpenOnes(r *model.Result) string {
	var low, high, unanswered []string
	for _, competency := range r.Competencies {
		if competency.Standing != measure.Open && competency.Standing != measure.Unknown {
			continue
		}
		if competency.Score.Answered < competency.Score.Asked {
			unanswered = append(unanswered, kit.InText(competency.Name))
		}
		if competency.Standing == measure.Unknown {
			continue
		}
		if competency.Score.Value < competency.Section.Target-0.25 {
			low = append(low, kit.InText(competency.Name))
		} else if competency.Score.Value > competency.Section.Target+0.25 {
			high = append(high, kit.InText(competency.Name))
		}
	}
	var sentences []string
	lean := func(names []string, way string) {
		if len(names) == 1 {
			sentences = append(sentences, kit.Sentence(names[0])+" leans "+way+".")
		} else if len(names) > 1 {
			sentences = append(sentences, kit.Sentence(kit.List(names))+" lean "+way+".")
		}
	}
	lean(low, "low")
	lean(high, "high")
	if len(unanswered) > 0 {
		sentences = append(sentences, "Not every question was answered for "+kit.List(unanswered)+"; answering them next time would narrow it.")
	}
	if a := r.Assessment; a.Noise.Degrees <= a.Constants.PriorDegrees {
		sentences = append(sentences, "Few answers leave a wide band. Another full assessment of the same questions shows how much your own answers vary, which narrows the bands of someone who answers steadily.")
	} else {
		sentences = append(sentences, "Few answers leave a wide band, even where it rests, as here, on how much your own answers vary.")
	}
	return strings.Join(sentences, " ")
}
