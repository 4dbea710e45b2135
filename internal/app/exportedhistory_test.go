package app_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"testing"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

func TestRows(t *testing.T) {
	t.Parallel()
	r := record(t)
	export := r.history(t)
	var file bytes.Buffer
	if err := csv.NewWriter(&file).WriteAll(export.Rows(report.AnswerTable)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	next := 1
	for _, assessment := range export.Assessments {
		for _, section := range assessment.Competencies {
			for _, answer := range section.Answers {
				row := rows[next]
				next++
				if row[column["assessment"]] != assessment.ID || row[column["competency"]] != section.Competency ||
					row[column["item"]] != answer.Item.ID || row[column["item_hash"]] != answer.Item.Hash() {
					t.Fatalf("row %d is %q, want the item %s of %s", next, row, answer.Item.ID, assessment.ID)
				}
				level := ""
				if answer.Level != nil {
					level = fmt.Sprint(*answer.Level)
				}
				if row[column["level"]] != level || row[column["state"]] != string(answer.State) {
					t.Errorf("row %d has the level %q (%s), want %q", next, row[column["level"]], row[column["state"]], level)
				}
			}
		}
	}
	if next != len(rows) {
		t.Errorf("%d rows for %d answers", len(rows)-1, next-1)
	}
	pulse := rows[len(rows)-12]
	if pulse[column["name"]] != "'+ a name" || pulse[column["note"]] != "'"+hostileNote || pulse[column["form"]] != "pulse" {
		t.Errorf("a spreadsheet would run this: %q", pulse)
	}
}

// An export holds nobody else's.
func TestExportIsOnesOwn(t *testing.T) {
	t.Parallel()
	r := record(t)
	other, err := r.useCases.NewManager(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	export, err := r.useCases.WholeHistory(t.Context(), other)
	if err != nil || len(export.Assessments) != 0 {
		t.Errorf("%d assessments of someone else, error %v", len(export.Assessments), err)
	}
	if _, err := r.useCases.ExportAssessment(t.Context(), other, r.pulse); model.KindOf(err) != model.NotFound {
		t.Errorf("someone else’s assessment: %v", err)
	}
}
