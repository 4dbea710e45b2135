package views

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/rounding"
)

// Everything that a result says in sentences stands in this file and, for changes, in changewords.go, so
// that the same finding is worded in one way wherever it is shown.

// shown is how many strengths and gaps a page spells out.
const shown = 3

// numbers up to twenty are written as words.
var numbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}

func number(count int) string {
	if count >= 0 && count < len(numbers) {
		return numbers[count]
	}
	return fmt.Sprint(count)
}

// plural gives "1 question" or "3 questions".
func plural(count int, one, many string) string {
	if count == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", count, many)
}

// sentence raises the first letter.
func sentence(text string) string { return withFirst(text, unicode.ToUpper) }

// inText lowers the first letter of a competency's or area's name, for use inside a sentence.
func inText(name string) string { return withFirst(name, unicode.ToLower) }

func withFirst(text string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(change(first)) + text[size:]
}

// list joins with commas and "and".
func list(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// score writes a score to one decimal, by the one rule of rounding.
func score(value float64) string { return rounding.Decimal(value) }

// band writes an interval, kept to the scale: beyond its ends there is nothing to be.
func band(s measure.Score) string {
	return score(max(s.Lower, measure.LowestLevel)) + " to " + score(min(s.Upper, measure.HighestLevel))
}

// standing words where a score lies against its mark.
func standing(s measure.Standing) string {
	switch s {
	case measure.Above:
		return "above your mark"
	case measure.Below:
		return "below your mark"
	case measure.Open:
		return "too close to call"
	}
	return "too few answers"
}

// scopeInText words a scope inside a sentence: "leading a first team". Nobody is technical enough for
// considering; what is considered is the move.
func scopeInText(r *model.Result) string {
	if r.Scope.ID == "considering" {
		return "the move to management"
	}
	return inText(r.Scope.Name)
}

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
		return fmt.Sprintf("%d of %s answered: too few for any competency to be read.", r.Whole.Score.Answered, plural(r.Whole.Score.Asked, "question", "questions"))
	}
	if 2*r.Whole.Score.Answered < r.Whole.Score.Asked {
		return fmt.Sprintf("%d of %s answered: %s can be read so far.",
			r.Whole.Score.Answered, plural(r.Whole.Score.Asked, "question", "questions"),
			competencies(len(r.Competencies)-c.unknown))
	}
	switch {
	case c.above > 0 && c.below > 0:
		gap := named(r, r.Gaps[0])
		return fmt.Sprintf("%s is your clearest strength; the gap that matters most is %s, at %s where %s is the mark.",
			named(r, r.Strengths[0]).Name, inText(gap.Name), score(gap.Score.Value), score(gap.Section.Target))
	case c.below > 0:
		gap := named(r, r.Gaps[0])
		return fmt.Sprintf("The gap that matters most for %s is %s, at %s where %s is the mark.",
			scopeInText(r), inText(gap.Name), score(gap.Score.Value), score(gap.Section.Target))
	case c.above > 0:
		return fmt.Sprintf("%s is your clearest strength, and no competency is clearly below its mark.", named(r, r.Strengths[0]).Name)
	}
	return fmt.Sprintf("No competency is clearly above or below its mark; %s are too close to call.", number(c.open))
}

// pulseHeadline reads only what a pulse can: the whole and the areas.
func pulseHeadline(r *model.Result) string {
	if !r.Whole.Score.Known {
		return fmt.Sprintf("%d of %s answered: too few for a pulse to be read.", r.Whole.Score.Answered, plural(r.Whole.Score.Asked, "question", "questions"))
	}
	if moved := movements(r); len(moved) > 0 {
		return fmt.Sprintf("Since %s, %s.", thenOf(r), list(moved))
	}
	if r.Previous != nil && anyComparable(family(r)) {
		if r.Whole.Judgement.Verdict == measure.NotComparable {
			return "In the areas that can be compared, this pulse shows nothing beyond what re-answering alone would do."
		}
		return "This pulse shows nothing beyond what re-answering alone would do."
	}
	return fmt.Sprintf("All together, this pulse stands at %s; a full assessment tells the competencies apart.", score(r.Whole.Score.Value))
}

func named(r *model.Result, id string) model.CompetencyResult {
	competency, _ := r.Competency(id)
	return competency
}

func competencies(count int) string {
	if count == 1 {
		return "one competency"
	}
	return number(count) + " competencies"
}

