package plan

import (
	"fmt"
	"time"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// remindersDone tell of what was done just now, by its name in the address.
var remindersDone = map[string]string{
	"confirmed": "The address is confirmed. Choose below whether reminders go there.",
	"saved":     "Saved.",
	"again":     "The address was made already, so no other was made now: the one that was shown then is the one that holds. If you didn’t keep it, replace it here.",
	"ended":     "The address has ended.",
	"mail":      "You are reminded by mail from now on.",
	"no-mail":   "You get no more reminders by mail.",
}

// proposalWords say what is proposed, and how long it takes.
func proposalWords(reminders *model.Reminders) string {
	proposed := reminders.Next.Proposed
	words := kit.Sentence(kit.Rhythm(proposed)) + "."
	switch {
	case proposed.FullWeeks == 0:
		return words + fmt.Sprintf(" It takes about %s.", kit.Plural(reminders.PulseMinutes, "minute", "minutes"))
	case proposed.PulseWeeks == 0:
		return words + fmt.Sprintf(" It takes about %s.", kit.Plural(reminders.FullMinutes, "minute", "minutes"))
	}
	return words + fmt.Sprintf(" The one takes about %s, the other %d.", kit.Plural(reminders.PulseMinutes, "minute", "minutes"), reminders.FullMinutes)
}

// proposedWords say when one would look again by the proposal.
func proposedWords(next model.NextAssessment, today time.Time) string {
	words := "We propose " + kit.DueName(next.Due.Form)
	if next.Due.Day.After(today) {
		words += " on " + model.LongDay(next.Due.Day)
	} else {
		words += " now"
	}
	if !next.Then.Day.IsZero() {
		words += ", and " + kit.DueName(next.Then.Form) + " on " + model.LongDay(next.Then.Day)
	}
	return words + ": " + kit.Rhythm(next.Cadence) + "."
}

// aheadWords say what is due next, or that nothing is.
func aheadWords(next model.NextAssessment, today time.Time) string {
	if words := kit.NextWords(next, today); words != "" {
		return words
	}
	return kit.CadenceWords(next.Cadence)
}

// notYetWords say why there is no day for a calendar.
func notYetWords(next model.NextAssessment) string {
	switch {
	case !next.Cadence.Chosen():
		return "Once you have chosen how often, you can take the next days from here."
	case next.Off():
		return "No assessment is due, so there is no day to take."
	}
	return "Once an assessment is finished, you can take the next days from here."
}

// addWords are those of the link to the file of so many days.
func addWords(days int) string {
	return kit.OneOrMany(days, "Add it to my calendar", "Add both to my calendar")
}

// feedWords say since when there is an address, and when it was read.
func feedWords(page kit.Page, feed model.CalendarFeed) string {
	words := "You have one, made on " + page.Day(feed.MadeAt) + ". It can’t be shown again, since only a hash of its secret is kept. "
	if feed.ReadAt.IsZero() {
		return words + "No calendar has read it yet."
	}
	return words + "A calendar last read it on " + page.Day(feed.ReadAt) + ", or within a day of it."
}
