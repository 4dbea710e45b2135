package paths

import (
	"net/url"
	"strconv"
)

// Plan is what one is at, and what became of what one was at before.
func (p Paths) Plan() string { return p.Base + PlanPattern }

// PlanJSON is the plan as JSON.
func (p Paths) PlanJSON() string { return p.Base + PlanJSONPattern }

// PlanSchema is the JSON Schema of it.
func (p Paths) PlanSchema() string { return p.Base + PlanSchemaPattern }

// NewCommitment is where a commitment is made; practice, if any, fills it in.
func (p Paths) NewCommitment(practice string) string {
	if practice == "" {
		return p.Base + NewCommitmentPattern
	}
	return p.Base + NewCommitmentPattern + "?" + url.Values{"practice": {practice}}.Encode()
}

// CommitmentFor is NewCommitment for a domain of a depth map; domain may be "".
func (p Paths) CommitmentFor(practice, depthMap, domain string) string {
	if domain == "" {
		return p.NewCommitment(practice)
	}
	return p.Base + NewCommitmentPattern + "?" + url.Values{"practice": {practice}, "map": {depthMap}, "domain": {domain}}.Encode()
}

// Commitment is where a commitment is changed.
func (p Paths) Commitment(id string) string { return p.Plan() + "/" + url.PathEscape(id) }

// FollowUp is where one says what became of a commitment.
func (p Paths) FollowUp(id string) string { return p.Commitment(id) + "/follow-up" }

// DeleteCommitment asks before a commitment is deleted, and deletes it.
func (p Paths) DeleteCommitment(id string) string { return p.Commitment(id) + "/delete" }

// Following is where an assessment asks, before its first question, what became of one's commitments.
func (p Paths) Following(assessment string) string { return p.Assessment(assessment) + "/plan" }

// Log is what one noted.
func (p Paths) Log() string { return p.Base + LogPattern }

// LogFor is what of it is looked for: words and a competency, each "" for any, and which page of it, from 1.
func (p Paths) LogFor(words, competency string, page int) string {
	query := url.Values{}
	for name, value := range map[string]string{"words": words, "competency": competency} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	if len(query) == 0 {
		return p.Log()
	}
	return p.Log() + "?" + query.Encode()
}

// LogJSON is the log as JSON.
func (p Paths) LogJSON() string { return p.Base + LogJSONPattern }

// LogSchema is the JSON Schema of it.
func (p Paths) LogSchema() string { return p.Base + LogSchemaPattern }

// LogCSV is the log as CSV, one row an entry or note.
func (p Paths) LogCSV() string { return p.Base + LogCSVPattern }

// Note is where something is noted, of a competency or "" for none yet; from is the page that it leads back to, "" for
// the log.
func (p Paths) Note(competency, from string) string {
	query := url.Values{}
	for name, value := range map[string]string{"competency": competency, "from": from} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return p.Base + NotePattern
	}
	return p.Base + NotePattern + "?" + query.Encode()
}

// Entry is where an entry of the log is changed.
func (p Paths) Entry(id string) string { return p.Log() + "/" + url.PathEscape(id) }

// DeleteEntry asks before an entry of the log is deleted, and deletes it.
func (p Paths) DeleteEntry(id string) string { return p.Entry(id) + "/delete" }

// Reminders is where a manager chooses how often to be assessed, and puts what is due into a calendar.
func (p Paths) Reminders() string { return p.Base + RemindersPattern }

// RemindersFile is what is due next, as a file for a calendar.
func (p Paths) RemindersFile() string { return p.Base + RemindersFilePattern }

// CalendarAddress takes the form that makes the address of a manager's calendar.
func (p Paths) CalendarAddress() string { return p.Base + CalendarAddressPattern }

// EndCalendar takes the form that ends the address of a manager's calendar.
func (p Paths) EndCalendar() string { return p.Base + EndCalendarPattern }

// Calendar is the address that a manager's calendar reads.
func (p Paths) Calendar(secret string) string {
	return p.Base + "/calendar/" + url.PathEscape(secret) + "/whetstone.ics"
}
