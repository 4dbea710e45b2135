package plan

import (
	"strings"

	"whetstone/internal/model"
)

// reminderWords are all that a mail says of a thing, before the day on which it falls, if it falls on one. Others may see a
// mail, so they name nothing and nobody.
var reminderWords = map[model.ReminderKind]string{
	model.ReminderKind(model.PulseDue):      "A pulse is due",
	model.ReminderKind(model.FullDue):       "A full assessment is due",
	model.ReminderKind(model.CommitmentDue): "The day of a commitment has come",
	model.ReminderKind(model.CycleEnds):     "A team’s cycle ends",
	model.ReminderKind(model.ShareEnds):     "A share ends",
	model.MentorWrote:                       "A mentor has written to you",
	model.LevelsProposed:                    "A mentor proposes to settle on a level",
	model.CycleAsks:                         "A team’s cycle is open and nothing of yours counts in it so far",
	model.MembersWait:                       "Somebody waits to be let into a team",
	model.TeamAsks:                          "Another team asks to compare itself with yours",
	model.DraftWaits:                        "An assessment that you began waits to be finished",
	model.MapWaits:                          "A depth map that you began waits to be finished",
}

// ReminderWords is the mail that reminds a manager. stop is where such mails end; address gives the page of a kind of
// thing.
func ReminderWords(reminders model.ReminderMail, stop string, address func(model.ReminderKind) string) (subject, text string) {
	var words strings.Builder
	waiting := map[model.ReminderKind]bool{}
	for _, one := range reminders.Reminders {
		if one.Day.IsZero() && waiting[one.Kind] {
			continue // it would say the same again
		}
		waiting[one.Kind] = one.Day.IsZero()
		words.WriteString(reminderWords[one.Kind])
		switch {
		case one.Day.Equal(reminders.Today):
			words.WriteString(" today")
		case !one.Day.IsZero():
			words.WriteString(": " + model.LongDay(one.Day))
		}
		words.WriteString(".\n" + address(one.Kind) + "\n\n")
	}
	words.WriteString("The links open where you are signed in. You are told each thing once, and get one such mail a day at most.\n\n" +
		"To get no more of them:\n" + stop + "\n")
	return "A reminder from Whetstone", words.String()
}
