package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/text"
)

// noted lists entries of a log and notes of answers together, the newest first, with what they are about. The day of a
// note is that of its moment in the reader's zone.
func (r Reports) noted(entries []model.LogEntry, notes []model.Noted, zone model.Zone) []model.Noted {
	all := make([]model.Noted, 0, len(entries)+len(notes))
	for _, entry := range entries {
		all = append(all, model.Noted{LogEntry: entry})
	}
	for _, note := range notes {
		note.Day = zone.Day(note.MadeAt)
		all = append(all, note)
	}
	for i := range all {
		if all[i].Competency.ID != "" {
			all[i].Competency = r.Named(all[i].Competency.ID)
		}
	}
	slices.SortStableFunc(all, func(one, other model.Noted) int {
		if days := other.Day.Compare(one.Day); days != 0 {
			return days
		}
		return other.MadeAt.Compare(one.MadeAt)
	})
	return all
}

// Log gives what a manager noted: what a query looks for, else the latest of each competency. wording gives the text of a
// question by its id.
func (r Reports) Log(entries []model.LogEntry, notes []model.Noted, query model.LogQuery, zone model.Zone, wording func(id string) string) *model.Log {
	log := &model.Log{Query: query, Entries: len(entries), Notes: len(notes)}
	all := r.noted(entries, notes, zone)
	if !log.Looking() {
		r.group(log, all)
		for _, group := range log.Groups {
			word(group.Latest, wording)
		}
		return log
	}
	if query.Competency != model.None && query.Competency != "" {
		log.Competency = r.Named(query.Competency)
	}
	words := strings.Fields(text.Folded(query.Words))
	found := slices.DeleteFunc(all, func(one model.Noted) bool {
		return query.Competency != "" && one.Competency.ID != log.Competency.ID || !text.Sought(one.Words, words)
	})
	log.Count = len(found)
	log.Pages = (len(found) + model.LogPage - 1) / model.LogPage
	log.Query.Page = max(1, min(query.Page, log.Pages))
	from := (log.Query.Page - 1) * model.LogPage
	log.Found = found[from:min(from+model.LogPage, len(found))]
	word(log.Found, wording)
	return log
}

// word adds to notes the questions that they answer.
func word(all []model.Noted, wording func(id string) string) {
	for _, one := range all {
		if one.Of != nil {
			one.Of.Question = wording(one.Of.Item)
		}
	}
}

// group sorts what was noted by competency, in the model's order. What speaks of none yet comes first.
func (r Reports) group(log *model.Log, all []model.Noted) {
	groups := map[string]*model.NotedGroup{}
	for _, one := range all {
		group := groups[one.Competency.ID]
		if group == nil {
			group = &model.NotedGroup{Competency: one.Competency}
			groups[one.Competency.ID] = group
		}
		if group.Count++; group.Count <= model.LogLatest {
			group.Latest = append(group.Latest, one)
		}
	}
	if none := groups[""]; none != nil {
		log.Groups = append(log.Groups, *none)
	}
	for _, competency := range r.Competencies() {
		if group := groups[competency.ID]; group != nil {
			log.Groups = append(log.Groups, *group)
		} else {
			log.Silent = append(log.Silent, competency)
		}
	}
}

// Competencies names all competencies, in the model's order.
func (r Reports) Competencies() (all []model.NamedCompetency) {
	for _, area := range r.Library.Model.Areas {
		for _, competency := range area.Competencies {
			all = append(all, r.Named(competency.ID))
		}
	}
	return all
}

// Evidence says how fresh what was noted was when a result was finished. latest gives by competency the day of the
// latest of it up to then.
func (r Reports) Evidence(result *model.Result, latest map[string]time.Time, finished time.Time) *model.Evidence {
	evidence := &model.Evidence{}
	for _, competency := range result.Competencies {
		if competency.Score.Answered == 0 {
			continue
		}
		one := model.CompetencyEvidence{CompetencyResult: competency, Latest: latest[competency.ID]}
		if !one.Latest.IsZero() {
			evidence.Any = true
			one.Days = int(finished.Sub(one.Latest).Hours() / 24)
			one.Freshness = measure.Freshness(one.Days)
		}
		evidence.Competencies = append(evidence.Competencies, one)
		if competency.Score.Value >= model.SilentFrom && (one.Latest.IsZero() || one.Days > measure.EvidenceYear) {
			evidence.Silent = append(evidence.Silent, one)
		}
	}
	return evidence
}

// LogFormat names the layout of an exported log.
const LogFormat = "whetstone-log-1"

// ExportedLog is all that a manager noted, the newest first.
type ExportedLog struct {
	Format string `json:"format"`
	// Entries are those of the log, Notes those of answers.
	Entries []ExportedEntry `json:"entries"`
	Notes   []ExportedNote  `json:"notes"`
}

// ExportedEntry is one entry of a log; Competency is left out where it speaks of none yet.
type ExportedEntry struct {
	ID         string    `json:"id"`
	Day        string    `json:"day"`
	Competency string    `json:"competency,omitzero"`
	Words      string    `json:"words"`
	MadeAt     time.Time `json:"made_at"`
}

// ExportedNote is the note of an answer; Level is left out where the question has none, 0 is "It did not come up".
type ExportedNote struct {
	Assessment string    `json:"assessment"`
	Item       string    `json:"item"`
	Competency string    `json:"competency"`
	Level      *int      `json:"level,omitzero"`
	Words      string    `json:"words"`
	WrittenAt  time.Time `json:"written_at"`
}

// ExportLog gives what a manager noted as an export has it.
func ExportLog(entries []model.LogEntry, notes []model.Noted) *ExportedLog {
	export := &ExportedLog{Format: LogFormat, Entries: []ExportedEntry{}, Notes: []ExportedNote{}}
	export.Entries = append(export.Entries, exportEntries(entries)...)
	for _, note := range notes {
		exported := ExportedNote{
			Assessment: note.Of.Assessment, Item: note.Of.Item, Competency: note.Competency.ID, Words: note.Words, WrittenAt: note.MadeAt,
		}
		if note.Of.Level != model.Blank {
			level := int(note.Of.Level)
			exported.Level = &level
		}
		export.Notes = append(export.Notes, exported)
	}
	return export
}

// exportEntries gives the entries of a log as an export has them.
func exportEntries(entries []model.LogEntry) (export []ExportedEntry) {
	for _, entry := range entries {
		export = append(export, ExportedEntry{
			entry.ID, entry.Day.Format(model.DateLayout), entry.Competency.ID, entry.Words, entry.MadeAt,
		})
	}
	return export
}

// LogRows gives what a manager noted as a table, the newest first: its head, then a row for each entry and note.
func (r Reports) LogRows(entries []model.LogEntry, notes []model.Noted, zone model.Zone, wording func(id string) string) [][]string {
	rows := [][]string{{"day", "kind", "competency", "competency_name", "words", "question", "level", "assessment", "id"}}
	all := r.noted(entries, notes, zone)
	word(all, wording)
	for _, one := range all {
		row := []string{one.Day.Format(model.DateLayout), "entry", cell(one.Competency.ID), cell(one.Competency.Name), cell(one.Words), "", "", "", cell(one.ID)}
		if one.Of != nil {
			row[1], row[5], row[7], row[8] = "note", cell(one.Of.Question), cell(one.Of.Assessment), cell(one.Of.Item)
			if one.Of.Level != model.Blank {
				row[6] = strconv.Itoa(int(one.Of.Level))
			}
		}
		rows = append(rows, row)
	}
	return rows
}
