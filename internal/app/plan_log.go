package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// newEntry is counted by client, as other things are that anybody can have kept.
const newEntry creation = "new log entry"

// Log gives what a manager noted, by competency or as a query looks for it: entries of their log and notes of answers
// together. A competency that is unknown counts as any.
func (a *App) Log(ctx context.Context, managerID string, query model.LogQuery, zone model.Zone) (*model.Log, error) {
	query.Words = cutLine(query.Words, model.SearchLimit)
	if _, known := a.reports.Library.Model.Competency(query.Competency); !known && query.Competency != model.None {
		query.Competency = ""
	}
	entries, notes, err := a.noted(ctx, managerID)
	if err != nil {
		return nil, err
	}
	return a.reports.Log(entries, notes, query, zone, a.Wording), nil
}

// cutLine is a line of at most so many characters.
func cutLine(typed string, most int) string {
	line := []rune(cleanLine(typed))
	return string(line[:min(len(line), most)])
}

// noted reads all that a manager noted.
func (a *App) noted(ctx context.Context, managerID string) (entries []model.LogEntry, notes []model.Noted, err error) {
	if entries, err = a.store.LogEntries(ctx, managerID); err != nil {
		return nil, nil, err
	}
	notes, err = a.store.AnswerNotes(ctx, managerID)
	return entries, notes, err
}

// ExportLog gives all that a manager noted as an export has it.
func (a *App) ExportLog(ctx context.Context, managerID string) (*report.ExportedLog, error) {
	entries, notes, err := a.noted(ctx, managerID)
	if err != nil {
		return nil, err
	}
	if err := a.referNoted(ctx, managerID, entries, notes); err != nil {
		return nil, err
	}
	return report.ExportLog(entries, notes), nil
}

// LogRows gives all that a manager noted as a table.
func (a *App) LogRows(ctx context.Context, managerID string, zone model.Zone) ([][]string, error) {
	entries, notes, err := a.noted(ctx, managerID)
	if err != nil {
		return nil, err
	}
	if err := a.referNoted(ctx, managerID, entries, notes); err != nil {
		return nil, err
	}
	return a.reports.LogRows(entries, notes, zone, a.Wording), nil
}

// referNoted puts the ids under which what was noted is exported.
func (a *App) referNoted(ctx context.Context, managerID string, entries []model.LogEntry, notes []model.Noted) error {
	references, err := a.store.References(ctx, managerID)
	for i := range entries {
		entries[i].ID = references.Of(entries[i].ID)
	}
	for i := range notes {
		notes[i].Of.Assessment = references.Of(notes[i].Of.Assessment)
	}
	return err
}

// Competencies names all competencies, in the model's order.
func (a *App) Competencies() []model.NamedCompetency { return a.reports.Competencies() }

// KnownCompetency gives the id of a competency back if there is one; else "".
func (a *App) KnownCompetency(id string) string {
	if _, known := a.reports.Library.Model.Competency(id); known {
		return id
	}
	return ""
}

// LogEntry reads one entry of a manager's log; any other is model.ErrNotFound.
func (a *App) LogEntry(ctx context.Context, managerID, id string) (model.LogEntry, error) {
	entry, err := a.store.LogEntry(ctx, managerID, id)
	return a.namedEntry(entry), err
}

// namedEntry adds the name of an entry's competency.
func (a *App) namedEntry(entry model.LogEntry) model.LogEntry {
	if entry.Competency.ID != "" {
		entry.Competency = a.reports.Named(entry.Competency.ID)
	}
	return entry
}

// entryFields are the names of an entry's fields; entryTexts returns what they hold.
var entryFields = []string{"noted", "day", "competency"}

func entryTexts(entry model.LogEntry) []string {
	return []string{entry.Words, entry.Day.Format(model.DateLayout), entry.Competency.ID}
}

// SeenEntry says what a page saw of an entry, as Seen does of an answer.
func SeenEntry(entry model.LogEntry) string { return seenToken(0, entryTexts(entry)...) }

// Note adds an entry to a manager's log and gives its id. Bad input is a model.Invalid error on "noted", "day" or
// "competency"; where the log keeps as many as it can it is one on "room".
func (a *App) Note(ctx context.Context, managerID string, input model.EntryInput, zone model.Zone) (string, error) {
	entry, fields := a.readEntry(input, zone.Day(a.now()), nil)
	if err := fields.err(); err != nil {
		return "", err
	}
	entry.ID, entry.MadeAt = a.random(), a.now()
	return entry.ID, a.store.InTx(ctx, func(tx *store.Store) error {
		count, err := tx.LogSize(ctx, managerID)
		if err != nil {
			return err
		}
		if err := tooMany(count, model.EntryLimit, "room", "Your log keeps %d entries, as many as it can. Delete some that you don’t need any more; you can take all of them with you before."); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, input.From, newEntry); err != nil {
			return err
		}
		return tx.CreateLogEntry(ctx, managerID, entry)
	})
}

