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
	"whetstone/internal/store"
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
	// compared tells with which of them each is compared, -1 with none.
	compared []int
	// hindsight gives the levels of look backs by the assessment that they look back at and by item.
	hindsight map[string]map[string]string
	// references are the ids under which what was brought in from a file is exported.
	references model.References
}

// ExportHistory begins an export of all of a manager's finished assessments and of what else they keep: targets, plan, log,
// depth maps, and what mentors say. Drafts are no part of it, of assessments and of maps.
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
	references, err := a.store.References(ctx, managerID)
	if err != nil {
		return nil, err
	}
	export := &HistoryExport{
		references: references,
		app:        a, managerID: managerID, whole: a.reports.ExportHead(a.reports.TrendOf(assessments), !incomplete),
		place: map[string]int{}, hindsight: map[string]map[string]string{},
	}
	for i, answered := range assessments {
		export.ids = append(export.ids, answered.Assessment.ID)
		export.place[answered.Assessment.ID] = i
		earlier, _ := a.reports.EarlierToCompare(assessments[:i], answered)
		export.compared = append(export.compared, earlier)
		if answered.Rerating == nil {
			continue
		}
		if rerating := a.reports.LookBackAmong(assessments[:i], answered); rerating != nil {
			export.hindsight[references.Of(rerating.EarlierID)] = report.ExportLookBack(rerating).Levels()
		}
	}
	export.whole.ExportedRest, err = a.exportedRest(ctx, managerID, assessments, references)
	return export, err
}

// exportedRest gives what a manager keeps besides assessments as an export has it.
func (a *App) exportedRest(ctx context.Context, managerID string, assessments []model.Answered, references model.References) (export report.ExportedRest, err error) {
	rest, err := a.rest(ctx, a.store, managerID)
	if err != nil {
		return export, err
	}
	rest.Bets = a.reports.Bets(assessments, rest.Commitments)
	export = report.ExportRest(rest, references)
	reviews, err := a.store.Reviews(ctx, managerID, a.now())
	if err != nil {
		return export, err
	}
	agreements := map[string][]model.AgreedLevel{}
	for _, review := range reviews {
		at := slices.IndexFunc(assessments, func(answered model.Answered) bool { return answered.Assessment.ID == review.AssessmentID })
		if at < 0 {
			continue // finished, or deleted, since
		}
		agreed, read := agreements[review.AssessmentID]
		if !read {
			if agreed, err = a.store.Agreements(ctx, managerID, review.AssessmentID); err != nil {
				return export, err
			}
			agreements[review.AssessmentID] = agreed
		}
		export.Reviews = append(export.Reviews, report.ExportMentorReview(review, assessments[at].Assessment, agreed, references))
	}
	return export, nil
}

// rest reads what a manager keeps besides assessments, without what bets came to and what mentors say.
func (a *App) rest(ctx context.Context, data *store.Store, managerID string) (rest report.Rest, err error) {
	if rest.Targets, err = data.AllTargets(ctx, managerID); err != nil {
		return rest, err
	}
	if rest.Cadence, err = data.Cadence(ctx, managerID); err != nil {
		return rest, err
	}
	if rest.Commitments, err = data.Commitments(ctx, managerID); err != nil {
		return rest, err
	}
	if rest.Entries, err = data.LogEntries(ctx, managerID); err != nil {
		return rest, err
	}
	rest.Maps, err = data.DepthMaps(ctx, managerID)
	return rest, err
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
			if at := e.compared[e.place[answered.Assessment.ID]]; at >= 0 {
				earlier, err := e.earlier(ctx, e.ids[at], before)
				if err != nil {
					return err
				}
				e.app.reports.Compare(result, earlier.Assessment, earlier.Answers, answered.Assessment.Noise)
			}
			if err := e.addLookBack(ctx, result, answered, before); err != nil {
				return err
			}
			exported := report.ExportResult(result)
			exported.Refer(e.references)
			if err := visit(exported); err != nil {
				return err
			}
			before = answered
		}
	}
	return nil
}

// addLookBack adds the look back of an assessment to its result, if it looks back at one before it.
func (e *HistoryExport) addLookBack(ctx context.Context, result *model.Result, answered, before *model.Answered) error {
	rerating := answered.Rerating
	if rerating == nil {
		return nil
	}
	place, found := e.place[rerating.EarlierID]
	if !found || place >= e.place[answered.Assessment.ID] {
		return nil
	}
	earlier, err := e.earlier(ctx, rerating.EarlierID, before)
	if err != nil {
		return err
	}
	e.app.reports.LookBack(rerating, answered.Assessment, earlier.Assessment, earlier.Answers)
	result.Rerating = rerating
	return nil
}

// earlier is an assessment that another one refers to: mostly the one that was just read.
func (e *HistoryExport) earlier(ctx context.Context, id string, before *model.Answered) (*model.Answered, error) {
	if before.Assessment.ID == id {
		return before, nil
	}
	earlier, err := e.app.finished(ctx, e.managerID, id)
	return &earlier, err
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
	out.text(end).text(",\n  \"trend\": ").value("  ", e.whole.Trend)
	rest := e.whole.ExportedRest
	listed(out, "targets", rest.Targets)
	if rest.Cadence != nil {
		out.text(",\n  \"cadence\": ").value("  ", rest.Cadence)
	}
	listed(out, "commitments", rest.Commitments)
	listed(out, "log", rest.Log)
	listed(out, "maps", rest.Maps)
	listed(out, "reviews", rest.Reviews)
	out.text("\n}")
	return out.err
}

// listed writes a field that is a list, one by one; without any it is left out.
func listed[T any](out *jsonParts, name string, all []T) {
	separator := ",\n  \"" + name + "\": [\n    "
	for _, one := range all {
		out.text(separator).value("    ", one)
		separator = ",\n    "
	}
	if len(all) > 0 {
		out.text("\n  ]")
	}
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

// WriteCSV writes the export as a table: its head, then its rows.
func (e *HistoryExport) WriteCSV(ctx context.Context, to io.Writer, table report.Table) error {
	out := csv.NewWriter(to)
	if err := out.Write(table.Head()); err != nil {
		return err
	}
	err := e.each(ctx, func(assessment report.ExportedAssessment) error {
		return table.Each(&e.whole, assessment, e.hindsight[assessment.ID], out.Write)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
