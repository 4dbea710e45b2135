package app_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// schema is the published schema of the JSON export, with the formats of dates asserted.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	return compiled(t, report.HistorySchema)
}

func compiled(t *testing.T, content []byte) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	parsed := must(jsonschema.UnmarshalJSON(bytes.NewReader(content)))(t)
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	return must(compiler.Compile("schema.json"))(t)
}

// Depth maps are exported as their schema says, and what they say is worked out again from the file.
func TestDepthMapsFollowTheirSchema(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	published := compiled(t, report.MapsSchema)
	validate := func(what string) {
		t.Helper()
		content := must(json.Marshal(must(w.ExportMaps(t.Context(), w.manager))(t)))(t)
		if err := published.Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(content)))(t)); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if count, differences, err := report.RecomputeMaps(content); err != nil || len(differences) > 0 {
			t.Errorf("%s: of %d maps %q, %v", what, count, differences, err)
		}
	}
	validate("nothing")
	for _, scope := range []string{"first-team", "wider-scope"} {
		id := must(w.BeginMap(t.Context(), w.manager, model.BeginMapInput{Scope: scope, Craft: "software"}))(t).ID
		w.ok(w.SavePlaces(t.Context(), w.manager, id, []model.PlacementInput{
			{Domain: "ux", Depth: "none", Weight: "high", Role: "ux-partner", Asked: true}, {Domain: "backend", Depth: "deep", Weight: "high", Year: "2015"},
			{Domain: "frontend", Depth: "none", Weight: "medium"}, {Domain: "business", Depth: "working", Weight: "low"},
			{Domain: "own-1", Name: "Rockets", Depth: "deep", Weight: "low", Whom: "whoever built them"},
		}, true))
	}
	id := must(w.BeginMap(t.Context(), w.manager, model.BeginMapInput{Scope: "considering", Craft: "applied-science"}))(t).ID
	w.ok(w.SavePlaces(t.Context(), w.manager, id, []model.PlacementInput{{Domain: "labels", Depth: "none"}}, false))
	validate("two maps and a draft")
}

// A plan and a log are exported as their schemas say, with all that can stand in them and with nothing; and neither
// schema takes a field that it doesn't know.
func TestPlansAndLogsFollowTheirSchemas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plans, logs := compiled(t, report.PlanSchema), compiled(t, report.LogSchema)
	validate := func(what string) {
		t.Helper()
		for published, export := range map[*jsonschema.Schema]any{
			plans: must(w.ExportPlan(t.Context(), w.manager))(t), logs: must(w.ExportLog(t.Context(), w.manager))(t),
		} {
			content := must(json.Marshal(export))(t)
			if err := published.Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(content)))(t)); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			stray := bytes.Replace(content, []byte(`{`), []byte(`{"stray":1,`), 1)
			if published.Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(stray)))(t)) == nil {
				t.Errorf("%s: a stray field passes in %.40s", what, stray)
			}
		}
	}
	validate("nothing")

	w.sit("first-team", model.FullForm, steady)
	input := w.aim("debt")
	input.Bet, input.Practice, input.Notice = "60", w.library.Practices[0].ID, "fewer tickets"
	practised := must(w.Commit(t.Context(), w.manager, input, model.Zone{}))(t)
	w.tells(practised, model.PartlyKept, "twice", true)
	w.tells(w.commit("design", 30), model.Dropped, "another team took it", false)
	w.jot("debt", "the cron job again")
	w.jot("", "two teams want one flag service")
	w.now = w.now.Add(time.Hour)
	w.noted(levels{"": {model.Absent, 4, 5}})
	w.commit("vision", 50) // not settled
	w.ok(w.SaveCadence(t.Context(), w.manager, model.CadenceInput{Rhythm: model.UsualRhythm}))
	validate("all that there is")
	plan, noted := must(w.ExportPlan(t.Context(), w.manager))(t), must(w.ExportLog(t.Context(), w.manager))(t)
	if len(plan.Commitments) != 3 || plan.Commitments[0].Bet.Change == nil || plan.Cadence == nil || len(noted.Entries) != 2 || len(noted.Notes) == 0 {
		t.Errorf("too little is exported to prove anything: %d commitments, %d entries, %d notes", len(plan.Commitments), len(noted.Entries), len(noted.Notes))
	}
}

// Whatever is exported is what the published schema says, field by field.
func TestEveryExportFollowsThePublishedSchema(t *testing.T) {
	t.Parallel()
	published := schema(t)
	validate := func(what string, content []byte) {
		t.Helper()
		if err := published.Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(content)))(t)); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	r := record(t)
	var whole bytes.Buffer
	if err := must(r.useCases.ExportHistory(t.Context(), r.manager))(t).WriteJSON(t.Context(), &whole); err != nil {
		t.Fatal(err)
	}
	validate("a history of every kind", whole.Bytes())
	for _, assessment := range r.history(t).Assessments {
		one := must(r.useCases.ExportAssessment(t.Context(), r.manager, assessment.ID))(t)
		validate(assessment.ID, written(t, one))
		changed := must(r.useCases.ExportScores(t.Context(), r.manager, assessment.ID))(t)
		validate(assessment.ID+" with its changes", written(t, changed))
	}
	validate("nothing", written(t, must(r.useCases.WholeHistory(t.Context(), "nobody"))(t)))

	w := newWorld(t)
	w.sit("first-team", model.FullForm, varied)
	second := w.sit("first-team", model.FullForm, varied.raised(levels{"design": {5}}))
	offer := must(w.Rerating(t.Context(), w.manager, second))(t)
	w.ok(w.AnswerRerating(t.Context(), w.manager, second, lookBack(offer, 1)))
	w.sit("first-team", model.FullForm, levels{"": {model.Absent}, "design": {3, model.Blank}})
	validate("a look back and an assessment of few answers", written(t, must(w.WholeHistory(t.Context(), w.manager))(t)))

	// Those of earlier formats differ from it in what the format is called, and in nothing that it calls for.
	for _, file := range must(filepath.Glob("testdata/exports/*.json"))(t) {
		content := must(os.ReadFile(file))(t)
		validate(file, bytes.Replace(content, []byte(`"whetstone-history-1"`), []byte(`"`+report.HistoryFormat+`"`), 1))
	}
}

