package app

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// assessmentsAtOnce is how many assessments an export holds in memory, however many there are.
const assessmentsAtOnce = 16

// HistoryExport is all of a manager's finished assessments on their way into a file. It holds what the whole history
// says, and reads the assessments themselves a few at a time as they are written.
type HistoryExport struct {
	app       *App
	managerID string
	// whole is the export without its assessments.
	whole report.ExportedHistory
	// ids are the assessments, oldest first; place tells where each stands.
	ids   []string
	place map[string]int
	// hindsight returns the levels of look backs by the assessment that they look back at and by item.
	hindsight map[string]map[string]string
}

// ExportHistory begins an export of all of a manager's finished assessments. Drafts are no part of it.
func (a *App) ExportHistory(ctx context.Context, managerID string) (*HistoryExport, error) {
	// What the whole history says needs the levels of all assessments, so only one export at a time computes it.
	select {
	case a.exporting <- struct{}{}:
		defer func() { <-a.exporting }()
	case <-ctx.Done():
		return nil, model.UnreachableError(ctx.Err())
	}
	// Without the cache: a failing database shows before the first byte is sent, and a long history doesn't displace
	// everybody else's.
	assessments, err := a.store.Anew().Levels(ctx, managerID)
	if err != nil {
		return nil, err
	}
	incomplete, err := a.store.Incomplete(ctx, managerID)
	if err != nil {
		return nil, err
	}
	export := &HistoryExport{
		app: a, managerID: managerID, whole: a.reports.ExportHead(a.reports.TrendOf(assessments), !incomplete),
		place: map[string]int{}, hindsight: map[string]map[string]string{},
	}
	for i, answered := range assessments {
		export.ids = append(export.ids, answered.Assessment.ID)
		export.place[answered.Assessment.ID] = i
		if answered.Rerating == nil {
			continue
		}
		if rerating := a.reports.LookBackAmong(assessments[:i], answered); rerating != nil {
			export.hindsight[rerating.EarlierID] = report.ExportLookBack(rerating).Levels()
		}
	}
	return export, nil
}

// each reads the assessments and passes them on one by one. If one has been deleted since the export began, it fails:
// half of a history must not pass for the whole.
func (e *HistoryExport) each(ctx context.Context, visit func(report.ExportedAssessment) error) error {
	var before *model.Answered
	for ids := range slices.Chunk(e.ids, assessmentsAtOnce) {
		assessments, err := e.app.store.HistoryOf(ctx, e.managerID, ids)
		if err != nil {
			return err
		}
		if len(assessments) != len(ids) {
			return fmt.Errorf("an assessment was deleted while its history was exported: %w", model.ErrNotFound)
		}
		for i := range assessments {
			answered := &assessments[i]
			result := e.app.reports.Result(answered.Assessment, answered.Answers)
			if before != nil {
				e.app.reports.Compare(result, before.Assessment, before.Answers, answered.Assessment.Noise)
			}
			if err := e.addLookBack(ctx, result, answered, before); err != nil {
				return err
			}
			if err := visit(report.ExportResult(result)); err != nil {
				return err
			}
			before = answered
		}
	}
	return nil
}

// addLookBack adds the look back of an assessment to its result, if it looks back at an earlier one: usually the one
// just read.
func (e *HistoryExport) addLookBack(ctx context.Context, result *model.Result, answered, before *model.Answered) error {
	rerating := answered.Rerating
	if rerating == nil {
		return nil
	}
	place, found := e.place[rerating.EarlierID]
	if !found || place >= e.place[answered.Assessment.ID] {
		return nil
	}
	if before.Assessment.ID != rerating.EarlierID {
		earlier, err := e.app.finished(ctx, e.managerID, rerating.EarlierID)
		if err != nil {
			return err
		}
		before = &earlier
	}
	e.app.reports.LookBack(rerating, answered.Assessment, before.Assessment, before.Answers)
	result.Rerating = rerating
	return nil
}

// WriteJSON writes the export as ExportedHistory stands in JSON, indented by two spaces.
func (e *HistoryExport) WriteJSON(ctx context.Context, to io.Writer) error {
	out := &jsonParts{to: to}
	out.text("{\n  \"format\": ").value("  ", e.whole.Format)
	out.text(",\n  \"whole_history\": ").value("  ", e.whole.Whole)
	out.text(",\n  \"model\": ").value("  ", e.whole.Model)
	out.text(",\n  \"assessments\": [")
	separator, end := "\n    ", "]"
	err := e.each(ctx, func(assessment report.ExportedAssessment) error {
		out.text(separator).value("    ", assessment)
		separator, end = ",\n    ", "\n  ]"
		return out.err
	})
	if err != nil {
		return err
	}
	out.text(end).text(",\n  \"trend\": ").value("  ", e.whole.Trend).text("\n}")
	return out.err
}

// jsonParts writes JSON in parts, until one fails.
type jsonParts struct {
	to  io.Writer
	err error
}

func (p *jsonParts) text(text string) *jsonParts {
	if p.err == nil {
		_, p.err = io.WriteString(p.to, text)
	}
	return p
}

// value writes a value whose lines, but for the first, are led by an indent.
func (p *jsonParts) value(indent string, value any) *jsonParts {
	if p.err != nil {
		return p
	}
	content, err := json.MarshalIndent(value, indent, "  ")
	if err != nil {
		p.err = err
		return p
	}
	_, p.err = p.to.Write(content)
	return p
}

// WriteCSV writes the export as a table: a head, then one row an answer.
func (e *HistoryExport) WriteCSV(ctx context.Context, to io.Writer) error {
	out := csv.NewWriter(to)
	if err := out.Write(report.RowHead()); err != nil {
		return err
	}
	err := e.each(ctx, func(assessment report.ExportedAssessment) error {
		return report.EachRow(assessment, e.hindsight[assessment.ID], out.Write)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