// readEntry reads what the form of an entry says, and all that is wrong with it. kept is the entry that it changes, whose
// day may have passed out of the years that are asked for; nil for a new one.
func (a *App) readEntry(input model.EntryInput, today time.Time, kept *model.LogEntry) (model.LogEntry, fieldErrors) {
	entry := model.LogEntry{Words: cleanText(input.Words)}
	entry.Competency.ID = input.Competency
	var fields fieldErrors
	fields.require("noted", "the note", entry.Words, model.EntryWordsLimit, "Write down what happened, in a line or a few.")
	var err error
	entry.Day, err = time.Parse(model.DateLayout, strings.TrimSpace(input.Day))
	first := today.AddDate(-model.EntryYears, 0, 0)
	stays := kept != nil && entry.Day.Equal(kept.Day)
	if err != nil || !stays && (entry.Day.After(today) || entry.Day.Before(first)) {
		fields.add("day", fmt.Sprintf("Enter a day from %s to today, as year, month and day: %s.", model.LongDay(first), today.Format(model.DateLayout)))
	}
	if _, known := a.reports.Library.Model.Competency(input.Competency); !known && input.Competency != "" {
		fields.add("competency", "Choose one of the competencies, or none yet.")
	}
	return entry, fields
}

// ChangeLogEntry changes one entry of a manager's log. Bad input is a model.Invalid error on the field; what was changed
// elsewhere since the page saw it is a model.Conflict error that names the fields.
func (a *App) ChangeLogEntry(ctx context.Context, managerID, id string, input model.EntryInput, zone model.Zone) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		stored, err := tx.LogEntry(ctx, managerID, id)
		if err != nil {
			return err
		}
		entry, fields := a.readEntry(input, zone.Day(a.now()), &stored)
		if err := fields.err(); err != nil {
			return err
		}
		merged, err := mergeFields(input.Seen, entryFields, entryTexts(stored), entryTexts(entry))
		if err != nil {
			return err
		}
		stored.Words, stored.Competency.ID = merged[0], merged[2]
		if stored.Day, err = time.Parse(model.DateLayout, merged[1]); err != nil {
			return err
		}
		return tx.ChangeLogEntry(ctx, managerID, stored)
	})
}

// DeleteLogEntry removes one entry of a manager's log for good, also from links that show it. meant says that they
// confirmed it; without it, it is a model.Invalid error on the field "meant". One that says something else than what
// the page saw is a model.Conflict error on the same: what is newer is not deleted unseen.
func (a *App) DeleteLogEntry(ctx context.Context, managerID, id, seen string, meant bool) error {
	return a.erasing(ctx, id, func(tx *store.Store) error {
		stored, err := tx.LogEntry(ctx, managerID, id)
		switch {
		case err != nil:
			return err
		case SeenEntry(stored) != seen:
			return model.ConflictIn("meant")
		case !meant:
			return refused("meant", "Tick the box to say that this entry may be deleted.")
		}
		return tx.DeleteLogEntry(ctx, managerID, id)
	})
}

// Evidence says how fresh what was noted was when a result was finished, in the reader's days.
func (a *App) Evidence(ctx context.Context, result *model.Result, zone model.Zone) (*model.Evidence, error) {
	at := result.Assessment.FinishedAt
	finished := zone.Day(at)
	latest, notes, err := a.store.LatestNoted(ctx, result.Assessment.ManagerID, finished, at)
	if err != nil {
		return nil, err
	}
	for competency, written := range notes {
		if day := zone.Day(written); day.After(latest[competency]) {
			latest[competency] = day
		}
	}
	return a.reports.Evidence(result, latest, finished), nil
}

// shownLog lists the entries that a share of today would show.
func (a *App) shownLog(ctx context.Context, data *store.Store, managerID string) ([]model.LogEntry, error) {
	return data.RecentEntries(ctx, managerID, a.logSharedFrom(), model.SharedEntries)
}

// logSharedFrom is the first day of what a share of today shows.
func (a *App) logSharedFrom() time.Time {
	return model.Zone{}.Day(a.now()).AddDate(0, -model.SharedMonths, 0)
}

// addNoted puts on a page of questions what its manager noted of its competencies since a moment.
func (a *App) addNoted(ctx context.Context, page *model.QuestionPage, since time.Time) error {
	var competencies []string
	parts := map[string]*model.QuestionPart{}
	for i := range page.Parts {
		part := &page.Parts[i]
		competencies = append(competencies, part.Competency.ID)
		parts[part.Competency.ID] = part
	}
	entries, err := a.store.NotedSince(ctx, page.Assessment.ManagerID, since, competencies)
	for _, entry := range entries {
		if part := parts[entry.Competency.ID]; len(part.Noted) < model.NotedLatest {
			part.Noted = append(part.Noted, entry)
		} else {
			part.MoreNoted++
		}
	}
	return err
}