// The schema refuses what no export holds: else it would prove nothing.
func TestThePublishedSchemaRefuses(t *testing.T) {
	t.Parallel()
	published := schema(t)
	content := string(written(t, record(t).history(t)))
	for name, forged := range map[string]string{
		"another format":  strings.Replace(content, report.HistoryFormat, "whetstone-history-2", 1),
		"a stray field":   strings.Replace(content, `"whole_history"`, `"stray": 1, "whole_history"`, 1),
		"a missing field": strings.Replace(content, `"craft": "software",`, "", 1),
		"a level of six":  strings.Replace(content, `"level": 3`, `"level": 6`, 1),
		"no day":          strings.Replace(content, `"period_start": "20`, `"period_start": "x20`, 1),
	} {
		if forged == content {
			t.Fatalf("%s: nothing was forged", name)
		}
		if err := published.Validate(must(jsonschema.UnmarshalJSON(strings.NewReader(forged)))(t)); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// Chances are exported as they are shown, and left out where none is said.
func TestChancesAreExported(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, levels{"": {3}})
	w.sit("first-team", model.FullForm, levels{"": {model.Blank}, "design": {3}, "debt": {2}})
	export := must(w.WholeHistory(t.Context(), w.manager))(t)
	result := w.history().Results[0]
	full, thin := export.Assessments[0], export.Assessments[1]
	for i, section := range full.Competencies {
		if want := result.Competencies[i].Chance; section.Chance == nil || section.Chance.Below != want.Below || section.Chance.Shortfall != want.Shortfall {
			t.Errorf("%s is exported with %+v, the result has %+v", section.Competency, section.Chance, want)
		}
	}
	if whole := full.Groups[0]; whole.Chance == nil || whole.Chance.Below != result.Whole.Chance.Below || whole.Target != result.Whole.Target {
		t.Errorf("the whole is exported with %+v", whole)
	}
	if content := must(json.Marshal(thin))(t); bytes.Contains(content, []byte(`"chance"`)) {
		t.Error("a chance is exported of two competencies")
	}
	if found := recompute(t, written(t, export)).Differences; len(found) != 0 {
		t.Errorf("recomputed: %v", found)
	}
	full.Competencies[3].Chance.Below += 0.01
	if found := strings.Join(recompute(t, written(t, export)).Differences, "\n"); !strings.Contains(found, "chance: below") {
		t.Errorf("a changed chance is not found: %s", found)
	}
}

// A spreadsheet has each score with its band, target, chance and change, and the names beside the ids.
func TestScoresAreATable(t *testing.T) {
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, levels{"": {3}})
	second := w.sit("first-team", model.FullForm, levels{"": {5}, "debt": {3, model.Absent}})
	for what, export := range map[string]*report.ExportedHistory{
		"the history":        must(w.WholeHistory(t.Context(), w.manager))(t),
		"the one assessment": must(w.ExportScores(t.Context(), w.manager, second))(t),
	} {
		rows := export.Rows(report.ScoreTable)
		if want := len(export.Assessments)*(1+4+7+2+12) + 1; len(rows) != want {
			t.Errorf("%s has %d rows, want %d", what, len(rows), want)
		}
		found := 0
		for _, cells := range rows[1:] {
			row := map[string]string{}
			for i, name := range rows[0] {
				row[name] = cells[i]
			}
			if row["assessment"] != second {
				continue
			}
			switch row["id"] {
			case "debt":
				found++
				if row["kind"] != "competency" || row["id_name"] != "Technical debt" || row["scope_name"] == "" || row["craft_name"] == "" ||
					row["answered"] != "1" || row["asked"] != "3" || row["score"] != "" || row["target"] != "3.5000" ||
					row["change_verdict"] != "not_comparable" || row["change"] != "" || row["chance_below"] == "" {
					t.Errorf("%s, technical debt: %v", what, row)
				}
			case "judgement":
				found++
				if row["id_name"] != "Judgement" || row["score"] != "5.0000" || row["change"] != "2.0000" || row["change_verdict"] != "changed" ||
					row["change_direction"] != "rose" || row["compared_with"] != first || row["chance_below"] == "" || row["importance"] != "" {
					t.Errorf("%s, Judgement: %v", what, row)
				}
			}
		}
		if found != 2 {
			t.Errorf("%s: %d rows found", what, found)
		}
	}
}
