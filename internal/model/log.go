package model

import "time"

// Limits of a log.
const (
	// EntryWordsLimit bounds what an entry says, in characters: a line or a few.
	EntryWordsLimit = 600
	// EntryLimit is how many entries a manager keeps.
	EntryLimit = 2000
	// EntryYears is how many years ago an entry may be of.
	EntryYears = 10
	// LogPage is how many are shown on one page, LogLatest of each competency where all are shown together.
	LogPage, LogLatest = 50, 3
	// SearchLimit bounds what is searched for, in characters.
	SearchLimit = 100
	// NotedLatest is how many a page of questions shows of a competency.
	NotedLatest = 8
	// SharedEntries is how many a share shows at most, SharedMonths how many months they go back from its making.
	SharedEntries, SharedMonths = 100, 12
)

// LogEntry is what a manager noted of a day: something that happened, on paper before it is forgotten.
type LogEntry struct {
	ID string
	// Competency is the one that it speaks of; zero for none yet.
	Competency NamedCompetency
	// Day is the day that it speaks of.
	Day    time.Time
	Words  string
	MadeAt time.Time
}

// Noted is something that a manager noted: an entry of their log, or where Of is there a note of an answer.
type Noted struct {
	LogEntry
	Of *AnswerNote
}

// AnswerNote says to which answer a note belongs.
type AnswerNote struct {
	Assessment string
	Finished   bool
	Item       string
	// Question is the item's text in the questionnaires in force; "" where none asks it any more.
	Question string
	Level    Level
}

// LogQuery says what of a log is looked for.
type LogQuery struct {
	// Words have to occur, each of them; "" for any. Competency is an id, or None, or "" for any.
	Words, Competency string
	// Page counts from 1.
	Page int
}

// None is looked for where an entry speaks of no competency yet.
const None = "none"

// Log is what a manager noted: the latest of each competency, or what a search found.
type Log struct {
	Query LogQuery
	// Entries and Notes count all entries of the log and all notes of answers.
	Entries, Notes int
	// Groups are the competencies of which something was noted, what speaks of none yet first; empty where something is
	// looked for. Silent are the others.
	Groups []NotedGroup
	Silent []NamedCompetency
	// Competency is the one that is looked for; zero for none.
	Competency NamedCompetency
	// Found are those of the page, the newest first; Count counts what all pages have, Pages the pages.
	Found        []Noted
	Count, Pages int
}

// NotedGroup is what was noted of one competency, or where it is zero of none yet.
type NotedGroup struct {
	Competency NamedCompetency
	// Latest are the newest first; Count counts all.
	Latest []Noted
	Count  int
}

// Looking tells whether something is looked for.
func (l *Log) Looking() bool { return l.Query.Words != "" || l.Query.Competency != "" }

// EntryInput is what the form of an entry sends, as typed.
type EntryInput struct {
	Words, Day, Competency string
	// Seen is the seen token of what the page had shown; "" for a new one.
	Seen string
	// From stands for where it comes from, so that what one client makes can be bounded.
	From string
}

// Evidence says how fresh is what was noted of the competencies of a result, when that was finished.
type Evidence struct {
	Competencies []CompetencyEvidence
	// Silent are those with a score of SilentFrom or more of which nothing was noted in the year before.
	Silent []CompetencyEvidence
	// Any tells whether anything was noted of one of them.
	Any bool
}

// SilentFrom is from which score on it is said that nothing was noted.
const SilentFrom = 4.0

// CompetencyEvidence is how fresh is what was noted of one competency.
type CompetencyEvidence struct {
	CompetencyResult
	// Latest is the day of the latest of it, zero where nothing was noted; Days is how many days that was before.
	Latest time.Time
	Days   int
	// Freshness is from 1 for that day to 0 for never.
	Freshness float64
}
