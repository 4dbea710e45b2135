package plan

import (
	"fmt"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// entryDone tells of what was done just now, by its name in the address.
var entryDone = map[string]string{
	"changed": "Changed.",
	"deleted": "Deleted. A link that showed it no longer does.",
}

// noCompetency is what is said of an entry that speaks of no competency yet.
const noCompetency = "No competency yet"

// logWords says what a log is for, or what there is.
func logWords(log *model.Log) string {
	switch {
	case log.Looking():
		return foundWords(log)
	case log.Entries+log.Notes == 0:
		return "What happened, in a line or a few, while you still know it. When you next answer, you answer from what is on paper, and not from memory."
	case log.Entries == 0:
		return kit.Sentence(kit.Counted(log.Notes, "note", "notes")) + " that you wrote to answers. Note what happens in between, too, and you answer from what is on paper."
	case log.Notes == 0:
		return kit.Sentence(kit.Counted(log.Entries, "entry", "entries")) + newestFirst(log.Entries) + "."
	}
	return kit.Sentence(kit.Counted(log.Entries, "entry", "entries")) + ", and " + kit.Counted(log.Notes, "note", "notes") + " that you wrote to answers, the newest first."
}

// foundTitle is the heading of what a search found.
func foundTitle(log *model.Log) string {
	switch {
	case log.Query.Words != "":
		return "What you noted with “" + text.Isolated(log.Query.Words) + "”"
	case log.Query.Competency == model.None:
		return noCompetency
	}
	return log.Competency.Name
}

// foundWords says how much a search found.
func foundWords(log *model.Log) string {
	where := ""
	switch {
	case log.Query.Words == "":
	case log.Query.Competency == model.None:
		where = " under no competency yet"
	case log.Query.Competency != "":
		where = " under " + kit.InText(log.Competency.Name)
	}
	if log.Count == 0 {
		return "Nothing" + where + "."
	}
	return kit.Sentence(kit.Counted(log.Count, "entry or note", "entries and notes")) + where + newestFirst(log.Count) + "."
}

// newestFirst says how so many things are in order; of one there is nothing to say.
func newestFirst(count int) string {
	if count < 2 {
		return ""
	}
	return ", the newest first"
}

func groupTitle(group model.NotedGroup) string {
	if group.Competency.ID == "" {
		return noCompetency
	}
	return group.Competency.Name
}

// competencyOrNone is how a competency is looked for.
func competencyOrNone(competency model.NamedCompetency) string {
	if competency.ID == "" {
		return model.None
	}
	return competency.ID
}

// EntryWords says of which day and competency an entry is.
func EntryWords(entry model.LogEntry) string {
	if entry.Competency.ID == "" {
		return model.LongDay(entry.Day) + ". " + noCompetency + "."
	}
	return model.LongDay(entry.Day) + ". " + entry.Competency.Name + "."
}

// notedOver stands above something that was noted: its day, with its competency where that is named, and what it is a note of.
func notedOver(noted model.Noted, named bool) string {
	words := model.LongDay(noted.Day) + "."
	if named {
		words = EntryWords(noted.LogEntry)
	}
	switch {
	case noted.Of == nil:
		return words
	case noted.Of.Level.Scored():
		return words + fmt.Sprintf(" Note to an answer of %d.", noted.Of.Level)
	}
	return words + " Note to an answer."
}

// noteWritten is the page on which a note was written.
func noteWritten(page kit.Page, noted model.Noted) string {
	if noted.Of.Finished {
		return page.Paths.Result(noted.Of.Assessment)
	}
	return page.Paths.Questions(noted.Of.Assessment, noted.Competency.ID)
}

// silentWords says which high scores stand without anything noted.
func silentWords(silent []model.CompetencyEvidence) string {
	var names []string
	for i, one := range silent {
		name := one.Name
		if i > 0 {
			name = kit.InText(name)
		}
		names = append(names, name)
	}
	return kit.List(names) + ": 4 or more, and nothing noted in a year."
}

// freshnessWords says how fresh evidence is.
func freshnessWords(one model.CompetencyEvidence) string {
	switch {
	case one.Latest.IsZero():
		return "nothing noted"
	case one.Freshness >= measure.FreshFrom:
		return "fresh"
	case one.Days <= measure.EvidenceYear:
		return "fading"
	}
	return "old"
}

// ageWords says how long before the finish the latest was noted.
func ageWords(one model.CompetencyEvidence) string {
	switch {
	case one.Days == 0:
		return "the same day"
	case one.Days == 1:
		return "the day before"
	}
	return fmt.Sprintf("%d days before", one.Days)
}
