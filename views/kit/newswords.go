package kit

import (
	"fmt"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// UntilWords says until when a commitment is, or when its day came.
func UntilWords(commitment model.Commitment, today time.Time) string {
	switch {
	case commitment.Until.Equal(today):
		return "until today"
	case commitment.Due(today):
		return "its day came on " + model.LongDay(commitment.Until)
	}
	return "until " + model.LongDay(commitment.Until)
}

// ReviewTitle says that a review has come in, or that something in it is new.
func ReviewTitle(notice model.ReviewNotice) string {
	if notice.Again {
		return "Something new in a review"
	}
	return "A review is in"
}

// ReviewNoticeWords says what is new in a review: "four ratings and a question back"; "" where only something was taken
// back.
func ReviewNoticeWords(notice model.ReviewNotice) string {
	var parts []string
	if notice.Ratings > 0 {
		parts = append(parts, counted(notice.Ratings, "rating", "ratings"))
	}
	if notice.Words {
		parts = append(parts, "a word on the whole")
	}
	if notice.Asks {
		parts = append(parts, "a question back")
	}
	if notice.Moves > 0 {
		parts = append(parts, "a move on your depth map")
	}
	if notice.Levels > 0 {
		parts = append(parts, counted(notice.Levels, "answer to a level", "answers to levels"))
	}
	return List(parts)
}

// counted says "one rating" or "three ratings".
func counted(count int, one, many string) string {
	return Counted(count, one, many)
}

// AboutAssessment says what a review is about: "your assessment of 3 March 2026", or by its own name.
func AboutAssessment(page Page, a *model.Assessment) string {
	if a.Name != "" {
		return Quoted(a.Name)
	}
	return "your assessment of " + page.Day(a.FinishedAt)
}

// LevelTitle says that levels wait to be confirmed.
func LevelTitle(notice model.LevelNotice) string {
	if len(notice.Competencies) == 1 {
		return "A level to confirm"
	}
	return Sentence(counted(len(notice.Competencies), "level to confirm", "levels to confirm"))
}

// LevelNoticeWords says who proposes levels, for what.
func LevelNoticeWords(notice model.LevelNotice) string {
	var names []string
	for _, competency := range notice.Competencies {
		names = append(names, InText(competency.Name))
	}
	return fmt.Sprintf("%s proposes %s for %s", Sentence(text.Isolated(notice.Name)), OneOrMany(len(names), "a level", "levels"), List(names))
}

// LastDay writes the last day of a cycle in the zone of its team.
func LastDay(zone model.Zone, cycle *model.Cycle) string { return zone.LongDate(cycle.LastMoment()) }

// CycleOf names a cycle with its team.
func CycleOf(offer model.ContributionOffer) string {
	return Quoted(offer.Cycle.Name) + " of " + text.Isolated(offer.Team.Name)
}

// Counting says which assessments count in a cycle.
func Counting(offer model.ContributionOffer) string {
	if offer.Cycle.Form == model.PulseForm {
		return "It counts pulses"
	}
	return "It counts full assessments"
}

// MembersTitle says that somebody waits to be confirmed.
func MembersTitle(waiting model.WaitingMembers) string {
	return Sentence(counted(waiting.Count, "person waits", "people wait")) + " to be confirmed"
}

// DueForm names the form of an assessment that is due.
func DueForm(form model.Form) string {
	if form == model.PulseForm {
		return "a pulse"
	}
	return "a full assessment"
}
