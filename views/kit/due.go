package kit

import (
	"time"

	"whetstone/internal/model"
)

// CadenceWords says how often somebody is assessed by a cadence, in a sentence or two.
func CadenceWords(cadence model.Cadence) string {
	switch {
	case !cadence.Chosen():
		return "You haven’t chosen how often to look again."
	case cadence.Off():
		return "You chose not to be reminded."
	}
	return "You chose " + Rhythm(cadence) + "."
}

// Rhythm names the intervals of a cadence that isn't off: "a pulse every six weeks and a full assessment every three months".
func Rhythm(cadence model.Cadence) string {
	switch {
	case cadence.FullWeeks == 0:
		return "a pulse " + Interval(cadence.PulseWeeks) + ", and no full assessment"
	case cadence.PulseWeeks == 0:
		return "a full assessment " + Interval(cadence.FullWeeks) + ", and no pulse"
	}
	return "a pulse " + Interval(cadence.PulseWeeks) + " and a full assessment " + Interval(cadence.FullWeeks)
}

// Interval says how often something comes that comes every so many weeks.
func Interval(weeks int) string {
	switch weeks {
	case 1:
		return "every week"
	case 13:
		return "every three months"
	case 26:
		return "every six months"
	case 52:
		return "every year"
	}
	return "every " + Number(weeks) + " weeks"
}

// NextWords says which assessment is due next by the manager's own choice, and when; "" where none is.
func NextWords(next model.NextAssessment, today time.Time) string {
	switch {
	case !next.Cadence.Chosen() || next.Off():
		return ""
	case next.First:
		return "The first begins it: the days are counted from when you finish it."
	}
	words := Sentence(DueName(next.Due.Form)) + dueOn(next.Due.Day, today)
	if !next.Then.Day.IsZero() {
		words += ", and " + DueName(next.Then.Form) + " on " + model.LongDay(next.Then.Day)
	}
	return words + "."
}

// DueName names what is due: "a pulse", "a full assessment".
func DueName(form model.Form) string {
	if form == model.PulseForm {
		return "a pulse"
	}
	return "a full assessment"
}

// dueOn says when something is due, or since when it has been.
func dueOn(day, today time.Time) string {
	switch {
	case day.Equal(today):
		return " is due today"
	case day.Before(today):
		return " has been due since " + model.LongDay(day)
	}
	return " is due on " + model.LongDay(day)
}
