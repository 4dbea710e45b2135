package kit

import (
	"fmt"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// Coverage says how much was answered: "34 of 36 answered".
func Coverage(s measure.Score) string { return fmt.Sprintf("%d of %d answered", s.Answered, s.Asked) }

// Period says what period an assessment is about: "1 September to 24 November 2026".
func Period(a *model.Assessment) string {
	if a.PeriodEnd.IsZero() {
		return "since " + model.LongDay(a.PeriodStart)
	}
	if a.PeriodStart.Equal(a.PeriodEnd) {
		return model.LongDay(a.PeriodEnd)
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

// LevelWords words an answer's level.
func LevelWords(a *model.Assessment, level model.Level) string {
	switch level {
	case model.Blank:
		return "Not answered"
	case model.Absent:
		return a.Scale.Absent
	}
	return fmt.Sprint(int(level))
}

// DraftCoverage returns a draft's coverage, in the shape of a score's.
func DraftCoverage(draft *model.Progress) measure.Score {
	return measure.Score{Answered: draft.Given, Asked: draft.Asked}
}

// MinutesWords says "one minute" or "fifteen minutes".
func MinutesWords(minutes int) string {
	if minutes == 1 {
		return "one minute"
	}
	return Number(minutes) + " minutes"
}

// DraftWords says how far a draft is.
func DraftWords(page Page, draft *model.Progress) string {
	text := fmt.Sprintf("%s, %s, begun on %s: %d of %d answered.", draft.Assessment.QuestionnaireName, InText(FormName(draft.Assessment.Form)),
		page.Day(draft.Assessment.StartedAt), draft.Given, draft.Asked)
	if draft.Minutes > 0 {
		text += fmt.Sprintf(" About %s to go.", MinutesWords(draft.Minutes))
	}
	return text
}

// Anchored is the words of a level by a competency's rubric.
func Anchored(shared *model.Shared, competency model.SharedCompetency, level int) string {
	return shared.Assessment.Scale.Label(competency.Section.Anchors, level)
}

// PeriodOf words a period by its two days.
func PeriodOf(start, end time.Time) string {
	return Period(&model.Assessment{PeriodStart: start, PeriodEnd: end})
}

// MonthOf names the end of an earlier assessment's period: "March", with the year where it helps.
func MonthOf(a *model.Assessment) string { return a.PeriodEnd.Format("January 2006") }
