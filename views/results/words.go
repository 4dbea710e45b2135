package results

import (
	"fmt"
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
	c := countStandings(r)
	if r.Assessment.Form == model.PulseForm {
		return pulseHeadline(r)
	}
	if c.unknown > 0 && c.unknown == len(r.Competencies) {
		return fmt.Sprintf("%d of %s answered: too few for any competency to be read.", r.Whole.Score.Answered, kit.Plural(r.Whole.Score.Asked, "question", "questions"))
	}
	if 2*r.Whole.Score.Answered < r.Whole.Score.Asked {
		return fmt.Sprintf("%d of %s answered: %s can be read so far.",
			r.Whole.Score.Answered, kit.Plural(r.Whole.Score.Asked, "question", "questions"),
			kit.Competencies(len(r.Competencies)-c.unknown))
	}
	switch {
	case c.above > 0 && c.below > 0:
		gap := named(r, r.Gaps[0])
		return fmt.Sprintf("%s is your clearest strength; the gap that matters most is %s, at %s where %s is the target.",
			named(r, r.Strengths[0]).Name, kit.InText(gap.Name), kit.Score(gap.Score.Value), kit.Score(gap.Section.Target))
	case c.below > 0:
		gap := named(r, r.Gaps[0])
		return fmt.Sprintf("The gap that matters most for %s is %s, at %s where %s is the target.",
			r.Scope.InText, kit.InText(gap.Name), kit.Score(gap.Score.Value), kit.Score(gap.Section.Target))
	case c.above > 0:
		return fmt.Sprintf("%s is your clearest strength, and no competency is clearly below its target.", named(r, r.Strengths[0]).Name)
	}
	return fmt.Sprintf("No competency is clearly above or below its target; %s are too close to call.", kit.Number(c.open))
}

// pulseHeadline reads only what a pulse can: the whole and the areas.
func pulseHeadline(r *model.Result) string {
	if !r.Whole.Score.Known {
		return fmt.Sprintf("%d of %s answered: too few for a pulse to be read.", r.Whole.Score.Answered, kit.Plural(r.Whole.Score.Asked, "question", "questions"))
	}
	if moved := movements(r); len(moved) > 0 {
		return fmt.Sprintf("Since %s, %s.", thenOf(r), kit.List(moved))
	}
	if r.Previous != nil && anyComparable(family(r)) {
		if r.Whole.Judgement.Verdict == measure.NotComparable {
			return "In the areas that can be compared, this pulse shows nothing beyond what re-answering alone would do."
		}
		return "This pulse shows nothing beyond what re-answering alone would do."
	}
	return fmt.Sprintf("All together, this pulse stands at %s; a full assessment tells the competencies apart.", kit.Score(r.Whole.Score.Value))
}

func named(r *model.Result, id string) model.CompetencyResult {
	competency, _ := r.Competency(id)
	return competency
}

// StillTechnical answers "am I still technical enough" for the scope, in counts.
func StillTechnical(r *model.Result) string {
	if r.Assessment.Form == model.PulseForm {
		return "A pulse has one question a competency: it reads the whole and, roughly, the areas. It says nothing of a single competency, so there is no answer against your targets in it."
	}
	c := countStandings(r)
	if c.above+c.below+c.open == 0 {
		return "A competency needs two answered questions before it can be read."
	}
	parts := []string{}
	add := func(count int, words string) {
		if count > 0 {
			parts = append(parts, kit.Number(count)+" "+words)
		}
	}
	add(c.above, "above the target")
	add(c.below, "below it")
	add(c.open, "too close to call")
	counted := fmt.Sprintf("Of %s, %s", kit.Competencies(c.above+c.below+c.open), kit.List(parts))
	if c.above == 0 && c.below > 0 {
		counted = strings.Replace(counted, "below it", "below the target", 1)
	}
	if c.unknown > 0 {
		counted += "; " + kit.Competencies(c.unknown) + " with too few answers to read"
	}
	return fmt.Sprintf("Technical enough for %s? %s %s.", r.Scope.InText, technicalAnswer(c), counted)
}

// technicalAnswer is the answer to "technical enough?" that the counts allow: no more certain than they
// are, and no harsher.
func technicalAnswer(c counts) string {
	readable := c.above + c.below + c.open
	gaps := "with gaps to work on."
	if c.below == 1 {
		gaps = "with a gap to work on."
	}
	switch {
	case c.unknown > readable:
		return "Too little is answered to say."
	case c.open == readable:
		return "Too close to call; nothing here says that you aren't."
	case c.below == 0 && 2*c.open > readable:
		return "Mostly too close to call; nothing here says that you aren't."
	case c.below == 0 && c.open+c.unknown > 0:
		return "Nothing here says that you aren't."
	case c.below == 0:
		return "Yes, by the targets that you set yourself."
	case 2*c.open > readable:
		return "Mostly too close to call, " + gaps
	case 2*c.above > readable:
		return "In most of it, " + gaps
	case c.above == 0, 2*c.below > readable:
		return "Not yet, by the targets that you set yourself."
	}
	return "In part, " + gaps
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