// StillTechnical answers "am I still technical enough" for the scope, in counts.
func StillTechnical(r *model.Result) string {
	if r.Assessment.Form == model.PulseForm {
		return "A pulse has one question a competency: it reads the whole and, roughly, the areas. It says nothing of a single competency, so there is no answer against your marks in it."
	}
	c := countStandings(r)
	if c.above+c.below+c.open == 0 {
		return "A competency needs two answered questions before it can be read."
	}
	parts := []string{}
	add := func(count int, words string) {
		if count > 0 {
			parts = append(parts, number(count)+" "+words)
		}
	}
	add(c.above, "above the mark")
	add(c.below, "below it")
	add(c.open, "too close to call")
	counted := fmt.Sprintf("Of %s, %s", competencies(c.above+c.below+c.open), list(parts))
	if c.above == 0 && c.below > 0 {
		counted = strings.Replace(counted, "below it", "below the mark", 1)
	}
	if c.unknown > 0 {
		counted += "; " + competencies(c.unknown) + " with too few answers to read"
	}
	return fmt.Sprintf("Technical enough for %s? %s %s.", scopeInText(r), technicalAnswer(c), counted)
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
		return "Yes, by the marks you hold yourself to."
	case 2*c.open > readable:
		return "Mostly too close to call, " + gaps
	case 2*c.above > readable:
		return "In most of it, " + gaps
	case c.above == 0, 2*c.below > readable:
		return "Not yet, by the marks you hold yourself to."
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
			unanswered = append(unanswered, inText(competency.Name))
		}
		if competency.Standing == measure.Unknown {
			continue
		}
		if competency.Score.Value < competency.Section.Target-0.25 {
			low = append(low, inText(competency.Name))
		} else if competency.Score.Value > competency.Section.Target+0.25 {
			high = append(high, inText(competency.Name))
		}
	}
	var sentences []string
	lean := func(names []string, way string) {
		if len(names) == 1 {
			sentences = append(sentences, sentence(names[0])+" leans "+way+".")
		} else if len(names) > 1 {
			sentences = append(sentences, sentence(list(names))+" lean "+way+".")
		}
	}
	lean(low, "low")
	lean(high, "high")
	if len(unanswered) > 0 {
		sentences = append(sentences, "Not every question was answered for "+list(unanswered)+"; answering them next time would narrow it.")
	}
	if a := r.Assessment; a.Noise.Degrees <= a.Constants.PriorDegrees {
		sentences = append(sentences, "Few answers leave a wide band. Another full assessment of the same questions shows how much your own answers vary, which narrows the bands of someone who answers steadily.")
	} else {
		sentences = append(sentences, "Few answers leave a wide band, even where it rests, as here, on how much your own answers vary.")
	}
	return strings.Join(sentences, " ")
}

// Coverage words how much was answered: "34 of 36 answered".
func Coverage(s measure.Score) string { return fmt.Sprintf("%d of %d answered", s.Answered, s.Asked) }

// Period words what an assessment speaks of: "1 September to 24 November 2026".
func Period(a *model.Assessment) string {
	if a.PeriodEnd.IsZero() {
		return "since " + model.LongDay(a.PeriodStart)
	}
	start := "2 January"
	if a.PeriodStart.Year() != a.PeriodEnd.Year() {
		start = "2 January 2006"
	}
	return a.PeriodStart.Format(start) + " to " + model.LongDay(a.PeriodEnd)
}

// FormName words a form.
func FormName(form model.Form) string {
	if form == model.PulseForm {
		return "Pulse"
	}
	return "Full assessment"
}

// levelWords words an answer's level.
func levelWords(a *model.Assessment, level model.Level) string {
	switch level {
	case model.Blank:
		return "Not answered"
	case model.Absent:
		return a.Scale.Absent
	}
	return fmt.Sprint(int(level))
}

// carelessWords names the signs of careless answering, as a question and not as a reproach.
func carelessWords(reasons []measure.CarelessReason) []string {
	words := map[measure.CarelessReason]string{
		measure.IdenticalAnswers: "More than four fifths of the answers are the same level.",
		measure.FastAnswers:      "The pages were open for less than two seconds an answer.",
		measure.CopiedAnswers:    "Every answer is the one you gave last time.",
	}
	var said []string
	for _, reason := range reasons {
		said = append(said, words[reason])
	}
	return said
}

// fewWords says what can't be read of a draft with few answers, should it be finished so.
func fewWords(review *model.Review) string {
	words := fmt.Sprintf("%d of %d questions have an answer. With fewer than six in ten, this assessment as a whole can’t be compared with another one", review.Given, review.Asked)
	const named = 4
	if len(review.Unread) == 0 {
		return words + "."
	}
	if len(review.Unread) > named {
		what := "competencies"
		if review.Assessment.Form == model.PulseForm {
			what = "areas"
		}
		return words + fmt.Sprintf(", and %s %s will have no score.", number(len(review.Unread)), what)
	}
	var names []string
	for _, name := range review.Unread {
		names = append(names, inText(name))
	}
	return words + ", and there will be no score for " + list(names) + "."
}

// meantWords is what one says by finishing all the same.
func meantWords(review *model.Review) string {
	if len(review.Careless) > 0 {
		return "These answers are meant"
	}
	return "Finish with these answers"
}

// given is a draft's coverage, in the shape of a score's.
func given(draft *model.Progress) measure.Score {
	return measure.Score{Answered: draft.Given, Asked: draft.Asked}
}
